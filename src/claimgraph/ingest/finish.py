"""The end of ingesting: shards and what the store held become one store.

The new snapshot and the new database are made beside the old ones. A file `commit` says that both
are whole; from then on the old ones are replaced, and whoever finds that file goes on with it. So a
process killed at any moment leaves the old store, or what it takes to get the new one.
"""

from __future__ import annotations

import io
import itertools
import shutil
from bisect import bisect_left
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from rdflib import Dataset

from claimgraph import vocab
from claimgraph.exports import to_nquads
from claimgraph.files import replacing, write_bytes
from claimgraph.graph import graph_iri
from claimgraph.ingest.evidence import IN_MEMORY, PassingEvidence
from claimgraph.ingest.loading import AT_ONCE, Loader
from claimgraph.names import Part, graph_name
from claimgraph.ontology import background_graph, concepts_graph, load_vocabulary
from claimgraph.rdf import cut_graph
from claimgraph.sorting import SortedLines, in_pieces, split_lines
from claimgraph.statements import gather, sort_evidence, statement_quads
from claimgraph.store import INDEX, SNAPSHOT, LocalStore, write_digest
from claimgraph.store.snapshot import DIGEST, forget_snapshot

_COMMIT = "commit"
_SHARED = tuple(
    graph_name(part) for part in (Part.STATEMENTS, Part.VOCABULARY, Part.BACKGROUND, Part.INFERRED)
)
_CONCEPT = f"<{vocab.CONCEPT}"
_STATEMENT = f"<{vocab.STATEMENT}"
_BOUNDS = (_CONCEPT, f"{_CONCEPT[:-1]}0", _STATEMENT)  # "0" is what comes after "/"


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
    say("merging and loading")
    merged, statements = work / "merged.nq", work / "statements.nq"
    shutil.rmtree(work / INDEX, ignore_errors=True)
    with (
        LocalStore.open_folder(work, read_only=False) as store,
        Loader(store) as loader,
        PassingEvidence(work) as evidence,
    ):
        with SortedLines(folder=work) as lines, replacing(merged) as file:
            if (folder / INDEX).is_dir():
                lines.add_file(_write_kept(folder, texts, work / "kept.nq"))
            ontology = _write_ontology(work / "ontology.nq")
            for shard in (ontology, *shards):
                lines.add_file(shard)
            place = 0
            passing = _pass_by(lines, ontology, evidence)
            for is_after, part in itertools.groupby(passing, key=lambda block: block > _STATEMENT):
                for piece in in_pieces(part, AT_ONCE):
                    file.write(piece)
                    loader.take(piece)
                if not is_after:
                    place = file.tell()
        say("gathering statements")
        with SortedLines(IN_MEMORY, work) as lines, replacing(statements) as file:
            for block in statement_quads(gather(sort_evidence(evidence.rows(), IN_MEMORY))):
                lines.add(block)
            for piece in in_pieces(lines, AT_ONCE):
                file.write(piece)
                loader.take(piece)
        # While the last pieces are loaded.
        with replacing(work / SNAPSHOT) as file:
            _splice(merged, place, statements, file)
        write_digest(work)
        loader.wait()
        store.raw.flush()
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


def _write_ontology(path: Path) -> Path:
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
    write_bytes(path, to_nquads(dataset))
    return path


def _write_kept(folder: Path, texts: Container[str], path: Path) -> Path:
    """Write the lines of the old store that stay."""
    with replacing(path) as file:
        for piece in in_pieces(_kept(_held(folder), texts), AT_ONCE):
            file.write(piece)
    return path


def _held(folder: Path) -> Iterator[str]:
    """Give the lines of the old store: of its snapshot, or of the database that went past it."""
    with LocalStore.open_folder(folder) as store:
        snapshot = store.open_snapshot()
        if snapshot is None:
            for piece in store.quads():
                yield from split_lines(piece)
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


def _pass_by(lines: SortedLines, ontology: Path, evidence: PassingEvidence) -> Iterator[str]:
    """Let lines pass by the evidence, without those of concepts that nothing speaks of any more.

    Yields:
        Blocks of lines, in order, each before or behind the place of statements.
    """
    with ontology.open(encoding="utf-8", newline="\n") as file:
        known = {line[: line.index(" ")] for line in file}
    for whole in lines:
        for block in _cut(whole, _BOUNDS):
            # Claims come before concepts, so all that they speak of is known by then.
            kept = (
                _without_orphans(block, known, evidence.spoken_of)
                if block.startswith(_CONCEPT)
                else block
            )
            if kept:
                evidence.see(kept)
                yield kept


def _cut(block: str, bounds: Sequence[str]) -> Iterator[str]:
    """Cut sorted lines before each bound, where lines stand on both sides of it."""
    for bound in bounds:
        if block < bound <= block[block.rfind("\n", 0, -1) + 1 :]:
            lines = split_lines(block)
            at = bisect_left(lines, bound)
            yield "".join(lines[:at])
            block = "".join(lines[at:])
    yield block


def _without_orphans(block: str, known: Container[str], spoken_of: Container[str]) -> str:
    """Leave out what describes concepts that no claim speaks of and the ontology does not know."""
    concepts = f" {graph_name(Part.CONCEPTS)} ."
    kept = []
    for line in block[:-1].split("\n"):
        subject = line[: line.index(" ")]
        if not line.endswith(concepts) or subject in known or subject[1:-1] in spoken_of:
            kept.append(f"{line}\n")
    return "".join(kept)


def _splice(merged: Path, place: int, statements: Path, file: IO[bytes]) -> None:
    """Copy lines and, at a place in bytes among them, the lines of statements."""
    with merged.open("rb") as rest, statements.open("rb") as block:
        while place > 0 and (piece := rest.read(min(place, AT_ONCE))):
            file.write(piece)
            place -= len(piece)
        shutil.copyfileobj(block, file)
        shutil.copyfileobj(rest, file)
