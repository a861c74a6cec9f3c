"""JSON Lines: streamed, one document a line, broken lines reported by number."""

import gzip
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.documents import iterate_json_lines, jsonlines, read_documents
from claimgraph.errors import InputFileError


def write(path: Path, *rows: object) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_each_line_is_a_document(tmp_path: Path) -> None:
    path = write(
        tmp_path / "x.jsonl",
        {"id": "PMID:1", "text": "Klonix helps. It is safe.", "title": "On Klonix", "drug": "K"},
        {"id": 2, "text": "WARNINGS\n\nFalls."},
    )
    first, second = read_documents(path)
    assert (first.id, first.citation.title, first.drug) == ("PMID:1", "On Klonix", "K")
    assert [s.text for s in first.sentences] == ["Klonix helps.", "It is safe."]
    assert (second.id, second.drug) == ("2", None)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        (b"{broken", "not JSON"),
        (b'{"id": "a"}', "no text"),
        (b'{"text": "x"}', "no usable id"),
        (b'{"id": "a\\nb", "text": "x"}', "no usable id"),
        (b'{"id": true, "text": "x"}', "no usable id"),
        (b'{"id": "a", "text": "  "}', "holds no text"),
        (b'{"id": "a", "text": "x\\u0000"}', "NUL"),
        (b'{"id": "a", "text": "x\\ud800"}', "half a character"),
        (b'{"id": "a", "text": "x", "drug": 1}', "drug is no string"),
        (b'{"id": "a", "text": "x", "language": "<b>"}', "no language tag"),
        (b'{"id": "a", "text": "\xff"}', "not UTF-8"),
        (b"[1, 2]", "not an object"),
        (b"[" * 100_000, "nested too deeply"),
        (b'{"id": ' + b"9" * 10_000 + b', "text": "x"}', "not JSON"),
    ],
)
def test_a_broken_line_is_named_and_skipped(tmp_path: Path, line: bytes, what: str) -> None:
    path = tmp_path / "x.jsonl"
    good = b'{"id": "good", "text": "Fine."}'
    path.write_bytes(b"\n".join([good, line, good]))
    errors: list[InputFileError] = []
    documents = list(read_documents(path, on_error=errors.append))
    assert [d.id for d in documents] == ["good", "good"]
    assert [e.where and e.where.line for e in errors] == [2]
    assert what in errors[0].what
    with pytest.raises(InputFileError, match=r"x\.jsonl:2"):
        list(read_documents(path))


def test_a_line_that_is_too_long_is_skipped_without_being_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jsonlines, "MAX_BYTES", 1000)
    long = b'{"id": "long", "text": "' + b"x" * 5_000_000 + b'"}\n'
    stream = io.BytesIO(long + b'{"id": "next", "text": "Fine."}\n')
    errors: list[InputFileError] = []
    assert [x.document.id for x in iterate_json_lines(stream, "-", errors.append)] == ["next"]
    assert "more than 1000 bytes" in str(errors[0])


def test_other_fields_reach_the_caller() -> None:
    stream = io.BytesIO(b'\xef\xbb\xbf\n{"id": "a", "text": "Fine.", "entities": [1]}\n')
    (line,) = iterate_json_lines(stream, "-")
    assert (line.number, line.fields["entities"]) == (2, [1])


def test_gzip_is_unpacked_on_the_way(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(gzip.compress(b'{"id": "a", "text": "Fine."}\n'))
    assert [d.text for d in read_documents(path)] == ["Fine."]


@given(st.lists(st.tuples(st.text(min_size=1), st.booleans()), max_size=5))
def test_what_is_written_is_read_verbatim(rows: list[tuple[str, bool]]) -> None:
    lines = [{"id": f"n{i}", "text": text} for i, (text, _) in enumerate(rows)]
    stream = io.BytesIO(
        "\n".join(json.dumps(line, ensure_ascii=plain) for line, (_, plain) in zip(lines, rows, strict=True))
        .encode("utf-8", "surrogatepass")
    )  # fmt: skip
    errors: list[InputFileError] = []
    read = {x.document.id: x.document for x in iterate_json_lines(stream, "-", errors.append)}
    assert len(read) + len(errors) == len(rows)
    for line in lines:
        if line["id"] in read:
            document = read[line["id"]]
            assert document.text == line["text"]
            assert all(s.span.cut(document.text) == s.text for s in document.sentences)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_reported(data: bytes) -> None:
    errors: list[InputFileError] = []
    for line in iterate_json_lines(io.BytesIO(data), "-", errors.append):
        assert line.document.text
