"""Tell cheaply which patterns can match in a text at all, by letters that each of them needs.

Most patterns match in few sentences. What a word holds of all the letters that patterns need is
found out once for each word and kept as the bits of a number, so that a sentence costs one look-up
a word, however many patterns there are.
"""

from __future__ import annotations

import re
from typing import NamedTuple

DIGIT = "#"
"""Stands for any digit among the letters of a hint, alone."""

_MOST_WORDS = 50_000  # words of which it is kept what they hold
_LONGEST_WORD = 60  # longer ones are looked at anew every time
_DIGIT = re.compile(r"\d")
_EDGES = ".,;:()[]\"'"  # signs around words that make no other word
_START = 3  # letters by which a piece is looked for


class Hint:
    """Letters of which at least one stands wherever a pattern can match.

    Make hints when modules are loaded: what was read before a hint was made knows nothing of it.

    Args:
        letters: in small letters. They may hold spaces, and "#", alone, stands for any digit.
    """

    __slots__ = ("_letters", "_with_spaces", "bit")

    def __init__(self, *letters: str) -> None:
        self.bit = _register(letters)
        self._letters = letters
        self._with_spaces = any(" " in one for one in letters)

    def stands_in(self, small: str, hints: int) -> bool:
        """Tell whether any of the letters stand in a text.

        Args:
            small: the text in small letters.
            hints: what `read_hints` gives for it.
        """
        if not hints & self.bit:
            return False
        return not self._with_spaces or any(map(small.__contains__, self._letters))


def read_hints(small: str) -> int:
    """Give the bits of the hints whose letters may stand in a text.

    None is left out that does. A hint that holds spaces may be given without need, because only
    words are looked at.

    Args:
        small: the text in small letters.

    >>> rare, common = Hint("rare"), Hint("common", "usual")
    >>> hints = read_hints("nausea is rarely seen")
    >>> bool(hints & rare.bit), bool(hints & common.bit)
    (True, False)
    """
    hints = 0
    for word in small.split():
        known = _known.get(word)
        hints |= _learn(word) if known is None else known
    return hints


class _Piece(NamedTuple):
    """A part of a hint's letters that holds no space, and the bit of the hint."""

    letters: str
    bit: int
    opens: bool  # stands at the start of a word: there is a space before it
    closes: bool  # stands at the end of a word


_registered: list[tuple[str, ...]] = []
_by_start: dict[str, list[_Piece]] = {}  # pieces by their first letters
_short: list[_Piece] = []  # pieces that have fewer
_known: dict[str, int] = {}
_with_digit = 0


def _register(letters: tuple[str, ...]) -> int:
    """Give a hint its bit and remember its longest pieces without a space."""
    global _with_digit  # noqa: PLW0603
    bit = 1 << len(_registered)
    _registered.append(letters)
    _known.clear()
    for one in letters:
        pieces = one.split(" ")
        number = max(range(len(pieces)), key=lambda index: len(pieces[index]))
        piece = pieces[number].strip(_EDGES)
        if piece == DIGIT:
            _with_digit |= bit
        else:
            found = _Piece(piece, bit, opens=number > 0, closes=number < len(pieces) - 1)
            same = _short if len(piece) < _START else _by_start.setdefault(piece[:_START], [])
            same.append(found)
    return bit


def _learn(word: str) -> int:
    """Find out the bits of all hints that have letters in a word, and keep them at hand."""
    bare = word.strip(_EDGES)
    known = _known.get(bare)
    if known is None:
        known = _look_into(bare)
    if len(word) <= _LONGEST_WORD:
        if len(_known) >= _MOST_WORDS:
            _known.clear()
        _known[bare] = _known[word] = known
    return known


def _look_into(word: str) -> int:
    """Find out the bits of all hints that have letters in a word."""
    hints = _with_digit if _DIGIT.search(word) else 0
    for letters, bit, opens, closes in _short:
        if letters in word and not (
            (opens and not word.startswith(letters)) or (closes and not word.endswith(letters))
        ):
            hints |= bit
    for start in range(len(word) - _START + 1):
        pieces = _by_start.get(word[start : start + _START])
        if pieces is not None:
            for letters, bit, opens, closes in pieces:
                if word.startswith(letters, start) and not (
                    (opens and start) or (closes and start + len(letters) != len(word))
                ):
                    hints |= bit
    return hints
