"""What a query answers, and the forms it is written in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from claimgraph import exports
from claimgraph.errors import QueryError
from claimgraph.graph import Triple
from claimgraph.rdf import from_ox, to_ox

Row = tuple[Node | None, ...]


class Form(StrEnum):
    """What kind of query was asked."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"


class Result:
    """What a query answers: a table of rdflib terms; ``None`` where a variable is unbound.

    ASK gives one column `answer` with one row; CONSTRUCT and DESCRIBE give a row a triple, sorted.
    What a store answers is kept as the store wrote it, and becomes terms only if they are asked
    for: to make them takes several times as long as to answer.

    Args:
        form: what kind of query was asked.
        columns: the variables.
        rows: the table, or what it is written as: SPARQL JSON results for SELECT, sorted N-Triples
            for CONSTRUCT.
        labels: for people: what concepts are called, by IRI.
    """

    def __init__(
        self,
        form: Form,
        columns: tuple[str, ...],
        rows: tuple[Row, ...] | bytes,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        self.form = form
        self.columns = columns
        # Not `labels or {}`: to ask whether there are any would ask the store for all.
        self.labels: Mapping[str, str] = {} if labels is None else labels
        self._written = rows if isinstance(rows, bytes) else None
        self._rows = None if isinstance(rows, bytes) else rows

    def __eq__(self, other: object) -> bool:
        """Tell whether another has the same rows of the same columns; labels do not count."""
        return isinstance(other, Result) and (self.form, self.columns, self.rows) == (
            other.form,
            other.columns,
            other.rows,
        )

    def __hash__(self) -> int:
        return hash((self.form, self.columns, self.rows))

    def __repr__(self) -> str:
        return f"Result({self.form!r}, {self.columns!r}, {self.rows!r})"

    @property
    def rows(self) -> tuple[Row, ...]:
        """The table.

        Raises:
            GraphError: for a term that RDF 1.1 does not have.
        """
        if self._rows is None:
            written = self._written or b""
            if self.form is Form.CONSTRUCT:
                triples = ox.parse(written, ox.RdfFormat.N_TRIPLES)
                self._rows = _terms((t.subject, t.predicate, t.object) for t in triples)
            else:
                self._rows = _terms(_solutions(written))
        return self._rows

    @property
    def boolean(self) -> bool | None:
        """The answer to ASK; ``None`` where no yes or no was asked for."""
        return self.rows == ((Literal(True),),) if self.form is Form.ASK else None

    @property
    def triples(self) -> tuple[Triple, ...] | None:
        """The triples of CONSTRUCT or DESCRIBE; ``None`` where none were asked for."""
        if self.form is not Form.CONSTRUCT:
            return None
        return tuple(
            (subject, predicate, object_)
            for subject, predicate, object_ in self.rows
            if subject is not None and predicate is not None and object_ is not None
        )

    def display_rows(self) -> tuple[tuple[str, ...], ...]:
        """Give the rows for a person: concepts by their label, other IRIs shortened."""
        return tuple(tuple(shorten(term, self.labels) for term in row) for row in self.rows)

    def to_csv(self) -> bytes:
        """Write SPARQL 1.1 CSV results: values without types, CRLF, UTF-8."""
        return _solutions(self._table()).serialize(format=ox.QueryResultsFormat.CSV) or b""

    def to_tsv(self) -> bytes:
        """Write SPARQL 1.1 TSV results: terms in the syntax of Turtle, LF, UTF-8."""
        return _solutions(self._table()).serialize(format=ox.QueryResultsFormat.TSV) or b""

    def to_json(self) -> bytes:
        """Write SPARQL 1.1 JSON results, UTF-8."""
        if self.form is Form.ASK:
            return b'{"head":{},"boolean":%b}\n' % (b"true" if self.boolean else b"false")
        return self._table() + b"\n"

    def _table(self) -> bytes:
        """Write the table as SPARQL 1.1 JSON results."""
        if self.form is Form.SELECT and self._written is not None:
            return self._written
        bindings = [
            {
                column: _json_term(term)
                for column, term in zip(self.columns, row, strict=True)
                if term is not None
            }
            for row in self.rows
        ]
        document = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode("utf-8")

    def to_turtle(self) -> bytes:
        """Write the triples of CONSTRUCT or DESCRIBE as Turtle.

        Raises:
            QueryError: if the query gave no triples but rows or an answer.
            GraphError: if the query made blank nodes, which claimgraph does not write.
        """
        if (triples := self.triples) is None:
            raise QueryError(
                f"{self.form} gives no triples",
                repair="ask with CONSTRUCT or DESCRIBE, or choose another form of output",
            )
        graph = Graph(bind_namespaces="none")
        for triple in triples:
            graph.add(triple)
        return exports.to_turtle(graph)


def shorten(term: Node | None, labels: Mapping[str, str] | None = None) -> str:
    """Give a term for a person: its label, its CURIE, or its plain value; nothing for ``None``.

    >>> shorten(URIRef("https://w3id.org/claimgraph/vocab#treats"))
    'cg:treats'
    """
    if term is None:
        return ""
    if isinstance(term, URIRef):
        return (labels or {}).get(str(term)) or curie(str(term))
    return _value(term)


def curie(iri: str) -> str:
    """Shorten an IRI by a known prefix, if what is left is a name; else leave it.

    >>> curie("https://w3id.org/claimgraph/concept/clonazepam"), curie("https://example.org/a")
    ('concept:clonazepam', 'https://example.org/a')
    """
    for prefix, base in exports.PREFIXES.items():
        local = iri.removeprefix(base)
        if local != iri and re.fullmatch(r"[A-Za-z0-9_.-]+", local):
            return f"{prefix}:{local}"
    return iri


def to_store(term: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    """Turn a term for the store, blank nodes too: what is asked about may be unfit to publish."""
    return ox.BlankNode(str(term)) if isinstance(term, BNode) else to_ox(term)


def _solutions(table: bytes) -> ox.QuerySolutions:
    """Read SPARQL JSON results."""
    found = ox.parse_query_results(table, ox.QueryResultsFormat.JSON)
    if not isinstance(found, ox.QuerySolutions):
        raise TypeError("rows are wanted")
    return found


def _terms(rows: Iterable[Iterable[object]]) -> tuple[Row, ...]:
    """Make rdflib terms."""
    # Most rows repeat terms of others, and to make one for rdflib takes longer than to find it.
    known: dict[object, Node | None] = {None: None}

    def node(term: object) -> Node | None:
        if term not in known:
            known[term] = from_ox(term)
        return known[term]

    return tuple(tuple(map(node, row)) for row in rows)


def _value(term: Node) -> str:
    """Give the value of a term without its type or language."""
    return f"_:{term}" if isinstance(term, BNode) else str(term)


def _json_term(term: Node) -> dict[str, str]:
    """Write a term as SPARQL JSON results do."""
    if isinstance(term, URIRef):
        return {"type": "uri", "value": str(term)}
    if isinstance(term, BNode):
        return {"type": "bnode", "value": str(term)}
    cell = {"type": "literal", "value": str(term)}
    if isinstance(term, Literal) and term.language is not None:
        cell["xml:lang"] = term.language
    elif isinstance(term, Literal) and term.datatype is not None:
        cell["datatype"] = str(term.datatype)
    return cell
