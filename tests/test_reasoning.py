import owlrl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from claimgraph import vocab
from claimgraph.exports import part_graph, to_turtle
from claimgraph.graph import CG, CONCEPT, Part, Triple, claim_iri
from claimgraph.model import (
    Category,
    Certainty,
    Claim,
    ClaimType,
    Concept,
    Mention,
    Modality,
    Polarity,
    Qualifier,
    QualifierType,
    Relation,
)
from claimgraph.ontology import background_graph, load_vocabulary, ontology_file
from claimgraph.rdf import read_graph
from claimgraph.reasoning import infer
from tests.strategies import article, documents_with_claims, passage, reviewed, small_claim

R = Relation
WORDS = passage("seizures")
CATEGORIES = {"drug": Category.DRUG, "class": Category.DRUG_CLASS, "target": Category.TARGET}


def claim(subject: str, relation: Relation, object_: str, **more: object) -> Claim:
    """Make a claim about two concepts named by their ids."""

    def concept(name: str) -> Concept:
        return Concept(name, name, CATEGORIES.get(name, Category.CONDITION))

    return small_claim(
        subject=Mention(None, concept(subject)),
        relation=relation,
        object=Mention(WORDS, concept(object_)),
        **more,
    )


def background(*statements: tuple[str, Relation, str]) -> Graph:
    graph = Graph()
    for number, (subject, relation, object_) in enumerate(statements, start=1):
        node = URIRef(f"{vocab.BACKGROUND}{number}")
        graph.add((node, RDF.type, CG.BackgroundStatement))
        graph.add((node, RDF.subject, CONCEPT[subject]))
        graph.add((node, RDF.predicate, CG[relation.value]))
        graph.add((node, RDF.object, CONCEPT[object_]))
    return graph


def short(triple: Triple) -> tuple[str, ...]:
    return tuple(str(part).replace("#", "/").rsplit("/", 1)[-1] for part in triple)


def statements(graph: Graph) -> dict[Triple, URIRef]:
    """Give the inferred statements: what each states, and its node."""
    return {
        tuple(graph.value(node, p) for p in (RDF.subject, RDF.predicate, RDF.object)): node
        for node in graph.subjects(RDF.type, CG.InferredStatement)
    }


def inferred(*given: Claim, known: Graph | None = None) -> set[tuple[str, ...]]:
    """Give what is inferred, in short; each with its statement node and no triple without one."""
    graph = infer(given, known or Graph(), load_vocabulary())
    found = statements(graph)
    about = set(found.values())
    assert {t for t in graph if t[0] not in about} == set(found)
    return {short(triple) for triple in found}


def why(graph: Graph, triple: tuple[str, str, str]) -> tuple[str, set[str]]:
    """Give the rule and the premises of an inferred statement."""
    node = next(n for t, n in statements(graph).items() if short(t) == triple)
    rule = graph.value(node, CG.rule)
    return str(rule), {str(p) for p in graph.objects(node, CG.premise)}


# ── What follows ────────────────────────────────────────────────────────────────────────────────


def test_a_kind_of_a_kind_is_a_kind():
    first = claim("a", R.IS_KIND_OF, "b")
    known = background(("b", R.IS_KIND_OF, "c"), ("c", R.IS_KIND_OF, "d"))
    graph = infer([first], known, load_vocabulary())
    assert inferred(first, known=known) == {
        ("a", "isKindOf", "c"),
        ("a", "isKindOf", "d"),
        ("b", "isKindOf", "d"),
    }
    one, two = f"{vocab.BACKGROUND}1", f"{vocab.BACKGROUND}2"
    assert why(graph, ("a", "isKindOf", "d")) == (
        "kind-of-chain",
        {str(claim_iri(first.id)), one, two},
    )
    assert why(graph, ("b", "isKindOf", "d")) == ("kind-of-chain", {one, two})


def test_treating_a_kind_is_treating_some_form_and_never_the_whole():
    treats, kind = claim("drug", R.TREATS, "absence"), claim("absence", R.IS_KIND_OF, "seizure")
    known = background(("seizure", R.IS_KIND_OF, "event"))
    found = inferred(treats, kind, known=known)
    assert found == {
        ("drug", "treatsSomeFormOf", "seizure"),
        ("drug", "treatsSomeFormOf", "event"),
        ("absence", "isKindOf", "event"),
    }
    graph = infer([treats, kind], known, load_vocabulary())
    assert why(graph, ("drug", "treatsSomeFormOf", "event")) == (
        "treats-some-form-of",
        {str(claim_iri(treats.id)), str(claim_iri(kind.id)), f"{vocab.BACKGROUND}1"},
    )


