"""What to ingest: files, folders and patterns become files, in an order that is always the same."""

from __future__ import annotations

import glob
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from claimgraph.errors import InputFileError, Place


@dataclass(frozen=True, slots=True, order=True)
class Input:
    """A file to read, as it was when the run began: size in bytes, time of change in ns."""

    path: str
    size: int
    changed: int


def find_inputs(names: Iterable[Path]) -> tuple[Input, ...]:
    """Find the files that a user means.

    Args:
        names: files; folders, which stand for all files below them that are not hidden; patterns
            with `*`, `?`, `[…]` or `**`.

    Returns:
        The files by name, each once.

    Raises:
        InputFileError: if a name stands for no file, or a file cannot be looked at.
    """
    found: dict[str, Input] = {}
    for name in names:
        files = _files(name)
        if not files:
            raise InputFileError(
                "no such file, and no files in it or of that pattern",
                where=Place(str(name)),
                repair="check the path",
            )
        for file in files:
            try:
                status = file.stat()
            except OSError as error:
                raise InputFileError(
                    f"cannot be read: {error.strerror or error}", where=Place(str(file))
                ) from None
            found[str(file)] = Input(str(file), status.st_size, status.st_mtime_ns)
    return tuple(sorted(found.values()))


def _files(name: Path) -> list[Path]:
    """Give the files that one name stands for."""
    if name.is_dir():
        return [
            file
            for file in name.rglob("*")
            if file.is_file() and not any(p.startswith(".") for p in file.relative_to(name).parts)
        ]
    if name.exists():
        return [name]
    # Not Path.glob: a user's pattern may begin anywhere, and that one begins in a folder.
    matches = (Path(match) for match in glob.glob(str(name), recursive=True))  # noqa: PTH207
    return [file for match in matches for file in ([match] if match.is_file() else _files(match))]
