"""Read HTML: the main text of a page, without menus, banners, comments and footers.

resiliparse decides what is main text. It gives headings, paragraphs and lists as plain tags, which
we turn into the text that we publish. Nothing a page refers to is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import HTMLTree, Node

from claimgraph.documents.headings import kind_of
from claimgraph.documents.layout import Part, Role, compose, publish
from claimgraph.documents.streams import check_text
from claimgraph.documents.xmlstream import tidy
from claimgraph.errors import InputFileError, Place
from claimgraph.files import decode
from claimgraph.model import Citation, Document

MAX_DEPTH = 500
"""How deep elements may stand in one another: extraction takes time with the square of it."""

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_OLD_CHARSETS = frozenset({"iso-8859-1", "latin1", "iso-8859-15", "windows-1252", "us-ascii"})
_HEADINGS = {f"h{n}": n for n in range(1, 7)}
_BLOCKS = frozenset({"p", "li", "ul", "ol", "pre", *_HEADINGS})
_RAISED = re.compile(
    r"<sup\b[^<>]{0,300}>(?=\s{0,9}(?:<a\b[^<>]{0,999}>)?\s{0,9}[-−–+]?\d[\d\s,–-]{0,30}</)",
    re.IGNORECASE,
)
_CONTROLS = re.compile(r"[\0-\x08\x0b\x0e-\x1f\x7f]")
_FULL_LINE = 60  # characters; a line break after so many may have been set only to wrap
# resiliparse takes a list right under the body for a menu; our pages have no such place.
_WRAPPERS = 4


def read_html(data: bytes, path: Path, *, id: str, note: str | None = None) -> Document:
    """Read the main text of a page; `Document.text` is that text, and its hash is the text's.

    Raises:
        InputFileError: if the page cannot be decoded, is nested too deeply, or has no words.
    """
    place = Place(str(path))
    # 10<sup>9</sup> is 10^9, never 109.
    tree = HTMLTree.parse(_RAISED.sub("^<sup>", _CONTROLS.sub(" ", _decode(data, path))))
    title = tidy(tree.title or "")
    language = _language(tree)
    parts = list(_Blocks.read(_extract(tree, place)))
    headed = next((p.text for p in parts if p.role is Role.TITLE), None)
    text, blocks = publish(parts)
    if not text:
        raise InputFileError("holds no text", where=place, repair="save the whole page, as HTML")
    check_text(text, place)
    citation = Citation(title=headed or title or id, language=language, note=note)
    return compose(text, blocks, id=id, citation=citation)


def _decode(data: bytes, path: Path) -> str:
    """Decode UTF-8, or one of the old Western encodings if the page says so and is not UTF-8."""
    declared = _CHARSET.search(data[:4096])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name in _OLD_CHARSETS:
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            # What browsers do: all of these names mean Windows-1252.
            return data.decode("windows-1252", errors="replace")
    return decode(data, path).removeprefix("\ufeff")


def _language(tree: HTMLTree) -> str:
    """Read the language that the page declares; English if none."""
    root = tree.document.query_selector("html") if tree.document else None
    found = re.match(r"[A-Za-z]{2,3}(?![A-Za-z])", (root.getattr("lang") or "") if root else "")
    return found[0].lower() if found else "en"


def _extract(tree: HTMLTree, place: Place) -> str:
    """Give the main text with plain tags."""
    body = tree.body
    if body is None:
        return ""
    depth, node = 0, body.first_child
    while node is not None:
        if depth > MAX_DEPTH:
            what = f"elements stand more than {MAX_DEPTH} deep"
            raise InputFileError(what, where=place, repair="save the page's main part alone")
        if node.first_child is not None:
            node, depth = node.first_child, depth + 1
            continue
        while node is not None and node.next is None:
            node, depth = node.parent, depth - 1
            if depth < 0:
                node = None
        node = node.next if node is not None else None
    kids = list(body.child_nodes)
    inner: Node = body
    for _ in range(_WRAPPERS):
        wrapper = tree.create_element("div")
        if wrapper is not None:  # it never is, but the library's types allow it
            inner.append_child(wrapper)
            inner = wrapper
    for kid in kids:
        inner.append_child(kid)
    return extract_plain_text(
        tree,
        preserve_formatting="minimal_html",
        main_content=True,
        list_bullets=True,
        alt_texts=False,
        comments=False,
        post_meta=False,
    )


class _Blocks(HTMLParser):
    """Turns plain tags into parts. Words outside of all tags are a block a line."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[Part] = []
        self._words: list[str] = []
        self._tag = ""
        self._items = 0
        self._titled = False

    @classmethod
    def read(cls, html: str) -> Iterator[Part]:
        """Give the parts of a page in order."""
        reader = cls()
        reader.feed(html)
        reader.close()
        reader.flush()
        yield from reader.parts

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a block, or a line of one."""
        del attrs
        if tag == "br":
            self._words.append("\n")
        elif tag in _BLOCKS:
            self.flush()
            self._items += tag == "li"
            self._tag = tag

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        if tag in _BLOCKS:
            self.flush()
            self._items -= tag == "li"
            self._tag = ""

    def handle_data(self, data: str) -> None:
        """Gather words. Line ends inside a paragraph were made by the extraction, not the page."""
        self._words.append(data.replace("\n", " ") if self._tag in ("p", *_HEADINGS) else data)

    def flush(self) -> None:
        """Make parts of the words gathered."""
        words, self._words = "".join(self._words), []
        level = _HEADINGS.get(self._tag)
        if level is not None:
            heading = tidy(words)
            if not heading:
                return
            names = level == 1 and not self._titled and kind_of(heading) is None
            self._titled = True
            self.parts.append(Part(Role.TITLE if names else Role.HEADING, heading, None, level))
            return
        for line in _unwrap(words.split("\n"), wrapped=self._tag == "p"):
            cells = [c for c in (tidy(c) for c in line.split("\t")) if c]
            if len(cells) > 1:
                self.parts.append(Part(Role.ROW, " | ".join(cells)))
            elif cells:
                role = Role.ITEM if self._items else Role.PARAGRAPH
                self.parts.append(Part(role, cells[0]))


def _unwrap(lines: list[str], *, wrapped: bool) -> list[str]:
    """Join lines of a paragraph that a line break cut in the middle of a sentence."""
    joined: list[str] = []
    for line in lines:
        before = joined[-1].rstrip() if joined and wrapped else ""
        goes_on = line.lstrip()[:1].islower() and before[-1:] not in ".!?:;"
        if len(before) >= _FULL_LINE and goes_on:
            joined[-1] = f"{before} {line.lstrip()}"
        else:
            joined.append(line)
    return joined
