"""A reader that says what a test tells it to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from claimgraph.extract.learned.labels import ANSWERS, NONE, Layer, Pairing
from claimgraph.extract.learned.seam import Found, Passage

Answers = Mapping[tuple[Pairing, str, str], Mapping[str, float]]


@dataclass(frozen=True)
class FakeReading:
    text: str
    found: tuple[Found, ...]
    answers: Answers

    def answer(
        self, pairing: Pairing, first: tuple[int, int], second: tuple[int, int]
    ) -> Mapping[str, float]:
        given = self.answers.get((pairing, self.text[slice(*first)], self.text[slice(*second)]), {})
        full = dict.fromkeys(ANSWERS[pairing], 0.0) | given
        return full | {NONE: 1.0 - sum(p for name, p in full.items() if name != NONE)}


@dataclass
class FakeReader:
    """Finds each of its words where they first stand in a sentence."""

    spans: Sequence[tuple[Layer, str, float]] = ()
    answers: Answers = field(default_factory=dict)
    name: str = "fake"
    asked: list[tuple[Passage, ...]] = field(default_factory=list)

    def read(self, passages: Sequence[Passage]) -> Sequence[FakeReading]:
        self.asked.append(tuple(passages))
        return [self._read(one) for one in passages]

    def _read(self, passage: Passage) -> FakeReading:
        found = []
        for layer, words, probability in self.spans:
            start = passage.text.find(words)
            if start >= 0:
                found.append(Found(layer, start, start + len(words), probability))
        found.sort(key=lambda one: (one.start, list(Layer).index(one.layer)))
        return FakeReading(passage.text, tuple(found), self.answers)


def blame(drug: str, effect: str, answer: str = "affirmed", sure: float = 0.9) -> FakeReader:
    """Make a reader that blames a drug for an effect."""
    return FakeReader(
        [(Layer.CULPRIT, drug, 0.9), (Layer.ADVERSE, effect, 0.9)],
        {(Pairing.ADVERSE, drug, effect): {answer: sure}},
    )
