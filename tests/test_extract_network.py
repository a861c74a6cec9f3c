"""The model that the package carries, and the reader that runs it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from claimgraph.errors import InputFileError
from claimgraph.extract.learned.labels import ANSWERS, Layer, Pairing
from claimgraph.extract.learned.network import (
    HEAD,
    LEAST,
    META,
    NETWORK,
    SHIPPED,
    TOKENIZER,
    NetworkReader,
    NetworkReading,
)
from claimgraph.extract.learned.pieces import MOST_PIECES
from claimgraph.extract.learned.seam import Passage, Reading, SentenceReader
from claimgraph.model import SectionKind

MEGABYTE = 10**6
HARM = "A 54-year-old woman developed acute hepatitis after taking ketoconazole."
USE = "Metformin was given to the boy for type 2 diabetes."
TARGET = "In these cells, gefitinib potently inhibited EGFR."


@pytest.fixture(scope="module")
def reader() -> NetworkReader:
    return NetworkReader()


def read(reader: SentenceReader, text: str, kind: SectionKind = SectionKind.OTHER) -> Reading:
    return reader.read([Passage(text, kind)])[0]


def words(reading: Reading, text: str, layer: Layer) -> list[str]:
    return [text[one.start : one.end] for one in reading.found if one.layer is layer]


def best(reading: Reading, text: str, question: Pairing, first: str, second: str) -> str:
    spans = [(text.index(one), text.index(one) + len(one)) for one in (first, second)]
    answers = reading.answer(question, spans[0], spans[1])
    return max(answers, key=lambda one: answers[one])


def test_the_shipped_model_is_small() -> None:
    files = [SHIPPED / name for name in (NETWORK, HEAD, TOKENIZER, META)]
    assert sum(one.stat().st_size for one in files) <= 30 * MEGABYTE


def test_it_finds_a_drug_and_the_harm_it_did(reader: NetworkReader) -> None:
    reading = read(reader, HARM)
    assert "ketoconazole" in words(reading, HARM, Layer.CULPRIT)
    assert "acute hepatitis" in words(reading, HARM, Layer.ADVERSE)
    assert best(reading, HARM, Pairing.ADVERSE, "ketoconazole", "acute hepatitis") == "affirmed"


def test_it_finds_what_a_drug_is_given_for(reader: NetworkReader) -> None:
    reading = read(reader, USE)
    assert "type 2 diabetes" in words(reading, USE, Layer.TREATED)
    assert best(reading, USE, Pairing.TREATS, "Metformin", "type 2 diabetes") == "treats"
    assert best(reading, USE, Pairing.ADVERSE, "Metformin", "type 2 diabetes") == "none"


def test_it_finds_what_a_drug_does_to_a_protein(reader: NetworkReader) -> None:
    reading = read(reader, TARGET)
    assert "gefitinib" in words(reading, TARGET, Layer.CHEMICAL)
    assert "EGFR" in words(reading, TARGET, Layer.GENE)
    assert best(reading, TARGET, Pairing.TARGET, "gefitinib", "EGFR") == "inhibits"


def test_what_is_found_is_in_text_order_and_in_the_text(reader: NetworkReader) -> None:
    found = read(reader, HARM).found
    assert list(found) == sorted(found, key=lambda one: (one.start, one.end))
    assert all(0 <= one.start < one.end <= len(HARM) for one in found)
    assert all(LEAST <= one.probability <= 1 for one in found)


def test_a_reading_does_not_depend_on_what_else_is_read(reader: NetworkReader) -> None:
    passages = [Passage(text, SectionKind.OTHER) for text in (HARM, USE, "", TARGET, HARM)]
    together = reader.read(passages)
    alone = [reader.read([one])[0] for one in passages]
    assert [one.found for one in together] == [one.found for one in alone]
    spans = (59, 71), (30, 45)
    answers = [one.answer(Pairing.ADVERSE, *spans) for one in (together[0], together[4], alone[0])]
    assert answers[0] == answers[1] == answers[2]


@pytest.mark.parametrize("text", ["", " ", "\n\t", "...", "😀", "\u0301", "\x00", "\ufffd" * 9])
def test_sentences_that_say_nothing_are_read(reader: NetworkReader, text: str) -> None:
    reading = read(reader, text)
    for one in reading.found:
        assert 0 <= one.start < one.end <= len(text)
    answers = reading.answer(Pairing.ADVERSE, (0, 0), (0, 0))
    assert sum(answers.values()) == pytest.approx(1)


def test_a_sentence_of_any_length_is_read_to_its_end(reader: NetworkReader) -> None:
    text = "The patient was seen again after a week, " * (MOST_PIECES // 4) + HARM
    reading = read(reader, text)
    assert "acute hepatitis" in words(reading, text, Layer.ADVERSE)
    assert best(reading, text, Pairing.ADVERSE, "ketoconazole", "acute hepatitis") == "affirmed"


def test_spans_that_stand_too_far_apart_have_nothing_to_do_with_each_other(
    reader: NetworkReader,
) -> None:
    text = "Ketoconazole " + "was given and the patient was seen again " * MOST_PIECES + "hepatitis"
    reading = read(reader, text)
    assert best(reading, text, Pairing.ADVERSE, "Ketoconazole", "hepatitis") == "none"


def test_words_without_an_end_are_read(reader: NetworkReader) -> None:
    text = "ab" * 3_000
    assert isinstance(read(reader, text), NetworkReading)


def test_more_is_found_where_less_certainty_is_asked_for() -> None:
    text = "Headache, dizziness, tremor and other effects were seen with levodopa or placebo."
    few, many = (
        sum(one.end - one.start for one in read(NetworkReader(least=least), text).found)
        for least in (0.9, 0.1)
    )
    assert few < many


def test_the_reader_says_which_model_it_is(reader: NetworkReader) -> None:
    assert reader.name == json.loads((SHIPPED / META).read_text("utf-8"))["name"]


# ── Files that are no model ─────────────────────────────────────────────────────────────────────


def a_copy(folder: Path, leave_out: str = "") -> Path:
    """Copy the shipped model's files, but for one."""
    folder.mkdir(exist_ok=True)
    for name in (NETWORK, HEAD, TOKENIZER, META):
        if name != leave_out:
            shutil.copyfile(SHIPPED / name, folder / name)
    return folder


@pytest.mark.parametrize("name", [NETWORK, HEAD, TOKENIZER, META])
def test_a_model_that_lacks_a_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputFileError, match="Repair: install claimgraph again"):
        NetworkReader(a_copy(tmp_path / "model", leave_out=name))


@pytest.mark.parametrize("name", [NETWORK, HEAD, TOKENIZER, META])
def test_a_file_that_is_broken_is_refused(tmp_path: Path, name: str) -> None:
    folder = a_copy(tmp_path / "model", leave_out=name)
    (folder / name).write_bytes(b"\x00nothing of the kind")
    with pytest.raises(InputFileError, match=str(folder)):
        NetworkReader(folder)


@pytest.mark.parametrize(
    "change", [{"form": 99}, {"layers": ["drug"]}, {"answers": {"adverse": ["no", "yes"]}}]
)
def test_a_model_of_another_form_is_refused(tmp_path: Path, change: dict[str, object]) -> None:
    folder = a_copy(tmp_path / "model")
    meta = json.loads((folder / META).read_text("utf-8"))
    (folder / META).write_text(json.dumps(meta | change), "utf-8")
    with pytest.raises(InputFileError, match="another form"):
        NetworkReader(folder)


def test_the_questions_all_begin_with_the_answer_that_there_is_nothing() -> None:
    assert all(answers[0] == "none" for answers in ANSWERS.values())
