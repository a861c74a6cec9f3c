from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset, Graph, Literal, URIRef
from rdflib.compare import isomorphic

from claimgraph.errors import GraphError
from claimgraph.exports import to_nquads
from claimgraph.graph import from_graph, to_graph
from claimgraph.rdf import cut_graph, parse_quads
from claimgraph.stream import TextClaims, stream_nquads, stream_trig, stream_turtle
from tests.strategies import article, documents_with_claims, law, small_claim, small_document

TEXTS = st.lists(documents_with_claims(), max_size=3, unique_by=lambda pair: pair[0].id).map(
    lambda pairs: [TextClaims(document, claims) for document, claims in pairs]
)


def article_text() -> TextClaims:
    build = article()
    return TextClaims(build.document, build.claims, build.without_claims)


def copies(count: int) -> list[TextClaims]:
    """Give the article under several names."""
    texts = []
    for number in range(count):
        document = replace(article().document, id=f"copy-{number}")
        claims = tuple(replace(claim, text_id=document.id) for claim in article().claims)
        texts.append(TextClaims(document, claims))
    return texts


def union(texts: list[TextClaims]) -> Dataset:
    """Build the same with rdflib, text by text."""
    dataset = Dataset(default_union=True)
    for text in texts:
        for *triple, name in to_graph(text.claims, text.document, text.without_claims).quads():
            dataset.graph(name).add(tuple(triple))
    return dataset


def by_graph(dataset: Dataset) -> dict[object, Graph]:
    return {graph.identifier: graph for graph in dataset.graphs() if len(graph)}


@law(60)
@given(TEXTS)
def test_the_stream_is_what_the_export_of_the_graph_is(texts):
    assert "".join(stream_nquads(texts)).encode() == to_nquads(union(texts))


def test_the_article_streams_to_the_bytes_of_its_export():
    build = article()
    dataset = to_graph(build.claims, build.document, build.without_claims)
    assert "".join(stream_nquads([article_text()])).encode() == to_nquads(dataset)


@law(60)
@given(TEXTS)
def test_rdflib_reads_nquads_turtle_and_trig_as_the_same_graph(texts):
    wanted = union(texts)
    quads = list(stream_nquads(texts))
    read = Dataset()
    read.parse(data="".join(quads), format="nquads")
    assert by_graph(read).keys() == by_graph(wanted).keys()
    for name, graph in by_graph(wanted).items():
        assert isomorphic(by_graph(read)[name], graph)
    read = Dataset()
    read.parse(data="".join(stream_trig(quads)), format="trig")
    assert by_graph(read).keys() == by_graph(wanted).keys()
    for name, graph in by_graph(wanted).items():
        assert isomorphic(by_graph(read)[name], graph)
    flat = Graph()
    flat.parse(data="".join(stream_turtle(quads)), format="turtle")
    together = Graph()
    for triple in wanted.triples((None, None, None)):
        together.add(triple)
    assert isomorphic(flat, together)


@law(40)
@given(TEXTS)
def test_the_claims_come_back_from_every_form(texts):
    wanted = tuple(
        sorted((c for t in texts for c in t.claims), key=lambda c: (c.text_id, c.sort_key))
    )
    quads = list(stream_nquads(texts))
    assert from_graph(parse_quads("".join(quads))) == wanted
    assert from_graph(parse_quads("".join(stream_trig(quads)), ox.RdfFormat.TRIG)) == wanted
    assert from_graph(parse_quads("".join(stream_turtle(quads)), ox.RdfFormat.TURTLE)) == wanted


@law(40)
@given(TEXTS, st.integers(1, 5000), st.randoms())
def test_memory_and_order_of_texts_do_not_show(texts, in_memory, random):
    wanted = "".join(stream_nquads(texts))
    shuffled = [*texts]
    random.shuffle(shuffled)
    assert "".join(stream_nquads(shuffled, in_memory)) == wanted
    assert "".join(stream_trig([wanted], in_memory)) == "".join(stream_trig([wanted]))


def test_lines_are_sorted_as_bytes_and_none_comes_twice():
    lines = "".join(stream_nquads(copies(3), 10_000)).encode().split(b"\n")[:-1]
    assert lines == sorted(set(lines))
    assert len(lines) == len(set(union(copies(3)).quads()))


def test_turtle_has_every_subject_once_and_in_order():
    turtle = "".join(stream_turtle(stream_nquads(copies(2))))
    heads = [block.split(" ")[0] for block in turtle.split("\n\n")[1:]]
    assert len(heads) == len(set(heads)) > 100
    assert "cg:start 0 ;" in turtle
    assert "a cg:Claim ;" in turtle


@pytest.mark.parametrize(
    "object_",
    [
        '"a <http://x>"',
        '"a <http://x>"@en',
        '"ends in <b>"',
        '"1"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"01"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        '"1"^^<http://www.w3.org/2001/XMLSchema#decimal>',
        '"1.5"^^<http://www.w3.org/2001/XMLSchema#integer>',
        '"x y"^^<http://example.org/type>',
        "<http://example.org/o>",
        "<https://w3id.org/claimgraph/concept/a.b>",
        "<https://w3id.org/claimgraph/concept/>",
        '""',
    ],
)
@pytest.mark.parametrize("graph", ["", " <http://example.org/g>"])
def test_foreign_quads_keep_their_terms_to_the_letter(object_, graph):
    quad = f"<http://example.org/s> <http://example.org/p> {object_}{graph} .\n"
    assert cut_graph(quad) == (quad[:-3].removesuffix(graph), graph[1:])
    wanted = list(ox.parse(quad, ox.RdfFormat.N_QUADS))
    assert list(ox.parse("".join(stream_trig([quad])), ox.RdfFormat.TRIG)) == wanted
    (triple,) = ox.parse("".join(stream_turtle([quad])), ox.RdfFormat.TURTLE)
    assert triple.triple == wanted[0].triple


def test_a_triple_of_two_graphs_stands_once_in_turtle():
    quads = ["<a:s> <a:p> <a:o> .\n", "<a:s> <a:p> <a:o> <a:g> .\n"]
    graph = Graph().parse(data="".join(stream_turtle(quads)), format="turtle")
    assert set(graph) == {(URIRef("a:s"), URIRef("a:p"), URIRef("a:o"))}
    assert "".join(stream_turtle(quads)).count("<a:o>") == 1


def test_a_text_whose_name_makes_no_iri_is_refused():
    document = replace(small_document(), id="a b")
    claim = small_claim(text_id="a b")
    with pytest.raises(GraphError, match="cannot publish"):
        list(stream_nquads([TextClaims(document, (claim,))]))


def test_what_the_text_says_cannot_break_out_of_its_literal():
    evil = '" . <a:x> <a:y> "'
    document = replace(
        small_document(), citation=replace(small_document().citation, note=f"{evil}\n{evil}")
    )
    dataset = parse_quads("".join(stream_nquads([TextClaims(document, ())])))
    assert (None, None, Literal(f"{evil}\n{evil}")) in dataset
    assert (URIRef("a:x"), None, None) not in dataset


def test_no_text_gives_nothing():
    assert "".join(stream_nquads([])) == ""
    assert len(Graph().parse(data="".join(stream_turtle([])), format="turtle")) == 0
    assert len(Graph().parse(data="".join(stream_trig([])), format="turtle")) == 0
