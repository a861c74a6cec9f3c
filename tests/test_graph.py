from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, XSD, BNode, Dataset, Literal, URIRef

from claimgraph import vocab
from claimgraph.errors import GraphError
from claimgraph.graph import (
    BIOLINK,
    CG,
    CONCEPT,
    CONTEXT,
    CURATORS,
    OA,
    OBO,
    SOFTWARE,
    Part,
    claim_iri,
    describe,
    direct_triple,
    from_graph,
    graph_iri,
    passage_iri,
    phrase,
    read_concept,
    read_sentences,
    term,
    text_iri,
    to_graph,
)
from claimgraph.model import (
    Certainty,
    Citation,
    ClaimType,
    EvidenceBasis,
    Mention,
    Method,
    Modality,
    Polarity,
    Qualifier,
    QualifierType,
    Relation,
    Span,
)
from tests.strategies import (
    ABSENCE,
    DRUG,
    SEDATION,
    article,
    documents_with_claims,
    law,
    passage,
    small_claim,
    small_document,
)


def quads(dataset: Dataset) -> set[tuple[object, ...]]:
    return set(dataset.quads())


# ── Claims to RDF and back ──────────────────────────────────────────────────────────────────────


@law(50)
@given(documents_with_claims())
def test_nothing_is_lost_on_the_way_to_rdf_and_back(drawn):
    document, claims = drawn
    assert from_graph(to_graph(claims, document)) == claims


def test_nothing_of_the_article_is_lost():
    build = article()
    assert from_graph(build.dataset) == build.claims
    assert from_graph(to_graph(build.claims, build.document)) == build.claims


@law(25)
@given(documents_with_claims(), st.randoms())
def test_neither_order_nor_repetition_matters(drawn, random):
    document, claims = drawn
    shuffled = list(claims * 2)
    random.shuffle(shuffled)
    assert quads(to_graph(shuffled, document)) == quads(to_graph(claims, document))


@law(25)
@given(documents_with_claims())
def test_the_graph_points_at_the_words(drawn):
    document, claims = drawn
    graph = to_graph(claims, document)
    passages = set(graph.subjects(RDF.type, CG.Passage))
    for node in passages:
        start, end = (int(str(graph.value(node, p))) for p in (CG.start, CG.end))
        assert document.text[start:end] == str(graph.value(node, CG.text))
    for claim in claims:
        target = graph.value(claim_iri(claim.id), OA.hasTarget)
        words, position = sorted(graph.objects(target, OA.hasSelector), reverse=True)
        start, end = (int(str(graph.value(position, p))) for p in (OA.start, OA.end))
        before, exact, after = (
            str(graph.value(words, p, default="")) for p in (OA.prefix, OA.exact, OA.suffix)
        )
        assert exact == claim.quote.text == document.text[start:end]
        # Found again by its surroundings in any copy of the text.
        assert document.text[start - len(before) : end + len(after)] == before + exact + after
        assert len(before) == min(CONTEXT, start)
        assert len(after) == min(CONTEXT, len(document.text) - end)


@law(25)
@given(documents_with_claims())
def test_no_blank_node_is_published(drawn):
    document, claims = drawn
    for quad in to_graph(claims, document).quads():
        assert not any(isinstance(part, BNode) for part in quad)


@law(25)
@given(documents_with_claims())
def test_direct_triples_are_those_of_plain_claims_and_no_others(drawn):
    document, claims = drawn
    direct = to_graph(claims, document).graph(graph_iri(Part.DIRECT, document.id))
    expected = {
        (CONCEPT[c.subject.concept.id], CG[c.relation.value], CONCEPT[c.object.concept.id])
        for c in claims
        if c.is_plain
    }
    assert set(direct) == expected


