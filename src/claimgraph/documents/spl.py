"""Read Structured Product Labeling, the XML of US drug labels.

Sections go by their LOINC codes, those without a code by their heading or the section around them.
The label's drug is the generic medicine of its first product, or the product's name. Highlights
are left out: they repeat the sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from claimgraph.documents.headings import LABEL_SECTIONS
from claimgraph.documents.jsonlines import OnError
from claimgraph.documents.layout import Part, Role, compose, publish, slug
from claimgraph.documents.streams import OnRead, check_text
from claimgraph.documents.xmlblocks import walk_blocks
from claimgraph.documents.xmlstream import (
    child,
    children,
    descendants,
    inline_text,
    read_elements,
)
from claimgraph.errors import InputFileError, Place
from claimgraph.model import Citation, Document

NAMESPACE = "urn:hl7-org:v3"
_DATE = re.compile(r"(\d{4})(\d\d)?(\d\d)?")


def read_spl(
    path: Path, on_error: OnError | None = None, on_read: OnRead | None = None
) -> Iterator[Document]:
    """Read one document a label.

    Raises:
        InputFileError: if the file cannot be read; without `on_error`, also if a label has no
            words.
    """
    for element in read_elements(path, ("document",), on_read):
        try:
            yield _read_label(element, Place(str(path)), slug(path.name.split(".")[0]))
        except InputFileError as error:
            if on_error is None:
                raise
            on_error(error)


def _read_label(label: Element, place: Place, fallback: str) -> Document:
    """Turn one label into a document."""
    title = inline_text(child(label, "title"))
    parts = [Part(Role.TITLE, title)]
    for component in children(child(label, "component", "structuredBody"), "component"):
        for section in children(component, "section"):
            parts.extend(_walk(section, 1))
    text, blocks = publish(parts)
    if all(block.role is Role.TITLE for block in blocks):
        raise InputFileError("a label without words", where=place, repair="leave it out")
    check_text(text, place)
    drug = _drug(label)
    set_id = child(label, "setId")
    name = "" if set_id is None else set_id.get("root") or ""
    maker = child(label, "author", "assignedEntity", "representedOrganization", "name")
    citation = Citation(
        title=title or (f"Label of {drug}" if drug else fallback),
        publisher=inline_text(maker) or None,
        date=_date(child(label, "effectiveTime")),
    )
    id_ = f"spl-{slug(name)}" if name else fallback
    return compose(text, blocks, id=id_, citation=citation, drug=drug)


def _walk(section: Element, level: int) -> Iterator[Part]:
    """Give the blocks of a section and of the sections in it."""
    code = child(section, "code")
    kind = LABEL_SECTIONS.get((code.get("code") or "") if code is not None else "")
    heading = inline_text(child(section, "title"))
    if heading:
        yield Part(Role.HEADING, heading, kind, level)
    for words in children(section, "text"):
        yield from walk_blocks(words, Role.PARAGRAPH, None if heading else kind)
    for component in children(section, "component"):
        for inner in children(component, "section"):
            yield from _walk(inner, level + 1)


def _drug(label: Element) -> str | None:
    """Name the label's drug: the generic medicine of its first product, or the product itself."""
    for product in descendants(label, "manufacturedProduct"):
        generic = inline_text(child(product, "asEntityWithGeneric", "genericMedicine", "name"))
        name = generic or inline_text(child(product, "name"))
        if name:
            return name
    return None


def _date(element: Element | None) -> str | None:
    """Give a date as year, month and day, as far as the label says."""
    found = _DATE.match((element.get("value") or "") if element is not None else "")
    return "-".join(part for part in found.groups() if part) if found else None
