"""The main job: an article folder goes in, a validated dataset and its files come out."""

from __future__ import annotations

import contextlib
import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from rdflib import Dataset, Graph

from claimgraph import exports, vocab
from claimgraph.curation import read_claims
from claimgraph.documents import Format, read_article, read_one_text
from claimgraph.documents.article import CLAIMS_FILE, SOURCE_FILE, TEXT_FILE
from claimgraph.documents.layout import slug
from claimgraph.drafting import Draft, draft_article
from claimgraph.errors import ClaimError, GraphError, NotFoundError, OutputError, Place
from claimgraph.extract import Extractor
from claimgraph.extract.reading import extract_claims, find_silent
from claimgraph.files import write_bytes
from claimgraph.gate import Rejection, pass_claims
from claimgraph.graph import (
    Part,
    from_graph,
    graph_iri,
    read_concept,
    read_sentences,
    to_graph,
)
from claimgraph.model import Claim, Concept, Document, Passage
from claimgraph.ontology import (
    background_graph,
    concepts_graph,
    lexicon_graph,
    load_concepts,
    load_vocabulary,
)
from claimgraph.rdf import parse_quads, read_dataset
from claimgraph.reasoning import infer
from claimgraph.report import write_report
from claimgraph.resources import bundled_article
from claimgraph.store import is_store, is_url, open_source
from claimgraph.triples import dataset_quads

if TYPE_CHECKING:
    from claimgraph.queries import QueryEngine


@dataclass(frozen=True, slots=True)
class Build:
    """What one text became."""

    document: Document
    claims: tuple[Claim, ...]
    without_claims: Mapping[int, str]
    rejections: tuple[Rejection, ...]
    dataset: Dataset


def build_article(folder: Path) -> Build:
    """Build the dataset of an article folder with reviewed claims.

    Args:
        folder: holds `article.txt`, `source.yaml` and `claims.yaml`.

    Raises:
        ClaimgraphError: with file and line, for anything in the folder that is not right. Reviewed
            claims that do not pass the gate are an error, not a smaller graph.
    """
    document = read_article(folder)
    curation = read_claims(folder / CLAIMS_FILE, document, load_concepts())
    passed = pass_claims(curation.claims, document)
    if passed.rejections:
        first, more = passed.rejections[0], len(passed.rejections) - 1
        raise ClaimError(
            f"claim {first.claim.key!r}: {first.reason}" + (f" (and {more} more)" if more else ""),
            where=curation.places[first.claim.id],
            repair="correct the claim; the rules are in claimgraph/gate.py",
        )
    return assemble(document, passed.claims, dict(curation.without_claims))


def build_text(path: Path, extractor: Extractor | None = None) -> Build:
    """Build the dataset of a text that nobody has annotated, its claims extracted.

    Args:
        path: a file that holds one text, in any format that `documents.read_documents` knows.
        extractor: what finds the claims; the rules if not given.

    Raises:
        ClaimgraphError: if the file cannot be read or holds no text.
    """
    document = read_one_text(path)
    document = replace(document, id=slug(document.id))
    passed = extract_claims(document, extractor)
    silent = find_silent(document, passed.claims)
    return assemble(document, passed.claims, silent, passed.rejections)


def draft_text(
    source: Path,
    folder: Path | None = None,
    *,
    as_format: Format | None = None,
    extractor: Extractor | None = None,
    force: bool = False,
) -> tuple[Draft, tuple[Path, ...]]:
    """Extract the claims of a text, and write them for a person to correct, as an article folder.

    The text and what is known of it stay as they are where the folder has that text already.

    Args:
        source: a file that holds one text, in any format, or an article folder.
        folder: the folder to write; by default the article folder itself, or one in the current
            directory that is named after the text.
        as_format: what the file is; told from its name and content if not given.
        extractor: what finds the claims; the rules if not given.
        force: whether to write over claims that are there already, or over another text.

    Returns:
        The draft and the files written.

    Raises:
        InputFileError: if the file cannot be read, or holds no text or more than one.
        OutputError: if the folder cannot be written, or holds work that would be lost.
    """
    document = (
        read_article(source) if source.is_dir() else read_one_text(source, as_format=as_format)
    )
    document = replace(document, id=slug(document.id))
    target = folder or (source if source.is_dir() else Path(document.id))
    text = target / TEXT_FILE
    has_text = text.is_file() and text.read_bytes() == document.text.encode("utf-8")
    kept = {TEXT_FILE, SOURCE_FILE} if has_text and (target / SOURCE_FILE).is_file() else set()
    if kept:
        document = replace(document, id=read_article(target).id)
    # Looked at first: extracting may take long, or cost money.
    wanted = (TEXT_FILE, SOURCE_FILE, CLAIMS_FILE)
    files = tuple(target / name for name in wanted if name not in kept)
    there = [file for file in files if file.exists()]
    if there and not force:
        raise OutputError(
            "is there already, perhaps reviewed by a person",
            where=Place(str(there[-1])),
            repair="name another folder with -o, or write over it with --force",
        )
    draft = draft_article(document, extract_claims(document, extractor).claims, load_concepts())
    for file in files:
        write_bytes(file, draft.files[file.name])
    return draft, files


