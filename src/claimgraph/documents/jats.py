"""Read JATS XML, the form of PubMed Central: title, abstracts and body of each article.

References, acknowledgements and formulas are left out; tables become rows, captions paragraphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from claimgraph.documents.jsonlines import OnError
from claimgraph.documents.layout import Part, Role, compose, publish, slug
from claimgraph.documents.streams import OnRead, check_text
from claimgraph.documents.xmlblocks import walk_blocks
from claimgraph.documents.xmlstream import (
    child,
    children,
    descendants,
    inline_text,
    local_name,
    read_elements,
)
from claimgraph.errors import InputFileError, Place
from claimgraph.model import Citation, Document, SectionKind

ROOTS = frozenset({"article", "pmc-articleset", "OAI-PMH"})
_KINDS = {
    "intro": SectionKind.INTRODUCTION,
    "methods": SectionKind.METHODS,
    "materials": SectionKind.METHODS,
    "materials|methods": SectionKind.METHODS,
    "subjects": SectionKind.METHODS,
    "results": SectionKind.RESULTS,
    "conclusions": SectionKind.CONCLUSION,
    "supplementary-material": SectionKind.BOILERPLATE,
    "COI-statement": SectionKind.BOILERPLATE,
    "data-availability": SectionKind.BOILERPLATE,
}
# They repeat the paper in a picture or a line, or advertise it.
_OTHER_ABSTRACTS = frozenset({"graphical", "teaser", "toc", "web-summary", "highlights"})


def read_jats(
    path: Path, on_error: OnError | None = None, on_read: OnRead | None = None
) -> Iterator[Document]:
    """Read one document an article.

    Raises:
        InputFileError: if the file cannot be read; without `on_error`, also if an article has
            no words.
    """
    for number, element in enumerate(read_elements(path, ("article",), on_read), start=1):
        place = Place(str(path))
        try:
            yield _read_article(element, place, f"{slug(path.name.split('.')[0])}-{number}")
        except InputFileError as error:
            if on_error is None:
                raise
            on_error(error)


def _read_article(article: Element, place: Place, fallback: str) -> Document:
    """Turn one article into a document."""
    meta = child(article, "front", "article-meta")
    title = inline_text(child(meta, "title-group", "article-title"), skip=("fn", "xref"))
    parts = [Part(Role.PARAGRAPH, title, SectionKind.ABSTRACT)]
    for abstract in children(meta, "abstract"):
        if abstract.get("abstract-type") not in _OTHER_ABSTRACTS:
            heading = inline_text(child(abstract, "title"))
            if heading:
                parts.append(Part(Role.HEADING, heading, SectionKind.ABSTRACT, 1))
            parts.extend(_walk(abstract, 2, None if heading else SectionKind.ABSTRACT))
    for body in children(article, "body"):
        # A body may begin without a heading; its first words are then the introduction.
        parts.extend(_walk(body, 1, SectionKind.INTRODUCTION))
    text, blocks = publish(parts)
    if not text:
        raise InputFileError("an article without words", where=place, repair="leave it out")
    check_text(text, place)
    ids = {e.get("pub-id-type"): inline_text(e) for e in children(meta, "article-id")}
    pmc = (ids.get("pmc") or ids.get("pmcid") or "").upper().removeprefix("PMC")
    pmid, doi = ids.get("pmid"), ids.get("doi")
    citation = Citation(
        title=title or fallback,
        language=(article.get("{http://www.w3.org/XML/1998/namespace}lang") or "en")[:2].lower(),
        author=_authors(meta),
        publisher=inline_text(
            next(descendants(child(article, "front", "journal-meta"), "journal-title"), None)
        )
        or None,
        date=next((y for y in map(_year, children(meta, "pub-date")) if y), None),
        url=f"https://doi.org/{doi}" if doi and not set(doi) & set(' <>"{}|\\^`') else None,
        licence=_licence(meta),
    )
    id_ = f"pmc-{pmc}" if pmc else f"pmid-{pmid}" if pmid else slug(doi or fallback)
    return compose(text, blocks, id=id_, citation=citation)


def _walk(element: Element, level: int, kind: SectionKind | None) -> Iterator[Part]:
    """Give the blocks of a body, an abstract or a section."""
    for inner in element:
        name = local_name(inner)
        if name == "sec":
            heading = f"{inline_text(child(inner, 'label'))} {inline_text(child(inner, 'title'))}"
            if heading.strip():
                own = _KINDS.get(inner.get("sec-type") or "")
                yield Part(Role.HEADING, heading.strip(), own, level)
            yield from _walk(inner, level + 1, None if heading.strip() else kind)
            kind = None
        elif name not in ("title", "label", "sec-meta"):
            holder = Element("body")
            holder.append(inner)
            yield from walk_blocks(holder, Role.PARAGRAPH, kind)


def _authors(meta: Element | None) -> str | None:
    """Name the first author, and say if there are more."""
    names = []
    for contributor in descendants(meta, "contrib"):
        if contributor.get("contrib-type") in (None, "author"):
            name = next(descendants(contributor, "name"), None)
            words = " ".join(
                w for w in (inline_text(child(name, n)) for n in ("given-names", "surname")) if w
            )
            names.append(words or inline_text(next(descendants(contributor, "collab"), None)))
    names = [n for n in names if n]
    return names[0] + (" et al." if len(names) > 1 else "") if names else None


def _year(date: Element) -> str | None:
    """Give the year of a date."""
    return inline_text(child(date, "year")) or None


def _licence(meta: Element | None) -> str | None:
    """Give the licence: its address, or its words."""
    licence = next(descendants(meta, "license"), None)
    if licence is None:
        return None
    return licence.get("{http://www.w3.org/1999/xlink}href") or inline_text(licence)[:300] or None
