"""Papers: PubMed, JATS, BioC and PubTator."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimgraph.documents import Format, bioc, read_documents
from claimgraph.errors import InputFileError
from claimgraph.model import Document

PUBMED = """<?xml version="1.0"?>
<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle" "https://example.org/pubmed.dtd">
<PubmedArticleSet>
<PubmedArticle><MedlineCitation><PMID Version="1">12</PMID><Article><Journal><JournalIssue><PubDate>
<Year>1999</Year></PubDate></JournalIssue><Title>Journal of Falls</Title></Journal>
<ArticleTitle>Klonix-induced <i>falls</i>.</ArticleTitle><Abstract>
<AbstractText Label="METHODS" NlmCategory="METHODS">We looked. And saw.</AbstractText>
<AbstractText Label="RESULTS">One of 10<sup>3</sup> fell.</AbstractText></Abstract>
<AuthorList><Author><LastName>Lee</LastName><Initials>A</Initials></Author>
<Author><CollectiveName>The Group</CollectiveName></Author></AuthorList></Article>
</MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>13</PMID><Article/></MedlineCitation></PubmedArticle>
<PubmedArticle><MedlineCitation><PMID>14</PMID><Article><ArticleTitle>Plain.</ArticleTitle>
<Abstract><AbstractText>All in one.</AbstractText></Abstract></Article></MedlineCitation></PubmedArticle>
</PubmedArticleSet>"""

JATS = """<!DOCTYPE article PUBLIC "-//NLM//DTD JATS" "https://example.org/JATS.dtd">
<article xml:lang="en" xmlns:xlink="http://www.w3.org/1999/xlink"><front><journal-meta>
<journal-title>Journal of Falls</journal-title></journal-meta><article-meta>
<article-id pub-id-type="pmc">PMC77</article-id><article-id pub-id-type="doi">10.1/x</article-id>
<title-group><article-title>Klonix lowers <italic>pressure</italic><xref>*</xref></article-title>
</title-group><contrib-group><contrib contrib-type="author"><name><surname>Lee</surname>
<given-names>Ann</given-names></name></contrib></contrib-group><pub-date><year>2020</year></pub-date>
<permissions><license xlink:href="https://example.org/by"><license-p>Free.</license-p></license></permissions>
<abstract><title>Abstract</title><sec><title>Methods</title><p>We gave Klonix.</p></sec></abstract>
<abstract abstract-type="graphical"><p>Picture.</p></abstract></article-meta></front>
<body><p>First words.</p><sec sec-type="intro"><title>Why</title><p>Klonix is old <xref>[1]</xref>. It is:
<list><list-item><label>a</label><p>cheap</p></list-item><list-item><p>safe</p></list-item></list>and
known.</p></sec><sec><label>2</label><title>Methods</title><sec><title>Patients</title><p>Ten came.</p></sec>
<table-wrap><label>Table 1</label><caption><title>Rates.</title></caption><table><tr><td>Falls</td>
<td>2</td></tr></table></table-wrap><disp-formula><tex-math>x^2</tex-math></disp-formula></sec>
<sec><title>References</title><p>Lee 1999.</p></sec></body>
<back><ref-list><ref>Lee 2000</ref></ref-list></back></article>"""


def sections(document: Document) -> dict[tuple[str, str | None], list[str]]:
    """Give the sentences of each section."""
    return {
        (s.kind.value, s.heading): [x.text for x in document.sentences if x.section == s.number]
        for s in document.sections
    }


def test_a_citation_is_its_title_and_its_abstract(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(PUBMED)
    errors: list[InputFileError] = []
    first, second = read_documents(tmp_path / "a.xml", on_error=errors.append)
    assert sections(first) == {
        ("abstract", None): ["Klonix-induced falls."],
        ("methods", "METHODS"): ["We looked.", "And saw."],
        ("results", "RESULTS"): ["One of 10^3 fell."],
    }
    citation = first.citation
    assert (first.id, citation.title, citation.author) == (
        "pmid-12",
        "Klonix-induced falls.",
        "A Lee et al.",
    )
    assert (citation.publisher, citation.date) == ("Journal of Falls", "1999")
    assert sections(second) == {("abstract", None): ["Plain.", "All in one."]}
    assert [e.what for e in errors] == ["citation 13 has neither title nor abstract"]
    with pytest.raises(InputFileError, match="citation 13"):
        list(read_documents(tmp_path / "a.xml"))


def test_an_article_is_its_title_abstract_and_body(tmp_path: Path) -> None:
    (tmp_path / "a.nxml").write_text(JATS)
    (document,) = read_documents(tmp_path / "a.nxml")
    assert sections(document) == {
        ("abstract", None): ["Klonix lowers pressure"],
        ("methods", "Methods"): ["We gave Klonix."],
        ("introduction", None): ["First words."],
        ("introduction", "Why"): ["Klonix is old [1].", "It is:", "cheap", "safe", "and known."],
        ("methods", "Patients"): ["Ten came.", "Table 1 Rates.", "Falls | 2"],
        ("boilerplate", "References"): [],
    }
    citation = document.citation
    assert (document.id, citation.author, citation.date) == ("pmc-77", "Ann Lee", "2020")
    assert (citation.url, citation.licence) == (
        "https://doi.org/10.1/x",
        "https://example.org/by",
    )


def test_an_article_without_words_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text("<article><back><p>Thanks.</p></back></article>")
    with pytest.raises(InputFileError, match="without words"):
        list(read_documents(tmp_path / "a.xml"))


PASSAGES = [
    ("title", 0, "Klonix causes falls."),
    ("abstract", 21, "We saw them. Twice."),
    ("ref", 41, "Lee 1999."),
]
BIOC_XML = "<collection><document><id>5</id>{}</document></collection>".format(
    "".join(
        f'<passage><infon key="type">{kind}</infon><offset>{at}</offset><text>{text}</text></passage>'
        for kind, at, text in PASSAGES
    )
)
BIOC_JSON = json.dumps(
    {
        "documents": [
            {
                "id": "5",
                "passages": [
                    {"offset": at, "infons": {"type": kind}, "text": text}
                    for kind, at, text in PASSAGES
                ],
            }
        ]
    }
)


@pytest.mark.parametrize(("name", "content"), [("a.xml", BIOC_XML), ("a.json", BIOC_JSON)])
def test_bioc_keeps_its_offsets(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    (document,) = read_documents(tmp_path / name)
    assert (document.id, document.citation.title) == ("pmid-5", "Klonix causes falls.")
    assert [s.text for s in document.sentences] == [
        "Klonix causes falls.",
        "We saw them.",
        "Twice.",
    ]
    for _, offset, text in PASSAGES:
        assert document.text[offset : offset + len(text)] == text


@pytest.mark.parametrize("offset", [20, 5, 10**11, -3, 10**40])
def test_offsets_that_do_not_fit_never_glue_words_nor_blow_up_the_text(
    tmp_path: Path, offset: int
) -> None:
    (tmp_path / "a.json").write_text(BIOC_JSON.replace("21", str(offset)))
    (document,) = read_documents(tmp_path / "a.json")
    assert document.text == "Klonix causes falls.\n\nWe saw them. Twice.\n\nLee 1999."


def test_sentences_stand_in_for_a_passage_without_text(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(
        "<collection><document><id>x</id><passage><offset>0</offset><sentence><offset>0</offset>"
        "<text>Klonix helps.</text></sentence><sentence><offset>14</offset><text>It does.</text>"
        "</sentence></passage></document></collection>"
    )
    (document,) = read_documents(tmp_path / "a.xml")
    assert document.text == "Klonix helps.\nIt does."


@pytest.mark.parametrize(
    ("content", "what"),
    [
        ("[" * 100_000, "nested too deeply"),
        ("{", "not JSON"),
        ("[1]", "no BioC"),
        ('{"documents": 1}', "no BioC"),
        ('{"documents": [{"id": "x"}]}', "has no words"),
        ('{"documents": [1]}', "has no words"),
    ],
)
def test_broken_bioc_is_refused(tmp_path: Path, content: str, what: str) -> None:
    (tmp_path / "a.json").write_text(content)
    with pytest.raises(InputFileError, match=what):
        list(read_documents(tmp_path / "a.json", as_format=Format.BIOC_JSON))


@given(st.lists(st.tuples(st.integers(-2, 40), st.text(min_size=1, max_size=12)), min_size=1))
def test_passages_are_never_changed(passages: list[tuple[int, str]]) -> None:
    given_ = [bioc._Passage(offset, text, {}) for offset, text in passages]
    text, starts = bioc._join(given_)
    end = 0
    for passage, start in zip(given_, starts, strict=True):
        assert text[start : start + len(passage.text)] == passage.text
        assert start >= end
        end = start + len(passage.text)


PUBTATOR = """\
5|t|Klonix causes falls.
5|a|We saw them. Twice.
5\t0\t6\tKlonix\tChemical\tD1

6|t|Old | new
6|a|
"""


def test_pubtator_keeps_its_offsets(tmp_path: Path) -> None:
    (tmp_path / "a.pubtator").write_text(PUBTATOR)
    first, second = read_documents(tmp_path / "a.pubtator")
    assert first.text == "Klonix causes falls.\nWe saw them. Twice."
    assert [s.text for s in first.sentences] == ["Klonix causes falls.", "We saw them.", "Twice."]
    assert (second.id, [s.text for s in second.sentences]) == ("pmid-6", ["Old | new"])


def test_broken_pubtator_is_named_and_skipped(tmp_path: Path) -> None:
    path = tmp_path / "a.pubtator"
    path.write_text(f"7|t|\n7|a| \n\nnonsense\n{PUBTATOR}")
    errors: list[InputFileError] = []
    assert len(list(read_documents(path, on_error=errors.append))) == 2
    assert [(e.what, e.where and e.where.line) for e in errors] == [
        ("neither title, abstract nor annotation", 4),
        ("holds no text", 1),
    ]
    with pytest.raises(InputFileError):
        list(read_documents(path))
