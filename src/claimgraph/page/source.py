"""The texts of a graph, as far as the graph tells them: what a page needs of a text.

A graph holds the sentences, the sections and where they stand; what stands between them is space
to it. So a page can be made of a Turtle or TriG file alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rdflib import DCTERMS, RDF, RDFS, Graph, Namespace, URIRef
from rdflib.term import Node

from claimgraph import vocab
from claimgraph.errors import GraphError
from claimgraph.graph import CG, read_sentences, term
from claimgraph.model import Citation, Document, Passage, Section, SectionKind, Sentence, Span

SCHEMA = Namespace("http://schema.org/")


def read_documents(graph: Graph) -> tuple[Document, ...]:
    """Read the texts of a graph, by id.

    Offsets are those of the source. Words that stand in no sentence are missing, unless they are a
    heading or a section that is not part of the text proper.

    Raises:
        GraphError: if a part of a text lacks its place or its words.
    """
    sentences: dict[str, dict[int, Passage]] = defaultdict(dict)
    for (text, number), words in read_sentences(graph).items():
        sentences[text][number] = words
    texts = (node for node in graph.subjects(RDF.type, CG.Text) if isinstance(node, URIRef))
    return tuple(_read_document(graph, node, sentences[_name(node)]) for node in sorted(texts))


def _name(node: URIRef) -> str:
    """Give the id of a text."""
    return str(node).removeprefix(vocab.TEXT)


def _read_document(graph: Graph, node: URIRef, passages: dict[int, Passage]) -> Document:
    """Read one text."""
    name = _name(node)
    sections = tuple(
        sorted(
            (_read_section(graph, part) for part in graph.subjects(CG.ofText, node)
             if (part, RDF.type, CG.Section) in graph),
            key=lambda section: section.number,
        )
    )  # fmt: skip
    said = [*passages.values(), *_asides(graph, node)]
    return Document(
        id=name,
        text=_lay_out(said, max((s.span.end for s in sections), default=0)),
        sha256=_say(graph, node, CG.sha256) or "",
        citation=Citation(
            title=_say(graph, node, DCTERMS.title) or name,
            author=_say(graph, node, DCTERMS.creator),
            publisher=_say(graph, node, DCTERMS.publisher),
            date=_say(graph, node, DCTERMS.issued),
            licence=_say(graph, node, DCTERMS.rights),
            url=_say(graph, node, SCHEMA.url),
            language=_say(graph, node, DCTERMS.language) or "en",
            note=_say(graph, node, RDFS.comment),
        ),
        sections=sections,
        sentences=tuple(
            Sentence(number, _section_of(words.span, sections), words)
            for number, words in passages.items()
        ),
    )


def _read_section(graph: Graph, node: Node) -> Section:
    """Read a section."""
    kinds: dict[Node | None, SectionKind] = {term(kind): kind for kind in SectionKind}
    kind = kinds.get(graph.value(node, CG.sectionKind))
    if kind is None:
        raise GraphError(f"the section <{node}> has no kind that we know", repair="build it anew")
    heading = _say(graph, node, RDFS.label)
    return Section(_number(graph, node, CG.number), kind, heading, _span(graph, node))


def _asides(graph: Graph, text: Node) -> Iterable[Passage]:
    """Give the words of sections whose words the graph has: headings, and what is left aside."""
    for node in graph.subjects(CG.ofText, text):
        words = _say(graph, node, CG.text)
        if words is not None and (node, RDF.type, CG.Section) in graph:
            yield Passage(_span(graph, node), words)


def _lay_out(passages: Iterable[Passage], end: int) -> str:
    r"""Put words where they stand; what is between them is line breaks.

    >>> _lay_out([Passage(Span(3, 5), "is"), Passage(Span(0, 2), "It")], 7)
    'It\nis\n\n'
    """
    ordered = sorted(passages, key=lambda p: (p.span.start, -p.span.end))
    pieces: list[str] = []
    at = 0
    for passage in ordered:
        if passage.span.start < at:
            continue  # within words that are there already
        pieces += ["\n" * (passage.span.start - at), passage.text]
        at = passage.span.start + len(passage.text)
    pieces.append("\n" * (end - at))
    return "".join(pieces)


def _section_of(span: Span, sections: tuple[Section, ...]) -> int:
    """Give the number of the section that holds a sentence."""
    held = (s.number for s in sections if s.span.start <= span.start and span.end <= s.span.end)
    return next(held, sections[0].number if sections else 0)


def _span(graph: Graph, node: Node) -> Span:
    """Read where something stands."""
    return Span(_number(graph, node, CG.start), _number(graph, node, CG.end))


def _number(graph: Graph, node: Node, predicate: Node) -> int:
    """Read a number.

    Raises:
        GraphError: if there is none.
    """
    found = _say(graph, node, predicate)
    if found is None or not found.isdecimal():
        raise GraphError(f"<{node}> has no number <{predicate}>", repair="build the graph anew")
    return int(found)


def _say(graph: Graph, node: Node, predicate: Node) -> str | None:
    """Read a value as text."""
    value = graph.value(node, predicate)
    return None if value is None else str(value)
