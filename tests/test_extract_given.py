"""Given mentions: only how they are related is decided, and a wrong one is named."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.cli import main
from claimgraph.documents import cut_text
from claimgraph.errors import InputFileError, Place
from claimgraph.extract.given import read_given
from claimgraph.extract.learned.extractor import LearnedExtractor
from claimgraph.extract.learned.joined import JoinedExtractor
from claimgraph.extract.learned.labels import ANSWERS, Pairing
from claimgraph.extract.rules import RuleExtractor
from claimgraph.gate import pass_claims
from claimgraph.model import Category, Citation, Claim, Document, Mention, Method, Relation
from tests.fake_reader import FakeReader, blame
from tests.strategies import WORDS, law

EXTRACTOR = RuleExtractor()


class SameAnswers(FakeReader):
    """Gives the same answers about any two spans."""

    def __init__(self, answers: Mapping[Pairing, Mapping[str, float]]) -> None:
        super().__init__((), Everywhere(answers))


class Everywhere(dict[tuple[Pairing, str, str], Mapping[str, float]]):
    """The same for any two spans."""

    def __init__(self, answers: Mapping[Pairing, Mapping[str, float]]) -> None:
        super().__init__()
        self._answers = answers

    def get(self, key: tuple[Pairing, str, str], default: object = None) -> Mapping[str, float]:  # type: ignore[override]
        return self._answers[key[0]]


TEXT = "Zorbazine may cause glimmering. It inhibits the florin receptor."


def document_of(text: str, drug: str | None = None) -> Document:
    return cut_text(text, id="text", citation=Citation("A text"), drug=drug)


def entity(words: str, kind: str, text: str = TEXT) -> dict[str, object]:
    start = text.index(words)
    return {"type": kind, "span": [start, start + len(words)], "text": words}


def read(*entities: object, text: str = TEXT) -> tuple[Mention, ...]:
    return read_given(list(entities), document_of(text), EXTRACTOR.lexicon, Place("texts", 7))


def claims_of(*entities: object, text: str = TEXT, drug: str | None = None) -> list[Claim]:
    document = document_of(text, drug)
    mentions = read_given(list(entities), document, EXTRACTOR.lexicon, Place("texts", 7))
    passed = pass_claims(EXTRACTOR.extract(document, mentions), document)
    assert not passed.rejections
    return list(passed.claims)


def test_relations_of_given_mentions_are_decided_whatever_the_lexicon_knows() -> None:
    (claim,) = claims_of(entity("Zorbazine", "drug"), entity("glimmering", "Disease"))
    assert claim.relation is Relation.HAS_ADVERSE_EFFECT
    assert (claim.subject.label, claim.object.label) == ("zorbazine", "glimmering")
    assert claim.cue is not None
    assert claim.cue.text == "may"


def test_a_given_mention_keeps_its_borders() -> None:
    text = "Clonazepam may cause severe drowsiness."
    drug = entity("Clonazepam", "drug", text)
    for words in ("drowsiness", "severe drowsiness"):
        (claim,) = claims_of(drug, entity(words, "disease", text), text=text)
        assert claim.object.passage is not None
        assert claim.object.passage.text == words


def test_steps_of_a_mechanism_that_are_no_given_mentions_are_left_out() -> None:
    text = "By enhancing the actions of GABA, clonazepam dampens excitability, mitigating seizures."
    assert {c.object.label for c in claims_of(text=text)} == set()
    found = claims_of(
        entity("clonazepam", "drug", text), entity("seizures", "disease", text), text=text
    )
    assert {c.object.label for c in found} <= {"seizure"}


def test_no_mention_is_found_beside_those_given() -> None:
    text = "Clonazepam may cause drowsiness and glimmering."
    found = claims_of(
        entity("Clonazepam", "drug", text), entity("glimmering", "disease", text), text=text
    )
    assert {claim.object.label for claim in found} == {"glimmering"}
    assert claims_of(text=text) == []


def test_a_drug_that_is_understood_comes_from_the_line() -> None:
    text = "INDICATIONS AND USAGE\n\nFor the treatment of shimmer."
    (claim,) = claims_of(entity("shimmer", "Condition", text), text=text, drug="Klonopin")
    assert claim.subject.passage is None
    assert claim.subject.label == "clonazepam"


def test_a_mention_means_what_it_says_or_what_the_lexicon_says() -> None:
    text = "Klonopin helped."
    (known,) = read(entity("Klonopin", "brand", text), text=text)
    assert known.concept is not None
    assert (known.concept.id, known.concept.label) == ("clonazepam", "clonazepam")
    named = {**entity("Klonopin", "brand", text), "concept": "klonopin-wafer", "label": "wafer"}
    (own,) = read(named, text=text)
    assert own.concept is not None
    assert (own.concept.id, own.concept.label) == ("klonopin-wafer", "wafer")
    (unknown,) = read(entity("helped", "Gene-N", text), text=text)
    assert unknown.concept is not None
    assert (unknown.concept.id, unknown.concept.category) == ("unlisted-helped", Category.TARGET)


def test_the_first_part_of_a_broken_mention_stands_for_it() -> None:
    text = "Renal or hepatic failure followed."
    (mention,) = read(
        {"type": "disease", "spans": [[0, 5], [17, 24]], "text": "Renal failure"}, text=text
    )
    assert mention.passage is not None
    assert mention.passage.text == "Renal"


def test_the_mentions_that_we_write_can_be_given_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "Clonazepam may cause drowsiness. Ataxia was rare."
    path = tmp_path / "in.jsonl"
    path.write_text(json.dumps({"id": "a", "text": text}))
    assert main(["extract", str(path)]) == 0
    found = capsys.readouterr().out
    assert found
    assert main(["extract", "--mentions", str(path)]) == 0
    entities = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["text"] for one in entities] == ["Clonazepam", "drowsiness", "Ataxia"]
    path.write_text(json.dumps({"id": "a", "text": text, "entities": entities}))
    assert main(["extract", "--given-mentions", str(path)]) == 0
    assert capsys.readouterr().out == found


@pytest.mark.parametrize(
    ("entities", "what"),
    [
        (None, "no entities"),
        ({}, "no entities"),
        ([1], r"entities\[0\]: not an object"),
        ([{"type": "drug", "span": [0, 9]}, {"span": [0, 9]}], r"entities\[1\]: type 'None'"),
        ([{"type": "species", "span": [0, 9]}], "type 'species' is none of"),
        ([{"type": "drug"}], "two whole numbers"),
        ([{"type": "drug", "spans": []}], "no span"),
        ([{"type": "drug", "span": [0, 9.0]}], "two whole numbers"),
        ([{"type": "drug", "span": [False, 9]}], "two whole numbers"),
        ([{"type": "drug", "span": [9, 9]}], "not a span"),
        ([{"type": "drug", "span": [-1, 9]}], "not a span"),
        ([{"type": "drug", "span": [0, 10**9]}], "reaches past the text's end"),
        ([{"type": "drug", "span": [0, 9], "text": "zorbazine"}], "but 'Zorbazine' stands there"),
        ([{"type": "drug", "span": [0, 9], "concept": "a b"}], "no kebab-case name"),
    ],
)
def test_what_is_wrong_with_a_given_mention_is_said(entities: object, what: str) -> None:
    with pytest.raises(InputFileError, match=what) as caught:
        read_given(entities, document_of(TEXT), EXTRACTOR.lexicon, Place("texts", 7))
    assert str(caught.value).startswith("texts:7: ")
    assert caught.value.repair


# ── With a reader ───────────────────────────────────────────────────────────────────────────────

ODD = "Zorbazine: glimmering all day, and no word of florin."


def read_with(reader: FakeReader, *entities: object) -> list[Claim]:
    document = document_of(ODD)
    mentions = read(*entities, text=ODD)
    extractor = JoinedExtractor(LearnedExtractor(reader, EXTRACTOR.lexicon), EXTRACTOR)
    passed = pass_claims(extractor.extract(document, mentions), document)
    assert not passed.rejections
    return list(passed.claims)


def test_a_reader_answers_about_given_mentions_that_it_did_not_find() -> None:
    sure = FakeReader((), {(Pairing.ADVERSE, "Zorbazine", "glimmering"): {"affirmed": 0.9}})
    drug, effect = entity("Zorbazine", "drug", ODD), entity("glimmering", "disease", ODD)
    (claim,) = read_with(sure, drug, effect)
    assert (claim.subject.label, claim.relation) == ("zorbazine", Relation.HAS_ADVERSE_EFFECT)
    assert claim.method is Method.MODEL
    assert read_with(sure, drug) == []
    assert read_with(FakeReader(), drug, effect) == []


def test_what_a_reader_finds_itself_is_no_given_mention() -> None:
    reader = blame("Zorbazine", "glimmering")
    assert read_with(reader, entity("florin", "gene", ODD)) == []


def test_a_given_condition_is_no_use_or_reaction_only_because_it_is_given() -> None:
    text = "INDICATIONS AND USAGE\n\nShimmer."
    document = document_of(text, "zorvan")
    mentions = read(entity("Shimmer", "disease", text), text=text)
    assert list(LearnedExtractor(FakeReader()).extract(document, mentions)) == []


@law(150)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12), st.data())
def test_claims_join_only_given_mentions_wherever_they_stand(
    words: list[str], data: st.DataObject
) -> None:
    text = (
        "Then " + " ".join(words) + ". Klonix may cause severe renal failure and mild falls. "
        "By enhancing actions of X, it dampens Y, which inhibits Z. Adverse reactions: bad W, fatal V."
    )
    ends = st.integers(0, len(text))
    spans = data.draw(st.lists(st.tuples(ends, ends).filter(lambda s: s[0] < s[1]), max_size=8))
    kinds = st.sampled_from(["drug", "disease", "gene", "group"])
    entities = [{"type": data.draw(kinds), "span": list(span)} for span in spans]
    document = document_of(text)
    mentions = read_given(entities, document, EXTRACTOR.lexicon, Place("texts"))
    eager = {pairing: {answer: 0.9} for pairing, (_, answer, *_) in ANSWERS.items()}
    learned = LearnedExtractor(SameAnswers(eager), EXTRACTOR.lexicon)
    for extractor in (EXTRACTOR, learned, JoinedExtractor(learned, EXTRACTOR)):
        for claim in extractor.extract(document, mentions):
            for mention in (claim.subject, claim.object):
                if mention.passage is not None:
                    span = mention.passage.span
                    assert (span.start, span.end) in spans
                    assert span.cut(text) == mention.passage.text
