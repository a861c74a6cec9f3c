"""Many texts: their claims, extracted, and one page, one table and one graph of them all.

One text at a time is read, and its claims pass the gate; what stays in memory are texts and claims,
not their graphs. The graph is written text by text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from rdflib import Dataset, Graph

from claimgraph import exports
from claimgraph.documents import OnError, read_documents
from claimgraph.documents.layout import slug
from claimgraph.errors import InputFileError
from claimgraph.extract import Extractor
from claimgraph.extract.reading import extract_claims
from claimgraph.files import write_bytes, writing_lines
from claimgraph.graph import graph_iri, to_graph
from claimgraph.model import Claim, Document
from claimgraph.names import Part
from claimgraph.ontology import background_graph, concepts_graph, lexicon_graph, load_vocabulary
from claimgraph.page import ASKED, render_page


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts, each with a name of its own, and the claims found in them; how many were refused."""

    documents: tuple[Document, ...]
    claims: tuple[Claim, ...]
    refused: int


def read_corpus(
    paths: Iterable[Path],
    extractor: Extractor | None = None,
    *,
    on_error: OnError | None = None,
) -> Corpus:
    """Read the texts of files and extract their claims.

    Args:
        paths: files in any format that `documents.read_documents` knows; one may hold many texts.
        extractor: what finds the claims; the rules if not given.
        on_error: told of each record that cannot be read, which is then skipped. Without it, the
            first one raises.

    Returns:
        The corpus, texts in the order of their names. A name that is taken gets a number.

    Raises:
        InputFileError: if a file cannot be read, or if there is no text in any of them.
    """
    documents: dict[str, Document] = {}
    claims: list[Claim] = []
    refused = 0
    for path in paths:
        for document in read_documents(path, on_error=on_error):
            name = base = slug(document.id)
            number = 1
            while name in documents:
                number += 1
                name = f"{base}-{number}"
            documents[name] = own = replace(document, id=name)
            passed = extract_claims(own, extractor)
            claims += passed.claims
            refused += passed.refused
    if not documents:
        raise InputFileError("no text in what was named", repair="name other files")
    return Corpus(
        documents=tuple(documents[name] for name in sorted(documents)),
        claims=tuple(sorted(claims, key=lambda claim: (claim.text_id, claim.sort_key))),
        refused=refused,
    )


def holds_many(path: Path) -> bool:
    """Tell whether a file holds more than one text that can be read."""
    broken: list[InputFileError] = []
    return len(list(islice(read_documents(path, on_error=broken.append), 2))) > 1


def known_beside() -> Graph:
    """Give what is known beside any text: concepts, background statements, vocabulary."""
    graph = Graph(bind_namespaces="none")
    for part in _beside().values():
        for triple in part:
            graph.add(triple)
    return graph


def _beside() -> dict[Part, Graph]:
    """Give the parts of what is known beside any text."""
    return {
        Part.CONCEPTS: concepts_graph(),
        Part.BACKGROUND: background_graph(),
        Part.VOCABULARY: load_vocabulary(),
    }


def render_corpus(corpus: Corpus, *, title: str | None = None, with_sparql: bool = True) -> bytes:
    """Make the page of a corpus.

    What it can be asked in SPARQL is the claims of all texts and what is known beside them. No
    inference is part of it. It is left out where it is more than a page can be asked.

    Args:
        corpus: what to show.
        title: of the page; made of the number of texts if not given.
        with_sparql: whether the page carries the SPARQL engine, if it is there.
    """
    return render_page(
        corpus.documents,
        corpus.claims,
        known_beside(),
        title=title,
        with_sparql=with_sparql,
        asked=_asked(corpus) if with_sparql else None,
    )


def _asked(corpus: Corpus) -> Dataset:
    """Put together what the page can be asked; of too much, only so much that it shows."""
    own = _own(corpus)
    beside = _beside()
    spoken_of = {m.concept for c in corpus.claims for m in (c.subject, c.object) if m.concept}
    dataset = Dataset()
    count = 0
    for document in corpus.documents:
        for subject, predicate, object_, graph in to_graph(own[document.id], document, {}).quads():
            dataset.graph(graph).add((subject, predicate, object_))
            count += 1
        if count > ASKED:
            return dataset
    for part, triples in (*beside.items(), (Part.CONCEPTS, lexicon_graph(spoken_of))):
        target = dataset.graph(graph_iri(part))
        for triple in triples:
            target.add(triple)
    return dataset


def _own(corpus: Corpus) -> dict[str, list[Claim]]:
    """Give the claims of each text."""
    own: dict[str, list[Claim]] = {document.id: [] for document in corpus.documents}
    for claim in corpus.claims:
        own[claim.text_id].append(claim)
    return own


def write_corpus(
    corpus: Corpus, folder: Path, *, title: str | None = None, with_sparql: bool = True
) -> tuple[Path, ...]:
    """Write the page, the table and the graph of a corpus.

    `graph.nq` has the claims, direct triples and provenance of each text in its named graphs, text
    after text; inference over all of them is not part of it.

    Args:
        corpus: what to write.
        folder: where to; it is made if it does not exist.
        title: of the page; made of the number of texts if not given.
        with_sparql: whether the page carries the SPARQL engine, if it is there.

    Returns:
        The files written, in order.

    Raises:
        OutputError: if the folder cannot be written.
    """
    page = render_corpus(corpus, title=title, with_sparql=with_sparql)
    table = exports.to_csv(corpus.claims, corpus.documents)
    own = _own(corpus)
    with writing_lines(folder / "graph.nq") as write:
        for document in corpus.documents:
            quads = exports.to_nquads(to_graph(own[document.id], document, {}))
            write(quads.decode("utf-8").splitlines())
    write_bytes(folder / "claims.csv", table)
    write_bytes(folder / "graph.html", page)
    return tuple(folder / name for name in ("graph.nq", "claims.csv", "graph.html"))
