"""The extractor by rules as a whole: a text goes in, claims that pass the gate come out."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimgraph.cli import main
from claimgraph.curation import read_claims
from claimgraph.documents import cut_text, read_article
from claimgraph.extract.rules import RuleExtractor
from claimgraph.extract.subjects import find_main_drug
from claimgraph.gate import pass_claims
from claimgraph.graph import describe
from claimgraph.lexicon import load_lexicon
from claimgraph.model import (
    Certainty,
    Citation,
    Claim,
    ClaimType,
    Method,
    QualifierType,
    Relation,
)
from claimgraph.ontology import load_concepts
from claimgraph.pipeline import build_text, check
from claimgraph.resources import bundled_article

EXTRACTOR = RuleExtractor()


def claims_of(text: str, drug: str | None = None) -> list[Claim]:
    document = cut_text(text, id="text", citation=Citation("A text"), drug=drug)
    passed = pass_claims(EXTRACTOR.extract(document), document)
    assert not passed.rejections
    assert all(claim.method is Method.RULES for claim in passed.claims)
    return list(passed.claims)


def said(text: str, drug: str | None = None) -> set[str]:
    return {describe(claim) for claim in claims_of(text, drug)}


# ── The article ─────────────────────────────────────────────────────────────────────────────────


def test_most_of_what_people_found_in_the_article_is_found() -> None:
    folder = bundled_article()
    document = read_article(folder)
    reviewed = read_claims(folder / "claims.yaml", document, load_concepts()).claims
    found = pass_claims(EXTRACTOR.extract(document), document)
    assert not found.rejections

    def key(claim: Claim) -> tuple[int, Relation, str]:
        return (claim.sentence, claim.relation, claim.object.label.removeprefix("sustained "))

    kinds = (
        ClaimType.MECHANISM,
        ClaimType.INDICATION,
        ClaimType.ADVERSE_EFFECT,
        ClaimType.RISK,
        ClaimType.PHARMACOKINETICS,
    )
    wanted = {key(claim) for claim in reviewed if claim.type in kinds}
    made = {key(claim) for claim in found.claims if claim.type in kinds}
    assert len(wanted & made) >= 0.8 * len(wanted)
    assert len(made & {key(claim) for claim in reviewed}) >= 0.85 * len(made)


def test_the_chain_of_the_mechanism_is_kept() -> None:
    text = (
        "By enhancing the inhibitory actions of GABA, clonazepam dampens neuronal excitability, "
        "thereby mitigating the occurrence and severity of seizures."
    )
    found = {c.object.label: c for c in claims_of(text)}
    enhanced, dampened = found["inhibitory action of GABA"], found["neuronal excitability"]
    assert enhanced.relation is Relation.INCREASES
    assert dampened.relation is Relation.DECREASES
    assert dampened.via == (enhanced.id,)
    seizures = [c for c in claims_of(text) if c.object.label == "seizure"]
    aspects = {c.qualified_by(QualifierType.ASPECT)[0].passage.text for c in seizures}
    assert aspects == {"occurrence", "severity"}
    assert all(c.via == (dampened.id,) for c in seizures)


# ── Who is spoken of ────────────────────────────────────────────────────────────────────────────


def test_a_pronoun_stands_for_the_drug_of_the_text() -> None:
    text = "Clonazepam is indicated for panic disorder. It may cause drowsiness and ataxia."
    effects = [c for c in claims_of(text) if c.type is ClaimType.ADVERSE_EFFECT]
    assert {c.object.passage.text for c in effects if c.object.passage} == {"drowsiness", "ataxia"}
    assert {c.subject.concept.id for c in effects if c.subject.concept} == {"clonazepam"}
    assert {c.subject.passage.text for c in effects if c.subject.passage} == {"It"}


def test_a_label_speaks_of_its_own_drug_without_naming_it() -> None:
    text = "INDICATIONS AND USAGE\n\nFor the treatment of seizure disorders."
    (claim,) = [c for c in claims_of(text, drug="Klonopin") if c.relation is Relation.TREATS]
    assert claim.subject.passage is None
    assert claim.subject.concept is not None
    assert claim.subject.concept.id == "clonazepam"


def test_a_label_of_an_unknown_drug_keeps_its_name() -> None:
    text = "INDICATIONS AND USAGE\n\nFor the treatment of seizure disorders."
    claims = claims_of(text, drug="Newdrugol")
    assert {c.subject.label for c in claims} == {"newdrugol"}


def test_no_drug_is_made_up() -> None:
    assert not said("It may cause drowsiness.")
    document = cut_text("Aspirin and ibuprofen relieve pain.", id="a", citation=Citation("A"))
    assert find_main_drug(document, load_lexicon(), ()) is None


def test_an_abbreviation_means_what_the_text_defined() -> None:
    text = (
        "Clonazepam is used for Lennox-Gastaut syndrome (LGS). "
        "Clonazepam is effective in the treatment of LGS."
    )
    conditions = {c.object.concept for c in claims_of(text) if c.relation is Relation.TREATS}
    assert len(conditions) == 1


# ── Caution ─────────────────────────────────────────────────────────────────────────────────────


def test_a_denied_use_is_no_use() -> None:
    text = "Clonazepam is not indicated for the treatment of panic disorder."
    assert not [c for c in claims_of(text) if c.is_plain and c.relation is Relation.TREATS]


def test_a_conditional_use_gives_no_plain_claim() -> None:
    text = (
        "In patients with absence seizures who have failed to respond to succinimides, "
        "clonazepam may be useful."
    )
    treats = [c for c in claims_of(text) if c.relation is Relation.TREATS]
    assert len(treats) == 1
    (claim,) = treats
    assert claim.certainty is Certainty.POSSIBLE
    assert claim.cue is not None
    assert claim.qualified_by(QualifierType.CONDITION)
    assert not claim.is_plain


def test_what_prolonged_use_may_lead_to_is_a_risk_of_the_use() -> None:
    text = "Prolonged use of clonazepam may lead to tolerance and dependence."
    risks = [c for c in claims_of(text) if c.type is ClaimType.RISK]
    assert {c.object.label for c in risks} == {"drug tolerance", "drug dependence"}
    assert all(c.certainty is Certainty.POSSIBLE and not c.is_plain for c in risks)


def test_kinetic_properties_and_what_follows() -> None:
    text = "Its long half-life facilitates sustained seizure control. Clonazepam helps."
    found = said(text, drug="clonazepam")
    assert "clonazepam has pharmacological property long half-life" in found
    assert "long half-life results in sustained seizure control" in found


def test_an_announced_list_of_effects_belongs_to_the_drug_of_the_text() -> None:
    text = "Common adverse effects include sedation, dizziness and ataxia, which may limit its use."
    claims = claims_of(text, drug="clonazepam")
    effects = {c.object.label for c in claims if c.relation is Relation.HAS_ADVERSE_EFFECT}
    limited = {c.subject.label for c in claims if c.relation is Relation.LIMITS}
    assert {"sedation", "dizziness"} <= effects
    assert {"sedation", "dizziness"} <= limited


# ── Laws ────────────────────────────────────────────────────────────────────────────────────────

WORDS = st.sampled_from(
    [
        "clonazepam",
        "may",
        "cause",
        "not",
        "indicated",
        "for",
        "seizures",
        "(LGS)",
        "Lennox-Gastaut",
        "syndrome",
        ",",
        ".",
        "and",
        "It",
        "its",
        "prolonged",
        "use",
        "of",
        "5",
        "mg",
        "GABA",
        "receptors",
        "inhibits",
        "by",
        "reducing",
        "half-life",
        "long",
        "adverse",
        "effects",
        "include",
        ":",
        "•",
        "patients",
        "with",
        "😀",
        "naïve",
    ]
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(WORDS, max_size=40).map(" ".join) | st.text(max_size=120))
def test_whatever_is_read_passes_the_gate_or_is_named(text: str) -> None:
    document = cut_text(text, id="text", citation=Citation("A text"), drug="clonazepam")
    passed = pass_claims(EXTRACTOR.extract(document), document)
    for claim in passed.claims:
        start, end = claim.quote.span.start, claim.quote.span.end
        assert document.text[start:end] == claim.quote.text
    assert list(EXTRACTOR.extract(document)) == list(EXTRACTOR.extract(document))


# ── From a file ─────────────────────────────────────────────────────────────────────────────────

TEXT = (
    "Clonazepam in practice\n\nClonazepam is indicated for the treatment of panic disorder. "
    "It may cause drowsiness.\n\nThe weather was fine.\n"
)


def test_a_text_nobody_annotated_becomes_a_valid_graph(tmp_path: Path) -> None:
    path = tmp_path / "My notes.txt"
    path.write_text(TEXT, encoding="utf-8")
    build = build_text(path)
    check(build)
    assert build.document.id == "my-notes"
    assert {claim.method for claim in build.claims} == {Method.RULES}
    assert set(build.without_claims.values()) == {"no claim was extracted"}


def test_build_takes_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert main(["build", str(path), "-o", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().out.startswith("notes: 2 claims in 3 sentences")
    assert (tmp_path / "out" / "graph.html").is_file()


def test_extract_writes_a_claim_a_line_and_names_broken_records(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = tmp_path / "texts.jsonl", tmp_path / "claims.jsonl"
    first = json.dumps({"id": "a", "text": "It may cause drowsiness.", "drug": "Klonopin"})
    path.write_text(f"{first}\nbroken\n")
    assert main(["extract", str(path), "-o", str(out)]) == 1
    err = capsys.readouterr().err
    assert f"{path}:2" in err
    assert "1 texts, 1 claims, 0 refused by the gate, 1 broken records skipped" in err
    (record,) = map(json.loads, out.read_text(encoding="utf-8").splitlines())
    assert record["doc"] == "a"
    assert record["object"]["text"] == "drowsiness"
    assert record["certainty"] == "possible"
    assert record["extractor"] == "rules"
    assert main(["extract", str(path)]) == 1
    assert json.loads(capsys.readouterr().out) == record


def test_extract_leaves_no_half_file_behind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "claims.jsonl"
    assert main(["extract", str(tmp_path / "missing.txt"), "-o", str(out)]) == 2
    assert list(tmp_path.iterdir()) == []
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    (tmp_path / "file").write_text("x")
    assert main(["extract", str(path), "-o", str(tmp_path / "file" / "claims.jsonl")]) == 2
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("later", "found"),
    [
        ("LGS improved.", "LGS"),
        ("Two LGSs improved.", "LGSs"),
        ("LGS-like seizures improved.", "LGS"),
        ("LGSX improved.", None),
        ("Pre-LGS improved.", None),
        ("LGS_2 improved.", None),
    ],
)
def test_a_short_form_counts_where_it_stands_as_a_word(later: str, found: str | None):
    """It names what the text said it stands for, also in the plural and before a hyphen."""
    text = f"Lennox-Gastaut syndrome (LGS) is rare. {later}"
    document = cut_text(text, id="text", citation=Citation("A text"))
    start = text.index(later)
    short = [
        one.passage.text
        for one in EXTRACTOR.mentions(document)
        if one.passage is not None
        and one.passage.span.start >= start
        and one.concept is not None
        and "lennox" in one.concept.label.lower()
    ]
    assert short == ([] if found is None else [found])


def test_a_sentence_without_a_drug_still_says_what_a_property_brings():
    """Only families that speak of drugs are left out where no drug is known."""
    (claim,) = claims_of("Its rapid onset of action facilitates prompt seizure control.")
    assert claim.relation is Relation.RESULTS_IN
    assert claim.subject.label == "rapid onset of action"


# ── What does not become a claim ────────────────────────────────────────────────────────────────


def test_what_speaks_of_a_drug_that_nobody_knows_is_no_claim() -> None:
    text = "Liver function should be monitored."
    document = cut_text(text, id="text", citation=Citation("A text"))
    assert list(EXTRACTOR.extract(document)) == []
    known = cut_text(text, id="text", citation=Citation("A text"), drug="Klonopin")
    (claim,) = EXTRACTOR.extract(known)
    assert claim.relation is Relation.REQUIRES_EVALUATION_OF
    assert claim.subject.label == "clonazepam"
    assert claim.object.label == "liver function"
