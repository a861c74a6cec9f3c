"""One entry for all formats: tell what a file is, and read its documents.

Plain text and Markdown are published as they stand. Of HTML, PDF and XML we publish the text that
we take out of it: `Document.text`, to which every offset and `Document.sha256` (of the text as
UTF-8) belong; for HTML and PDF the citation's note then names the source file and its own hash.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path

from claimgraph.documents import bioc, jats, jsonlines, pubmed, pubtator, spl
from claimgraph.documents.jsonlines import OnError
from claimgraph.documents.layout import slug
from claimgraph.documents.plain import cut_text
from claimgraph.documents.streams import OnRead, check_text, read_head, read_whole
from claimgraph.documents.xmlstream import read_prolog
from claimgraph.errors import InputFileError, Place
from claimgraph.files import decode
from claimgraph.model import Citation, Document


class Format(StrEnum):
    """A format that can be read."""

    PLAIN = "plain"
    MARKDOWN = "markdown"
    HTML = "html"
    PDF = "pdf"
    PUBMED = "pubmed"
    JATS = "jats"
    SPL = "spl"
    BIOC_XML = "bioc-xml"
    BIOC_JSON = "bioc-json"
    PUBTATOR = "pubtator"
    JSON_LINES = "jsonl"


_ENDINGS = {
    ".txt": Format.PLAIN,
    ".text": Format.PLAIN,
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".pdf": Format.PDF,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
    ".pubtator": Format.PUBTATOR,
}
_Reader = Callable[[Path, OnError | None, OnRead | None], Iterator[Document]]
_READERS: dict[Format, _Reader] = {
    Format.PUBMED: pubmed.read_pubmed,
    Format.JATS: jats.read_jats,
    Format.SPL: spl.read_spl,
    Format.BIOC_XML: bioc.read_bioc_xml,
    Format.BIOC_JSON: bioc.read_bioc_json,
    Format.PUBTATOR: pubtator.read_pubtator,
    Format.JSON_LINES: jsonlines.read_json_lines,
}
_PUBTATOR = re.compile(rb"(?:\xef\xbb\xbf)?\s*[^|\s]{1,100}\|[ta]\|")
_BIOC_JSON = re.compile(r'"(?:documents|passages)"\s*:\s*\[')
_JSON_LINE = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{[^\n]*"text"\s*:')


def read_documents(
    path: Path,
    *,
    as_format: Format | None = None,
    on_error: OnError | None = None,
    on_read: OnRead | None = None,
) -> Iterator[Document]:
    """Read the documents of a file of any format, gzipped or not.

    JSON Lines, PubMed, BioC XML and PubTator are streamed and may be of any length; the others
    are read whole and hold one document (JATS files may hold several).

    Args:
        path: the file.
        as_format: what it is; told from its name and content if not given.
        on_error: told of each record (JSON line, citation, article) that cannot be read, which is
            then skipped. Without it, the first one raises. An error of the file itself raises.
        on_read: told how many bytes of a file that is streamed have been read, packed as they are.

    Raises:
        InputFileError: at once, if the file is missing, unreadable or of no known format; while
            iterating, if it is broken, hostile or too large.
    """
    found = as_format or sniff_format(path)
    reader = _READERS.get(found)
    return reader(path, on_error, on_read) if reader else _read_one(path, found)


def sniff_format(path: Path) -> Format:
    """Tell a file's format: by its first bytes, by its ending, by its XML root element.

    Raises:
        InputFileError: if the file is missing, unreadable, an archive, or XML of another kind.
    """
    head = read_head(path)
    if head[:1024].lstrip().startswith(b"%PDF-"):
        return Format.PDF
    ending = _ENDINGS.get(path.with_suffix("").suffix.lower()) if path.suffix == ".gz" else None
    ending = ending or _ENDINGS.get(path.suffix.lower())
    if ending is not None:
        return ending
    doctype, namespace, root = read_prolog(head)
    if "html" in (doctype.lower(), root.lower()):
        return Format.HTML
    if root:
        return _by_root(namespace, root, path)
    if _PUBTATOR.match(head):
        return Format.PUBTATOR
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    if start in (b"{", b"["):
        if _JSON_LINE.match(head) and not _BIOC_JSON.search(head.decode("utf-8", "replace")):
            return Format.JSON_LINES
        return Format.BIOC_JSON
    return Format.PLAIN


def _by_root(namespace: str, name: str, path: Path) -> Format:
    """Tell which XML format has this root element."""
    if name in pubmed.ROOTS:
        return Format.PUBMED
    if name in jats.ROOTS:
        return Format.JATS
    if name == "document" and namespace == spl.NAMESPACE:
        return Format.SPL
    if name == "collection":
        return Format.BIOC_XML
    if "xml" not in "".join(path.suffixes[-2:]).lower() and not namespace:
        return Format.PLAIN  # a text that happens to begin with "<"
    raise InputFileError(
        f"XML of no known kind: its root element is <{name}>",
        where=Place(str(path)),
        repair="give PubMed, JATS, SPL or BioC XML, or name the format",
    )


def _read_one(path: Path, found: Format) -> Iterator[Document]:
    """Read a file that is one document."""
    data = read_whole(path)
    id_ = slug(path.name.removesuffix(".gz").rpartition(".")[0] or path.name)
    sha256 = hashlib.sha256(data).hexdigest()
    note = f"Text taken from {path.name.removesuffix('.gz')} (sha256 {sha256})."
    if found is Format.PDF:
        from claimgraph.documents.pdf import read_pdf

        yield read_pdf(data, path, id=id_, note=note)
    elif found is Format.HTML:
        from claimgraph.documents.html import read_html

        yield read_html(data, path, id=id_, note=note)
    else:
        text = check_text(decode(data, path), Place(str(path)))
        if found is Format.MARKDOWN:
            from claimgraph.documents.markdown import read_markdown

            yield read_markdown(text, id=id_, sha256=sha256)
        else:
            title = next(line.strip() for line in text.splitlines() if line.strip("\ufeff \t"))
            citation = Citation(title=title.removeprefix("\ufeff")[:200])
            yield cut_text(text, id=id_, citation=citation, sha256=sha256)
