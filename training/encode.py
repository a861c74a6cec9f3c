"""Cut sentences into word pieces, and put what is known about them onto the pieces."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor

from claimgraph.model import SectionKind, Span
from training.data import Example
from claimgraph.extract.learned.labels import ANSWERS, Layer, Pairing

UNKNOWN = -100  # what the loss leaves out of account
LONGEST = 160  # word pieces of a sentence; what is longer is cut off
_MOST_PAIRS = 16  # of one question in one sentence
_KINDS = frozenset(
    {
        SectionKind.INDICATIONS,
        SectionKind.CONTRAINDICATIONS,
        SectionKind.BOXED_WARNING,
        SectionKind.WARNINGS,
        SectionKind.ADVERSE_REACTIONS,
    }
)
_HIDE_KIND = 0.2  # share of sentences whose section the model is not told

LAYERS = tuple(Layer)
_OFFSETS: dict[Pairing, int] = {}
for _question, _answers in ANSWERS.items():
    _OFFSETS[_question] = sum(len(ANSWERS[one]) for one in _OFFSETS)


@dataclass(frozen=True, slots=True)
class Encoded:
    """An example as numbers.

    Attributes:
        pieces: shape (length,).
        start: the first piece of the sentence, behind the words that name its section.
        tags: shape (length, layers): 0 outside, 1 beginning, 2 inside, `UNKNOWN`.
        pairs: shape (pairs, 6): first and last piece of both spans, question, answer.
    """

    pieces: NDArray[np.int64]
    start: int
    tags: NDArray[np.int8]
    pairs: NDArray[np.int16]


def section_words(kind: SectionKind) -> str:
    """Say how a sentence's section is named to the model: kinds that only labels have, by name."""
    return kind.value.replace("-", " ") if kind in _KINDS else "text"


def encode(example: Example, tokenizer: Tokenizer, chance: random.Random) -> Encoded:
    """Make numbers of an example.

    Args:
        example: the sentence.
        tokenizer: cuts into word pieces; neither pads nor truncates.
        chance: decides which sections are hidden and which pairs are left out of many.
    """
    kind = SectionKind.OTHER if chance.random() < _HIDE_KIND else example.section
    coded = tokenizer.encode(section_words(kind), example.text)
    length = min(len(coded.ids), LONGEST)
    start = next(n for n, part in enumerate(coded.type_ids) if part == 1)
    offsets = coded.offsets[:length]
    tags = np.full((length, len(LAYERS)), UNKNOWN, np.int8)
    inside = [n for n in range(start, length) if offsets[n][1] > offsets[n][0]]
    for number, layer in enumerate(LAYERS):
        if layer not in example.layers:
            continue
        tags[inside, number] = 0
        for span in example.layers[layer]:
            places = _pieces(span, offsets, start)
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
            one, two = _pieces(first, offsets, start), _pieces(second, offsets, start)
            if one is not None and two is not None:
                rows.append(
                    (*one, *two, list(ANSWERS).index(question), ANSWERS[question].index(answer))
                )
    return Encoded(
        np.array(coded.ids[:length], np.int64),
        start,
        tags,
        np.array(rows, np.int16).reshape(-1, 6),
    )


def _pieces(
    span: Span, offsets: Sequence[tuple[int, int]], start: int
) -> tuple[int, int] | None:
    """Give the first and the last piece of a span; nothing where it was cut off."""
    inside = [
        n
        for n in range(start, len(offsets))
        if offsets[n][0] < span.end and span.start < offsets[n][1]
    ]
    if not inside or offsets[inside[-1]][1] < span.end:
        return None
    return inside[0], inside[-1]


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences of like length, padded."""

    pieces: Tensor
    mask: Tensor
    tags: Tensor
    pairs: Tensor  # (pairs, 7): sentence, then as in `Encoded`

    def __len__(self) -> int:
        """How many sentences there are."""
        return len(self.pieces)


def cut_batches(
    encoded: Sequence[Encoded], pieces: int, chance: random.Random
) -> list[list[int]]:
    """Put the numbers of examples of like length together, at most so many pieces a batch."""
    order = sorted(
        range(len(encoded)), key=lambda n: (len(encoded[n].pieces), chance.random())
    )
    batches: list[list[int]] = [[]]
    for number in order:
        if batches[-1] and (len(batches[-1]) + 1) * len(encoded[number].pieces) > pieces:
            batches.append([])
        batches[-1].append(number)
    chance.shuffle(batches)
    return batches


def pad(encoded: Iterable[Encoded]) -> Batch:
    """Pad examples to the length of the longest."""
    rows = list(encoded)
    longest = max(len(row.pieces) for row in rows)
    pieces = torch.zeros(len(rows), longest, dtype=torch.long)
    mask = torch.zeros(len(rows), longest, dtype=torch.bool)
    tags = torch.full((len(rows), longest, len(LAYERS)), UNKNOWN, dtype=torch.long)
    pairs = []
    for number, row in enumerate(rows):
        length = len(row.pieces)
        pieces[number, :length] = torch.from_numpy(row.pieces)
        mask[number, :length] = True
        tags[number, :length] = torch.from_numpy(row.tags.astype(np.int64))
        if len(row.pairs):
            numbers = np.full((len(row.pairs), 1), number)
            pairs.append(np.hstack([numbers, row.pairs.astype(np.int64)]))
    joined = np.vstack(pairs) if pairs else np.zeros((0, 7), np.int64)
    return Batch(pieces, mask, tags, torch.from_numpy(joined.astype(np.int64)))


def fold_of(key: str, folds: int) -> int:
    """Tell which fold a document is in, by its name alone.

    >>> fold_of("10030778", 2) == fold_of("10030778", 2)
    True
    """
    return hashlib.sha256(key.encode("utf-8")).digest()[0] % folds
