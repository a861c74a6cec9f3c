"""Telling formats apart, gzip, and files that mean harm."""

import gzip
import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimgraph.documents import Format, formats, read_documents, sniff_format, streams
from claimgraph.errors import InputFileError
from claimgraph.model import SectionKind

CONTENTS = [
    ("a.txt", b"<p>not html by its ending</p>", Format.PLAIN),
    ("a.md", b"# Title", Format.MARKDOWN),
    ("a.htm", b"<p>x", Format.HTML),
    ("a", b"\xef\xbb\xbf <!doctype HTML><title>x</title>", Format.HTML),
    ("a", b"<!-- x --><html><body>", Format.HTML),
    ("a.xml", b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml">', Format.HTML),
    ("a.txt", b"%PDF-1.4", Format.PDF),
    ("a.xml", b"<PubmedArticleSet>", Format.PUBMED),
    ("a.nxml", b'<!DOCTYPE article [<!ENTITY a "b">]><article>', Format.JATS),
    ("a.xml", b'<document xmlns="urn:hl7-org:v3">', Format.SPL),
    ("a.xml", b'<v3:document xmlns:v3="urn:hl7-org:v3">', Format.SPL),
    ("a.xml", b"<collection><source>x", Format.BIOC_XML),
    ("a.json", b'{"documents": []}', Format.BIOC_JSON),
    ("a.json", b'{"id": "a", "text": "b"}', Format.JSON_LINES),
    ("a.ndjson", b"", Format.JSON_LINES),
    ("a", b"123|t|Title", Format.PUBTATOR),
    ("README", b"A text without an ending.", Format.PLAIN),
    ("a", b"<5 % of patients fell.", Format.PLAIN),
]


@pytest.mark.parametrize(("name", "content", "expected"), CONTENTS)
def test_a_format_is_told_from_name_and_content(
    tmp_path: Path, name: str, content: bytes, expected: Format
) -> None:
    (tmp_path / name).write_bytes(content)
    assert sniff_format(tmp_path / name) is expected
    (tmp_path / f"{name}.gz").write_bytes(gzip.compress(content))
    assert sniff_format(tmp_path / f"{name}.gz") is expected


def test_xml_of_another_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    with pytest.raises(InputFileError, match="root element is <svg>"):
        sniff_format(tmp_path / "a.xml")


def test_a_plain_text_is_published_as_it_stands(tmp_path: Path) -> None:
    data = "\ufeffKlonix\r\n\r\nWARNINGS:\r\n\r\nFalls \u202eoccur.\r\n".encode()
    (tmp_path / "My Text.txt").write_bytes(data)
    (document,) = read_documents(tmp_path / "My Text.txt")
    assert document.text.encode() == data
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert (document.id, document.citation.title) == ("my-text", "Klonix")
    assert [s.text for s in document.sentences] == ["Falls \u202eoccur."]
    assert document.sections[-1].kind is SectionKind.WARNINGS


def test_a_taken_out_text_has_the_hash_of_that_text_and_names_its_source(tmp_path: Path) -> None:
    data = b"<p>Klonix helps.</p>"
    (tmp_path / "page.html.gz").write_bytes(gzip.compress(data))
    (document,) = read_documents(tmp_path / "page.html.gz")
    assert document.sha256 == hashlib.sha256(document.text.encode()).hexdigest()
    assert document.citation.note == (
        f"Text taken from page.html (sha256 {hashlib.sha256(data).hexdigest()})."
    )


def zipped() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.txt", "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (zipped(), "zip archive"),
        (gzip.compress(zipped()), "zip archive"),
        (gzip.compress(gzip.compress(b"x")), "gzip inside gzip"),
        (gzip.compress(b"Klonix helps." * 9999)[:-40], "no whole gzip"),
        (b"\x1f\x8b\x08nonsense", "no whole gzip"),
        (b"", "holds no text"),
        (b" \n\xef\xbb\xbf\n", "holds no text"),
        (b"Fine.\nNot \x00 fine.", "holds a NUL"),
        (b"Fine.\nNot \xff fine.", "not UTF-8"),
        ("Fine.".encode("utf-16"), "not UTF-8"),
        (b"{\\rtf1 x}", "RTF"),
    ],
    # Archives hold the time they were made; names that change make parallel runs disagree.
    ids=[
        "zip",
        "packed zip",
        "packed twice",
        "cut gzip",
        "broken gzip",
        "nothing",
        "white space",
        "NUL",
        "no UTF-8",
        "UTF-16",
        "RTF",
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(
    tmp_path: Path, content: bytes, what: str
) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    with pytest.raises(InputFileError, match=what) as caught:
        list(read_documents(path))
    assert caught.value.repair
    assert str(path) in str(caught.value)


def test_the_line_of_a_wrong_byte_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"Fine.\nNot \xff fine.")
    with pytest.raises(InputFileError, match=r"a\.txt:2: not UTF-8"):
        list(read_documents(tmp_path / "a.txt"))


@pytest.mark.parametrize("ending", ["txt", "jsonl", "xml", "html", "pubtator"])
def test_a_gzip_bomb_is_refused_before_it_explodes(tmp_path: Path, ending: str) -> None:
    head = {"xml": b"<PubmedArticleSet>", "jsonl": b'{"id": "a", "text": "'}.get(ending, b"")
    path = tmp_path / f"a.{ending}.gz"
    path.write_bytes(gzip.compress(head + b" " * 50_000_000))
    with pytest.raises(InputFileError, match="times its size"):
        list(read_documents(path))


def test_a_file_that_must_be_read_whole_has_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "MAX_BYTES", 100)
    (tmp_path / "a.txt").write_bytes(b"Klonix helps. " * 10)
    with pytest.raises(InputFileError, match="more than the 100 bytes"):
        list(read_documents(tmp_path / "a.txt"))


def test_missing_files_and_folders_are_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="no such file"):
        read_documents(tmp_path / "none.txt")
    with pytest.raises(InputFileError, match="is a folder"):
        read_documents(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(data=st.binary(max_size=400), form=st.sampled_from(sorted(Format)))
def test_any_bytes_in_any_format_are_read_or_refused(
    tmp_path: Path, data: bytes, form: Format
) -> None:
    path = tmp_path / "a"
    path.write_bytes(data)
    try:
        documents = list(read_documents(path, as_format=form))
    except InputFileError:
        return
    for document in documents:
        for sentence in document.sentences:
            assert sentence.span.cut(document.text) == sentence.text


def test_every_format_has_a_reader() -> None:
    alone = {Format.PLAIN, Format.MARKDOWN, Format.HTML, Format.PDF}
    assert set(formats._READERS) | alone == set(Format)
