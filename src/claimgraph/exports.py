"""Write datasets as Turtle, TriG, N-Quads, JSON-LD, and claims as CSV: same input, same bytes.

Turtle and TriG are ordered for a reader: the dataset, the text, its sentences, the concepts, then
the claims as they stand in the text. Statements of other sources never mix with what a text says:
the Turtle holds the text's own graphs, TriG and N-Quads hold all graphs apart.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping

import networkx as nx
import pyoxigraph as ox
from rdflib import DCTERMS, PROV, RDF, RDFS, XSD, Dataset, Graph, Literal, URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.term import Node

from claimgraph import vocab
from claimgraph.errors import GraphError
from claimgraph.graph import CG, Part, Triple, graph_iri, phrase
from claimgraph.model import Claim, Document, QualifierType
from claimgraph.rdf import name_to_ox, to_ox

PREFIXES = vocab.PREFIXES

TEXT_PARTS = (Part.DATASET, Part.PROVENANCE, Part.CONCEPTS, Part.DIRECT, Part.CLAIMS)
"""The graphs that say what a text says; the rest is background, inference and vocabulary."""

_BANNERS = (
    ("dataset", "The dataset"),
    ("text", "The text, its sections and sentences"),
    ("concept", "What it speaks of, and what it plainly says"),
    ("claim", "Claims, in the order of the text"),
    ("passage", "The words they rest on"),
    ("mapping", "Where the identifiers come from"),
    ("other", "Else"),
)
_FIRST = tuple(
    str(name)
    for name in (RDF.type, RDFS.label, DCTERMS.identifier, RDF.subject, RDF.predicate, RDF.object)
)
_Key = tuple[object, ...]


# ── RDF ─────────────────────────────────────────────────────────────────────────────────────────


def part_graph(dataset: Dataset, parts: Iterable[Part] = TEXT_PARTS) -> Graph:
    """Give the union of some of a dataset's graphs, of all its texts."""
    wanted = tuple(parts)
    union = Graph(bind_namespaces="none")
    for graph in dataset.graphs():
        if part_of(graph.identifier) in wanted:
            for triple in graph:
                union.add(triple)
    return union


def text_graph(dataset: Dataset) -> Graph:
    """Give what the texts say: the union of their own graphs, or all of an unnamed graph."""
    if any(part_of(graph.identifier) is not None for graph in dataset.graphs() if len(graph)):
        return part_graph(dataset)
    union = Graph(bind_namespaces="none")
    for subject, predicate, object_, _ in dataset.quads():
        union.add((subject, predicate, object_))
    return union


def part_of(name: Node) -> Part | None:
    """Tell which part a named graph is; nothing for the default graph."""
    text = str(name)
    for part in Part:
        if part.of_text:
            if text.startswith(vocab.TEXT) and text.endswith(f"/{part.value}"):
                return part
        elif URIRef(text) == graph_iri(part):
            return part
    return None


def to_turtle(graph: Graph) -> bytes:
    """Write one graph as Turtle, grouped and ordered for a reader."""
    order = _reading_order(graph)
    groups: dict[str, list[Triple]] = {}
    for triple in sorted(graph, key=lambda t: (order(t[0]), _triple_key(t))):
        groups.setdefault(_group(triple[0]), []).append(triple)
    prefixes = _known_prefixes(graph)
    chunks = []
    for group, title in _BANNERS:
        if group in groups:
            rule = "─" * (93 - len(title))
            chunks.append(f"\n# ── {title} {rule}\n\n")
            data = ox.serialize(
                (_triple(t) for t in groups[group]), format=ox.RdfFormat.TURTLE, prefixes=prefixes
            )
            chunks.append(_spaced(_without_head(_text(data))))
    return _with_head(prefixes, "".join(chunks)).encode("utf-8")


