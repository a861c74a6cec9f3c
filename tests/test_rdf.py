from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import RDF, XSD, BNode, Dataset, Literal, URIRef, Variable
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from claimgraph.errors import GraphError, InputFileError
from claimgraph.rdf import FORMATS, from_ox, name_to_ox, read_dataset, read_graph, to_ox

A, B = URIRef("http://example.org/a"), URIRef("http://example.org/b")
TURTLE = '<http://example.org/a> <http://example.org/b> "x" .\n'

text = st.text(st.characters(exclude_categories=["Cs"]))
terms = st.one_of(
    st.sampled_from([A, B, URIRef("urn:x:1"), URIRef("http://example.org/é#?ü")]),
    text.map(Literal),
    st.builds(Literal, text, lang=st.sampled_from(["en", "pt-br", "de"])),
    st.builds(
        lambda lexical, datatype: Literal(lexical, datatype=datatype, normalize=False),
        text,
        st.sampled_from([A, URIRef("http://example.org/type")]),
    ),
    st.sampled_from(["007", "-0", "+5"]).map(
        lambda lexical: Literal(lexical, datatype=XSD.integer, normalize=False)
    ),
)


@settings(deadline=None)
@given(terms)
def test_terms_cross_both_ways_unchanged(term):
    back = from_ox(to_ox(term))
    assert back == term
    assert str(back) == str(term)


def test_plain_and_xsd_string_literals_are_the_same_in_rdf():
    assert from_ox(to_ox(Literal("x", datatype=XSD.string))) == Literal("x")


@pytest.mark.parametrize(
    ("term", "message"),
    [
        (BNode("b1"), "cannot publish a blank node: b1. Repair: give the node an IRI"),
        (Variable("v"), "cannot publish a Variable"),
        (URIRef("relative"), "cannot publish 'relative': No scheme found"),
        (URIRef("http://a/with space"), "cannot publish"),
        (Literal("x", lang="toolonglanguage"), "cannot publish 'x'.*language"),
        (Literal("x", datatype=URIRef("relative")), "cannot publish 'x'"),
        (Literal("half \ud800"), "cannot publish"),
    ],
    ids=str,
)
def test_what_cannot_be_published_is_refused(term, message):
    with pytest.raises(GraphError, match=message):
        to_ox(term)


def test_only_an_iri_is_a_name():
    assert name_to_ox(A) == ox.NamedNode(str(A))
    with pytest.raises(GraphError, match="not an IRI: x"):
        name_to_ox(Literal("x"))


def test_what_rdf_1_1_does_not_have_is_refused():
    triple = ox.Triple(ox.NamedNode("http://a"), ox.NamedNode("http://b"), ox.Literal("c"))
    with pytest.raises(GraphError, match=r"not an RDF 1\.1 term.*Repair"):
        from_ox(triple)
    with pytest.raises(GraphError, match=r"not an RDF 1\.1 term"):
        from_ox(ox.Literal("x", language="ar", direction=ox.BaseDirection.RTL))
    assert from_ox(ox.BlankNode("b")) == BNode("b")


# ── Files ───────────────────────────────────────────────────────────────────────────────────────


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def refusal(path: Path) -> GraphError:
    with pytest.raises(GraphError) as caught:
        read_dataset(path)
    assert caught.value.where.file == str(path)
    assert "\n" not in str(caught.value)
    return caught.value


XML = (
    '<?xml version="1.0"?>{doctype}'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">'
    '<rdf:Description rdf:about="http://example.org/a"><e:b>{value}</e:b></rdf:Description></rdf:RDF>'
)
SAMPLES = {
    ".ttl": TURTLE,
    ".nt": TURTLE,
    ".trig": TURTLE,
    ".nq": TURTLE,
    ".rdf": XML.format(doctype="", value="x"),
    ".xml": XML.format(doctype="", value="x"),
    ".jsonld": '{"@id": "http://example.org/a", "http://example.org/b": "x"}',
}


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("start", ["", "\ufeff"], ids=["plain", "bom"])
def test_every_known_format_is_read(tmp_path, ending, start):
    path = write(tmp_path, f"a{ending.upper()}", start + SAMPLES[ending])
    assert set(read_graph(path)) == {(A, B, Literal("x"))}
    assert {q[3] for q in read_dataset(path).quads()} == {DATASET_DEFAULT_GRAPH_ID}


