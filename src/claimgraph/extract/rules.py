"""The extractor by rules: a Document goes in, Claims come out.

Sentence by sentence: find what it speaks of, let each family of rules propose, then turn proposals
into claims with quote, cue and qualifiers. What the families propose is not trusted: the gate
checks it like everything else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from claimgraph.extract.adverse import find_adverse_effects
from claimgraph.extract.contexts import find_contexts
from claimgraph.extract.given import keep_given, place_given
from claimgraph.extract.indications import find_indications
from claimgraph.extract.interactions import find_interactions
from claimgraph.extract.lists import find_leads
from claimgraph.extract.mechanism import Event, find_events
from claimgraph.extract.mentions import find_mentions
from claimgraph.extract.properties import find_listed_effects, find_properties, find_risks
from claimgraph.extract.reactions import find_label_reactions
from claimgraph.extract.subjects import (
    PRONOUN,
    apply_short_forms,
    find_main_drug,
    find_pronouns,
    find_short_forms,
)
from claimgraph.extract.targets import find_target_relations
from claimgraph.extract.view import Family, Found, Proposal, SentenceView
from claimgraph.lexicon import Lexicon, load_lexicon
from claimgraph.model import (
    Category,
    Certainty,
    Claim,
    ClaimType,
    Concept,
    Document,
    Mention,
    Method,
    Modality,
    Passage,
    Polarity,
    Qualifier,
    QualifierType,
    SectionKind,
    Sentence,
    Span,
)

FAMILIES: tuple[Family, ...] = (
    find_indications,
    find_adverse_effects,
    find_target_relations,
    find_interactions,
    find_properties,
    find_risks,
    find_listed_effects,
    find_label_reactions,
)
# What the rules speak of. The lexicon knows more, such as outcomes; no rule asks for them.
_SPOKEN_OF = frozenset(
    {
        Category.DRUG,
        Category.DRUG_CLASS,
        Category.CONDITION,
        Category.TARGET,
        Category.PROCESS,
        Category.ANATOMY,
        Category.EXPOSURE,
    }
)
# What these families say is of a drug that the sentence names, or else of the document's drug.
_OF_A_DRUG = frozenset(
    {
        find_indications,
        find_adverse_effects,
        find_target_relations,
        find_interactions,
        find_listed_effects,
        find_label_reactions,
    }
)
_OF_ANYTHING = tuple(family for family in FAMILIES if family not in _OF_A_DRUG)
_SILENT = (SectionKind.TITLE, SectionKind.BOILERPLATE, SectionKind.METHODS)
_STRENGTH = re.compile(r"[\d.,]+ ?%")  # "Zorvan cream, 1%" is indicated for; no frequency
_NEAR = 90  # code points between a subject and what is said of it that one quote may span


class RuleExtractor:
    """Extracts claims by rules.

    Args:
        lexicon: the names; the lexicon that claimgraph carries if not given.
    """

    def __init__(self, lexicon: Lexicon | None = None) -> None:
        self._lexicon = lexicon or load_lexicon()

    @property
    def lexicon(self) -> Lexicon:
        """The names that it knows."""
        return self._lexicon

    def extract(
        self, document: Document, given: Sequence[Mention] | None = None
    ) -> Iterator[Claim]:
        """Give the claims of a document, in text order, none twice.

        Args:
            document: the document.
            given: all its mentions, in text order; found by rules if not given. Claims are then of
                these mentions only, and of the drug that the whole document is about.
        """
        seen: set[str] = set()
        for sentence, view in self.views(document, given):
            claims = list(self._claims(document, sentence, view))
            if given is not None:
                claims = keep_given(
                    claims, [_mention(document, sentence, m) for m in view.mentions]
                )
            for claim in sorted(claims, key=lambda c: c.sort_key):
                if claim.id not in seen:
                    seen.add(claim.id)
                    yield claim

    def mentions(self, document: Document) -> Iterator[Mention]:
        """Give the mentions of a document, in text order."""
        for sentence, view in self.views(document):
            for found in view.mentions:
                if found.detail != PRONOUN:
                    yield _mention(document, sentence, found)

    def views(
        self, document: Document, given: Sequence[Mention] | None = None
    ) -> Iterator[tuple[Sentence, SentenceView]]:
        """Give every sentence as the rules see it.

        Args:
            document: the document.
            given: all its mentions, in text order; found by rules if not given.
        """
        if given is not None:
            yield from self._given_views(document, given)
            return
        named = [
            [m for m in find_mentions(s.text, self._lexicon) if m.concept.category in _SPOKEN_OF]
            for s in document.sentences
        ]
        drug = find_main_drug(document, self._lexicon, (m for found in named for m in found))
        forms: dict[str, Concept] = {}
        leads = find_leads(document)
        for sentence, found, lead in zip(document.sentences, named, leads, strict=True):
            forms |= find_short_forms(sentence.text, found)
            mentions = apply_short_forms(sentence.text, found, forms)
            mentions = _with_pronouns(sentence.text, drug, mentions)
            yield sentence, _view(document, sentence, mentions, drug, lead)

    def _given_views(
        self, document: Document, given: Sequence[Mention]
    ) -> Iterator[tuple[Sentence, SentenceView]]:
        """Give every sentence with the given mentions, and no other, that lie inside it."""
        named = place_given(document, given)
        drug = find_main_drug(document, self._lexicon, (m for found in named for m in found))
        leads = find_leads(document)
        for sentence, found, lead in zip(document.sentences, named, leads, strict=True):
            yield sentence, _view(document, sentence, found, drug, lead)

    def _claims(
        self, document: Document, sentence: Sentence, view: SentenceView
    ) -> Iterator[Claim]:
        """Turn what the families propose for a sentence into claims."""
        if view.section in _SILENT:
            return
        for family in _families(view):
            for proposal in family(view):
                if (claim := _claim(document, sentence, view, proposal)) is not None:
                    yield claim
        yield from _event_claims(document, sentence, find_events(view))


def _view(
    document: Document,
    sentence: Sentence,
    mentions: tuple[Found, ...],
    drug: Concept | None,
    lead: str,
) -> SentenceView:
    """Put what is known of a sentence together."""
    section = document.sections[sentence.section - 1]
    return SentenceView(sentence.text, mentions, section.kind, section.heading, drug, lead)


def _with_pronouns(text: str, drug: Concept | None, found: Iterable[Found]) -> tuple[Found, ...]:
    """Add the words that stand for the document's drug; they take the place of what they cover."""
    kept = tuple(found)
    pronouns = find_pronouns(text, drug, kept)
    rest = [m for m in kept if not any(p.span.covers(m.span) for p in pronouns)]
    return tuple(sorted([*rest, *pronouns], key=lambda m: m.span))


