"""Write the claims of any number of texts, sorted, in memory that does not grow with them.

All forms come from the lines that `triples` makes. N-Quads are the lines of all texts in order: the
same bytes as `exports.to_nquads` gives for the same claims, and canonical, since all nodes are
IRIs. Turtle and TriG have one block a subject, subjects by name; `exports` has the forms that are
ordered for a reader, for graphs that fit into memory.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from claimgraph.model import Claim, Document
from claimgraph.names import RDF, XSD
from claimgraph.rdf import cut_graph
from claimgraph.sorting import IN_MEMORY, SortedLines, in_pieces, split_lines
from claimgraph.store import LocalStore, Source
from claimgraph.triples import document_quads
from claimgraph.turtle import PIECE, turtle_blocks, turtle_head, turtle_of_file
from claimgraph.vocab import PREFIXES

_NUMBER = re.compile(rf'"(-?[0-9]+|-?[0-9]*\.[0-9]+)"\^\^<{XSD}(integer|decimal)>')
_TYPE = f"<{RDF}type>"
_BY_BASE = {base: prefix for prefix, base in PREFIXES.items()}
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_-]*[A-Za-z0-9_])?")


@dataclass(frozen=True, slots=True)
class TextClaims:
    """A text, the claims that passed the gate, and the sentences without, with the reason."""

    document: Document
    claims: tuple[Claim, ...]
    without_claims: Mapping[int, str] = field(default_factory=dict)


def stream_nquads(texts: Iterable[TextClaims], in_memory: int = IN_MEMORY) -> Iterator[str]:
    """Write claims as sorted N-Quads.

    Args:
        texts: texts with their claims; read once, one at a time.
        in_memory: characters of output to keep in memory; more go to temporary files.

    Yields:
        Lines with their ends, some at a time.

    Raises:
        GraphError: if a name makes no IRI, or a text holds half a character.
        OutputError: if temporary files cannot be written.
    """
    with SortedLines(in_memory) as lines:
        for text in texts:
            for block in document_quads(text.claims, text.document, text.without_claims):
                lines.add(block)
        yield from lines


def stream_turtle(quads: Iterable[str]) -> Iterator[str]:
    """Turn sorted N-Quads into Turtle that forgets the graphs.

    Args:
        quads: sorted lines, some at a time, such as `stream_nquads` gives.

    Yields:
        Turtle, some lines at a time.
    """
    yield turtle_head().decode()
    for block in turtle_blocks(in_pieces(quads, PIECE)):
        yield block.decode()


def stream_trig(quads: Iterable[str], in_memory: int = IN_MEMORY) -> Iterator[str]:
    """Turn N-Quads into TriG, graph by graph.

    Args:
        quads: lines, some at a time; in any order.
        in_memory: characters to keep in memory; more go to temporary files.

    Yields:
        TriG, some lines at a time.
    """
    yield turtle_head().decode()
    graph = subject = predicate = ""
    with SortedLines(in_memory) as by_graph:
        for quad in _each_line(quads):
            triple, name = cut_graph(quad)
            # The default graph comes first, as an empty name.
            by_graph.add(f"{name}\t{triple}\n")
        for line in _each_line(by_graph):
            place, _, triple = line[:-1].partition("\t")
            name, link, object_ = triple.split(" ", 2)
            if (place, name) != (graph, subject):
                if subject:
                    yield " .\n" if place == graph else " .\n}\n" if graph else " .\n"
                if place != graph:
                    yield f"\n{_short(place)} {{\n"
                yield f"\n{_short(name)} {_link(link)} {_object(object_)}"
            elif link != predicate:
                yield f" ;\n\t{_link(link)} {_object(object_)}"
            else:
                yield f" , {_object(object_)}"
            graph, subject, predicate = place, name, link
    if subject:
        yield " .\n}\n" if graph else " .\n"


def _each_line(pieces: Iterable[str]) -> Iterator[str]:
    """Give lines one by one, each with its end."""
    for piece in pieces:
        if piece and piece.find("\n") == len(piece) - 1:
            yield piece
        elif piece:
            yield from split_lines(piece)


def _short(name: str) -> str:
    """Shorten an IRI by a prefix, where what is left is a plain name."""
    # All prefixes end in one of these, and no plain name has one.
    end = max(name.rfind("/"), name.rfind("#")) + 1
    prefix = _BY_BASE.get(name[1:end])
    if prefix is None or _LOCAL.fullmatch(name, end, len(name) - 1) is None:
        return name
    return f"{prefix}:{name[end:-1]}"


@lru_cache(maxsize=1024)
def _link(predicate: str) -> str:
    """Shorten a predicate."""
    return "a" if predicate == _TYPE else _short(predicate)


def _object(term: str) -> str:
    """Shorten an object: an IRI, or a number that Turtle writes bare."""
    if term[0] == "<":
        return _short(term)
    if term[-1] == ">" and (number := _NUMBER.fullmatch(term)) is not None:
        bare = number[1]
        if ("." in bare) == (number[2] == "decimal"):
            return bare
    return term


_STREAMS: dict[str, Callable[[Iterable[str]], Iterator[str]]] = {
    "nquads": iter,
    "turtle": stream_turtle,
    "trig": stream_trig,
}

STREAMED = tuple(_STREAMS)
"""The forms that can be written as a stream."""


def stream_source(source: Source, form: str) -> Iterator[bytes]:
    """Write all that a store holds, sorted, in memory that does not grow with it.

    Where a store folder has a snapshot that is verified to be what the store holds, that is what
    is written; otherwise the database is read and sorted.

    Args:
        source: an open store.
        form: one of `STREAMED`.

    Yields:
        Some bytes at a time.

    Raises:
        StoreError: if the store cannot be read.
        OutputError: if temporary files cannot be written.
    """
    if isinstance(source, LocalStore) and (snapshot := source.open_snapshot()) is not None:
        with snapshot as file:
            if form == "nquads":
                yield from iter(lambda: file.read(PIECE), b"")
                return
            if form == "turtle":
                yield from turtle_of_file(file)
                return
            lines = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
            yield from (piece.encode() for piece in stream_trig(lines))
            return
    for piece in _STREAMS[form](source.quads()):
        yield piece.encode()
