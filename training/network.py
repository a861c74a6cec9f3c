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
_WIDTH = 256  # of the layer that joins two spans
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
        self.drop = nn.Dropout(0.1)

    def lower(self, pieces: Tensor, mask: Tensor, depth: int) -> Tensor:
        """Give what the first `depth` blocks make of word pieces, shape (batch, length, hidden)."""
        places = torch.arange(pieces.shape[1], device=pieces.device)
        hidden = self.words(pieces) + self.places(places) + self.types
        hidden = self.drop(self.norm(hidden))
        for block in self.blocks[:depth]:
            hidden = block(hidden, mask)
        return hidden

    def upper(self, hidden: Tensor, mask: Tensor, depth: int) -> Tensor:
        """Give what the blocks from `depth` on make of it."""
        for block in self.blocks[depth:]:
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
        self.drop = nn.Dropout(0.1)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """Give the next hidden states, of the same shape; `mask` is true where a piece stands."""
        batch, length, _ = hidden.shape

        def split(values: Tensor) -> Tensor:
            return values.view(batch, length, HEADS, HIDDEN // HEADS).transpose(1, 2)

        query, key, value = (
            split(part(hidden)) for part in (self.query, self.key, self.value)
        )
        scores = query @ key.transpose(-1, -2) / math.sqrt(HIDDEN // HEADS)
        scores = scores + (~mask)[:, None, None, :].to(scores.dtype) * -1e4
        mixed = scores.softmax(-1) @ value
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
        self.first = nn.Linear(HIDDEN, _WIDTH)
        self.second = nn.Linear(HIDDEN, _WIDTH)
        self.between = nn.Linear(HIDDEN, _WIDTH)
        self.whole = nn.Linear(HIDDEN, _WIDTH)
        self.answer = nn.Linear(_WIDTH, _OUTPUTS)
        self.drop = nn.Dropout(0.1)

    def tag(self, hidden: Tensor) -> Tensor:
        """Give the scores of the tags, shape (batch, length, layers, 3)."""
        scores: Tensor = self.tags(self.drop(hidden))
        return scores.view(*hidden.shape[:2], len(Layer), TAGS)

    def pair(self, first: Tensor, second: Tensor, between: Tensor, whole: Tensor) -> Tensor:
        """Give the scores of all answers for pairs, shape (pairs, answers of all questions).

        Each argument has the shape (pairs, hidden): the means of the pieces of the first span, of
        the second, of what stands between them, and the first piece of the sentence.
        """
        joined = (
            self.first(first) + self.second(second) + self.between(between) + self.whole(whole)
        )
        scores: Tensor = self.answer(self.drop(nn.functional.gelu(joined)))
        return scores


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
