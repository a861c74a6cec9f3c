"""The shapes hold what they promise: the article conforms, and each rule finds what it is for.

`tests/shapes/valid` holds small graphs that conform. Each file in `tests/shapes/invalid` is a graph
with a fault, or (`.ru`) a change that puts a fault into a valid graph; it names in its head the
messages that the fault has to trigger. All are judged twice: by pyshacl, as claimgraph calls it,
and by pyrudof, a program of other authors in another language.
"""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pyrudof
import pytest
from hypothesis import given, settings
from rdflib import DCTERMS, RDF, RDFS, SH, SKOS, Dataset, Graph, Literal, URIRef
from rdflib.collection import Collection

from claimgraph import exports
from claimgraph.errors import GraphError, InputFileError
from claimgraph.gate import pass_claims
from claimgraph.graph import CG, CONCEPT, OA, Part, graph_iri, term, text_iri, to_graph
from claimgraph.model import (
    Category,
    Certainty,
    Claim,
    ClaimType,
    Document,
    EvidenceBasis,
    Method,
    Modality,
    Polarity,
    QualifierType,
    Relation,
    Section,
    SectionKind,
    Span,
)
from claimgraph.ontology import ontology_file
from claimgraph.pipeline import Build
from claimgraph.rdf import from_ox, read_dataset
from claimgraph.shapes import (
    SHAPE,
    Validation,
    Violation,
    load_shapes,
    render_validation,
    validate_dataset,
    validate_file,
)
from tests.strategies import article, documents_with_claims

EXAMPLES = Path(__file__).parent / "shapes"
VALID = sorted((EXAMPLES / "valid").iterdir())
INVALID = sorted((EXAMPLES / "invalid").iterdir())
JUDGED_TWICE = [path for path in INVALID if path.suffix != ".trig"]  # pyrudof knows no named graphs

# What a shape says without constraining anything; whatever else it says must be able to fail.
NOT_A_CONSTRAINT = {
    SH.path,
    SH.message,
    SH.property,
    SH.targetClass,
    SH.targetNode,
    SH.targetSubjectsOf,
    SH.qualifiedValueShape,  # its counts are the constraint
}


@pytest.fixture
def build() -> Build:
    return article()


@cache
def _expected(path: Path) -> frozenset[str]:
    """Read the messages that an invalid example names."""
    return frozenset(re.findall(r"^# Message: (.*)$", path.read_text("utf-8"), re.MULTILINE))


@cache
def _example(path: Path) -> Dataset:
    """Read an example, or make it by changing a valid one."""
    if path.suffix != ".ru":
        return read_dataset(path)
    change = path.read_text("utf-8")
    base = re.search(r"^# Changes: (.*)$", change, re.MULTILINE)
    assert base is not None, f"{path.name} does not say what it changes"
    store = ox.Store()
    store.load((EXAMPLES / "valid" / base[1]).read_bytes(), format=ox.RdfFormat.TURTLE)
    before = set(store)
    store.update(change)
    assert set(store) != before, f"{path.name} changes nothing"
    dataset = Dataset(default_union=True)
    for quad in store:
        triple = (from_ox(quad.subject), from_ox(quad.predicate), from_ox(quad.object))
        dataset.default_graph.add(triple)
    return dataset


@cache
def _validation(path: Path) -> Validation:
    return validate_dataset(_example(path))


@cache
def _second_judge() -> pyrudof.Rudof:
    judge = pyrudof.Rudof(pyrudof.RudofConfig())
    judge.read_shacl(ontology_file("shapes.ttl").read_text("utf-8"), pyrudof.ShaclFormat.Turtle)
    return judge


def _judge(graph: Graph) -> list[pyrudof.ShaclValidationEntry]:
    """Ask pyrudof about one graph together with the vocabulary."""
    vocabulary = ontology_file("vocabulary.ttl").read_text("utf-8")
    triples = graph.serialize(format="nt")
    _second_judge().read_data(triples + vocabulary, pyrudof.RDFFormat.Turtle, merge=False)
    return _second_judge().validate_shacl().violations


@cache
def _judged(path: Path) -> tuple[pyrudof.ShaclValidationEntry, ...]:
    return tuple(_judge(_example(path).default_graph))


def _names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


# ── The article ─────────────────────────────────────────────────────────────────────────────────


def test_article_conforms(build: Build) -> None:
    validation = validate_dataset(build.dataset)
    assert validation.violations == ()
    assert validation.conforms
    assert validation.claims == len(build.claims) >= 70