def test_the_shorter_of_two_ways_is_named():
    known = background(
        ("absence", R.IS_KIND_OF, "x"), ("x", R.IS_KIND_OF, "seizure"),
        ("absence", R.IS_KIND_OF, "seizure"),
    )  # fmt: skip
    treats = claim("drug", R.TREATS, "absence")
    graph = infer([treats], known, load_vocabulary())
    _, premises = why(graph, ("drug", "treatsSomeFormOf", "seizure"))
    assert premises == {str(claim_iri(treats.id)), f"{vocab.BACKGROUND}3"}


def test_all_claims_that_state_a_premise_are_named():
    one = claim("drug", R.TREATS, "absence")
    two = claim("drug", R.TREATS, "absence", key="again", type=ClaimType.RISK)
    known = background(("absence", R.IS_KIND_OF, "seizure"))
    graph = infer([one, two], known, load_vocabulary())
    _, premises = why(graph, ("drug", "treatsSomeFormOf", "seizure"))
    assert premises == {str(claim_iri(one.id)), str(claim_iri(two.id)), f"{vocab.BACKGROUND}1"}


@pytest.mark.parametrize(
    ("relation", "wider"),
    [
        (R.BINDS_TO, {"actsThrough"}),
        (R.MODULATES, {"actsThrough"}),
        (R.INCREASES, {"modulates", "actsThrough"}),
        (R.DECREASES, {"modulates", "actsThrough"}),
        (R.ACTS_THROUGH, set()),
        (R.RESULTS_IN, set()),
        (R.TREATS, set()),
        (R.HAS_ADVERSE_EFFECT, set()),
    ],
)
def test_a_relation_gives_the_wider_ones(relation, wider):
    stated = claim("drug", relation, "target")
    assert inferred(stated) == {("drug", name, "target") for name in wider}
    assert inferred(known=background(("drug", relation, "target"))) == inferred(stated)
    graph = infer([stated], Graph(), load_vocabulary())
    for name in wider:
        assert why(graph, ("drug", name, "target")) == (
            "wider-relation",
            {str(claim_iri(stated.id))},
        )


def test_a_claim_that_works_through_another_comes_after_it():
    first = claim("drug", R.RESULTS_IN, "binding")
    second = claim("drug", R.RESULTS_IN, "calm", via=(first.id,))
    graph = infer([second, first], Graph(), load_vocabulary())
    assert inferred(first, second) == {("binding", "upstreamOf", "calm")}
    assert why(graph, ("binding", "upstreamOf", "calm")) == (
        "upstream",
        {str(claim_iri(first.id)), str(claim_iri(second.id))},
    )


# ── What does not follow ────────────────────────────────────────────────────────────────────────

RESERVES = {
    "negated": {"polarity": Polarity.NEGATED},
    "possible": {"certainty": Certainty.POSSIBLE},
    "projected": {"certainty": Certainty.PROJECTED},
    "intended": {"certainty": Certainty.INTENDED},
    "normative": {"modality": Modality.NORMATIVE},
    "conditional": {"qualifiers": (Qualifier(QualifierType.CONDITION, WORDS),)},
    "praise": {"type": ClaimType.EVALUATIVE},
    "outlook": {"type": ClaimType.OUTLOOK},
}


@pytest.mark.parametrize("reserve", RESERVES.values(), ids=RESERVES)
def test_nothing_follows_from_a_claim_with_a_reserve(reserve):
    kind = background(("absence", R.IS_KIND_OF, "seizure"))
    assert inferred(claim("drug", R.TREATS, "absence", **reserve), known=kind) == set()
    assert inferred(claim("drug", R.INCREASES, "target", **reserve)) == set()
    treats = claim("drug", R.TREATS, "absence")
    assert inferred(treats, claim("absence", R.IS_KIND_OF, "seizure", **reserve)) == set()
    first = claim("drug", R.RESULTS_IN, "binding", **reserve)
    second = claim("drug", R.RESULTS_IN, "calm", via=(first.id,))
    assert inferred(first, second) == set()
    plain = claim("drug", R.RESULTS_IN, "binding")
    late = claim("drug", R.RESULTS_IN, "calm", via=(plain.id,), **reserve)
    assert inferred(plain, late) == set()


