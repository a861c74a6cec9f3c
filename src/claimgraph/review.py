"""Compare extracted with reviewed claims: what was found, missed, made up, or read wrongly.

Two claims are about the same if their subjects and their objects are, in one sentence: the words
overlap, or they name the same concept. They say the same if relation and polarity agree too. Claims
are paired one to one, as many as can be; of several that say the same, the most alike are paired.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from claimgraph.model import Claim, ClaimType, Mention, Passage

CORE = (
    ClaimType.MECHANISM,
    ClaimType.INDICATION,
    ClaimType.ADVERSE_EFFECT,
    ClaimType.RISK,
    ClaimType.PHARMACOKINETICS,
)
"""The types of claims that all texts on drugs make, and by which extraction is measured."""


class Difference(StrEnum):
    """In what two claims about the same differ."""

    RELATION = "relation"
    POLARITY = "polarity"
    CERTAINTY = "certainty"
    MODALITY = "modality"
    TYPE = "type"
    CONCEPT = "concept"
    QUALIFIER = "qualifier"


@dataclass(frozen=True, slots=True)
class Pair:
    """An extracted claim and the reviewed one that it stands for."""

    extracted: Claim
    reviewed: Claim
    differences: tuple[Difference, ...]

    @property
    def says_the_same(self) -> bool:
        """Whether relation and polarity are right; the claim then counts as found."""
        return not {Difference.RELATION, Difference.POLARITY} & {*self.differences}


@dataclass(frozen=True, slots=True)
class Share:
    """How many of how many."""

    part: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share; nothing of nothing is ``None``."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Extracted against reviewed claims, each list in text order."""

    pairs: tuple[Pair, ...]
    missing: tuple[Claim, ...]
    extra: tuple[Claim, ...]

    @property
    def differs(self) -> bool:
        """Whether there is anything to correct."""
        return bool(self.missing or self.extra or any(pair.differences for pair in self.pairs))

    def recall(self, types: Collection[ClaimType] = CORE) -> Share:
        """Give the share of the reviewed claims of these types that was found, as any type."""
        wanted = [pair.reviewed for pair in self.pairs] + list(self.missing)
        found = [pair.reviewed for pair in self.pairs if pair.says_the_same]
        return Share(_count(found, types), _count(wanted, types))

    def precision(self, types: Collection[ClaimType] = CORE) -> Share:
        """Give the share of the extracted claims of these types that a reviewed one says."""
        made = [pair.extracted for pair in self.pairs] + list(self.extra)
        right = [pair.extracted for pair in self.pairs if pair.says_the_same]
        return Share(_count(right, types), _count(made, types))

    def only(self, types: Collection[ClaimType]) -> Comparison:
        """Give what concerns claims of these types: a pair, if either of its claims does."""
        return Comparison(
            tuple(p for p in self.pairs if p.reviewed.type in types or p.extracted.type in types),
            tuple(claim for claim in self.missing if claim.type in types),
            tuple(claim for claim in self.extra if claim.type in types),
        )


def compare_claims(extracted: Iterable[Claim], reviewed: Iterable[Claim]) -> Comparison:
    """Compare the claims of one text.

    Args:
        extracted: what was found.
        reviewed: what is right. Both count sentences alike.
    """
    made = sorted(extracted, key=lambda c: c.sort_key)
    wanted = sorted(reviewed, key=lambda c: c.sort_key)
    same = match_claims(made, wanted, says_the_same)
    free_made = [one for index, one in enumerate(made) if index not in same]
    free_wanted = [one for index, one in enumerate(wanted) if index not in same.values()]
    near = match_claims(free_made, free_wanted, is_about_the_same)
    pairs = [(made[a], wanted[b]) for a, b in same.items()]
    pairs += [(free_made[a], free_wanted[b]) for a, b in near.items()]
    return Comparison(
        tuple(
            Pair(one, other, find_differences(one, other))
            for one, other in sorted(pairs, key=lambda pair: pair[1].sort_key)
        ),
        tuple(one for index, one in enumerate(free_wanted) if index not in near.values()),
        tuple(one for index, one in enumerate(free_made) if index not in near),
    )


