"""Read and write whole files: strict UTF-8, no newline translation, nothing half-written."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from claimgraph.errors import InputFileError, OutputError, Place

MAX_BYTES = 20_000_000
"""Largest text file read whole, in bytes. Texts a person curates are a thousandth of it."""


def read_bytes(path: Path) -> bytes:
    """Read a file whole.

    Raises:
        InputFileError: if it is missing, unreadable, a folder, or larger than `MAX_BYTES`.
    """
    place = Place(str(path))
    try:
        if path.is_dir():
            raise InputFileError("is a folder", where=place, repair="name a file")
        # Not stat: a device or a pipe has no size, and a file may grow while it is read.
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise InputFileError("no such file", where=place, repair="check the path") from None
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputFileError(
            f"cannot be read: {reason}", where=place, repair="check path and permissions"
        ) from None
    if len(data) > MAX_BYTES:
        raise InputFileError(
            f"more than the {MAX_BYTES} bytes that are read whole",
            where=place,
            repair="split the file",
        )
    return data


def decode(data: bytes, path: Path) -> str:
    """Decode UTF-8 strictly and keep every character, line ends included.

    Raises:
        InputFileError: if the bytes are not UTF-8 (with the line), or hold nothing but white space.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise InputFileError(
            f"not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}",
            where=Place(str(path), line),
            repair="save the file as UTF-8",
        ) from None
    if not text.strip():
        raise InputFileError("holds no text", where=Place(str(path)), repair="put the text in it")
    return text


def write_bytes(path: Path, data: bytes) -> None:
    """Write a file under a temporary name, then rename: readers never see a half of it.

    Raises:
        OutputError: if the folder cannot be made or written.
    """
    with _replacing(path) as file:
        file.write(data)


@contextlib.contextmanager
def writing_lines(path: Path | None) -> Iterator[Callable[[str], None]]:
    """Write a file line by line; it appears under its name only when it is whole.

    Args:
        path: the file; standard output if ``None``.

    Yields:
        A function that writes one line.

    Raises:
        OutputError: if the file cannot be written.
    """
    if path is None:
        yield lambda line: print(line, flush=False)  # noqa: T201 - the lines are the answer
        return
    with _replacing(path) as file:

        def write(line: str) -> None:
            file.write(f"{line}\n".encode())

        yield write


@contextlib.contextmanager
def _replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a file under a temporary name that takes the place of `path` when all went well."""
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            yield file
        # mkstemp makes private files; what we publish has the permissions of any new file.
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
        temporary = None
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(
            f"cannot be written: {reason}",
            where=Place(str(path)),
            repair="choose a folder you may write to with -o",
        ) from None
    finally:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()


def _umask() -> int:
    """Read the process's file mode mask (the only way is to set it and set it back)."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
