"""Read PubMed XML: the title and abstract of each citation.

The title of a paper often states its finding, so it is the first sentence of the abstract. The
parts of a structured abstract are sections of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from claimgraph.documents.jsonlines import OnError
from claimgraph.documents.layout import Part, Role, compose, publish
from claimgraph.documents.streams import OnRead, check_text
from claimgraph.documents.xmlstream import (
    child,
    children,
    descendants,
    inline_text,
    read_elements,
    tidy,
)
from claimgraph.errors import InputFileError, Place
from claimgraph.model import Citation, Document, SectionKind

ROOTS = frozenset(
    {"PubmedArticleSet", "PubmedArticle", "PubmedBookArticleSet", "PubmedBookArticle"}
)


def read_pubmed(
    path: Path, on_error: OnError | None = None, on_read: OnRead | None = None
) -> Iterator[Document]:
    """Read one document a citation.

    Raises:
        InputFileError: if the file cannot be read; without `on_error`, also if a citation has
            neither title nor abstract.
    """
    for element in read_elements(path, ("PubmedArticle", "PubmedBookArticle"), on_read):
        try:
            yield _read_citation(element, Place(str(path)))
        except InputFileError as error:
            if on_error is None:
                raise
            on_error(error)


def _read_citation(element: Element, place: Place) -> Document:
    """Turn one citation into a document."""
    pmid = inline_text(next(descendants(element, "PMID"), None))
    article = next(descendants(element, "Article"), element)
    book = next(descendants(article, "BookTitle"), None)
    title = inline_text(child(article, "ArticleTitle")) or inline_text(book)
    parts = [Part(Role.PARAGRAPH, title, SectionKind.ABSTRACT)]
    for piece in children(next(descendants(article, "Abstract"), None), "AbstractText"):
        label = tidy(piece.get("Label") or "")
        if label and label.upper() != "UNLABELLED":
            parts.append(Part(Role.HEADING, label, None, 1))
            parts.append(Part(Role.PARAGRAPH, inline_text(piece)))
        else:
            parts.append(Part(Role.PARAGRAPH, inline_text(piece), SectionKind.ABSTRACT))
    text, blocks = publish(parts)
    if not text:
        what = f"citation {pmid or '(no PMID)'} has neither title nor abstract"
        raise InputFileError(what, where=place, repair="leave it out")
    check_text(text, place)
    journal = child(article, "Journal")
    citation = Citation(
        title=title or f"PubMed {pmid}",
        author=_authors(article),
        publisher=inline_text(child(journal, "Title")) or None,
        date=_date(child(journal, "JournalIssue", "PubDate")),
        url=f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid.isdigit() else None,
    )
    return compose(text, blocks, id=f"pmid-{pmid}" if pmid else "pmid-unknown", citation=citation)


def _authors(article: Element) -> str | None:
    """Name the first author, and say if there are more."""
    names = []
    for author in children(child(article, "AuthorList"), "Author"):
        parts = [inline_text(child(author, name)) for name in ("Initials", "LastName")]
        name = " ".join(p for p in parts if p) or inline_text(child(author, "CollectiveName"))
        if name:
            names.append(name)
    return names[0] + (" et al." if len(names) > 1 else "") if names else None


def _date(element: Element | None) -> str | None:
    """Give the year of publication, as far as the record says."""
    year = inline_text(child(element, "Year")) or inline_text(child(element, "MedlineDate"))[:4]
    return year or None
