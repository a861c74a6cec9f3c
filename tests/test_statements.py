"""Statements: what claims of several texts say together, counted and believed."""

from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.documents import cut_text
from claimgraph.errors import StoreError
from claimgraph.model import (
    Certainty,
    Citation,
    Claim,
    Mention,
    Method,
    Modality,
    Polarity,
    Qualifier,
    QualifierType,
    Relation,
)
from claimgraph.queries import QueryEngine, list_queries
from claimgraph.rdf import parse_quads
from claimgraph.statements import (
    Stance,
    Statement,
    believe,
    gather,
    read_evidence,
    stance_of,
    statement_quads,
)
from claimgraph.store import LocalStore
from claimgraph.triples import document_quads
from tests.strategies import ABSENCE, DRUG, law, passage, small_claim

YES = "Clonazepam treats absence seizures."
YES_AGAIN = "We find that clonazepam reliably treats absence seizures."
NO = "Clonazepam does not treat absence seizures."
MAYBE = "Clonazepam may treat absence seizures."
OUGHT = "Clonazepam should treat absence seizures."
IF_ALONE = "Clonazepam treats absence seizures if given alone."


def claim_of(name: str, text: str, **changes: object) -> tuple[object, Claim]:
    """Make a text of one sentence and the claim it makes."""
    document = cut_text(text, id=name, citation=Citation(name))
    start = text.lower().index("clonazepam")
    claim = small_claim(
        text_id=name,
        quote=document.passage(start, len(text)),
        subject=Mention(document.passage(start, start + len("clonazepam")), DRUG),
        object=Mention(passage("absence seizures", document), ABSENCE),
        **changes,
    )
    return document, claim


def store_of(*texts: tuple[object, Claim]) -> LocalStore:
    store = LocalStore(ox.Store())
    for document, claim in texts:
        store.raw.load("".join(document_quads([claim], document)), ox.RdfFormat.N_QUADS)
    return store


def statements(store: LocalStore) -> list[Statement]:
    return list(gather(read_evidence(store)))


def corpus() -> list[tuple[object, Claim]]:
    hedge = {"certainty": Certainty.POSSIBLE}
    condition = Qualifier(
        QualifierType.CONDITION, passage("if given alone", claim_of("f", IF_ALONE)[0])
    )
    return [
        claim_of("a", YES),
        claim_of("b", YES_AGAIN, method=Method.RULES, confidence=0.5),
        claim_of("c", NO, polarity=Polarity.NEGATED),
        claim_of("d", MAYBE, **hedge),
        claim_of("e", OUGHT, modality=Modality.NORMATIVE),
        claim_of("f", IF_ALONE, qualifiers=(condition,)),
    ]


def test_claims_of_several_texts_become_one_statement_with_counts_and_belief() -> None:
    [found] = statements(store_of(*corpus()))
    assert found.label == "clonazepam treats absence seizure"
    assert found.counts == dict.fromkeys(Stance, 1) | {Stance.AFFIRMING: 2}
    assert [text.rsplit("/", 1)[1] for text in found.texts] == list("abcdef")
    assert len(found.claims) == 6
    # One reviewed and one by rules for it, one reviewed against it, worked out by hand:
    # (1 - 0.11 * 0.35) * (1 - 0.89) = 0.9615 * 0.11
    assert found.belief == pytest.approx(0.1058)


def test_the_order_of_texts_does_not_matter() -> None:
    there = "".join(statement_quads(statements(store_of(*corpus()))))
    back = "".join(statement_quads(statements(store_of(*reversed(corpus())))))
    assert there == back


def test_the_same_words_in_two_texts_are_one_piece_of_evidence() -> None:
    once = claim_of("a", YES)
    copied = claim_of("b", YES.replace("Clonazepam", "CLONAZEPAM"))
    other = claim_of("c", YES_AGAIN)
    [alone] = statements(store_of(once))
    [twice] = statements(store_of(once, copied))
    [more] = statements(store_of(once, other))
    assert twice.counts[Stance.AFFIRMING] == 2
    assert alone.belief == twice.belief < more.belief


def test_other_things_and_words_kept_as_words_stay_apart() -> None:
    document, claim = claim_of("a", YES)
    other = replace(ABSENCE, id="sedation", label="sedation")
    causes = replace(
        claim, relation=Relation.HAS_ADVERSE_EFFECT, object=Mention(claim.object.passage, other)
    )
    praised = replace(
        claim, relation=Relation.STATES_THAT, object=Mention(claim.object.passage, None)
    )
    store = store_of((document, claim), (document, causes), (document, praised))
    assert {found.label for found in statements(store)} == {
        "clonazepam treats absence seizure",
        "clonazepam has adverse effect sedation",
    }


