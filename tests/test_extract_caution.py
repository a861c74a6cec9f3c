"""A negated, hypothetical or normative claim never reaches a direct triple, whatever its relation."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph

from claimgraph.documents import cut_text
from claimgraph.extract.rules import RuleExtractor
from claimgraph.gate import pass_claims
from claimgraph.graph import Part, graph_iri, to_graph
from claimgraph.model import Certainty, Citation, Claim, Document, Modality, Polarity, Relation
from claimgraph.pipeline import build_text, check
from tests.strategies import law

# Plain statements, one for each relation of which a plain claim can come, with that claim's object.
PLAIN = (
    ("clonazepam is indicated for panic disorder", Relation.TREATS, "panic disorder"),
    ("clonazepam causes drowsiness", Relation.HAS_ADVERSE_EFFECT, "drowsiness"),
    ("clonazepam inhibits cyclooxygenase", Relation.DECREASES, "cyclooxygenase"),
    ("clonazepam reduces neuronal excitability", Relation.DECREASES, "neuronal excitability"),
    ("clonazepam increases phenytoin levels", Relation.INTERACTS_WITH, "phenytoin"),
    ("long-term use of clonazepam leads to insomnia", Relation.LEADS_TO, "insomnia"),
    ("clonazepam is a benzodiazepine", Relation.IS_KIND_OF, "benzodiazepine"),
    ("sedation limits adherence", Relation.LIMITS, "adherence"),
    ("epilepsy is characterized by seizures", Relation.CHARACTERIZED_BY, "seizures"),
    ("inflammation occurs in the brain", Relation.OCCURS_IN, "brain"),
    ("clonazepam has a long half-life", Relation.HAS_PROPERTY, "long half-life"),
)
# What makes of a statement something that nobody states.
FRAMES = (
    "If {}, it is withdrawn.",
    "Whether {} is unclear.",
    "It is not known whether {}.",
    "Unless {}, treatment goes on.",
    "It is possible that {}.",
    "Perhaps {}.",
    "It has been suggested that {}.",
    "We hypothesize that {}.",
    "It is unclear whether {} in children.",
    "The authors ask whether {}.",
    "In case {}, tell your doctor.",
)
HEDGES = ("may", "might", "could")
DENIALS = ("does not", "did not", "never")


@cache
def extractor() -> RuleExtractor:
    return RuleExtractor()


def read(text: str) -> tuple[Document, tuple[Claim, ...]]:
    document = cut_text(text, id="text", citation=Citation("A text"), drug="clonazepam")
    passed = pass_claims(extractor().extract(document), document)
    assert not passed.rejections
    return document, passed.claims


def direct(text: str) -> Graph:
    """Give the direct triples that a text leads to."""
    document, claims = read(text)
    return to_graph(claims, document).graph(graph_iri(Part.DIRECT, "text"))


def about(text: str, relation: Relation, words: str) -> list[Claim]:
    return [
        claim
        for claim in read(text)[1]
        if claim.relation is relation
        and claim.object.passage is not None
        and claim.object.passage.text == words
    ]


@pytest.mark.parametrize(("statement", "relation", "words"), PLAIN)
def test_a_plain_statement_reaches_a_direct_triple(
    statement: str, relation: Relation, words: str
) -> None:
    """What the frames below take away is there without them."""
    text = f"{statement[0].upper()}{statement[1:]}."
    assert any(claim.is_plain for claim in about(text, relation, words))
    assert len(direct(text)) == len({c.id for c in read(text)[1] if c.is_plain})


@law(120)
@given(st.sampled_from(PLAIN), st.sampled_from(FRAMES))
def test_a_supposition_or_conjecture_never_does(
    plain: tuple[str, Relation, str], frame: str
) -> None:
    statement, relation, words = plain
    found = about(frame.format(statement), relation, words)
    assert not any(claim.is_plain for claim in found)
    assert all(claim.cue is not None for claim in found if claim.polarity is Polarity.AFFIRMED)


VERBS = (
    ("clonazepam {} cause drowsiness", Relation.HAS_ADVERSE_EFFECT, "drowsiness"),
    ("clonazepam {} inhibit cyclooxygenase", Relation.DECREASES, "cyclooxygenase"),
    ("clonazepam {} increase phenytoin levels", Relation.INTERACTS_WITH, "phenytoin"),
    ("long-term use of clonazepam {} lead to insomnia", Relation.LEADS_TO, "insomnia"),
    ("sedation {} limit adherence", Relation.LIMITS, "adherence"),
)
BEGINNINGS = ("", "In adults, ", "However, ", "At high doses, ", "In a study of 20 patients, ")
ENDINGS = ("", " in children", " and is given at night", ", but this is rare", " (see below)")


@law(150)
@given(
    st.sampled_from(VERBS),
    st.sampled_from(HEDGES + DENIALS + ("cannot", "should", "must not")),
    st.sampled_from(BEGINNINGS),
    st.sampled_from(ENDINGS),
)
def test_a_hedged_denied_or_ordered_verb_never_does(
    verb: tuple[str, Relation, str], auxiliary: str, beginning: str, ending: str
) -> None:
    pattern, relation, words = verb
    text = f"{beginning}{pattern.format(auxiliary)}{ending}."
    text = text[0].upper() + text[1:]
    assert not any(claim.is_plain for claim in about(text, relation, words))
    wanted = (relation.value, words)
    assert wanted not in {
        (str(predicate).rpartition("#")[2], str(object_).rpartition("/")[2])
        for _, predicate, object_ in direct(text)
    }


@law(60)
@given(st.sampled_from(PLAIN), st.sampled_from(PLAIN), st.sampled_from(FRAMES))
def test_caution_stays_in_its_sentence(
    plain: tuple[str, Relation, str], other: tuple[str, Relation, str], frame: str
) -> None:
    """A hedged sentence takes nothing from the plain one beside it."""
    first, relation, words = plain
    text = f"{first[0].upper()}{first[1:]}. {frame.format(other[0])}"
    found = [claim for claim in about(text, relation, words) if claim.sentence == 1]
    assert any(claim.is_plain for claim in found)


@pytest.mark.parametrize(
    ("text", "relation", "words"),
    [
        ("Clonazepam is indicated for panic disorder and may cause drowsiness.",
         Relation.TREATS, "panic disorder"),
        ("Clonazepam causes drowsiness, but it may improve sleep.",
         Relation.HAS_ADVERSE_EFFECT, "drowsiness"),
        ("Clonazepam causes drowsiness; if this happens, tell your doctor.",
         Relation.HAS_ADVERSE_EFFECT, "drowsiness"),
        ("Clonazepam causes not only drowsiness.", Relation.HAS_ADVERSE_EFFECT, "drowsiness"),
    ],
)  # fmt: skip
def test_caution_stays_in_its_clause(text: str, relation: Relation, words: str) -> None:
    assert any(claim.is_plain for claim in about(text, relation, words))


def test_a_conditional_hope_stays_on_its_claim_all_the_way_to_the_graph(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text(
        "Clonazepam in practice\n\nIn patients with absence seizures who have failed to respond to "
        "succinimides, clonazepam may be useful.\n",
        encoding="utf-8",
    )
    build = build_text(path)
    check(build)
    (claim,) = build.claims
    assert claim.relation is Relation.TREATS
    assert claim.certainty is Certainty.POSSIBLE
    assert claim.modality is Modality.FACTUAL
    assert claim.cue is not None
    assert claim.cue.text == "may"
    assert [(q.type.value, q.passage.text) for q in claim.qualifiers] == [
        ("condition", "who have failed to respond to succinimides")
    ]
    assert len(build.dataset.graph(graph_iri(Part.DIRECT, build.document.id))) == 0
