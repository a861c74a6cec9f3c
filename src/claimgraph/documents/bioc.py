"""Read BioC, as XML or as JSON: the passages of each document.

Where the offsets that BioC gives fit, our text keeps them, so that annotations made elsewhere
point at the same words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from claimgraph.documents.jsonlines import OnError
from claimgraph.documents.layout import Block, Role, compose, slug
from claimgraph.documents.streams import OnRead, check_text, read_whole
from claimgraph.documents.xmlstream import child, children, read_elements
from claimgraph.errors import InputFileError, Place
from claimgraph.files import decode
from claimgraph.model import Citation, Document, SectionKind, Span

_SECTIONS: dict[str, SectionKind] = {
    "title": SectionKind.ABSTRACT,  # the first sentence of what a paper finds
    "abstract": SectionKind.ABSTRACT,
    "intro": SectionKind.INTRODUCTION,
    "introduction": SectionKind.INTRODUCTION,
    "methods": SectionKind.METHODS,
    "results": SectionKind.RESULTS,
    "discuss": SectionKind.OTHER,
    "concl": SectionKind.CONCLUSION,
    "case": SectionKind.RESULTS,
    "ref": SectionKind.BOILERPLATE,
    "ack_fund": SectionKind.BOILERPLATE,
    "auth_cont": SectionKind.BOILERPLATE,
    "comp_int": SectionKind.BOILERPLATE,
    "suppl": SectionKind.BOILERPLATE,
    "abbr": SectionKind.BOILERPLATE,
}
_MAX_GAP = 3  # characters between passages; a wider gap means that the offsets count otherwise


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage as the file gives it."""

    offset: int
    text: str
    infons: Mapping[str, str]


def read_bioc_xml(
    path: Path, on_error: OnError | None = None, on_read: OnRead | None = None
) -> Iterator[Document]:
    """Read one document a BioC document of an XML file of any length.

    Raises:
        InputFileError: if the file cannot be read; without `on_error`, also if a document is
            broken.
    """
    place = Place(str(path))
    for number, element in enumerate(read_elements(path, ("document",), on_read), start=1):
        passages = []
        for passage in children(element, "passage"):
            holders = [passage] if child(passage, "text") is not None else children(
                passage, "sentence"
            )  # fmt: skip
            infons = {e.get("key") or "": e.text or "" for e in children(passage, "infon")}
            for holder in holders:
                offset, words = child(holder, "offset"), child(holder, "text")
                passages.append(
                    _Passage(
                        _integer(offset.text if offset is not None else None),
                        (words.text or "") if words is not None else "",
                        infons,
                    )
                )
        id_element = child(element, "id")
        id_ = (id_element.text or "").strip() if id_element is not None else ""
        yield from _try(id_ or str(number), passages, place, on_error)


def read_bioc_json(
    path: Path, on_error: OnError | None = None, _: OnRead | None = None
) -> Iterator[Document]:
    """Read one document a BioC document of a JSON file.

    Raises:
        InputFileError: if the file cannot be read or is no BioC; without `on_error`, also if a
            document is broken.
    """
    place = Place(str(path))
    try:
        data = json.loads(decode(read_whole(path), path).removeprefix("\ufeff"))
    except (ValueError, RecursionError) as error:
        what = "nested too deeply" if isinstance(error, RecursionError) else f"not JSON: {error}"
        raise InputFileError(what, where=place, repair="export the file anew") from None
    collections = data if isinstance(data, list) else [data]
    number = 0
    for collection in collections:
        found = collection.get("documents", [collection]) if isinstance(collection, dict) else None
        if not isinstance(found, list):
            raise InputFileError("no BioC", where=place, repair='give {"documents": […]}')
        for entry in found:
            number += 1
            passages = list(_passages(entry))
            id_ = entry.get("id") if isinstance(entry, dict) else None
            name = str(id_).strip() if isinstance(id_, (str, int)) else ""
            yield from _try(name or str(number), passages, place, on_error)


def _passages(entry: object) -> Iterator[_Passage]:
    """Give the passages of a JSON document."""
    for passage in _list(entry, "passages"):
        if not isinstance(passage, dict):
            continue
        infons = passage.get("infons")
        named = {str(k): str(v) for k, v in infons.items()} if isinstance(infons, dict) else {}
        holders = [passage] if passage.get("text") else _list(passage, "sentences")
        for holder in holders:
            text = holder.get("text") if isinstance(holder, dict) else None
            if isinstance(text, str) and isinstance(holder, dict):
                yield _Passage(_integer(holder.get("offset")), text, named)


def _try(
    id_: str, passages: list[_Passage], place: Place, on_error: OnError | None
) -> Iterator[Document]:
    """Give the document, or tell of the error."""
    try:
        yield _compose(id_, [p for p in passages if p.text.strip()], place)
    except InputFileError as error:
        if on_error is None:
            raise
        on_error(error)


def _compose(id_: str, passages: list[_Passage], place: Place) -> Document:
    """Turn the passages of one document into a document."""
    if not passages:
        raise InputFileError(f"document {id_} has no words", where=place, repair="leave it out")
    text, starts = _join(passages)
    check_text(text, place)
    blocks = []
    title = None
    for passage, start in zip(passages, starts, strict=True):
        words = passage.text
        lead, tail = len(words) - len(words.lstrip()), len(words.rstrip())
        span = Span(start + lead, start + tail)
        type_ = passage.infons.get("type", "").lower()
        section = passage.infons.get("section_type", "").lower()
        kind = _SECTIONS.get(section) or _SECTIONS.get(type_)
        if section == "title" or type_ in ("title", "front"):
            title = title or words.strip()
        if type_.startswith(("title_", "abstract_title")):
            level = int(type_[-1]) if type_[-1].isdigit() else 1
            blocks.append(Block(Role.HEADING, span, None, level))
        elif kind is SectionKind.BOILERPLATE:
            blocks.append(Block(Role.BOILERPLATE, span))
        else:
            blocks.append(Block(Role.PARAGRAPH, span, None if section == "fig" else kind))
    citation = Citation(title=" ".join((title or id_).split()))
    name = f"pmid-{id_}" if id_.isdigit() else slug(id_)
    return compose(text, blocks, id=name, citation=citation)


def _join(passages: list[_Passage]) -> tuple[str, list[int]]:
    """Join passages so that their offsets hold; if they cannot, with blank lines between them."""
    first = passages[0].offset
    pieces: list[str] = []
    length = first if 0 <= first <= _MAX_GAP else 0
    pieces.append("\n" * length)
    starts = []
    fits = 0 <= first <= _MAX_GAP
    for index, passage in enumerate(passages):
        gap = passage.offset - length
        if fits and (0 < gap <= _MAX_GAP or (index == 0 and gap == 0)):
            pieces.append("\n" * gap)
            length += gap
        elif index:
            fits = False
            pieces.append("\n\n")
            length += 2
        starts.append(length)
        pieces.append(passage.text)
        length += len(passage.text)
    return "".join(pieces), starts


def _list(entry: object, key: str) -> list[object]:
    """Give a list inside a JSON object, or none."""
    value = entry.get(key) if isinstance(entry, dict) else None
    return value if isinstance(value, list) else []


def _integer(value: object) -> int:
    """Read an offset; -1 fits nothing."""
    text = str(value).strip()
    return int(text) if text.isdecimal() and len(text) < 12 else -1
