"""The texts of a run as shards: sorted N-Quads and a table of claims, for servers and engines.

A shard holds whole texts, in the order in which they were read; it does not depend on who read
them. Merged and sorted, the N-Quads of all shards are what the store holds of these texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from claimgraph.errors import OutputError, Place
from claimgraph.files import replacing
from claimgraph.sorting import SortedLines
from claimgraph.store import LocalStore
from claimgraph.table import write_table

BATCHES = 16
"""Batches in a shard: some 1,000 texts, which fit into memory as a graph."""

_NAME = re.compile(r"[0-9]{5,}\.(?:nq|parquet)")


def check_shards(folder: Path) -> None:
    """Make the folder for shards.

    Raises:
        OutputError: if it cannot be made, or holds something that is no shard.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        foreign = sorted(one.name for one in folder.iterdir() if not _NAME.fullmatch(one.name))
    except OSError as error:
        raise OutputError(
            f"cannot be made: {error.strerror or error}", where=Place(str(folder))
        ) from None
    if foreign:
        raise OutputError(
            f"holds something that is no shard: {foreign[0]}",
            where=Place(str(folder)),
            repair="name an empty folder, or a new one",
        )


def write_shards(folder: Path, batches: list[Path], say: Callable[[str], None]) -> None:
    """Write shards; those of an earlier run are replaced.

    Args:
        folder: where to.
        batches: the sorted N-Quads of each batch.
        say: told what is being done.

    Raises:
        OutputError: if the folder cannot be written.
        StoreError: if DuckDB is not installed.
    """
    names: set[str] = set()
    starts = range(0, len(batches), BATCHES)
    for number, start in enumerate(starts):
        say(f"writing shard {number + 1} of {len(starts)}")
        quads, table = folder / f"{number:05}.nq", folder / f"{number:05}.parquet"
        with SortedLines() as lines, replacing(quads) as file:
            for batch in batches[start : start + BATCHES]:
                lines.add_file(batch)
            for piece in lines:
                file.write(piece.encode())
        with LocalStore.open_file(quads) as store:
            write_table(store, table)
        names |= {quads.name, table.name}
    for old in folder.iterdir():
        if _NAME.fullmatch(old.name) and old.name not in names:
            old.unlink()
