"""Hold graphs to the SHACL shapes in `ontology/shapes.ttl`, and say what is wrong in plain words.

What a text says is checked by itself: in the union with background and inference, a direct triple
that no claim supports could hide behind a background statement of the same words.
"""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

import pyoxigraph as ox
from rdflib import RDF, RDFS, SH, BNode, Dataset, Graph, Literal, URIRef
from rdflib.query import Result
from rdflib.term import Identifier, Node, Variable

from claimgraph import vocab
from claimgraph.errors import GraphError
from claimgraph.graph import CG, SCHEMA, Part, Triple, graph_iri
from claimgraph.ontology import load_vocabulary, ontology_file
from claimgraph.rdf import from_ox, name_to_ox, read_dataset, read_graph, to_ox

SHAPE = f"{vocab.BASE}shapes#"

_THIS = Variable("this")
_Row = Mapping[Variable, Identifier]

_SHOWN = 100
"""Longest value shown in a line, in characters."""

_ELSEWHERE = frozenset(graph_iri(p) for p in (Part.BACKGROUND, Part.INFERRED, Part.VOCABULARY))
_STATEMENT_SHAPES = (
    "Statement",
    "Signature",
    "BackgroundStatement",
    "InferredStatement",
    "Stated",
    "DirectTriple",
    "Named",
)


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One place where a graph breaks a shape.

    Attributes:
        focus: the IRI of the node that is wrong, or ``[]`` for a blank node.
        shape: the local name of the shape or constraint, as in `ontology/shapes.ttl`.
        path: the property it is wrong in, where one is to blame.
        value: the value that is wrong, where there is one: an IRI, a literal in quotes, or ``[]``
            for a blank node.
        message: what should hold.
        repair: what to do about it.
    """

    focus: str
    shape: str
    path: str | None
    value: str | None
    message: str
    repair: str

    @property
    def sort_key(self) -> tuple[str, str, str, str]:
        """Order of violations: by node, then by shape."""
        return (self.focus, self.shape, self.path or "", self.value or "")


@dataclass(frozen=True, slots=True)
class Validation:
    """What a check of a graph found.

    `triples` and `claims` tell how much was checked: a graph without claims breaks no rule.
    """

    triples: int
    claims: int
    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether no shape is broken."""
        return not self.violations


def validate_file(path: Path) -> Validation:
    """Check an RDF file of any known format.

    Raises:
        InputFileError: if the file cannot be read.
        GraphError: with the line, if it is not valid RDF.
    """
    return validate_dataset(read_dataset(path))


def validate_dataset(dataset: Dataset) -> Validation:
    """Check a dataset: what its texts say, and, apart from it, background and inference.

    Everything outside the named graphs of background, inference and vocabulary counts as what the
    texts say, the default graph included.
    """
    named = [(URIRef(str(graph.identifier)), graph) for graph in dataset.graphs()]
    text = _union(graph for name, graph in named if name not in _ELSEWHERE)
    found = _violations(text)
    if any(name in _ELSEWHERE and name != graph_iri(Part.VOCABULARY) for name, _ in named):
        # The direct triples stay away: they would pass for the triples that background states.
        stated = _union(graph for name, graph in named if not _is_direct(name))
        found |= _violations(stated, _STATEMENT_SHAPES)
    return Validation(
        triples=len(_union(graph for _, graph in named)),
        claims=len(set(text.subjects(RDF.type, CG.Claim))),
        violations=tuple(sorted(found, key=lambda v: v.sort_key)),
    )


def _is_direct(name: str) -> bool:
    """Tell whether a graph holds the direct triples of a text."""
    return name.startswith(vocab.TEXT) and name.endswith(f"/{Part.DIRECT}")


def render_validation(validation: Validation) -> str:
    """Say what a check found: a line for each violation, or one line that there is none.

    Nothing from the graph can break a line or steer a terminal.
    """
    if validation.conforms:
        claims, triples = validation.claims, validation.triples
        size = f"{claims} claim{'s' * (claims != 1)}, {triples} triple{'s' * (triples != 1)}"
        return f"{size}: conforms to the shapes\n"
    return "".join(f"{_line(violation)}\n" for violation in validation.violations)


def _line(violation: Violation) -> str:
    """Say one violation in one line: where, what, how to repair it."""
    where = _short(violation.focus)
    if violation.path is not None:
        where += f" {_short(violation.path)}"
    if violation.value is not None and violation.value != violation.focus:
        where += f" {_short(violation.value)}"
    return f"{where}: {violation.message} Repair: {violation.repair}"


# ── Checking ────────────────────────────────────────────────────────────────────────────────────


@cache
def load_shapes() -> Graph:
    """Load the shapes. The graph is shared: do not change it."""
    return read_graph(ontology_file("shapes.ttl"))


@cache
def _signatures() -> tuple[Triple, ...]:
    """What the shapes ask of the vocabulary: its classes, and which of them a relation takes."""
    asked = (RDF.type, RDFS.subClassOf, SCHEMA.domainIncludes, SCHEMA.rangeIncludes)
    return tuple(triple for triple in load_vocabulary() if triple[1] in asked)


