"""Patterns that take capital and small letters as the same, at the price of those that do not.

With `re.IGNORECASE` a pattern cannot tell by the next letter which of its alternatives are worth
trying, and takes two to four times as long. Here the text is brought into small letters once, and
the pattern is looked for in these.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cached_property, lru_cache

from claimgraph.model import Span

_KEPT = 32  # texts whose small letters are kept at hand: a sentence and stretches of it
_CAPITAL = re.compile(r"\\.|\(\?P|[A-Z]")


@lru_cache(maxsize=_KEPT)
def to_small(text: str) -> str | None:
    """Give a text in small letters, place for place; nothing where that cannot be.

    >>> to_small("Rash, 5 µg"), to_small("İ")
    ('rash, 5 µg', None)
    """
    small = text.lower()
    if text.isascii():
        return small
    # A dotless i and a long s stay what they are; `re.IGNORECASE` takes them for an "i" and an "s".
    if len(small) != len(text) or "\u0131" in small or "\u017f" in small:
        return None
    return small


class AnyCase:
    """A pattern that takes capital and small letters as the same, compiled when first needed.

    The places of a match are those in the text. Its words may be in small letters, so whoever
    publishes words cuts them out of the text.

    Args:
        pattern: the pattern, as for `re.compile`; no flags are set inside it.

    >>> AnyCase("rash|Fever").search("No Fever.").span()
    (3, 8)
    """

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def _small(self) -> re.Pattern[str]:
        """The pattern for texts in small letters."""
        return re.compile(_CAPITAL.sub(_lower, self.pattern))

    @cached_property
    def _any(self) -> re.Pattern[str]:
        """The pattern for the few texts that have no small letters place for place."""
        return re.compile(self.pattern, re.IGNORECASE)

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Find the first match, as `re.Pattern.search` does."""
        small = to_small(text)
        if small is None:
            return self._any.search(text, start, end)
        return self._small.search(small, start, end)

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Match at a place, as `re.Pattern.match` does."""
        small = to_small(text)
        if small is None:
            return self._any.match(text, start, end)
        return self._small.match(small, start, end)

    def fullmatch(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Match a whole stretch, as `re.Pattern.fullmatch` does."""
        small = to_small(text)
        if small is None:
            return self._any.fullmatch(text, start, end)
        return self._small.fullmatch(small, start, end)

    def finditer(
        self, text: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterator[re.Match[str]]:
        """Find all matches, as `re.Pattern.finditer` does."""
        small = to_small(text)
        if small is None:
            return self._any.finditer(text, start, end)
        return self._small.finditer(small, start, end)


AnyPattern = AnyCase | re.Pattern[str]
"""What can be looked for in a text."""


def group_span(match: re.Match[str], group: str) -> Span | None:
    """Give where a group stands, without the white space around it; nothing if it is not there."""
    if match[group] is None:
        return None
    start, end = match.span(group)
    words = match[group]
    return Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def _lower(match: re.Match[str]) -> str:
    """Give a letter of a pattern in lower case; escapes and the names of groups stay."""
    return match[0].lower() if len(match[0]) == 1 else match[0]
