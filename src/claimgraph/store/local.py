"""A store in this process: pyoxigraph in memory, or on disk in a folder.

Typed numbers come back in canonical form (`01` as `1`, `1.0` as `1`), since the store keeps values;
what claimgraph writes is canonical already.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import IO, Self

import pyoxigraph as ox

from claimgraph.errors import Place, QueryError, StoreError
from claimgraph.names import RDF, SKOS, Part, graph_name
from claimgraph.rdf import load_file
from claimgraph.sorting import SortedLines
from claimgraph.store.snapshot import forget_snapshot, open_snapshot
from claimgraph.store.source import Answer, Term, described, group_quads, text_graphs

INDEX = "index"
"""The folder inside a store folder that holds the database."""

_BLOCK = 1 << 20


class LocalStore:
    """A store in memory or on disk.

    Args:
        store: the database.
        location: what to call it in messages.
        folder: the store folder, if it has one.
    """

    def __init__(
        self, store: ox.Store, location: str = "store in memory", folder: Path | None = None
    ) -> None:
        self._store: ox.Store | None = store
        self._location = location
        self._folder = folder

    @classmethod
    def open_folder(cls, folder: Path, *, read_only: bool = True) -> Self:
        """Open the database of a store folder.

        Args:
            folder: a store folder.
            read_only: open it so that others can read it at the same time. To write, a process has
                to have the database for itself.

        Raises:
            StoreError: if it cannot be opened, or another process is writing to it.
        """
        index = folder / INDEX
        try:
            if read_only:
                return cls(ox.Store.read_only(str(index)), str(folder), folder)
            folder.mkdir(parents=True, exist_ok=True)
            return cls(ox.Store(str(index)), str(folder), folder)
        except (OSError, RuntimeError) as error:
            raise StoreError(
                f"the store cannot be opened: {error}",
                where=Place(str(folder)),
                repair="end the process that writes to it, or name a store that ingest made",
            ) from None

    @classmethod
    def open_file(cls, path: Path) -> Self:
        """Load an RDF file into memory.

        Raises:
            InputFileError: if it cannot be read.
            GraphError: with the line, if it is not valid RDF, or its name has no known ending.
        """
        store = cls(ox.Store(), str(path))
        store.load_file(path)
        return store

    @property
    def location(self) -> str:
        """What a user calls it."""
        return self._location

    @property
    def raw(self) -> ox.Store:
        """The database itself, for what has to be fast.

        Raises:
            StoreError: if the store is closed.
        """
        if self._store is None:
            raise StoreError("the store is closed", repair="open it again")
        return self._store

    def load_file(self, path: Path) -> None:
        """Load an RDF file on top of what is there, in bulk.

        Raises:
            InputFileError: if it cannot be read.
            GraphError: with the line, if it is not valid RDF, or its name has no known ending.
            StoreError: if the store cannot be written.
        """
        with self._writing():
            load_file(self.raw, path)

    def query(self, text: str, bindings: Mapping[str, Term], *, union: bool) -> Answer:
        """Answer a query; see `Source.query`."""
        try:
            return self.raw.query(
                text,
                use_default_graph_as_union=union,
                substitutions={ox.Variable(name): term for name, term in bindings.items()},
            )
        except (RuntimeError, ValueError, OSError) as error:
            raise QueryError(f"cannot be answered: {error}", repair="correct the query") from None

    def count(self) -> int:
        """Count the quads."""
        return len(self.raw)

    def open_snapshot(self) -> IO[bytes] | None:
        """Open the snapshot of the store's folder, if it is verified to be what the store holds."""
        return None if self._folder is None else open_snapshot(self._folder)

    def quads(self) -> Iterator[str]:
        """Give all quads as sorted N-Quads, from the database."""
        with tempfile.TemporaryDirectory(prefix="claimgraph-") as folder, SortedLines() as lines:
            dump = Path(folder) / "dump.nq"
            try:
                self.raw.dump(str(dump), ox.RdfFormat.N_QUADS)
            except OSError as error:
                raise StoreError(f"cannot be read: {error}", where=Place(self._location)) from None
            with dump.open(encoding="utf-8", newline="\n", buffering=_BLOCK) as file:
                for line in file:
                    lines.add(line)
            dump.unlink()
            yield from lines

    def replace_text(self, text_id: str, quads: Iterable[str]) -> None:
        """Replace what a text says, in one transaction; see `Source.replace_text`."""
        inserted = group_quads(text_id, quads)
        # An update is one transaction: after a crash, the store holds the old or the new.
        dropped = (*text_graphs(text_id), graph_name(Part.STATEMENTS))
        update = [f"DROP SILENT GRAPH {graph}" for graph in dropped]
        update += [
            f"DELETE WHERE {{ GRAPH {graph} {{ {subject} ?p ?o }} }}"
            for graph, subject in (
                *((graph_name(Part.DATASET), name) for name in described(text_id)),
                *((graph_name(Part.CONCEPTS), name) for name in self._orphans(dropped)),
            )
        ]
        update += [
            f"INSERT DATA {{ GRAPH {graph} {{ {' . '.join(triples)} }} }}"
            for graph, triples in inserted.items()
        ]
        with self._writing():
            self.raw.update(" ;\n".join(update))
            self.raw.flush()

    def replace_graph(self, graph: str, quads: Iterable[str]) -> None:
        """Replace a graph; see `Source.replace_graph`. A crash may leave it empty."""
        with self._writing(), tempfile.TemporaryFile() as file:
            file.writelines(piece.encode() for piece in quads)
            file.seek(0)
            self.raw.remove_graph(ox.NamedNode(graph[1:-1]))
            self.raw.bulk_load(file, ox.RdfFormat.N_QUADS)
            self.raw.flush()

    def close(self) -> None:
        """Let go of the database, all its changes written."""
        # pyoxigraph closes a database when nothing refers to it any more.
        self._store = None

    def __enter__(self) -> Self:
        """Give the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """Change the database: its snapshot is not what it holds any more."""
        try:
            if self._folder is not None:
                forget_snapshot(self._folder)
            yield
        except (RuntimeError, ValueError, OSError, SyntaxError) as error:
            raise StoreError(f"cannot be written: {error}", where=Place(self._location)) from None

    def _orphans(self, dropped: Sequence[str]) -> list[str]:
        """Name the concepts that only these graphs speak of and the ontology does not know.

        Args:
            dropped: the claims of a text, and other graphs.
        """
        concepts = ox.NamedNode(graph_name(Part.CONCEPTS)[1:-1])
        claims = ox.NamedNode(dropped[0][1:-1])
        spoken = {
            quad.object
            for role in ("subject", "object")
            for quad in self.raw.quads_for_pattern(None, ox.NamedNode(RDF + role), None, claims)
            if isinstance(quad.object, ox.NamedNode)
        }
        return [
            str(concept)
            for concept in sorted(spoken, key=str)
            if all(
                # Of a concept that came with a claim alone, these are all that is known.
                quad.predicate.value in (f"{RDF}type", f"{SKOS}prefLabel")
                for quad in self.raw.quads_for_pattern(concept, None, None, concepts)
            )
            and all(
                str(quad.graph_name) in dropped
                for quad in self.raw.quads_for_pattern(None, None, concept)
            )
        ]
