"""Ground what a reader found: the lexicon says which concept a span stands for.

A reader knows where a drug, a condition or a target stands, but not which one it is. A span takes
the concept of the listed name that is its head; one that no name heads becomes a concept of its
own, named after its words, as conditions do that the rules find by their shape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claimgraph.extract.mentions import UNLISTED, unlisted
from claimgraph.extract.subjects import PRONOUN
from claimgraph.extract.view import Found, SentenceView
from claimgraph.lexicon import Lexicon
from claimgraph.model import Category, Concept, Span

DRUGS = (Category.DRUG, Category.DRUG_CLASS)
CONDITIONS = (Category.CONDITION,)
TARGETS = (Category.TARGET,)

_EDGE = " \t\n,;:.•*-–—/"
_BRACKETS = {"(": ")", "[": "]"}
# What belongs to the word behind the hyphen: "non-Hodgkin lymphoma", "co-trimoxazole", "S-1".
_PREFIX = re.compile(r"(?<![\w-])(?:non|co|[^\W_]{1,2})-\Z", re.IGNORECASE)
# What names nothing without the word before the hyphen: "interferon-gamma".
_SUFFIX = re.compile(r"(?:alfa|alpha|beta|gamma|delta|[^\W_]|\d+)", re.IGNORECASE)
_WORD_BEFORE = re.compile(r"[^\W_]+-\Z")
_REACH = 40  # code points before a hyphen that are looked at
# What no name begins or ends with.
_BEFORE = re.compile(
    r"(?:an?|the|his|her|its|their|this|these|such|any|and|or|with|of|by|in|from|due\s+to)\s+",
    re.IGNORECASE,
)
_BEHIND = re.compile(r"\s+(?:and|or|with|of|by|in|from|after|during|the)\Z", re.IGNORECASE)
# Between two members of one list.
_LIST = re.compile(
    r"\s*[,;•\n]\s*(?:(?:and|or|and/or|as well as)\s+)?|\s+(?:and|or|and/or|as well as|plus)\s+",
    re.IGNORECASE,
)
_MOST_PARTS = 40  # members of a list that one span holds


@dataclass(frozen=True, slots=True)
class Grounder:
    """Gives spans their concepts. Without a lexicon every span is named after its own words."""

    lexicon: Lexicon | None

    def ground(self, view: SentenceView, span: Span, wanted: tuple[Category, ...]) -> Found | None:
        """Give the mention that stands at a span; nothing if no words are left of it.

        Args:
            view: the sentence.
            span: where a reader found something.
            wanted: the categories that it may be of, the usual one first.
        """
        tidy = trim(view.text, span)
        if tidy is None:
            return None
        words = tidy.cut(view.text)
        if self.lexicon is None:
            return Found(tidy, words, unlisted(words, wanted[0]), UNLISTED)
        listed = [m for m in view.mentions if m.concept.category in wanted and m.detail != PRONOUN]
        for mention in listed:
            if mention.span == tidy:
                return mention
        for entry in self.lexicon.lookup(words):
            if entry.concept.category in wanted:
                return Found(tidy, words, entry.concept)
        concept = _head(listed, tidy)
        if concept is not None:
            return Found(tidy, words, concept)
        return Found(tidy, words, unlisted(words, wanted[0]), UNLISTED)


@dataclass(frozen=True, slots=True)
class GivenGrounder(Grounder):
    """Gives back the mentions that came with a text, and no others."""

    lexicon: Lexicon | None = None

    def ground(self, view: SentenceView, span: Span, wanted: tuple[Category, ...]) -> Found | None:
        """Give the given mention that stands at a span; nothing if there is none."""
        for mention in view.mentions:
            if mention.span == span and mention.concept.category in wanted:
                return mention
        return None


def trim(text: str, span: Span) -> Span | None:
    """Leave out marks, half brackets and small words at the edges; complete the first word.

    >>> trim("(the rash).", Span(0, 11))
    Span(start=5, end=9)
    """
    start, end = _whole(text, span), min(span.end, len(text))
    while start < end:
        before = (start, end)
        while start < end and text[start] in _EDGE:
            start += 1
        while start < end and text[end - 1] in _EDGE:
            end -= 1
        words = text[start:end]
        for opening, closing in _BRACKETS.items():
            if words.startswith(opening) and words.find(closing) in (-1, len(words) - 1):
                start += 1
            elif words.endswith(opening) or (words.endswith(closing) and opening not in words):
                end -= 1
            elif words.startswith(closing):
                start += 1
        before_name = _BEFORE.match(text, start, end)
        if before_name is not None:
            start = before_name.end()
        behind_name = _BEHIND.search(text[start:end])
        if behind_name is not None:
            end = start + behind_name.start()
        for opening, closing in _BRACKETS.items():
            at = text.rfind(opening, start + 1, end)
            if at > start and closing not in text[at:end]:  # "pain syndrome (CIPS"
                end = at
        if (start, end) == before:
            break
    return Span(start, end) if start < end else None


def _whole(text: str, span: Span) -> int:
    """Give where a span begins once it has what a hyphen ties to its first word.

    >>> _whole("a non-Hodgkin lymphoma", Span(6, 22))
    2
    """
    start = span.start
    if text[start - 1 : start] != "-":
        return start
    tie = _WORD_BEFORE if _SUFFIX.fullmatch(span.cut(text)) else _PREFIX
    before = tie.search(text, max(0, start - _REACH), start)
    return start if before is None else before.start()


def cut_list(view: SentenceView, span: Span, wanted: tuple[Category, ...]) -> Iterator[Span]:
    """Give the members of a list that one span holds; the span itself if it is none.

    Only what holds a mention of its own is a member: "skin and skin structure infections" is one.
    """
    listed = [m.span for m in view.mentions if m.concept.category in wanted and _meet(m.span, span)]
    if len(listed) < 2:
        yield span
        return
    start = span.start
    joins = [
        one
        for one in _LIST.finditer(view.text, span.start, span.end)
        if not any(m.start < one.end() and one.start() < m.end for m in listed)
    ]
    for join in joins[:_MOST_PARTS]:
        if start >= join.start():
            continue
        ahead, behind = Span(start, join.start()), Span(join.end(), max(span.end, join.end() + 1))
        if _holds(ahead, listed) and _holds(behind, listed):
            yield ahead
            start = join.end()
    yield Span(start, span.end)


def _holds(part: Span, mentions: Iterable[Span]) -> bool:
    """Tell whether a part of a list names something by itself: a name stands at its end."""
    return any(part.covers(one) for one in mentions)


def _head(listed: Iterable[Found], span: Span) -> Concept | None:
    """Give the concept of the listed name that heads a span, or that is most of it."""
    best: tuple[int, Found] | None = None
    for mention in listed:
        if not _meet(mention.span, span) or mention.detail == UNLISTED:
            continue
        shared = min(mention.span.end, span.end) - max(mention.span.start, span.start)
        is_head = mention.span.end == span.end or mention.span.covers(span)
        if (is_head or 2 * shared > span.end - span.start) and (
            best is None or (shared, mention.span.end) > (best[0], best[1].span.end)
        ):
            best = (shared, mention)
    return None if best is None else best[1].concept


def _meet(one: Span, other: Span) -> bool:
    """Tell whether two places share a character."""
    return one.start < other.end and other.start < one.end
