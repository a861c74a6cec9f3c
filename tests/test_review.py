"""Extracted against reviewed claims: what is found, missed, made up, and read wrongly."""

import io
import json
import shutil
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.cli import main
from claimgraph.curation import read_claims
from claimgraph.documents import cut_text, read_article
from claimgraph.extract.rules import RuleExtractor
from claimgraph.gate import pass_claims
from claimgraph.model import (
    Certainty,
    Citation,
    Claim,
    ClaimType,
    Document,
    Mention,
    Modality,
    Polarity,
    Qualifier,
    QualifierType,
    Relation,
)
from claimgraph.ontology import load_concepts
from claimgraph.records import claim_record
from claimgraph.resources import bundled_article
from claimgraph.review import (
    CORE,
    Comparison,
    Difference,
    compare_claims,
    match_claims,
    says_the_same,
)
from tests.strategies import (
    ABSENCE,
    DRUG,
    SEDATION,
    documents_with_claims,
    law,
    passage,
    small_claim,
    small_document,
)

TREATS = small_claim()
CAUSES = replace(
    small_claim(),
    sentence=2,
    quote=passage("It may cause sedation"),
    subject=Mention(passage("It"), DRUG),
    relation=Relation.HAS_ADVERSE_EFFECT,
    object=Mention(passage("sedation"), SEDATION),
    type=ClaimType.ADVERSE_EFFECT,
    certainty=Certainty.POSSIBLE,
    cue=passage("may"),
)
PHASE = Qualifier(QualifierType.PHASE, passage("Clonazepam"))


def differences(extracted: Claim, reviewed: Claim) -> tuple[Difference, ...]:
    comparison = compare_claims([extracted], [reviewed])
    assert (comparison.missing, comparison.extra) == ((), ())
    return comparison.pairs[0].differences


# ── The article ─────────────────────────────────────────────────────────────────────────────────


@cache
def compared() -> Comparison:
    """Compare what is extracted from the article with its reviewed claims."""
    folder = bundled_article()
    document = read_article(folder)
    reviewed = read_claims(folder / "claims.yaml", document, load_concepts()).claims
    extracted = pass_claims(RuleExtractor().extract(document), document)
    assert not extracted.rejections
    return compare_claims(extracted.claims, reviewed)


def test_most_of_what_people_found_in_the_article_is_found() -> None:
    recall, precision = compared().recall(), compared().precision()
    assert recall.whole == 33  # reviewed claims of the five types
    assert precision.whole > 25
    assert recall.value is not None
    assert precision.value is not None
    assert recall.value >= 0.80
    assert precision.value >= 0.85


# ── Two claims ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, ()),
        ({"relation": Relation.PREVENTS}, (Difference.RELATION,)),
        ({"polarity": Polarity.NEGATED}, (Difference.POLARITY,)),
        ({"certainty": Certainty.POSSIBLE, "cue": passage("treats")}, (Difference.CERTAINTY,)),
        ({"modality": Modality.NORMATIVE}, (Difference.MODALITY,)),
        ({"type": ClaimType.OUTLOOK}, (Difference.TYPE,)),
        ({"object": Mention(passage("absence seizures"), SEDATION)}, (Difference.CONCEPT,)),
        ({"object": Mention(passage("seizures"), ABSENCE)}, ()),
        ({"subject": Mention(None, DRUG)}, ()),
        ({"qualifiers": (PHASE,)}, (Difference.QUALIFIER,)),
        ({"quote": passage("treats absence seizures")}, ()),
        (
            {"relation": Relation.PREVENTS, "type": ClaimType.RISK, "qualifiers": (PHASE,)},
            (Difference.RELATION, Difference.TYPE, Difference.QUALIFIER),
        ),
    ],
)
def test_what_differs_is_named(change: dict[str, object], expected: tuple[Difference, ...]) -> None:
    changed = replace(TREATS, **change)  # type: ignore[arg-type]
    assert differences(changed, TREATS) == differences(TREATS, changed) == expected


def test_a_qualifier_with_other_borders_is_the_same_and_of_another_type_is_not() -> None:
    held = replace(TREATS, qualifiers=(PHASE,))
    wider = Qualifier(QualifierType.PHASE, passage("Clonazepam treats"))
    other = Qualifier(QualifierType.DOSE, passage("Clonazepam"))
    assert differences(replace(TREATS, qualifiers=(wider,)), held) == ()
    assert differences(replace(TREATS, qualifiers=(other,)), held) == (Difference.QUALIFIER,)
    more = replace(TREATS, qualifiers=(PHASE, other))
    assert differences(more, held) == differences(held, more) == (Difference.QUALIFIER,)


