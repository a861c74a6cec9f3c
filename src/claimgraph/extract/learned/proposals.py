"""Turn what a reader found in a sentence into proposals for claims, as families of rules give them.

What the reader says of a pair decides the relation; the words of the sentence decide how cautious
it is. Where reader and rules disagree about a denial, a hedge or a piece of advice, the more
careful of them counts, and no claim is hedged or denied without the words that do so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from claimgraph.extract.adverse import says_nothing
from claimgraph.extract.contrast import drop_set_apart
from claimgraph.extract.indications import find_indications, find_topic
from claimgraph.extract.learned import seam
from claimgraph.extract.learned.deciding import Kind
from claimgraph.extract.learned.grounding import (
    CONDITIONS,
    DRUGS,
    TARGETS,
    Grounder,
    cut_list,
)
from claimgraph.extract.learned.labels import NONE, Layer, Pairing
from claimgraph.extract.learned.wary import be_wary
from claimgraph.extract.properties import find_risks
from claimgraph.extract.reactions import is_on_reactions
from claimgraph.extract.settle import settle
from claimgraph.extract.subjects import PRONOUN
from claimgraph.extract.substances import is_medicine
from claimgraph.extract.targets import RELATION_OF
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import (
    Category,
    Certainty,
    ClaimType,
    Polarity,
    Relation,
    SectionKind,
    Span,
)

RULE = "learned"
"""Begins the names of what proposes here; the kind of claim follows."""

_MOST_PAIRS = 400  # pairs of one sentence that a reader is asked about
_RELATED = 0.3  # how probable a relation has to be for a pair to be looked at further
_LISTED = 0.8  # how sure a listed name is to be one, where the reader found none
_KINDS = {
    Layer.CULPRIT: DRUGS,
    Layer.REMEDY: DRUGS,
    Layer.CHEMICAL: DRUGS,
    Layer.ADVERSE: CONDITIONS,
    Layer.TREATED: CONDITIONS,
    Layer.PREVENTED: CONDITIONS,
    Layer.CONTRAINDICATED: CONDITIONS,
    Layer.DISEASE: CONDITIONS,
    Layer.GENE: TARGETS,
}
_LABEL_USES = {
    Layer.TREATED: (Relation.TREATS, ClaimType.INDICATION),
    Layer.PREVENTED: (Relation.PREVENTS, ClaimType.INDICATION),
    Layer.CONTRAINDICATED: (Relation.CONTRAINDICATED_FOR, ClaimType.CONTRAINDICATION),
}
_ON_USE = (SectionKind.INDICATIONS, SectionKind.CONTRAINDICATIONS)


_GIVEN_AS: Mapping[Category, tuple[Layer, ...]] = {
    **dict.fromkeys(DRUGS, (Layer.CHEMICAL, Layer.CULPRIT, Layer.REMEDY)),
    **dict.fromkeys(CONDITIONS, (Layer.ADVERSE, Layer.TREATED)),
    **dict.fromkeys(TARGETS, (Layer.GENE,)),
}
"""What a given mention may turn out to be."""
_CUES = (Layer.NEGATION, Layer.SPECULATION)


@dataclass(frozen=True, slots=True)
class GivenReading:
    """A reading in which mentions that came with the text stand for what a reader found.

    Args:
        view: the sentence with the given mentions.
        reading: what answers about pairs of them, and marks cues.
    """

    view: SentenceView
    reading: seam.Reading

    @property
    def found(self) -> tuple[seam.Found, ...]:
        """The given mentions as whatever they may be, and the cues."""
        cues = [one for one in self.reading.found if one.layer in _CUES]
        given = [
            seam.Found(layer, one.span.start, one.span.end, 1.0)
            for one in self.view.mentions
            for layer in _GIVEN_AS.get(one.concept.category, ())
        ]
        order = list(Layer)
        return tuple(sorted((*given, *cues), key=lambda one: (one.start, order.index(one.layer))))

    def answer(
        self, pairing: Pairing, first: tuple[int, int], second: tuple[int, int]
    ) -> Mapping[str, float]:
        """Answer a question about two spans; see `seam.Reading`."""
        return self.reading.answer(pairing, first, second)


@dataclass(frozen=True, slots=True)
class Side:
    """A mention that may be one side of a claim: where the reader saw it, and how surely."""

    mention: Found
    place: tuple[int, int]
    probability: float
    is_listed: bool = False


@dataclass(frozen=True, slots=True)
class Sides:
    """The mentions of a sentence that a reader or the lexicon gives, by layer."""

    view: SentenceView
    reading: seam.Reading
    grounder: Grounder

    def of(self, layer: Layer) -> list[Side]:
        """Give what the reader found in a layer, lists cut into their members."""
        wanted = _KINDS[layer]
        sides = []
        for found in self.reading.found:
            if found.layer is not layer:
                continue
            whole = Span(found.start, found.end)
            parts = [whole] if self.grounder.lexicon is None else cut_list(self.view, whole, wanted)
            for part in parts:
                mention = self.grounder.ground(self.view, part, wanted)
                if mention is not None:
                    sides.append(Side(mention, (found.start, found.end), found.probability))
        return sides

    def drugs(self, layer: Layer) -> list[Side]:
        """Give the drugs of a layer, and those that the lexicon or a pronoun names besides."""
        sides = self.of(layer)
        if self.grounder.lexicon is None:
            return sides
        return sides + [
            Side(one, (one.span.start, one.span.end), _LISTED, is_listed=True)
            for one in self.view.drugs
            if not any(_meet(one.span, side.mention.span) for side in sides)
            and (one.detail == PRONOUN or is_medicine(one.text))
        ]

    def targets(self) -> list[Side]:
        """Give the proteins that the reader found, and those that the lexicon names besides."""
        sides = self.of(Layer.GENE)
        if self.grounder.lexicon is None:
            return sides
        return sides + [
            Side(one, (one.span.start, one.span.end), _LISTED, is_listed=True)
            for one in self.view.mentions
            if one.concept.category in TARGETS
            and not any(_meet(one.span, side.mention.span) for side in sides)
        ]


def propose(
    view: SentenceView, reading: seam.Reading, grounder: Grounder, least: Mapping[Kind, float]
) -> list[Proposal]:
    """Give what a reader says of a sentence, as proposals.

    Args:
        view: the sentence as the rules see it.
        reading: what the reader makes of it.
        grounder: tells what spans stand for.
        least: how sure the reader has to be of each kind of claim.
    """
    sides = Sides(view, reading, grounder)
    proposals = [
        one
        for one in (*_adverse(sides), *_uses(sides), *_on_targets(sides))
        if one.confidence >= least[kind_of(one)]
    ]
    if not proposals:
        return []
    proposals = list(_best(proposals))
    # What a way of using the drug leads to is no effect of the drug: the rules know such ways.
    risks = list(find_risks(view))
    kept = settle(view, drop_set_apart(view, [*proposals, *risks]), ())
    return be_wary(view, reading, [one for one in kept if one.rule.startswith(RULE)])


def kind_of(proposal: Proposal) -> Kind:
    """Tell what kind of claim is proposed."""
    return Kind(proposal.rule.removeprefix(f"{RULE}:"))


# ── Adverse effects ─────────────────────────────────────────────────────────────────────────────


def _adverse(sides: Sides) -> Iterator[Proposal]:
    """Propose what drugs are blamed for: by the reader's answer, or by what the section lists."""
    effects = [one for one in sides.of(Layer.ADVERSE) if not says_nothing(one.mention.text)]
    if not effects:
        return
    view = sides.view
    drugs = sides.drugs(Layer.CULPRIT)
    # What a label lists is read by its list, also where an item names a drug.
    is_listing = view.drug is not None and is_on_reactions(view)
    kind = Kind.REACTION if is_listing else Kind.ADVERSE
    blamed: set[Span] = set()
    for drug, effect in _pairs(drugs, effects):
        answer = sides.reading.answer(Pairing.ADVERSE, drug.place, effect.place)
        related = 1.0 - answer[NONE]
        if related < _RELATED:
            continue
        blamed.add(effect.mention.span)
        certainty, polarity = Certainty.ASSERTED, Polarity.AFFIRMED
        said = max(("affirmed", "speculated", "negated"), key=lambda one: answer[one])
        if said == "negated":
            polarity = Polarity.NEGATED
        elif said == "speculated":
            certainty = Certainty.POSSIBLE
        yield Proposal(
            drug.mention,
            Relation.HAS_ADVERSE_EFFECT,
            effect.mention,
            ClaimType.ADVERSE_EFFECT,
            f"{RULE}:{kind}",
            polarity=polarity,
            certainty=certainty,
            confidence=_confidence(related, drug, effect),
        )
    for effect in effects if is_listing else ():
        if effect.mention.span not in blamed:
            yield Proposal(
                None,
                Relation.HAS_ADVERSE_EFFECT,
                effect.mention,
                ClaimType.ADVERSE_EFFECT,
                f"{RULE}:{Kind.REACTION}",
                confidence=effect.probability,
            )


