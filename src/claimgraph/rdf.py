"""The boundary between rdflib and pyoxigraph, and the way from files to graphs.

rdflib is the interface that people program against; pyoxigraph parses, writes and queries. Terms
cross here and nowhere else, and what cannot cross is refused.
"""

from __future__ import annotations

import codecs
import contextlib
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
from rdflib import BNode, Dataset, Graph, Literal, URIRef
from rdflib.term import Node

from claimgraph.errors import GraphError, Place
from claimgraph.files import MAX_BYTES, decode, read_bytes, read_head

FORMATS: dict[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
"""The file names that are read as RDF."""

_ENTITY = re.compile(r'<!ENTITY\s+[\w.-]+\s+"([^"&%<]*)"\s*>')
_Subject = ox.NamedNode | ox.BlankNode
_Term = ox.NamedNode | ox.BlankNode | ox.Literal


def to_ox(node: Node) -> ox.NamedNode | ox.Literal:
    """Turn an rdflib term into a pyoxigraph one.

    Raises:
        GraphError: for a blank node, which we do not publish, an IRI or language tag that is none,
            or anything else that is no term.
    """
    try:
        if isinstance(node, URIRef):
            return ox.NamedNode(str(node))
        if isinstance(node, Literal):
            if node.language is not None:
                return ox.Literal(str(node), language=node.language)
            if node.datatype is not None:
                return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)))
            return ox.Literal(str(node))
    except ValueError as error:
        raise GraphError(
            f"cannot publish {str(node)!r}: {error}",
            repair="correct the IRI, the language tag or the text",
        ) from None
    kind = "blank node" if isinstance(node, BNode) else type(node).__name__
    raise GraphError(f"cannot publish a {kind}: {node}", repair="give the node an IRI")


def name_to_ox(node: Node) -> ox.NamedNode:
    """Turn an IRI into a pyoxigraph one.

    Raises:
        GraphError: for anything but an IRI.
    """
    term = to_ox(node)
    if not isinstance(term, ox.NamedNode):
        raise GraphError(f"not an IRI: {node}")
    return term


def from_ox(term: object) -> Node:
    """Turn a pyoxigraph term into an rdflib one.

    Raises:
        GraphError: for a quoted triple or a direction of writing, which RDF 1.1 does not have.
    """
    if isinstance(term, ox.NamedNode):
        return URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return BNode(term.value)
    if isinstance(term, ox.Literal) and term.direction is None:
        if term.language is not None:
            return Literal(term.value, lang=term.language)
        # A plain literal and one typed xsd:string are the same in RDF 1.1; rdflib tells them apart.
        if term.datatype.value == "http://www.w3.org/2001/XMLSchema#string":
            return Literal(term.value)
        return Literal(term.value, datatype=URIRef(term.datatype.value), normalize=False)
    raise GraphError(f"not an RDF 1.1 term: {term}", repair="write the statement as RDF 1.1")


def read_dataset(path: Path) -> Dataset:
    """Read an RDF file of any known format into a dataset.

    Triples outside named graphs go into the default graph; queries see the union of all graphs.

    Raises:
        InputFileError: if the file cannot be read or is not UTF-8.
        GraphError: with the line, if it is not valid RDF, or its name has no known ending.
    """
    form = rdf_format(path)
    text = decode(read_bytes(path), path).removeprefix("\ufeff")
    with _explaining(path):
        if form == ox.RdfFormat.RDF_XML:
            _refuse_entities(text, Place(str(path)))
        return parse_quads(text, form)


def load_file(store: ox.Store, path: Path) -> None:
    """Load an RDF file of any known format and any length into a store, in bulk.

    Raises:
        InputFileError: if the file cannot be read or is empty.
        GraphError: with the line, if it is not valid RDF, or its name has no known ending.
    """
    form = rdf_format(path)
    if form == ox.RdfFormat.RDF_XML:
        text = decode(read_bytes(path), path).removeprefix("\ufeff")
        with _explaining(path):
            _refuse_entities(text, Place(str(path)))
            store.bulk_load(text, form)
        return
    head = read_head(path, 3)
    with _explaining(path):
        if head == codecs.BOM_UTF8:
            with path.open("rb") as file:
                file.seek(len(head))
                store.bulk_load(file, form)
        else:
            store.bulk_load(path=str(path), format=form)


