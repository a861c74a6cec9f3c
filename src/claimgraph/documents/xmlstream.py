"""Read XML record by record, without trusting it.

No entity may be declared, so none can explode; nothing external is ever opened; elements may stand
`MAX_DEPTH` deep; one record may take `MAX_BYTES`. A file of many records may be of any length: a
record is dropped from memory once it has been read.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from claimgraph.documents.streams import OnRead, open_stream
from claimgraph.errors import InputFileError, Place
from claimgraph.files import MAX_BYTES

MAX_DEPTH = 200
"""How deep elements may stand in one another. Real labels and papers need some thirty."""

_SPACE = re.compile(r"[\s\0]+")
_DOCTYPE = re.compile(r"<!DOCTYPE\s+([^\s>\[]{1,100})", re.IGNORECASE)
_ROOT = re.compile(r"<(?:[\w.-]{1,99}:)?([A-Za-z_][\w.-]{0,99})([^<>]{0,9999})")
_NAMESPACE = re.compile(r"""\bxmlns(?::[\w.-]{1,99})?\s*=\s*["']([^"']{0,999})["']""")
_SILENT = frozenset({"tex-math", "processing-instruction"})
_NUMBER = re.compile(r"\s*[-−–+]?\d[\d\s,–-]*")
_BREAKS = frozenset(
    {"br", "break", "p", "title", "list-item", "item", "td", "th", "tr", "sec", "footnote"}
)


class _Metered:
    """A stream that refuses to give more than `MAX_BYTES` for one record."""

    def __init__(self, stream: BinaryIO, place: Place) -> None:
        self._stream = stream
        self._place = place
        self.count = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self.count += len(data)
        if self.count > MAX_BYTES:
            raise InputFileError(
                f"one record takes more than {MAX_BYTES} bytes",
                where=self._place,
                repair="split the file",
            )
        return data


def read_elements(
    path: Path, names: Collection[str], on_read: OnRead | None = None
) -> Iterator[Element]:
    """Read the elements of these names one by one, outermost only, each whole.

    Args:
        path: the file, plain or gzip.
        names: local names, without namespace.
        on_read: told how much of the file has been read.

    Raises:
        InputFileError: if the file cannot be read, is not well-formed, declares an entity, nests
            too deeply, or holds too large a record.
    """
    place = Place(str(path))
    with open_stream(path, on_read) as stream:
        metered = _Metered(stream, place)
        events = iterparse(metered, events=("start", "end"), forbid_entities=True)
        open_elements: list[Element] = []
        inside = 0  # how deep the record stands that we are in
        try:
            for event, element in events:
                if event == "start":
                    open_elements.append(element)
                    if len(open_elements) > MAX_DEPTH:
                        what = f"elements stand more than {MAX_DEPTH} deep"
                        raise InputFileError(what, where=place, repair="flatten the file")
                    if not inside and local_name(element) in names:
                        inside = len(open_elements)
                    continue
                if inside == len(open_elements):
                    yield element
                    inside = 0
                open_elements.pop()
                if not inside:
                    metered.count = 0
                    element.clear()
                    if open_elements:
                        open_elements[-1].remove(element)
        except ParseError as error:
            line = error.position[0] if getattr(error, "position", None) else None
            raise InputFileError(
                f"is not well-formed XML: {error}",
                where=Place(str(path), line),
                repair="fetch or export the file anew",
            ) from None
        except DefusedXmlException:
            raise InputFileError(
                "declares an entity: refused, because entities can explode or fetch",
                where=place,
                repair="write the characters themselves and drop the declaration",
            ) from None
        except (ValueError, LookupError) as error:
            raise InputFileError(
                f"cannot be decoded: {error}", where=place, repair="save the file as UTF-8"
            ) from None


def read_prolog(head: bytes) -> tuple[str, str, str]:
    """Give doctype, namespace and local name of the root element from a file's first bytes.

    What is not there is empty.

    >>> read_prolog(b'<?xml version="1.0"?><!-- x --><!DOCTYPE a SYSTEM "a.dtd"><article><p/>')
    ('a', '', 'article')
    """
    encoding = "utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = head.decode(encoding, errors="replace").lstrip("\ufeff")
    doctype, start = "", 0
    while True:
        while start < len(text) and text[start].isspace():
            start += 1
        if text.startswith("<?", start):
            end = text.find("?>", start) + 2
        elif text.startswith("<!--", start):
            end = text.find("-->", start + 4) + 3
        elif found := _DOCTYPE.match(text, start):
            doctype = found[1]
            bracket, close = text.find("[", start), text.find(">", start)
            inner = text.find("]", bracket) if 0 <= bracket < close else start
            end = text.find(">", inner) + 1 if inner >= 0 else 0
        else:
            break
        if end <= start:
            break
        start = end
    root = _ROOT.match(text, start)
    if root is None:
        return doctype, "", ""
    namespace = _NAMESPACE.search(root[2])
    return doctype, namespace[1] if namespace else "", root[1]


def local_name(element: Element) -> str:
    """Give an element's name without its namespace."""
    return element.tag.rpartition("}")[2]


def child(element: Element | None, *names: str) -> Element | None:
    """Follow a path of local names, the first that fits at each step; nothing if it breaks off."""
    for name in names:
        if element is None:
            return None
        element = next((e for e in element if local_name(e) == name), None)
    return element


def children(element: Element | None, name: str) -> list[Element]:
    """Give the children of that local name."""
    return [] if element is None else [e for e in element if local_name(e) == name]


def descendants(element: Element | None, name: str) -> Iterator[Element]:
    """Give all elements of that local name below, in document order."""
    if element is not None:
        yield from (e for e in element.iter() if e is not element and local_name(e) == name)


def inline_text(element: Element | None, skip: Collection[str] = ()) -> str:
    """Give the words inside an element on one line; what stood in blocks of its own stays apart.

    A raised number is set off: 10<sup>9</sup> is "10^9", never 109.

    Args:
        element: the element; nothing gives no words.
        skip: local names of inner elements to leave out, their words included.
    """
    if element is None:
        return ""
    pieces: list[str] = []
    _gather(element, pieces, skip)
    return tidy("".join(pieces))


def tidy(text: str) -> str:
    """Give text on one line, with single spaces.

    >>> tidy(" two   words ")
    'two words'
    """
    return _SPACE.sub(" ", text).strip()


def _gather(element: Element, pieces: list[str], skip: Collection[str]) -> None:
    """Collect the words of an element; `MAX_DEPTH` bounds the recursion."""
    pieces.append(element.text or "")
    for inner in element:
        name = local_name(inner)
        if name and name not in _SILENT and name not in skip:
            apart = name in _BREAKS
            if apart:
                pieces.append(" ")
            elif is_raised_number(inner):
                pieces.append("^")
            _gather(inner, pieces, skip)
            if apart:
                pieces.append(" ")
        pieces.append(inner.tail or "")


def is_raised_number(element: Element) -> bool:
    """Tell whether an element is a number set high: an exponent or a mark of reference."""
    return local_name(element) == "sup" and bool(_NUMBER.fullmatch("".join(element.itertext())))
