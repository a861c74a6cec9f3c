"""Lists: the words that introduce one, and what they make of its items.

The cutter makes a sentence of each item, so that "Zorvan is indicated for:" and "gout" stand apart.
What the first says rules the second, in two ways. Its words are kept for each item of the list. A
line with a colon before bullets also takes the place of the heading: items under a line of use are
read like a section on indications, and so on. What such a line hedges or denies cannot be said of
an item in its own words, so nothing is read from such a list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimgraph.extract.letters import AnyCase
from claimgraph.model import Document, SectionKind, Sentence

_KINDS = (
    (
        SectionKind.BOILERPLATE,
        AnyCase(
            r"\b(?:may|might|could|possible|possibly|potential|not (?:\w+ )?(?:indicated|approved|"
            r"effective|used|been)|no)\b",
        ),
    ),
    (
        SectionKind.CONTRAINDICATIONS,
        AnyCase(
            r"\bcontra-?indicated\b|\bdo(?:es)? not (?:use|take)\b|\b(?:should|must) not (?:be )?"
            r"(?:use|take|given)",
        ),
    ),
    (
        SectionKind.ADVERSE_REACTIONS,
        AnyCase(
            r"\b(?:adverse|undesirable|side)[ -](?:\w+ )?(?:effects?|reactions?|events?)\b|"
            r"\bcauses?\b",
        ),
    ),
    (
        SectionKind.INDICATIONS,
        AnyCase(
            r"\bindicated\b|\b(?:used|prescribed|approved|taken|given|effective|useful|licensed)"
            r"(?: \w+){0,3} (?:to treat|for|in|against)\b|\b(?:treatment|management|relief|therapy|"
            r"treats?) of\b|\btreats?\b|\breliev\w+\b.*\bdue to\b|\bfor the following\b",
        ),
    ),
)
_LONGEST = 300  # code points of an introduction that are kept, from its end
_ITEM_WORDS = 10  # the most words of an item with a full stop that no bullet marks
_BULLET = re.compile(r"[•·▪◦‣∙●○■□►➢✓–—*+-]|\(?\b(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]")
_ENDS = re.compile(r"(?:[.!?][\"'”’)\]]*|\])$")
# Words that ask for more: a colon, a preposition, or a statement without its full stop.
_OPEN_END = AnyCase(
    r":$|\b(?:in|for|of|with|to|as|by|against|from|following|below|include|includes|including|"
    r"such as|indicated|limitations? of use)$",
)
_STATEMENT = AnyCase(r"(?:\S+ ){1,9}?(?:is|are|was|has|have|should|must|may|can)\b")
_BULLET_BEFORE = re.compile(r"(?:^|\n)[^\S\n]*(?:[-*+•·‣▪◦–—]|\(?\w{1,2}[.)])[^\S\n]+$")
_LONGEST_ITEM = 300  # code points of an item under a line that takes the heading's place


@dataclass(frozen=True, slots=True)
class Introduction:
    """What introduces a sentence that is an item of a list.

    `words` are those of the introduction; there are none where it is no item. `kind` is the kind of
    section that the item is read like, where the line before the list decides it.
    """

    words: str = ""
    kind: SectionKind | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that announces a list with bullets, and what it makes of the items."""

    sentence: Sentence
    kind: SectionKind


def find_introductions(document: Document) -> Iterator[Introduction]:
    """Give, for each sentence of a document, what introduces it.

    What a kind of section says already is not left to be read again out of the words.
    """
    line: _Line | None = None
    for sentence, words in zip(document.sentences, find_leads(document), strict=True):
        if line is None or not _is_below(document, sentence, line):
            line = _read_line(sentence)
            yield Introduction(words)
        else:
            yield Introduction(words if line.kind is SectionKind.INDICATIONS else "", line.kind)


def find_leads(document: Document) -> tuple[str, ...]:
    r"""Give, for each sentence of a document, the words that introduce the list it is an item of.

    An item that itself introduces a list ("Skin infections:") stands below the words that opened
    the whole list. What is no item has no words.

    >>> from claimgraph.documents import cut_text
    >>> from claimgraph.model import Citation
    >>> text = "It is indicated for:\n• gout\n• lupus\n\nIt is taken daily. It is white."
    >>> find_leads(cut_text(text, id="t", citation=Citation("T")))
    ('', 'It is indicated for:', 'It is indicated for:', '', '')
    """
    leads: list[str] = []
    opened = inner = ""
    bulleted = False  # whether bullets mark the items
    before: Sentence | None = None
    for one in document.sentences:
        gap = _gap(document, before, one)
        if gap is None:
            opened, lead = "", ""
        elif gap.strip() == "" and "\n" not in gap:
            lead = ""  # more words of the same item
        else:
            marked = _BULLET.search(gap) is not None
            if before is not None and _introduces(before.text, marked=marked and not opened):
                words = before.text[-_LONGEST:]
                opened, inner, bulleted = (
                    (opened, words, bulleted) if opened else (words, "", marked)
                )
            if not marked and (bulleted or not _is_item(one.text)):
                opened = ""
            lead = f"{opened}\n{inner}" if opened and inner else opened
        leads.append(lead)
        before = one
    return tuple(leads)


def _introduces(text: str, *, marked: bool) -> bool:
    """Tell whether a line introduces the next one; before the first bullet (`marked`) many do."""
    if _OPEN_END.search(text):
        return True
    return not _ENDS.search(text) and (marked or _STATEMENT.match(text) is not None)


def _gap(document: Document, before: Sentence | None, one: Sentence) -> str | None:
    """Give what stands between two sentences of one section; nothing at a section's start."""
    if before is None or before.section != one.section:
        return None
    return document.text[before.span.end : one.span.start]


def _is_item(text: str) -> bool:
    """Tell whether words without a bullet can be an item: few or without a stop, no statement."""
    if _STATEMENT.match(text):
        return False
    return _ENDS.search(text) is None or len(text.split()) <= _ITEM_WORDS


def _read_line(sentence: Sentence) -> _Line | None:
    """Tell whether a sentence announces a list, and of what.

    A list whose line hedges or denies is of no kind that rules read.
    """
    text = sentence.text.rstrip()
    if not text.endswith(":") or len(text) > 2 * _LONGEST_ITEM:
        return None
    for kind, pattern in _KINDS:
        if pattern.search(text):
            return _Line(sentence, kind)
    return None


def _is_below(document: Document, sentence: Sentence, line: _Line) -> bool:
    """Tell whether a sentence is an item of the list that a line announced."""
    if sentence.section != line.sentence.section or len(sentence.text) > _LONGEST_ITEM:
        return False
    before = document.text[max(0, sentence.span.start - 12) : sentence.span.start]
    return _BULLET_BEFORE.search(before) is not None
