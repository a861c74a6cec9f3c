"""Put what is known about sentences onto their word pieces, as numbers to learn from."""

from __future__ import annotations

import random  # noqa: TID251 - with a fixed seed
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from claimgraph.extract.learned.labels import ANSWERS
from claimgraph.extract.learned.pieces import LAYERS, Cutter
from claimgraph.model import SectionKind, Span
from training.data import Example

UNKNOWN = -100  # what the loss leaves out of account
LONGEST = 160  # word pieces of a sentence, framed; what is longer is cut off
_MOST_PAIRS = 16  # of one question in one sentence
_HIDE_KIND = 0.2  # share of sentences whose section the model is not told
_HIDE_PIECE = 0.06  # share of pieces that it is not told, so that it learns from those around


@dataclass(frozen=True, slots=True)
class Encoded:
    """An example as numbers.

    Attributes:
        pieces: shape (length,), framed by the words that name the section and the mark of the end.
        tags: shape (length, layers): 0 outside, 1 beginning, 2 inside, `UNKNOWN`.
        pairs: shape (pairs, 6): first and last piece of both spans, question, answer.
    """

    pieces: NDArray[np.int64]
    tags: NDArray[np.int8]
    pairs: NDArray[np.int16]


def encode(example: Example, cutter: Cutter, chance: random.Random) -> Encoded:
    """Make numbers of an example.

    Args:
        example: the sentence.
        cutter: cuts it into word pieces.
        chance: decides which sections are hidden and which pairs are left out of many.
    """
    kind = SectionKind.OTHER if chance.random() < _HIDE_KIND else example.section
    cut = cutter.cut(example.text)
    framed = cutter.frame(kind, cut.numbers)
    start = len(cutter.before(kind))
    length = min(len(framed), LONGEST)
    end = min(start + len(cut), length)  # of the sentence's pieces

    def place(span: Span) -> tuple[int, int] | None:
        """Give the first and the last piece of a span; nothing where it is cut off."""
        places = cut.of(span.start, span.end)
        if places is None or start + places[1] >= end:
            return None
        return start + places[0], start + places[1]

    tags = np.full((length, len(LAYERS)), UNKNOWN, np.int8)
    for number, layer in enumerate(LAYERS):
        if layer not in example.layers:
            continue
        tags[start:end, number] = 0
        for span in example.layers[layer]:
            places = place(span)
            if places is not None:
                tags[places[0] : places[1] + 1, number] = 2
                tags[places[0], number] = 1
    rows = []
    for question, answers in example.pairs.items():
        known = sorted(answers.items())
        if len(known) > _MOST_PAIRS:
            said = [one for one in known if one[1] != ANSWERS[question][0]]
            rest = [one for one in known if one[1] == ANSWERS[question][0]]
            known = said + chance.sample(rest, min(len(rest), max(4, _MOST_PAIRS - len(said))))
        for (first, second), answer in known:
            one, two = place(first), place(second)
            if one is not None and two is not None:
                rows.append(
                    (*one, *two, list(ANSWERS).index(question), ANSWERS[question].index(answer))
                )
    numbers = np.array(framed[:length], np.int64)
    for number in range(start, end):
        if chance.random() < _HIDE_PIECE:
            numbers[number] = cutter.unknown
    return Encoded(numbers, tags, np.array(rows, np.int16).reshape(-1, 6))
