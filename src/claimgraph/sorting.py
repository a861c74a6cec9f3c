"""Sort any number of lines in memory that does not grow with them.

Lines are put in order by their code points, which is also the order of their UTF-8 bytes, and each
is kept once. What does not fit into memory goes to temporary files, each in order, which are then
merged.
"""

from __future__ import annotations

import itertools
import shutil
import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self

from claimgraph.errors import OutputError, Place

IN_MEMORY = 48_000_000
"""Characters that are kept in memory before they go to a file."""

_AT_ONCE = 64  # files merged at a time, well below what systems let a process open
_READ = 1 << 14  # bytes buffered of each file, of which many are open


class SortedLines:
    r"""Takes lines in any order and gives them back in order, each once.

    Use it as a context manager: it may have files to clean up.

    Args:
        in_memory: characters to keep in memory.
        folder: where temporary files go; the system's folder for them if not given.

    >>> with SortedLines() as lines:
    ...     lines.add("b\n")
    ...     lines.add("a\nb\n")
    ...     print("".join(lines), end="")
    a
    b
    """

    def __init__(self, in_memory: int = IN_MEMORY, folder: Path | None = None) -> None:
        self._limit = in_memory
        self._folder = folder
        self._temporary: Path | None = None
        self._blocks: list[str] = []
        self._size = 0
        self._runs: list[Path] = []
        self._numbers = itertools.count()

    def __enter__(self) -> Self:
        """Give the sorter itself."""
        return self

    def __exit__(self, *error: object) -> None:
        """Delete the temporary files."""
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def add(self, block: str) -> None:
        """Take lines that are in order among themselves, each with its end.

        Raises:
            OutputError: if a temporary file cannot be written.
        """
        if not block:
            return
        self._blocks.append(block)
        self._size += len(block)
        if self._size >= self._limit:
            self._write_run(in_order(self._blocks))
            self._blocks, self._size = [], 0

    def add_file(self, path: Path) -> None:
        """Take the lines of a file that are in order already. The file stays where it is."""
        self._add_run(path)

    def __iter__(self) -> Iterator[str]:
        """Give the lines in order, some at a time, each with its end."""
        rest = in_order(self._blocks)
        if not self._runs:
            return rest
        return merge_lines([*map(_read_lines, self._runs), map(split_lines, rest)])

    def _write_run(self, pieces: Iterator[str]) -> None:
        """Write lines in order to a temporary file."""
        try:
            if self._temporary is None:
                self._temporary = Path(tempfile.mkdtemp(prefix="claimgraph-", dir=self._folder))
            path = self._temporary / str(next(self._numbers))
            with path.open("w", encoding="utf-8", newline="", buffering=_READ) as file:
                file.writelines(pieces)
        except OSError as error:
            raise OutputError(
                f"cannot write a temporary file: {error.strerror or error}",
                where=Place(str(self._folder or tempfile.gettempdir())),
                repair="make room there, or name another folder in TMPDIR",
            ) from None
        self._add_run(path)

    def _add_run(self, path: Path) -> None:
        """Keep a file for the merge; merge those there are when there are too many to open."""
        self._runs.append(path)
        if len(self._runs) >= _AT_ONCE:
            merged, self._runs = self._runs, []
            self._write_run(merge_lines(map(_read_lines, merged)))
            for old in merged:
                if old.parent == self._temporary:
                    old.unlink()


def in_order(blocks: Iterable[str]) -> Iterator[str]:
    """Put blocks of lines in order, each block in order already; no line comes twice.

    To sort blocks is some eight times less work than to sort lines, since the lines of a block
    mostly stand together in the end. Where blocks overlap, their lines are sorted.

    Yields:
        Blocks of lines, in order.
    """
    group: list[str] = []
    last = ""
    for block in sorted(blocks):
        if group and block[: block.index("\n") + 1] > last:
            yield _join(group)
            group = []
            last = ""
        group.append(block)
        last = max(last, block[block.rfind("\n", 0, -1) + 1 :])
    if group:
        yield _join(group)


def merge_lines(sources: Iterable[Iterable[list[str]]]) -> Iterator[str]:
    r"""Merge lines that are in order in each source; no line comes twice.

    What is known of all sources is put together and sorted. That takes as long as to take line
    after line, but gives blocks, of which whoever reads them makes a third less work.

    Args:
        sources: lines of each, with their ends, some at a time.

    Yields:
        Blocks of lines, in order.

    >>> list(merge_lines([[["a\n", "c\n"], ["d\n"]], [["b\n", "c\n"]]]))
    ['a\nb\nc\n', 'd\n']
    """
    heads = [_Head(iter(source)) for source in sources]
    while heads := [head for head in heads if head.has_lines()]:
        # Whatever a source has that is not read yet comes after this.
        last = min(head.last for head in heads)
        lines = list(itertools.chain.from_iterable(head.take(last) for head in heads))
        lines.sort()
        yield "".join(dict.fromkeys(lines))


class _Head:
    """The lines of a source that have been read and wait."""

    def __init__(self, source: Iterator[list[str]]) -> None:
        self._source = source
        self._lines: list[str] = []
        self._at = 0
        self.last = ""

    def has_lines(self) -> bool:
        """Read on if no line waits; tell whether one does."""
        while self._at == len(self._lines):
            lines = next(self._source, None)
            if lines is None:
                return False
            self._lines, self._at = lines, 0
            self.last = lines[-1] if lines else ""
        return True

    def take(self, last: str) -> list[str]:
        """Take the lines up to this one."""
        start, self._at = self._at, bisect_right(self._lines, last, self._at)
        return self._lines[start : self._at]


def in_pieces(lines: Iterable[str], size: int) -> Iterator[bytes]:
    """Join lines that come one by one or in blocks.

    Args:
        lines: lines with their ends.
        size: characters in a piece, at least; the last has fewer.

    Yields:
        Lines in UTF-8; nothing if there are none.
    """
    piece: list[str] = []
    length = 0
    for line in lines:
        piece.append(line)
        length += len(line)
        if length >= size:
            yield "".join(piece).encode()
            piece, length = [], 0
    if piece:
        yield "".join(piece).encode()


def _join(blocks: list[str]) -> str:
    """Join blocks that overlap."""
    if len(blocks) == 1:
        return blocks[0]
    return "".join(sorted(set(split_lines("".join(blocks)))))


def split_lines(block: str) -> list[str]:
    """Split a block into lines, each with its end. Not splitlines: it cuts at U+2028, too."""
    return [f"{line}\n" for line in block[:-1].split("\n")]


def _read_lines(path: Path) -> Iterator[list[str]]:
    """Read the lines of a file, some at a time."""
    with path.open(encoding="utf-8", newline="\n", buffering=_READ) as file:
        while lines := file.readlines(_READ):
            yield lines
