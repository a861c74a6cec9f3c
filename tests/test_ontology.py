"""The ontology folder says what code, texts and reasoners rely on, and falls into no known trap."""

import csv
import re
from collections import Counter
from enum import StrEnum
from functools import cache
from pathlib import Path

import owlrl
import pytest
import yaml
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, URIRef

from claimgraph import exports, vocab
from claimgraph.errors import OntologyError
from claimgraph.graph import CG, CONCEPT, SCHEMA, Part, phrase, term
from claimgraph.model import Category, QualifierType, Relation
from claimgraph.ontology import (
    EXACT,
    SSSOM,
    background_graph,
    concepts_graph,
    load_concepts,
    load_mappings,
    load_vocabulary,
    ontology_file,
    render_terms,
)
from claimgraph.rdf import read_graph
from claimgraph.vocab import CLOSED_LISTS, SIGNATURES
from tests.strategies import article

PREFIXES = f"""
@prefix cg: <{vocab.CG}> .
@prefix concept: <{vocab.CONCEPT}> .
@prefix obo: <http://purl.obolibrary.org/obo/> .
@prefix owl: <{OWL}> .
@prefix skos: <{SKOS}> .
"""
VOCABULARY = URIRef(f"{vocab.BASE}vocab")
TURTLE = ("vocabulary.ttl", "concepts.ttl", "background.ttl")
PARENTS = {
    Relation.BINDS_TO: Relation.ACTS_THROUGH,
    Relation.MODULATES: Relation.ACTS_THROUGH,
    Relation.INCREASES: Relation.MODULATES,
    Relation.DECREASES: Relation.MODULATES,
}
HEPTA = r"[0-9]{7}"
LOCAL_IDS = {
    "CHEBI": r"[1-9][0-9]*",
    "DOID": r"[1-9][0-9]*",
    "EFO": HEPTA,
    "GO": HEPTA,
    "HP": HEPTA,
    "MESH": r"[CD][0-9]{6,9}",
    "MONDO": HEPTA,
    "UBERON": HEPTA,
    "WIKIDATA": r"Q[1-9][0-9]*",
    "atc": r"[A-V][0-9]{2}([A-Z]{1,2}([0-9]{2})?)?",
    "cas": r"[1-9][0-9]{1,6}-[0-9]{2}-[0-9]",
    "chembl": r"CHEMBL[1-9][0-9]*",
    "drugbank": r"DB[0-9]{5}",
    "fplx": r"[A-Za-z0-9_]+",
    "inchikey": r"[A-Z]{14}-[A-Z]{10}-[A-Z]",
    "interpro": r"IPR[0-9]{6}",
    "iuphar.ligand": r"[1-9][0-9]*",
    "pharmgkb.drug": r"PA[0-9]+",
    "pubchem.compound": r"[1-9][0-9]*",
    "rxnorm": r"[1-9][0-9]*",
    "snomedct": r"[1-9][0-9]{5,17}",
    "umls": r"C[0-9]{7}",
    "unii": r"[A-Z0-9]{10}",
}
GRADES = [
    "skos:exactMatch",
    "skos:closeMatch",
    "skos:narrowMatch",
    "skos:broadMatch",
    "skos:relatedMatch",
]


def _english(graph: Graph, node: URIRef, predicate: URIRef) -> str:
    """Give the one English text of a property."""
    [text] = graph.objects(node, predicate)
    assert text.language == "en"
    return str(text)


# ── Vocabulary and code say the same ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("relation", Relation)
def test_relation_is_the_same_in_vocabulary_and_code(relation: Relation) -> None:
    graph, node, signature = load_vocabulary(), term(relation), SIGNATURES[relation]
    kind = OWL.DatatypeProperty if signature.takes_literal else OWL.ObjectProperty
    assert {CG.Relation, kind} <= set(graph.objects(node, RDF.type))
    assert _english(graph, node, RDFS.label) == phrase(relation)

    def classes(categories: frozenset[Category]) -> set[URIRef]:
        return {CG.Entity} if categories == frozenset(Category) else set(map(term, categories))

    taken = {XSD.string} if signature.takes_literal else classes(signature.range)
    assert set(graph.objects(node, SCHEMA.domainIncludes)) == classes(signature.domain)
    assert set(graph.objects(node, SCHEMA.rangeIncludes)) == taken
    # rdfs:domain and range are what a reasoner concludes from: the one class, or all of them.
    for predicate, included in (
        (RDFS.domain, classes(signature.domain)),
        (RDFS.range, taken),
    ):
        concluded = included if len(included) == 1 else {CG.Entity}
        assert set(graph.objects(node, predicate)) == concluded


