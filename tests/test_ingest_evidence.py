"""Evidence taken from quads that pass by is that which the database would give."""

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.ingest import evidence
from claimgraph.ingest.evidence import PassingEvidence
from claimgraph.model import Claim, Document
from claimgraph.sorting import in_order
from claimgraph.statements import Evidence, gather, read_evidence, sort_evidence, statement_quads
from claimgraph.store import LocalStore
from claimgraph.triples import document_quads
from tests.strategies import documents_with_claims, law
from tests.test_statements import corpus

# One name is the beginning of another, and one sorts before it though it is longer.
NAMES = ("a", "a-2", "a0", "é", "b\u2028b")
Text = tuple[Document, tuple[Claim, ...]]


def quads_of(texts: list[Text]) -> list[str]:
    """Give the sorted lines of texts."""
    blocks = [block for document, claims in texts for block in document_quads(claims, document)]
    return [f"{line}\n" for piece in in_order(blocks) for line in piece[:-1].split("\n")]


def seen(lines: list[str], folder: Path) -> list[Evidence]:
    """Let lines pass by, and give the evidence in them."""
    with PassingEvidence(folder) as passing:
        for number in range(0, len(lines), 7):
            passing.see("".join(lines[number : number + 7]))
        return list(sort_evidence(passing.rows()))


def asked(lines: list[str]) -> list[Evidence]:
    """Load lines, and ask for the evidence in them."""
    store = LocalStore(ox.Store())
    store.raw.load("".join(lines).encode(), ox.RdfFormat.N_QUADS)
    return sorted(set(read_evidence(store)))


@law(40)
@given(st.lists(documents_with_claims(), max_size=len(NAMES)))
def test_it_is_what_the_database_would_give(found: list[Text]) -> None:
    texts = [
        (replace(document, id=name), tuple(replace(claim, text_id=name) for claim in claims))
        for name, (document, claims) in zip(NAMES, found, strict=False)
    ]
    lines = quads_of(texts)
    assert sorted(set(seen(lines, Path()))) == asked(lines)


def test_negation_hedge_advice_and_condition_stay_apart(tmp_path: Path) -> None:
    lines = quads_of([(document, (claim,)) for document, claim in corpus()])
    found = seen(lines, tmp_path)
    assert len({one.stance for one in found}) == 5
    assert sorted(found) == asked(lines)


def test_a_concept_with_two_labels_is_still_one_claim_of_each(tmp_path: Path) -> None:
    lines = quads_of([(document, (claim,)) for document, claim in corpus()])
    [label] = [line for line in lines if '"clonazepam"@en' in line and "prefLabel" in line]
    lines = sorted([*lines, label.replace('"clonazepam"', '"Klonopin \\"K\\""')])
    found = seen(lines, tmp_path)
    assert sorted(found) == asked(lines)
    [statement] = gather(found)
    assert len(statement.claims) == len(corpus())


def test_what_does_not_fit_into_memory_is_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = quads_of([(document, (claim,)) for document, claim in corpus()])
    whole = "".join(statement_quads(gather(seen(lines, tmp_path))))
    monkeypatch.setattr(evidence, "IN_MEMORY", 100)
    assert "".join(statement_quads(gather(seen(lines, tmp_path)))) == whole
    assert list(tmp_path.iterdir()) == []
