"""Put encoded sentences of like length together, padded, as the network takes them to learn."""

from __future__ import annotations

import random  # noqa: TID251 - with a fixed seed
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from claimgraph.extract.learned.pieces import LAYERS
from training.encode import UNKNOWN, Encoded


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


def cut_batches(encoded: Sequence[Encoded], pieces: int, chance: random.Random) -> list[list[int]]:
    """Put the numbers of examples of like length together, at most so many pieces a batch."""
    order = sorted(range(len(encoded)), key=lambda n: (len(encoded[n].pieces), chance.random()))
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