def match_claims(
    extracted: Sequence[Claim],
    reviewed: Sequence[Claim],
    may_match: Callable[[Claim, Claim], bool],
) -> dict[int, int]:
    """Pair claims of one text one to one, as many as can be.

    Args:
        extracted: what was found.
        reviewed: what is right.
        may_match: tells whether two claims of the same sentence may be a pair.

    Returns:
        Places in `extracted`, each with the place of its pair in `reviewed`.
    """
    by_sentence: dict[int, list[int]] = {}
    for index, claim in enumerate(reviewed):
        by_sentence.setdefault(claim.sentence, []).append(index)
    options = [
        sorted(
            (b for b in by_sentence.get(one.sentence, ()) if may_match(one, reviewed[b])),
            key=lambda b: (len(find_differences(one, reviewed[b])), b),
        )
        for one in extracted
    ]
    owners: dict[int, int] = {}
    # Those that have an equal go first, and whoever has a pair keeps one.
    order = sorted(
        range(len(extracted)),
        key=lambda a: (
            len(find_differences(extracted[a], reviewed[options[a][0]])) if options[a] else 0,
            a,
        ),
    )
    for start in order:
        _find_place(start, options, owners)
    return {a: b for b, a in sorted(owners.items())}


def _find_place(start: int, options: Sequence[Sequence[int]], owners: dict[int, int]) -> None:
    """Find a pair for `start`, moving others to another of theirs where that makes room."""
    came_from: dict[int, int] = {}
    waiting = deque([start])
    while waiting:
        one = waiting.popleft()
        for other in options[one]:
            if other in came_from:
                continue
            came_from[other] = one
            if other in owners:
                waiting.append(owners[other])
                continue
            free: int | None = other
            while free is not None:
                mover = came_from[free]
                left = next((b for b, a in owners.items() if a == mover), None)
                if left is not None:
                    del owners[left]
                owners[free] = mover
                free = left
            return


def says_the_same(one: Claim, other: Claim) -> bool:
    """Tell whether two claims agree: sentence, relation, polarity, subject and object."""
    return (
        one.relation is other.relation
        and one.polarity is other.polarity
        and is_about_the_same(one, other)
    )


def is_about_the_same(one: Claim, other: Claim) -> bool:
    """Tell whether two claims of one sentence have the same subject and object."""
    return (
        one.sentence == other.sentence
        and _same(one.subject, other.subject)
        and _same(one.object, other.object)
    )


def find_differences(one: Claim, other: Claim) -> tuple[Difference, ...]:
    """Give in what two claims about the same differ. Borders of words do not count."""
    return tuple(
        difference
        for difference, differs in (
            (Difference.RELATION, one.relation is not other.relation),
            (Difference.POLARITY, one.polarity is not other.polarity),
            (Difference.CERTAINTY, one.certainty is not other.certainty),
            (Difference.MODALITY, one.modality is not other.modality),
            (Difference.TYPE, one.type is not other.type),
            (Difference.CONCEPT, _concepts(one) != _concepts(other)),
            (Difference.QUALIFIER, not _qualified_alike(one, other)),
        )
        if differs
    )


def _same(one: Mention, other: Mention) -> bool:
    """Tell whether two mentions overlap or mean the same concept ("its" and "it")."""
    if (
        one.passage is not None
        and other.passage is not None
        and _overlap(one.passage, other.passage)
    ):
        return True
    if one.concept is None or other.concept is None:
        return False
    return one.concept.id == other.concept.id


def _overlap(one: Passage, other: Passage) -> bool:
    """Tell whether two passages share words."""
    return one.span.start < other.span.end and other.span.start < one.span.end


def _concepts(claim: Claim) -> tuple[str | None, ...]:
    """Give what a claim's subject and object mean."""
    concepts = (claim.subject.concept, claim.object.concept)
    return tuple(None if concept is None else concept.id for concept in concepts)


def _qualified_alike(one: Claim, other: Claim) -> bool:
    """Tell whether each qualifier of either claim overlaps with one of its type of the other."""

    def has_all(held: Claim, wanted: Claim) -> bool:
        return all(
            any(_overlap(mine.passage, yours.passage) for yours in held.qualified_by(mine.type))
            for mine in wanted.qualifiers
        )

    return has_all(one, other) and has_all(other, one)


def _count(claims: Iterable[Claim], types: Collection[ClaimType]) -> int:
    """Count the claims of some types."""
    return sum(claim.type in types for claim in claims)
