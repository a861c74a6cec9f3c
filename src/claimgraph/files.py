"""Read and write whole files: strict UTF-8, no newline translation, nothing half-written."""

from __future__ import annotations

import contextlib
import errno
import gzip
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, cast

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


def read_head(path: Path, size: int) -> bytes:
    """Read the first bytes of a file of any length.

    Raises:
        InputFileError: if it is missing, unreadable, a folder, or empty.
    """
    place = Place(str(path))
    try:
        with path.open("rb") as file:
            head = file.read(size)
    except OSError as error:
        reason = error.strerror or str(error)
        raise InputFileError(
            f"cannot be read: {reason}", where=place, repair="check path and permissions"
        ) from None
    if not head:
        raise InputFileError("holds no text", where=place, repair="put the text in it")
    return head


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
    with replacing(path) as file:
        file.write(data)


@contextlib.contextmanager
def writing_bytes(path: Path | None) -> Iterator[Callable[[bytes], None]]:
    """Write bytes in pieces; a file appears under its name only when it is whole.

    Args:
        path: the file; standard output if ``None``.

    Yields:
        A function that writes one piece.

    Raises:
        OutputError: if the file cannot be written.
        OSError: if standard output cannot be written, as when nobody reads it any more.
    """
    if path is None:
        yield lambda piece: _write_all(sys.stdout.buffer, piece)
        sys.stdout.buffer.flush()
        return
    with replacing(path) as file:
        yield lambda piece: _write_all(file, piece)


def _write_all(file: IO[bytes], piece: bytes) -> None:
    """Write a piece to a file that takes all of it."""
    file.write(piece)


@contextlib.contextmanager
def writing_lines(path: Path | None) -> Iterator[Callable[[Iterable[str]], None]]:
    """Write lines of UTF-8, never half of one; a file appears under its name only when it is whole.

    Args:
        path: the file, packed if its name ends in ``.gz``; standard output if ``None``.

    Yields:
        A function that writes some lines. On standard output they are there for the reader when it
        comes back.

    Raises:
        OutputError: if the file cannot be written.
        OSError: if standard output cannot be written, as when nobody reads it any more.
    """
    if path is None:
        yield _print_lines
        return
    with contextlib.ExitStack() as stack:
        file = stack.enter_context(replacing(path))
        if path.suffix == ".gz":
            # Neither name nor time in the head: same input, same bytes.
            packed = gzip.GzipFile(filename="", mode="wb", fileobj=file, mtime=0)
            file = cast("IO[bytes]", stack.enter_context(packed))

        def write(lines: Iterable[str]) -> None:
            file.write("".join(f"{line}\n" for line in lines).encode())

        yield write


def _print_lines(lines: Iterable[str]) -> None:
    """Write lines to standard output, in UTF-8 whatever the terminal's language is."""
    text = "".join(f"{line}\n" for line in lines)
    buffer = getattr(sys.stdout, "buffer", None)
    if buffer is None:  # a notebook, or a test that collects text
        sys.stdout.write(text)
        return
    with _uninterrupted():
        buffer.write(text.encode())
        buffer.flush()


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Let Ctrl-C wait until what must not be done by halves is done."""
    if not hasattr(signal, "pthread_sigmask"):  # not on Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """Give a file under a temporary name that takes the place of `path` when all went well.

    A link stays a link: what it points at is replaced. What is no file, such as a pipe or
    /dev/null, is written to as it is.
    """
    temporary: str | None = None
    try:
        target = path.resolve()
        if target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if target.exists() and not target.is_file():
            with target.open("wb") as file:
                yield file
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        with _uninterrupted():  # a file nobody knows of could not be taken away
            handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            yield file
        # mkstemp makes private files; what we publish has the permissions of any new file.
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(target)
        temporary = None
    except BrokenPipeError:
        raise
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
