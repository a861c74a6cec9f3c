"""Rules and a learned reader together: what both say is one claim, and each decides what it knows.

Two claims of one sentence are the same if they have one relation and their sides overlap. Where
they differ in caution the more careful one stays; otherwise the words of whoever draws borders
better for that kind of claim. What the reader says alone stands where it was measured to be good
at it; see `deciding`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from claimgraph.extract.learned.deciding import CONFIRMS, DECIDES, GIVEN, Decision, Kind
from claimgraph.extract.learned.extractor import LearnedExtractor
from claimgraph.extract.rules import RuleExtractor
from claimgraph.extract.targets import RELATION_OF
from claimgraph.lexicon import Lexicon
from claimgraph.model import (
    Category,
    Certainty,
    Claim,
    Document,
    Mention,
    Method,
    Modality,
    Polarity,
)

_GROUPS = {
    Category.DRUG: "drug",
    Category.DRUG_CLASS: "drug",
    Category.CONDITION: "condition",
    Category.TARGET: "target",
}
_ON_TARGETS = frozenset(RELATION_OF.values())


class JoinedExtractor:
    """Extracts claims by rules and by a learned reader.

    Args:
        learned: the extractor by the reader.
        rules: the extractor by rules.
        decides: who decides which kind of claim.
    """

    def __init__(
        self,
        learned: LearnedExtractor,
        rules: RuleExtractor | None = None,
        decides: Mapping[Kind, Decision] = DECIDES,
    ) -> None:
        self._learned = learned
        self._rules = rules or RuleExtractor(learned.lexicon)
        self._decides = decides

    @property
    def lexicon(self) -> Lexicon:
        """The names that it knows."""
        return self._learned.lexicon

    def extract(
        self, document: Document, given: Sequence[Mention] | None = None
    ) -> Iterator[Claim]:
        """Give the claims of a document, in text order, none twice.

        Args:
            document: the document.
            given: all its mentions, in text order; found if not given. Claims are then of these
                mentions only, and of the drug that the whole document is about.
        """
        ruled = list(self._rules.extract(document, given))
        read = self._learned.find(document, dict.fromkeys(Kind, CONFIRMS), given)
        yield from join_claims(ruled, read, self._decides if given is None else GIVEN)

    def mentions(self, document: Document) -> Iterator[Mention]:
        """Give the mentions of a document, in text order.

        Of drugs, conditions and targets the reader says which there are, the rules where they
        begin and end; of all else the rules say both.
        """
        ruled, read = self._rules.mentions(document), self._learned.mentions(document)
        yield from sorted(join_mentions(ruled, read), key=_place)


def join_mentions(ruled: Iterable[Mention], read: Iterable[Mention]) -> Iterator[Mention]:
    """Put the mentions of rules and reader together, in no order.

    Args:
        ruled: the mentions by rules.
        read: the mentions by the reader.
    """
    known: dict[str, list[Mention]] = {}
    for one in ruled:
        group = _GROUPS.get(one.concept.category) if one.concept is not None else None
        if group is None:
            yield one
        else:
            known.setdefault(group, []).append(one)
    given: set[Mention] = set()
    for one in read:
        group = _GROUPS[one.concept.category] if one.concept is not None else ""
        there = [other for other in known.get(group, ()) if _shared(one, other)]
        for mention in there or [one]:
            if mention not in given:
                given.add(mention)
                yield mention


def join_claims(
    ruled: Iterable[Claim],
    read: Iterable[tuple[Claim, Kind]],
    decides: Mapping[Kind, Decision] = DECIDES,
) -> Iterator[Claim]:
    """Put the claims of rules and reader together, in text order.

    Args:
        ruled: the claims by rules, sentence by sentence.
        read: the claims by the reader with their kinds, sentence by sentence.
        decides: who decides which kind of claim.
    """
    known = list(read)
    kinds = {claim.id: kind for claim, kind in known}
    by_sentence: dict[int, tuple[list[Claim], list[Claim]]] = {}
    for side, claims in enumerate((ruled, [claim for claim, _ in known])):
        for number, group in groupby(claims, key=lambda one: one.sentence):
            by_sentence.setdefault(number, ([], []))[side].extend(group)
    for number in sorted(by_sentence):
        own, others = by_sentence[number]
        yield from _join_sentence(own, others, {one.id: decides[kinds[one.id]] for one in others})


def _join_sentence(
    ruled: Sequence[Claim], read: Sequence[Claim], decides: Mapping[str, Decision]
) -> list[Claim]:
    """Put the claims of one sentence together; `decides` is by the names of the reader's."""
    pairs = _match(ruled, read)
    joined: list[Claim] = []
    names: dict[str, str] = {}
    taken = {id(one) for pair in pairs for one in pair}
    for one, other in pairs:
        claim = _merge(one, other, decides[other.id])
        names[one.id] = claim.id
        joined.append(claim)
    merged = tuple(joined)
    steps = {target for one in ruled for target in one.via + one.because}
    for claim in (*ruled, *read):
        if id(claim) in taken:
            continue
        is_step = bool(claim.via) or claim.id in steps
        said = None if is_step else next((one for one in merged if _same(one, claim)), None)
        if said is not None:  # in words that overlap these
            names[claim.id] = said.id
        elif claim.method is not Method.MODEL or (
            _is_sure(claim, decides[claim.id]) and not any(_differ(one, claim) for one in ruled)
        ):
            joined.append(claim)
    kept = {claim.id for claim in joined}
    linked = [_relink(claim, names, kept) for claim in joined]
    unique = {claim.id: claim for claim in reversed(linked)}
    return sorted(unique.values(), key=lambda one: one.sort_key)