def test_a_reason_is_no_step():
    first = claim("drug", R.RESULTS_IN, "binding")
    assert inferred(first, claim("drug", R.RESULTS_IN, "calm", because=(first.id,))) == set()


def test_a_step_to_the_same_object_or_to_words_or_to_nothing_orders_nothing():
    first = claim("drug", R.RESULTS_IN, "calm")
    assert inferred(first, claim("class", R.RESULTS_IN, "calm", via=(first.id,))) == set()
    words = small_claim(relation=R.STATES_THAT, object=Mention(WORDS, None))
    assert inferred(words, claim("drug", R.RESULTS_IN, "calm", via=(words.id,))) == set()
    assert inferred(claim("drug", R.RESULTS_IN, "calm", via=("f" * 16,))) == set()


def test_nothing_passes_from_a_class_to_its_drugs_or_back():
    of_class = background(("drug", R.IS_KIND_OF, "class"))
    for relation in (R.TREATS, R.HAS_ADVERSE_EFFECT, R.CONTRAINDICATED_FOR, R.RESULTS_IN):
        assert inferred(claim("class", relation, "x"), known=of_class) == set()
        assert inferred(claim("drug", relation, "x"), known=of_class) == set()


def test_effects_never_climb_to_what_they_are_a_kind_of():
    kind = background(("sedation", R.IS_KIND_OF, "effect"))
    for relation in (R.HAS_ADVERSE_EFFECT, R.PREVENTS, R.CONTRAINDICATED_FOR, R.LEADS_TO):
        assert inferred(claim("drug", relation, "sedation"), known=kind) == set()


def test_treating_the_whole_is_not_treating_each_kind():
    kind = background(("absence", R.IS_KIND_OF, "seizure"))
    assert inferred(claim("drug", R.TREATS, "seizure"), known=kind) == set()


def test_close_matches_carry_nothing():
    known = background(("atonic", R.IS_KIND_OF, "seizure"))
    for match in (SKOS.closeMatch, SKOS.exactMatch, SKOS.broadMatch):
        known.add((CONCEPT.akinetic, match, CONCEPT.atonic))
    assert inferred(claim("drug", R.TREATS, "akinetic"), known=known) == set()


def test_a_triple_without_a_statement_of_its_source_is_no_background():
    known = Graph()
    known.add((CONCEPT.absence, CG.isKindOf, CONCEPT.seizure))
    assert inferred(claim("drug", R.TREATS, "absence"), known=known) == set()
    half = background(("absence", R.IS_KIND_OF, "seizure"))
    half.remove((None, RDF.object, None))
    assert inferred(claim("drug", R.TREATS, "absence"), known=half) == set()


def test_circles_of_kinds_end_and_nothing_becomes_a_kind_of_itself():
    circle = background(
        ("a", R.IS_KIND_OF, "b"), ("b", R.IS_KIND_OF, "c"), ("c", R.IS_KIND_OF, "a"),
        ("d", R.IS_KIND_OF, "d"),
    )  # fmt: skip
    found = inferred(claim("drug", R.TREATS, "a"), known=circle)
    assert found == {
        ("a", "isKindOf", "c"), ("b", "isKindOf", "a"), ("c", "isKindOf", "b"),
        ("drug", "treatsSomeFormOf", "b"), ("drug", "treatsSomeFormOf", "c"),
    }  # fmt: skip


def test_what_is_stated_is_not_repeated():
    stated = claim("drug", R.MODULATES, "target")
    narrower = claim("drug", R.INCREASES, "target")
    assert inferred(stated, narrower) == {("drug", "actsThrough", "target")}
    chain = background(("a", R.IS_KIND_OF, "b"), ("b", R.IS_KIND_OF, "c"), ("a", R.IS_KIND_OF, "c"))
    assert inferred(known=chain) == set()


# ── Any claims ──────────────────────────────────────────────────────────────────────────────────


@settings(deadline=None, max_examples=20)
@given(documents_with_claims(), st.randoms())
def test_inference_is_the_same_whatever_the_order_and_adds_no_plain_statement(drawn, random):
    claims = list(drawn[1])
    graph = infer(claims, background_graph(), load_vocabulary())
    random.shuffle(claims)
    assert to_turtle(infer(claims * 2, background_graph(), load_vocabulary())) == to_turtle(graph)
    plain = {claim_iri(c.id) for c in claims if c.is_plain}
    known = set(background_graph().subjects(RDF.type, CG.BackgroundStatement))
    for triple, node in statements(graph).items():
        assert short(triple)[1] in {
            "isKindOf", "treatsSomeFormOf", "modulates", "actsThrough", "upstreamOf",
        }  # fmt: skip
        premises = set(graph.objects(node, CG.premise))
        assert premises
        assert premises <= plain | known


