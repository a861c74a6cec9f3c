"""Find what a sentence speaks of: names of the lexicon, and conditions by the shape of their words.

Conditions that no list holds are found by their heads ("skin eruption", "adrenal suppression"),
their endings ("dacryolithiasis"), by changes of what should be steady ("decreased vision",
"platelet count decreased") and by the abbreviation behind a condition's name ("uraemic syndrome
(US)"). They are concepts of their own, named after their words, without an identifier; names of
body parts, processes and the like may lie inside them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from claimgraph.extract import shapes
from claimgraph.extract.letters import AnyCase
from claimgraph.extract.view import Found
from claimgraph.lexicon import Entry, Lexicon
from claimgraph.model import Category, Concept, Span

UNLISTED = "unlisted"
"""Detail of a mention that no lexicon holds."""

_MODIFIERS = 3  # words before a head that may belong to it
_MOST_WORDS = 50_000  # words whose shape is kept at hand
_REACH = 4  # words behind a word of change that may name what changed
# What no shape may swallow; a body part or a process may lie inside a condition.
_CONDITION, _FREE, _DRUG = 0, 1, 2  # what stands at a character
_SOLID = (Category.CONDITION, Category.DRUG, Category.DRUG_CLASS)

_TOKEN = re.compile(r"[^\W\d_][\w'’-]*")
_PLAIN_TOKEN = re.compile(r"[a-z][a-z0-9_'-]*")  # the same in plain text in small letters
_ABBREVIATION = re.compile(r" \((?P<short>[A-Z][A-Za-z]{0,2}[A-Z][A-Za-z]{0,3})\)")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a sentence: where each begins and ends, and in small letters.

    `free` tells of every character what stands there: a condition, a drug or nothing solid.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    free: bytearray

    def follow(self, index: int) -> bool:
        """Tell whether a single space stands between a word and the one before it."""
        return (
            self.starts[index] - self.ends[index - 1] == 1
            and self.text[self.ends[index - 1]] == " "
        )


_GIVEN_REACH = 40  # code points before a name that tell whether it is given
_GIVEN_BEFORE = AnyCase(
    r"\b(?:high-dose|low-dose|recombinant|subcutaneous|intravenous|topical|(?:treated|treatment|"
    r"therapy) with|receiv(?:ed|ing)|given|(?:administration|infusions?|injections?|doses?) of)\s+"
    r"(?:[\w-]+\s+)?$",
)
_GIVEN_AFTER = AnyCase(
    r"[ -](?:therapy|treatment|infusions?|injections?|administration|immunotherapy)\b|"
    r"-(?:induced|treated|based)\b",
)


def find_mentions(text: str, lexicon: Lexicon, known: Iterable[str] = ()) -> tuple[Found, ...]:
    """Find the mentions of a sentence, in text order.

    No two overlap, but for names that lie inside a condition that is not listed.

    Args:
        text: the sentence.
        lexicon: the names.
        known: ambiguous names that the document has defined, such as abbreviations in parentheses
            behind their long form; they count here.

    Returns:
        Mentions with spans in the sentence.
    """
    defined = frozenset(known)
    found: list[Found] = []
    for match in lexicon.find(text):
        words = match.span.cut(text)
        entry = _choose(match.entries, words in defined)
        if len(match.entries) > 1 and (given := _given(match.entries, entry, text, match.span)):
            entry = given
        if entry is not None:
            found.append(Found(match.span, words, entry.concept))
    shaped = list(_shaped(text, found))
    ends = [one.span.end for one in shaped]
    found = [one for one in found if not (_is_open_head(one) and _has(ends, one.span.end))] + shaped
    found += list(_abbreviated(text, found))
    return tuple(sorted(found, key=lambda mention: (mention.span.start, -mention.span.end)))


def _is_open_head(mention: Found) -> bool:
    """Tell whether a listed name is a head that says little alone, such as "infection"."""
    return (
        mention.text.lower() in shapes.OPEN_HEADS and mention.concept.category is Category.CONDITION
    )


def _has(numbers: list[int], number: int) -> bool:
    """Tell whether a number is among sorted ones."""
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def _choose(entries: tuple[Entry, ...], defined: bool) -> Entry | None:
    """Choose the meaning of a name: the first that is not ambiguous, or that the text defines."""
    for entry in entries:
        if not entry.ambiguous or defined:
            return entry
    return None


def _given(entries: tuple[Entry, ...], chosen: Entry | None, text: str, span: Span) -> Entry | None:
    """Give the drug that a name stands for where its words tell that it is given to people.

    Interleukin-2 is what drugs act on; in "interleukin-2 therapy" it is one.
    """
    if chosen is not None and chosen.concept.category is not Category.TARGET:
        return None
    drug = next((one for one in entries if one.concept.category is Category.DRUG), None)
    if drug is None:
        return None
    before = text[max(0, span.start - _GIVEN_REACH) : span.start]
    if _GIVEN_AFTER.match(text, span.end) or _GIVEN_BEFORE.search(before):
        return drug
    return None


def _abbreviated(text: str, found: list[Found]) -> Iterator[Found]:
    """Find abbreviations in parentheses behind the condition that they stand for."""
    if "(" not in text:
        return
    taken = {mention.span.start for mention in found}
    for mention in found:
        if mention.concept.category is not Category.CONDITION:
            continue
        match = _ABBREVIATION.match(text, mention.span.end)
        if match and match.start("short") not in taken and _stands_for(match["short"], mention):
            yield Found(Span(*match.span("short")), match["short"], mention.concept, mention.detail)


def _stands_for(short: str, mention: Found) -> bool:
    """Tell whether an abbreviation takes its letters, in their order, from the mention's words."""
    letters = iter(mention.text.lower())
    return all(letter in letters for letter in short.lower().removesuffix("s"))