def test_vocabulary_has_no_other_relations_classes_or_qualifiers() -> None:
    graph = load_vocabulary()
    assert set(graph.subjects(RDF.type, CG.Relation)) == set(map(term, Relation))
    assert set(graph.subjects(RDFS.subClassOf, CG.Entity)) == set(map(term, Category))
    assert set(graph.subjects(RDFS.subPropertyOf, CG.qualifier)) == set(map(term, QualifierType))


def test_relations_are_kinds_of_relations_as_the_design_says() -> None:
    graph = load_vocabulary()
    stated = {
        (child, parent)
        for child in Relation
        for parent in Relation
        if (term(child), RDFS.subPropertyOf, term(parent)) in graph
    }
    assert stated == set(PARENTS.items())
    for child, parent in stated:
        # Else what the narrower relation takes would not fit the wider one that follows from it.
        assert SIGNATURES[child].domain <= SIGNATURES[parent].domain
        assert SIGNATURES[child].range <= SIGNATURES[parent].range


@pytest.mark.parametrize("category", Category)
def test_class_is_labelled_in_words(category: Category) -> None:
    words = re.sub(r"(?<=.)[A-Z]", lambda m: f" {m.group()}", category.value).lower()
    assert _english(load_vocabulary(), term(category), RDFS.label) == words


@pytest.mark.parametrize("kind", QualifierType)
def test_qualifier_is_labelled_in_words(kind: QualifierType) -> None:
    assert _english(load_vocabulary(), term(kind), RDFS.label) == f"{kind.value} qualifier"


@pytest.mark.parametrize("members", CLOSED_LISTS)
def test_closed_list_is_the_same_scheme_in_vocabulary_and_code(members: type[StrEnum]) -> None:
    graph, scheme = load_vocabulary(), CG[members.__name__]
    assert {OWL.Class, SKOS.ConceptScheme} <= set(graph.objects(scheme, RDF.type))
    for link in (SKOS.inScheme, SKOS.topConceptOf):
        assert set(graph.subjects(link, scheme)) == set(map(term, members))
    assert set(graph.subjects(RDF.type, scheme)) == set(map(term, members))
    for member in members:
        assert str(graph.value(term(member), SKOS.notation)) == member.value
        assert _english(graph, term(member), RDFS.label) == member.value.replace("-", " ")


def test_every_term_is_labelled_defined_and_of_this_vocabulary() -> None:
    graph = load_vocabulary()
    terms = {node for node in graph.subjects() if node != VOCABULARY}
    assert len(terms) > 100
    for node in terms:
        assert str(node).startswith(vocab.CG)
        assert _english(graph, node, RDFS.label)
        definition = _english(graph, node, SKOS.definition)
        assert definition[0].isupper()
        assert definition.endswith(".")
        assert list(graph.objects(node, RDFS.isDefinedBy)) == [VOCABULARY]


def test_every_term_in_use_is_in_the_vocabulary() -> None:
    """In the graph of the article, in the shapes, in the axioms: no term is made up on the way."""
    sources = [
        exports.part_graph(article().dataset, Part),
        read_graph(ontology_file("shapes.ttl")),
        read_graph(ontology_file("axioms.ttl")),
    ]
    used = {
        node
        for graph in sources
        for triple in graph
        for node in triple
        if isinstance(node, URIRef) and str(node).startswith(vocab.CG)
    }
    assert len(used) > 100
    assert used - set(load_vocabulary().subjects()) == set()
    assert {part.graph_class for part in Part} <= set(load_vocabulary().subjects())


@pytest.mark.parametrize("name", TURTLE)
def test_no_blank_nodes(name: str) -> None:
    graph = read_graph(ontology_file(name))
    assert len(graph) > 0
    assert not [node for triple in graph for node in triple if isinstance(node, BNode)]


