"""Find the words that narrow a claim: for whom, after what, with what, how often, how long.

Each kind of context has its phrases. A phrase belongs to a claim when it stands in the same part of
the sentence as the claim's object; parts end at semicolons, bullets, line ends and where a list
goes on with the next use ("..., management of ..."). Nothing is decided about what the words mean:
they are kept verbatim.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from claimgraph.extract.context_phrases import PHRASES
from claimgraph.model import QualifierType, Span

Context = tuple[QualifierType, Span]
"""What kind of context, and where its words stand."""


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A pattern, and letters of which it needs some; digits if it needs none of them."""

    letters: tuple[str, ...]
    pattern: re.Pattern[str]

    def may_stand_in(self, lowered: str, digits: bool) -> bool:
        """Tell whether it is worth looking."""
        return any(map(lowered.__contains__, self.letters)) if self.letters else digits


def _compile(letters: str, phrase: str) -> _Phrase:
    """Make a pattern of a phrase, at word borders."""
    pattern = re.compile(rf"(?<![\w-])(?:{phrase})(?!\w)", re.IGNORECASE)
    return _Phrase(() if letters == "#" else tuple(letters.split("|")), pattern)


_PATTERNS = {
    kind: tuple(_compile(*phrase) for phrase in phrases) for kind, phrases in PHRASES.items()
}
_WINDOW = 1000  # code points on either side of a thing that can narrow it
_DIGIT = re.compile(r"\d")
_PART = re.compile(
    r"[;•\n]|(?<=[a-z)])\.\s+(?=[A-Z])|(?i:, (?:and )?(?:for )?(?:the )?(?=(?:adjunctive )?"
    r"(?:management|treatment|therapy|prophylaxis|prevention|relief) (?:of|for)\b))"
)


def find_contexts(
    text: str, span: Span, kinds: Collection[QualifierType] | None = None
) -> tuple[Context, ...]:
    """Find the words that narrow what a sentence says of something.

    Args:
        text: the sentence.
        span: the thing, such as the condition that a drug is used against. No context overlaps it.
        kinds: only contexts of these kinds; all if not given.

    Returns:
        Kind and place of each context, in text order; contexts of one kind do not overlap.

    >>> sentence = "It treats absence seizures in adults who have failed to respond to others."
    >>> [(kind.value, span.cut(sentence)) for kind, span in find_contexts(sentence, Span(10, 26))]
    [('population', 'adults'), ('condition', 'who have failed to respond to others')]
    """
    start, end = _part_around(text, span)
    found: list[Context] = []
    wanted = tuple(_PATTERNS) if kinds is None else tuple(k for k in _PATTERNS if k in kinds)
    for kind, places in _find(text[start:end], wanted):
        moved = (Span(place.start + start, place.end + start) for place in places)
        outside = (one for one in moved if one.end <= span.start or span.end <= one.start)
        found += ((kind, one) for one in _keep_longest(outside))
    return tuple(sorted(found, key=lambda one: (one[1], one[0].value)))


def _part_around(text: str, span: Span) -> tuple[int, int]:
    """Give the bounds of the part of the sentence that holds a place."""
    start, end = 0, len(text)
    if len(text) > 2 * _WINDOW:
        start, end = max(0, span.start - _WINDOW), min(len(text), span.end + _WINDOW)
    for match in _PART.finditer(text, start, end):
        if match.end() <= span.start:
            start = match.end()
        elif match.start() >= span.end:
            end = match.start()
            break
    return start, end


@lru_cache(maxsize=64)
def _find(
    part: str, kinds: tuple[QualifierType, ...]
) -> tuple[tuple[QualifierType, tuple[Span, ...]], ...]:
    """Give the places of all phrases in a part of a sentence, by kind; they may overlap.

    A part is asked for once for each thing that it speaks of, one soon after the other.
    """
    lowered, digits = part.lower(), _DIGIT.search(part) is not None
    return tuple(
        (
            kind,
            tuple(
                Span(match.start(), match.start() + len(match.group().rstrip(" ,")))
                for phrase in _PATTERNS[kind]
                if phrase.may_stand_in(lowered, digits)
                for match in phrase.pattern.finditer(part)
            ),
        )
        for kind in kinds
    )


def _keep_longest(places: Iterable[Span]) -> Iterator[Span]:
    """Drop places that overlap a longer one."""
    kept: list[Span] = []
    for place in sorted(places, key=lambda one: (one.start - one.end, one.start)):
        if all(place.end <= other.start or other.end <= place.start for other in kept):
            kept.append(place)
    yield from kept
