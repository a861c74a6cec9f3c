"""What stands between a learned reader and the extractor that makes claims of what it finds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from claimgraph.extract.learned.labels import Layer, Pairing
from claimgraph.model import SectionKind


@dataclass(frozen=True, slots=True)
class Found:
    """A span that a reader found: ``[start, end)`` in code points of the sentence.

    `probability` is the reader's own, between 0 and 1; it is not calibrated.
    """

    layer: Layer
    start: int
    end: int
    probability: float


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence to read, and the kind of section that it stands in."""

    text: str
    section: SectionKind


class Reading(Protocol):
    """What a reader makes of one passage."""

    @property
    def found(self) -> tuple[Found, ...]:
        """The spans, in text order, by layer where they begin together."""
        ...

    def answer(
        self, pairing: Pairing, first: tuple[int, int], second: tuple[int, int]
    ) -> Mapping[str, float]:
        """Answer a question about two spans, found or not.

        Args:
            pairing: the question.
            first: the drug's span, ``[start, end)`` in code points of the sentence.
            second: the other span.

        Returns:
            The probability of each of the question's answers; they add up to 1.
        """
        ...


class SentenceReader(Protocol):
    """Reads sentences, many at a time."""

    @property
    def name(self) -> str:
        """What claims say they were found by."""
        ...

    def read(self, passages: Sequence[Passage]) -> Sequence[Reading]:
        """Read passages; one reading each, in their order. A passage's reading is its own alone."""
        ...