@pytest.mark.parametrize("name", ["graph.ttl", "graph.trig"])
def test_written_graph_conforms(build: Build, name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    if file.suffix == ".ttl":
        file.write_bytes(exports.to_turtle(exports.part_graph(build.dataset)))
    else:
        file.write_bytes(exports.to_trig(build.dataset))
    validation = validate_file(file)
    assert validation.violations == ()
    assert validation.claims == len(build.claims)


def test_all_merged_into_one_graph_conforms(build: Build) -> None:
    """So do people load it: background and inference bring their own support."""
    merged = Dataset(default_union=True)
    for subject, predicate, object_, _ in build.dataset.quads():
        merged.default_graph.add((subject, predicate, object_))
    assert validate_dataset(merged).violations == ()


def test_article_conforms_before_the_second_judge(build: Build) -> None:
    assert _judge(exports.part_graph(build.dataset)) == []


def test_background_does_not_hide_a_leak(build: Build) -> None:
    """A background triple among what the text says has no claim, though a statement states it."""
    dataset = Dataset(default_union=True)
    for graph in build.dataset.graphs():
        for triple in graph:
            dataset.graph(graph.identifier).add(triple)
    leaked = (CONCEPT["absence-seizure"], term(Relation.IS_KIND_OF), CONCEPT["seizure"])
    assert leaked in dataset.graph(graph_iri(Part.BACKGROUND))
    dataset.graph(graph_iri(Part.DIRECT, build.document.id)).add(leaked)
    [violation] = validate_dataset(dataset).violations
    assert violation.focus == str(leaked[0])
    assert violation.message == "A direct triple is supported by a plain claim."


@settings(deadline=None, max_examples=20)
@given(documents_with_claims())
def test_what_passes_the_gate_conforms(drawn: tuple[Document, tuple[Claim, ...]]) -> None:
    """The gate and the shapes say the same, each in its own words."""
    document, claims = drawn
    assert pass_claims(claims, document).rejections == ()
    silent = {s.number for s in document.sentences} - {claim.sentence for claim in claims}
    dataset = to_graph(claims, document, dict.fromkeys(silent, "says nothing"))
    concepts = dataset.graph(graph_iri(Part.CONCEPTS))
    for concept in set(concepts.subjects()):
        concepts.add((concept, SKOS.definition, Literal("Defined elsewhere.", lang="en")))
    assert validate_dataset(dataset).violations == ()


# ── The examples ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", VALID, ids=_names(VALID))
def test_valid_example_conforms(path: Path) -> None:
    assert _validation(path).violations == ()
    assert _judged(path) == ()


@pytest.mark.parametrize("path", INVALID, ids=_names(INVALID))
def test_invalid_example_gets_its_messages_and_no_others(path: Path) -> None:
    assert _expected(path), "the example names no message"
    assert {violation.message for violation in _validation(path).violations} == _expected(path)


@pytest.mark.parametrize("path", JUDGED_TWICE, ids=_names(JUDGED_TWICE))
def test_second_judge_agrees(path: Path) -> None:
    """Both name the same nodes and the same shapes."""
    shapes = load_shapes()
    ours = set()
    for violation in _validation(path).violations:
        constraint = URIRef(SHAPE + violation.shape)
        # pyrudof names the shape that has the query, not the query.
        owner = shapes.value(None, SH.sparql, constraint, any=False) or constraint
        ours.add((violation.focus, str(owner)))
    assert ours == {(entry.focus_node, entry.source_shape) for entry in _judged(path)}


def test_every_constraint_can_fail() -> None:
    """Each parameter of each shape, and each query, is broken by an example."""
    shapes = load_shapes()
    named = [s for s in set(shapes.subjects(RDF.type, None)) if isinstance(s, URIRef)]
    promised = {
        (str(shape), str(parameter))
        for shape in named
        for parameter in shapes.predicates(shape, None)
        if parameter in SH and parameter not in NOT_A_CONSTRAINT | {SH.sparql}
        if (shape, RDF.type, SH.SPARQLConstraint) not in shapes
        if (shape, RDF.type, URIRef("http://www.w3.org/2002/07/owl#Ontology")) not in shapes
    }
    queries = {str(shapes.value(query, SH.message)) for query in shapes.objects(None, SH.sparql)}
    broken, answered = set(), set()
    for path in JUDGED_TWICE:
        for entry in _judged(path):
            component = entry.constraint_component.removeprefix(str(SH))
            if component == "SPARQLConstraintComponent":
                answered.add(entry.message.removesuffix("@en").strip('"'))
            else:
                name = component.removesuffix("ConstraintComponent")
                parameter = SH[name[0].lower() + name[1:]]
                broken.add((entry.source_shape, str(parameter)))
    assert len(promised) > 100
    assert len(queries) > 15
    assert promised - broken == set()
    assert queries - answered == set()


@pytest.mark.slow
def test_nothing_but_what_is_optional_can_be_taken_out_unnoticed() -> None:
    optional = {
        DCTERMS.identifier,  # only claims that a person wrote down have a key
        CG.subjectMention,  # a sentence need not name its subject
        OA.prefix,  # a quote may stand at the start of its text
        OA.suffix,  # or at its end
        SKOS.Concept,  # follows from the concept's class
        SKOS.definition,  # concepts of a scheme need one; those found with a claim have none
        CG.Passage,  # follows from being a sentence; other passages are missed
        URIRef("http://www.w3.org/ns/dcat#Dataset"),  # a graph need not describe itself
    }
    graph = _example(EXAMPLES / "valid" / "claims.ttl").default_graph
    # One triple of each sort is enough: the start of one passage stands for that of another.
    sorts = {}
    for subject, predicate, object_ in sorted(graph):
        classes = frozenset(graph.objects(subject, RDF.type))
        owner = subject if CG.Claim in classes else classes
        what = object_ if predicate == RDF.type else predicate
        sorts[owner, what] = (subject, predicate, object_)
    assert len(sorts) > 70
    unnoticed = set()
    for (_, what), triple in sorts.items():
        dataset = Dataset(default_union=True)
        for other in set(graph) - {triple}:
            dataset.default_graph.add(other)
        if validate_dataset(dataset).conforms:
            unnoticed.add(what)
    assert unnoticed == optional


# ── The shapes themselves ───────────────────────────────────────────────────────────────────────


def test_every_rule_has_a_name_a_message_and_a_repair() -> None:
    shapes = load_shapes()
    messages = []
    for kind in (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint):
        for shape in shapes.subjects(RDF.type, kind):
            assert isinstance(shape, URIRef)
            [label] = shapes.objects(shape, RDFS.label)
            [comment] = shapes.objects(shape, RDFS.comment)
            assert label.language == comment.language == "en"
            assert str(comment)[0].isupper()
            assert str(comment).endswith(".")
            messages += [str(message) for message in shapes.objects(shape, SH.message)]
            if kind != SH.NodeShape:
                assert (shape, SH.message, None) in shapes
            assert (
                list(shapes.subjects(SH.property, shape))
                or list(shapes.subjects(SH.sparql, shape))
                or (kind == SH.NodeShape)
            ), f"{shape} belongs to no shape"
    assert all(re.fullmatch(r"[A-Z].*\.", message) for message in messages)
    assert len(messages) == len(set(messages)), "a message tells which rule was broken"


@pytest.mark.parametrize(
    ("shape", "members"),
    [
        ("claim-type", ClaimType),
        ("claim-polarity", Polarity),
        ("claim-certainty", Certainty),
        ("claim-modality", Modality),
        ("claim-basis", EvidenceBasis),
        ("section-kind", SectionKind),
        ("activity-method", Method),
    ],
)
def test_closed_lists_are_those_of_the_model(shape: str, members: type) -> None:
    shapes = load_shapes()
    listed = Collection(shapes, shapes.value(URIRef(SHAPE + shape), SH["in"]))
    assert set(listed) == {term(member) for member in members}


def test_sections_without_claims_are_those_of_the_model() -> None:
    """In the second way to satisfy the rule stands the list of section kinds."""
    shapes = load_shapes()
    choices = Collection(shapes, shapes.value(URIRef(SHAPE + "SectionAccounted"), SH.xone))
    kinds = shapes.value(shapes.value(choices[1], SH.property), SH["in"])
    silent = [kind for kind in SectionKind if not Section(1, kind, None, Span(0, 1)).is_content]
    assert set(Collection(shapes, kinds)) == set(map(term, silent))


def test_lists_of_classes_relations_and_qualifiers_are_those_of_the_model() -> None:
    shapes = load_shapes()
    of_class = shapes.value(URIRef(SHAPE + "concept-class"), SH.qualifiedValueShape)
    assert set(Collection(shapes, shapes.value(of_class, SH["in"]))) == set(map(term, Category))
    path = shapes.value(URIRef(SHAPE + "claim-qualifier"), SH.path)
    listed = Collection(shapes, shapes.value(path, SH.alternativePath))
    assert set(listed) == set(map(term, QualifierType))
    targets = set(shapes.objects(URIRef(SHAPE + "DirectTriple"), SH.targetSubjectsOf))
    assert targets == {*map(term, Relation), CG.treatsSomeFormOf, CG.upstreamOf}


# ── What a user sees ────────────────────────────────────────────────────────────────────────────


def test_a_violation_says_what_where_and_how_to_repair_it() -> None:
    validation = _validation(EXAMPLES / "invalid" / "direct-of-hedged-claim.ru")
    assert render_validation(validation) == (
        "concept:clonazepam cg:hasAdverseEffect concept:dizziness: "
        "A direct triple is supported by a plain claim. Repair: Take the triple out. Only a claim "
        "that is affirmed, asserted, factual, tied to no condition and neither praise nor outlook "
        "supports one; or else a background or inferred statement in the same graph.\n"
    )


def test_a_conforming_graph_says_how_much_was_checked() -> None:
    """A graph about something else breaks no rule either."""
    assert render_validation(_validation(EXAMPLES / "valid" / "words.ttl")) == (
        "1 claim, 62 triples: conforms to the shapes\n"
    )
    assert render_validation(Validation(1, 0, ())) == "0 claims, 1 triple: conforms to the shapes\n"


def test_violations_are_sorted_and_the_same_every_time() -> None:
    path = EXAMPLES / "invalid" / "claim-doubled-marks.ru"
    violations = _validation(path).violations
    assert list(violations) == sorted(violations, key=lambda v: v.sort_key)
    assert validate_dataset(_example(path)).violations == violations


def test_nothing_in_a_graph_can_break_a_line_or_steer_a_terminal(tmp_path: Path) -> None:
    file = tmp_path / "hostile.ttl"
    file.write_text(
        "@prefix cg: <https://w3id.org/claimgraph/vocab#> .\n"
        '<http://x/p> a cg:Passage ; cg:text "a\\nb\\u001B[31mc\\u202Ed\\u0085e", "%s" .\n'
        % ("long" * 1000),
        encoding="utf-8",
    )
    text = render_validation(validate_file(file))
    assert all(line.isprintable() for line in text.removesuffix("\n").split("\n"))
    assert max(map(len, text.splitlines())) < 400


def test_broken_values_are_reported_and_do_no_harm(tmp_path: Path) -> None:
    """No number, no date, a circle of classes, a subject that is words, a nameless drug."""
    file = _broken(tmp_path)
    found = {(violation.focus, violation.shape) for violation in validate_file(file).violations}
    assert {
        ("http://x/p", "place-start"),
        ("http://x/p", "place-end"),
        ("http://x/c", "statement-subject"),
        ("[]", "concept-label"),
        ("https://w3id.org/claimgraph/vocab", "named-nodes"),
    } <= found


def test_broken_values_leave_no_traceback_in_the_terminal(tmp_path: Path) -> None:
    program = "import sys; from claimgraph.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "validate", str(_broken(tmp_path))]
    done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr.decode()) == (1, "")
    assert b"place" in done.stdout


