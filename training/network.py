"""The network: a MiniLM encoder, tags for every layer, and answers about pairs of spans.

One pass over a sentence serves all: the encoder reads its word pieces once; the tags say where the
spans of each layer are; the answers weigh two spans and what stands between them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from claimgraph.extract.learned.labels import ANSWERS, Layer

TAGS = 3  # outside, at the beginning, inside
HIDDEN, HEADS, DEPTH, INNER = 384, 12, 6, 1536
PLACES = 512
DROP = 0.1  # in the encoder; without it, a second pass over the same sentences taught nothing
WIDTH = 256  # of the layer that joins two spans
LOOKS = 4  # ways in which a pair looks at its sentence
SIDES = 10  # where a piece stands to a pair
_OUTPUTS = sum(len(answers) for answers in ANSWERS.values())


class Encoder(nn.Module):
    """BERT as MiniLM-L6 has it: 6 layers of 384, 12 heads."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.words = nn.Embedding(pieces, HIDDEN)
        self.places = nn.Embedding(PLACES, HIDDEN)
        self.types = nn.Parameter(torch.zeros(HIDDEN))
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.blocks = nn.ModuleList(Block() for _ in range(DEPTH))
        self.drop = nn.Dropout(DROP)

    def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
        """Give the hidden states of word pieces, shape (batch, length, hidden).

        Args:
            pieces: their numbers, shape (batch, length).
            mask: true where a piece stands, of the same shape.
        """
        places = torch.arange(pieces.shape[1], device=pieces.device)
        hidden: Tensor = self.norm(self.words(pieces) + self.places(places) + self.types)
        hidden = self.drop(hidden)
        for block in self.blocks:
            hidden = block(hidden, mask)
        return hidden


