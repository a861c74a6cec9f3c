"""Make claims of what the rules propose: quote, cue and qualifiers, in their places in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from claimgraph.extract.caution import guard
from claimgraph.extract.contexts import find_contexts
from claimgraph.extract.mechanism import Event
from claimgraph.extract.scopes import attach
from claimgraph.extract.view import Found, Narrowing, Proposal, SentenceView
from claimgraph.model import (
    Certainty,
    Claim,
    ClaimType,
    Document,
    Mention,
    Method,
    Modality,
    Passage,
    Polarity,
    Qualifier,
    QualifierType,
    Relation,
    Sentence,
    Span,
)
from claimgraph.vocab import SIGNATURES

_STRENGTH = re.compile(r"[\d.,]+ ?%")  # "Zorvan cream, 1%" is indicated for; no frequency
_NEAR = 90  # code points between a subject and what is said of it that one quote may span


def can_claim(view: SentenceView, proposal: Proposal) -> bool:
    """Tell whether a proposal can become a claim.

    It cannot where the text does not tell which drug it speaks of, nor where it would say something
    of a thing and itself.
    """
    if proposal.subject is None:
        return view.drug is not None
    return proposal.subject.concept != proposal.object.concept


def make_claim(
    document: Document,
    sentence: Sentence,
    view: SentenceView,
    proposal: Proposal,
    siblings: Sequence[Span] = (),
    method: Method = Method.RULES,
) -> Claim:
    """Make a claim of a proposal that `can_claim` lets pass.

    Args:
        document: the document.
        sentence: its sentence.
        view: the sentence as the rules see it.
        proposal: what is claimed.
        siblings: the objects of all claims of the sentence with the same relation.
        method: how it was found.
    """
    subject = proposal.subject
    cues = (proposal.cue, proposal.negation)
    spans = [proposal.object.span, *(span for span in cues if span is not None)]
    spans += [span for _, span in proposal.narrows]
    if subject is not None:
        distance = max(
            subject.span.start - proposal.object.span.end,
            proposal.object.span.start - subject.span.end,
        )
        if distance <= _NEAR:
            spans.append(subject.span)
    qualifiers = [
        Qualifier(kind, place_passage(document, sentence, words))
        for kind, words in (
            *attach(
                view.text,
                proposal.object.span,
                find_contexts(view.text, proposal.object.span),
                siblings,
                listed=proposal.relation is Relation.CONTRAINDICATED_FOR,
            ),
            *proposal.narrows,
        )
        if not (
            kind is QualifierType.CONDITION
            and proposal.cue is not None
            and words.covers(proposal.cue)  # "call a doctor if you get a rash": no rash is needed
        )
        and not (
            kind is QualifierType.CONDITION
            and subject is not None
            and words.covers(subject.span)  # "which was attributed to zorvan" says no more
        )
        and not (
            kind is QualifierType.FREQUENCY
            and (
                proposal.type is ClaimType.PHARMACOKINETICS  # there it is an amount
                or (
                    proposal.type is ClaimType.INDICATION
                    and _STRENGTH.fullmatch(words.cut(view.text))
                )
            )
        )
    ]
    if proposal.negation is not None:
        qualifiers.append(
            Qualifier(QualifierType.NEGATION, place_passage(document, sentence, proposal.negation))
        )
    if proposal.relation is Relation.HAS_ADVERSE_EFFECT:
        qualifiers += view.narrows
    claim = Claim(
        text_id=document.id,
        sentence=sentence.number,
        quote=place_passage(document, sentence, _hull(spans)),
        subject=Mention(None, view.drug)
        if subject is None
        else place_mention(document, sentence, subject),
        relation=proposal.relation,
        object=Mention(place_passage(document, sentence, proposal.object.span), None)
        if SIGNATURES[proposal.relation].takes_literal
        else place_mention(document, sentence, proposal.object),
        type=proposal.type,
        polarity=proposal.polarity,
        certainty=proposal.certainty,
        modality=proposal.modality,
        cue=None if proposal.cue is None else place_passage(document, sentence, proposal.cue),
        qualifiers=tuple(qualifiers),
        method=method,
        confidence=proposal.confidence,
    )
    return _hedge(claim, view)


def _hedge(claim: Claim, view: SentenceView) -> Claim:
    """Hedge a claim that the line above its list hedges and its own sentence does not.

    Where that line forbids ("do not take it if you have:"), the claim is a rule of conduct. An item
    that is a whole statement of a use says by itself how sure it is.
    """
    own = claim.relation is not Relation.HAS_ADVERSE_EFFECT and claim.subject.passage is not None
    is_open = not own and (
        claim.polarity is Polarity.AFFIRMED
        and claim.certainty is Certainty.ASSERTED
        and claim.modality is Modality.FACTUAL
    )
    if view.hedge is None or not is_open:
        return claim
    if claim.relation is Relation.CONTRAINDICATED_FOR:
        return replace(claim, modality=Modality.NORMATIVE, cue=view.hedge)
    return replace(claim, certainty=Certainty.POSSIBLE, cue=view.hedge)


def make_event_claims(
    document: Document, sentence: Sentence, view: SentenceView, events: tuple[Event, ...]
) -> Iterator[Claim]:
    """Make claims of a row of events, each linked to the one it goes via."""
    made: list[Claim] = []
    steps = guard(view, [_step(event) for event in events])
    for event, step in zip(events, steps, strict=True):
        narrows: tuple[Narrowing, ...] = () if event.aspect is None else (event.aspect,)
        if step.negation is not None:
            narrows += ((QualifierType.NEGATION, step.negation),)
        spans = [event.words, *(span for span in (step.cue, step.negation) if span is not None)]
        claim = Claim(
            text_id=document.id,
            sentence=sentence.number,
            quote=place_passage(document, sentence, _hull(spans)),
            subject=place_mention(document, sentence, event.subject),
            relation=event.relation,
            object=place_mention(document, sentence, event.object),
            type=event.type,
            polarity=step.polarity,
            certainty=step.certainty,
            modality=step.modality,
            cue=None if step.cue is None else place_passage(document, sentence, step.cue),
            qualifiers=tuple(
                Qualifier(kind, place_passage(document, sentence, span)) for kind, span in narrows
            ),
            method=Method.RULES,
            confidence=0.5,
        )
        if event.via is not None:
            claim = replace(claim, via=(made[event.via].id,))
        made.append(_hedge(claim, view))
    yield from made


def _step(event: Event) -> Proposal:
    """Give an event as a proposal, so that its caution is read like that of all others."""
    return Proposal(event.subject, event.relation, event.object, event.type, "mechanism")


def place_passage(document: Document, sentence: Sentence, span: Span) -> Passage:
    """Move a span of a sentence into its document."""
    start = sentence.span.start
    return document.passage(span.start + start, span.end + start)


def place_mention(document: Document, sentence: Sentence, found: Found) -> Mention:
    """Move a mention of a sentence into its document."""
    return Mention(place_passage(document, sentence, found.span), found.concept)


def _hull(spans: Iterable[Span]) -> Span:
    """Give the shortest span that covers all."""
    ordered = list(spans)
    return Span(min(s.start for s in ordered), max(s.end for s in ordered))
