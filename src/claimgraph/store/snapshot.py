"""The snapshot of a store folder: all its quads as sorted N-Quads, with a checksum.

The database is what counts. The snapshot is used in its place only while the checksum beside it is
there and right; whoever changes the database takes the checksum away first.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import IO

from claimgraph.files import write_bytes

SNAPSHOT = "graph.nq"
"""All of a store as sorted N-Quads, beside the database made of it."""

DIGEST = f"{SNAPSHOT}.sha256"
"""Its checksum, as `sha256sum -c` takes it."""


def write_digest(folder: Path) -> None:
    """Write the checksum of a folder's snapshot.

    Raises:
        OSError: if the snapshot cannot be read.
        OutputError: if the checksum cannot be written.
    """
    with (folder / SNAPSHOT).open("rb") as file:
        write_bytes(folder / DIGEST, _line(file))


def forget_snapshot(folder: Path) -> None:
    """Say that a folder's snapshot is not what its database holds."""
    (folder / DIGEST).unlink(missing_ok=True)


def open_snapshot(folder: Path) -> IO[bytes] | None:
    """Open a folder's snapshot at its beginning, if its checksum is there and right."""
    try:
        wanted = (folder / DIGEST).read_bytes()
        file = (folder / SNAPSHOT).open("rb")
    except OSError:
        return None
    try:
        if _line(file) == wanted:
            file.seek(0)
            return file
    except OSError:
        pass
    file.close()
    return None


def _line(file: IO[bytes]) -> bytes:
    """Give the checksum of a file as a line."""
    return f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {SNAPSHOT}\n".encode()  # type: ignore[arg-type]
