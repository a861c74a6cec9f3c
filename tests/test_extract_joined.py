"""Rules and a learned reader together, and how sure they are."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from claimgraph.cli import main
from claimgraph.documents import cut_text
from claimgraph.extract import choosing
from claimgraph.extract.choosing import Reader, Way
from claimgraph.extract.confidence import Calibrated, Curve, keep_sure, load_curves
from claimgraph.extract.learned import load
from claimgraph.extract.learned.deciding import DECIDES, NEVER, UNION, Decision, Kind
from claimgraph.extract.learned.extractor import LearnedExtractor
from claimgraph.extract.learned.joined import JoinedExtractor, join_claims
from claimgraph.extract.learned.labels import Layer, Pairing
from claimgraph.extract.rules import RuleExtractor
from claimgraph.gate import pass_claims
from claimgraph.model import (
    Certainty,
    Citation,
    Claim,
    Document,
    Method,
    Polarity,
    Relation,
)
from tests.fake_reader import FakeReader, blame

RULES = RuleExtractor()


def document_of(text: str) -> Document:
    return cut_text(text, id="text", citation=Citation("A text"))


def joined(text: str, reader: FakeReader, decides=UNION) -> list[Claim]:  # type: ignore[no-untyped-def]
    document = document_of(text)
    extractor = JoinedExtractor(LearnedExtractor(reader), RULES, decides)
    passed = pass_claims(extractor.extract(document), document)
    assert not passed.rejections
    return list(passed.claims)


def words(claim: Claim) -> str:
    assert claim.object.passage is not None
    return claim.object.passage.text


# ── Together ────────────────────────────────────────────────────────────────────────────────────


def test_what_both_say_is_one_claim_that_says_so() -> None:
    (claim,) = joined("Phenytoin caused a rash.", blame("Phenytoin", "rash"))
    assert claim.method is Method.BOTH
    assert words(claim) == "rash"


def test_what_both_say_is_surer_than_what_one_says() -> None:
    document = document_of("Phenytoin caused a rash.")
    reader = blame("Phenytoin", "rash")
    (ruled,) = RULES.extract(document)
    (read,) = LearnedExtractor(reader).extract(document)
    (claim,) = joined(document.text, reader)
    assert claim.confidence is not None
    assert claim.confidence > max(ruled.confidence or 0, read.confidence or 0)


def test_what_only_one_says_stays_and_says_who() -> None:
    text = "Phenytoin caused a rash. Vertigo of an odd kind: phenytoin."
    found = {words(c): c.method for c in joined(text, blame("phenytoin", "Vertigo of an odd kind"))}
    assert found == {"rash": Method.RULES, "Vertigo of an odd kind": Method.MODEL}


@pytest.mark.parametrize(("beside", "count"), [(0.5, 1), (0.9, 0), (NEVER, 0)])
def test_beside_the_rules_the_reader_has_to_be_as_sure_as_the_table_says(
    beside: float, count: int
) -> None:
    decides = {Kind.ADVERSE: Decision(alone=0.0, beside=beside)}
    text = "Vertigo of an odd kind: phenytoin."
    reader = blame("phenytoin", "Vertigo of an odd kind")
    assert len(joined(text, reader, decides)) == count


def test_a_reader_that_is_not_sure_enough_to_stand_alone_still_confirms() -> None:
    decides = {Kind.ADVERSE: Decision(alone=0.9, beside=NEVER)}
    (claim,) = joined("Phenytoin caused a rash.", blame("Phenytoin", "rash", sure=0.4), decides)
    assert claim.method is Method.BOTH


@pytest.mark.parametrize(
    ("whose", "kept"), [(Method.RULES, "rash"), (Method.MODEL, "rash of the palms")]
)
def test_the_words_are_those_of_whom_the_table_names(whose: Method, kept: str) -> None:
    reader = blame("Phenytoin", "rash of the palms")
    decides = {Kind.ADVERSE: Decision(alone=0.5, beside=0.5, words=whose)}
    (claim,) = joined("Phenytoin caused a rash of the palms.", reader, decides)
    assert words(claim) == kept


def test_members_of_a_list_that_the_reader_takes_for_one_thing_stay_apart() -> None:
    text = "Phenytoin caused a rash together with fever."
    reader = blame("Phenytoin", "rash together with fever")
    alone = {words(claim) for claim in RULES.extract(document_of(text))}
    assert {words(claim) for claim in joined(text, reader)} == alone


def test_the_more_careful_of_two_stays_whoever_it_is() -> None:
    document = document_of("Phenytoin may cause a rash.")
    (ruled,) = RULES.extract(document)
    bold = replace(ruled, certainty=Certainty.ASSERTED, cue=None, method=Method.MODEL)
    for one, other in ((ruled, bold), (replace(bold, method=Method.RULES), ruled)):
        (claim,) = join_claims([one], [(other, Kind.ADVERSE)], UNION)
        assert claim.certainty is Certainty.POSSIBLE
        assert claim.cue is not None
        assert not claim.is_plain


def test_what_hedges_another_mention_of_the_drug_does_not_hedge_the_claim() -> None:
    text = (
        "Clonazepam is old. Common adverse effects include sedation and dizziness, which may limit "
        "its tolerability."
    )
    document = cut_text(text, id="text", citation=Citation("A text"), drug="clonazepam")
    reader = FakeReader(
        [(Layer.ADVERSE, "dizziness", 0.9)],
        {(Pairing.ADVERSE, "its", "dizziness"): {"affirmed": 0.9}},
    )
    found = JoinedExtractor(LearnedExtractor(reader), RULES).extract(document)
    (claim,) = (one for one in found if words(one) == "dizziness" and one.method is Method.BOTH)
    assert claim.is_plain


def test_a_denial_wins_over_a_hedge() -> None:
    (ruled,) = RULES.extract(document_of("Phenytoin may cause a rash."))
    reader = blame("Phenytoin", "rash", "negated")
    text = "Phenytoin may cause no rash."
    (read,) = LearnedExtractor(reader).extract(document_of(text))
    hedged = replace(ruled, object=read.object, quote=read.quote)
    (claim,) = join_claims([hedged], [(read, Kind.ADVERSE)], UNION)
    assert claim.polarity is Polarity.NEGATED


def test_what_a_drug_does_to_a_target_is_what_the_rules_say() -> None:
    spans = [(Layer.CHEMICAL, "Phenytoin", 0.9), (Layer.GENE, "thrombin", 0.9)]
    text = "Phenytoin inhibits thrombin."
    for answer, method in (("inhibits", Method.BOTH), ("activates", Method.RULES)):
        reader = FakeReader(spans, {(Pairing.TARGET, "Phenytoin", "thrombin"): {answer: 0.9}})
        (claim,) = joined(text, reader)
        assert (claim.relation, claim.method) == (Relation.DECREASES, method)


@pytest.mark.parametrize(("drug", "there"), [("phenytoin", {"hiccups"}), ("zorvan", set())])
def test_beside_a_text_s_own_drug_a_reader_has_to_be_surer_of_what_others_are_given_for(
    drug: str, there: set[str]
) -> None:
    spans = [(Layer.REMEDY, "phenytoin", 0.9), (Layer.TREATED, "hiccups", 0.9)]
    reader = FakeReader(spans, {(Pairing.TREATS, "phenytoin", "hiccups"): {"treats": 0.75}})
    document = replace(document_of("The hiccups: phenytoin."), drug=drug)
    found = JoinedExtractor(LearnedExtractor(reader), RULES).extract(document)
    assert {words(c) for c in found} == there


@pytest.mark.parametrize(
    ("heading", "there"), [("ADVERSE REACTIONS", set()), ("DISCUSSION", {"Vertigo of an odd kind"})]
)
def test_what_a_label_lists_is_left_to_the_rules(heading: str, there: set[str]) -> None:
    text = f"{heading}\n\nVertigo of an odd kind: phenytoin."
    reader = blame("phenytoin", "Vertigo of an odd kind")
    extractor = JoinedExtractor(LearnedExtractor(reader), RULES)
    found = extractor.extract(replace(document_of(text), drug="zorvan"))
    assert {words(c) for c in found if c.method is not Method.RULES} == there


def test_steps_of_a_mechanism_stay_linked() -> None:
    text = (
        "Clonazepam enhances the activity of GABA, thereby reducing neuronal excitability and "
        "preventing seizures."
    )
    alone = list(RULES.extract(document_of(text)))
    assert any(claim.via for claim in alone)
    reader = FakeReader(
        [(Layer.CHEMICAL, "Clonazepam", 0.9), (Layer.GENE, "activity of GABA", 0.9)],
        {(Pairing.TARGET, "Clonazepam", "activity of GABA"): {"activates": 0.9}},
    )
    together = joined(text, reader)
    assert sum(bool(claim.via) for claim in together) == sum(bool(claim.via) for claim in alone)
    known = {claim.id for claim in together}
    assert all(known.issuperset(claim.via) for claim in together)


def test_where_the_reader_finds_nothing_all_is_as_by_rules() -> None:
    text = "Clonazepam may cause drowsiness. It is indicated for panic disorder."
    assert joined(text, FakeReader()) == list(RULES.extract(document_of(text)))


def test_every_kind_of_claim_has_one_who_decides() -> None:
    assert set(DECIDES) == set(UNION) == set(Kind)
    assert all(one.beside >= one.alone for one in DECIDES.values())


def test_the_reader_says_which_mentions_there_are_and_the_rules_where_they_end() -> None:
    document = document_of("Fever and a purpuric rash came up on phenytoin.")
    reader = FakeReader(
        [(Layer.DISEASE, "a purpuric rash came", 0.9), (Layer.CHEMICAL, "phenytoin", 0.9)]
    )
    extractor = JoinedExtractor(LearnedExtractor(reader), RULES)
    found = [m.passage.text for m in extractor.mentions(document) if m.passage is not None]
    ruled = [m.passage.text for m in RULES.mentions(document) if m.passage is not None]
    assert "Fever" in ruled
    assert found == [words for words in ruled if words != "Fever"]


# ── Confidence ──────────────────────────────────────────────────────────────────────────────────


class Says:
    def __init__(self, claims: list[Claim]) -> None:
        self.claims = claims

    def extract(self, document: Document) -> list[Claim]:
        return self.claims


def test_a_confidence_is_the_measured_one() -> None:
    document = document_of("Phenytoin caused a rash.")
    curve = Curve((0.0, 1.0), (0.4, 0.8))
    named = {"rules hasAdverseEffect named": curve}
    (claim,) = Calibrated(RULES, curves=named).extract(document)
    assert claim.confidence == 0.6
    (claim,) = Calibrated(RULES, curves={}).extract(document)
    assert claim.confidence == 0.5


def test_claims_below_the_least_confidence_are_left_out() -> None:
    document = document_of("Phenytoin caused a rash.")
    curves = {"rules": Curve((0.5,), (0.7,))}
    assert len(list(Calibrated(RULES, 0.7, curves).extract(document))) == 1
    assert list(Calibrated(RULES, 0.71, curves).extract(document)) == []


def test_what_a_sure_claim_rests_on_stays() -> None:
    (base,) = RULES.extract(document_of("Phenytoin caused a rash."))
    unsure, other = replace(base, confidence=0.1), replace(base, confidence=0.1, sentence=9)
    sure = replace(base, confidence=0.9, sentence=2, via=(unsure.id,))
    assert keep_sure([unsure, sure, other], 0.5) == [unsure, sure]
    assert keep_sure([replace(base, confidence=None)], 0.5) == [replace(base, confidence=None)]


@pytest.mark.parametrize("curve", [curve for way in Reader for curve in load_curves(way).values()])
def test_shipped_curves_rise_and_stay_between_nought_and_one(curve: Curve) -> None:
    assert list(curve.stated) == sorted(set(curve.stated))
    assert list(curve.right) == sorted(curve.right)
    assert 0 <= curve.right[0] <= curve.right[-1] <= 1


# ── The command line ────────────────────────────────────────────────────────────────────────────


def test_without_the_model_the_command_says_what_is_missing_and_how_to_repair_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load, "find_spec", lambda _: None)
    text = tmp_path / "text.txt"
    text.write_text("Phenytoin caused a rash.", encoding="utf-8")
    for command in (
        ["extract", str(text)],
        ["build", str(text), "-o", str(tmp_path / "out")],
        ["ingest", str(text), "--store", str(tmp_path / "store")],
    ):
        for name in ("model", "both"):
            assert main([*command, "--extractor", name]) == 2
            error = capsys.readouterr().err
            assert "onnxruntime and tokenizers" in error
            assert 'pip install "claimgraph[model]"' in error
    assert not (tmp_path / "out").exists()
    assert not (tmp_path / "store").exists()


def test_an_empty_model_folder_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "find_spec", lambda _: object())
    with pytest.raises(load.ModelError, match="holds no learned model") as caught:
        load.load_reader(tmp_path)
    assert caught.value.where is not None
    assert caught.value.where.file == str(tmp_path)


def test_both_reads_on_the_command_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosing, "load_reader", lambda: blame("Phenytoin", "rash"))
    text = tmp_path / "text.txt"
    text.write_text("Phenytoin caused a rash.", encoding="utf-8")
    for name, said in (("rules", "rules"), ("model", "model"), ("both", "both")):
        assert main(["extract", str(text), "--extractor", name]) == 0
        (line,) = capsys.readouterr().out.splitlines()
        assert json.loads(line)["extractor"] == said


def test_mentions_are_told_by_whoever_reads(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader = FakeReader([(Layer.CHEMICAL, "Zorbazine", 0.9)])
    monkeypatch.setattr(choosing, "load_reader", lambda: reader)
    text = tmp_path / "text.txt"
    text.write_text("Zorbazine and phenytoin.", encoding="utf-8")
    for name, there in (
        ("rules", ["phenytoin"]),
        ("model", ["Zorbazine"]),
        ("both", ["Zorbazine"]),
    ):
        assert main(["extract", str(text), "--mentions", "--extractor", name]) == 0
        lines = map(json.loads, capsys.readouterr().out.splitlines())
        assert [(line["text"], line["extractor"]) for line in lines] == [(w, name) for w in there]


@pytest.mark.parametrize(("least", "count"), [("0", 1), ("1", 0)])
def test_a_least_confidence_leaves_claims_out(
    least: str, count: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "text.txt"
    text.write_text("Phenytoin caused a rash.", encoding="utf-8")
    assert main(["extract", str(text), "--min-confidence", least]) == 0
    assert len(capsys.readouterr().out.splitlines()) == count


def test_a_way_of_reading_travels_as_a_value() -> None:
    assert Way("both", 0.5) == Way(Reader.BOTH, 0.5)  # type: ignore[arg-type]
    assert isinstance(Way("rules").open(), RuleExtractor)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="'anybody' is not a valid Reader"):
        Way("anybody")  # type: ignore[arg-type]
    assert hash(Way(Reader.BOTH, 0.5)) == hash(Way(Reader.BOTH, 0.5))


# ── The shipped model ───────────────────────────────────────────────────────────────────────────


def test_the_shipped_model_reads_a_plain_sentence() -> None:
    try:
        reader = load.load_reader()
    except load.ModelError as error:
        pytest.skip(f"no model to test: {error.what}")
    document = document_of("A rash developed in a patient who was treated with phenytoin.")
    claims = list(LearnedExtractor(reader).extract(document))
    assert [(c.subject.label, c.relation, words(c)) for c in claims] == [
        ("phenytoin", Relation.HAS_ADVERSE_EFFECT, "rash")
    ]
    assert claims == list(LearnedExtractor(reader).extract(document))