def rdf_format(path: Path) -> ox.RdfFormat:
    """Tell the format of an RDF file by its name.

    Raises:
        GraphError: if its name has no known ending.
    """
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        raise GraphError(
            f"cannot tell its RDF format from the ending {path.suffix!r}",
            where=Place(str(path)),
            repair=f"use one of: {', '.join(FORMATS)}",
        )
    return form


@contextlib.contextmanager
def _explaining(path: Path) -> Iterator[None]:
    """Say of a parser's error where it is and what to do."""
    try:
        yield
    except GraphError as error:
        where = error.where or Place(str(path))
        raise GraphError(error.what, where=where, repair=error.repair) from None
    except SyntaxError as error:
        raise GraphError(
            f"not valid RDF: {error.msg}",
            where=Place(str(path), error.lineno),
            repair="correct the file" + (" at this line" if error.lineno else ""),
        ) from None
    except ValueError as error:
        raise GraphError(f"not valid RDF: {error}", where=Place(str(path))) from None


def parse_quads(text: str, form: ox.RdfFormat = ox.RdfFormat.N_QUADS) -> Dataset:
    """Parse RDF into a dataset.

    Raises:
        SyntaxError: if it is not valid RDF of that form.
        GraphError: if it is no RDF 1.1.
    """
    dataset = Dataset(default_union=True)
    names: dict[object, Graph] = {}
    for quad in ox.parse(text, format=form):
        graph = names.get(quad.graph_name)
        if graph is None:
            name = quad.graph_name
            if isinstance(name, ox.DefaultGraph):
                graph = dataset.default_graph
            elif isinstance(name, ox.BlankNode):
                graph = dataset.graph(BNode(name.value))
            else:
                graph = dataset.graph(URIRef(name.value))
            names[quad.graph_name] = graph
        graph.add((from_ox(quad.subject), from_ox(quad.predicate), from_ox(quad.object)))
    return dataset


def cut_graph(quad: str) -> tuple[str, str]:
    r"""Cut a line of N-Quads into triple and name of the graph, empty for the default graph.

    >>> cut_graph('<a:s> <a:p> "o <x>" <a:g> .\n')
    ('<a:s> <a:p> "o <x>"', '<a:g>')
    >>> cut_graph("<a:s> <a:p> <a:o> .\n")
    ('<a:s> <a:p> <a:o>', '')
    """
    triple, _, name = quad[:-3].rpartition(" ")
    # No IRI holds a quote, and the last word of a literal ends in one or has one before its type.
    if name[0] in "<_" and '"' not in name and triple.find(" ", triple.find(" ") + 1) > 0:
        return triple, name
    return quad[:-3], ""


def _refuse_entities(text: str, place: Place) -> None:
    """Refuse XML entities that multiply: the parser would expand a small file without end.

    Entities that stand for the start of an IRI, as other ontology editors write them, pass.
    """
    longest = 0
    for match in re.finditer("<!ENTITY", text):
        entity = _ENTITY.match(text, match.start())
        if entity is None:
            raise GraphError(
                "an XML entity that is not a short plain text",
                where=Place(place.file, text.count("\n", 0, match.start()) + 1),
                repair="write the value out where it is used",
            )
        longest = max(longest, len(entity[1]))
    if longest * text.count("&") > MAX_BYTES:
        raise GraphError(
            "XML entities make the file too large", where=place, repair="write the values out"
        )


def read_graph(path: Path) -> Graph:
    """Read an RDF file into one graph, all its named graphs together.

    Raises:
        InputFileError: if the file cannot be read or is not UTF-8.
        GraphError: with the line, if it is not valid RDF.
    """
    graph = Graph(bind_namespaces="none")
    for subject, predicate, object_, _ in read_dataset(path).quads():
        graph.add((subject, predicate, object_))
    return graph
