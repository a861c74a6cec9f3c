"""The engine: a store answers, with rdflib as a second opinion.

The default graph of a query is the union of all graphs, unless the query says FROM.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox
from rdflib import DCTERMS, RDFS, SKOS, BNode, Dataset, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Node

from claimgraph import vocab
from claimgraph.errors import QueryError
from claimgraph.model import Category
from claimgraph.queries.catalogue import ENTITY, KINDS, WORDS, Parameter, Query, either, parse_query
from claimgraph.queries.guard import check, service_refused
from claimgraph.queries.results import Form, Result, curie, to_store
from claimgraph.rdf import name_to_ox
from claimgraph.store import Answer, LocalStore, Source

_NAMES: Mapping[Node, int] = {
    # What a thing is called; where a name fits several things, the lower rank wins.
    SKOS.prefLabel: 1,
    RDFS.label: 1,
    SKOS.notation: 1,
    DCTERMS.title: 1,
    SKOS.altLabel: 2,
    SKOS.hiddenLabel: 2,
}
_Names = dict[str, list[tuple[int, URIRef]]]
_SHOWN = 8  # names in an error message


class QueryEngine:
    """Answers queries about one dataset; made once, asked often.

    Later changes of an rdflib dataset are not seen; those of a source are.

    Args:
        data: what to ask about: a dataset, which is copied into a store in memory, or an open
            source. Blank nodes are let in, so that broken graphs can be examined.
    """

    def __init__(self, data: Dataset | Source) -> None:
        """Load a dataset into a store."""
        self._dataset = data if isinstance(data, Dataset) else None
        self._source: Source = _load(data) if isinstance(data, Dataset) else data
        self._labels = _Labels(self._source)
        self._known: dict[frozenset[str], _Names] = {}

    def run(self, query: Query | str, parameters: Mapping[str, str] | None = None) -> Result:
        """Answer a query.

        Args:
            query: a query, or SPARQL text.
            parameters: values by parameter name, as a user types them.

        Raises:
            QueryError: if the query is malformed, writes, or asks another server; if a parameter
                is unknown or missing, or its value names nothing or several things.
        """
        asked = parse_query(query) if isinstance(query, str) else query
        chooses_graphs = check(asked)
        bound = self.bind(asked, parameters)
        terms = {name: to_store(term) for name, term in bound.items()}
        try:
            return self._result(self._source.query(asked.text, terms, union=not chooses_graphs))
        except QueryError as error:
            raise QueryError(
                error.what, where=error.where or asked.place(), repair=error.repair
            ) from None
        except (RuntimeError, ValueError, OSError, SyntaxError) as error:
            raise QueryError(
                f"cannot be answered: {error}", where=asked.place(), repair="correct the query"
            ) from None

    @property
    def source(self) -> Source:
        """What is asked."""
        return self._source

    def run_with_rdflib(
        self, query: Query | str, parameters: Mapping[str, str] | None = None
    ) -> Result:
        """Answer a query with rdflib's own engine: slow, and a second opinion.

        Raises:
            QueryError: as `run` does, and for FROM, which rdflib would go and fetch. What rdflib
                itself raises, where it cannot read what pyoxigraph can, comes through.
            TypeError: if the engine was made of a source, which rdflib cannot ask.
        """
        if self._dataset is None:
            raise TypeError("only a dataset can be asked with rdflib")
        asked = parse_query(query) if isinstance(query, str) else query
        if check(asked):
            raise QueryError(
                "rdflib cannot choose graphs with FROM without fetching them",
                where=asked.place(),
                repair="use GRAPH",
            )
        bound = self.bind(asked, parameters)
        prepared = translateQuery(parseQuery(asked.text))
        # rdflib resolves \u escapes before it parses, so it may see what pyoxigraph did not.
        if _has_service(prepared.algebra):
            raise service_refused(asked)
        dataset = Dataset(store=self._dataset.store, default_union=True)
        found = dataset.query(prepared, initBindings={**bound})
        if found.type == "ASK":
            return self._answer(bool(found.askAnswer))
        if found.type == "SELECT":
            columns = tuple(str(variable) for variable in found.vars or ())
            rows = tuple(tuple(row) for row in found if isinstance(row, tuple))
            return Result(Form.SELECT, columns, rows, self._labels)
        return self._triples(
            ox.Triple(_resource(s), name_to_ox(p), to_store(o)) for s, p, o in found.graph or ()
        )

    def bind(
        self, query: Query, values: Mapping[str, str] | None = None
    ) -> dict[str, URIRef | Literal]:
        """Find the terms that parameters stand for.

        Args:
            query: the query with its parameters.
            values: what the user typed, by parameter name. A thing is named by its id, label, other
                label, notation, CURIE or IRI, in upper or lower case.

        Raises:
            QueryError: if a parameter is unknown or missing, or its value names nothing or several
                things.
        """
        given = dict(values or {})
        known = [parameter.name for parameter in query.parameters]
        if unknown := sorted(set(given) - set(known)):
            raise QueryError(
                f"query {query.name!r} has no parameter {unknown[0]!r}",
                where=query.place(),
                repair=f"it has {either(known)}" if known else "it has none; leave it out",
            )
        bound: dict[str, URIRef | Literal] = {}
        for parameter in query.parameters:
            value = given.get(parameter.name, parameter.default)
            if value is None:
                raise QueryError(
                    f"query {query.name!r} needs a value for {parameter.name!r}",
                    where=query.place(),
                    repair=f"give one: --param {parameter.name}=...",
                )
            bound[parameter.name] = self._find(parameter, value)
        return bound

    def find_concept(self, name: str) -> URIRef:
        """Give the concept of that id, label, other label, notation, CURIE or IRI.

        Raises:
            QueryError: if the name means nothing or several things.
        """
        found = self._find(Parameter("concept", (ENTITY,)), name)
        return URIRef(found)

    def _find(self, parameter: Parameter, value: str) -> URIRef | Literal:
        """Find the thing of the right kind that a value names."""
        try:
            value.encode("utf-8")
        except UnicodeEncodeError:
            raise QueryError(f"{value!r} is no text", repair="give it in UTF-8") from None
        if parameter.kinds == (WORDS,):
            return Literal(value)
        named = self._named(parameter.kinds)
        wanted = _fold(value)
        things = named.get(wanted, ())
        best = min((rank for rank, _ in things), default=0)
        found = sorted({node for rank, node in things if rank == best}, key=str)
        if len(found) == 1:
            return found[0]
        if found:
            raise QueryError(
                f"{value!r} names several things",
                repair=f"say which: {either([_local(node) for node in found])}",
            )
        kinds = either(parameter.kinds)
        elsewhere = wanted in self._named(KINDS)
        close = difflib.get_close_matches(wanted, sorted(named), n=3, cutoff=0.5)
        ids = sorted({_local(node) for name in close or named for _, node in named[name]})
        raise QueryError(
            f"{value!r} names no {kinds}" + (", but something else" if elsewhere else ""),
            repair=f"for {parameter.name!r} give a {kinds} that the graph has"
            + (f", such as {either(ids[:_SHOWN])}" if ids else "; it has none"),
        )

    def _named(self, kinds: Iterable[str]) -> _Names:
        """Give all names of all things of some kinds: the ranks and things of each name."""
        wanted = frozenset(kinds)
        if ENTITY in wanted:
            wanted |= {category.value for category in Category}
        if wanted not in self._known:
            self._known[wanted] = self._learn(wanted)
        return self._known[wanted]

    def _learn(self, kinds: frozenset[str]) -> _Names:
        """Ask for all names of all things of some kinds."""
        classes = " ".join(f"<{vocab.CG}{kind}>" for kind in sorted(kinds))
        links = " ".join(f"<{link}>" for link in _NAMES)
        names: dict[URIRef, set[tuple[int, str]]] = {}
        for thing, link, name in _rows(
            self._source,
            f"SELECT DISTINCT ?thing ?link ?name WHERE {{ VALUES ?class {{ {classes} }} "
            f"?thing a ?class . OPTIONAL {{ VALUES ?link {{ {links} }} ?thing ?link ?name }} }}",
        ):
            if isinstance(thing, ox.NamedNode):
                node = URIRef(thing.value)
                found = names.setdefault(
                    node, {(0, str(node)), (0, curie(str(node))), (0, _local(node))}
                )
                if isinstance(link, ox.NamedNode) and isinstance(name, ox.Literal):
                    found.add((_NAMES[URIRef(link.value)], name.value))
        found_by: _Names = defaultdict(list)
        for node in sorted(names, key=str):
            for rank, name in sorted(names[node]):
                found_by[_fold(name)].append((rank, node))
        return dict(found_by)

    def _result(self, answer: Answer) -> Result:
        """Turn what a source answers into a result."""
        if isinstance(answer, ox.QueryBoolean):
            return self._answer(bool(answer))
        if not isinstance(answer, ox.QuerySolutions):
            return self._triples(answer)
        columns = tuple(variable.value for variable in answer.variables)
        written = answer.serialize(format=ox.QueryResultsFormat.JSON) or b""
        return Result(Form.SELECT, columns, written, self._labels)

    def _answer(self, answer: bool) -> Result:
        """Make the result of ASK."""
        return Result(Form.ASK, ("answer",), ((Literal(answer),),), self._labels)

    def _triples(self, triples: Iterable[ox.Triple]) -> Result:
        """Make the result of CONSTRUCT or DESCRIBE: each triple once, in order."""
        lines = (ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"").split(b"\n")[:-1]
        written = b"".join(b"%b\n" % line for line in sorted(set(lines)))
        return Result(Form.CONSTRUCT, ("subject", "predicate", "object"), written, self._labels)


class _Labels(Mapping[str, str]):
    """What concepts are called, by IRI; asked for when the first is needed."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._found: dict[str, str] | None = None

    def __getitem__(self, iri: str) -> str:
        """Give the label of a concept."""
        return self._all()[iri]

    def __iter__(self) -> Iterator[str]:
        """Give the concepts that have a label."""
        return iter(self._all())

    def __len__(self) -> int:
        """Count them."""
        return len(self._all())

    def _all(self) -> dict[str, str]:
        """Ask for all labels. Of several, the first by its letters counts."""
        if self._found is None:
            found = (
                (thing.value, label.value)
                for thing, label in _rows(
                    self._source,
                    f"SELECT DISTINCT ?thing ?label WHERE {{ ?thing <{SKOS.prefLabel}> ?label }}",
                )
                if isinstance(thing, ox.NamedNode) and isinstance(label, ox.Literal)
            )
            self._found = dict(sorted(found, reverse=True))
        return self._found