class Block(nn.Module):
    """Attention over the sentence, then a step of each place by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value = (nn.Linear(HIDDEN, HIDDEN) for _ in range(3))
        self.join = nn.Linear(HIDDEN, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.widen = nn.Linear(HIDDEN, INNER)
        self.narrow = nn.Linear(INNER, HIDDEN)
        self.last = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(DROP)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Give the next hidden states, of the same shape; `mask` is true where a piece stands."""
        batch, length, _ = hidden.shape

        def split(values: Tensor) -> Tensor:
            return values.view(batch, length, HEADS, HIDDEN // HEADS).transpose(1, 2)

        query, key, value = (split(part(hidden)) for part in (self.query, self.key, self.value))
        mixed = nn.functional.scaled_dot_product_attention(
            query, key, value, attn_mask=mask[:, None, None, :]
        )
        joined = self.join(mixed.transpose(1, 2).reshape(batch, length, HIDDEN))
        hidden = self.norm(hidden + self.drop(joined))
        stepped = self.narrow(nn.functional.gelu(self.widen(hidden)))
        return self.last(hidden + self.drop(stepped))


class Reader(nn.Module):
    """The encoder with its heads."""

    def __init__(self, pieces: int) -> None:
        super().__init__()
        self.encoder = Encoder(pieces)
        self.tags = nn.Linear(HIDDEN, len(Layer) * TAGS)
        self.pairs = Pairs()
        self.drop = nn.Dropout(0.1)

    def tag(self, hidden: Tensor) -> Tensor:
        """Give the scores of the tags, shape (batch, length, layers, 3)."""
        scores: Tensor = self.tags(self.drop(hidden))
        return scores.view(*hidden.shape[:2], len(Layer), TAGS)


class Pairs(nn.Module):
    """Weighs two spans of a sentence, then looks once more at the sentence with them in mind.

    What is weighed first are the means of the pieces of both spans and of what stands between
    them, and the first piece, which stands for the sentence. What comes of it asks all pieces,
    each of which knows on which side of the spans it stands.
    """

    def __init__(self) -> None:
        super().__init__()
        self.first = nn.Linear(HIDDEN, WIDTH)
        self.second = nn.Linear(HIDDEN, WIDTH)
        self.between = nn.Linear(HIDDEN, WIDTH)
        self.whole = nn.Linear(HIDDEN, WIDTH)
        self.query = nn.Linear(WIDTH, WIDTH)
        self.key = nn.Linear(HIDDEN, WIDTH)
        self.value = nn.Linear(HIDDEN, WIDTH)
        self.key_sides = nn.Parameter(torch.randn(SIDES, WIDTH) * 0.1)
        self.value_sides = nn.Parameter(torch.randn(SIDES, WIDTH) * 0.1)
        self.join = nn.Linear(WIDTH, WIDTH)
        self.answer = nn.Linear(WIDTH, _OUTPUTS)
        self.drop = nn.Dropout(0.1)

    def forward(self, hidden: Tensor, mask: Tensor, pairs: Tensor) -> Tensor:
        """Give the scores of all answers, shape (pairs, answers of all questions).

        Args:
            hidden: of the sentences, shape (batch, length, hidden).
            mask: true where a piece stands, shape (batch, length).
            pairs: shape (pairs, at least 5): sentence, first and last piece of both spans.
        """
        row = pairs[:, 0]
        sums = torch.cat([torch.zeros_like(hidden[:, :1]), hidden.cumsum(1)], 1)

        def mean(start: Tensor, end: Tensor) -> Tensor:
            """The mean of the pieces [start, end); zero where there are none."""
            count = (end - start).clamp(min=1)[:, None]
            return (sums[row, end] - sums[row, start]) / count

        left = torch.minimum(pairs[:, 2], pairs[:, 4]) + 1
        right = torch.maximum(left, torch.maximum(pairs[:, 1], pairs[:, 3]))
        joined = (
            self.first(mean(pairs[:, 1], pairs[:, 2] + 1))
            + self.second(mean(pairs[:, 3], pairs[:, 4] + 1))
            + self.between(mean(left, right))
            + self.whole(hidden[row, 0])
        )
        sides = side_of(pairs, hidden.shape[1])
        size = (len(pairs), hidden.shape[1], LOOKS, WIDTH // LOOKS)
        query = self.query(joined.relu()).view(len(pairs), LOOKS, WIDTH // LOOKS)
        keys = (self.key(hidden)[row] + self.key_sides[sides]).view(size)
        values = (self.value(hidden)[row] + self.value_sides[sides]).view(size)
        scores = torch.einsum("phd,plhd->phl", query, keys) / math.sqrt(WIDTH // LOOKS)
        scores = scores.masked_fill(~mask[row][:, None], -1e4)
        seen = torch.einsum("phl,plhd->phd", scores.softmax(-1), values).reshape(len(pairs), WIDTH)
        answers: Tensor = self.answer(self.drop((joined + self.join(seen)).relu()))
        return answers


def side_of(pairs: Tensor, length: int) -> Tensor:
    """Tell of each piece where it stands: left, between, right, or in one of the spans.

    Five sides where the first span comes first in the sentence, and five where it does not.
    """
    place = torch.arange(length, device=pairs.device)[None]
    first = (place >= pairs[:, 1:2]) & (place <= pairs[:, 2:3])
    second = (place >= pairs[:, 3:4]) & (place <= pairs[:, 4:5])
    right = place > torch.maximum(pairs[:, 2:3], pairs[:, 4:5])
    left = place < torch.minimum(pairs[:, 1:2], pairs[:, 3:4])
    side = torch.ones_like(place).expand(len(pairs), length).clone()
    side[left] = 0
    side[right] = 2
    side[second] = 4
    side[first] = 3
    turned: Tensor = (pairs[:, 1] > pairs[:, 3])[:, None] * 5
    return side + turned


def load_encoder(reader: Reader, weights: Path) -> None:
    """Put the published weights of MiniLM-L6 into the encoder.

    Raises:
        KeyError: if the file lacks a weight.
    """
    found: Mapping[str, Tensor] = load_file(weights)
    table = {
        "words.weight": "embeddings.word_embeddings.weight",
        "places.weight": "embeddings.position_embeddings.weight",
        "norm.weight": "embeddings.LayerNorm.weight",
        "norm.bias": "embeddings.LayerNorm.bias",
    }
    parts = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "join": "attention.output.dense",
        "norm": "attention.output.LayerNorm",
        "widen": "intermediate.dense",
        "narrow": "output.dense",
        "last": "output.LayerNorm",
    }
    for number in range(DEPTH):
        for ours, theirs in parts.items():
            for kind in ("weight", "bias"):
                table[f"blocks.{number}.{ours}.{kind}"] = f"encoder.layer.{number}.{theirs}.{kind}"
    state = {ours: found[theirs] for ours, theirs in table.items()}
    state["types"] = found["embeddings.token_type_embeddings.weight"][0]
    reader.encoder.load_state_dict(state)
