"""The lines that introduce a list, and the sentences that are its items.

"Side effects may include:" hedges every item of the list below it. The items are sentences of their
own, so the words that hedge or narrow them stand in another sentence. Whoever reads, checks or
writes a claim asks here which sentences those words may stand in.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from claimgraph.model import Document, Sentence

LONGEST_ITEM: Final = 300
"""How many code points an item of a list has at most; the line above it has twice as many."""

MOST_ITEMS: Final = 200
"""How many sentences back a line above a list is looked for, so that no search is long."""

_ITEM_WORDS = 10  # the most words of an item with a full stop that no bullet marks
_BEFORE = 12  # code points before a sentence that tell how it begins
_BULLET = re.compile(
    r"(?:^|\n)[^\S\n]*(?:[-*+•·‣▪◦∙●○■□►➢✓–—]|\(?\w{1,2}[.)])[^\S\n]+$|[•●▪■◦‣►➢][^\S\n]*$"
)
_NEW_LINE = re.compile(r"(?:^|[\n\r])[^\S\n]*$")
_STOP = re.compile(r"[.!?][\"'”’)\]]*$")
_STATEMENT = re.compile(
    r"(?:\S+ ){1,9}?(?:is|are|was|has|have|should|must|may|can)\b", re.IGNORECASE
)


def find_lines(document: Document) -> Iterator[tuple[Sentence, ...]]:
    r"""Give, for each sentence of a document, the lines that introduce the list it is an item of.

    The items have bullets, or they are short lines. A line ends in a colon. An item that does so
    introduces items of its own; of two lines the nearer one comes first.

    >>> from claimgraph.documents import cut_text
    >>> from claimgraph.model import Citation
    >>> text = "It may cause:\n- rash\n- skin:\n  - itching\n\nIt is white."
    >>> document = cut_text(text, id="t", citation=Citation("T"))
    >>> [[line.text for line in lines] for lines in find_lines(document)]
    [[], ['It may cause:'], ['It may cause:'], ['skin:', 'It may cause:'], []]
    """
    return _follow(document, document.sentences)


def find_lines_above(document: Document, number: int) -> tuple[Sentence, ...]:
    """Give what `find_lines` gives for the sentence of one number, if the lines are near.

    What a longer list hedges far below its line is not looked for: the gate refuses it.
    """
    near = document.sentences[max(0, number - 1 - MOST_ITEMS) : number]
    return deque(_follow(document, near), maxlen=1)[0]


def _follow(document: Document, sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, ...]]:
    """Go down the sentences and keep the lines that are open."""
    lines: tuple[Sentence, ...] = ()
    marked: bool | None = None  # whether bullets mark the items; open until the first
    for one in sentences:
        if not lines:
            yield ()
            lines, marked = ((one,) if _introduces(one) else ()), None
            continue
        root = lines[-1]
        bullet, new = _begins(document, one)
        same = one.section == root.section
        item = same and (not new or (marked in (None, bullet) and _is_item(one, marked=bullet)))
        inner = same and len(lines) > 1 and new and not bullet and _introduces(one)
        if item or inner:
            yield (root,) if inner else lines
            if new and _introduces(one):
                fresh = not bullet and marked is not None and not inner
                lines = (one,) if fresh else (one, root)
                marked = bullet or None
            elif new:
                marked = bullet
        else:
            yield ()
            lines, marked = ((one,) if _introduces(one) else ()), None


def _introduces(sentence: Sentence) -> bool:
    """Tell whether a sentence can be the line above a list."""
    return sentence.text.endswith(":") and len(sentence.text) <= 2 * LONGEST_ITEM


def _begins(document: Document, sentence: Sentence) -> tuple[bool, bool]:
    """Tell whether a sentence begins behind a bullet, and whether with that or on a new line."""
    start = sentence.span.start
    before = document.text[max(0, start - _BEFORE) : start]
    bullet = _BULLET.search(before) is not None
    return bullet, bullet or start == 0 or _NEW_LINE.search(before) is not None


def _is_item(sentence: Sentence, *, marked: bool) -> bool:
    """Tell whether a sentence on a line of its own can be an item of a list."""
    text = sentence.text
    if len(text) > LONGEST_ITEM:
        return False
    if marked or text[0].islower():  # no sentence begins with a small letter
        return True
    if _STATEMENT.match(text):
        return False
    return _STOP.search(text) is None or len(text.split()) <= _ITEM_WORDS
