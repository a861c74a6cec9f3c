"""Gather what the page tells: the text, its claims, what they are about, and what ties them.

The result is plain data for JSON. Offsets stay as published: code points of the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

import networkx as nx
from rdflib import RDF, RDFS, SKOS, Graph
from rdflib.term import Node

from claimgraph import vocab
from claimgraph.graph import CG, CONCEPT, phrase, term
from claimgraph.model import (
    Category,
    Certainty,
    Claim,
    ClaimType,
    Document,
    EvidenceBasis,
    Mention,
    Method,
    Modality,
    Passage,
    Polarity,
    Relation,
)
from claimgraph.network import Origin, Step, mechanism_steps, tensions
from claimgraph.ontology import SSSOM
from claimgraph.page.drawing import SIGNS, caption, group_of, voice_of
from claimgraph.page.picture import LANE_TITLES, Arrow, Picture

Record = dict[str, Any]


def gather(
    document: Document,
    claims: Iterable[Claim],
    graph: Graph,
    network: nx.MultiDiGraph[str],
    picture: Picture,
) -> Record:
    """Gather the page's data.

    Args:
        document: the text.
        claims: its claims.
        graph: the dataset built from them, for definitions, identifiers and background.
        network: the network of the claims.
        picture: how it is arranged.
    """
    ordered = sorted(claims, key=lambda c: c.sort_key)
    return {
        "text": _text(document),
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
        "sentences": [
            {
                "number": sentence.number,
                "section": sentence.section,
                "span": [sentence.span.start, sentence.span.end],
            }
            for sentence in document.sentences
        ],
        "claims": [_claim(claim) for claim in ordered],
        "concepts": {name: _concept(graph, network, name) for name in sorted(network)},
        "background": {
            key: {"source": data["source"], "comment": data["words"]}
            for _, _, key, data in sorted(network.edges(keys=True, data=True), key=lambda e: e[2])
            if data["origin"] == Origin.BACKGROUND
        },
        "arrows": [_arrow(arrow) for arrow in picture.arrows],
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
                "title": LANE_TITLES[frame.lane],
                "lane": frame.lane.value,
                "box": [frame.x, frame.y, frame.width, frame.height],
            }
            for frame in picture.frames
        ],
        "hub": picture.hub,
        "steps": [_step(step) for step in mechanism_steps(network)],
        "tensions": [
            {
                "kind": tension.kind.value,
                "first": tension.first.id,
                "second": tension.second.id,
                "reason": tension.reason,
            }
            for tension in tensions(ordered)
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
    }


def _lean(record: Record) -> Record:
    """Leave out what is empty; the page puts it back."""
    return {name: value for name, value in record.items() if value not in ("", [], None, False)}


def _claim(claim: Claim) -> Record:
    """Describe a claim."""
    record = {
        "id": claim.id,
        "key": claim.key or "",
        "sentence": claim.sentence,
        "quote": _span(claim.quote),
        "subject": _mention(claim.subject),
        "relation": claim.relation.value,
        "object": _mention(claim.object),
        "type": claim.type.value,
        "polarity": "" if claim.polarity is Polarity.AFFIRMED else claim.polarity.value,
        "certainty": "" if claim.certainty is Certainty.ASSERTED else claim.certainty.value,
        "modality": "" if claim.modality is Modality.FACTUAL else claim.modality.value,
        "voice": voice_of(claim.polarity, claim.certainty, claim.modality),
        "evidence": ""
        if claim.evidence is EvidenceBasis.AUTHOR_STATEMENT
        else claim.evidence.value,
        "cue": _span(claim.cue),
        "qualifiers": [[q.type.value, *_span(q.passage)] for q in claim.qualifiers],
        "method": "" if claim.method is Method.REVIEWED else claim.method.value,
        "confidence": claim.confidence,
        "via": list(claim.via),
        "because": list(claim.because),
    }
    return _lean(record)


def _span(passage: Passage | None) -> list[int]:
    """Give the offsets of words, or nothing."""
    return [] if passage is None else [passage.span.start, passage.span.end]


def _mention(mention: Mention) -> Record:
    """Describe a subject or object."""
    concept = mention.concept
    return _lean(
        {
            "concept": None if concept is None else concept.id,
            "span": _span(mention.passage),
            "label": mention.label if concept is None else "",
        }
    )


def _concept(graph: Graph, network: nx.MultiDiGraph[str], name: str) -> Record:
    """Describe a concept: what it means and which identifiers it has elsewhere."""
    node, data = CONCEPT[name], network.nodes[name]
    record = {
        "label": data["label"],
        "category": data["category"],
        "origin": data["origin"],
        "statements": list(data["statements"]),
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


def _arrow(arrow: Arrow) -> Record:
    """Describe an arrow and what it stands for."""
    record = {
        "subject": arrow.subject,
        "object": arrow.object,
        "relation": arrow.relation.value,
        "origin": arrow.origin.value,
        "voice": voice_of(arrow.polarity, arrow.certainty, arrow.modality),
        # A chain rests on two claims, the earlier and the later; all else on one.
        "claims": [key.split("-") for key in arrow.keys]
        if arrow.origin is not Origin.BACKGROUND
        else [],
        "background": list(arrow.keys) if arrow.origin is Origin.BACKGROUND else [],
        "slot": arrow.slot,
    }
    return _lean(record)


def _step(step: Step) -> Record:
    """Describe a step that a mechanism may take."""
    record = {
        "subject": step.subject,
        "object": step.object,
        "relation": step.relation.value,
        "origin": step.origin.value,
        "certainty": "" if step.certainty is Certainty.ASSERTED else step.certainty.value,
        "isBridge": step.is_bridge,
        "claims": [support.claim for support in step.support if support.claim],
        "sources": sorted({support.source for support in step.support if support.source}),
    }
    return _lean(record)


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
