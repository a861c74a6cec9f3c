"""Find the words that introduce a list, for each of its items.

The cutter makes a sentence of each item, so that "Zorvan is indicated for:" and "gout" stand apart.
What the first says rules the second. A list goes on while items follow under each other; it ends
with its section, and where prose follows it.
"""

from __future__ import annotations

import re

from claimgraph.model import Document, Sentence

_LONGEST = 300  # code points of an introduction that are kept, from its end
_ITEM_WORDS = 40  # the most words of an item that no bullet marks
_BULLET = re.compile(r"[•·▪◦‣∙●○■□►➢✓–—*+-]|\(?\b(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]")
_ENDS = re.compile(r"[.!?][\"'”’)\]]*$")


def find_leads(document: Document) -> tuple[str, ...]:
    """Give, for each sentence of a document, the words that introduce the list it is an item of.

    An item that itself introduces a list ("Skin infections:") stands below the words that opened
    the whole list. What is no item has no words.

    >>> from claimgraph.documents import cut_text
    >>> from claimgraph.model import Citation
    >>> text = "It is indicated for:\\n• gout\\n• lupus\\n\\nIt is taken daily. It is white."
    >>> find_leads(cut_text(text, id="t", citation=Citation("T")))
    ('', 'It is indicated for:', 'It is indicated for:', '', '')
    """
    leads: list[str] = []
    opened = inner = ""
    bulleted: bool | None = None  # whether bullets mark the items; unknown before the first
    before: Sentence | None = None
    for one in document.sentences:
        gap = _gap(document, before, one)
        marked = gap is not None and _BULLET.search(gap) is not None
        if gap is None or (gap.strip() == "" and "\n" not in gap):
            lead = ""  # a new section, or more words of the same item
            if gap is None:
                opened = ""
        else:
            if before is not None and marked and not opened and not _ENDS.search(before.text):
                opened, inner, bulleted = before.text[-_LONGEST:], "", None
            if bulleted is None:
                bulleted = marked
            if not marked and (bulleted or not _is_item(one.text)):
                opened = ""
            lead = f"{opened}\n{inner}" if opened and inner else opened
        leads.append(lead)
        if one.text.endswith(":"):
            if opened:
                inner = one.text[-_LONGEST:]
            else:
                opened, inner, bulleted = one.text[-_LONGEST:], "", None
        before = one
    return tuple(leads)


def _gap(document: Document, before: Sentence | None, one: Sentence) -> str | None:
    """Give what stands between two sentences of one section; nothing at a section's start."""
    if before is None or before.section != one.section:
        return None
    return document.text[before.span.end : one.span.start]


def _is_item(text: str) -> bool:
    """Tell whether words without a bullet can be an item: few, or more without a full stop."""
    return text.endswith(":") or not _ENDS.search(text) or len(text.split()) <= _ITEM_WORDS // 4
