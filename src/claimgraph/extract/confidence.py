"""How sure it is that a claim was read right, as measured: calibrated confidence.

What an extractor says of its own confidence orders claims; how many of a hundred claims of one
confidence are right was measured on annotated text, for each way of reading and each relation, and
lies beside this file. What the rules alone say is another matter where a model read, too, and did
not confirm it. The measurement is described in `benchmarks/README.md`.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from claimgraph.extract import Extractor
from claimgraph.model import Claim, Document

FILE = Path(__file__).with_name("confidence.json")

_DIGITS = 3  # of a confidence: more would be more than was measured


@dataclass(frozen=True, slots=True)
class Curve:
    """A rising line through measured points: stated confidence, and the share that was right."""

    stated: tuple[float, ...]
    right: tuple[float, ...]

    def at(self, confidence: float) -> float:
        """Give the share of claims that are right, where an extractor states this confidence.

        >>> Curve((0.2, 0.6), (0.5, 0.9)).at(0.4)
        0.7
        """
        index = bisect_right(self.stated, confidence)
        if index == 0:
            return self.right[0]
        if index == len(self.stated):
            return self.right[-1]
        low, high = self.stated[index - 1], self.stated[index]
        part = (confidence - low) / (high - low)
        return round(self.right[index - 1] + part * (self.right[index] - self.right[index - 1]), 9)


class Calibrated:
    """Another extractor, with measured confidences.

    Args:
        extractor: what finds the claims.
        least: claims of a lower confidence are left out, but for those that others rest on.
        curves: what was measured of it.
    """

    def __init__(
        self, extractor: Extractor, least: float = 0.0, curves: Mapping[str, Curve] | None = None
    ) -> None:
        self.extractor = extractor
        self._least = least
        self._curves = curves or {}

    def extract(self, document: Document) -> Iterator[Claim]:
        """Give the claims of a document, in text order, none twice."""
        yield from weigh(self.extractor.extract(document), self._curves, self._least)


def weigh(claims: Iterable[Claim], curves: Mapping[str, Curve], least: float) -> Iterator[Claim]:
    """Give claims with their measured confidence, without those of a lower one than `least`."""
    measured = calibrate(claims, curves)
    yield from measured if least <= 0 else keep_sure(measured, least)


def calibrate(claims: Iterable[Claim], curves: Mapping[str, Curve]) -> Iterator[Claim]:
    """Give claims with their measured confidence, or their own where nothing was measured."""
    for claim in claims:
        yield replace(claim, confidence=_measure(claim, curves))


def _measure(claim: Claim, curves: Mapping[str, Curve]) -> float | None:
    """Give a claim's measured confidence."""
    if claim.confidence is None:
        return None
    curve = curves.get(name_of(claim)) or curves.get(claim.method)
    value = claim.confidence if curve is None else curve.at(claim.confidence)
    return round(min(1.0, max(0.0, value)), _DIGITS)


def name_of(claim: Claim) -> str:
    """Name what a claim's confidence was measured on: how it was found, and its relation.

    Claims whose drug the sentence names are another matter than those of a label's own drug.
    """
    side = "named" if claim.subject.passage is not None else "understood"
    return f"{claim.method} {claim.relation} {side}"


def keep_sure(claims: Iterable[Claim], least: float) -> list[Claim]:
    """Leave out claims of a low confidence; one that a kept claim rests on stays.

    A claim without a confidence was not measured; it stays.
    """
    every = list(claims)
    kept = {one.id for one in every if one.confidence is None or one.confidence >= least}
    waiting = [one for one in every if one.id in kept]
    by_id = {one.id: one for one in every}
    while waiting:
        one = waiting.pop()
        for target in one.via + one.because:
            if target in by_id and target not in kept:
                kept.add(target)
                waiting.append(by_id[target])
    return [one for one in every if one.id in kept]


@cache
def load_curves(reader: str) -> Mapping[str, Curve]:
    """Read what was measured of a way of reading; nothing where it was not measured."""
    content = json.loads(FILE.read_text(encoding="utf-8"))
    return read_curves(content.get(reader, {}))


def read_curves(content: Mapping[str, Sequence[Sequence[float]]]) -> dict[str, Curve]:
    """Make curves of lists of points."""
    return {
        name: Curve(tuple(one[0] for one in points), tuple(one[1] for one in points))
        for name, points in content.items()
    }