def _violations(data: Graph, only: Iterable[str] = ()) -> set[Violation]:
    """Check one graph against all shapes, or only those named."""
    # Imported here because it takes a tenth of a second, which only validation should cost.
    from pyshacl import validate  # noqa: PLC0415

    asked = _SetwiseGraph()
    for triple in (*data, *_signatures()):
        asked.add(triple)
    shapes = load_shapes()
    # pyshacl leaves out any named shape that the list does not name, those of properties included.
    chosen: list[str | URIRef] = []
    for shape in (URIRef(SHAPE + name) for name in only):
        chosen += [shape, *(str(part) for part in shapes.objects(shape, SH.property))]
    _, report, text = validate(
        asked,
        shacl_graph=shapes,
        inference="none",
        advanced=False,
        use_shapes=chosen or None,
    )
    if not isinstance(report, Graph):
        raise GraphError(f"cannot be checked: {text.splitlines()[0]}")
    return {_violation(report, result) for result in report.objects(None, SH.result)}


def _violation(report: Graph, result: Node) -> Violation:
    """Read one result of a SHACL report. Words come from the shapes, not from the report."""
    shape = report.value(result, SH.sourceConstraint) or report.value(result, SH.sourceShape)
    path, value = report.value(result, SH.resultPath), report.value(result, SH.value)
    focus = report.value(result, SH.focusNode)
    return Violation(
        focus=_text(focus),
        shape=str(shape).removeprefix(SHAPE),
        path=str(path) if isinstance(path, URIRef) else None,
        value=None if value is None else _text(value),
        message=str(load_shapes().value(shape, SH.message)),
        repair=str(load_shapes().value(shape, RDFS.comment)),
    )


class _SetwiseGraph(Graph):
    """A graph that answers a shape's query for all focus nodes at once.

    SHACL asks every query anew for every focus node; rdflib takes some 30 ms for one, which makes
    40 s for the 90 claims of an article. Our queries bind ``$this`` by a pattern, or leave it open
    because they ask about the whole graph; so, asked once with ``$this`` open, they give the same
    rows, and pyoxigraph answers each in a few milliseconds.
    """

    def __init__(self) -> None:
        super().__init__(bind_namespaces="none")
        self._filled: ox.Store | None = None
        self._answers: dict[str, dict[Node | None, list[_Row]]] = {}

    def query(self, query_object: Any, *args: Any, **kwargs: Any) -> Result:
        """Give the rows of one focus node; the signature is that of `Graph.query`."""
        bound = inspect.signature(Graph.query).bind(self, query_object, *args, **kwargs)
        focus = dict(bound.arguments.get("initBindings") or {}).get("this")
        if query_object not in self._answers:
            self._answers[query_object] = self._ask(query_object)
        rows = self._answers[query_object]
        answer = Result("SELECT")
        answer.vars = [_THIS, Variable("path"), Variable("value")]
        answer.bindings = rows.get(focus, []) + rows.get(None, [])
        return answer

    def _ask(self, query: str) -> dict[Node | None, list[_Row]]:
        """Answer a query with ``$this`` open: its rows by focus node."""
        if self._filled is None:
            self._filled = ox.Store()
            self._filled.extend(
                ox.Quad(_node_to_ox(s), name_to_ox(p), _node_to_ox(o)) for s, p, o in self
            )
        solutions = cast(ox.QuerySolutions, self._filled.query(query))
        names = [Variable(variable.value) for variable in solutions.variables]
        rows: dict[Node | None, list[_Row]] = {}
        for solution in solutions:
            row = {
                name: cast(Identifier, from_ox(value))
                for name, value in zip(names, solution, strict=True)
                if value is not None
            }
            rows.setdefault(row.get(_THIS), []).append(row)
        return rows


def _node_to_ox(node: Node) -> Any:
    """Turn a term; unlike what we publish, what we check may have blank nodes."""
    return ox.BlankNode(str(node)) if isinstance(node, BNode) else to_ox(node)


def _union(graphs: Iterable[Graph]) -> Graph:
    """Put graphs together."""
    union = Graph(bind_namespaces="none")
    for graph in graphs:
        for triple in graph:
            union.add(triple)
    return union


# ── Showing ─────────────────────────────────────────────────────────────────────────────────────


def _text(node: Node | None) -> str:
    """Give a term as text. Blank nodes have no name that would be the same tomorrow."""
    if isinstance(node, BNode):
        return "[]"
    return json.dumps(str(node), ensure_ascii=False) if isinstance(node, Literal) else str(node)


@cache
def _prefixes() -> tuple[tuple[str, str], ...]:
    """The prefixes that lines are shortened with: those of the shapes and of our own names."""
    shapes = load_shapes()
    declared = {
        str(shapes.value(node, SH.prefix)): str(shapes.value(node, SH.namespace))
        for node in shapes.objects(None, SH.declare)
    }
    ours = {
        "background": vocab.BACKGROUND,
        "claim": vocab.CLAIM,
        "concept": vocab.CONCEPT,
        "inferred": vocab.INFERRED,
        "mapping": vocab.MAPPING,
        "text": vocab.TEXT,
    }
    return tuple(sorted((declared | ours).items()))


def _short(text: str) -> str:
    """Shorten an IRI by its prefix and long words by their end, and make odd characters visible."""
    for prefix, base in _prefixes():
        if text.startswith(base) and text != base:
            text = f"{prefix}:{text.removeprefix(base)}"
            break
    shown = text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"
    return "".join(c if c.isprintable() else f"\\u{ord(c):04X}" for c in shown)