def test_named_graphs_stay_apart_in_a_dataset_and_together_in_a_graph(tmp_path):
    path = write(
        tmp_path,
        "a.trig",
        "@prefix : <http://example.org/> . :a :b 1 . :g { :a :b 2 } :h { :a :b 2, 3 } _:i { :a :b 4 }",
    )
    dataset = read_dataset(path)
    sizes = {g.identifier: len(g) for g in dataset.graphs()}
    blank = [name for name in sizes if isinstance(name, BNode)]
    assert len(blank) == 1
    assert sizes == {
        DATASET_DEFAULT_GRAPH_ID: 1,
        URIRef("http://example.org/g"): 1,
        URIRef("http://example.org/h"): 2,
        blank[0]: 1,
    }
    assert sorted(int(o) for o in dataset.objects(A, B)) == [1, 2, 3, 4]  # queries see the union
    assert len(read_graph(path)) == 4


def test_literals_keep_their_form(tmp_path):
    path = write(
        tmp_path,
        "a.ttl",
        '@prefix x: <http://www.w3.org/2001/XMLSchema#> . <http://example.org/a> <http://example.org/b> '
        '007, "1.50"^^x:decimal, "a\\nb\\"c\\\\d"@en-GB, "\\u00A0’" .',
    )  # fmt: skip
    found = set(read_graph(path).objects())
    assert {str(o) for o in found} == {"007", "1.50", 'a\nb"c\\d', "\u00a0’"}
    assert {o.language for o in found} == {None, "en-gb"}


def test_an_empty_graph_is_a_graph_but_an_empty_file_is_an_error(tmp_path):
    assert len(read_graph(write(tmp_path, "a.ttl", "# nothing\n"))) == 0
    with pytest.raises(InputFileError, match="holds no text"):
        read_graph(write(tmp_path, "a.ttl", ""))


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [
        ("a.ttl", TURTLE + "\n<http://example.org/a> <http://example.org/b> 'open .\n", 3),
        ("a.ttl", TURTLE + "ex:a ex:b ex:c .\n", 2),
        ("a.ttl", TURTLE + "<relative> <http://example.org/b> 1 .\n", 2),
        ("a.nt", TURTLE + TURTLE + "<http://example.org/a> .\n", 3),
        ("a.nq", TURTLE + "<a b> <http://example.org/b> 1 .\n", 2),
        ("a.trig", "<http://example.org/g> {\n" + TURTLE, 3),
        ("a.jsonld", '{"@id": "http://example.org/a",\n "http://example.org/b": [1,\n 2,, 3]}', 3),
        ("a.ttl", "\n" + "(" * 3000, 2),
    ],
)
def test_what_is_not_rdf_is_said_with_its_line(tmp_path, name, content, line):
    error = refusal(write(tmp_path, name, content))
    assert error.what.startswith("not valid RDF: ")
    assert error.where.line == line
    assert error.repair == "correct the file at this line"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.rdf", "<?xml version='1.0'?><a><b></a>"),
        ("a.rdf", XML.format(doctype="", value="<").replace("</rdf:RDF>", "")),
        ("a.jsonld", '{"@context": "http://example.org/context", "@id": "http://example.org/a"}'),
        ("a.jsonld", "[" * 100_000),
    ],
)
def test_other_formats_say_at_least_the_file(tmp_path, name, content):
    error = refusal(write(tmp_path, name, content))
    assert error.what.startswith("not valid RDF: ")
    assert error.repair.startswith("correct the file")


