"""Read JSON Lines: one object a line, ``{"id", "text"[, "title", "drug", "language"]}``.

The text is published as it stands, and cut as plain text. Lines are read one by one, so a file may
be of any length. Other fields are left to the caller (see `JsonLine`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from claimgraph.documents.plain import cut_text
from claimgraph.documents.streams import OnRead, check_text, open_stream
from claimgraph.errors import InputFileError, Place
from claimgraph.files import MAX_BYTES
from claimgraph.model import Citation, Document

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}")

OnError = Callable[[InputFileError], None]
"""Told of a record that cannot be read; the reader then goes on with the next."""


@dataclass(frozen=True, slots=True)
class JsonLine:
    """A line that was read: its 1-based number, its document, and all its fields."""

    number: int
    document: Document
    fields: dict[str, object]


def read_json_lines(
    path: Path, on_error: OnError | None = None, on_read: OnRead | None = None
) -> Iterator[Document]:
    """Read one document a line.

    Args:
        path: the file, plain or gzip.
        on_error: told of each broken line, which is then skipped. Without it, the first one raises.
        on_read: told how much of the file has been read.

    Raises:
        InputFileError: if the file cannot be read, or, without `on_error`, a line is broken.
    """
    with open_stream(path, on_read) as stream:
        for line in iterate_json_lines(stream, str(path), on_error):
            yield line.document


def iterate_json_lines(
    stream: BinaryIO, name: str, on_error: OnError | None = None
) -> Iterator[JsonLine]:
    """Read one document a line from an open stream of bytes (standard input, say).

    Args:
        stream: the bytes, unpacked.
        name: what errors call the stream.
        on_error: told of each broken line, which is then skipped. Without it, the first one raises.

    Raises:
        InputFileError: without `on_error`, if a line is broken.
    """
    number = 0
    while data := stream.readline(MAX_BYTES + 1):
        number += 1
        place = Place(name, number)
        try:
            if len(data) > MAX_BYTES:
                _skip_line(stream, data)
                raise InputFileError(
                    f"a line of more than {MAX_BYTES} bytes", where=place, repair="split the text"
                )
            if number == 1:
                data = data.removeprefix(b"\xef\xbb\xbf")
            if data.strip():
                yield _read_line(data, place, number)
        except InputFileError as error:
            if on_error is None:
                raise
            on_error(error)


def _skip_line(stream: BinaryIO, data: bytes) -> None:
    """Read on to the end of a line that is too long."""
    while data and not data.endswith(b"\n"):
        data = stream.readline(1_000_000)


def _read_line(data: bytes, place: Place, number: int) -> JsonLine:
    """Turn one line into a document."""
    try:
        fields = json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        what = f"not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start} of the line"
        raise InputFileError(what, where=place, repair="save the file as UTF-8") from None
    except (ValueError, RecursionError) as error:
        what = "nested too deeply" if isinstance(error, RecursionError) else f"not JSON: {error}"
        repair = "write one object a line"
        raise InputFileError(what, where=place, repair=repair) from None
    if not isinstance(fields, dict):
        raise InputFileError("not an object", where=place, repair='write {"id": …, "text": …}')
    id_, text = fields.get("id"), fields.get("text")
    if isinstance(id_, int) and not isinstance(id_, bool):
        id_ = str(id_)
    if not isinstance(id_, str) or not id_.strip() or len(id_) > 200 or not id_.isprintable():
        raise InputFileError(
            "no usable id", where=place, repair='give "id" a name of up to 200 characters'
        )
    if not isinstance(text, str):
        raise InputFileError("no text", where=place, repair='give "text" as a string')
    check_text(text, place)
    title = _optional(fields, "title", place) or id_
    language = _optional(fields, "language", place) or "en"
    if not _LANGUAGE.fullmatch(language):
        what, repair = f"{language[:20]!r} is no language tag", 'write "en", "de", "pt-BR" …'
        raise InputFileError(what, where=place, repair=repair)
    citation = Citation(title=title, language=language)
    drug = _optional(fields, "drug", place)
    return JsonLine(number, cut_text(text, id=id_, citation=citation, drug=drug), fields)


def _refuse_constant(name: str) -> None:
    """Refuse NaN and Infinity, which Python reads and JSON does not know."""
    raise ValueError(f"{name} is no JSON value")


def _optional(fields: dict[str, object], key: str, place: Place) -> str | None:
    """Read a string that may be missing or null."""
    value = fields.get(key)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        raise InputFileError(f"{key} is no string", where=place, repair=f'give "{key}" as a string')
    return check_text(value, place).strip()
