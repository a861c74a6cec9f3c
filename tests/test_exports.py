import csv
import io
import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from rdflib import RDF, XSD, BNode, Dataset, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

from claimgraph import vocab
from claimgraph.errors import GraphError
from claimgraph.exports import (
    PREFIXES,
    TEXT_PARTS,
    part_graph,
    part_of,
    text_graph,
    to_csv,
    to_jsonld,
    to_nquads,
    to_trig,
    to_turtle,
)
from claimgraph.graph import CG, CONCEPT, Part, from_graph, graph_iri, to_graph
from claimgraph.model import Claim, Mention, Passage, Qualifier, QualifierType, Relation, Span
from claimgraph.rdf import read_dataset, read_graph
from tests.strategies import DRUG, article, documents_with_claims, law, small_claim, small_document

A, B, G = (URIRef(f"http://example.org/{name}") for name in "abg")
Quad = tuple[object, ...]


def quads(dataset: Dataset) -> set[Quad]:
    return set(dataset.quads())


def parsed(data: bytes, syntax: str) -> set[Quad]:
    """Read quads with rdflib's own parser, which is not the one that wrote them."""
    dataset = Dataset()
    dataset.parse(io.BytesIO(data), format=syntax)
    return quads(dataset)


def parsed_turtle(data: bytes) -> set[Quad]:
    return set(Graph().parse(io.BytesIO(data), format="turtle"))


WRITERS = {"trig": to_trig, "nquads": to_nquads, "json-ld": to_jsonld}

# ── The article ─────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("syntax", WRITERS)
def test_the_article_is_read_back_by_another_parser(syntax):
    dataset = article().dataset
    assert parsed(WRITERS[syntax](dataset), syntax) == quads(dataset)


def test_the_turtle_of_the_article_is_read_back_by_another_parser():
    graph = part_graph(article().dataset)
    assert parsed_turtle(to_turtle(graph)) == set(graph)


def test_turtle_holds_what_the_text_says_and_nothing_else():
    dataset = article().dataset
    said = part_graph(dataset)
    for part in Part:
        if part not in TEXT_PARTS:
            rest = part_graph(dataset, [part])
            statements = set(rest.subjects(RDF.type, CG.BackgroundStatement)) | set(
                rest.subjects(RDF.type, CG.InferredStatement)
            )
            assert not statements & set(said.subjects())
    assert set(text_graph(dataset)) == set(said)
    assert from_graph(said) == article().claims


def test_banners_are_as_wide_as_a_line():
    turtle = to_turtle(part_graph(article().dataset)).decode("utf-8")
    assert {len(line) for line in turtle.split("\n") if line.startswith("# ── ")} == {99}


def test_turtle_is_laid_out_for_a_reader():
    turtle = to_turtle(part_graph(article().dataset)).decode("utf-8")
    banners = re.findall(r"^# ── ([^─]+) ─+$", turtle, re.MULTILINE)
    assert banners == [
        "The dataset",
        "The text, its sections and sentences",
        "What it speaks of, and what it plainly says",
        "Claims, in the order of the text",
        "The words they rest on",
        "Where the identifiers come from",
    ]
    assert "\r" not in turtle
    assert "\n\n\n" not in turtle
    assert turtle.endswith(" .\n")
    # One blank line, and no less, between subjects.
    body = turtle[turtle.index("\n\n") :]
    for line, following in zip(body.split("\n"), body.split("\n")[1:], strict=False):
        if line.endswith(" ."):
            assert following == ""


def test_claims_stand_in_the_order_of_the_text():
    turtle = to_turtle(part_graph(article().dataset)).decode("utf-8")
    subjects = re.findall(r"^claim:([0-9a-f]{16}) a cg:Claim", turtle, re.MULTILINE)
    place = {claim.id: claim.sentence for claim in article().claims}
    assert len(subjects) == len(article().claims)
    assert [place[s] for s in subjects] == sorted(place.values())
    sentences = re.findall(r"^text:sentence-(\d+) ", turtle, re.MULTILINE)
    assert sentences == [str(n) for n in range(1, 23)]


@pytest.mark.parametrize("part", [*TEXT_PARTS, Part.BACKGROUND, Part.INFERRED, None], ids=str)
def test_every_prefix_is_declared_once_and_used(part):
    dataset = article().dataset
    data = to_trig(dataset) if part is None else to_turtle(part_graph(dataset, [part]))
    text = data.decode("utf-8")
    declared = re.findall(r"^@prefix ([a-z0-9]+): <[^>]+> \.$", text, re.MULTILINE)
    body = re.sub(r"^@prefix .*$", "", text, flags=re.MULTILINE)
    body = re.sub(r'"(?:[^"\\]|\\.)*"|<[^>]*>|#.*', "", body)  # no literals, IRIs, comments
    used = set(re.findall(r"(?<![\w.:-])([a-z0-9]+):", body))
    assert declared == sorted(used)


