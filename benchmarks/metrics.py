"""Match what was found against what annotators marked, and count.

A prediction matches at most one gold relation and the other way round; the matching is a largest
one, so no order of the input changes a figure.
"""

from __future__ import annotations

import random  # noqa: TID251 — resampling with a fixed seed; nothing of it is published data
from collections.abc import Callable, Hashable, Iterable, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from benchmarks.corpora import Spans
from claimgraph.model import Span

RESAMPLES = 1000
_SEED = 0
_LANE = 40  # bits of a packed count: no sum over a corpus comes near 2**40


class Mode(StrEnum):
    """How exact places have to be."""

    STRICT = "strict"
    RELAXED = "relaxed"


@dataclass(frozen=True, slots=True)
class Triple:
    """A relation between two places of a text, marked or found.

    `subject` is ``None`` for the drug that the document is about and does not name here. It
    matches only another ``None``. `symmetric` relations match with their sides swapped, too.
    """

    relation: str
    subject: Spans | None
    object: Spans
    negated: bool = False
    speculated: bool = False
    symmetric: bool = False


class Counts(NamedTuple):
    """How often found and marked agree and disagree."""

    right: int = 0
    spurious: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        """Share of what was found that is right; nothing if nothing was found."""
        return _ratio(self.right, self.right + self.spurious)

    @property
    def recall(self) -> float | None:
        """Share of what was marked that was found; nothing if nothing was marked."""
        return _ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; nothing if there was nothing to count."""
        return _ratio(2 * self.right, 2 * self.right + self.spurious + self.missed)


@dataclass(frozen=True, slots=True)
class Figure:
    """A measured value with its 95 % interval and the numbers behind it, in words.

    A figure without a unit is a share of one.
    """

    value: float | None
    low: float | None = None
    high: float | None = None
    detail: str = ""
    unit: str = ""


# ── Places ──────────────────────────────────────────────────────────────────────────────────────


def hull(spans: Spans) -> Span:
    """Give the stretch from the first to the last place of a mention."""
    return Span(min(span.start for span in spans), max(span.end for span in spans))


def shared(one: Spans, other: Spans) -> int:
    """Count the characters that two mentions share.

    >>> shared((Span(0, 5),), (Span(3, 9),))
    2
    """
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in other)


def places_match(gold: Spans | None, found: Spans | None, mode: Mode) -> bool:
    """Tell whether two mentions stand at the same place.

    A claim's words are contiguous. A broken mention is therefore matched exactly by the stretch
    that runs from its first to its last word.
    """
    if gold is None or found is None:
        return gold is None and found is None
    if not gold or not found:
        return False
    if mode is Mode.STRICT:
        return hull(gold) == hull(found)
    return shared(gold, found) > 0


def triples_match(gold: Triple, found: Triple, mode: Mode, *, any_polarity: bool = False) -> bool:
    """Tell whether a found relation is the marked one."""
    if gold.relation != found.relation:
        return False
    if not any_polarity and gold.negated != found.negated:
        return False
    if sides_match(gold, found, mode):
        return True
    return gold.symmetric and sides_match(gold, _swapped(found), mode)


def sides_match(gold: Triple, found: Triple, mode: Mode) -> bool:
    """Tell whether both sides stand at the same places, whatever the relation."""
    return places_match(gold.subject, found.subject, mode) and places_match(
        gold.object, found.object, mode
    )


def _swapped(triple: Triple) -> Triple:
    return Triple(triple.relation, triple.object, triple.subject or (), triple.negated)


# ── Matching ────────────────────────────────────────────────────────────────────────────────────


def match(
    golds: Sequence[Triple], found: Sequence[Triple], mode: Mode, *, any_polarity: bool = False
) -> list[tuple[int, int]]:
    """Pair marked with found relations, one to one, as many as can be.

    The pairs that agree best are made first; then pairs are remade wherever that makes room for
    one more. Gives the pairs' positions, sorted.
    """
    edges: list[tuple[tuple[bool, int], int, int]] = []
    for g, gold in enumerate(golds):
        for f, one in enumerate(found):
            if triples_match(gold, one, mode, any_polarity=any_polarity):
                edges.append((_agreement(gold, one), g, f))
    edges.sort(key=lambda edge: (not edge[0][0], -edge[0][1], edge[1], edge[2]))
    options: dict[int, list[int]] = {}
    gold_of: dict[int, int] = {}
    paired: set[int] = set()
    for _, g, f in edges:
        options.setdefault(g, []).append(f)
        if g not in paired and f not in gold_of:
            gold_of[f] = g
            paired.add(g)

    def make_room(g: int, tried: set[int]) -> bool:
        for f in options[g]:
            if f not in tried:
                tried.add(f)
                if f not in gold_of or make_room(gold_of[f], tried):
                    gold_of[f] = g
                    return True
        return False

    for g in sorted(options):
        if g not in paired and make_room(g, set()):
            paired.add(g)
    return sorted((g, f) for f, g in gold_of.items())


def _agreement(gold: Triple, found: Triple) -> tuple[bool, int]:
    """Rate how well two relations agree: exactly or not, and in how many characters."""
    subjects = shared(gold.subject or (), found.subject or ())
    exact = sides_match(gold, found, Mode.STRICT)
    return exact, subjects + shared(gold.object, found.object)


def count(golds: Iterable[Triple], found: Iterable[Triple], mode: Mode) -> Counts:
    """Count agreement in one text. What is said twice counts once, on both sides."""
    golds, found = unique(golds), unique(found)
    right = len(match(golds, found, mode))
    return Counts(right, len(found) - right, len(golds) - right)


def count_by_mark(golds: Iterable[Triple], found: Iterable[Triple], mode: Mode) -> Counts:
    """Count agreement where a mark may hold a list: what stands in a matched mark is not wrong."""
    golds, found = unique(golds), unique(found)
    right = len(match(golds, found, mode))
    inside = sum(any(triples_match(gold, one, mode) for gold in golds) for one in found)
    return Counts(right, len(found) - inside, len(golds) - right)


def count_sets(golds: Set[Hashable], found: Set[Hashable]) -> Counts:
    """Count agreement of things that are equal or not, such as strings."""
    return Counts(len(golds & found), len(found - golds), len(golds - found))


def unique(triples: Iterable[Triple]) -> list[Triple]:
    """Drop repetitions, keep the order."""
    return list(dict.fromkeys(triples))


# ── Figures ─────────────────────────────────────────────────────────────────────────────────────


def f1_figure(documents: Iterable[Counts]) -> Figure:
    """Give micro-F1 over documents, with precision, recall and the number of gold relations."""
    units = [tuple(counts) for counts in documents]
    total = Counts(*_sum(units, 3))
    low, high = interval(units, 3, lambda sums: Counts(*sums).f1)
    detail = (
        f"P {show_share(total.precision)} R {show_share(total.recall)}, "
        f"n {total.right + total.missed:,}"
    )
    return Figure(total.f1, low, high, detail)


def ratio_figure(
    documents: Iterable[tuple[int, int]], *, scale: float = 1.0, unit: str = ""
) -> Figure:
    """Give the ratio of two counts over documents, times `scale`.

    Args:
        documents: for each document the counted and what it is a share of.
        scale: 1 for a share, 1000 for a rate per thousand.
        unit: what the ratio is in, where it is no share.
    """
    units = list(documents)

    def ratio(sums: Sequence[int]) -> float | None:
        value = _ratio(sums[0], sums[1])
        return None if value is None else value * scale

    top, bottom = _sum(units, 2)
    low, high = interval(units, 2, ratio)
    return Figure(ratio((top, bottom)), low, high, f"{top:,} of {bottom:,}", unit)


def interval(
    units: Sequence[Sequence[int]],
    width: int,
    statistic: Callable[[Sequence[int]], float | None],
    *,
    resamples: int = RESAMPLES,
) -> tuple[float | None, float | None]:
    """Give the 95 % percentile bootstrap interval of a statistic of sums over documents.

    Args:
        units: the counts of each document.
        width: how many counts a document has.
        statistic: takes the sums; may give nothing where it is undefined.
        resamples: how often to draw as many documents as there are, with replacement.
    """
    # Counts travel packed in one integer, so that drawing and adding stay in C.
    packed = [sum(value << (_LANE * lane) for lane, value in enumerate(unit)) for unit in units]
    if not packed:
        return None, None
    mask = (1 << _LANE) - 1
    dice = random.Random(_SEED)  # noqa: S311 — a sample, not a secret
    values = []
    for _ in range(resamples):
        total = sum(dice.choices(packed, k=len(packed)))
        value = statistic([(total >> (_LANE * lane)) & mask for lane in range(width)])
        if value is not None:
            values.append(value)
    if not values:
        return None, None
    values.sort()
    return values[int(0.025 * len(values))], values[min(int(0.975 * len(values)), len(values) - 1)]


def show_share(value: float | None) -> str:
    """Write a share with three digits.

    >>> show_share(0.5), show_share(1.0), show_share(None)
    ('.500', '1.000', '–')
    """
    if value is None:
        return "–"
    text = f"{value:.3f}"
    return text[1:] if text.startswith("0") else text


def _sum(units: Sequence[Sequence[int]], width: int) -> tuple[int, ...]:
    return tuple(sum(unit[lane] for unit in units) for lane in range(width))


def _ratio(top: int, bottom: int) -> float | None:
    return top / bottom if bottom else None