def test_claims_about_other_things_or_in_other_sentences_are_no_pair() -> None:
    elsewhere = replace(TREATS, sentence=2)
    another = replace(TREATS, object=Mention(passage("sedation"), SEDATION))
    for one in (elsewhere, another, CAUSES):
        comparison = compare_claims([one], [TREATS])
        assert comparison.pairs == ()
        assert (comparison.extra, comparison.missing) == ((one,), (TREATS,))
        assert comparison.differs


def test_the_most_alike_are_paired() -> None:
    dose = Qualifier(QualifierType.DOSE, passage("absence"))
    one, other = replace(TREATS, qualifiers=(PHASE,)), replace(TREATS, qualifiers=(dose,))
    for reviewed in ([one, other], [other, one]):
        comparison = compare_claims([other, one], reviewed)
        assert not comparison.differs
        assert len(comparison.pairs) == 2


def test_a_claim_with_the_right_relation_is_preferred_to_one_with_another() -> None:
    wrong = replace(TREATS, relation=Relation.PREVENTS)
    comparison = compare_claims([wrong, TREATS], [TREATS])
    assert [pair.extracted for pair in comparison.pairs] == [TREATS]
    assert comparison.extra == (wrong,)


# ── Shares ──────────────────────────────────────────────────────────────────────────────────────


def test_a_wrong_relation_is_neither_found_nor_right_a_wrong_type_is_both() -> None:
    wrong = compare_claims([replace(TREATS, relation=Relation.PREVENTS), CAUSES], [TREATS, CAUSES])
    assert (wrong.recall().part, wrong.recall().whole) == (1, 2)
    assert (wrong.precision().part, wrong.precision().whole) == (1, 2)
    outlook = compare_claims([replace(TREATS, type=ClaimType.OUTLOOK)], [TREATS])
    assert outlook.recall().value == 1.0
    assert outlook.precision().value is None  # nothing of the five types was extracted
    assert compare_claims([], [TREATS]).recall().value == 0.0


def test_only_some_types() -> None:
    comparison = compare_claims([CAUSES], [TREATS])
    assert comparison.only([ClaimType.INDICATION]).extra == ()
    assert comparison.only([ClaimType.INDICATION]).missing == (TREATS,)
    assert not comparison.only([ClaimType.DOSAGE]).differs


# ── Laws ────────────────────────────────────────────────────────────────────────────────────────


@law(100)
@given(documents_with_claims(), st.randoms(use_true_random=False))
def test_every_claim_is_told_once_and_order_does_not_matter(
    drawn: tuple[Document, tuple[Claim, ...]], chance: object
) -> None:
    _, claims = drawn
    extracted, reviewed = list(claims[::2]), list(claims[1:])
    comparison = compare_claims(extracted, reviewed)
    assert sorted(c.id for c in extracted) == sorted(
        [p.extracted.id for p in comparison.pairs] + [c.id for c in comparison.extra]
    )
    assert sorted(c.id for c in reviewed) == sorted(
        [p.reviewed.id for p in comparison.pairs] + [c.id for c in comparison.missing]
    )
    chance.shuffle(extracted)  # type: ignore[attr-defined]
    chance.shuffle(reviewed)  # type: ignore[attr-defined]
    assert compare_claims(extracted, reviewed) == comparison
    assert not compare_claims(claims, claims).differs


@law(100)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=14))
def test_as_many_pairs_are_made_as_can_be(edges: list[tuple[int, int]]) -> None:
    def best(left: list[int], free: frozenset[int]) -> int:
        if not left:
            return 0
        options = [b for a, b in edges if a == left[0] and b in free]
        return max([best(left[1:], free), *(1 + best(left[1:], free - {b}) for b in options)])

    claims = [replace(TREATS, key=str(number)) for number in range(5)]
    found = match_claims(claims, claims, lambda a, b: (int(a.key or 0), int(b.key or 0)) in edges)
    assert len(found) == len(set(found.values())) == best(list(range(5)), frozenset(range(5)))
    assert {*found.items()} <= {*edges}
    assert says_the_same(*claims[:2])


# ── The command ─────────────────────────────────────────────────────────────────────────────────