def _is_sure(claim: Claim, decision: Decision) -> bool:
    """Tell whether a claim that only the reader makes may stand."""
    return claim.confidence is not None and claim.confidence >= decision.beside


def _relink(claim: Claim, names: Mapping[str, str], kept: set[str]) -> Claim:
    """Let a claim rest on what the claims that it rests on have become."""
    if not claim.via and not claim.because:
        return claim
    via = tuple(new for old in claim.via if (new := names.get(old, old)) in kept)
    because = tuple(new for old in claim.because if (new := names.get(old, old)) in kept)
    return replace(claim, via=via, because=because)


def _match(ruled: Sequence[Claim], read: Sequence[Claim]) -> list[tuple[Claim, Claim]]:
    """Pair the claims that say the same, each with one at most, those that share most first."""
    pairs = sorted(
        (
            (-_shared(one.object, other.object) - _shared(one.subject, other.subject), i, j)
            for i, one in enumerate(ruled)
            for j, other in enumerate(read)
            if _same(one, other)
        ),
    )
    left, right = set(range(len(ruled))), set(range(len(read)))
    matched = []
    for _, i, j in pairs:
        if i in left and j in right:
            left.remove(i)
            right.remove(j)
            matched.append((ruled[i], read[j]))
    return matched


def _same(one: Claim, other: Claim) -> bool:
    """Tell whether two claims of one sentence say the same: one relation, sides that overlap."""
    return (
        one.relation is other.relation
        and _shared(one.object, other.object) > 0
        and (
            _shared(one.subject, other.subject) > 0
            or (one.subject.concept is not None and one.subject.concept == other.subject.concept)
        )
    )


def _differ(one: Claim, other: Claim) -> bool:
    """Tell whether two claims of one sentence say of a drug and a target what differs."""
    return (
        one.relation is not other.relation
        and one.relation in _ON_TARGETS
        and other.relation in _ON_TARGETS
        and _shared(one.object, other.object) > 0
        and _shared(one.subject, other.subject) > 0
    )


def _shared(one: Mention, other: Mention) -> int:
    """Count the characters that two mentions share."""
    if one.passage is None or other.passage is None:
        return 0
    first, second = one.passage.span, other.passage.span
    return max(0, min(first.end, second.end) - max(first.start, second.start))


def _merge(ruled: Claim, read: Claim, decision: Decision) -> Claim:
    """Make one claim of two that say the same."""
    base = read if decision.words is Method.MODEL else ruled
    rest = ruled if base is read else read
    if ruled.via or ruled.because:  # a step of a mechanism keeps its words
        base, rest = ruled, read
    if _is_one_place(ruled.subject, read.subject):
        if _caution(rest) > _caution(base):
            base = replace(rest, via=base.via, because=base.because)
    else:  # what hedges one mention of the drug need not hedge another
        base = ruled
    return replace(
        base,
        method=Method.BOTH,
        confidence=_combine(ruled.confidence, read.confidence),
        via=ruled.via,
        because=ruled.because,
    )


def _is_one_place(one: Mention, other: Mention) -> bool:
    """Tell whether two mentions stand at one place, or both at none."""
    return _shared(one, other) > 0 or (one.passage is None and other.passage is None)


def _caution(claim: Claim) -> int:
    """Rate how careful a claim is; what is denied is further from a fact than what is doubted."""
    return (
        4 * (claim.polarity is Polarity.NEGATED)
        + 2 * (claim.certainty is not Certainty.ASSERTED)
        + (claim.modality is Modality.NORMATIVE)
    )


def _combine(one: float | None, other: float | None) -> float | None:
    """Give the confidence of what two say that err independently: it is wrong if both are."""
    if one is None or other is None:
        return one if other is None else other
    return 1.0 - (1.0 - one) * (1.0 - other)


def _place(mention: Mention) -> tuple[int, int, str]:
    """Order mentions by place."""
    span = None if mention.passage is None else mention.passage.span
    return (0, 0, mention.label) if span is None else (span.start, -span.end, mention.label)
