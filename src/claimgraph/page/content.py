"""Gather what the page tells: the text, its claims, what they are about, and what ties them.

The result is plain data for JSON. Offsets stay as published: code points of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from itertools import groupby
from typing import Any

import networkx as nx
from rdflib import RDF, RDFS, SKOS, Graph
from rdflib.term import Node

from claimgraph import vocab
from claimgraph.graph import CG, CONCEPT, phrase, term
from claimgraph.model import Category, Claim, ClaimType, Document, EvidenceBasis, Method, Relation
from claimgraph.network import Origin, mechanism_steps, tensions
from claimgraph.ontology import SSSOM
from claimgraph.page.chart import CHART_TITLES
from claimgraph.page.columns import (
    arrow_columns,
    claim_columns,
    sentence_columns,
    step_columns,
)
from claimgraph.page.drawing import SIGNS, caption, group_of
from claimgraph.page.picture import LANE_TITLES, Lane, Picture

Record = dict[str, Any]


def gather(
    documents: Sequence[Document],
    claims: Sequence[Claim],
    graph: Graph,
    network: nx.MultiDiGraph[str],
    picture: Picture,
    title: str,
) -> Record:
    """Gather the page's data.

    Args:
        documents: the texts, by id.
        claims: their claims, by text and place.
        graph: what is known beside the claims: definitions, identifiers, background, vocabulary.
        network: the network of the claims.
        picture: how it is arranged.
        title: of all the texts together.
    """
    numbers = {name: number for number, name in enumerate(picture.lanes)}
    claim_numbers = {claim.id: number for number, claim in enumerate(claims)}
    shown = {key for arrow in picture.arrows for key in arrow.keys}
    only = documents[0] if len(documents) == 1 else None
    return {
        "text": {
            "id": "texts" if only is None else only.id,
            "title": title,
            "language": "en" if only is None else only.citation.language,
        },
        "texts": [_text(document) for document in documents],
        "claims": claim_columns(claims, documents, numbers, picture.arrows),
        "concepts": _concepts(graph, network, picture),
        "background": {
            key: {"source": data["source"], "comment": data["words"]}
            for _, _, key, data in sorted(network.edges(keys=True, data=True), key=lambda e: e[2])
            if data["origin"] == Origin.BACKGROUND and key in shown
        },
        "arrows": arrow_columns(picture.arrows, numbers, claim_numbers),
        "boxes": [
            {
                "concept": box.concept,
                "lines": list(box.lines),
                "lane": box.lane.value if box.lane is not None else "",
                "size": [box.place.width, box.place.height],
            }
            for box in picture.boxes
        ],
        "frames": [
            {
                "title": (CHART_TITLES if picture.is_chart else LANE_TITLES)[frame.lane],
                "lane": frame.lane.value,
                "box": [frame.x, frame.y, frame.width, frame.height],
                "columns": frame.columns,
            }
            for frame in picture.frames
        ],
        "isChart": picture.is_chart,
        "hub": picture.hub,
        "steps": step_columns(mechanism_steps(network), picture.arrows),
        "tensions": [
            [
                tension.kind.value,
                claim_numbers[tension.first.id],
                claim_numbers[tension.second.id],
                tension.reason,
            ]
            for _, said in groupby(claims, key=lambda claim: claim.text_id)
            for tension in tensions(said)
        ],
        "terms": _terms(graph),
        "bases": {
            "claim": vocab.CLAIM,
            "concept": vocab.CONCEPT,
            "text": vocab.TEXT,
            "background": vocab.BACKGROUND,
            "vocabulary": vocab.CG,
        },
    }


def _text(document: Document) -> Record:
    """Describe the text."""
    citation = document.citation
    known = {
        "author": citation.author,
        "publisher": citation.publisher,
        "date": citation.date,
        "licence": citation.licence,
        "url": citation.url,
        "note": citation.note,
    }
    return {
        "id": document.id,
        "title": citation.title,
        "language": citation.language,
        "sha256": document.sha256,
        "content": document.text,
        "known": {name: value for name, value in known.items() if value is not None},
        "sections": [
            {
                "number": section.number,
                "kind": section.kind.value,
                "heading": section.heading or "",
                "span": [section.span.start, section.span.end],
                "isContent": section.is_content,
            }
            for section in document.sections
        ],
        "sentences": sentence_columns(document),
    }


def _lean(record: Record) -> Record:
    """Leave out what is empty; the page puts it back."""
    return {name: value for name, value in record.items() if value not in ("", [], None, False)}


def _concepts(graph: Graph, network: nx.MultiDiGraph[str], picture: Picture) -> Record:
    """Write the concepts, best connected first, and what is known of those that have a name."""
    categories, lanes = list(Category), list(Lane)
    described = set(graph.objects(None, SSSOM.subject_id))
    described.update(graph.subjects(SKOS.definition), graph.subjects(SKOS.altLabel))
    nodes = [network.nodes[name] for name in picture.lanes]
    return {
        "ids": list(picture.lanes),
        "labels": [node["label"] for node in nodes],
        "categories": [category.value for category in categories],
        "category": [categories.index(Category(node["category"])) for node in nodes],
        "lanes": [lane.value for lane in lanes],
        "lane": [-1 if lane is None else lanes.index(lane) for lane in picture.lanes.values()],
        "background": [
            number for number, node in enumerate(nodes) if node["origin"] == Origin.BACKGROUND
        ],
        "more": {
            number: more
            for number, name in enumerate(picture.lanes)
            if CONCEPT[name] in described and (more := _concept(graph, name))
        },
    }


def _concept(graph: Graph, name: str) -> Record:
    """Describe a concept: what it means and which identifiers it has elsewhere."""
    node = CONCEPT[name]
    record = {
        "definition": str(graph.value(node, SKOS.definition) or ""),
        "synonyms": sorted(str(label) for label in graph.objects(node, SKOS.altLabel)),
        "identifiers": sorted(
            _identifiers(graph, node),
            key=lambda i: ("isRefused" in i, i["strength"] != "exactMatch", i.get("id", "")),
        ),
    }
    return _lean(record)


def _identifiers(graph: Graph, concept: Node) -> Iterator[Record]:
    """Read the mappings of a concept, refused ones among them."""
    for mapping in graph.subjects(SSSOM.subject_id, concept):
        strength = str(graph.value(mapping, SSSOM.predicate_id) or "")
        is_refused = (mapping, RDF.type, CG.MappingRejection) in graph
        yield _lean(
            {
                "id": str(graph.value(mapping, SKOS.notation) or ""),
                "iri": str(graph.value(mapping, SSSOM.object_id) or ""),
                "label": str(graph.value(mapping, SSSOM.object_label) or ""),
                "strength": strength.removeprefix(str(SKOS)),
                "isRefused": is_refused,
                # Why a name that fits is not the thing; other notes are for curators.
                "note": str(graph.value(mapping, SSSOM.comment) or "") if is_refused else "",
            }
        )


def _terms(graph: Graph) -> Record:
    """Give words for all closed lists, from the vocabulary where it is at hand."""

    def say(member: StrEnum, default: str) -> Record:
        node = term(member)
        return {
            "label": str(
                graph.value(node, RDFS.label) or graph.value(node, SKOS.prefLabel) or default
            ),
            "definition": str(graph.value(node, SKOS.definition) or ""),
        }

    def plain(kinds: Iterable[StrEnum]) -> Record:
        return {kind.value: say(kind, kind.value.replace("-", " ")) for kind in kinds}

    def names(kinds: Iterable[StrEnum]) -> Record:
        return {name: words["label"] for name, words in plain(kinds).items()}

    relations = {
        relation.value: {
            **say(relation, phrase(relation)),
            "phrase": phrase(relation),
            "caption": caption(relation),
            "group": group_of(relation),
        }
        for relation in Relation
    }
    return {
        "relation": relations,
        "type": plain(ClaimType),
        "category": plain(Category),
        "evidence": names(EvidenceBasis),
        "method": names(Method),
        "signs": dict(SIGNS),
    }