# ── What a drug is given for ────────────────────────────────────────────────────────────────────


def _uses(sides: Sides) -> Iterator[Proposal]:
    """Propose what drugs treat, prevent, and must not be given for."""
    view = sides.view
    things = {layer: sides.of(layer) for layer in _LABEL_USES}
    if not any(things.values()):
        return
    known = list(find_indications(view))
    paired: set[Span] = set()
    if things[Layer.TREATED] and not _speaks_of_its_own_drug(view):
        for drug, thing in _pairs(sides.drugs(Layer.REMEDY), things[Layer.TREATED]):
            answer = sides.reading.answer(Pairing.TREATS, drug.place, thing.place)
            if 1.0 - answer[NONE] < _RELATED:
                continue
            paired.add(thing.mention.span)
            # What a text about one drug says of another is seldom a use.
            is_own = view.drug is None or drug.mention.concept == view.drug
            kind = Kind.TREATS if is_own else Kind.USE
            made = Proposal(
                drug.mention,
                Relation.TREATS,
                thing.mention,
                ClaimType.INDICATION,
                f"{RULE}:{kind}",
                confidence=_confidence(1.0 - answer[NONE], drug, thing),
            )
            yield from _heed(made, known)
    for layer, (relation, type_) in _LABEL_USES.items():
        for thing in things[layer]:
            if thing.mention.span in paired:
                continue
            topic = find_topic(view, thing.mention)
            if topic is None and view.drug is None:
                continue
            made = Proposal(
                topic,
                relation,
                thing.mention,
                type_,
                f"{RULE}:{Kind.USE}",
                confidence=thing.probability,
            )
            yield from _heed(made, known)


