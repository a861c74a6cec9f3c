import hashlib
import re
import shutil
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from claimgraph.documents import cut_text, read_article
from claimgraph.documents.plain import split_sentences
from claimgraph.errors import ClaimsFileError, InputFileError
from claimgraph.model import Citation, Document, SectionKind, Span
from claimgraph.resources import bundled_article
from tests.strategies import documents, law

K = SectionKind


def cut(text: str, language: str = "en") -> Document:
    return cut_text(text, id="a", citation=Citation("A", language))


def outline(document: Document) -> list[tuple[str, str | None, str]]:
    """Give kind, heading and words of each section."""
    return [(s.kind.value, s.heading, s.span.cut(document.text)) for s in document.sections]


def words(document: Document) -> list[str]:
    return [s.text for s in document.sentences]


# ── What holds for any text ─────────────────────────────────────────────────────────────────────

pieces = st.sampled_from(
    ["Clonazepam treats seizures.", "It may, e.g. 2.5 mg.", "A title", "Mechanism of Action:", "Safety:",
     "Related Posts", "Advertisement", "Tags:", "Read more", "\n\n", "\n\n", "\r\n\r\n", "\r\n", "\n", "\r", "\n \t \n",
     " ", "\u00a0", "\ufeff", "\u2028", "\u2029", "\x85", "\x0c", "\x00", "😀👩‍⚕️", "e\u0301", "“Quoted.”", "?!…", ":", ".",
     "Dr. Lee", "药物。", "العربية."]
)  # fmt: skip
texts = st.lists(pieces, max_size=25).map("".join) | st.text(
    st.characters(exclude_categories=["Cs"]), max_size=80
)


def check(document: Document) -> None:
    """Hold a document to what every document promises."""
    text = document.text
    end = 0
    for number, section in enumerate(document.sections, start=1):
        assert section.number == number
        assert end <= section.span.start, "sections overlap or are out of order"
        end = section.span.end
        assert end <= len(text)
        if section.heading is not None:
            # A heading is given on one line; its words are those of the text.
            assert section.heading in " ".join(section.span.cut(text).split())
    end = 0
    for number, sentence in enumerate(document.sentences, start=1):
        assert sentence.number == number
        assert sentence.span.cut(text) == sentence.text
        assert sentence.text.strip() == sentence.text != ""
        assert end <= sentence.span.start, "sentences overlap or are out of order"
        end = sentence.span.end
        section = document.sections[sentence.section - 1]
        assert section.is_content
        assert section.span.covers(sentence.span)


def lost(document: Document) -> str:
    """Give what stands in no section, and in a content section in no sentence or heading.

    The bullet or number before an item is no part of its sentence, and not lost either.
    """
    held = [False] * len(document.text)
    spans = [s.span for s in document.sections if not s.is_content]
    spans += [s.span for s in document.sentences]
    for section in document.sections:
        if section.is_content and section.heading is not None:
            starts = [s.span.start for s in document.sentences if s.section == section.number]
            spans.append(Span(section.span.start, min(starts, default=section.span.end)))
    for span in spans:
        held[span.start : span.end] = [True] * (span.end - span.start)
    kept = "\U0010fffe"
    rest = "".join(kept if one else c for c, one in zip(document.text, held, strict=True))
    mark = r"(?:[•●▪■◦‣►➢]|[^\w\s][^\S\r\n]|\(?\w{1,4}[.)][^\S\r\n])[^\S\r\n]*"
    rest = re.sub(f"(?:{mark})+(?={kept})", "", rest)
    return rest.replace(kept, "").replace("\ufeff", "").strip()


@law(300)
@given(texts)
@example("A.\n\nSee also:\n\nRelated Posts")
@example("\ufeffTitle\r\n\r\n\r\n\r\nOne. Two.\r\n")
@example("Efficacy:\n\nAdvertisement\n\nIt works.")
@example("One:\n\nTwo:\n\nThree:\n\nIt works.")
@example("· 0")
@example("It may cause:\n1. Falls.\n(b) Rash.")
def test_any_text_is_cut_in_order_and_nothing_is_lost(text):
    document = cut(text)
    check(document)
    assert lost(document) == ""
    assert document.text == text
    assert document.sha256 == hashlib.sha256(text.encode()).hexdigest()


@law(50)
@given(documents())
def test_the_documents_of_other_tests_are_sound(document):
    check(document)
    assert document.sentences


