"""Sentences as the network sees them: word pieces, where they stand, and spans of them.

Training and reading cut sentences with the same functions, so that both see the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from claimgraph.extract.learned.labels import Layer
from claimgraph.extract.learned.seam import Found
from claimgraph.model import SectionKind

LAYERS = tuple(Layer)
TAGS = 3
"""Tags of each layer at each piece: outside, at the beginning of, or inside a span."""

MOST_PIECES = 192
"""Word pieces of a sentence that are read at a time; a longer one is read in parts."""

_NAMED = frozenset(
    {
        SectionKind.INDICATIONS,
        SectionKind.CONTRAINDICATIONS,
        SectionKind.BOXED_WARNING,
        SectionKind.WARNINGS,
        SectionKind.ADVERSE_REACTIONS,
    }
)
# How sure it has to be that a span begins where another ends, and how much has to speak for a word
# between two words of one span: what served spans of one half of the corpora best.
_BEGINS, _BRIDGE = 0.9, 0.1
_LOOSE = ".,;:-–/"  # never at the edge of a span


@dataclass(frozen=True, slots=True)
class Pieces:
    """The word pieces of a sentence: their numbers, and where each begins and ends, in code points.

    A piece never is empty, and they are in text order.
    """

    numbers: tuple[int, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __len__(self) -> int:
        """How many pieces there are."""
        return len(self.numbers)

    def of(self, start: int, end: int) -> tuple[int, int] | None:
        """Give the first and the last piece of ``[start, end)``; nothing where there are none."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end) - 1
        return (first, last) if first <= last else None


class Cutter:
    """Cuts sentences into word pieces and puts before them what section they are from."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Keep the tokenizer, which from now on neither pads nor cuts off."""
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._tokenizer = tokenizer
        self._begin = _number(tokenizer, "[CLS]")
        self._end = _number(tokenizer, "[SEP]")
        self.unknown = _number(tokenizer, "[UNK]")
        self._sections: dict[str, tuple[int, ...]] = {}

    def cut(self, text: str) -> Pieces:
        """Cut a sentence."""
        coded = self._tokenizer.encode(text, add_special_tokens=False)
        kept = [
            (number, start, end)
            for number, (start, end) in zip(coded.ids, coded.offsets, strict=True)
            if end > start
        ]
        if not kept:
            return Pieces((), (), ())
        numbers, starts, ends = zip(*kept, strict=True)
        return Pieces(numbers, starts, ends)

    def before(self, kind: SectionKind) -> tuple[int, ...]:
        """Give the pieces that stand before a sentence and name its section."""
        words = section_words(kind)
        if words not in self._sections:
            named = self._tokenizer.encode(words, add_special_tokens=False).ids
            self._sections[words] = (self._begin, *named, self._end)
        return self._sections[words]

    def frame(self, kind: SectionKind, numbers: Sequence[int]) -> list[int]:
        """Put pieces between the words that name their section and the mark of the end."""
        return [*self.before(kind), *numbers, self._end]


def _number(tokenizer: Tokenizer, piece: str) -> int:
    number = tokenizer.token_to_id(piece)
    if number is None:
        raise ValueError(f"the tokenizer has no piece {piece}")
    return int(number)


def section_words(kind: SectionKind) -> str:
    """Say how a section is named to the network: kinds that labels have, by name.

    >>> section_words(SectionKind.BOXED_WARNING), section_words(SectionKind.RESULTS)
    ('boxed warning', 'text')
    """
    return kind.value.replace("-", " ") if kind in _NAMED else "text"


def find_words(text: str, pieces: Pieces) -> NDArray[np.int64]:
    """Tell at which pieces words begin; a word is letters and digits without a gap."""
    begins = [0] if len(pieces) else []
    for number, (end, start) in enumerate(
        zip(pieces.ends[:-1], pieces.starts[1:], strict=True), start=1
    ):
        if end < start or not (_in_word(text[end - 1]) and _in_word(text[start])):
            begins.append(number)
    return np.array(begins, np.int64)


def _in_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def part(text: str, pieces: Pieces, most: int = MOST_PIECES) -> Iterator[tuple[int, int]]:
    """Part pieces into runs ``[first, end)`` of at most so many, if possible between words."""
    first = 0
    words: list[int] = []
    if len(pieces) > most:
        words = find_words(text, pieces).tolist()
    while len(pieces) - first > most:
        border = words[bisect_right(words, first + most) - 1]
        end = border if border > first else first + most
        yield first, end
        first = end
    if first < len(pieces):
        yield first, len(pieces)


def find_spans(
    text: str, pieces: Pieces, tags: NDArray[np.float32], least: float
) -> tuple[Found, ...]:
    """Read spans off the probabilities of tags.

    A word is inside a span if the mean over its pieces of what speaks for that is at least
    `least`, or if it is the only word between two that are and goes on what the first began. It
    begins a span if the word before is not inside, or if its first piece is almost surely a
    beginning. A span's probability is the mean over the words that are inside by themselves.

    Args:
        text: the sentence.
        pieces: its pieces.
        tags: their probabilities, shape (pieces, layers, 3).
        least: between 0 and 1.
    """
    if not len(pieces):
        return ()
    words = find_words(text, pieces)
    ends = np.append(words[1:], len(pieces))
    inside = np.add.reduceat(1 - tags[:, :, 0], words, axis=0) / (ends - words)[:, None]
    begins = tags[words, :, 1] > _BEGINS * (tags[words, :, 1] + tags[words, :, 2])
    taken = inside >= least
    between = (inside[1:-1] >= _BRIDGE) & taken[:-2] & taken[2:] & ~begins[2:]
    taken[1:-1] |= between
    found = []
    for number in np.flatnonzero(taken.any(axis=0)):
        here = np.flatnonzero(taken[:, number]).tolist()
        cuts = [0]
        cuts += [
            place
            for place, (one, two) in enumerate(pairwise(here), start=1)
            if two > one + 1 or begins[two, number]
        ]
        for one, two in pairwise([*cuts, len(here)]):
            first, last = here[one], here[two - 1]
            start, end = _trim(text, pieces.starts[words[first]], pieces.ends[ends[last] - 1])
            if any(map(_in_word, text[start:end])):
                speaks = inside[first : last + 1, number]
                probability = float(speaks[speaks >= least].mean())
                found.append(Found(LAYERS[number], start, end, probability))
    order = {layer: place for place, layer in enumerate(LAYERS)}
    return tuple(sorted(found, key=lambda one: (one.start, one.end, order[one.layer])))


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and (text[start] in _LOOSE or text[start].isspace()):
        start += 1
    while start < end and (text[end - 1] in _LOOSE or text[end - 1].isspace()):
        end -= 1
    return start, end