def test_readme_has_the_terms() -> None:
    readme = ontology_file("README.md").read_text("utf-8")
    table = readme.partition("<!-- terms -->\n\n")[2].partition("\n<!-- /terms -->")[0]
    assert table == render_terms(), "put what claimgraph.ontology.render_terms gives between them"


def test_rendered_terms_are_all_terms_once() -> None:
    rows = re.findall(r"^\| `cg:(\w+)` \|", render_terms(), re.MULTILINE)
    headings = re.findall(r"^### `cg:(\w+)`:", render_terms(), re.MULTILINE)
    terms = {str(node).removeprefix(vocab.CG) for node in load_vocabulary().subjects()}
    assert Counter(rows + headings) == Counter(terms - {str(VOCABULARY)})


def test_readme_speaks_of_every_file_and_every_identifier_space() -> None:
    readme = ontology_file("README.md").read_text("utf-8")
    named = re.findall(r"^\| `([\w.-]+)` \| ", readme, re.MULTILINE)
    files = {path.name for path in ontology_file("README.md").parent.iterdir()}
    assert files - {"README.md"} <= set(named)
    assert {mapping.object_id.partition(":")[0] for mapping in load_mappings()} <= set(named)


# ── Concepts ────────────────────────────────────────────────────────────────────────────────────


def test_every_concept_is_labelled_defined_and_in_the_scheme() -> None:
    graph = read_graph(ontology_file("concepts.ttl"))
    for concept in load_concepts().values():
        node = CONCEPT[concept.id]
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", concept.id)
        assert _english(graph, node, SKOS.prefLabel) == concept.label
        assert _english(graph, node, SKOS.definition).endswith(".")
        assert (node, SKOS.inScheme, URIRef(f"{vocab.BASE}concepts")) in graph
        assert all(label.language == "en" for label in graph.objects(node, SKOS.altLabel))


def test_no_name_means_two_concepts() -> None:
    graph = read_graph(ontology_file("concepts.ttl"))
    names = Counter(
        str(label).lower()
        for predicate in (SKOS.prefLabel, SKOS.altLabel)
        for label in graph.objects(None, predicate)
    )
    assert [name for name, count in names.items() if count > 1] == []


def test_every_concept_is_used_and_every_used_concept_exists() -> None:
    in_claims = {
        mention.concept.id
        for claim in article().claims
        for mention in (claim.subject, claim.object)
        if mention.concept is not None
    }
    background = background_graph()
    in_background = {
        str(node).removeprefix(vocab.CONCEPT)
        for role in (RDF.subject, RDF.object)
        for node in background.objects(None, role)
    }
    assert in_claims | in_background == set(load_concepts())


# ── Mappings ────────────────────────────────────────────────────────────────────────────────────


def _table() -> tuple[dict[str, object], list[dict[str, str]]]:
    """Read the SSSOM table by itself: its head and its rows."""
    lines = ontology_file("mappings.sssom.tsv").read_text("utf-8").splitlines()
    head = [line.removeprefix("#") for line in lines if line.startswith("#")]
    rows = csv.DictReader(lines[len(head) :], delimiter="\t", quoting=csv.QUOTE_NONE)
    return yaml.safe_load("\n".join(head)), list(rows)


def test_table_is_well_formed() -> None:
    head, rows = _table()
    assert {"mapping_set_id", "mapping_set_version", "license", "curie_map"} <= set(head)
    prefixes = head["curie_map"]
    assert isinstance(prefixes, dict)
    used = {"concept", "skos", "semapv"}
    for row in rows:
        assert None not in row
        assert None not in row.values(), "a row is too short or too long"
        assert all(cell == cell.strip() for cell in row.values())
        assert row["subject_label"] == load_concepts()[row["subject_id"].split(":")[1]].label
        assert row["predicate_modifier"] in ("", "Not")
        assert row["predicate_id"] in GRADES
        assert row["mapping_justification"] == "semapv:ManualMappingCuration"
        assert row["object_source_version"]
        prefix, _, local = row["object_id"].partition(":")
        assert re.fullmatch(LOCAL_IDS[prefix], local), row["object_id"]
        used.add(prefix)
    assert set(prefixes) == used