def test_graphs_stand_apart_in_trig_in_reading_order():
    trig = to_trig(article().dataset).decode("utf-8")
    names = re.findall(r"^(\S+) \{$", trig, re.MULTILINE)
    assert names == [
        "graph:dataset", "text:provenance", "graph:concepts", "text:direct", "text:claims",
        "graph:background", "graph:inferred", "graph:vocabulary",
    ]  # fmt: skip


def test_nquads_are_sorted_lines_without_doubles():
    lines = to_nquads(article().dataset).decode("utf-8").split("\n")
    assert lines.pop() == ""
    assert lines == sorted(set(lines))
    assert len(lines) == len(list(article().dataset.quads()))
    assert not any("_:" in line.split('"')[0] for line in lines)


def test_parts_of_a_dataset():
    for part in Part:
        assert part_of(graph_iri(part, "a-text")) is part
    assert part_of(DATASET_DEFAULT_GRAPH_ID) is None
    assert part_of(URIRef(f"{vocab.TEXT}a/others")) is None
    assert part_of(URIRef("http://example.org/claims")) is None


# ── Anything that can be published ──────────────────────────────────────────────────────────────

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.sampled_from(
    ["", "a\nb\r\nc", 'q"u\'o"""te', "back\\slash\\n", "\u2028\u2029\x85\x0b\x0c\x1c\x1d\x1e", "\x00\x7f",
     " .\n\nclaim:x a cg:Claim .", "@prefix x: <y> .\n", "😀e\u0301\ufeff", "<script>", "^^", "{ } | \t"]
)  # fmt: skip
iris = st.sampled_from(
    [A, B, RDF.type, CONCEPT["a-1"], CONCEPT["a-01"], CONCEPT["a-001"], CONCEPT["x.y"], CONCEPT["x."],
     CONCEPT["with/slash"], CONCEPT[""], URIRef("urn:x:1²3"), URIRef(f"urn:n:{'9' * 5000}"),
     URIRef(f"{vocab.TEXT}t/char-9-10"), URIRef(f"{vocab.TEXT}t/char-10-11"), URIRef(f"{vocab.BASE}dataset/t"),
     URIRef("http://example.org/é(x)'~%20"), URIRef("http://purl.obolibrary.org/obo/HP_1"), CG.Claim, CG.Text]
)  # fmt: skip
literals = st.one_of(
    text.map(Literal),
    st.builds(Literal, text, lang=st.sampled_from(["en", "de", "pt-br"])),
    st.integers(-(10**20), 10**20).map(Literal),
    st.sampled_from(["007", "+5", "-0", "abc", "", "1.5", " 5", "１"]).map(
        lambda lexical: Literal(lexical, datatype=XSD.integer, normalize=False)
    ),
    st.builds(
        lambda lexical, datatype: Literal(lexical, datatype=datatype, normalize=False),
        st.sampled_from(["true", "1", "0.10", "1E3", "2020-01-01", "x"]),
        st.sampled_from([XSD.boolean, XSD.decimal, XSD.double, XSD.date, B]),
    ),
)
datasets = st.lists(
    st.tuples(iris, iris, iris | literals, st.sampled_from([G, A, graph_iri(Part.CLAIMS, "t"), None])),
    max_size=12,
)  # fmt: skip


def dataset_of(rows: list[Quad]) -> Dataset:
    dataset = Dataset(default_union=True)
    for subject, predicate, object_, name in rows:
        graph = dataset.default_graph if name is None else dataset.graph(name)
        graph.add((subject, predicate, object_))
    return dataset


ENDINGS = {".trig": to_trig, ".nq": to_nquads, ".jsonld": to_jsonld}


@pytest.mark.parametrize("ending", ENDINGS)
@law(60)
@given(rows=datasets)
@example(rows=[(A, B, Literal("x\u2028y"), G), (A, B, Literal("x\x85y"), G)])
@example(rows=[(CONCEPT["a-1"], B, Literal(1), G), (CONCEPT["a-01"], B, Literal(1), G)])
@example(rows=[(A, B, Literal("x"), None)])
@example(rows=[(A, RDF.type, Literal("x"), G), (A, RDF.type, B, G)])
def test_any_dataset_is_read_back_and_written_again_as_the_same_bytes(
    tmp_path_factory, ending, rows
):
    dataset, write = dataset_of(rows), ENDINGS[ending]
    data = write(dataset)
    assert write(dataset_of(rows[::-1] * 2)) == data  # neither order nor repetition matters
    if rows:
        path = tmp_path_factory.getbasetemp() / f"any{ending}"
        path.write_bytes(data)
        again = read_dataset(path)
        assert quads(again) == quads(dataset)
        assert write(again) == data