@pytest.mark.parametrize(
    "change",
    [
        {"polarity": Polarity.NEGATED},
        {"certainty": Certainty.POSSIBLE},
        {"certainty": Certainty.PROJECTED},
        {"certainty": Certainty.INTENDED},
        {"modality": Modality.NORMATIVE},
        {"type": ClaimType.OUTLOOK},
        {"type": ClaimType.EVALUATIVE},
        {"object": Mention(passage("absence seizures"), None)},
        {"qualifiers": (Qualifier(QualifierType.CONDITION, passage("seizures")),)},
    ],
    ids=str,
)
def test_a_reserve_keeps_a_claim_out_of_the_direct_graph(change):
    claim = small_claim(**change)
    assert direct_triple(claim) is None
    graph = to_graph([claim], small_document())
    assert len(graph.graph(graph_iri(Part.DIRECT, "small"))) == 0
    assert (CONCEPT.clonazepam, CG.treats, None) not in graph


def test_a_plain_claim_gives_the_simplest_triple():
    triple = (CONCEPT.clonazepam, CG.treats, CONCEPT["absence-seizure"])
    assert direct_triple(small_claim()) == triple
    assert triple in to_graph([small_claim()], small_document())


def test_claims_of_two_texts_live_in_one_dataset():
    small, other = small_document(), replace(small_document(), id="other")
    merged = Dataset(default_union=True)
    for document in (small, other):
        for quad in to_graph([small_claim(text_id=document.id)], document).quads():
            merged.add(quad)
    claims = from_graph(merged)
    assert [claim.text_id for claim in claims] == ["other", "small"]
    assert len({claim.id for claim in claims}) == 2


def test_claims_are_read_from_a_plain_graph_too():
    document, claim = small_document(), small_claim(key="k", confidence=0.1 + 0.2)
    graph = URIRef("http://example.org/all")
    merged = Dataset(default_union=True)
    for subject, predicate, object_, _ in to_graph([claim], document).quads():
        merged.graph(graph).add((subject, predicate, object_))
    assert from_graph(merged.graph(graph)) == (claim,)


@pytest.mark.parametrize("confidence", [0.0, 1.0, 1e-7, 5e-324, 0.1 + 0.2, 1 / 3])
def test_confidence_keeps_every_digit_and_is_a_decimal(confidence):
    graph = to_graph([small_claim(confidence=confidence)], small_document())
    literal = next(graph.objects(None, CG.confidence))
    assert literal.datatype == XSD.decimal
    assert "e" not in str(literal).lower()
    assert from_graph(graph)[0].confidence == confidence


def test_no_claims_are_no_claims():
    assert from_graph(to_graph([], small_document())) == ()


# ── What the graph says ─────────────────────────────────────────────────────────────────────────


def values(graph: Dataset, node: URIRef, predicate: URIRef) -> set[object]:
    return set(graph.objects(node, predicate))


def test_a_claim_says_how_it_is_known():
    claims = [
        small_claim(),
        small_claim(method=Method.LLM, type=ClaimType.RISK),
        small_claim(certainty=Certainty.POSSIBLE, cue=passage("seizures")),
        small_claim(modality=Modality.NORMATIVE, cue=passage("seizures")),
        small_claim(evidence=EvidenceBasis.CITED_SOURCE),
        small_claim(evidence=EvidenceBasis.UNCITED_STUDY),
    ]
    graph = to_graph(claims, small_document())
    said = [
        tuple(
            str(graph.value(claim_iri(c.id), p)).rsplit("/", 1)[-1]
            for p in (
                BIOLINK.knowledge_level,
                BIOLINK.agent_type,
                BIOLINK.has_evidence,
                PROV.wasGeneratedBy,
            )
        )
        for c in claims
    ]
    assert said == [
        ("knowledge_assertion", "manual_agent", "ECO_0000034", "activity-reviewed"),
        ("knowledge_assertion", "text_mining_agent", "ECO_0000034", "activity-llm"),
        ("not_provided", "manual_agent", "ECO_0000034", "activity-reviewed"),
        ("not_provided", "manual_agent", "ECO_0000034", "activity-reviewed"),
        ("knowledge_assertion", "manual_agent", "ECO_0000033", "activity-reviewed"),
        ("knowledge_assertion", "manual_agent", "ECO_0000034", "activity-reviewed"),
    ]