# ── The article ─────────────────────────────────────────────────────────────────────────────────


def test_what_follows_from_the_article():
    graph = part_graph(article().dataset, [Part.INFERRED])
    found = {short(triple) for triple in statements(graph)}
    assert {t for t in found if t[1] in ("treatsSomeFormOf", "upstreamOf")} == {
        # Stated of absence, myoclonic and akinetic seizures, acute episodes and status epilepticus.
        ("clonazepam", "treatsSomeFormOf", "seizure"),
        ("clonazepam", "treatsSomeFormOf", "seizure-disorder"),
        # Stated of epilepsy.
        ("clonazepam", "treatsSomeFormOf", "neurological-condition"),
        ("gaba-neurotransmitter-system", "upstreamOf", "gaba-inhibitory-action"),
        ("gaba-inhibitory-action", "upstreamOf", "neuronal-excitability"),
        ("neuronal-excitability", "upstreamOf", "seizure"),
        ("gaba-receptor", "upstreamOf", "neuronal-membrane-hyperpolarization"),
        ("gaba-receptor", "upstreamOf", "neurotransmitter-release-inhibition"),
        ("seizure-control", "upstreamOf", "recurrent-seizure-episode"),
    }
    # Akinetic is only close to atonic, so background about atonic seizures says nothing of it.
    assert not any("atonic-seizure" in t and "clonazepam" in t for t in found)
    assert not any(t[1] in ("treats", "hasAdverseEffect", "contraindicatedFor") for t in found)


def test_the_premises_of_an_inference_are_the_claims_a_reader_would_name():
    graph = part_graph(article().dataset, [Part.INFERRED])
    rule, premises = why(graph, ("neuronal-excitability", "upstreamOf", "seizure"))
    ids = {reviewed(key).id for key in ("dampens-excitability", "fewer-seizures")}
    milder = {reviewed(key).id for key in ("dampens-excitability", "milder-seizures")}
    assert rule == "upstream"
    assert premises in ({str(claim_iri(i)) for i in ids}, {str(claim_iri(i)) for i in milder})
    rule, premises = why(graph, ("clonazepam", "treatsSomeFormOf", "neurological-condition"))
    assert rule == "treats-some-form-of"
    assert premises == {
        str(claim_iri(reviewed(key).id)) for key in ("treats-epilepsy", "epilepsy-is-neurological")
    }


def test_an_owl_reasoner_draws_the_same_conclusions_and_no_more():
    """Hold our rules to OWL 2 RL over the same facts; it knows no order of steps."""
    build = article()
    stated = set(part_graph(build.dataset, [Part.DIRECT]))
    known = background_graph()
    for node in known.subjects(RDF.type, CG.BackgroundStatement):
        stated.add(tuple(known.value(node, p) for p in (RDF.subject, RDF.predicate, RDF.object)))
    closure = read_graph(ontology_file("axioms.ttl"))
    for triple in stated:
        closure.add(triple)
    axioms = (RDFS.subPropertyOf, RDFS.subClassOf, RDFS.domain, RDFS.range)
    for subject, predicate, object_ in load_vocabulary():
        if predicate in axioms or str(object_).startswith(str(OWL)):
            closure.add((subject, predicate, object_))
    for subject, predicate, object_ in part_graph(build.dataset, [Part.CONCEPTS]):
        if "Match" in str(predicate):
            closure.add((subject, predicate, object_))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(closure)
    theirs = {
        triple
        for triple in closure
        if str(triple[0]).startswith(vocab.CONCEPT) and str(triple[1]).startswith(vocab.CG)
    }
    inferences = statements(part_graph(build.dataset, [Part.INFERRED]))
    ours = {triple for triple in inferences if triple[1] != CG.upstreamOf}
    assert theirs - stated == ours
    assert len(ours) > 10
    # The unsound ones by name.
    assert (CONCEPT.clonazepam, CG.treats, CONCEPT["neurological-condition"]) not in closure
    assert (CONCEPT.clonazepam, CG.treats, CONCEPT["atonic-seizure"]) not in closure
    assert (CONCEPT.clonazepam, CG.treatsSomeFormOf, CONCEPT["atonic-seizure"]) not in closure