def run_query(
    query: Query | str, data: Dataset | Source, parameters: Mapping[str, str] | None = None
) -> Result:
    """Answer one query about a dataset. For several, make one `QueryEngine` and keep it.

    Raises:
        QueryError: if the query or a parameter is not right; see `QueryEngine.run`.
    """
    return QueryEngine(data).run(query, parameters)


def _rows(source: Source, query: str) -> Iterable[tuple[object, ...]]:
    """Ask for rows."""
    answer = source.query(query, {}, union=True)
    return (tuple(row) for row in answer) if isinstance(answer, ox.QuerySolutions) else ()


def _load(dataset: Dataset) -> LocalStore:
    """Load a dataset into a store in memory."""
    store = ox.Store()
    store.extend([_quad(*quad) for quad in dataset.quads()])
    return LocalStore(store)


def _quad(subject: Node, predicate: Node, object_: Node, graph: Node | None) -> ox.Quad:
    """Turn a quad of an rdflib dataset; a graph without a name is the default graph."""
    terms = (_resource(subject), name_to_ox(predicate), to_store(object_))
    if graph is None or graph == DATASET_DEFAULT_GRAPH_ID:
        return ox.Quad(*terms)
    return ox.Quad(*terms, _resource(graph))


def _resource(node: Node) -> ox.NamedNode | ox.BlankNode:
    """Turn an IRI or a blank node for the store."""
    return ox.BlankNode(str(node)) if isinstance(node, BNode) else name_to_ox(node)


def _has_service(node: object) -> bool:
    """Look for SERVICE in rdflib's algebra, filters included."""
    if isinstance(node, CompValue):
        return node.name == "ServiceGraphPattern" or any(map(_has_service, node.values()))
    return isinstance(node, (list, tuple)) and any(map(_has_service, node))


def _local(node: Node) -> str:
    """Give the last part of an IRI: the id of a concept, text or term."""
    return re.split(r"[/#]", str(node).rstrip("/#"))[-1]


def _fold(name: str) -> str:
    """Forget case and spacing of a name."""
    return " ".join(name.split()).casefold()