@law(100)
@given(texts, st.data())
def test_sentences_of_any_passage_lie_inside_it(text, data):
    assume(text)
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    found = split_sentences(text, span)
    assert all(span.covers(p.span) and p.span.cut(text) == p.text for p in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


@pytest.mark.parametrize("language", ["en", "de", "zh-Hans", "und", "zz", "", "../en", "😀"])
def test_no_language_breaks_the_cutting(language):
    assert words(cut("It helps. It may harm.", language)) == ["It helps.", "It may harm."]


def test_offsets_count_code_points():
    document = cut("😀 Good. 👩‍⚕️ e\u0301 Bad.")
    assert [(s.span.start, s.span.end) for s in document.sentences] == [(0, 7), (8, 20)]


def test_line_ends_do_not_change_the_outline():
    text = "Title\n\nIntro one.\nIntro two.\n\nEfficacy:\n\nIt works.\n\nRelated Posts\n"
    plain = outline(cut(text))
    for other, end in ((text.replace("\n", "\r\n"), "\r\n"), ("\ufeff" + text, "\n")):
        assert [
            (kind, heading, part.replace(end, "\n")) for kind, heading, part in outline(cut(other))
        ] == plain
    # White space and more blank lines between blocks are a blank line.
    spread = cut(text.replace("\n\n", "\n \t\n\n\u00a0\n"))
    assert [part[:2] for part in outline(spread)] == [part[:2] for part in plain]
    assert words(spread) == words(cut(text))


@pytest.mark.parametrize("text", ["", "\n", "\ufeff", " \r\n\t"])
def test_a_text_of_nothing_is_a_document_of_nothing(text):
    document = cut(text)
    assert document.sections == document.sentences == ()


# ── Sections ────────────────────────────────────────────────────────────────────────────────────


def test_title_introduction_headings_and_boilerplate():
    assert outline(
        cut("My title\n\nIt is used.\n\nSafety Profile:\n\nIt is safe.\n\nRelated Posts\n\nA post.")
    ) == [
        ("title", None, "My title"),
        ("introduction", None, "It is used."),
        ("safety", "Safety Profile", "Safety Profile:\n\nIt is safe."),
        ("boilerplate", None, "Related Posts\n\nA post."),
    ]


def test_closing_paragraphs_without_a_heading_are_the_conclusion():
    text = (
        "Efficacy:\n\nIt works.\n\nFuture Directions:\n\nMore to come.\n\nIn sum, good.\n\nThe end."
    )
    assert outline(cut(text)) == [
        ("efficacy", "Efficacy", "Efficacy:\n\nIt works."),
        ("outlook", "Future Directions", "Future Directions:\n\nMore to come."),
        ("conclusion", None, "In sum, good.\n\nThe end."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        # The other sections have more than one paragraph too: no sign of a conclusion.
        "Efficacy:\n\nIt works.\n\nWell.\n\nSafety:\n\nIt is safe.\n\nQuite.",
        # A single heading tells nothing of how the writer closes.
        "It is.\n\nSafety:\n\nIt is safe.\n\nQuite.",
        # Broken by an advertisement, the first section has two paragraphs too.
        "Efficacy:\n\nIt works.\n\nTags\n\nWell.\n\nSafety:\n\nIt is safe.\n\nQuite.",
        # The conclusion has its heading.
        "Safety:\n\nIt is safe.\n\nConclusion:\n\nGood.\n\nQuite.",
    ],
)
def test_no_conclusion_is_made_up(text):
    document = cut(text)
    assert [s for s in document.sections if s.kind is K.CONCLUSION and s.heading is None] == []
    assert outline(document)[-1][2].endswith("Quite.")


def test_a_conclusion_stands_before_boilerplate():
    text = "Efficacy:\n\nIt works.\n\nSafety:\n\nIt is safe.\n\nGood.\n\nTags\n"
    assert [kind for kind, _, _ in outline(cut(text))] == [
        "efficacy", "safety", "conclusion", "boilerplate",
    ]  # fmt: skip


def test_one_line_over_one_paragraph_is_a_title():
    assert outline(cut("My title\n\nIt is.")) == [
        ("title", None, "My title"),
        ("introduction", None, "It is."),
    ]


@pytest.mark.parametrize(
    "text", ["Only one line", "It is a sentence.\n\nIt is another.", "Two\nlines\n\nIt is."]
)
def test_what_is_no_title(text):
    assert outline(cut(text))[0][0] == "introduction"


def test_a_heading_under_a_heading_names_the_section_and_both_belong_to_it():
    assert outline(cut("Clinical Part:\n\nEfficacy:\n\nIt works.")) == [
        ("efficacy", "Efficacy", "Clinical Part:\n\nEfficacy:\n\nIt works.")
    ]


def test_what_ends_in_a_colon_at_the_end_is_no_heading():
    assert words(cut("It is.\n\nTo be continued:")) == ["It is.", "To be continued:"]


@pytest.mark.parametrize(
    "line", ["Advertisement", "SHARE THIS:", "read more", "Tags", "Categories:"]
)
def test_boilerplate_in_the_middle_does_not_swallow_the_text(line):
    document = cut(f"Intro.\n\nEfficacy:\n\nIt works.\n\n{line}\n\nIt works well.")
    assert outline(document)[2:] == [
        ("boilerplate", None, line),
        ("efficacy", None, "It works well."),
    ]
    assert words(document) == ["Intro.", "It works.", "It works well."]


@pytest.mark.parametrize(
    "line", ["Related Posts", "Leave a comment", "About the author", "Next post:"]
)
def test_boilerplate_at_the_end_takes_what_follows(line):
    document = cut(f"Intro.\n\n{line}\n\nTen ways to sleep.\n\nBuy now.")
    assert outline(document)[1:] == [
        ("boilerplate", None, f"{line}\n\nTen ways to sleep.\n\nBuy now.")
    ]


def test_a_heading_counts_across_an_advertisement():
    document = cut("Intro.\n\nEfficacy:\n\nAdvertisement\n\nIt works.")
    assert outline(document)[1:] == [
        ("efficacy", "Efficacy", "Efficacy:"),
        ("boilerplate", None, "Advertisement"),
        ("efficacy", None, "It works."),
    ]


def test_a_heading_right_above_boilerplate_is_not_lost():
    assert outline(cut("Intro.\n\nOdds and ends:\n\nRelated Posts\n\nA post."))[1:] == [
        ("other", "Odds and ends", "Odds and ends:"),
        ("boilerplate", None, "Related Posts\n\nA post."),
    ]


def test_boilerplate_at_the_start_leaves_an_introduction():
    assert outline(cut("Read more\n\nIt works.")) == [
        ("boilerplate", None, "Read more"),
        ("introduction", None, "It works."),
    ]


# ── Article folders ─────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def folder(tmp_path) -> Path:
    """Give a copy of the article's folder."""
    return Path(shutil.copytree(bundled_article(), tmp_path / "article"))


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "source.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_an_article_folder_is_read(folder):
    document = read_article(folder)
    data = (folder / "article.txt").read_bytes()
    assert document.text.encode("utf-8") == data
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.citation.author is None
    assert document.citation.note is not None


def test_what_is_known_of_the_source_is_kept(folder):
    edit(folder, "author: unknown", "author: Ada")
    edit(folder, "publisher: unknown\n", "")
    citation = read_article(folder).citation
    assert (citation.author, citation.publisher, citation.date) == ("Ada", None, None)


@pytest.mark.parametrize("language", ["en", "de", "pt-BR", "zh-Hant-TW", "es-419", "und"])
def test_language_tags_are_taken(folder, language):
    edit(folder, "language: en", f"language: {language}")
    assert read_article(folder).citation.language == language


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("id: clonazepam-", "id: Clonazepam ", 2, "is no kebab-case name"),
        ("id: clonazepam-", "id: ../", 2, "is no kebab-case name"),
        ("language: en", "language: english language", 4, "is no language tag"),
        ("language: en", "language: unknown", 4, "is no language tag"),
        ("language: en", "language: en-toolongsubtag", 4, "is no language tag"),
        ("language: en", "languages: en", 4, "unknown key 'languages'"),
        ("language: en", "language: ''", 4, "empty value"),
        ("language: en\n", "", 2, "key 'language' is missing"),
        ("date: unknown", "date: [2020]", 7, "expected text here"),
        ("sha256: 2aca", "sha256: 2acb", 12, "article.txt has changed: its sha256 is 2aca46813c89"),
    ],
)
def test_a_wrong_source_file_is_said_with_its_line(folder, old, new, line, what):
    edit(folder, old, new)
    with pytest.raises(ClaimsFileError) as caught:
        read_article(folder)
    assert str(caught.value.where) == f"{folder / 'source.yaml'}:{line}"
    assert what in caught.value.what
    assert caught.value.repair


