"""Read texts from wherever a user points: a file, standard input (``-``), or another pipe.

A pipe is read only once, so nobody can look at its beginning first. It is read as JSON Lines,
packed or not, unless the user says what else it is.
"""

from __future__ import annotations

import contextlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from claimgraph.documents.formats import Format, read_documents, sniff_format
from claimgraph.documents.jsonlines import JsonLine, OnError, iterate_json_lines
from claimgraph.documents.streams import open_stream, unpack
from claimgraph.errors import InputFileError, Place
from claimgraph.model import Document

STANDARD_INPUT = Path("-")


def read_source(
    path: Path, *, as_format: Format | None = None, on_error: OnError | None = None
) -> Iterator[Document]:
    """Read the documents of a file of any format, or of a pipe.

    Args:
        path: the file; ``-`` for standard input.
        as_format: what it is; if not given, told from a file's name and content, and JSON Lines
            for a pipe.
        on_error: told of each record that cannot be read, which is then skipped. Without it, the
            first one raises.

    Raises:
        InputFileError: as `read_documents` does.
    """
    if not is_pipe(path):
        yield from read_documents(path, as_format=as_format, on_error=on_error)
    elif as_format in (None, Format.JSON_LINES):
        for line in read_source_lines(path, on_error=on_error):
            yield line.document
    else:
        with tempfile.TemporaryDirectory() as folder:
            whole = Path(folder) / "standard-input"
            with _open_pipe(path) as pipe, whole.open("wb") as file:
                shutil.copyfileobj(pipe, file)
            yield from read_documents(whole, as_format=as_format, on_error=on_error)


def read_one_text(path: Path, *, as_format: Format | None = None) -> Document:
    """Read the only text of a file of any format, or of a pipe.

    Raises:
        InputFileError: as `read_source` does, and if there is no text or more than one.
    """
    documents = read_source(path, as_format=as_format)
    place = Place(source_name(path))
    document = next(documents, None)
    if document is None:
        raise InputFileError("holds no text", where=place, repair="name another file")
    if next(documents, None) is not None:
        raise InputFileError(
            "holds more than one text",
            where=place,
            repair="use claimgraph extract, which reads many",
        )
    return document


def read_source_lines(path: Path, *, on_error: OnError | None = None) -> Iterator[JsonLine]:
    """Read the lines of JSON Lines from a file or a pipe, with all their fields.

    Args:
        path: the file; ``-`` for standard input.
        on_error: told of each line that cannot be read, which is then skipped. Without it, the
            first one raises.

    Raises:
        InputFileError: if it cannot be read or is no JSON Lines.
    """
    if not is_pipe(path) and (found := sniff_format(path)) is not Format.JSON_LINES:
        raise InputFileError(
            f"is {found}, not JSON Lines",
            where=Place(str(path)),
            repair='write one {"id": …, "text": …, "entities": […]} a line',
        )
    with open_source(path) as stream:
        yield from iterate_json_lines(stream, source_name(path), on_error)


@contextlib.contextmanager
def open_source(path: Path) -> Iterator[BinaryIO]:
    """Open a file or a pipe for reading bytes; gzip is unpacked on the way.

    Raises:
        InputFileError: as `open_stream` does.
    """
    if is_pipe(path):
        with _open_pipe(path) as pipe:
            yield unpack(pipe, Place(source_name(path)))
    else:
        with open_stream(path) as stream:
            yield stream


def is_pipe(path: Path) -> bool:
    """Tell whether a path is standard input or some other thing that can be read only once."""
    return path == STANDARD_INPUT or (path.exists() and not path.is_file() and not path.is_dir())


def source_name(path: Path) -> str:
    """Give what errors call a source."""
    return "standard input" if path == STANDARD_INPUT else str(path)


@contextlib.contextmanager
def _open_pipe(path: Path) -> Iterator[BinaryIO]:
    """Open a pipe for reading bytes; standard input is left open."""
    if path == STANDARD_INPUT:
        yield sys.stdin.buffer
        return
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        raise InputFileError(
            f"cannot be read: {error.strerror or error}",
            where=Place(str(path)),
            repair="check path and permissions",
        ) from None