def _families(view: SentenceView) -> tuple[Family, ...]:
    """Give the families that can say something of a sentence."""
    return FAMILIES if view.drug is not None or view.drugs else _OF_ANYTHING


def _claim(
    document: Document, sentence: Sentence, view: SentenceView, proposal: Proposal
) -> Claim | None:
    """Make a claim of a proposal; nothing if nobody knows which drug it is about."""
    subject = proposal.subject
    if subject is None and view.drug is None:
        return None
    if subject is not None and subject.concept == proposal.object.concept:
        return None
    cues = (proposal.cue, proposal.negation)
    spans = [proposal.object.span, *(span for span in cues if span is not None)]
    if subject is not None:
        distance = max(
            subject.span.start - proposal.object.span.end,
            proposal.object.span.start - subject.span.end,
        )
        if distance <= _NEAR:
            spans.append(subject.span)
    qualifiers = [
        Qualifier(kind, _passage(document, sentence, words))
        for kind, words in find_contexts(view.text, proposal.object.span)
        if not (
            kind is QualifierType.FREQUENCY
            and proposal.type is ClaimType.INDICATION
            and _STRENGTH.fullmatch(words.cut(view.text))
        )
    ]
    if proposal.negation is not None:
        qualifiers.append(
            Qualifier(QualifierType.NEGATION, _passage(document, sentence, proposal.negation))
        )
    return Claim(
        text_id=document.id,
        sentence=sentence.number,
        quote=_passage(document, sentence, _hull(spans)),
        subject=Mention(None, view.drug)
        if subject is None
        else _mention(document, sentence, subject),
        relation=proposal.relation,
        object=_mention(document, sentence, proposal.object),
        type=proposal.type,
        polarity=proposal.polarity,
        certainty=proposal.certainty,
        modality=proposal.modality,
        cue=None if proposal.cue is None else _passage(document, sentence, proposal.cue),
        qualifiers=tuple(qualifiers),
        method=Method.RULES,
        confidence=proposal.confidence,
    )


def _event_claims(
    document: Document, sentence: Sentence, events: tuple[Event, ...]
) -> Iterator[Claim]:
    """Make claims of a row of events, each linked to the one it goes via."""
    made: list[Claim] = []
    for event in events:
        aspect = () if event.aspect is None else (event.aspect,)
        claim = Claim(
            text_id=document.id,
            sentence=sentence.number,
            quote=_passage(document, sentence, event.words),
            subject=_mention(document, sentence, event.subject),
            relation=event.relation,
            object=_mention(document, sentence, event.object),
            type=event.type,
            polarity=Polarity.AFFIRMED,
            certainty=Certainty.ASSERTED,
            modality=Modality.FACTUAL,
            qualifiers=tuple(
                Qualifier(kind, _passage(document, sentence, span)) for kind, span in aspect
            ),
            method=Method.RULES,
            confidence=0.5,
        )
        if event.via is not None:
            claim = replace(claim, via=(made[event.via].id,))
        made.append(claim)
    yield from made


def _passage(document: Document, sentence: Sentence, span: Span) -> Passage:
    """Move a span of a sentence into its document."""
    start = sentence.span.start
    return document.passage(span.start + start, span.end + start)


def _mention(document: Document, sentence: Sentence, found: Found) -> Mention:
    """Move a mention of a sentence into its document."""
    return Mention(_passage(document, sentence, found.span), found.concept)


def _hull(spans: Iterable[Span]) -> Span:
    """Give the shortest span that covers all."""
    ordered = list(spans)
    return Span(min(s.start for s in ordered), max(s.end for s in ordered))
