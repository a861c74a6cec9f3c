"""Make proposals of a reader as cautious as their sentence is.

The reader may say that a claim is denied or doubted; the rules read cues. The more careful of both
counts. A denial or a hedge needs words to show for it: those that the reader marked, or those that
the rules know. A claim that the reader doubts or denies with no such words in the sentence is left
out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claimgraph.extract.caution import guard
from claimgraph.extract.cues import find_claim_cues
from claimgraph.extract.indication_phrases import DENIED_BEHIND, EVENT, Rule
from claimgraph.extract.learned import seam
from claimgraph.extract.learned.labels import Layer
from claimgraph.extract.polarity import qualify
from claimgraph.extract.view import Proposal, SentenceView
from claimgraph.model import Certainty, Modality, Polarity, Relation, SectionKind, Span

_USES = (Relation.TREATS, Relation.PREVENTS)
_BANS = frozenset({Rule.FORBIDS.value})
_AGAINST = frozenset({Rule.FORBIDS.value, Rule.DENIES.value})
_WINDOW = 400  # code points on either side of an object that can speak against it


def be_wary(view: SentenceView, reading: seam.Reading, proposals: list[Proposal]) -> list[Proposal]:
    """Give proposals with their denials, hedges and advice, and the words that show them.

    Args:
        view: the sentence.
        reading: what the reader makes of it.
        proposals: what it proposes, with its own view of polarity and certainty.
    """
    if not proposals:
        return []
    shown = [one for proposal in proposals for one in _show(view, reading, proposal)]
    # The rules look at each proposal as if it were stated as a fact.
    bare = [
        replace(one, polarity=Polarity.AFFIRMED, certainty=Certainty.ASSERTED, cue=None)
        if one.relation is Relation.HAS_ADVERSE_EFFECT
        else one
        for one in shown
    ]
    read = guard(view, qualify(view.text, bare))
    return [_join(own, ruled) for own, ruled in zip(shown, read, strict=True)]


def _show(view: SentenceView, reading: seam.Reading, proposal: Proposal) -> Iterator[Proposal]:
    """Give a proposal with the words that deny, hedge or forbid; nothing if it lacks them."""
    if proposal.relation is Relation.CONTRAINDICATED_FOR:
        yield from _forbid(view, proposal)
        return
    if proposal.relation in _USES and proposal.negation is None:
        denial = _speaks_against(view.text, proposal.object.span)
        if denial is not None:
            proposal = replace(proposal, polarity=Polarity.NEGATED, negation=denial, cue=denial)
    denials, hedges = find_claim_cues(view.text)
    if proposal.polarity is Polarity.NEGATED and proposal.negation is None:
        cue = _nearest(proposal, [*_marked(reading, Layer.NEGATION), *denials])
        if cue is None:
            return
        proposal = replace(proposal, negation=cue)
    if proposal.certainty is not Certainty.ASSERTED and proposal.cue is None:
        cue = _nearest(proposal, [*_marked(reading, Layer.SPECULATION), *hedges])
        if cue is None:
            return
        proposal = replace(proposal, cue=cue)
    yield proposal


def _forbid(view: SentenceView, proposal: Proposal) -> Iterator[Proposal]:
    """Give a ban with the words that forbid; a section of bans needs none."""
    if proposal.cue is None:
        start = max(0, proposal.object.span.start - _WINDOW)
        bans = [
            Span(*match.span())
            for match in EVENT.finditer(view.text, start, proposal.object.span.start)
            if match.lastgroup in _BANS
        ]
        if bans:
            proposal = replace(proposal, modality=Modality.NORMATIVE, cue=bans[-1])
    if proposal.cue is not None or view.section is SectionKind.CONTRAINDICATIONS:
        yield proposal


def _speaks_against(text: str, thing: Span) -> Span | None:
    """Give the words that deny that a drug is for something, ahead of it or behind it."""
    against: Span | None = None
    start = max(0, thing.start - _WINDOW)
    for match in EVENT.finditer(text, start, thing.start):
        if match.lastgroup in _AGAINST:
            against = Span(*match.span())
        elif match.lastgroup == Rule.BREAKS.value:
            against = None
    if against is not None:
        return against
    behind = DENIED_BEHIND.search(text, thing.end, thing.end + _WINDOW)
    if behind is None or any(one in text[thing.end : behind.start()] for one in (";", "\n", ". ")):
        return None
    return Span(*behind.span())


def _marked(reading: seam.Reading, layer: Layer) -> list[Span]:
    """Give the cues that the reader marked."""
    return [Span(one.start, one.end) for one in reading.found if one.layer is layer]


def _nearest(proposal: Proposal, cues: list[Span]) -> Span | None:
    """Give the cue that stands nearest to a pair, and not in a name."""
    spans = [proposal.object.span]
    if proposal.subject is not None:
        spans.append(proposal.subject.span)
    start, end = min(one.start for one in spans), max(one.end for one in spans)
    free = [one for one in cues if not any(span.covers(one) for span in spans)]
    if not free:
        return None
    return min(free, key=lambda one: (max(start - one.end, one.start - end, 0), one))


def _join(own: Proposal, ruled: Proposal) -> Proposal:
    """Give the more careful of what the reader and the rules say of one pair."""
    polarity = own.polarity
    negation = own.negation
    if ruled.polarity is Polarity.NEGATED and negation is None:
        polarity, negation = Polarity.NEGATED, ruled.negation
    certainty, modality, cue = own.certainty, own.modality, own.cue
    if certainty is Certainty.ASSERTED and ruled.certainty is not Certainty.ASSERTED:
        certainty, cue = ruled.certainty, ruled.cue
    if modality is Modality.FACTUAL and ruled.modality is Modality.NORMATIVE:
        modality, cue = Modality.NORMATIVE, cue or ruled.cue
    return replace(
        own,
        polarity=polarity,
        negation=negation,
        certainty=certainty,
        modality=modality,
        cue=cue,
    )