@law(60)
@given(datasets)
def test_any_graph_is_read_back_from_turtle(tmp_path_factory, rows):
    graph = text_graph(dataset_of([(*row[:3], G) for row in rows]))
    data = to_turtle(graph)
    other = Graph(bind_namespaces="none")
    for triple in sorted(graph, key=str, reverse=True):
        other.add(triple)
    assert to_turtle(other) == data
    if rows:
        path = tmp_path_factory.getbasetemp() / "any.ttl"
        path.write_bytes(data)
        assert set(read_graph(path)) == set(graph)
    # rdflib cannot read the escape that Turtle prescribes for a full stop at the end of a name. It
    # normalises numbers, so both sides go through it.
    if CONCEPT["x."] not in graph.all_nodes() | set(graph.predicates()):
        assert parsed_turtle(data) == parsed_turtle(graph.serialize(format="nt", encoding="utf-8"))


@law(15)
@given(documents_with_claims(), st.randoms())
def test_the_order_of_claims_never_reaches_a_file(drawn, random):
    document, claims = drawn
    shuffled = list(claims)
    random.shuffle(shuffled)
    one, two = to_graph(claims, document), to_graph(shuffled, document)
    for write in (to_trig, to_nquads, to_jsonld):
        assert write(one) == write(two)
    assert to_turtle(part_graph(one)) == to_turtle(part_graph(two))
    assert to_csv(claims, [document]) == to_csv(shuffled, [document])


@law(15)
@given(documents_with_claims())
def test_claims_survive_every_rdf_file(tmp_path_factory, drawn):
    document, claims = drawn
    dataset = to_graph(claims, document)
    files = {ending: write(dataset) for ending, write in ENDINGS.items()}
    files[".ttl"] = to_turtle(part_graph(dataset))
    for ending, data in files.items():
        path = tmp_path_factory.getbasetemp() / f"claims{ending}"
        path.write_bytes(data)
        assert from_graph(read_dataset(path)) == claims


def test_awkward_literals_stand_on_one_line_of_turtle():
    literal = Literal('one\ntwo\r\n"three" \\four .\n\n')
    graph = Graph()
    graph.add((A, B, literal))
    graph.add((B, B, literal))
    lines = to_turtle(graph).decode("utf-8").splitlines()
    assert len([line for line in lines if line.startswith("<http://example.org/")]) == 2
    assert parsed_turtle("\n".join(lines).encode()) == {(A, B, literal), (B, B, literal)}


def test_texts_have_prefixes_of_their_own():
    graph = Graph()
    for name in ("one", "two"):
        iri = URIRef(f"{vocab.TEXT}{name}")
        graph.add((iri, RDF.type, CG.Text))
        graph.add((URIRef(f"{iri}/sentence-1"), CG.ofText, iri))
    turtle = to_turtle(graph).decode("utf-8")
    assert f"@prefix text1: <{vocab.TEXT}one/> ." in turtle
    assert "text2:sentence-1 cg:ofText" in turtle


@pytest.mark.parametrize("write", ENDINGS.values(), ids=ENDINGS)
@pytest.mark.parametrize(
    "quad",
    [(BNode("b"), B, A, G), (A, B, BNode("b"), G), (A, B, A, BNode("b")), (A, B, URIRef("a b"), G)],
    ids=["subject", "object", "graph", "iri"],
)
def test_a_blank_node_or_broken_iri_is_refused_wherever_it_stands(write, quad):
    with pytest.raises(GraphError, match=r"blank node|cannot publish"):
        write(dataset_of([quad]))


def test_jsonld_is_compact_and_keeps_numbers_and_languages():
    rows = [
        (A, B, Literal(7), G),
        (A, B, Literal("7"), G),
        (A, B, Literal("sieben", lang="de"), G),
        (A, B, Literal("007", datatype=XSD.integer, normalize=False), G),
        (A, B, Literal(10**16), G),
        (A, RDF.type, CG.Claim, G),
    ]
    data = json.loads(to_jsonld(dataset_of(rows)))
    node = data["@graph"][0]["@graph"][0]
    assert data["@context"]["cg"] == vocab.CG
    assert node["@id"] == str(A)
    assert node["@type"] == "cg:Claim"
    integer = "xsd:integer"
    assert sorted(map(str, node[str(B)])) == sorted(
        map(
            str,
            [
                7,
                "7",
                {"@value": "sieben", "@language": "de"},
                {"@value": "007", "@type": integer},
                {"@value": str(10**16), "@type": integer},
            ],
        )
    )


