"""Tell cheaply which patterns can match in a text at all, by letters that each of them needs.

Most patterns match in few sentences. What a word holds of all the letters that patterns need is
found out once for each word and kept as the bits of a number, so that a sentence costs one look-up
a word, however many patterns there are.
"""

from __future__ import annotations

import re

DIGIT = "#"
"""Stands for any digit among the letters of a hint, alone."""

_MOST_WORDS = 50_000  # words of which it is kept what they hold
_LONGEST_WORD = 60  # longer ones are looked at anew every time
_DIGIT = re.compile(r"\d")


class Hint:
    """Letters of which at least one stands wherever a pattern can match.

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


class _Piece:
    """A part of a hint's letters that holds no space, the bit of the hint, and what it needs."""

    __slots__ = ("bit", "closes", "letters", "opens")

    def __init__(self, letters: str, bit: int, *, opens: bool, closes: bool) -> None:
        self.letters = letters
        self.bit = bit
        self.opens = opens  # stands at the start of a word: there is a space before it
        self.closes = closes

    def stands_at(self, word: str, start: int) -> bool:
        if self.opens and start:
            return False
        end = start + len(self.letters)
        return word.startswith(self.letters, start) and (not self.closes or end == len(word))


_registered: list[tuple[str, ...]] = []
_by_start: dict[str, list[_Piece]] = {}
"""The pieces by their first two letters, or their only one."""
_known: dict[str, int] = {}
_with_digit = 0


def _register(letters: tuple[str, ...]) -> int:
    """Give a hint its bit and remember its longest pieces without a space."""
    global _with_digit  # noqa: PLW0603
    bit = 1 << len(_registered)
    _registered.append(letters)
    _known.clear()
    for one in letters:
        if one == DIGIT:
            _with_digit |= bit
            continue
        pieces = one.split(" ")
        number = max(range(len(pieces)), key=lambda index: len(pieces[index]))
        piece = _Piece(pieces[number], bit, opens=number > 0, closes=number < len(pieces) - 1)
        _by_start.setdefault(piece.letters[:2], []).append(piece)
    return bit


def _learn(word: str) -> int:
    """Find out the bits of all hints that have letters in a word, and keep them at hand."""
    hints = _with_digit if _DIGIT.search(word) else 0
    for start in range(len(word)):
        for piece in _by_start.get(word[start : start + 2], ()):
            if piece.stands_at(word, start):
                hints |= piece.bit
        for piece in _by_start.get(word[start], ()):
            if piece.stands_at(word, start):
                hints |= piece.bit
    if len(word) <= _LONGEST_WORD:
        if len(_known) >= _MOST_WORDS:
            _known.clear()
        _known[word] = hints
    return hints