def test_table_is_sorted_and_maps_nothing_twice() -> None:
    _, rows = _table()
    keys = [
        (
            row["subject_id"],
            row["predicate_modifier"],
            GRADES.index(row["predicate_id"]),
            row["object_id"],
        )
        for row in rows
    ]
    assert keys == sorted(keys)
    pairs = Counter((row["subject_id"], row["object_id"]) for row in rows)
    assert [pair for pair, count in pairs.items() if count > 1] == []


def test_no_identifier_means_two_concepts() -> None:
    exact = Counter(
        m.object_iri for m in load_mappings() if m.predicate == EXACT and not m.rejected
    )
    assert len(exact) > 50
    assert [iri for iri, count in exact.items() if count > 1] == []


def test_no_labels_of_licensed_sources() -> None:
    """Their identifiers are links; their words are not ours to copy."""
    licensed = [m for m in load_mappings() if m.object_id.startswith(("snomedct:", "umls:"))]
    assert len(licensed) > 10
    assert [m.object_id for m in licensed if m.object_label] == []


def test_graph_of_mappings_holds_matches_and_leaves_rejections_out() -> None:
    graph = concepts_graph()
    for mapping in load_mappings():
        concept, target = CONCEPT[mapping.concept], URIRef(mapping.object_iri)
        kind = CG.MappingRejection if mapping.rejected else SSSOM.Mapping
        assert (mapping.iri, RDF.type, kind) in graph
        assert ((concept, None, target) in graph) is not mapping.rejected


# ── Mistakes of whoever edits the folder ────────────────────────────────────────────────────────