def assemble(
    document: Document,
    claims: Iterable[Claim],
    without_claims: Mapping[int, str] | None = None,
    rejections: Iterable[Rejection] = (),
) -> Build:
    """Put claims, ontology, background and inference together into one dataset.

    Args:
        document: the text.
        claims: claims of it that have passed the gate.
        without_claims: sentences that make no claim, with the reason.
        rejections: what did not pass, for the report.
    """
    kept = tuple(sorted(claims, key=lambda c: c.sort_key))
    reasons = dict(without_claims or {})
    dataset = to_graph(kept, document, reasons)
    background = background_graph()
    parts = {
        Part.CONCEPTS: concepts_graph(),
        Part.BACKGROUND: background,
        Part.VOCABULARY: load_vocabulary(),
        Part.INFERRED: infer(kept, background, load_vocabulary()),
    }
    for part, source in parts.items():
        _fill(dataset, part, source)
    spoken_of = (m.concept for c in kept for m in (c.subject, c.object) if m.concept is not None)
    _fill(dataset, Part.CONCEPTS, lexicon_graph(spoken_of))
    _fill(dataset, Part.DATASET, _description(dataset, document))
    return Build(document, kept, reasons, tuple(rejections), dataset)


def write_files(build: Build, folder: Path, *, with_sparql: bool = True) -> tuple[Path, ...]:
    """Write every form of a build. All bytes are made before the first file is touched.

    Args:
        build: what to write.
        folder: where to; it is made if it does not exist.
        with_sparql: whether the page carries the SPARQL engine, if it is there.

    Returns:
        The files written, in order.

    Raises:
        OutputError: if the folder cannot be written.
    """
    forms = FILES if with_sparql else {**FILES, "graph.html": _page_without_sparql}
    contents = {name: make(build) for name, make in forms.items()}
    for name, data in contents.items():
        write_bytes(folder / name, data)
    return tuple(folder / name for name in contents)


