import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Namespace

from claimgraph import vocab
from claimgraph.model import Category, QualifierType, Relation
from claimgraph.ontology import load_vocabulary
from claimgraph.vocab import CLOSED_LISTS, MECHANISM_RELATIONS, SIGNATURES, local_name

CG = Namespace(vocab.CG)
SCHEMA = Namespace("http://schema.org/")
MEMBERS = [
    member for kinds in (Relation, Category, QualifierType, *CLOSED_LISTS) for member in kinds
]


def test_every_relation_has_a_signature():
    assert set(SIGNATURES) == set(Relation)
    assert all(signature.domain for signature in SIGNATURES.values())


def test_only_words_that_judge_or_measure_are_literals():
    literal = {relation for relation, signature in SIGNATURES.items() if signature.takes_literal}
    assert literal == {Relation.STATES_THAT, Relation.HAS_DOSE}


def test_a_mechanism_never_walks_over_treatment_or_kind():
    assert not MECHANISM_RELATIONS & {
        Relation.TREATS,
        Relation.IS_KIND_OF,
        Relation.HAS_ADVERSE_EFFECT,
        Relation.STATES_THAT,
    }
    assert {Relation.BINDS_TO, Relation.INCREASES, Relation.RESULTS_IN} <= MECHANISM_RELATIONS


def test_no_name_of_a_relation_carries_a_hedge():
    hedges = ("may", "might", "can", "could", "possib", "probab", "suggest", "should")
    for relation in Relation:
        assert not any(relation.value.lower().startswith(hedge) for hedge in hedges)


def test_no_two_members_share_a_name():
    names = [local_name(member) for member in MEMBERS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("member", MEMBERS, ids=local_name)
def test_every_member_is_a_term_of_the_vocabulary(member):
    vocabulary, term = load_vocabulary(), CG[local_name(member)]
    assert (term, RDF.type, None) in vocabulary
    label = SKOS.prefLabel if (term, SKOS.prefLabel, None) in vocabulary else RDFS.label
    assert len(list(vocabulary.objects(term, label))) == 1
    assert len(list(vocabulary.objects(term, SKOS.definition))) == 1


@pytest.mark.parametrize("relation", Relation)
def test_signatures_in_code_and_vocabulary_agree(relation):
    vocabulary, term = load_vocabulary(), CG[relation.value]
    names = {CG[c.value]: {c} for c in Category} | {CG.Entity: set(Category), XSD.string: set()}
    for predicate, ours in (
        (SCHEMA.domainIncludes, SIGNATURES[relation].domain),
        (SCHEMA.rangeIncludes, SIGNATURES[relation].range),
    ):
        theirs = set()
        for node in vocabulary.objects(term, predicate):
            theirs |= names[node]
        assert theirs == ours
    kind = OWL.DatatypeProperty if SIGNATURES[relation].takes_literal else OWL.ObjectProperty
    assert (term, RDF.type, kind) in vocabulary


def test_the_vocabulary_has_no_relation_that_code_does_not_know():
    relations = set(load_vocabulary().subjects(RDF.type, CG.Relation))
    assert relations == {CG[relation.value] for relation in Relation}
