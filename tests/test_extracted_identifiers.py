"""What the published graph says of concepts that extraction found: identifiers, names, class."""

from __future__ import annotations

import json
import re
from functools import cache

import pyrudof
import pytest
from rdflib import DCTERMS, RDF, SKOS, Graph, Literal, URIRef

from claimgraph import exports
from claimgraph.documents import cut_text
from claimgraph.extract.rules import RuleExtractor
from claimgraph.gate import pass_claims
from claimgraph.graph import CG, CONCEPT
from claimgraph.lexicon import load_lexicon
from claimgraph.model import Citation, Concept
from claimgraph.ontology import SSSOM, lexicon_graph, load_mappings, ontology_file
from claimgraph.page import render_page
from claimgraph.page.packing import unpack
from claimgraph.pipeline import Build, assemble, check
from claimgraph.queries import QueryEngine
from claimgraph.report import write_report

TEXT = (
    "Lamotrigine is indicated for the treatment of partial-onset seizures. Levetiracetam is used "
    "for juvenile myoclonic epilepsy. Lamotrigine may cause Stevens-Johnson syndrome. "
    "Lamotrigine blocks sodium channels. Clonazepam treats epilepsy. Klonopin is a benzodiazepine."
)
LAMOTRIGINE = CONCEPT["mesh-d000077213"]


@cache
def build() -> Build:
    document = cut_text(TEXT, id="two-drugs", citation=Citation("Two drugs"))
    passed = pass_claims(RuleExtractor().extract(document), document)
    return assemble(document, passed.claims, rejections=passed.rejections)


def concept_of(name: str) -> Concept:
    return load_lexicon().lookup(name)[0].concept


def test_an_extracted_drug_has_its_identifiers_as_exact_matches_with_their_mappings() -> None:
    graph = build().dataset
    matches = set(map(str, graph.objects(LAMOTRIGINE, SKOS.exactMatch)))
    assert {
        "http://id.nlm.nih.gov/mesh/D000077213",
        "http://purl.obolibrary.org/obo/CHEBI_6367",
        "https://bioregistry.io/unii:U3H27498KS",
        "https://bioregistry.io/drugbank:DB00555",
    } <= matches
    for match in matches:
        (mapping,) = (
            node
            for node in graph.subjects(SSSOM.object_id, URIRef(match))
            if (node, SSSOM.subject_id, LAMOTRIGINE) in graph
        )
        assert (mapping, RDF.type, SSSOM.Mapping) in graph
        assert "lexicon" in str(graph.value(mapping, DCTERMS.source))
        assert str(graph.value(mapping, SKOS.notation)).partition(":")[2]


def test_it_has_a_class_a_label_and_the_names_that_the_lexicon_knows() -> None:
    graph = build().dataset
    assert (LAMOTRIGINE, RDF.type, CG.Drug) in graph
    assert list(graph.objects(LAMOTRIGINE, SKOS.prefLabel)) == [Literal("lamotrigine", lang="en")]
    assert Literal("lamictal", lang="en") in set(graph.objects(LAMOTRIGINE, SKOS.hiddenLabel))


def test_an_extracted_concept_that_people_wrote_down_is_that_concept() -> None:
    """Klonopin and clonazepam are one node, with the mappings of the table and no others."""
    graph = build().dataset
    node = CONCEPT["clonazepam"]
    labels = set(graph.subjects(SKOS.prefLabel, Literal("clonazepam", lang="en")))
    assert labels == {node}
    assert {str(o) for o in graph.objects(node, SKOS.exactMatch)} == {
        m.object_iri
        for m in load_mappings()
        if m.concept == "clonazepam" and m.predicate == "skos:exactMatch" and not m.rejected
    }
    subjects = {claim.subject.concept for claim in build().claims}
    assert concept_of("Klonopin") == concept_of("clonazepam")
    assert concept_of("clonazepam") in subjects


def test_no_identifier_is_given_to_what_the_lexicon_does_not_hold() -> None:
    unknown = Concept("unlisted-newdrugol", "newdrugol", concept_of("clonazepam").category)
    assert len(lexicon_graph([unknown])) == 0
    assert len(lexicon_graph([])) == 0


def test_no_two_concepts_of_a_text_share_an_identifier() -> None:
    graph = build().dataset
    targets = [str(o) for _, o in graph.subject_objects(SKOS.exactMatch)]
    assert len(targets) == len(set(targets))


def test_the_graph_conforms_before_both_judges() -> None:
    check(build())
    judge = pyrudof.Rudof(pyrudof.RudofConfig())
    judge.read_shacl(ontology_file("shapes.ttl").read_text("utf-8"), pyrudof.ShaclFormat.Turtle)
    triples = exports.part_graph(build().dataset).serialize(format="nt")
    vocabulary = ontology_file("vocabulary.ttl").read_text("utf-8")
    judge.read_data(triples + vocabulary, pyrudof.RDFFormat.Turtle, merge=False)
    assert judge.validate_shacl().violations == []


def test_a_brand_finds_its_drug_in_queries() -> None:
    assert QueryEngine(build().dataset).find_concept("Lamictal") == LAMOTRIGINE


def test_the_report_counts_it_as_identified() -> None:
    b = build()
    report = write_report(b.document, b.claims, b.without_claims, b.dataset, b.rejections)
    section = report.decode("utf-8").partition("## Without an exact identifier")[2]
    assert "lamotrigine" not in section


def test_the_page_shows_the_identifier() -> None:
    page = render_page(build().document, build().claims, build().dataset).decode("utf-8")
    packed = re.search(r'<script[^>]* id="data"[^>]*>([^<]+)<', page)
    assert packed is not None
    assert "http://purl.obolibrary.org/obo/CHEBI_6367" in json.dumps(unpack(packed[1]))


@pytest.mark.parametrize("name", ["Stevens-Johnson syndrome", "juvenile myoclonic epilepsy"])
def test_conditions_are_identified_too(name: str) -> None:
    graph: Graph = build().dataset
    assert list(graph.objects(CONCEPT[concept_of(name).id], SKOS.exactMatch))


def test_the_same_concepts_give_the_same_triples_in_any_order() -> None:
    concepts = [concept_of(name) for name in ("lamotrigine", "levetiracetam", "gout")]
    one, other = lexicon_graph(concepts), lexicon_graph(reversed(concepts))
    assert set(one) == set(other)
    assert len(set(one)) > 9


def test_all_that_the_lexicon_says_of_a_concept_is_told() -> None:
    known = load_lexicon().describe([concept_of("lamotrigine")])[concept_of("lamotrigine")]
    assert known.identifiers == load_lexicon().lookup("lamotrigine")[0].identifiers
    assert all(
        concept_of("lamotrigine") in {e.concept for e in load_lexicon().lookup(name)}
        for name in known.names
    )
