"""The part of the network that answers questions about two spans, in numpy.

It is small and asked for few pairs, so it stays out of the network's file: what a sentence is
asked is known only when its spans are.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from claimgraph.extract.learned.labels import ANSWERS, Pairing

Floats = NDArray[np.float32]

LOOKS = 4
"""Ways in which a pair looks at its sentence; each has a quarter of the width."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The first and the last piece of two spans, counted from the first piece of all."""

    first: tuple[int, int]
    second: tuple[int, int]


class PairHead:
    """Weighs two spans of a sentence, then looks once more at the sentence with them in mind."""

    def __init__(self, weights: Mapping[str, NDArray[np.floating]]) -> None:
        """Keep the weights.

        Raises:
            KeyError: if one is missing.
        """
        kept = {name: np.asarray(values, np.float32) for name, values in weights.items()}
        self._linear = {
            name: (kept[f"{name}.weight"].T.copy(), kept[f"{name}.bias"])
            for name in (
                "first",
                "second",
                "between",
                "whole",
                "query",
                "join",
                "answer",
            )
        }
        self._key_sides, self._value_sides = kept["key_sides"], kept["value_sides"]
        self._slices: dict[Pairing, slice] = {}
        start = 0
        for question, answers in ANSWERS.items():
            self._slices[question] = slice(start, start + len(answers))
            start += len(answers)

    def answer(
        self, hidden: Floats, keys: Floats, values: Floats, pairing: Pairing, pair: Pair
    ) -> dict[str, float]:
        """Answer a question about a pair: the probability of each answer.

        Args:
            hidden: what the encoder made of the pieces, shape (pieces, hidden).
            keys: what the pieces are looked up by, shape (pieces, width).
            values: what is seen where they are, of the same shape.
            pairing: the question.
            pair: the two spans.
        """
        (a, b), (c, d) = pair.first, pair.second
        joined = (
            self._apply("first", hidden[a : b + 1].mean(axis=0))
            + self._apply("second", hidden[c : d + 1].mean(axis=0))
            + self._apply("whole", hidden[0])
        )
        between = hidden[min(b, d) + 1 : max(a, c)]
        middle = between.mean(axis=0) if len(between) else np.zeros_like(hidden[0])
        joined += self._apply("between", middle)
        sides = find_sides(pair, len(hidden))
        width = len(joined) // LOOKS
        query = self._apply("query", np.maximum(joined, 0)).reshape(LOOKS, width)
        marks = (keys + self._key_sides[sides]).reshape(-1, LOOKS, width)
        things = (values + self._value_sides[sides]).reshape(-1, LOOKS, width)
        weights = softmax(np.einsum("hd,lhd->hl", query, marks) / np.float32(math.sqrt(width)))
        seen = np.einsum("hl,lhd->hd", weights, things).reshape(-1)
        scores = self._apply("answer", np.maximum(joined + self._apply("join", seen), 0))
        chances = softmax(scores[self._slices[pairing]])
        return dict(zip(ANSWERS[pairing], chances.tolist(), strict=True))

    def _apply(self, name: str, values: Floats) -> Floats:
        weight, bias = self._linear[name]
        applied: Floats = values @ weight + bias
        return applied


def find_sides(pair: Pair, length: int) -> NDArray[np.int64]:
    """Tell of each piece where it stands: 0 left, 1 between, 2 right, 3 or 4 in one of the spans.

    Five more where the second span comes first in the sentence.

    >>> find_sides(Pair((1, 2), (4, 4)), 6).tolist()
    [0, 3, 3, 1, 4, 2]
    """
    (a, b), (c, d) = pair.first, pair.second
    sides = np.ones(length, np.int64)
    sides[: min(a, c)] = 0
    sides[max(b, d) + 1 :] = 2
    sides[c : d + 1] = 4
    sides[a : b + 1] = 3
    return sides + 5 if a > c else sides


def softmax(scores: Floats) -> Floats:
    """Make probabilities of scores, along the last axis."""
    raised: Floats = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shared: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return shared