def test_activities_say_whether_a_person_or_a_program_found_the_claims():
    claims = [small_claim(), small_claim(method=Method.RULES, type=ClaimType.RISK)]
    graph = to_graph(claims, small_document())
    by_hand, by_rule = (text_iri("small", f"activity-{m}") for m in ("reviewed", "rules"))
    assert values(graph, by_hand, RDF.type) == values(graph, by_rule, RDF.type) == {PROV.Activity}
    assert values(graph, by_hand, PROV.used) == {text_iri("small")}
    assert values(graph, by_hand, CG.assertionMethod) == {OBO.ECO_0000218}
    assert values(graph, by_rule, CG.assertionMethod) == {OBO.ECO_0000203}
    assert values(graph, by_hand, PROV.wasAssociatedWith) == {CURATORS}
    assert values(graph, by_rule, PROV.wasAssociatedWith) == {SOFTWARE}
    assert values(graph, SOFTWARE, RDF.type) == {PROV.SoftwareAgent}
    assert (text_iri("small", "activity-llm"), None, None) not in graph


def test_the_text_its_sections_and_sentences_are_described():
    build = article()
    graph = to_graph([], build.document, {3: "praise only"})
    text = text_iri(build.document.id)
    assert values(graph, text, CG.sha256) == {Literal(build.document.sha256)}
    assert values(graph, text, DCTERMS.creator) == set()  # unknown is not said
    assert len(list(graph.subjects(RDF.type, CG.Section))) == len(build.document.sections)
    assert len(list(graph.subjects(RDF.type, CG.Sentence))) == 22
    third = text_iri(build.document.id, "sentence-3")
    assert values(graph, third, CG.noClaimReason) == {Literal("praise only")}
    title = text_iri(build.document.id, "section-1")
    assert values(graph, title, CG.text) == {Literal(build.document.citation.title)}
    assert values(graph, title, CG.noClaimReason) == {Literal("title")}
    assert values(graph, text_iri(build.document.id, "section-3"), RDFS.label) == {
        Literal("Mechanism of Action")
    }


def test_sections_and_sentences_say_all_that_the_document_does():
    build = article()
    document = build.document
    graph, text = to_graph([], document), text_iri(document.id)
    for section in document.sections:
        node = text_iri(document.id, f"section-{section.number}")
        said = dict(graph.predicate_objects(node))
        expected = {
            RDF.type: CG.Section,
            CG.ofText: text,
            CG.number: Literal(section.number),
            CG.sectionKind: term(section.kind),
            CG.start: Literal(section.span.start),
            CG.end: Literal(section.span.end),
        }
        assert expected.items() <= said.items()
        assert (RDFS.label in said) == (section.heading is not None)
        assert (CG.noClaimReason in said) == (not section.is_content)
    for sentence in document.sentences:
        node = text_iri(document.id, f"sentence-{sentence.number}")
        assert values(graph, node, RDF.type) == {CG.Passage, CG.Sentence}
        assert {p: o for p, o in graph.predicate_objects(node) if p != RDF.type} == {
            CG.number: Literal(sentence.number),
            CG.inSection: text_iri(document.id, f"section-{sentence.section}"),
            CG.start: Literal(sentence.span.start),
            CG.end: Literal(sentence.span.end),
            CG.text: Literal(sentence.text),
        }
    assert values(graph, text, RDF.type) == {CG.Text}
    assert values(graph, text, DCTERMS.language) == {Literal("en")}
    boilerplate = text_iri(document.id, "section-9")
    assert values(graph, boilerplate, CG.noClaimReason) == {Literal("not part of the text proper")}


def test_what_is_known_of_the_source_is_said():
    citation = Citation(
        "T", "pt-BR", "Ada", "Press", "2020", "http://example.org/", "CC0", "A note"
    )
    document = replace(small_document(), citation=citation)
    graph, text = to_graph([], document), text_iri("small")
    assert values(graph, text, DCTERMS.title) == {Literal("T", lang="pt-BR")}
    known = {str(o) for o in graph.objects(text, None)}
    assert {"Ada", "Press", "2020", "http://example.org/", "CC0", "A note"} <= known