def _broken(folder: Path) -> Path:
    file = folder / "broken.ttl"
    file.write_text(
        """
        @prefix cg: <https://w3id.org/claimgraph/vocab#> .
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <http://x/p> a cg:Passage ; cg:text "a" ; cg:start "one"^^xsd:integer ;
            cg:end "2026-13-45"^^xsd:date .
        <http://x/c> a cg:Claim ; rdf:subject "words" ; rdf:object [ a cg:Drug ] .
        cg:Drug rdfs:subClassOf cg:Circle . cg:Circle rdfs:subClassOf cg:Drug .
        """,
        encoding="utf-8",
    )
    return file


def test_unreadable_files_are_errors_of_ours(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="no such file"):
        validate_file(tmp_path / "nothing.ttl")
    file = tmp_path / "broken.ttl"
    file.write_text("<http://x/a> <http://x/b>", encoding="utf-8")
    with pytest.raises(GraphError, match=r"broken\.ttl:1"):
        validate_file(file)


def test_a_literal_is_shown_in_quotes_and_an_iri_short() -> None:
    violation = Violation(
        focus=str(text_iri("a", "char-0-1")),
        shape="passage-text",
        path=str(CG.text),
        value='"a"',
        message="A passage has exactly one text, not empty.",
        repair="Give it one.",
    )
    assert render_validation(Validation(1, 0, (violation,))) == (
        'text:a/char-0-1 cg:text "a": A passage has exactly one text, not empty. '
        "Repair: Give it one.\n"
    )


def test_shapes_that_cannot_be_asked_are_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """SHACL forbids MINUS in a query; pyshacl then gives no report."""
    broken = Graph()
    for triple in load_shapes():
        broken.add(triple)
    query = URIRef(SHAPE + "named-nodes")
    broken.set((query, SH.select, Literal("SELECT $this { $this a ?x MINUS { $this a ?y } }")))
    monkeypatch.setattr("claimgraph.shapes.load_shapes", lambda: broken)
    with pytest.raises(GraphError, match="cannot be checked"):
        validate_dataset(Dataset(default_union=True))