COLUMNS = (
    "subject_id subject_label predicate_modifier predicate_id object_id object_label "
    "mapping_justification object_source_version other comment"
).replace(" ", "\t")
HEAD = '#curie_map:\n#  HP: "http://purl.obolibrary.org/obo/HP_"\n'
ROW = "concept:a\ta\t\tskos:exactMatch\tHP:1\t\tsemapv:ManualMappingCuration\thp.obo\t\t"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give an ontology folder of its own, which nothing has been read from."""
    monkeypatch.setattr("claimgraph.ontology.ontology_file", tmp_path.joinpath)
    return tmp_path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (f"{HEAD}subject\tobject\n", "unexpected columns"),
        (f"{COLUMNS}\n{ROW}\n", r":1: no curie_map"),
        (f"#just words\n{COLUMNS}\n{ROW}\n", r":1: no curie_map"),
        (f"{HEAD}{COLUMNS}\n{ROW}\n{ROW}\textra\n", r":5: not 10 cells"),
        (f"{HEAD}{COLUMNS}\nconcept:a\ta\n", r":4: not 10 cells"),
        (f"{HEAD}{COLUMNS}\n{ROW.replace('HP:', 'XY:')}\n", r":4: unknown .* XY:1"),
        (f"{HEAD}{COLUMNS}\n{ROW.replace('exact', 'perfect')}\n", r":4: unknown .*perfectMatch"),
        (f"{HEAD}{COLUMNS}\n{ROW}\n{ROW.replace('HP:1', 'HP:2')}\n", r":5: .*two exact matches"),
    ],
)
def test_mistake_in_the_table_is_named_with_its_line(folder: Path, text: str, message: str) -> None:
    (folder / "mappings.sssom.tsv").write_text(text, encoding="utf-8")
    with pytest.raises(OntologyError, match=message) as caught:
        load_mappings.__wrapped__()
    assert caught.value.repair


@pytest.mark.parametrize(
    ("classes", "labels", "message"),
    [
        ("cg:Drug , cg:Condition", '"a"@en', "2 categories and 1 labels"),
        ("skos:Concept", '"a"@en', "0 categories and 1 labels"),
        ("cg:Drug", '"a"@en , "b"@en', "1 categories and 2 labels"),
    ],
)
def test_mistake_in_a_concept_is_named(
    folder: Path, classes: str, labels: str, message: str
) -> None:
    (folder / "concepts.ttl").write_text(
        f"{PREFIXES}concept:a a {classes} , skos:Concept ; skos:prefLabel {labels} .\n",
        encoding="utf-8",
    )
    with pytest.raises(OntologyError, match=f"concept 'a' has {message}"):
        load_concepts.__wrapped__()


def test_background_statement_without_its_source_is_named(folder: Path) -> None:
    (folder / "background.ttl").write_text(
        f"{PREFIXES}<{vocab.BACKGROUND}a> a cg:BackgroundStatement .\n", encoding="utf-8"
    )
    with pytest.raises(OntologyError, match="background statement 'a' is incomplete"):
        background_graph()


# ── Traps: names that fit and meanings that do not ──────────────────────────────────────────────


def _matches(concept: str) -> dict[str, str]:
    """Give the identifiers of a concept with their grades, rejections left out."""
    return {
        m.object_id: m.predicate for m in load_mappings() if m.concept == concept and not m.rejected
    }


def _exact(concept: str) -> set[str]:
    return {id_ for id_, grade in _matches(concept).items() if grade == EXACT}


@pytest.mark.parametrize(
    ("concept", "identifier"),
    [
        ("absence-seizure", "MONDO:0010826"),  # childhood absence epilepsy: a syndrome
        ("myoclonic-seizure", "MONDO:0016022"),  # early myoclonic encephalopathy
        ("sedation", "MESH:D016292"),  # Conscious Sedation: a procedure
        ("sedation", "MESH:D054810"),  # Deep Sedation: a procedure
        ("gaba-receptor", "fplx:GABR"),  # merges GABA and GABA-A receptor
    ],
)
def test_trap_is_recorded_and_not_fallen_into(concept: str, identifier: str) -> None:
    rejected = {(m.concept, m.object_id) for m in load_mappings() if m.rejected}
    assert (concept, identifier) in rejected
    assert identifier not in _matches(concept)


@pytest.mark.parametrize(
    ("concept", "identifier"),
    [
        ("absence-seizure", "DOID:1825"),  # the same syndrome in another source
        ("myoclonic-seizure", "DOID:308"),
        ("gaba-a-receptor", "fplx:GABR"),
        (
            "concurrent-medication",
            "MESH:D004347",
        ),  # Drug Interactions, which the article never says
    ],
)
def test_trap_without_a_record_is_not_fallen_into(concept: str, identifier: str) -> None:
    assert identifier not in _matches(concept)


def test_seizure_epilepsy_and_seizure_disorder_are_three_concepts() -> None:
    """HP:0001250 lists "Epilepsy", MONDO:0005027 lists "seizure disorder" among their names."""
    assert "HP:0001250" in _exact("seizure")
    assert "HP:0001250" not in _matches("epilepsy") | _matches("seizure-disorder")
    assert "MONDO:0005027" in _exact("epilepsy")
    assert "MONDO:0005027" not in _matches("seizure")
    assert _exact("seizure-disorder") == set()
    three = [CONCEPT[id_] for id_ in ("seizure", "epilepsy", "seizure-disorder")]
    background = background_graph()
    assert not [(a, b) for a in three for b in three if (a, CG.isKindOf, b) in background]


def test_dizziness_is_close_to_vertigo_and_no_more() -> None:
    assert _matches("dizziness")["HP:0002321"] == "skos:closeMatch"


def test_gaba_receptor_and_gaba_a_receptor_share_no_identifier() -> None:
    assert _exact("gaba-receptor")
    assert _exact("gaba-a-receptor")
    assert not set(_matches("gaba-receptor")) & set(_matches("gaba-a-receptor"))


def test_akinetic_is_not_atonic() -> None:
    assert _exact("akinetic-seizure") == set()
    assert _matches("akinetic-seizure")["HP:0010819"] == "skos:closeMatch"
    assert "HP:0010819" in _exact("atonic-seizure")


def test_the_wrong_rxnorm_code_is_nowhere() -> None:
    """RxNorm 197527 is clonazepam 0.5 mg, though public code gives it for 2 mg."""
    for path in ontology_file("README.md").parent.iterdir():
        assert "197527" not in path.read_text("utf-8")
    assert b"197527" not in exports.to_nquads(article().dataset)


def test_nothing_is_said_about_identifiers_themselves() -> None:
    """So no HP term is ever a subclass of a MONDO term: foreign nodes are no subjects here."""
    dataset = article().dataset
    subjects = {str(subject) for subject, _, _, _ in dataset.quads()}
    assert [iri for iri in subjects if not iri.startswith(vocab.BASE)] == []
    kinds = {s for s, _, _, _ in dataset.quads((None, RDFS.subClassOf, None, None))}
    assert kinds <= set(load_vocabulary().subjects())


# ── What a reasoner may conclude (of the article, too: tests/test_reasoning.py) ─────────────────

SMALL = """
concept:clonazepam cg:treats concept:absence-seizure , concept:akinetic-seizure ;
    cg:isKindOf concept:benzodiazepine ; cg:hasAdverseEffect concept:dizziness .
