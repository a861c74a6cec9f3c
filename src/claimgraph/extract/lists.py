"""Find the words that introduce a list, for each of its items.

The cutter makes a sentence of each item, so that "Zorvan is indicated for:" and "gout" stand apart.
What the first says rules the second. A list goes on while items follow under each other; it ends
with its section, and where prose follows it.
"""

from __future__ import annotations

import re

from claimgraph.extract.letters import AnyCase
from claimgraph.model import Document, Sentence

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