def test_names():
    assert str(claim_iri("ab")) == f"{vocab.CLAIM}ab"
    assert str(passage_iri("t", Span(3, 9))) == f"{vocab.TEXT}t/char-3-9"
    assert str(text_iri("t")) == f"{vocab.TEXT}t"
    with pytest.raises(ValueError, match="belong to a text"):
        graph_iri(Part.CLAIMS)
    names = [graph_iri(part, "t") for part in Part]
    assert len(set(names)) == len(names)
    assert {part.graph_class for part in Part} <= {CG[f"{p.value.title()}Graph"] for p in Part}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({}, "clonazepam treats absence seizure"),
        ({"polarity": Polarity.NEGATED}, "clonazepam treats absence seizure (negated)"),
        (
            {"certainty": Certainty.POSSIBLE, "modality": Modality.NORMATIVE},
            "clonazepam treats absence seizure (possible, recommended)",
        ),
        (
            {
                "relation": Relation.STATES_THAT,
                "object": Mention(passage("absence seizures"), None),
            },
            "clonazepam states that “absence seizures”",
        ),
    ],
)
def test_a_claim_is_said_in_one_line_with_its_reserves(change, line):
    assert describe(small_claim(**change)) == line


def test_every_relation_is_said_in_small_words():
    for relation in Relation:
        assert phrase(relation) == phrase(relation).lower()
        assert phrase(relation).replace(" ", "") == relation.value.lower()


# ── Graphs that are not ours ────────────────────────────────────────────────────────────────────

NODE = claim_iri(
    small_claim(certainty=Certainty.POSSIBLE, cue=passage("seizures"), confidence=0.5).id
)
QUOTE, POSITION = (passage_iri("small", Span(0, 34), kind) for kind in ("quote", "position"))
CUE = passage_iri("small", passage("seizures").span)


def hedged() -> Dataset:
    claim = small_claim(
        certainty=Certainty.POSSIBLE, cue=passage("seizures"), confidence=0.5, key="k"
    )
    return to_graph([claim], small_document())


def number(lexical: str) -> Literal:
    return Literal(lexical, datatype=XSD.integer, normalize=False)


CLONAZEPAM = CONCEPT.clonazepam
SPOILT = {
    # subject, predicate, what it is set to (nothing: taken away), message
    "no-target": (NODE, OA.hasTarget, [], "has 0 values of .*hasTarget"),
    "two-targets": (NODE, OA.hasTarget, [QUOTE, POSITION], "has 2 values of .*hasTarget"),
    "no-sentence": (NODE, PROV.wasQuotedFrom, [], "has 0 values of .*wasQuotedFrom"),
    "sentence-of-nothing": (NODE, PROV.wasQuotedFrom, [QUOTE], "has 0 values of .*number"),
    "no-method": (NODE, PROV.wasGeneratedBy, [], "has 0 values of .*wasGeneratedBy"),
    "no-subject": (NODE, RDF.subject, [], "has 0 values of .*subject"),
    "unknown-relation": (NODE, RDF.predicate, [CG.cures], "cures is no Relation"),
    "type-of-another-list": (NODE, CG.claimType, [CG.possible], "possible is no ClaimType"),
    "literal-certainty": (NODE, CG.certainty, [Literal("possible")], "is no Certainty"),
    "two-cues": (NODE, CG.cue, [CUE, passage_iri("small", Span(0, 10))], "has 2 values of .*cue"),
    "two-keys": (NODE, DCTERMS.identifier, [Literal("a"), Literal("b")], "has 2 values"),
    "two-confidences": (NODE, CG.confidence, [Literal(0.1), Literal(0.2)], "has 2 values"),
    "confidence-in-words": (NODE, CG.confidence, [Literal("high")], "malformed: .*'high'"),
    "start-in-words": (CUE, CG.start, [Literal("two")], "start of .* is no whole number"),
    "start-ill-typed": (CUE, CG.start, [number("two")], "start of .* is no whole number"),
    "start-negative": (CUE, CG.start, [number("-2")], "start of .* is no whole number"),
    "start-endless": (CUE, CG.start, [number("1" * 5000)], "start of .* is no whole number"),
    "reversed": (CUE, CG.end, [number("1")], "ends at 1, before it starts at 26"),
    "cue-moved": (CUE, CG.start, [number("25")], "does not say what its name stands for"),
    "quote-rewritten": (QUOTE, OA.exact, [Literal("No")], "does not say what its name stands for"),
    "quote-of-no-kind": (QUOTE, RDF.type, [], "has no oa:TextQuoteSelector"),
    "position-of-no-kind": (POSITION, RDF.type, [], "has no oa:TextPositionSelector"),
    "polarity-flipped": (NODE, CG.polarity, [CG.negated], "does not say what its name stands for"),
    "hedge-removed": (NODE, CG.certainty, [CG.asserted], "does not say what its name stands for"),
    "subject-in-no-words": (NODE, RDF.subject, [Literal("x")], "does not say what its name|malformed"),
    "concept-without-a-class": (CLONAZEPAM, RDF.type, [SKOS.Concept], "has 0 categories"),
    "concept-of-two-classes": (CLONAZEPAM, RDF.type, [CG.Drug, CG.Condition], "has 2 categories"),
    "concept-without-a-label": (CLONAZEPAM, SKOS.prefLabel, [], "has 0 values of .*prefLabel"),
}  # fmt: skip