@pytest.mark.parametrize(
    ("polarity", "certainty", "modality", "conditional", "stance"),
    [
        (Polarity.AFFIRMED, Certainty.ASSERTED, Modality.FACTUAL, False, Stance.AFFIRMING),
        (Polarity.NEGATED, Certainty.ASSERTED, Modality.FACTUAL, False, Stance.DENYING),
        (Polarity.NEGATED, Certainty.ASSERTED, Modality.FACTUAL, True, Stance.CONDITIONAL),
        (Polarity.AFFIRMED, Certainty.PROJECTED, Modality.FACTUAL, True, Stance.HEDGED),
        (Polarity.NEGATED, Certainty.POSSIBLE, Modality.NORMATIVE, True, Stance.NORMATIVE),
    ],
)
def test_each_claim_has_one_stance(polarity, certainty, modality, conditional, stance) -> None:
    assert stance_of(polarity, certainty, modality, conditional=conditional) is stance


COUNTS = st.dictionaries(st.sampled_from(Method), st.integers(0, 50))


@law()
@given(COUNTS, COUNTS, st.sampled_from(Method))
def test_belief_grows_with_evidence_for_and_falls_with_evidence_against(yes, no, method) -> None:
    belief = believe(yes, no)
    assert 0 <= belief <= 1
    assert believe(yes | {method: yes.get(method, 0) + 1}, no) >= belief
    assert believe(yes, no | {method: no.get(method, 0) + 1}) <= belief
    assert believe({}, no) == 0


def test_errors_of_a_way_of_reading_are_not_worn_down_by_more_of_the_same() -> None:
    assert believe({Method.RULES: 1000}, {}) == 0.95
    assert believe({Method.RULES: 1000, Method.REVIEWED: 1}, {}) > 0.99


def test_statements_have_their_own_graph_and_terms_of_the_vocabulary() -> None:
    store = store_of(*corpus())
    quads = "".join(statement_quads(statements(store)))
    assert {line.split(" ")[-2] for line in quads.split("\n")[:-1]} == {
        "<https://w3id.org/claimgraph/graph/statements>"
    }
    assert len(parse_quads(quads)) == len(quads.split("\n")) - 1
    store.raw.load(quads, ox.RdfFormat.N_QUADS)
    # What is gathered is not gathered again.
    assert "".join(statement_quads(statements(store))) == quads


def test_queries_over_texts_find_what_texts_agree_and_disagree_on() -> None:
    texts = corpus()
    store = store_of(*texts)
    store.raw.load("".join(statement_quads(statements(store))), ox.RdfFormat.N_QUADS)
    engine = QueryEngine(store)
    by_name = {query.name: query for query in list_queries() if "corpus" in query.tags}
    [shared] = engine.run(by_name["what-do-several-texts-state"]).display_rows()
    assert shared[:8] == (
        "clonazepam treats absence seizure", "0.1058", "6", "2", "1", "1", "1", "1"
    )  # fmt: skip
    [disputed] = engine.run(by_name["which-statements-are-contradicted"]).display_rows()
    assert disputed[1:3] == ("2", "1")
    assert "does not" in disputed[5]
    assert "does not" not in disputed[4]
    agreed = store_of(texts[0], texts[1])
    agreed.raw.load("".join(statement_quads(statements(agreed))), ox.RdfFormat.N_QUADS)
    assert QueryEngine(agreed).run(by_name["which-statements-are-contradicted"]).rows == ()


def test_no_query_for_violations_finds_fault_with_statements() -> None:
    store = store_of(*corpus())
    store.raw.load("".join(statement_quads(statements(store))), ox.RdfFormat.N_QUADS)
    engine = QueryEngine(store)
    about = [
        (query.name, row)
        for query in list_queries()
        if query.is_violation
        for row in engine.run(query).rows
        if any("statement/" in str(term) for term in row)
    ]
    assert about == []


def test_a_claim_of_another_vocabulary_is_an_error() -> None:
    store = store_of(claim_of("a", YES))
    text = "".join(store.quads()).replace("vocab#affirmed", "vocab#maybe")
    broken = ox.Store()
    broken.load(text, ox.RdfFormat.N_QUADS)
    with pytest.raises(StoreError, match="does not know"):
        statements(LocalStore(broken))
