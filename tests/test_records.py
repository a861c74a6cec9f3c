"""What the command line reads and writes as JSON keeps to the schemas that it prints."""

import io
import json
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from claimgraph.cli import main
from claimgraph.documents import iterate_json_lines
from claimgraph.errors import InputFileError, Place
from claimgraph.extract.given import TYPES, read_given
from claimgraph.lexicon import load_lexicon
from claimgraph.model import (
    Category,
    Certainty,
    Claim,
    ClaimType,
    Document,
    EvidenceBasis,
    Method,
    Modality,
    Polarity,
    QualifierType,
    Relation,
)
from claimgraph.records import claim_record, mention_record, to_claim
from claimgraph.resources import schema_file
from tests.strategies import documents_with_claims, law, small_claim, small_document

SCHEMAS = ("input", "claim", "mention")


@cache
def validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema_file(name).read_text(encoding="utf-8")))


def written(record: dict[str, Any]) -> Any:
    """Give a record as another program gets it."""
    return json.loads(json.dumps(record, ensure_ascii=False, allow_nan=False))


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_schema_is_a_schema_and_is_printed(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Draft202012Validator.check_schema(validator(name).schema)
    assert main(["extract", "--schema", name]) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == validator(name).schema
    assert printed["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert printed["$id"].endswith(f"/schema/{name}.json")


def test_closed_lists_are_those_of_the_model() -> None:
    properties = validator("claim").schema["properties"]
    parts = validator("claim").schema["$defs"]
    for kinds, found in (
        (Relation, properties["relation"]),
        (ClaimType, properties["type"]),
        (Polarity, properties["polarity"]),
        (Certainty, properties["certainty"]),
        (Modality, properties["modality"]),
        (EvidenceBasis, properties["evidence"]),
        (Method, properties["extractor"]),
        (Method, validator("mention").schema["properties"]["extractor"]),
        (Category, validator("mention").schema["properties"]["category"]),
        (QualifierType, parts["qualifier"]["properties"]["type"]),
    ):
        assert found["enum"] == [kind.value for kind in kinds]
    assert parts["mention"]["properties"]["category"]["enum"] == [*map(str, Category), None]
    types = validator("input").schema["$defs"]["entity"]["properties"]["type"]["description"]
    assert types.endswith(f": {', '.join(sorted(TYPES))}.")


@law(100)
@given(documents_with_claims())
def test_every_claim_that_passes_the_gate_keeps_to_the_schema(
    drawn: tuple[Document, tuple[Claim, ...]],
) -> None:
    document, claims = drawn
    for claim in claims:
        for sentence in (document.sentence(claim.sentence).passage, None):
            validator("claim").validate(written(claim_record(claim, sentence)))
        for mention in (claim.subject, claim.object):
            if mention.passage is not None and mention.concept is not None:
                record = mention_record(mention, document, claim.method)
                validator("mention").validate(written(record))
                assert record["sentence_number"] == claim.sentence
                assert document.text[record["start"] : record["end"]] == record["text"]


@pytest.mark.parametrize(
    "change",
    [
        {"relation": "cures"},
        {"quote": [3]},
        {"quote": [-1, 3]},
        {"confidence": 1.5},
        {"extractor": None},
        {"cue": "may"},
        {"subject": {"text": "x"}},
        {"qualifiers": [{"type": "dose", "text": "2mg"}]},
        {"colour": "blue"},
        {"id": "dizziness"},
    ],
)
def test_the_schema_refuses_what_is_no_claim(change: dict[str, object]) -> None:
    sentence = small_document().sentence(1).passage
    record = claim_record(small_claim(), sentence)
    validator("claim").validate(record)
    with pytest.raises(ValidationError):
        validator("claim").validate(record | change)
    for key in record:
        with pytest.raises(ValidationError):
            validator("claim").validate({k: v for k, v in record.items() if k != key})


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)


@st.composite
def lines(draw: st.DrawFn) -> dict[str, object]:
    """Draw lines of input, many of which are none."""
    text = draw(TEXTS)
    offsets = st.integers(-1, len(text) + 1)
    pairs = st.lists(offsets, min_size=1, max_size=3)
    place = st.one_of(
        st.fixed_dictionaries({"span": pairs}),
        st.fixed_dictionaries({"spans": st.lists(pairs, max_size=2)}),
        st.fixed_dictionaries({"start": offsets}, optional={"end": offsets}),
    )
    meaning = st.fixed_dictionaries(
        {"type": st.sampled_from(["drug", "Gene-Y", "DISEASE", "thing", 1])},
        optional={
            "text": st.none() | TEXTS,
            "concept": st.none() | st.sampled_from(["a-b", "a b", ""]),
            "label": st.none() | TEXTS,
        },
    )
    entity = st.builds(lambda one, other: one | other, meaning, place)
    return draw(
        st.fixed_dictionaries(
            {"text": st.just(text) | st.none()},
            optional={
                "id": st.integers() | TEXTS | st.none(),
                "title": st.none() | TEXTS | st.just(3),
                "drug": st.none() | TEXTS,
                "language": st.sampled_from(["en", "pt-BR", None, 3]),
                "entities": st.lists(entity, max_size=3),
                "more": TEXTS,
            },
        )
    )


@law(300)
@given(lines())
def test_what_is_read_keeps_to_the_schema(line: dict[str, object]) -> None:
    """The schema refuses nothing that we read; what it cannot say, the reader refuses."""
    data = io.BytesIO(json.dumps(line).encode())
    try:
        for read in iterate_json_lines(data, "-"):
            if "entities" in line:
                read_given(line["entities"], read.document, load_lexicon(), Place("-"))
    except InputFileError:
        return
    validator("input").validate(line)


def test_a_line_with_all_fields_is_read_and_keeps_to_the_schema() -> None:
    line = {
        "id": "label-1",
        "text": "Klonix may cause falls.",
        "title": "A label",
        "drug": "Klonix",
        "language": "en",
        "entities": [
            {"type": "drug", "span": [0, 6], "text": "Klonix", "concept": "klonix", "id": "T1"},
            {"type": "Disease", "spans": [[17, 22]]},
            {"category": "Condition", "start": 17, "end": 22, "label": None},
        ],
        "pmid": 12,
    }
    validator("input").validate(line)
    (read,) = iterate_json_lines(io.BytesIO(json.dumps(line).encode()), "-")
    mentions = read_given(read.fields["entities"], read.document, load_lexicon(), Place("-"))
    assert len(mentions) == 3


@law(100)
@given(documents_with_claims())
def test_a_claim_is_read_back_from_its_record(
    drawn: tuple[Document, tuple[Claim, ...]],
) -> None:
    for claim in drawn[1]:
        assert to_claim(written(claim_record(claim))) == claim


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"quote": [3, 1]}, "not a span"),
        ({"quote": [3]}, "not enough values"),
        ({"quote": None}, "cannot unpack"),
        ({"relation": "cures"}, "'cures' is not a valid Relation"),
        ({"doc": 3}, "'3' is no text"),
        ({"sentence_number": True}, "'True' is no whole number"),
        ({"subject": None}, "NoneType"),
        ({"qualifiers": [{"type": "dose"}]}, "no 'start'"),
        ({"confidence": []}, "float"),
    ],
)
def test_what_is_no_record_of_a_claim_is_said(change: dict[str, object], what: str) -> None:
    record = claim_record(small_claim())
    assert to_claim(record) == small_claim()
    with pytest.raises(ValueError, match=what):
        to_claim(record | change)
    with pytest.raises(ValueError, match="not an object"):
        to_claim([record])