def to_trig(dataset: Dataset) -> bytes:
    """Write a dataset as TriG, its graphs apart and in a fixed order."""
    everything = Graph(bind_namespaces="none")
    for graph in dataset.graphs():
        for triple in graph:
            everything.add(triple)
    prefixes = _known_prefixes(everything)
    chunks = []
    for graph in _ordered_graphs(dataset):
        order = _reading_order(graph)
        name = _graph_name(graph)
        quads = (_quad(t, name) for t in sorted(graph, key=lambda t: (order(t[0]), _triple_key(t))))
        data = ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=prefixes)
        chunks.append("\n" + _without_head(_text(data)))
    return _with_head(prefixes, "".join(chunks)).encode("utf-8")


def to_nquads(dataset: Dataset) -> bytes:
    """Write a dataset as sorted N-Quads. With IRIs for all nodes, this form is canonical."""
    lines = []
    for graph in _ordered_graphs(dataset):
        name = _graph_name(graph)
        quads = (_quad(t, name) for t in graph)
        # Not splitlines: it also cuts at U+0085 and U+2028, which stand unescaped in literals.
        lines += _text(ox.serialize(quads, format=ox.RdfFormat.N_QUADS)).split("\n")[:-1]
    return "".join(f"{line}\n" for line in sorted(lines)).encode("utf-8")


def to_jsonld(dataset: Dataset) -> bytes:
    """Write a dataset as compact JSON-LD 1.1 with its prefixes as context."""
    graphs: list[dict[str, object]] = []
    for graph in _ordered_graphs(dataset):
        order = _reading_order(graph)
        nodes: dict[Node, dict[str, list[object]]] = {}
        for subject, predicate, object_ in sorted(
            graph, key=lambda t: (order(t[0]), _triple_key(t))
        ):
            node = nodes.setdefault(subject, {})
            if predicate == RDF.type and isinstance(object_, URIRef):
                node.setdefault("@type", []).append(_compact(object_))
            else:
                node.setdefault(_compact(predicate), []).append(_json_value(object_))
        members: list[dict[str, object]] = [
            {"@id": _compact(subject)}
            | {name: v[0] if len(v) == 1 else v for name, v in node.items()}
            for subject, node in nodes.items()
        ]
        if graph.identifier == DATASET_DEFAULT_GRAPH_ID:
            graphs += members
        else:
            graphs.append({"@id": _compact(graph.identifier), "@graph": members})
    document = {"@context": {"@version": 1.1, **PREFIXES}, "@graph": graphs}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


# ── Claims as a table ───────────────────────────────────────────────────────────────────────────


def to_csv(claims: Iterable[Claim], documents: Iterable[Document] = ()) -> bytes:
    """Write claims as a CSV table (RFC 4180, UTF-8), one claim a row, in text order.

    Cells that a spreadsheet would take for a formula are written with an apostrophe before them.
    """
    sections = {
        (document.id, sentence.number): document.sections[sentence.section - 1]
        for document in documents
        for sentence in document.sentences
    }
    kinds = [kind.value for kind in QualifierType]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(
        [
            "claim", "key", "text", "section", "sentence", "type", "subject", "subject_words",
            "relation", "object", "object_words", "polarity", "certainty", "modality", "cue",
            "evidence_basis", *kinds, "quote", "quote_start", "quote_end", "via", "because",
            "method", "confidence",
        ]
    )  # fmt: skip
    for claim in sorted(claims, key=lambda c: (c.text_id, c.sort_key)):
        section = sections.get((claim.text_id, claim.sentence))
        subject, object_ = claim.subject, claim.object
        qualifiers = [
            " | ".join(q.passage.text for q in claim.qualified_by(kind)) for kind in QualifierType
        ]
        cells: list[object] = [
            claim.id,
            claim.key or "",
            claim.text_id,
            (section.heading or section.kind.value) if section else "",
            claim.sentence,
            claim.type.value,
            subject.label,
            subject.passage.text if subject.passage else "",
            phrase(claim.relation),
            object_.label if object_.concept else "",
            object_.passage.text if object_.passage else "",
            claim.polarity.value,
            claim.certainty.value,
            claim.modality.value,
            claim.cue.text if claim.cue else "",
            claim.evidence.value,
            *qualifiers,
            claim.quote.text,
            claim.quote.span.start,
            claim.quote.span.end,
            " ".join(claim.via),
            " ".join(claim.because),
            claim.method.value,
            "" if claim.confidence is None else repr(claim.confidence),
        ]
        writer.writerow([_safe_cell(cell) for cell in cells])
    return buffer.getvalue().encode("utf-8")