def _shaped(text: str, found: list[Found]) -> Iterator[Found]:
    """Find conditions by the shape of their words, where no name of the lexicon stands."""
    small = _cut_small_words(text)
    heads = [index for index, word in enumerate(small) if _may_be_head(word)]
    if not heads:
        return
    words = _cut_words(text, small, found)
    light = [one.span for one in found if one.concept.category not in _SOLID]
    starts = [one.start for one in light]
    done = 0
    for index in heads:
        start = words.starts[index]
        if start < done or words.free[start] != _FREE:
            continue
        bounds = _shape(words, index, small[index], done)
        if bounds is not None:
            span = Span(words.starts[bounds[0]], words.ends[bounds[1]])
            low, high = bisect_left(starts, span.start), bisect_left(starts, span.end)
            span = _take_in(span, light[max(0, low - 1) : high])
            is_free = span.start >= done and words.free.find(_CONDITION, span.start, span.end) < 0
            done = span.end
            if is_free:
                name = span.cut(text)
                yield Found(span, name, unlisted(name, Category.CONDITION), UNLISTED)


def _take_in(span: Span, names: list[Span]) -> Span:
    """Widen a span over the names that it cuts."""
    start, end = span.start, span.end
    for name in names:
        if name.start < span.start < name.end:
            start = name.start
        if name.start < span.end < name.end:
            end = name.end
    return Span(start, end)


def _cut_small_words(text: str) -> list[str]:
    """Give the words of a text in small letters."""
    if text.isascii():  # nothing changes its length in small letters: all at once is faster
        return _PLAIN_TOKEN.findall(text.lower())
    return [word.lower() for word in _TOKEN.findall(text)]


@lru_cache(maxsize=_MOST_WORDS)
def _may_be_head(word: str) -> bool:
    """Tell whether a condition can be named around a word."""
    return word in shapes.CHANGES or word in shapes.WIDE_HEADS or _is_head(word)


def _is_head(word: str) -> bool:
    """Tell whether a word names a condition without any other word."""
    return word in shapes.HEADS or (
        word.endswith(shapes.ENDINGS) and word not in shapes.NO_CONDITIONS
    )