def _speaks_of_its_own_drug(view: SentenceView) -> bool:
    """Tell whether a sentence is one of a label: it says what the label's own drug is for."""
    return view.section in _ON_USE and view.drug is not None


def _heed(made: Proposal, known: Sequence[Proposal]) -> Iterator[Proposal]:
    """Take over what the rules say against a use, with the words that say it."""
    there = [one for one in known if _meet(one.object.span, made.object.span)]
    banned = next((one for one in there if one.relation is Relation.CONTRAINDICATED_FOR), None)
    denied = next((one for one in there if one.polarity is Polarity.NEGATED), None)
    if made.relation is Relation.CONTRAINDICATED_FOR:
        if banned is not None:
            made = replace(made, modality=banned.modality, cue=banned.cue)
        yield made
    elif banned is None:
        if denied is not None:
            made = replace(
                made, polarity=Polarity.NEGATED, cue=denied.cue, negation=denied.negation
            )
        yield made


# ── What a drug does to a target ────────────────────────────────────────────────────────────────


def _on_targets(sides: Sides) -> Iterator[Proposal]:
    """Propose what drugs and chemicals do to proteins."""
    targets = sides.targets()
    if not targets:
        return
    for drug, target in _pairs(sides.drugs(Layer.CHEMICAL), targets):
        answer = sides.reading.answer(Pairing.TARGET, drug.place, target.place)
        related = 1.0 - answer[NONE]
        if related < _RELATED:
            continue
        said = max((one for one in answer if one != NONE), key=lambda one: answer[one])
        yield Proposal(
            drug.mention,
            RELATION_OF[said],
            target.mention,
            ClaimType.PHARMACOKINETICS if said == "substrate" else ClaimType.MECHANISM,
            f"{RULE}:{Kind.TARGET}",
            detail=said,
            confidence=_confidence(related, drug, target),
        )


# ── Pairs ───────────────────────────────────────────────────────────────────────────────────────


def _pairs(drugs: Sequence[Side], things: Sequence[Side]) -> Iterator[tuple[Side, Side]]:
    """Give every drug with every thing that stands elsewhere, nearest pairs first if too many."""
    pairs = [
        (drug, thing)
        for drug in drugs[:_MOST_PAIRS]
        for thing in things[:_MOST_PAIRS]
        if not _meet(drug.mention.span, thing.mention.span)
    ]
    if len(pairs) > _MOST_PAIRS:
        pairs.sort(key=lambda pair: abs(pair[0].place[0] - pair[1].place[0]))
    yield from pairs[:_MOST_PAIRS]


def _confidence(related: float, drug: Side, thing: Side) -> float:
    """Give the reader's confidence in a pair: in the relation, and in its less sure side."""
    return related * min(drug.probability, thing.probability)


def _best(proposals: Iterable[Proposal]) -> Iterator[Proposal]:
    """Of proposals that differ in confidence or caution only, keep the surest."""
    best: dict[tuple[Span | None, Relation, Span], Proposal] = {}
    for one in proposals:
        key = (None if one.subject is None else one.subject.span, one.relation, one.object.span)
        if key not in best or best[key].confidence < one.confidence:
            best[key] = one
    yield from best.values()


def _meet(one: Span, other: Span) -> bool:
    """Tell whether two places share a character."""
    return one.start < other.end and other.start < one.end