def _safe_cell(cell: object) -> object:
    """Keep a spreadsheet from running a cell."""
    if isinstance(cell, str) and cell[:1] in ("=", "+", "-", "@", "\t", "\r", "\n"):
        return f"'{cell}"
    return cell


# ── The network ─────────────────────────────────────────────────────────────────────────────────


def to_graphml(network: nx.MultiDiGraph[str]) -> bytes:
    """Write a network as GraphML, for Cytoscape, Gephi, yEd or networkx.

    Args:
        network: made by `network.to_network`. Edge ids are its keys; lists of ids are written with
            spaces between them; characters that XML cannot hold become U+FFFD.
    """
    plain: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for name in sorted(network):
        data = {k: _xml_value(v) for k, v in network.nodes[name].items()}
        plain.add_node(_xml_safe(name), **data)
    edges = sorted(network.edges(keys=True, data=True), key=lambda edge: edge[:3])
    for subject, object_, key, attributes in edges:
        data = {k: _xml_value(v) for k, v in attributes.items()}
        plain.add_edge(_xml_safe(subject), _xml_safe(object_), key=_xml_safe(key), **data)
    # Not write_graphml: that writes other bytes where lxml happens to be installed.
    body = "\n".join(nx.generate_graphml(plain))
    return f"<?xml version='1.0' encoding='utf-8'?>\n{body}\n".encode()


def _xml_value(value: object) -> str | int:
    """Give an attribute as a number or a string."""
    if isinstance(value, int):
        return value
    return _xml_safe(" ".join(map(str, value)) if isinstance(value, tuple) else str(value))


def _xml_safe(text: str) -> str:
    """Replace what XML 1.0 cannot hold."""
    return re.sub("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", text)


# ── Order ───────────────────────────────────────────────────────────────────────────────────────


def _ordered_graphs(dataset: Dataset) -> list[Graph]:
    """Give the non-empty graphs of a dataset: by part, then by name."""
    ranks = {part: rank for rank, part in enumerate(dict.fromkeys((*TEXT_PARTS, *Part)))}
    graphs = [graph for graph in dataset.graphs() if len(graph)]

    def key(graph: Graph) -> tuple[int, str]:
        part = part_of(graph.identifier)
        return (len(ranks) if part is None else ranks[part], str(graph.identifier))

    return sorted(graphs, key=key)


def _group(subject: Node) -> str:
    """Tell under which banner a subject stands."""
    iri = str(subject)
    if iri.startswith(vocab.TEXT):
        _, _, local = iri.removeprefix(vocab.TEXT).partition("/")
        passages = ("char-", "target-", "quote-", "position-")
        return "passage" if local.startswith(passages) else "text"
    for base, group in (
        (vocab.CONCEPT, "concept"),
        (vocab.CLAIM, "claim"),
        (vocab.MAPPING, "mapping"),
        (f"{vocab.BASE}dataset", "dataset"),
        (vocab.GRAPH, "dataset"),
        (f"{vocab.BASE}agent/", "text"),
        (f"{vocab.BASE}concepts", "concept"),
    ):
        if iri.startswith(base):
            return group
    return "other"


def _reading_order(graph: Graph) -> Callable[[Node], _Key]:
    """Make the sort key of subjects: by group; claims by sentence and words; else by name."""
    places: dict[Node, _Key] = {}
    for claim in graph.subjects(RDF.type, CG.Claim):
        sentence = graph.value(claim, PROV.wasQuotedFrom)
        words = graph.value(claim, CG.objectMention)
        places[claim] = (_natural(str(sentence)), _natural(str(words)))
    ranks = {group: rank for rank, (group, _) in enumerate(_BANNERS)}

    def key(subject: Node) -> _Key:
        name = str(subject)
        return (ranks[_group(subject)], places.get(subject, ()), _natural(name), name)

    return key