def _shape(words: _Words, index: int, word: str, done: int) -> tuple[int, int] | None:
    """Give the first and the last word of the condition whose head stands at `index`."""
    if word in shapes.CHANGES:
        last = _changed(words, index)
        if last > index:
            return index, last
        if (
            shapes.CHANGED.fullmatch(word)
            and index > 0
            and words.words[index - 1] in shapes.MEASURED
        ):
            first = _modifiers(words, index, done)
            return (first, index) if first < index else None
    if word in shapes.WIDE_HEADS:
        first = _modifiers(words, index, done)
        return (first, index) if first < index else None
    if _is_head(word):
        return _modifiers(words, index, done), index
    return None


def _cut_words(text: str, small: list[str], found: list[Found]) -> _Words:
    """Cut a sentence into words, and mark the characters that no solid mention has taken."""
    free = bytearray([_FREE]) * (len(text) + 1)
    for mention in found:
        if mention.concept.category in _SOLID and not _is_open_head(mention):
            start, end = mention.span.start, mention.span.end
            is_drug = mention.concept.category is not Category.CONDITION
            free[start:end] = bytes([_DRUG if is_drug else _CONDITION]) * (end - start)
    found_words = _PLAIN_TOKEN.finditer(text.lower()) if text.isascii() else _TOKEN.finditer(text)
    places = [token.span() for token in found_words]
    return _Words(
        text,
        [start for start, _ in places],
        [end for _, end in places],
        small,
        free,
    )


def _modifiers(words: _Words, index: int, done: int) -> int:
    """Walk back from a head over the words that belong to it; give the first one's index."""
    first = index
    while first > 0 and index - first < _MODIFIERS and words.follow(first):
        start, word = words.starts[first - 1], words.words[first - 1]
        if word in shapes.STOP or start < done or words.free[start] != _FREE:
            break
        first -= 1
    return first


def _changed(words: _Words, index: int) -> int:
    """Walk on from a word of change over what has changed; give the last word's index."""
    last = index
    for following in range(index + 1, min(len(words.words), index + 1 + _REACH)):
        word = words.words[following]
        free = words.free[words.starts[following]]
        is_level = free == _DRUG and words.words[following - 1] in shapes.WHERE_MEASURED
        if not words.follow(following) or (free != _FREE and not is_level):
            break
        if word in shapes.CHANGE_NEEDS and following == index + 1:
            continue
        if word == "the" and following == index + 2:
            continue
        is_none = word in shapes.NO_CHANGE or word.endswith("ly")
        if word in shapes.STOP or (last == index and is_none):
            break
        last = following
        if word in shapes.LEVELS:
            break
    return last


def widen(text: str, mention: Found, floor: int, ceiling: int) -> Found:
    """Take the adjectives before a condition, and a head behind it, into its span.

    The concept stays: a severe rash is a rash.

    Args:
        text: the sentence.
        mention: a condition in it.
        floor: where the mention before it ends.
        ceiling: where the mention behind it starts.
    """
    start, end = mention.span.start, mention.span.end
    tail = shapes.TAILS.match(text, end, ceiling)
    if tail and mention.detail != UNLISTED:
        end = tail.end()
    for token in reversed([*_TOKEN.finditer(text, floor, start)][-_MODIFIERS:]):
        word = token.group().lower()
        belongs = word in shapes.COURSE or (
            shapes.ADJECTIVE.fullmatch(word)
            and word not in shapes.NO_ADJECTIVE
            and word not in shapes.STOP
        )
        if text[token.end() : start] != " " or not belongs:
            break
        start = token.start()
    if (start, end) == (mention.span.start, mention.span.end):
        return mention
    span = Span(start, end)
    return replace(mention, span=span, text=span.cut(text))


def unlisted(words: str, category: Category) -> Concept:
    """Make a concept of words that no lexicon holds.

    >>> unlisted("Skin  eruption", Category.CONDITION).id
    'unlisted-skin-eruption'
    """
    label = " ".join(words.lower().split())
    slug = re.sub(r"[^a-z0-9]+", "-", label).strip("-") or "x"
    return Concept(f"{UNLISTED}-{slug}", label, category)
