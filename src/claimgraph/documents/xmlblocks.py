"""Take paragraphs, list items and table rows out of the XML of papers and labels.

Both formats write them alike, under names that do not collide.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from claimgraph.documents.layout import Part, Role
from claimgraph.documents.xmlstream import (
    child,
    descendants,
    inline_text,
    is_raised_number,
    local_name,
    tidy,
)
from claimgraph.model import SectionKind

_BLOCKS = frozenset(
    {
        "p", "paragraph", "text", "title", "caption", "list", "list-item", "item", "def-list",
        "def-item", "table", "table-wrap", "table-wrap-group", "table-wrap-foot", "alternatives",
        "fig", "fig-group", "boxed-text", "disp-quote", "statement", "sec", "section", "fn",
        "fn-group",
        "renderMultiMedia", "disp-formula", "disp-formula-group", "supplementary-material",
    }
)  # fmt: skip
_SKIPPED = frozenset(
    {"disp-formula", "disp-formula-group", "renderMultiMedia", "graphic", "media", "ref-list",
     "supplementary-material", "object-id", "attrib", "permissions", "footnoteRef", "excerpt"}
)  # fmt: skip


def walk_blocks(
    element: Element, role: Role = Role.PARAGRAPH, kind: SectionKind | None = None
) -> Iterator[Part]:
    """Give the blocks inside an element in order.

    Args:
        element: what holds words, blocks, or both.
        role: what words are that stand in no block of their own.
        kind: the kind of section they open, if the source says so.
    """
    run = [element.text or ""]
    for inner in element:
        name = local_name(inner)
        if name in _SKIPPED or (role is Role.ITEM and name in ("label", "caption")):
            run.append(" ")  # the bullet or number of a list item is no word of it
        elif name in _BLOCKS or _holds_blocks(inner):
            yield from _flush(run, role, kind)
            run = []
            yield from _block(inner, role, kind)
        else:
            if name == "footnote":
                run.append(" ")
            run.append(_inline(inner))
        run.append(inner.tail or "")
    yield from _flush(run, role, kind)


def table_rows(table: Element, kind: SectionKind | None = None) -> Iterator[Part]:
    """Give the rows of a table, the cells of each apart by " | ".

    A row with one cell, or with lists or tables inside its cells, is layout: its blocks are given.
    """
    caption = child(table, "caption")
    if caption is not None:
        yield from walk_blocks(caption, Role.PARAGRAPH, kind)
    for row in _own(table, "tr"):
        cells = [c for c in row if local_name(c) in ("td", "th")]
        words = [inline_text(c) for c in cells]
        filled = [w for w in words if w]
        if len(filled) > 1 and not any(_holds_blocks(c) for c in cells):
            yield Part(Role.ROW, " | ".join(filled), kind)
        else:
            for cell in cells:
                yield from walk_blocks(cell, Role.PARAGRAPH, kind)


def _block(element: Element, role: Role, kind: SectionKind | None) -> Iterator[Part]:
    """Give the blocks of one block."""
    name = local_name(element)
    if name in ("list", "def-list"):
        role = Role.ITEM
    if name == "table":
        yield from table_rows(element, kind)
    elif name in ("table-wrap", "fig"):
        words = f"{inline_text(child(element, 'label'))} {inline_text(child(element, 'caption'))}"
        yield Part(Role.PARAGRAPH, words.strip(), kind)
        for table in _own(element, "table"):
            yield from table_rows(table, kind)
        for foot in descendants(element, "table-wrap-foot"):
            yield from walk_blocks(foot, Role.PARAGRAPH, kind)
    elif name == "def-item":
        term, meaning = inline_text(child(element, "term")), inline_text(child(element, "def"))
        yield Part(Role.ITEM, f"{term}: {meaning}" if term and meaning else term or meaning, kind)
    else:
        yield from walk_blocks(element, role, kind)


def _flush(run: list[str], role: Role, kind: SectionKind | None) -> Iterator[Part]:
    """Give the words gathered between two blocks."""
    words = tidy("".join(run))
    if words:
        yield Part(role, words, kind)


def _inline(element: Element) -> str:
    """Give the words of an inline element, with the white space at its ends kept as one space."""
    words = "".join(element.itertext())
    if not words.strip():
        return words
    lead = " " if words[0].isspace() else "^" if is_raised_number(element) else ""
    return f"{lead}{inline_text(element)}{' ' if words[-1].isspace() else ''}"


def _holds_blocks(element: Element) -> bool:
    """Tell whether an inline element or a cell holds lists, tables or the like."""
    return any(
        local_name(e) in ("list", "table", "def-list") for e in element.iter() if e is not element
    )


def _own(element: Element, name: str) -> Iterator[Element]:
    """Give the descendants of that name, but not those inside one another."""
    for inner in element:
        if local_name(inner) == name:
            yield inner
        elif local_name(inner) != "table":
            yield from _own(inner, name)