def check(build: Build) -> None:
    """Hold a build's graph to the shapes of the ontology.

    Raises:
        GraphError: with the first violation, if there is any.
    """
    from claimgraph.shapes import validate_dataset

    validation = validate_dataset(build.dataset)
    if not validation.conforms:
        first, more = validation.violations[0], len(validation.violations) - 1
        raise GraphError(
            f"the graph violates its shapes: {first.focus}: {first.message}"
            + (f" (and {more} more)" if more else ""),
            repair="correct the claim or the ontology; claimgraph validate lists all violations",
        )


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What commands read from: a dataset, the claims in it, and the sentences they stand in."""

    dataset: Dataset
    claims: tuple[Claim, ...]
    sentences: Mapping[tuple[str, int], Passage]
    documents: tuple[Document, ...] = ()

    def find_claim(self, name: str) -> Claim:
        """Give the claim of that key, id, beginning of an id, or IRI.

        Raises:
            NotFoundError: if there is none, or more than one.
        """
        wanted = name.removeprefix(vocab.CLAIM).removeprefix("claim:")
        found = [c for c in self.claims if wanted in (c.key, c.id)] or [
            c for c in self.claims if len(wanted) >= 4 and c.id.startswith(wanted)
        ]
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFoundError(
                f"{name!r} stands for {len(found)} claims",
                repair=f"use an id: {', '.join(c.id for c in found[:5])}",
            )
        close = difflib.get_close_matches(wanted, [c.key for c in self.claims if c.key], n=3)
        raise NotFoundError(
            f"no claim {name!r}" + (f"; did you mean {', '.join(close)}?" if close else ""),
            repair="list the claims with: claimgraph claims",
        )

    def find_concept(self, name: str) -> Concept:
        """Give the concept of that id, label, other name, or IRI.

        Raises:
            QueryError: if there is none, or more than one.
        """
        from claimgraph.queries import QueryEngine

        return read_concept(self.dataset, QueryEngine(self.dataset).find_concept(name))


def open_knowledge(location: Path | str | None = None) -> Knowledge:
    """Open what a command is to read.

    Args:
        location: an article folder, an RDF file, a store folder, or the address of a SPARQL
            endpoint, all of which is fetched; the article that claimgraph carries if not given.

    Raises:
        ClaimgraphError: if it cannot be read or holds what it should not.
    """
    if location is not None and not _is_article(location):
        dataset = open_dataset(location)
        return Knowledge(dataset, from_graph(dataset), read_sentences(dataset))
    build = build_article(bundled_article() if location is None else Path(location))
    document = build.document
    sentences = {(document.id, s.number): s.passage for s in document.sentences}
    return Knowledge(build.dataset, build.claims, sentences, (document,))


def open_dataset(location: Path | str) -> Dataset:
    """Read an RDF file, a store folder or an endpoint whole into a dataset.

    Raises:
        ClaimgraphError: if it cannot be read.
    """
    if not is_url(location) and not Path(location).is_dir():
        return read_dataset(Path(location))
    with open_source(location) as source:
        return parse_quads("".join(source.quads()))


@contextlib.contextmanager
def asking(location: Path | str | None = None) -> Iterator[QueryEngine]:
    """Open what a query is to ask; what is in a store or at an endpoint is asked there.

    Args:
        location: as `open_knowledge` takes it.

    Raises:
        ClaimgraphError: if it cannot be read or holds what it should not.
    """
    from claimgraph.queries import QueryEngine

    if location is None or _is_article(location):
        yield QueryEngine(open_knowledge(location).dataset)
        return
    with open_source(location) as source:
        yield QueryEngine(source)


def _is_article(location: Path | str) -> bool:
    """Tell whether a location is an article folder: a folder, and no store."""
    return not is_url(location) and Path(location).is_dir() and not is_store(Path(location))


def _graphml(claims: Iterable[Claim], dataset: Dataset) -> bytes:
    """Write claims and background as a network."""
    from claimgraph.network import to_network

    return exports.to_graphml(to_network(claims, dataset))


def _page(build: Build) -> bytes:
    """Write the page."""
    from claimgraph.page import render_page

    return render_page(build.document, build.claims, build.dataset)


def _page_without_sparql(build: Build) -> bytes:
    """Write the page without the engine."""
    from claimgraph.page import render_page

    return render_page(build.document, build.claims, build.dataset, with_sparql=False)


def _fill(dataset: Dataset, part: Part, source: Graph) -> None:
    """Add all triples of a graph to a named graph."""
    target = dataset.graph(graph_iri(part))
    for triple in source:
        target.add(triple)


def _description(dataset: Dataset, document: Document) -> Graph:
    """Describe the dataset: title, licence, source, and the size of each of its graphs."""
    graphs = {
        f"<{graph.identifier}>": (part, len(graph))
        for graph in dataset.graphs()
        if (part := exports.part_of(graph.identifier)) is not None and len(graph)
    }
    described = parse_quads("".join(dataset_quads(document, graphs)))
    return described.graph(graph_iri(Part.DATASET))


FILES: dict[str, Callable[[Build], bytes]] = {
    "graph.ttl": lambda b: exports.to_turtle(exports.part_graph(b.dataset)),
    "background.ttl": lambda b: exports.to_turtle(
        exports.part_graph(b.dataset, (Part.BACKGROUND,))
    ),
    "inferred.ttl": lambda b: exports.to_turtle(exports.part_graph(b.dataset, (Part.INFERRED,))),
    "graph.trig": lambda b: exports.to_trig(b.dataset),
    "graph.nq": lambda b: exports.to_nquads(b.dataset),
    "graph.jsonld": lambda b: exports.to_jsonld(b.dataset),
    "graph.graphml": lambda b: _graphml(b.claims, b.dataset),
    "claims.csv": lambda b: exports.to_csv(b.claims, [b.document]),
    "report.md": lambda b: write_report(
        b.document, b.claims, b.without_claims, b.dataset, b.rejections
    ),
    "graph.html": _page,
}
"""The files of a build, each with how it is made."""

EXPORTS: dict[str, Callable[[Knowledge], bytes]] = {
    "turtle": lambda k: exports.to_turtle(exports.text_graph(k.dataset)),
    "trig": lambda k: exports.to_trig(k.dataset),
    "nquads": lambda k: exports.to_nquads(k.dataset),
    "jsonld": lambda k: exports.to_jsonld(k.dataset),
    "graphml": lambda k: _graphml(k.claims, k.dataset),
    "csv": lambda k: exports.to_csv(k.claims, k.documents),
}
"""The forms that `claimgraph export` offers."""
