"""PDF: the text layer, or a clear word why there is none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from claimgraph.documents import pdf, read_documents
from claimgraph.documents.pdf import read_pdf
from claimgraph.errors import InputFileError
from claimgraph.model import SectionKind


def make_pdf(*pages: list[str]) -> bytes:
    """Write a PDF by hand: one line of Helvetica under the other on each page."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, lines in enumerate(pages):
        shown = " ".join(f"({line.replace('(', '').replace(')', '')}) Tj T*" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 72 720 Td {shown} ET"
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            f"/Resources << /Font << /F1 3 0 R >> >> /Contents {5 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    body, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    body += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    body += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n"
    return (body + f"{body.index('xref')}\n%%EOF\n").encode("latin-1")


def test_the_text_layer_is_cut_like_plain_text(tmp_path: Path) -> None:
    data = make_pdf(
        ["Klonix label  1", "5 WARNINGS AND PRECAUTIONS", "Falls occur in patients who take it. Some"],
        ["Klonix label  2", "patients fell twice. Take care of the el-", "derly."],
        ["Klonix label  3", "6 ADVERSE REACTIONS", "Sleepiness was seen."],
    )  # fmt: skip
    (tmp_path / "label.pdf").write_bytes(data)
    (document,) = read_documents(tmp_path / "label.pdf")
    assert "Klonix label" not in document.text
    assert [s.text for s in document.sentences] == [
        "Falls occur in patients who take it.",
        "Some\npatients fell twice.",
        "Take care of the el-\nderly.",
        "Sleepiness was seen.",
    ]
    assert [s.kind for s in document.sections] == [
        SectionKind.WARNINGS,
        SectionKind.ADVERSE_REACTIONS,
    ]
    assert document.citation.note is not None
    assert "label.pdf" in document.citation.note


def test_a_pdf_without_words_is_refused() -> None:
    with pytest.raises(InputFileError, match="no text layer"):
        read_pdf(make_pdf([]), Path("scan.pdf"), id="scan")


def test_an_encrypted_pdf_is_refused(tmp_path: Path) -> None:
    (tmp_path / "plain.pdf").write_bytes(make_pdf(["Klonix helps."]))
    writer = PdfWriter(clone_from=PdfReader(tmp_path / "plain.pdf"))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "locked.pdf")
    with pytest.raises(InputFileError, match="is encrypted"):
        list(read_documents(tmp_path / "locked.pdf"))


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MAX_PAGES", 1)
    with pytest.raises(InputFileError, match="more than 1 pages"):
        read_pdf(make_pdf(["One."], ["Two."]), Path("long.pdf"), id="long")


def test_a_damaged_pdf_is_refused() -> None:
    for data in (b"%PDF-1.4\n%%EOF", b"%PDF-", make_pdf(["Klonix helps."])[:300]):
        with pytest.raises(InputFileError, match=r"is damaged|no text layer"):
            read_pdf(data, Path("x.pdf"), id="x")


@given(st.integers(0, 700), st.binary(max_size=30))
def test_a_pdf_with_wrong_bytes_is_read_or_refused(place: int, wrong: bytes) -> None:
    data = make_pdf(["Klonix helps.", "It is old."])
    try:
        document = read_pdf(data[:place] + wrong + data[place + len(wrong) :], Path("x"), id="x")
    except InputFileError:
        return
    for sentence in document.sentences:
        assert sentence.span.cut(document.text) == sentence.text
