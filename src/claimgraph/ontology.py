"""Load the ontology folder: vocabulary, concepts, mappings, background."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

import yaml
from rdflib import DCTERMS, RDF, RDFS, SKOS, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from claimgraph.errors import OntologyError, Place
from claimgraph.files import decode, read_bytes
from claimgraph.lexicon import load_lexicon
from claimgraph.model import Category, Concept, QualifierType, Relation
from claimgraph.rdf import read_graph
from claimgraph.resources import carried_folder
from claimgraph.vocab import BACKGROUND, CG, CLOSED_LISTS, CONCEPT, MAPPING, local_name

SSSOM = Namespace("https://w3id.org/sssom/")
_CG = Namespace(CG)

EXACT = "skos:exactMatch"
_PREDICATES = {
    EXACT: SKOS.exactMatch,
    "skos:closeMatch": SKOS.closeMatch,
    "skos:narrowMatch": SKOS.narrowMatch,
    "skos:broadMatch": SKOS.broadMatch,
    "skos:relatedMatch": SKOS.relatedMatch,
}
_REGISTRY = "https://bioregistry.io/"
_LEXICON = "the lexicon of claimgraph; its NOTICE.md names sources, versions and licences"
_COLUMNS = (
    "subject_id",
    "subject_label",
    "predicate_modifier",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "object_source_version",
    "other",
    "comment",
)


@dataclass(frozen=True, slots=True)
class ConceptMapping:
    """One row of the SSSOM table: a concept and an identifier elsewhere.

    `predicate` is a SKOS mapping relation as a CURIE. A rejected mapping records a trap: the name
    fits and the meaning does not.
    """

    concept: str
    predicate: str
    object_id: str
    object_iri: str
    object_label: str
    source: str
    note: str
    rejected: bool

    @property
    def iri(self) -> URIRef:
        """The name of the mapping itself, made of what it maps."""
        return URIRef(f"{MAPPING}{self.concept}--{self.object_id.replace(':', '-')}")


def ontology_file(name: str) -> Path:
    """Give the path of a file of the ontology folder."""
    return carried_folder("ontology") / name


@cache
def load_vocabulary() -> Graph:
    """Load the vocabulary. The graph is shared: do not change it."""
    return read_graph(ontology_file("vocabulary.ttl"))


@cache
def load_concepts() -> Mapping[str, Concept]:
    """Load the concepts by id.

    Raises:
        OntologyError: if a concept has no label or not exactly one category.
    """
    path = ontology_file("concepts.ttl")
    graph = read_graph(path)
    concepts = {}
    for iri in sorted(graph.subjects(RDF.type, SKOS.Concept), key=str):
        id_ = str(iri).removeprefix(CONCEPT)
        categories = [c for c in Category if (iri, RDF.type, _CG[c.value]) in graph]
        labels = sorted(str(label) for label in graph.objects(iri, SKOS.prefLabel))
        if len(categories) != 1 or len(labels) != 1:
            raise OntologyError(
                f"concept {id_!r} has {len(categories)} categories and {len(labels)} labels",
                where=Place(str(path)),
                repair="give it exactly one class of the vocabulary and one skos:prefLabel",
            )
        concepts[id_] = Concept(id_, labels[0], categories[0])
    return concepts


@cache
def load_prefixes() -> Mapping[str, str]:
    """Load the prefixes of identifiers, with the beginning of the IRIs that they stand for.

    Raises:
        OntologyError: if the table of mappings does not name them.
    """
    path = ontology_file("mappings.sssom.tsv")
    return _read_prefixes(decode(read_bytes(path), path).splitlines(), path)


def _read_prefixes(lines: Iterable[str], path: Path) -> Mapping[str, str]:
    """Read the prefixes out of the head of an SSSOM table."""
    head = yaml.safe_load("\n".join(line[1:] for line in lines if line.startswith("#")))
    curie_map = head.get("curie_map") if isinstance(head, dict) else None
    if not isinstance(curie_map, dict):
        raise OntologyError(
            "no curie_map", where=Place(str(path), 1), repair="put it into the head, as SSSOM says"
        )
    return curie_map


@cache
def load_mappings() -> tuple[ConceptMapping, ...]:
    """Load the table of mappings, sorted.

    Raises:
        OntologyError: if a row is malformed, names an unknown prefix or predicate, or gives a
            concept a second exact match in the same identifier space.
    """
    path = ontology_file("mappings.sssom.tsv")
    lines = decode(read_bytes(path), path).splitlines()
    header = [line for line in lines if line.startswith("#")]
    curie_map = _read_prefixes(lines, path)
    rows = csv.DictReader(lines[len(header) :], delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(rows.fieldnames or ()) != _COLUMNS:
        raise OntologyError(
            "unexpected columns", where=Place(str(path)), repair=f"use: {', '.join(_COLUMNS)}"
        )
    mappings = []
    exact: dict[tuple[str, str], list[str]] = defaultdict(list)
    for line, row in enumerate(rows, start=len(header) + 2):
        if None in row or None in row.values():
            raise OntologyError(
                f"not {len(_COLUMNS)} cells",
                where=Place(str(path), line),
                repair="put one tab between each two cells, empty ones too",
            )
        prefix, _, local = row["object_id"].partition(":")
        if row["predicate_id"] not in _PREDICATES or prefix not in curie_map:
            raise OntologyError(
                f"unknown predicate or prefix: {row['predicate_id']} {row['object_id']}",
                where=Place(str(path), line),
                repair="use a skos mapping relation, and a prefix of the curie_map",
            )
        mapping = ConceptMapping(
            concept=row["subject_id"].removeprefix("concept:"),
            predicate=row["predicate_id"],
            object_id=row["object_id"],
            object_iri=curie_map[prefix] + local,
            object_label=row["object_label"],
            source=row["object_source_version"],
            note="; ".join(filter(None, (row["other"], row["comment"]))),
            rejected=row["predicate_modifier"] == "Not",
        )
        if mapping.predicate == EXACT and not mapping.rejected:
            exact[mapping.concept, prefix].append(mapping.object_id)
            if len(exact[mapping.concept, prefix]) > 1:
                raise OntologyError(
                    f"{mapping.concept} has two exact matches in {prefix}",
                    where=Place(str(path), line),
                    repair="keep the better one exact and grade the other",
                )
        mappings.append(mapping)
    return tuple(sorted(mappings, key=lambda m: (m.concept, m.rejected, m.predicate, m.object_id)))


def concepts_graph() -> Graph:
    """Give the concepts with their mappings, each mapping with its source, as triples."""
    graph = read_graph(ontology_file("concepts.ttl"))
    for mapping in load_mappings():
        concept, target = URIRef(CONCEPT + mapping.concept), URIRef(mapping.object_iri)
        kind = _CG.MappingRejection if mapping.rejected else SSSOM.Mapping
        if not mapping.rejected:
            graph.add((concept, _PREDICATES[mapping.predicate], target))
        graph.add((mapping.iri, RDF.type, kind))
        graph.add((mapping.iri, SSSOM.subject_id, concept))
        graph.add((mapping.iri, SSSOM.predicate_id, _PREDICATES[mapping.predicate]))
        graph.add((mapping.iri, SSSOM.object_id, target))
        graph.add((mapping.iri, SKOS.notation, Literal(mapping.object_id)))
        graph.add((mapping.iri, DCTERMS.source, Literal(mapping.source)))
        if mapping.object_label:
            graph.add((mapping.iri, SSSOM.object_label, Literal(mapping.object_label)))
        if mapping.note:
            graph.add((mapping.iri, SSSOM.comment, Literal(mapping.note)))
    return graph


def lexicon_graph(concepts: Iterable[Concept]) -> Graph:
    """Give what the lexicon knows of concepts that nobody has written down: identifiers and names.

    Each identifier is an exact match, with a mapping that says that it comes from the lexicon; each
    name in the form in which names are compared is a hidden label, because no text wrote it so.
    Concepts of `concepts.ttl` have their own mappings and are left out.
    """
    graph = Graph()
    curated = load_concepts()
    found = load_lexicon().describe({one for one in concepts if one.id not in curated})
    for concept, known in found.items():
        node = URIRef(CONCEPT + concept.id)
        for curie in known.identifiers:
            prefix, _, local = curie.partition(":")
            target = URIRef(load_prefixes().get(prefix, f"{_REGISTRY}{prefix}:") + local)
            mapping = URIRef(f"{MAPPING}{concept.id}--{prefix}-{quote(local)}")
            graph.add((node, SKOS.exactMatch, target))
            graph.add((mapping, RDF.type, SSSOM.Mapping))
            graph.add((mapping, SSSOM.subject_id, node))
            graph.add((mapping, SSSOM.predicate_id, SKOS.exactMatch))
            graph.add((mapping, SSSOM.object_id, target))
            graph.add((mapping, SKOS.notation, Literal(curie)))
            graph.add((mapping, DCTERMS.source, Literal(f"{prefix}, through {_LEXICON}")))
        for label in known.names:
            graph.add((node, SKOS.hiddenLabel, Literal(label, lang="en")))
    return graph


def background_graph() -> Graph:
    """Give the background statements together with the triples they state.

    Raises:
        OntologyError: if a statement lacks subject, predicate, object or source.
    """
    path = ontology_file("background.ttl")
    graph = read_graph(path)
    for statement in sorted(graph.subjects(RDF.type, _CG.BackgroundStatement), key=str):
        parts = [graph.value(statement, p) for p in (RDF.subject, RDF.predicate, RDF.object)]
        if None in parts or graph.value(statement, DCTERMS.source) is None:
            raise OntologyError(
                f"background statement {str(statement).removeprefix(BACKGROUND)!r} is incomplete",
                where=Place(str(path)),
                repair="give rdf:subject, rdf:predicate, rdf:object and dcterms:source",
            )
        graph.add((parts[0], parts[1], parts[2]))  # type: ignore[arg-type]
    return graph


# ── The vocabulary for people ───────────────────────────────────────────────────────────────────

_SCHEMA = Namespace("http://schema.org/")
_ALIGNMENTS = (
    ("≈", SKOS.closeMatch),
    ("⊂", SKOS.broadMatch),
    ("~", SKOS.relatedMatch),
    ("⊑", RDFS.subPropertyOf),
)
_SHORT = {
    CG: "cg:",
    "http://purl.obolibrary.org/obo/": "obo:",
    "http://schema.org/": "schema:",
    "http://www.wikidata.org/prop/direct/": "wdt:",
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#": "nif:",
    "https://w3id.org/biolink/vocab/": "biolink:",
    str(SKOS): "skos:",
}


def render_terms() -> str:
    """Write the vocabulary as Markdown tables: the part of `ontology/README.md` that is made.

    Every term of the vocabulary stands in one table, the closed lists in the order of the model.
    """
    graph = load_vocabulary()
    left = {node for node in graph.subjects(RDFS.label, None) if str(node).startswith(CG)}
    lines: list[str] = []

    def table(title: str, names: Iterable[str], *columns: str) -> None:
        nodes = [_CG[name] for name in names]
        left.difference_update(nodes)
        lines.extend(
            ["", f"### {title}", "", _row(("term", *columns)), "|---" * len(columns) + "|---|"]
        )
        lines.extend(
            _row((f"`{_short(node)}`", *(_CELLS[column](graph, node) for column in columns)))
            for node in nodes
        )

    table("Classes of concepts", map(local_name, Category), "meaning", "aligned with")
    table("Relations", map(local_name, Relation), "from", "to", "meaning", "aligned with")
    table("Qualifiers of a claim", map(local_name, QualifierType), "meaning")
    for members in CLOSED_LISTS:
        left.discard(_CG[members.__name__])
        title = f"`cg:{members.__name__}`: {graph.value(_CG[members.__name__], SKOS.definition)}"
        table(title.rstrip("."), map(local_name, members), "meaning")
    rest = sorted(str(node).removeprefix(CG) for node in left)
    table("Other classes", [name for name in rest if name[0].isupper()], "meaning", "aligned with")
    rest = [name for name in rest if not name[0].isupper()]
    table("Other properties", rest, "meaning", "aligned with")
    return "\n".join(lines[1:]) + "\n"


def _row(cells: Iterable[str]) -> str:
    """Write a row of a Markdown table."""
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def _short(node: Node) -> str:
    """Shorten an IRI by its prefix."""
    for base, prefix in _SHORT.items():
        if str(node).startswith(base):
            return prefix + str(node).removeprefix(base)
    return str(node)


def _kinds(graph: Graph, node: Node, side: Node) -> str:
    """Say what a relation takes on one side."""
    labels = (graph.value(kind, RDFS.label) for kind in graph.objects(node, side))
    kinds = sorted("words" if label is None else str(label) for label in labels)
    return "anything" if kinds == ["entity"] else ", ".join(kinds)


def _aligned(graph: Graph, node: Node) -> str:
    """List what a term is aligned with."""
    return ", ".join(
        f"{sign} `{_short(other)}`"
        for sign, predicate in _ALIGNMENTS
        for other in sorted(graph.objects(node, predicate), key=str)
    )


_CELLS: Mapping[str, Callable[[Graph, Node], str]] = {
    "meaning": lambda graph, node: str(graph.value(node, SKOS.definition)),
    "from": lambda graph, node: _kinds(graph, node, _SCHEMA.domainIncludes),
    "to": lambda graph, node: _kinds(graph, node, _SCHEMA.rangeIncludes),
    "aligned with": _aligned,
}
