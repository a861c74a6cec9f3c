"""The main job: an article folder goes in, a validated dataset and its files come out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rdflib import DCTERMS, OWL, RDF, Dataset, Graph, Literal, Namespace, URIRef

from claimgraph import __version__, exports, vocab
from claimgraph.curation import read_claims
from claimgraph.documents import read_article
from claimgraph.documents.article import CLAIMS_FILE
from claimgraph.errors import ClaimError
from claimgraph.files import write_bytes
from claimgraph.gate import Rejection, pass_claims
from claimgraph.graph import Part, graph_iri, text_iri, to_graph
from claimgraph.model import Claim, Document
from claimgraph.ontology import (
    background_graph,
    concepts_graph,
    load_concepts,
    load_vocabulary,
)
from claimgraph.reasoning import infer
from claimgraph.report import write_report

DCAT = Namespace("http://www.w3.org/ns/dcat#")
VOID = Namespace("http://rdfs.org/ns/void#")
LICENCE = URIRef("https://creativecommons.org/publicdomain/zero/1.0/")


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
    _fill(dataset, Part.DATASET, _description(dataset, document))
    return Build(document, kept, reasons, tuple(rejections), dataset)


def write_files(build: Build, folder: Path) -> tuple[Path, ...]:
    """Write every form of a build. All bytes are made before the first file is touched.

    Args:
        build: what to write.
        folder: where to; it is made if it does not exist.

    Returns:
        The files written, in order.

    Raises:
        OutputError: if the folder cannot be written.
    """
    contents = {name: make(build) for name, make in FILES.items()}
    for name, data in contents.items():
        write_bytes(folder / name, data)
    return tuple(folder / name for name in contents)


FILES: dict[str, Callable[[Build], bytes]] = {
    "graph.ttl": lambda b: exports.to_turtle(exports.part_graph(b.dataset)),
    "background.ttl": lambda b: exports.to_turtle(
        exports.part_graph(b.dataset, (Part.BACKGROUND,))
    ),
    "inferred.ttl": lambda b: exports.to_turtle(exports.part_graph(b.dataset, (Part.INFERRED,))),
    "graph.trig": lambda b: exports.to_trig(b.dataset),
    "graph.nq": lambda b: exports.to_nquads(b.dataset),
    "graph.jsonld": lambda b: exports.to_jsonld(b.dataset),
    "claims.csv": lambda b: exports.to_csv(b.claims, [b.document]),
    "report.md": lambda b: write_report(
        b.document, b.claims, b.without_claims, b.dataset, b.rejections
    ),
}
"""The files of a build, each with how it is made."""


def _fill(dataset: Dataset, part: Part, source: Graph) -> None:
    """Add all triples of a graph to a named graph."""
    target = dataset.graph(graph_iri(part))
    for triple in source:
        target.add(triple)


def _description(dataset: Dataset, document: Document) -> Graph:
    """Describe the dataset: title, licence, source, and the size of each of its graphs."""
    graph = Graph(bind_namespaces="none")
    node = URIRef(f"{vocab.BASE}dataset/{document.id}")
    title = document.citation.title
    for kind in (DCAT.Dataset, VOID.Dataset):
        graph.add((node, RDF.type, kind))
    graph.add((node, DCTERMS.title, Literal(f"Claims of “{title}”", lang="en")))
    graph.add(
        (
            node,
            DCTERMS.description,
            Literal(
                "What the text claims, each claim with its exact words, certainty and qualifiers. "
                "The licence covers the statements; quotes belong to the text's author, "
                "identifiers to their sources.",
                lang="en",
            ),
        )
    )
    graph.add((node, DCTERMS.license, LICENCE))
    graph.add((node, DCTERMS.source, text_iri(document.id)))
    graph.add((node, OWL.versionInfo, Literal(__version__)))
    for part in dataset.graphs():
        kind_of = exports.part_of(part.identifier)
        if kind_of is not None and len(part):
            name = URIRef(str(part.identifier))
            graph.add((node, VOID.subset, name))
            graph.add((name, RDF.type, kind_of.graph_class))
            graph.add((name, VOID.triples, Literal(len(part))))
    return graph
