"""A page made of a graph alone shows the words that the page of the text itself shows."""

from dataclasses import replace

import pytest
from rdflib import Literal, URIRef

from claimgraph.errors import GraphError
from claimgraph.exports import to_trig
from claimgraph.graph import CG
from claimgraph.model import Citation
from claimgraph.page.source import read_documents
from claimgraph.pipeline import assemble
from claimgraph.rdf import read_dataset


@pytest.fixture
def read_back(build, tmp_path):
    path = tmp_path / "graph.trig"
    path.write_bytes(to_trig(build.dataset))
    return read_dataset(path)


def test_a_text_comes_back_from_its_graph(build, read_back):
    (document,) = read_documents(read_back)
    known = build.document
    assert document.id == known.id
    assert document.sha256 == known.sha256
    assert document.citation.title == known.citation.title
    assert document.sections == known.sections
    assert document.sentences == known.sentences


def test_every_quote_stands_where_its_claim_says(build, read_back):
    (document,) = read_documents(read_back)
    assert len(build.claims) == 90
    for claim in build.claims:
        assert claim.quote.span.cut(document.text) == claim.quote.text


def test_citation_comes_back_whole(build):
    citation = Citation("T", "de", "A", "P", "2020", "https://example.org/", "CC0", "N")
    known = replace(build.document, citation=citation)
    (document,) = read_documents(assemble(known, build.claims).dataset)
    assert document.citation == citation


def test_a_graph_without_texts_has_none(build):
    empty = assemble(build.document, []).dataset
    for graph in list(empty.graphs()):
        graph.remove((None, URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"), CG.Text))
    assert read_documents(empty) == ()


@pytest.mark.parametrize(
    ("predicate", "value", "message"),
    [(CG.sectionKind, None, "no kind"), (CG.number, Literal("x"), "no number"), (CG.start, None, "no number")],
)  # fmt: skip
def test_a_section_that_lacks_something_is_an_error(read_back, predicate, value, message):
    section = next(read_back.subjects(CG.sectionKind))
    for graph in list(read_back.graphs()):
        if (section, predicate, None) in graph:
            graph.remove((section, predicate, None))
            if value is not None:
                graph.add((section, predicate, value))
    with pytest.raises(GraphError, match=message):
        read_documents(read_back)
