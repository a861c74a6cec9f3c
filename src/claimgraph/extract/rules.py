"""The extractor by rules: a Document goes in, Claims come out.

Sentence by sentence: find what it speaks of, let each family of rules propose, then turn proposals
into claims with quote, cue and qualifiers. What the families propose is not trusted: the gate
checks it like everything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from claimgraph.extract.adverse import find_adverse_effects
from claimgraph.extract.caution import guard
from claimgraph.extract.contrast import drop_set_apart
from claimgraph.extract.doses import find_doses
from claimgraph.extract.given import keep_given, place_given
from claimgraph.extract.indications import find_indications
from claimgraph.extract.interactions import find_interactions
from claimgraph.extract.kinds import find_kinds
from claimgraph.extract.kinetics import find_kinetics
from claimgraph.extract.lists import Introduction, find_introductions
from claimgraph.extract.making import (
    can_claim,
    make_claim,
    make_event_claims,
    place_mention,
)
from claimgraph.extract.marks import (
    find_characteristics,
    find_contraindications,
    find_limits,
    find_places,
)
from claimgraph.extract.mechanism import find_events
from claimgraph.extract.mentions import find_mentions
from claimgraph.extract.partners import find_partners
from claimgraph.extract.pathways import find_pathways
from claimgraph.extract.practices import find_practices
from claimgraph.extract.properties import find_listed_effects, find_properties, find_risks
from claimgraph.extract.reactions import find_label_reactions
from claimgraph.extract.settle import ground, settle
from claimgraph.extract.statements import find_statements
from claimgraph.extract.subjects import (
    PRONOUN,
    apply_short_forms,
    find_main_drug,
    find_own_name,
    find_pronouns,
    find_short_forms,
    next_topic,
)
from claimgraph.extract.targets import find_target_relations
from claimgraph.extract.view import Family, Found, SentenceView
from claimgraph.lexicon import Lexicon, load_lexicon
from claimgraph.model import (
    Category,
    Claim,
    Concept,
    Document,
    Mention,
    Relation,
    SectionKind,
    Sentence,
    Span,
)

FAMILIES: tuple[Family, ...] = (
    find_indications,
    find_adverse_effects,
    find_target_relations,
    find_interactions,
    find_partners,
    find_properties,
    find_kinetics,
    find_risks,
    find_listed_effects,
    find_label_reactions,
    find_contraindications,
    find_practices,
    find_doses,
    find_kinds,
    find_limits,
    find_characteristics,
    find_places,
    find_pathways,
    find_statements,
)
# What the rules speak of. The lexicon knows more, such as interventions; no rule asks for them.
_SPOKEN_OF = frozenset(
    {
        Category.DRUG,
        Category.DRUG_CLASS,
        Category.CONDITION,
        Category.TARGET,
        Category.PROCESS,
        Category.ANATOMY,
        Category.EXPOSURE,
        Category.PRACTICE,
        Category.FACTOR,
        Category.PROPERTY,
        Category.OUTCOME,
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
        find_partners,
        find_contraindications,
        find_doses,
        find_pathways,
        find_statements,
    }
)
_OF_ANYTHING = tuple(family for family in FAMILIES if family not in _OF_A_DRUG)
SILENT = (SectionKind.TITLE, SectionKind.BOILERPLATE, SectionKind.METHODS)
"""Kinds of sections in which nothing is claimed."""


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
                    claims, [place_mention(document, sentence, m) for m in view.mentions]
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
                    yield place_mention(document, sentence, found)

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
        if document.drug and drug is not None:
            for sentence, there in zip(document.sentences, named, strict=True):
                if own := find_own_name(document.drug, drug, sentence.text, there):
                    there.extend(own)
                    there.sort(key=lambda one: (one.span.start, -one.span.end))
        forms: dict[str, Concept] = {}
        topic, part = drug, 0
        introductions = find_introductions(document)
        for sentence, found, lead in zip(document.sentences, named, introductions, strict=True):
            forms |= find_short_forms(sentence.text, found)
            mentions = apply_short_forms(sentence.text, found, forms)
            if sentence.section != part:
                topic, part = drug, sentence.section
            named_here = mentions
            mentions = _with_pronouns(sentence.text, topic, mentions)
            topic = next_topic(named_here, topic, drug)
            of = _drug_of_list(lead, named, drug)
            yield sentence, _view(document, sentence, mentions, of, lead)

    def _given_views(
        self, document: Document, given: Sequence[Mention]
    ) -> Iterator[tuple[Sentence, SentenceView]]:
        """Give every sentence with the given mentions, and no other, that lie inside it."""
        named = place_given(document, given)
        drug = find_main_drug(document, self._lexicon, (m for found in named for m in found))
        introductions = find_introductions(document)
        for sentence, found, lead in zip(document.sentences, named, introductions, strict=True):
            of = _drug_of_list(lead, named, drug)
            yield sentence, _view(document, sentence, found, of, lead)

    def _claims(
        self, document: Document, sentence: Sentence, view: SentenceView
    ) -> Iterator[Claim]:
        """Turn what the families propose for a sentence into claims."""
        if view.section in SILENT:
            return
        proposals = drop_set_apart(
            view, (one for family in _families(view) for one in family(view))
        )
        events = ground(find_events(view), proposals)
        settled = [
            one for one in guard(view, settle(view, proposals, events)) if can_claim(view, one)
        ]
        objects: dict[Relation, set[Span]] = {}
        for one in settled:
            objects.setdefault(one.relation, set()).add(one.object.span)
        for one in settled:
            yield make_claim(document, sentence, view, one, sorted(objects[one.relation]))
        yield from make_event_claims(document, sentence, view, events)


def _view(
    document: Document,
    sentence: Sentence,
    mentions: tuple[Found, ...],
    drug: Concept | None,
    lead: Introduction,
) -> SentenceView:
    """Put what is known of a sentence together; an item of a list goes by the line above it."""
    section = document.sections[sentence.section - 1]
    kind = section.kind if lead.kind is None else lead.kind
    return SentenceView(
        sentence.text,
        mentions,
        kind,
        section.heading,
        drug,
        lead.words,
        lead.hedge,
        lead.narrows,
    )


def _drug_of_list(
    lead: Introduction, named: Sequence[Sequence[Found]], drug: Concept | None
) -> Concept | None:
    """Give the drug whose reactions a list holds: the one that its line names, or the document's.

    Args:
        lead: what introduces an item of the list.
        named: what each sentence of the document names.
        drug: the drug that the document is about.
    """
    if lead.line is None or lead.kind is not SectionKind.ADVERSE_REACTIONS:
        return drug
    line = named[lead.line - 1]
    there = {one.concept for one in line if one.concept.category is Category.DRUG}
    if not there or drug in there:
        return drug
    return there.pop() if len(there) == 1 else None


def _families(view: SentenceView) -> tuple[Family, ...]:
    """Give the families that can say something of a sentence."""
    return FAMILIES if view.drug is not None or view.drugs else _OF_ANYTHING


def _with_pronouns(text: str, drug: Concept | None, found: Iterable[Found]) -> tuple[Found, ...]:
    """Add the words that stand for the document's drug; they take the place of what they cover."""
    kept = tuple(found)
    pronouns = find_pronouns(text, drug, kept)
    if not pronouns:
        return tuple(sorted(kept, key=_place))
    rest = [
        m
        for m in kept
        if m.concept.category is Category.DRUG_CLASS  # "this benzodiazepine derivative" is one
        or not any(p.span.covers(m.span) for p in pronouns)
    ]
    return tuple(sorted([*rest, *pronouns], key=_place))


def _place(found: Found) -> tuple[int, int]:
    """Order mentions by where they begin, the longest first."""
    return found.span.start, -found.span.end