@pytest.mark.parametrize(("subject", "predicate", "new", "message"), SPOILT.values(), ids=SPOILT)
def test_a_spoilt_graph_is_refused_loudly(subject, predicate, new, message):
    dataset = hedged()
    assert from_graph(dataset)
    graph = dataset.graph(graph_iri(Part.CLAIMS, "small"))
    for part in dataset.graphs():
        part.remove((subject, predicate, None))
    for value in new:
        graph.add((subject, predicate, value))
    with pytest.raises(GraphError, match=message):
        from_graph(dataset)


def test_a_literal_subject_without_words_is_malformed():
    dataset = hedged()
    for part in dataset.graphs():
        part.remove((NODE, RDF.subject, None))
        part.remove((NODE, CG.subjectMention, None))
    dataset.graph(graph_iri(Part.CLAIMS, "small")).add((NODE, RDF.subject, Literal("x")))
    with pytest.raises(GraphError, match="malformed: a mention needs words or a concept"):
        from_graph(dataset)


def test_concepts_and_sentences_are_read():
    dataset = to_graph([small_claim()], small_document())
    assert read_concept(dataset, CONCEPT["absence-seizure"]) == ABSENCE
    sentences = read_sentences(dataset)
    assert list(sentences) == [("small", 1), ("small", 2), ("small", 3)]
    assert [p.text for p in sentences.values()] == [s.text for s in small_document().sentences]
    with pytest.raises(GraphError):
        read_concept(dataset, CONCEPT.nothing)


def test_the_claims_of_a_text_stand_in_its_order():
    build = article()
    read = from_graph(build.dataset)
    assert all(a.sort_key < b.sort_key for a, b in pairwise(read))


def test_a_literal_object_is_words_in_the_graph():
    claim = small_claim(relation=Relation.STATES_THAT, object=Mention(passage("seizures"), None))
    graph = to_graph([claim], small_document())
    assert values(graph, claim_iri(claim.id), RDF.object) == {Literal("seizures")}


@pytest.mark.parametrize("part", [part for part in Part if part is not Part.STATEMENTS])
def test_every_part_has_its_name_in_the_article(part):
    build = article()
    name = graph_iri(part, build.document.id if part.of_text else None)
    assert len(build.dataset.graph(name)) > 0


def test_the_concepts_of_claims_are_labelled():
    claims = [small_claim(), small_claim(subject=Mention(None, DRUG), object=Mention(passage("seizures"), SEDATION))]  # fmt: skip
    graph = to_graph(claims, small_document()).graph(graph_iri(Part.CONCEPTS))
    labels = {str(s): str(o) for s, o in graph.subject_objects(SKOS.prefLabel)}
    assert labels == {
        f"{vocab.CONCEPT}clonazepam": "clonazepam",
        f"{vocab.CONCEPT}absence-seizure": "absence seizure",
        f"{vocab.CONCEPT}sedation": "sedation",
    }
    assert {str(term(c.category)) for c in (DRUG, ABSENCE)} == {
        str(o) for o in graph.objects(None, RDF.type) if str(o).startswith(vocab.CG)
    }
