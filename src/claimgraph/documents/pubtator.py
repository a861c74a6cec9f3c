"""Read PubTator: ``ID|t|title``, ``ID|a|abstract``, then annotations, a blank line between texts.

Our text is the title, a line break and the abstract, as PubTator's offsets count them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from claimgraph.documents.jsonlines import OnError
from claimgraph.documents.layout import Block, Role, compose, slug
from claimgraph.documents.sentences import strip
from claimgraph.documents.streams import OnRead, check_text, open_stream
from claimgraph.errors import InputFileError, Place
from claimgraph.files import MAX_BYTES
from claimgraph.model import Citation, Document, SectionKind

_LINE = re.compile(r"([^|\t]{1,100})\|([ta])\|(.*)", re.DOTALL)


@dataclass(slots=True)
class _Text:
    """A text while its lines are being gathered."""

    id: str
    place: Place
    title: str = ""
    abstract: str = ""


def read_pubtator(
    path: Path, on_error: OnError | None = None, on_read: OnRead | None = None
) -> Iterator[Document]:
    """Read one document a text, from a file of any length.

    Raises:
        InputFileError: if the file cannot be read; without `on_error`, also if a text or a line
            is broken.
    """
    current: _Text | None = None
    for number, line in _lines(path, on_read):
        found = _LINE.fullmatch(line)
        if found is not None:
            id_ = found[1].strip()
            if current is None or id_ != current.id or found[2] == "t":
                yield from _try(current, on_error)
                current = _Text(id_, Place(str(path), number))
            if found[2] == "t":
                current.title = found[3]
            else:
                current.abstract = found[3]
        elif line.strip() and "\t" not in line:  # annotations and relations have tabs
            error = InputFileError(
                "neither title, abstract nor annotation",
                where=Place(str(path), number),
                repair="write ID|t|… or ID|a|…",
            )
            if on_error is None:
                raise error
            on_error(error)
    yield from _try(current, on_error)


def _try(text: _Text | None, on_error: OnError | None) -> Iterator[Document]:
    """Give the document, or tell of the error."""
    if text is None:
        return
    try:
        yield _compose(text)
    except InputFileError as error:
        if on_error is None:
            raise
        on_error(error)


def _lines(path: Path, on_read: OnRead | None) -> Iterator[tuple[int, str]]:
    """Read numbered lines without their ends."""
    with open_stream(path, on_read) as stream:
        number = 0
        while data := stream.readline(MAX_BYTES + 1):
            number += 1
            place = Place(str(path), number)
            if len(data) > MAX_BYTES:
                what = f"a line of more than {MAX_BYTES} bytes"
                raise InputFileError(what, where=place, repair="split the text")
            try:
                line = data.decode("utf-8").removeprefix("\ufeff" if number == 1 else "")
            except UnicodeDecodeError as error:
                what = f"not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}"
                repair = "save the file as UTF-8"
                raise InputFileError(what, where=place, repair=repair) from None
            yield number, line.rstrip("\r\n")


def _compose(source: _Text) -> Document:
    """Turn one text into a document."""
    title, id_ = source.title, source.id
    text = f"{title}\n{source.abstract}"
    check_text(text, source.place)
    spans = (strip(text, 0, len(title)), strip(text, len(title) + 1, len(text)))
    blocks = [Block(Role.PARAGRAPH, s, SectionKind.ABSTRACT) for s in spans if s is not None]
    name = f"pmid-{id_}" if id_.isdigit() else slug(id_)
    return compose(text, blocks, id=name, citation=Citation(title=" ".join(title.split()) or id_))