@pytest.mark.parametrize("name", ["a", "a.txt", "a.ttl.gz", "a.html"])
def test_an_unknown_ending_is_refused_with_the_known_ones(tmp_path, name):
    error = refusal(write(tmp_path, name, TURTLE))
    assert "cannot tell its RDF format" in error.what
    assert all(ending in error.repair for ending in FORMATS)


@pytest.mark.parametrize(
    "content",
    [
        "<< <http://a> <http://b> <http://c> >> <http://d> 1 .",
        "<http://d> <http://e> <<( <http://a> <http://b> <http://c> )>> .",
        '<http://d> <http://e> "x"@ar--rtl .',
    ],
    ids=["reified", "quoted", "direction"],
)
def test_rdf_1_2_is_refused_and_not_read_by_half(tmp_path, content):
    error = refusal(write(tmp_path, "a.ttl", TURTLE + content))
    assert "not an RDF 1.1 term" in error.what
    assert error.repair == "write the statement as RDF 1.1"


def test_binary_input_is_an_input_error(tmp_path):
    with pytest.raises(InputFileError, match=r"a\.ttl:1: not UTF-8"):
        read_dataset(write(tmp_path, "a.ttl", b"\x89PNG\r\n\x1a\n"))
    assert refusal(write(tmp_path, "b.ttl", b"\x00\x01\x02")).where.line == 1
    with pytest.raises(InputFileError, match="no such file"):
        read_dataset(tmp_path / "none.ttl")


def test_a_huge_input_is_refused_before_it_is_parsed(tmp_path, monkeypatch):
    monkeypatch.setattr("claimgraph.files.MAX_BYTES", 1000)
    with pytest.raises(InputFileError, match="more than the 1000 bytes"):
        read_dataset(write(tmp_path, "a.ttl", TURTLE * 100))


# ── XML entities ────────────────────────────────────────────────────────────────────────────────


def test_entities_for_namespaces_are_read(tmp_path):
    doctype = '<!DOCTYPE rdf:RDF [\n  <!ENTITY owl "http://www.w3.org/2002/07/owl#" >\n]>'
    path = write(tmp_path, "a.rdf", XML.format(doctype=doctype, value="&owl;Thing &amp; more"))
    assert list(read_graph(path).objects()) == [
        Literal("http://www.w3.org/2002/07/owl#Thing & more")
    ]


@pytest.mark.parametrize(
    "entities",
    [
        '<!ENTITY a "ha">\n<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a "ha">\n<!ENTITY b "&#38;a;">',
        '<!ENTITY a "ha">\n<!ENTITY % b "x">',
        '<!ENTITY a "ha">\n<!ENTITY b SYSTEM "file:///etc/passwd">',
        "<!ENTITY a \"ha\">\n<!ENTITY b 'x'>",
    ],
)
def test_entities_that_multiply_or_reach_outside_are_refused(tmp_path, entities):
    path = write(tmp_path, "a.rdf", XML.format(doctype=f"<!DOCTYPE r [{entities}]>", value="&b;"))
    error = refusal(path)
    assert "XML entity" in error.what
    assert error.where.line == 2
    assert error.repair


def test_one_long_entity_used_often_is_refused(tmp_path):
    doctype = f'<!DOCTYPE r [<!ENTITY a "{"x" * 100_000}">]>'
    path = write(tmp_path, "a.rdf", XML.format(doctype=doctype, value="&a;" * 10_000))
    assert "XML entities make the file too large" in refusal(path).what


def test_only_xml_is_searched_for_entities(tmp_path):
    path = write(tmp_path, "a.ttl", TURTLE.replace('"x"', '"<!ENTITY & x"'))
    assert list(read_graph(path).objects()) == [Literal("<!ENTITY & x")]


def test_a_dataset_sees_the_union_of_its_graphs(tmp_path):
    dataset = read_dataset(
        write(tmp_path, "a.nq", TURTLE.replace(" .", " <http://example.org/g> ."))
    )
    assert isinstance(dataset, Dataset)
    assert (A, B, Literal("x")) in dataset
    assert (A, RDF.type, None) not in dataset