def test_a_changed_text_is_refused_even_by_one_byte(folder):
    path = folder / "article.txt"
    path.write_bytes(path.read_bytes() + b"\n")
    with pytest.raises(ClaimsFileError, match=r"source\.yaml:12: article\.txt has changed.*Repair"):
        read_article(folder)


@pytest.mark.parametrize("name", ["article.txt", "source.yaml"])
def test_a_missing_file_of_the_folder_is_said(folder, name):
    (folder / name).unlink()
    with pytest.raises(InputFileError) as caught:
        read_article(folder)
    assert str(caught.value.where) == str(folder / name)


def test_a_text_that_is_not_utf8_or_empty_is_said(folder):
    path = folder / "article.txt"
    path.write_bytes(b"Title\n\nCaf\xe9.\n")
    with pytest.raises(InputFileError, match=r"article\.txt:3: not UTF-8: byte 0xe9"):
        read_article(folder)
    path.write_bytes(b"\n \n")
    with pytest.raises(InputFileError, match=r"article\.txt: holds no text\. Repair"):
        read_article(folder)


def test_a_file_or_nothing_in_place_of_the_folder_is_said(folder):
    for path in (folder / "article.txt", folder / "none"):
        with pytest.raises(InputFileError, match=r"no such folder\. Repair: name a folder that"):
            read_article(path)
