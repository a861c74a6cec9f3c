"""What a query answers, and the forms it is written in."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from claimgraph import exports
from claimgraph.errors import QueryError
from claimgraph.graph import Triple
from claimgraph.rdf import to_ox


class Form(StrEnum):
    """What kind of query was asked."""

    SELECT = "SELECT"
    ASK = "ASK"
    CONSTRUCT = "CONSTRUCT"


@dataclass(frozen=True, slots=True)
class Result:
    """What a query answers, as a table of rdflib terms; ``None`` where a variable is unbound.

    ASK gives one column `answer` with one row; CONSTRUCT and DESCRIBE give a row a triple, sorted.
    `labels` are for people: what concepts are called, by IRI.
    """

    form: Form
    columns: tuple[str, ...]
    rows: tuple[tuple[Node | None, ...], ...]
    labels: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)

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
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\r\n")
        writer.writerow(self.columns)
        for row in self.rows:
            writer.writerow(["" if term is None else _value(term) for term in row])
        return buffer.getvalue().encode("utf-8")

    def to_tsv(self) -> bytes:
        """Write SPARQL 1.1 TSV results: terms in the syntax of N-Triples, LF, UTF-8."""
        head = [f"?{column}" for column in self.columns]
        body = (["" if term is None else str(to_store(term)) for term in row] for row in self.rows)
        return "".join("\t".join(cells) + "\n" for cells in (head, *body)).encode("utf-8")

    def to_json(self) -> bytes:
        """Write SPARQL 1.1 JSON results, UTF-8."""
        document: dict[str, object]
        if self.form is Form.ASK:
            document = {"head": {}, "boolean": self.boolean}
        else:
            bindings = [
                {
                    column: _json_term(term)
                    for column, term in zip(self.columns, row, strict=True)
                    if term is not None
                }
                for row in self.rows
            ]
            document = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")

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
