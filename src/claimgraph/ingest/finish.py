"""The end of ingesting: shards and what the store held become one store.

The new snapshot and the new database are made beside the old ones. A file `commit` says that both
are whole; from then on the old ones are replaced, and whoever finds that file goes on with it. So a
process killed at any moment leaves the old store, or what it takes to get the new one.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable, Container, Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
from rdflib import Dataset

from claimgraph import vocab
from claimgraph.errors import Place, StoreError
from claimgraph.exports import to_nquads
from claimgraph.files import replacing, write_bytes
from claimgraph.graph import graph_iri
from claimgraph.names import RDF, Part, graph_name
from claimgraph.ontology import background_graph, concepts_graph, load_vocabulary
from claimgraph.rdf import cut_graph
from claimgraph.sorting import SortedLines
from claimgraph.statements import gather, read_evidence, statement_quads
from claimgraph.store import INDEX, SNAPSHOT, LocalStore, write_digest
from claimgraph.store.snapshot import DIGEST, forget_snapshot

_COMMIT = "commit"
_SHARED = tuple(
    graph_name(part) for part in (Part.STATEMENTS, Part.VOCABULARY, Part.BACKGROUND, Part.INFERRED)
)
_AT_ONCE = 16_000_000  # bytes of N-Quads loaded at a time: what is loaded at once is in memory
_ROLES = (f"<{RDF}subject>", f"<{RDF}object>")
_CONCEPT = f"<{vocab.CONCEPT}"


def finish(
    folder: Path, work: Path, shards: list[Path], texts: Container[str], say: Callable[[str], None]
) -> None:
    """Make the new store.

    Args:
        folder: the store folder.
        work: where the new one is made.
        shards: sorted N-Quads of the texts that were read.
        texts: those texts, whose quads in the old store are left out.
        say: told what is being done.

    Raises:
        ClaimgraphError: if it cannot be made; the old store is unharmed then.
    """
    say("merging")
    ontology = work / "ontology.nq"
    write_bytes(ontology, _ontology())
    merged = work / "merged.nq"
    with SortedLines(folder=work) as lines, replacing(merged) as file:
        if (folder / INDEX).is_dir():
            kept = work / "kept.nq"
            with replacing(kept) as rest:
                for line in _kept(_held(folder), texts):
                    rest.write(line.encode())
            lines.add_file(kept)
        for shard in (ontology, *shards):
            lines.add_file(shard)
        for piece in _without_orphans(lines, ontology):
            file.write(piece.encode())
    say("loading")
    index = work / INDEX
    shutil.rmtree(index, ignore_errors=True)
    with LocalStore.open_folder(work, read_only=False) as store:
        _load(store, merged)
        say("gathering statements")
        statements = work / "statements.nq"
        with SortedLines(folder=work) as lines:
            for block in statement_quads(gather(read_evidence(store))):
                lines.add(block)
            with replacing(statements) as file:
                for piece in lines:
                    file.write(piece.encode())
        if statements.stat().st_size:
            _load(store, statements)
        store.raw.flush()
    with SortedLines(folder=work) as lines, replacing(work / SNAPSHOT) as file:
        lines.add_file(merged)
        lines.add_file(statements)
        for piece in lines:
            file.write(piece.encode())
    write_digest(work)
    write_bytes(work / _COMMIT, b"")
    commit(folder, work)


def commit(folder: Path, work: Path) -> bool:
    """Put the new store in the place of the old one, if it is whole.

    Returns:
        Whether it was.
    """
    if not (work / _COMMIT).is_file():
        return False
    if (work / INDEX).is_dir():
        forget_snapshot(folder)
        if (folder / INDEX).is_dir():
            shutil.rmtree(work / "old", ignore_errors=True)
            (folder / INDEX).replace(work / "old")
        (work / INDEX).replace(folder / INDEX)
    if (work / SNAPSHOT).is_file():
        (work / SNAPSHOT).replace(folder / SNAPSHOT)
    if (work / DIGEST).is_file():
        (work / DIGEST).replace(folder / DIGEST)
    # The sign goes last but the folder: without it, the rest is rubbish that a new run clears.
    (work / _COMMIT).unlink()
    shutil.rmtree(work, ignore_errors=True)
    return True


def _ontology() -> bytes:
    """Write what every store holds: vocabulary, concepts and background."""
    dataset = Dataset(default_union=True)
    for part, graph in (
        (Part.CONCEPTS, concepts_graph()),
        (Part.BACKGROUND, background_graph()),
        (Part.VOCABULARY, load_vocabulary()),
    ):
        target = dataset.graph(graph_iri(part))
        for triple in graph:
            target.add(triple)
    return to_nquads(dataset)


def _held(folder: Path) -> Iterator[str]:
    """Give the lines of the old store: of its snapshot, or of the database that went past it."""
    with LocalStore.open_folder(folder) as store:
        snapshot = store.open_snapshot()
        if snapshot is None:
            for piece in store.quads():
                yield from (f"{line}\n" for line in piece[:-1].split("\n"))
            return
    with io.TextIOWrapper(snapshot, encoding="utf-8", newline="\n") as file:
        yield from file


def _kept(old: Iterable[str], texts: Container[str]) -> Iterator[str]:
    """Give the lines of the old store that stay: those of other texts, and of concepts."""
    dataset = graph_name(Part.DATASET)
    for line in old:
        triple, graph = cut_graph(line)
        if graph in _SHARED:
            continue
        name = triple[: triple.index(" ")] if graph == dataset else graph
        if _text_of(name) not in texts:
            yield line


def _text_of(name: str) -> str:
    """Tell which text a graph or a dataset is of; empty if of none."""
    iri = name[1:-1]
    if iri.startswith(vocab.TEXT):
        return iri.removeprefix(vocab.TEXT).rpartition("/")[0]
    return iri.removeprefix(f"{vocab.BASE}dataset/") if "/dataset/" in iri else ""


def _without_orphans(lines: SortedLines, ontology: Path) -> Iterator[str]:
    """Leave out concepts that no claim speaks of any more and the ontology does not know."""
    concepts = graph_name(Part.CONCEPTS)
    spoken: set[str] = set()
    known: set[str] = set()
    with ontology.open(encoding="utf-8", newline="\n") as file:
        known.update(line[: line.index(" ")] for line in file)
    # Claims come before concepts, since lines are sorted and "claim/" is before "concept/"; so all
    # that claims speak of is known when the first concept comes.
    for piece in lines:
        for line in piece[:-1].split("\n"):
            subject, predicate, rest = line.split(" ", 2)
            if predicate in _ROLES and rest.startswith(_CONCEPT):
                spoken.add(rest[: rest.index(" ")])
            elif (
                subject.startswith(_CONCEPT)
                and line.endswith(f" {concepts} .")
                and subject not in spoken
                and subject not in known
            ):
                continue
            yield f"{line}\n"


def _load(store: LocalStore, path: Path) -> None:
    """Load N-Quads that we wrote, a part at a time, in memory that does not grow with them.

    Raises:
        StoreError: if the store cannot be written.
    """
    try:
        with path.open("rb") as file:
            while lines := file.readlines(_AT_ONCE):
                store.raw.bulk_load(b"".join(lines), ox.RdfFormat.N_QUADS)
    except OSError as error:
        raise StoreError(f"cannot be written: {error}", where=Place(store.location)) from None