def _triple_key(triple: Triple) -> _Key:
    """Order the triples of a subject: class first, then label, then by name."""
    _, predicate, object_ = triple
    name = str(predicate)
    rank = _FIRST.index(name) if name in _FIRST else len(_FIRST)
    return (rank, name, str(to_ox(object_)))


def _natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sort numbers inside names by their value: sentence-9 before sentence-10."""
    return tuple(
        # As long as it is without leading zeros: int() refuses thousands of digits.
        (1, len(piece.lstrip("0")), piece.lstrip("0")) if number % 2 else (0, 0, piece)
        for number, piece in enumerate(re.split(r"([0-9]+)", text))
    )


# ── Terms ───────────────────────────────────────────────────────────────────────────────────────


def _graph_name(graph: Graph) -> ox.NamedNode | ox.DefaultGraph:
    """Turn the name of a graph; rdflib gives even the one without a name an IRI."""
    if graph.identifier == DATASET_DEFAULT_GRAPH_ID:
        return ox.DefaultGraph()
    return name_to_ox(graph.identifier)


def _quad(triple: Triple, name: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    """Turn a triple of a named graph."""
    subject, predicate, object_ = triple
    return ox.Quad(name_to_ox(subject), name_to_ox(predicate), to_ox(object_), name)


def _triple(triple: Triple) -> ox.Triple:
    """Turn a triple."""
    subject, predicate, object_ = triple
    return ox.Triple(name_to_ox(subject), name_to_ox(predicate), to_ox(object_))


def _compact(node: Node) -> str:
    """Shorten an IRI by the known prefixes where that is safe."""
    iri = name_to_ox(node).value
    if iri.partition(":")[0] in PREFIXES:
        raise GraphError(f"{iri} would be read as an abbreviation", repair="write the IRI in full")
    for prefix, base in PREFIXES.items():
        local = iri.removeprefix(base)
        if local != iri and re.fullmatch(r"[A-Za-z0-9_.-]+", local):
            return f"{prefix}:{local}"
    return iri


def _json_value(node: Node) -> object:
    """Write a term as a JSON-LD value."""
    if isinstance(node, Literal):
        if node.language is not None:
            return {"@value": str(node), "@language": node.language}
        if node.datatype == XSD.integer and re.fullmatch(r"0|-?[1-9][0-9]{0,14}", str(node)):
            # Only what every JSON reader gives back digit for digit.
            return int(str(node))
        if node.datatype is not None:
            return {"@value": str(node), "@type": _compact(node.datatype)}
        return str(node)
    return {"@id": _compact(node)}


# ── Turtle, cosmetics ───────────────────────────────────────────────────────────────────────────


def _known_prefixes(graph: Graph) -> dict[str, str]:
    """Give all prefixes, and one for each text of a graph."""
    texts = sorted({str(t) for t in graph.subjects(RDF.type, CG.Text)})
    of_texts = {
        "text" if len(texts) == 1 else f"text{number}": f"{iri}/"
        for number, iri in enumerate(texts, start=1)
    }
    return dict(sorted({**PREFIXES, **of_texts}.items()))


_LITERAL = re.compile(r'"(?:[^"\\\n]|\\.)*"')  # words in it may look like a prefix


def _with_head(prefixes: Mapping[str, str], body: str) -> str:
    """Put before a body the lines for the prefixes that stand in it."""
    found = set(re.findall(r"(?<![\w.-])([a-z0-9]+):", _LITERAL.sub("", body)))
    lines = [f"@prefix {p}: <{base}> .\n" for p, base in prefixes.items() if p in found]
    return "".join(lines) + body


def _without_head(turtle: str) -> str:
    """Drop the prefix lines that every piece repeats."""
    return re.sub(r"\A(?:@prefix [^\n]*\n)*", "", turtle)


def _spaced(turtle: str) -> str:
    """Put a blank line between subjects. Literals never hold a line end: they are escaped."""
    return re.sub(r" \.\n(?=.)", " .\n\n", turtle)


def _text(data: bytes | None) -> str:
    """Decode what pyoxigraph wrote."""
    return (data or b"").decode("utf-8")