concept:benzodiazepine cg:hasAdverseEffect concept:sedation ; cg:treats concept:status-epilepticus ;
    cg:increases concept:gaba-inhibitory-action .
concept:absence-seizure cg:isKindOf concept:seizure .
concept:atonic-seizure cg:isKindOf concept:seizure ; skos:exactMatch obo:HP_0010819 .
concept:akinetic-seizure skos:closeMatch obo:HP_0010819 , concept:atonic-seizure .
"""
# What only people read: no reasoner concludes anything from it, and it takes its time.
WORDS = {RDFS.label, RDFS.comment, RDFS.isDefinedBy, SKOS.definition, SKOS.notation, SKOS.altLabel}
UNSOUND = {
    # What does not follow, and the axiom that would make it follow.
    "clonazepam treats seizure": "cg:treats owl:propertyChainAxiom ( cg:treats cg:isKindOf ) .",
    "clonazepam treats atonic-seizure": (
        "cg:treats owl:propertyChainAxiom ( cg:treats skos:closeMatch ) ."
    ),
    "akinetic-seizure isKindOf seizure": "skos:closeMatch rdfs:subPropertyOf cg:isKindOf .",
    "clonazepam hasAdverseEffect sedation": (
        "cg:hasAdverseEffect owl:propertyChainAxiom ( cg:isKindOf cg:hasAdverseEffect ) ."
    ),
    "benzodiazepine hasAdverseEffect dizziness": (
        "cg:hasAdverseEffect owl:propertyChainAxiom ( [ owl:inverseOf cg:isKindOf ] "
        "cg:hasAdverseEffect ) ."
    ),
    "clonazepam treats status-epilepticus": (
        "cg:treats owl:propertyChainAxiom ( cg:isKindOf cg:treats ) ."
    ),
    "clonazepam increases gaba-inhibitory-action": (
        "cg:increases owl:propertyChainAxiom ( cg:isKindOf cg:increases ) ."
    ),
}


def _close(*graphs: Graph) -> Graph:
    """Put graphs together with vocabulary and axioms, and add all that follows by OWL RL."""
    closed = Graph()
    for graph in (load_vocabulary(), read_graph(ontology_file("axioms.ttl")), *graphs):
        for triple in graph:
            if triple[1] not in WORDS:
                closed.add(triple)
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closed)
    return closed


def _triple(words: str) -> tuple[URIRef, URIRef, URIRef]:
    subject, relation, object_ = words.split()
    return (CONCEPT[subject], CG[relation], CONCEPT[object_])


@cache
def _closed() -> Graph:
    return _close(_small())


def _small(more: str = "") -> Graph:
    prefixes = f"{PREFIXES}@prefix rdfs: <{RDFS}> .\n"
    return Graph().parse(data=prefixes + SMALL + more, format="turtle")


def test_sound_conclusions_are_drawn() -> None:
    closed = _closed()
    for words in (
        "clonazepam treatsSomeFormOf seizure",
        "benzodiazepine modulates gaba-inhibitory-action",
        "benzodiazepine actsThrough gaba-inhibitory-action",
    ):
        assert _triple(words) in closed


@pytest.mark.parametrize("words", UNSOUND)
def test_unsound_conclusion_is_not_drawn(words: str) -> None:
    assert _triple(words) not in _closed()


@pytest.mark.parametrize("words", UNSOUND)
def test_unsound_conclusion_would_be_seen(words: str) -> None:
    """With the axiom that the ontology must not have, the reasoner draws it."""
    assert _triple(words) in _close(_small(UNSOUND[words]))


def test_background_cites_what_can_be_followed() -> None:
    graph = background_graph()
    statements = list(graph.subjects(RDF.type, CG.BackgroundStatement))
    assert len(statements) > 10
    for statement in statements:
        [source] = graph.objects(statement, DCTERMS.source)
        assert isinstance(source, URIRef)
        assert _english(graph, statement, RDFS.comment)
