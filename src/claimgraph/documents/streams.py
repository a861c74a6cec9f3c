"""Open source files of any size: plain or gzip, whole or as a stream, never exploded.

A format that needs the whole file reads at most `MAX_BYTES`. A stream may be of any length, but
one record of it holds at most `MAX_BYTES`, and what a gzip file unpacks to must stay in proportion
to it: text packs to a tenth, a bomb to a thousandth.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from claimgraph.errors import InputFileError, Place
from claimgraph.files import MAX_BYTES

MAX_RATIO = 200
"""How many times its own size a gzip file may unpack to."""
MAX_UNPACKED = 100_000_000_000
"""How many bytes a gzip file may unpack to, whatever its size."""
_FREE_BYTES = 1_000_000  # small files may pack as well as they like
_GZIP = b"\x1f\x8b"
_HEAD = 65_536

_NOT_TEXT = (
    (rb"PK\x03\x04", "a zip archive (or an Office file)", "unpack it, or save it as text"),
    (rb"BZh[1-9]1A", "a bzip2 file", "unpack it"),
    (rb"\xfd7zXZ", "an xz file", "unpack it"),
    (rb"\x28\xb5\x2f\xfd", "a zstandard file", "unpack it"),
    (rb"\xd0\xcf\x11\xe0", "an old Office file", "save it as text"),
    (rb"\{\\rtf", "an RTF file", "save it as text"),
    (_GZIP, "gzip inside gzip", "unpack it once"),
)


OnRead = Callable[[int], None]
"""Told how many bytes of a file have been read, packed as they are."""


class _Counted(io.RawIOBase):
    """A stream whose first bytes have been looked at; it knows how much was read of it.

    A pipe cannot go back to its start, nor tell where it stands.
    """

    def __init__(self, head: bytes, rest: BinaryIO, on_read: OnRead | None = None) -> None:
        self._head = head
        self._rest = rest
        self._on_read = on_read
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        size = len(buffer)
        data, self._head = self._head[:size], self._head[size:]
        data = data or self._rest.read1(size)  # type: ignore[attr-defined]
        self.count += len(data)
        if self._on_read is not None:
            self._on_read(self.count)
        buffer[: len(data)] = data
        return len(data)


class _Unpacked(io.RawIOBase):
    """What a gzip file unpacks to, for as long as the proportion is believable."""

    def __init__(self, packed: _Counted, place: Place) -> None:
        self._file = gzip.GzipFile(fileobj=io.BufferedReader(packed, _HEAD), mode="rb")
        self._packed = packed
        self._place = place
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            data = self._file.read1(min(len(buffer), _HEAD))
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise InputFileError(
                f"is no whole gzip file: {error}", where=self._place, repair="fetch or pack it anew"
            ) from None
        self._count += len(data)
        bound = max(_FREE_BYTES, MAX_RATIO * self._packed.count)
        if self._count > min(bound, MAX_UNPACKED):
            raise InputFileError(
                f"unpacks to more than {MAX_RATIO} times its size: refused",
                where=self._place,
                repair="if it is no bomb, unpack it yourself",
            )
        buffer[: len(data)] = data
        return len(data)


@contextlib.contextmanager
def open_stream(path: Path, on_read: OnRead | None = None) -> Iterator[BinaryIO]:
    """Open a file for reading bytes; gzip is known by its first bytes and unpacked on the way.

    Args:
        path: the file.
        on_read: told how much of it has been read.

    Raises:
        InputFileError: if the file is missing, unreadable, a folder, or an archive; while reading,
            if its gzip is broken or a bomb.
    """
    place = Place(str(path))
    if path.is_dir():
        raise InputFileError("is a folder", where=place, repair="name a file")
    try:
        with contextlib.ExitStack() as stack:
            yield unpack(stack.enter_context(path.open("rb")), place, on_read)
    except FileNotFoundError:
        raise InputFileError("no such file", where=place, repair="check the path") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputFileError(
            f"cannot be read: {reason}", where=place, repair="check path and permissions"
        ) from None


def unpack(file: BinaryIO, place: Place, on_read: OnRead | None = None) -> BinaryIO:
    """Give what a stream of bytes holds: gzip is unpacked on the way, all else stays as it is.

    Args:
        file: the stream; it may be a pipe, which is read only once.
        place: what errors call it.
        on_read: told how much of it has been read.

    Raises:
        InputFileError: if it is an archive; while reading, if its gzip is broken or a bomb.
    """
    head = file.read(8)
    counted = _Counted(head, file, on_read)
    if not head.startswith(_GZIP):
        _refuse_archives(head, place)
        return io.BufferedReader(counted, _HEAD)
    stream = io.BufferedReader(_Unpacked(counted, place), _HEAD)
    _refuse_archives(stream.peek(8), place)
    return stream


def read_head(path: Path) -> bytes:
    """Read the first 64 KiB of a file, unpacked.

    Raises:
        InputFileError: as `open_stream` does.
    """
    with open_stream(path) as stream:
        return stream.read(_HEAD)


def read_whole(path: Path) -> bytes:
    """Read a file whole, unpacked.

    Raises:
        InputFileError: as `open_stream` does, and if it holds more than `MAX_BYTES`.
    """
    with open_stream(path) as stream:
        data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise InputFileError(
            f"holds more than the {MAX_BYTES} bytes that are read whole",
            where=Place(str(path)),
            repair="split the file",
        )
    return data


def check_text(text: str, place: Place) -> str:
    """Give the text back if it can be published.

    Raises:
        InputFileError: if it is empty, or holds a NUL (the file is binary, or UTF-16) or half a
            character (a lone surrogate, which no UTF-8 can hold).
    """
    if not text.strip("\ufeff \t\r\n") or not text.strip():
        raise InputFileError("holds no text", where=place, repair="put the text in it")
    nul = text.find("\0")
    if nul >= 0:
        line = place.line or text.count("\n", 0, nul) + 1
        raise InputFileError(
            f"holds a NUL at character {nul}",
            where=Place(place.file, line),
            repair="save it as text in UTF-8",
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputFileError(
            f"holds half a character at {error.start}",
            where=place,
            repair="write characters whole, not as single surrogates",
        ) from None
    return text


def _refuse_archives(head: bytes, place: Place) -> None:
    """Refuse what is an archive or an office file, by its first bytes."""
    for magic, what, repair in _NOT_TEXT:
        if re.match(magic, head):
            raise InputFileError(f"is {what}", where=place, repair=repair)
