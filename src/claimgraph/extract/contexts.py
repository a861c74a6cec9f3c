"""Find the words that narrow a claim: for whom, after what, with what, how often, how long.

Each kind of context has its phrases. A phrase belongs to a claim when it stands in the same part of
the sentence as the claim's object; parts end at semicolons, bullets, line ends and where a list
goes on with the next use ("..., management of ..."). Nothing is decided about what the words mean:
they are kept verbatim.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection
from functools import lru_cache

from claimgraph.extract.context_phrases import PHRASES
from claimgraph.extract.hints import Hint, read_hints
from claimgraph.extract.letters import AnyCase
from claimgraph.model import QualifierType, Span

Context = tuple[QualifierType, Span]
"""What kind of context, and where its words stand."""


_PATTERNS = tuple(
    (Hint(*letters.split("|")).bit, kind, AnyCase(rf"(?<![\w-])(?:{phrase})(?!\w)"))
    for kind, phrases in PHRASES.items()
    for letters, phrase in phrases
)


_ALL = tuple(PHRASES)
_KEPT = 8  # sentences whose parts are kept at hand
_WINDOW = 1000  # code points on either side of a thing that can narrow it
_KIND_WORDS = AnyCase(r"(?: (?!(?:and|or|of|with|in|to|from|for|who|that|due)\b)[a-z][\w-]*){0,2} ")
_PART = re.compile(
    r"[;•\n]|(?<=[a-z)])\.\s+(?=[A-Z])|\(\d{1,2}(?:\.\d{1,2})*\)\s|\s\d{1,2}\.\d{1,2}\s(?=[A-Z])"
    r"|(?i:, (?:and )?(?:for )?(?:the )?(?=(?:adjunctive )?"
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
    wanted = _ALL if kinds is None else tuple(k for k in _ALL if k in kinds)
    for kind, places in _find(text, start, end, wanted):
        near = _cut_out(places, span) if end - start > 2 * _WINDOW else places
        outside = [one for one in near if one.end <= span.start or span.end <= one.start]
        if kind is QualifierType.DEGREE:
            outside = [one for one in outside if _leads_to(text, one, span)]
        found += ((kind, one) for one in _keep_longest(outside)) if outside else ()
    return tuple(sorted(found, key=lambda one: (one[1], one[0].value)))


def _leads_to(text: str, degree: Span, span: Span) -> bool:
    """Tell whether a degree stands before the thing it grades, with at most two words between."""
    between = _KIND_WORDS.fullmatch(text, degree.end, span.start)
    return degree.end <= span.start and between is not None


def _part_around(text: str, span: Span) -> tuple[int, int]:
    """Give the bounds of the part of the sentence that holds a place."""
    starts, ends = _cut_parts(text)
    before, behind = bisect_right(ends, span.start), bisect_left(starts, span.end)
    start = ends[before - 1] if before else 0
    end = starts[behind] if behind < len(starts) else len(text)
    return start, end


@lru_cache(maxsize=_KEPT)
def _cut_parts(text: str) -> tuple[list[int], list[int]]:
    """Give where each border between two parts of a sentence starts, and where it ends."""
    borders = [match.span() for match in _PART.finditer(text)]
    return [start for start, _ in borders], [end for _, end in borders]


@lru_cache(maxsize=64)
def _find(
    text: str, start: int, end: int, kinds: tuple[QualifierType, ...]
) -> tuple[tuple[QualifierType, tuple[Span, ...]], ...]:
    """Give the places of all phrases in a part of a sentence, by kind; they may overlap.

    Kinds without a phrase are left out; places of one kind are sorted.

    A part is asked for once for each thing that it speaks of, one soon after the other.
    """
    part = text[start:end]
    hints = read_hints(part.lower())
    places: dict[QualifierType, list[Span]] = {}
    for bit, kind, pattern in _PATTERNS:
        if hints & bit and kind in kinds:
            places.setdefault(kind, []).extend(
                Span(start + match.start(), start + match.start() + len(match[0].rstrip(" ,")))
                for match in pattern.finditer(part)
            )
    return tuple((kind, tuple(sorted(some))) for kind, some in places.items())


def _cut_out(places: tuple[Span, ...], span: Span) -> list[Span]:
    """Give those of sorted places that lie near a thing; a part may be a page long."""
    low = bisect_left(places, span.start - _WINDOW, key=_start)
    high = bisect_left(places, span.end + _WINDOW, low, key=_start)
    return [one for one in places[low:high] if one.end <= span.end + _WINDOW]


def _start(span: Span) -> int:
    return span.start


def _keep_longest(places: list[Span]) -> list[Span]:
    """Drop places that overlap a longer one."""
    if len(places) == 1:
        return places
    kept: list[Span] = []  # sorted; they lie apart
    for place in sorted(places, key=lambda one: (one.start - one.end, one.start)):
        at = bisect_left(kept, place.end, key=_start)
        if not at or kept[at - 1].end <= place.start:
            kept.insert(at, place)
    return kept
