"""What the rest of claimgraph asks of a store, wherever it is: in memory, on disk, over HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Protocol, Self

import pyoxigraph as ox

from claimgraph import vocab
from claimgraph.errors import StoreError
from claimgraph.names import Part, graph_name, text_name

Term = ox.NamedNode | ox.BlankNode | ox.Literal
Answer = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]
"""Rows, yes or no, or triples. Rows and triples can be gone through once."""


class Source(Protocol):
    """A dataset that can be asked in SPARQL, read whole, and changed one text at a time."""

    @property
    def location(self) -> str:
        """What a user calls it, for messages."""
        ...

    def query(self, text: str, bindings: Mapping[str, Term], *, union: bool) -> Answer:
        """Answer a query that has been checked to read only.

        Args:
            text: SPARQL.
            bindings: terms for variables, by name. A SELECT has to have them among its columns.
            union: whether the default graph is the union of all graphs; if not, the query says
                itself which graphs it is about.

        Raises:
            QueryError: if it cannot be answered.
        """
        ...

    def count(self) -> int:
        """Count the quads. Stores have to go through all of them."""
        ...

    def quads(self) -> Iterator[str]:
        """Give all quads as sorted N-Quads, some lines at a time.

        Raises:
            StoreError: if they cannot be read.
        """
        ...

    def replace_text(self, text_id: str, quads: Iterable[str]) -> None:
        """Put what a text says in the place of what it said before.

        The statements over all texts would not be right any more and are taken away; to gather them
        anew, call `statements.restate`. Nothing else is touched.

        Args:
            text_id: the text.
            quads: N-Quads of the text's own graphs and of those that all texts share.

        Raises:
            StoreError: if it cannot be done; nothing is changed then.
        """
        ...

    def replace_graph(self, graph: str, quads: Iterable[str]) -> None:
        """Put quads in the place of a graph.

        Args:
            graph: its name, in N-Triples syntax.
            quads: N-Quads of this graph.

        Raises:
            StoreError: if it cannot be done.
        """
        ...

    def close(self) -> None:
        """Let go of files and connections."""
        ...

    def __enter__(self) -> Self:
        """Give the source itself."""
        ...

    def __exit__(self, *_: object) -> None:
        """Close it."""
        ...


def text_graphs(text_id: str) -> tuple[str, ...]:
    """Name the graphs that belong to one text, in N-Triples syntax.

    >>> text_graphs("a")[1]
    '<https://w3id.org/claimgraph/text/a/direct>'
    """
    return tuple(graph_name(part, text_id) for part in Part if part.of_text)


def described(text_id: str) -> tuple[str, ...]:
    """Name what the graph about the dataset says of one text: its dataset and its graphs."""
    dataset = f"<{vocab.BASE}dataset/{text_name(text_id)[1 + len(vocab.TEXT) :]}"
    return (dataset, *text_graphs(text_id))


def group_quads(text_id: str, quads: Iterable[str]) -> dict[str, list[str]]:
    """Parse what a text says and group it by graph, terms in N-Triples syntax.

    Raises:
        StoreError: if it is no N-Quads, or a quad is of a graph that is not the text's to write.
    """
    own = {*text_graphs(text_id), graph_name(Part.CONCEPTS), graph_name(Part.DATASET)}
    groups: dict[str, list[str]] = {}
    try:
        for quad in ox.parse("".join(quads), ox.RdfFormat.N_QUADS):
            name = str(quad.graph_name)
            if name not in own:
                raise StoreError(
                    f"{name} is not a graph of the text {text_id!r}",
                    repair="give what the text says in the text's own graphs",
                )
            groups.setdefault(name, []).append(str(quad.triple))
    except SyntaxError as error:
        raise StoreError(f"not valid N-Quads: {error}", repair="correct the quads") from None
    return groups
