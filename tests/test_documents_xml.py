"""XML that means harm: refused in every format, never expanded, never fetched."""

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimgraph.documents import Format, read_documents, xmlstream
from claimgraph.errors import InputFileError

SHELLS = {
    Format.PUBMED: (
        "PubmedArticleSet",
        "<PubmedArticleSet><PubmedArticle><PMID>1</PMID><Article><ArticleTitle>{}</ArticleTitle>"
        "</Article></PubmedArticle></PubmedArticleSet>",
    ),
    Format.JATS: ("article", "<article><body><p>{}</p></body></article>"),
    Format.SPL: (
        "document",
        '<document xmlns="urn:hl7-org:v3"><component><structuredBody><component><section><text>{}'
        "</text></section></component></structuredBody></component></document>",
    ),
    Format.BIOC_XML: (
        "collection",
        "<collection><document><passage><text>{}</text></passage></document></collection>",
    ),
}
BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = [
    (f'<!DOCTYPE {{root}} [<!ENTITY a0 "ha">{BOMB}]>', "&a9;", "declares an entity"),
    ('<!DOCTYPE {root} [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "&x;", "declares an entity"),
    ('<!DOCTYPE {root} [<!ENTITY % x SYSTEM "file:///etc/passwd"> %x;]>', "a", "declares"),
    ('<!DOCTYPE {root} SYSTEM "file:///etc/passwd">', "&x;", "not well-formed"),
    ("", "<b>" * 300 + "</b>" * 300, "more than 200 deep"),
    ("", "<b>", "not well-formed"),
    ("", "\x00", "not well-formed"),
]


@pytest.mark.parametrize("form", sorted(SHELLS))
@pytest.mark.parametrize(("prolog", "inner", "what"), HOSTILE)
def test_hostile_xml_is_refused(
    tmp_path: Path, form: Format, prolog: str, inner: str, what: str
) -> None:
    root, shell = SHELLS[form]
    path = tmp_path / "a.xml"
    path.write_text(prolog.replace("{root}", root) + shell.format(inner))
    with pytest.raises(InputFileError, match=what) as caught:
        list(read_documents(path))
    assert caught.value.repair


@pytest.mark.parametrize("form", sorted(SHELLS))
def test_a_doctype_that_names_a_file_is_never_opened(tmp_path: Path, form: Format) -> None:
    root, shell = SHELLS[form]
    # Were it opened, it would fail: there is no such file.
    doctype = f'<!DOCTYPE {root} SYSTEM "file:///nowhere/at/all.dtd">'
    path = tmp_path / "a.xml.gz"
    path.write_bytes(gzip.compress((doctype + shell.format("Fine &amp; dandy.")).encode()))
    (document,) = read_documents(path)
    assert document.text == "Fine & dandy."


@pytest.mark.parametrize("form", sorted(SHELLS))
def test_one_record_has_a_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: Format
) -> None:
    monkeypatch.setattr(xmlstream, "MAX_BYTES", 100_000)
    path = tmp_path / "a.xml"
    path.write_text(SHELLS[form][1].format("Klonix helps. " * 50_000))
    with pytest.raises(InputFileError, match="more than 100000 bytes"):
        list(read_documents(path))


def test_many_records_have_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xmlstream, "MAX_BYTES", 200_000)
    record = "<PubmedArticle><PMID>1</PMID><Article><ArticleTitle>Fine.</ArticleTitle></Article>"
    path = tmp_path / "a.xml"
    path.write_text(f"<PubmedArticleSet>{(record + '</PubmedArticle>') * 5000}</PubmedArticleSet>")
    assert sum(1 for _ in read_documents(path)) == 5000


def test_the_line_of_an_error_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<article>\n<body>\n<p></body></article>")
    with pytest.raises(InputFileError, match=r"a\.xml:3: is not well-formed"):
        list(read_documents(tmp_path / "a.xml"))


def test_other_encodings_are_read_as_declared(tmp_path: Path) -> None:
    text = '<?xml version="1.0" encoding="{}"?><article><body><p>5 µg</p></body></article>'
    for encoding in ("utf-16", "iso-8859-1", "windows-1252"):
        (tmp_path / "a.xml").write_bytes(text.format(encoding).encode(encoding))
        assert next(read_documents(tmp_path / "a.xml")).text == "5 µg"
    (tmp_path / "a.xml").write_bytes(text.format("utf-8").encode("iso-8859-1"))
    with pytest.raises(InputFileError, match="not well-formed"):
        list(read_documents(tmp_path / "a.xml"))
    (tmp_path / "a.xml").write_bytes(text.format("klingon").encode())
    with pytest.raises(InputFileError):
        list(read_documents(tmp_path / "a.xml"))


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<list>",
        "<item>",
        "</item>",
        "</list>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</tr>",
        "</table>",
        "<sup>2</sup>",
        "<sec>",
        "</sec>",
        "<title>x</title>",
        "&lt;",
        "&#0;",
        "<text>",
        "</text>",
        "<caption>c</caption>",
        "<table-wrap>",
        "</table-wrap>",
        "word.",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    form=st.sampled_from(sorted(SHELLS)), inner=st.lists(PIECES | st.text(max_size=9), max_size=20)
)
def test_any_xml_is_read_or_refused(tmp_path: Path, form: Format, inner: list[str]) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(SHELLS[form][1].format("".join(inner)).encode("utf-8", "replace"))
    try:
        documents = list(read_documents(path))
    except InputFileError:
        return
    for document in documents:
        for sentence in document.sentences:
            assert sentence.span.cut(document.text) == sentence.text
