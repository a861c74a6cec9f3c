"""Read the text layer of a PDF.

Line ends, hyphens at them and the order of columns stay as the file has them: what looks like a
repair may be a wrong one. Only the lines that head or foot most pages are left out.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections import Counter
from pathlib import Path

from pypdf import PdfReader

from claimgraph.documents.plain import cut_text
from claimgraph.documents.streams import check_text
from claimgraph.errors import InputFileError, Place
from claimgraph.files import MAX_BYTES
from claimgraph.model import Citation, Document

MAX_PAGES = 3_000
"""Most pages that are read of one file."""

_CONTROLS = re.compile(r"[\0-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff]")
_ENDS = re.compile(r"[.!?:][\"'”’)\]]*$")


def read_pdf(data: bytes, path: Path, *, id: str, note: str | None = None) -> Document:
    """Read the text layer; `Document.text` is that text, and its hash is the text's.

    Raises:
        InputFileError: if the file is encrypted, damaged, too long, or has no text layer.
    """
    place = Place(str(path))
    title, pages = _read_pages(data, place)
    text = _join(_without_running_lines(pages))
    if not text.strip():
        raise InputFileError(
            "has no text layer: its pages are pictures",
            where=place,
            repair="run a text recognition (OCR) over it first",
        )
    check_text(text, place)
    return cut_text(text, id=id, citation=Citation(title=title or id, note=note))


def _read_pages(data: bytes, place: Place) -> tuple[str, list[str]]:
    """Give the title that the file names, if any, and the text of each page."""
    damaged = InputFileError("is damaged", where=place, repair="fetch or print the file anew")
    # pypdf reports what it repairs; the text we get, or do not get, says it all.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            reader = PdfReader(io.BytesIO(data), strict=False)
            encrypted = reader.is_encrypted
            count = 0 if encrypted else len(reader.pages)
            pages: list[str] = []
            size = 0
            for number in range(min(count, MAX_PAGES)):
                pages.append(_CONTROLS.sub(" ", reader.pages[number].extract_text()))
                size += len(pages[-1])
                if size > MAX_BYTES:
                    break
            name = "" if encrypted else (reader.metadata and reader.metadata.title) or ""
        except (Exception, RecursionError):  # noqa: BLE001 - pypdf raises anything on damaged files
            raise damaged from None
    if encrypted:
        repair = "remove the password, or print it to a new PDF"
        raise InputFileError("is encrypted", where=place, repair=repair)
    if count > MAX_PAGES or size > MAX_BYTES:
        what = f"has more than {MAX_PAGES} pages or {MAX_BYTES} characters"
        raise InputFileError(what, where=place, repair="split the file")
    return " ".join(_CONTROLS.sub(" ", str(name)).split()), pages


def _without_running_lines(pages: list[str]) -> list[str]:
    """Leave out the first and last lines that most pages share, but for their numbers."""
    cut = [[line.rstrip() for line in page.splitlines() if line.strip()] for page in pages]
    filled = [lines for lines in cut if lines]
    if len(filled) < 3:
        return ["\n".join(lines) for lines in cut]
    edges = Counter(key for lines in filled for key in {_key(lines[0]), _key(lines[-1])})
    running = {key for key, count in edges.items() if count > len(filled) / 2}
    kept = []
    for lines in cut:
        while lines and _key(lines[0]) in running:
            del lines[0]
        while lines and _key(lines[-1]) in running:
            del lines[-1]
        kept.append("\n".join(lines))
    return kept


def _key(line: str) -> str:
    """Give a line without its numbers."""
    return re.sub(r"\d+", "#", line.strip())


def _join(pages: list[str]) -> str:
    """Join pages; a sentence that runs over the page's end stays in one paragraph."""
    text = ""
    pieces: list[str] = []
    for page in pages:
        if page.strip():
            goes_on = text and not _ENDS.search(text[-5:]) and page.lstrip()[:1].islower()
            pieces.append(("\n" if goes_on else "\n\n" if text else "") + page)
            text = page
    return "".join(pieces)
