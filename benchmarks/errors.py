"""Sort disagreements into classes, so that a person knows where to look."""

from __future__ import annotations

import random  # noqa: TID251 — a fixed sample for a person to read
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from benchmarks.corpora import Spans
from benchmarks.metrics import (
    Mode,
    Triple,
    match,
    places_match,
    sides_match,
    triples_match,
    unique,
)


class ErrorKind(StrEnum):
    """What is wrong with a claim, or with its absence."""

    MISSED_MENTION = "missed mention"
    MISSED_RELATION = "missed relation"
    WRONG_BOUNDARY = "wrong boundary"
    WRONG_RELATION = "wrong relation"
    WRONG_POLARITY = "wrong polarity"
    SPURIOUS = "spurious"


@dataclass(frozen=True, slots=True)
class Mistake:
    """A gold relation, a found one, or both, that do not agree."""

    kind: ErrorKind
    gold: Triple | None = None
    found: Triple | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A mistake in words, for a person to read."""

    kind: ErrorKind
    row: str
    gold: str
    found: str
    text: str


def find_mistakes(
    golds: Iterable[Triple],
    found: Iterable[Triple],
    *,
    others: Iterable[Triple] = (),
    mentions: Sequence[Spans] | None = None,
) -> list[Mistake]:
    """Name what is wrong in one text. Every gold and every found relation is named once at most.

    Args:
        golds: what annotators marked.
        found: what was found and is scored.
        others: what was found but is not scored here: other relations, negated claims.
        mentions: places of all mentions found. Without them, a place counts as found where any
            claim touches it.

    Relaxed matches that are not exact are wrong boundaries. Of the rest, a gold relation whose two
    places some claim joins has the wrong polarity or the wrong relation; one whose places are both
    found is a missed relation, and otherwise a mention was missed. Found relations that explain no
    gold one are spurious.
    """
    golds, found, others = unique(golds), unique(found), unique(others)
    mistakes: list[Mistake] = []
    pairs = match(golds, found, Mode.RELAXED)
    for g, f in pairs:
        if not triples_match(golds[g], found[f], Mode.STRICT):
            mistakes.append(Mistake(ErrorKind.WRONG_BOUNDARY, golds[g], found[f]))
    matched_golds, matched_found = {g for g, _ in pairs}, {f for _, f in pairs}
    spare = [one for f, one in enumerate(found) if f not in matched_found]
    places = mentions if mentions is not None else _places([*found, *others])
    for g, gold in enumerate(golds):
        if g not in matched_golds:
            mistake = _explain(gold, [*spare, *others], places)
            mistakes.append(mistake)
            if mistake.found in spare:
                spare.remove(mistake.found)
    mistakes += [Mistake(ErrorKind.SPURIOUS, None, one) for one in spare]
    return mistakes


def _explain(gold: Triple, candidates: Sequence[Triple], places: Sequence[Spans]) -> Mistake:
    """Say why a gold relation was not found."""
    for one in candidates:
        if triples_match(gold, one, Mode.RELAXED, any_polarity=True):
            return Mistake(ErrorKind.WRONG_POLARITY, gold, one)
    for one in candidates:
        if one.relation != gold.relation and sides_match(gold, one, Mode.RELAXED):
            return Mistake(ErrorKind.WRONG_RELATION, gold, one)
    for side in (gold.subject, gold.object):
        if side is not None and not any(places_match(side, one, Mode.RELAXED) for one in places):
            return Mistake(ErrorKind.MISSED_MENTION, gold)
    return Mistake(ErrorKind.MISSED_RELATION, gold)


def _places(triples: Iterable[Triple]) -> list[Spans]:
    return [side for one in triples for side in (one.subject, one.object) if side]


def to_example(mistake: Mistake, row: str, text: str) -> Example:
    """Put a mistake into words, with the text around it."""
    sides = [
        side
        for one in (mistake.gold, mistake.found)
        if one is not None
        for side in (one.subject or (), one.object)
        if side
    ]
    start = min(span.start for side in sides for span in side)
    end = max(span.end for side in sides for span in side)
    return Example(
        mistake.kind,
        row,
        _in_words(mistake.gold, text),
        _in_words(mistake.found, text),
        " ".join(text[max(0, start - 120) : end + 120].split()),
    )


def sample(examples: Sequence[Example], number: int) -> list[Example]:
    """Draw examples, always the same ones, sorted by kind."""
    dice = random.Random(0)  # noqa: S311 — a sample, not a secret
    drawn = dice.sample(examples, min(number, len(examples)))
    return sorted(drawn, key=lambda one: (one.kind, one.row, one.gold, one.found))


def count_kinds(examples: Iterable[Example]) -> dict[ErrorKind, int]:
    """Count the examples of each kind, in the order of the kinds."""
    counts = Counter(one.kind for one in examples)
    return {kind: counts[kind] for kind in ErrorKind if counts[kind]}


def _in_words(triple: Triple | None, text: str) -> str:
    if triple is None:
        return "–"

    def words(spans: Spans | None) -> str:
        return "(drug)" if spans is None else " … ".join(span.cut(text) for span in spans)

    marks = (" NOT" if triple.negated else "") + (" maybe" if triple.speculated else "")
    parts = f"{words(triple.subject)} —{marks} {triple.relation} → {words(triple.object)}"
    return " ".join(parts.split())