class Run:
    """Call `claimgraph diff` in this process."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capture = capsys

    def __call__(self, *arguments: object) -> tuple[int, str, str]:
        code = main(["diff", *map(str, arguments)])
        captured = self._capture.readouterr()
        return code, captured.out, captured.err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(capsys)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    return Path(shutil.copytree(bundled_article(), tmp_path / "article"))


def write_lines(path: Path, *claims: Claim) -> Path:
    path.write_text("".join(json.dumps(claim_record(claim)) + "\n" for claim in claims))
    return path


def test_a_set_does_not_differ_from_itself_in_whatever_form(run: Run, article: Path) -> None:
    expected = (
        0,
        "",
        "90 matched, 0 missing, 0 extra, recall 90/90 = 1.00, precision 90/90 = 1.00\n",
    )
    assert run(article, article) == expected
    assert run(article / "claims.yaml", article) == expected
    reviewed = read_claims(article / "claims.yaml", read_article(article), load_concepts()).claims
    lines = write_lines(article / "claims.jsonl", *reviewed)
    assert run(lines, article) == run(article, lines) == run(lines, lines) == expected


def test_a_text_is_extracted_from_and_compared(run: Run, article: Path) -> None:
    expected = compared().only(CORE)
    recall, precision = compared().recall(), compared().precision()
    code, out, err = run(article / "article.txt", article, "--core")
    assert code == 1
    matched = sum(pair.says_the_same for pair in expected.pairs)
    assert err.startswith(
        f"{matched} matched, {len(expected.missing)} missing, {len(expected.extra)} extra, "
    )
    assert f"recall {recall.part}/33 = " in err
    assert f"precision {precision.part}/{precision.whole} = " in err
    assert all(claim.object.label.split()[0] in out for claim in expected.missing)
    code, out, _ = run(article / "article.txt", article, "--core", "--format", "json")
    record = json.loads(out)
    assert code == 1
    assert record["recall"] == {"part": recall.part, "whole": 33, "value": recall.value}
    assert [one["id"] for one in record["missing"]] == [one.id for one in expected.missing]
    assert len(record["extra"]) == len(expected.extra)
    assert len(record["matched"]) + len(record["different"]) == len(expected.pairs)
    assert all(one["differences"] for one in record["different"])


def test_a_draft_does_not_differ_from_the_extraction_until_it_is_corrected(
    run: Run, tmp_path: Path
) -> None:
    text, folder = tmp_path / "notes.html", tmp_path / "notes"
    text.write_text(
        "<html><body><h1>Klonix</h1><p>Clonazepam may cause ataxia. It treats seizures.</p>"
        "<ul><li>Clonazepam is used to treat panic disorder.</li></ul></body></html>"
    )
    assert main(["extract", str(text), "--draft", "-o", str(folder)]) == 0
    run()  # drop what was captured so far
    code, out, err = run(text, folder)
    assert (code, out) == (0, "")
    assert err.startswith(("2 matched", "3 matched"))
    claims = folder / "claims.yaml"
    claims.write_text(claims.read_text().replace("certainty: possible\n", "certainty: projected\n"))
    code, out, err = run(text, folder)
    assert code == 1
    assert "wrong certainty" in out
    assert "(possible)" in out
    assert "(projected)" in out
    assert "1 wrong certainty" in err


def test_lines_of_many_texts_are_compared_text_by_text(run: Run, tmp_path: Path) -> None:
    other = replace(TREATS, text_id="other")
    both = write_lines(tmp_path / "both.jsonl", TREATS, CAUSES, other)
    less = write_lines(tmp_path / "less.jsonl", TREATS, replace(other, polarity=Polarity.NEGATED))
    code, out, err = run(less, both)
    assert code == 1
    assert err.startswith("1 matched, 1 missing, 0 extra, 1 wrong polarity, recall 1/3 = 0.33")
    assert "small: 2" in out
    assert "other: 1" in out
    nothing = write_lines(tmp_path / "nothing.jsonl")
    assert run(nothing, nothing)[0] == 0
    assert run(nothing, both)[2].startswith("0 matched, 3 missing, 0 extra, recall 0/3")


@pytest.mark.parametrize(
    ("extracted", "said"),
    [
        ("nowhere", "nowhere: no such file"),
        ("other.txt", "other.txt: is another text than"),
        ("other.jsonl", "does not stand at 0 of the text"),
        ("broken.jsonl", "broken.jsonl:2: no claim: no 'quote_text'"),
        ("empty", "empty/article.txt: no such file"),
    ],
)
def test_what_cannot_be_compared_is_said(
    run: Run, article: Path, tmp_path: Path, extracted: str, said: str
) -> None:
    (tmp_path / "other.txt").write_text("Another text.")
    (tmp_path / "empty").mkdir()
    write_lines(tmp_path / "other.jsonl", TREATS)
    good = write_lines(tmp_path / "good.jsonl", TREATS).read_text()
    (tmp_path / "broken.jsonl").write_text(good + '{"quote": [0, 1], "relation": "treats"}\n')
    code, out, err = run(tmp_path / extracted, article)
    assert (code, out) == (2, "")
    assert said in err


def test_standard_input_is_one_side(
    run: Run, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = write_lines(article / "claims.jsonl", TREATS, CAUSES)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines.read_bytes())))
    assert run("-", lines)[0] == 0
    assert run("-", "-")[0] == 2


def test_small_documents_fit() -> None:
    """The claims above are claims of the small document."""
    assert not pass_claims([TREATS, CAUSES], small_document()).rejections
    assert cut_text("A.", id="a", citation=Citation("A")).sentences