def test_triples_of_no_graph_are_written_in_no_graph():
    dataset = dataset_of([(A, B, Literal("x"), None)])
    assert to_nquads(dataset) == f'<{A}> <{B}> "x" .\n'.encode()
    assert to_trig(dataset) == f'\n<{A}> <{B}> "x" .\n'.encode()
    assert json.loads(to_jsonld(dataset))["@graph"] == [{"@id": str(A), str(B): "x"}]


def test_an_iri_that_looks_abbreviated_is_no_other_iri_in_jsonld():
    with pytest.raises(GraphError, match=r"mesh:D1 would be read as an abbreviation\. Repair: "):
        to_jsonld(dataset_of([(A, B, URIRef("mesh:D1"), G)]))
    assert b"<mesh:D1>" in to_nquads(dataset_of([(A, B, URIRef("mesh:D1"), G)]))


def test_prefixes_are_sound():
    assert all(base.endswith(("/", "#")) for base in PREFIXES.values())
    assert len(set(PREFIXES.values())) == len(PREFIXES)


# ── Claims as a table ───────────────────────────────────────────────────────────────────────────


def table(claims: list[Claim] | tuple[Claim, ...], **more: object) -> list[dict[str, str]]:
    data = to_csv(claims, **more)
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def test_the_table_of_the_article():
    build = article()
    rows = table(build.claims, documents=[build.document])
    assert [row["claim"] for row in rows] == [claim.id for claim in build.claims]
    row = next(r for r in rows if r["key"] == "sedation-limits-tolerability")
    claim = next(c for c in build.claims if c.key == "sedation-limits-tolerability")
    assert row["section"] == "Safety Profile"
    assert (row["sentence"], row["type"], row["relation"]) == ("12", "risk", "limits")
    assert (row["subject"], row["object"]) == ("sedation", "tolerability")
    assert (row["certainty"], row["cue"]) == ("possible", "may")
    assert row["phase"] == "especially during the initial titration phase"
    start, end = int(row["quote_start"]), int(row["quote_end"])
    assert build.document.text[start:end] == row["quote"] == claim.quote.text
    educate = next(r for r in rows if r["key"] == "educate-patients")
    assert educate["topic"] == "medication adherence | dose titration | potential adverse reactions"
    assert educate["subject_words"] == ""
    tool = next(r for r in rows if r["key"] == "potent-tool")
    assert (tool["object"], tool["object_words"]) == ("", "stands out as a potent tool")
    effective = next(r for r in rows if r["key"] == "effective")
    assert len(effective["because"].split()) == 3


def test_the_table_is_rfc_4180():
    data = to_csv([small_claim(key='a"b,c\nd')])
    assert data.count(b"\r\n") == 2
    assert b'"a""b,c\nd"' in data
    assert table([small_claim(key='a"b,c\nd')])[0]["key"] == 'a"b,c\nd'


def test_without_documents_the_section_is_left_out():
    assert table([small_claim()])[0]["section"] == ""
    assert table([small_claim()], documents=[small_document()])[0]["section"] == "introduction"


@law(15)
@given(documents_with_claims())
def test_any_claim_is_one_row_and_no_formula(drawn):
    document, claims = drawn
    rows = table(claims, documents=[document])
    assert len(rows) == len(claims)
    for row, claim in zip(rows, claims, strict=True):
        assert None not in row
        assert row["claim"] == claim.id
        assert row["quote"].removeprefix("'") == claim.quote.text.removeprefix("'")
        assert not any(
            cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell in row.values()
        )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_formulas_are_defused_in_every_column(start):
    evil = f"{start}HYPERLINK(1)"
    words = Passage(Span(0, len(evil)), evil)
    claim = small_claim(
        text_id=evil,
        key=evil,
        quote=words,
        subject=Mention(words, DRUG),
        relation=Relation.STATES_THAT,
        object=Mention(words, None),
        cue=words,
        qualifiers=(Qualifier(QualifierType.DOSE, words),),
    )
    row = table([claim])[0]
    safe = {name for name, cell in row.items() if cell == f"'{evil}"}
    assert safe == {"text", "key", "quote", "subject_words", "object_words", "cue", "dose"}
