"""Make the multigraph: concepts are nodes, what is said of them are edges."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import networkx as nx
from rdflib import DCTERMS, RDF, RDFS, Graph
from rdflib.term import Node

from claimgraph.errors import NotFoundError
from claimgraph.graph import CG, read_concept, term, text_iri
from claimgraph.model import Certainty, Claim, Concept, Modality, Polarity, Relation
from claimgraph.ontology import load_concepts
from claimgraph.vocab import BACKGROUND, CONCEPT

CERTAINTY_ORDER = (
    Certainty.ASSERTED,
    Certainty.POSSIBLE,
    Certainty.PROJECTED,
    Certainty.INTENDED,
)
"""From what the author states to what the author only wishes for."""


class Origin(StrEnum):
    """Where an edge or a node comes from."""

    TEXT = "text"
    BACKGROUND = "background"
    CHAIN = "chain"


def weakest(certainties: Iterable[Certainty]) -> Certainty:
    """Give the least sure of some certainties.

    >>> weakest([Certainty.ASSERTED, Certainty.PROJECTED, Certainty.POSSIBLE]).value
    'projected'
    """
    return max(certainties, key=CERTAINTY_ORDER.index)


def to_network(claims: Iterable[Claim], graph: Graph | None = None) -> nx.MultiDiGraph[str]:
    """Make the network of concepts.

    Args:
        claims: claims of one or more texts.
        graph: where background statements and the words of sentences are read from: the dataset of
            a build, or `ontology.background_graph`; nothing for the claims alone.

    Returns:
        Nodes are concept ids, with `label`, `category`, `origin` (text or background) and
        `statements`, the ids of the claims that say something of the concept in words only: their
        object is no concept, so they are no edges.

        Edges are keyed by claim id, by background id, or for a chain step by the ids of both
        claims. All have `origin`, `relation`, `type`, `polarity`, `certainty`, `modality`, `quote`,
        `sentence` (its number, 0 if none), `text`, `words` (the sentence) and `source`; those that
        do not apply are empty strings. A chain step stands for "B goes via A": it leads from the
        object of A to the object of B and carries B's words.
    """
    source = Graph() if graph is None else graph
    ordered = sorted(claims, key=lambda c: (c.text_id, c.sort_key))
    background = list(_background(source))
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    in_text = {m.concept for c in ordered for m in (c.subject, c.object) if m.concept is not None}
    beside = {concept for statement in background for concept in statement.ends}
    statements: dict[Concept, list[str]] = {}
    for claim in ordered:
        if claim.subject.concept is not None and claim.object.concept is None:
            statements.setdefault(claim.subject.concept, []).append(claim.id)
    for concept in sorted(in_text | beside):
        network.add_node(
            concept.id,
            label=concept.label,
            category=concept.category.value,
            origin=(Origin.TEXT if concept in in_text else Origin.BACKGROUND).value,
            statements=tuple(statements.get(concept, ())),
        )
    by_id = {claim.id: claim for claim in ordered}
    for claim in ordered:
        if claim.subject.concept is None or claim.object.concept is None:
            continue
        words = _words(source, claim)
        subject, object_ = claim.subject.concept.id, claim.object.concept.id
        network.add_edge(subject, object_, key=claim.id, **_text_edge(claim, words))
        for earlier in (by_id[id_] for id_ in claim.via if id_ in by_id):
            if earlier.object.concept is not None and earlier.object.concept.id != object_:
                network.add_edge(
                    earlier.object.concept.id,
                    object_,
                    key=f"{earlier.id}-{claim.id}",
                    **_text_edge(claim, words, earlier),
                )
    for statement in background:
        subject, object_ = (concept.id for concept in statement.ends)
        network.add_edge(
            subject,
            object_,
            key=f"background/{statement.id}",
            origin=Origin.BACKGROUND.value,
            relation=statement.relation.value,
            type="",
            polarity=Polarity.AFFIRMED.value,
            certainty=Certainty.ASSERTED.value,
            modality=Modality.FACTUAL.value,
            claim="",
            quote="",
            sentence=0,
            text="",
            words=statement.comment,
            source=statement.source,
        )
    return network


@dataclass(frozen=True, slots=True)
class _Background:
    """One statement of the background graph."""

    id: str
    ends: tuple[Concept, Concept]
    relation: Relation
    source: str
    comment: str


def _background(graph: Graph) -> Iterator[_Background]:
    """Read the background statements, by name."""
    relations: dict[Node | None, Relation] = {term(relation): relation for relation in Relation}
    for node in sorted(graph.subjects(RDF.type, CG.BackgroundStatement), key=str):
        ends = [graph.value(node, end) for end in (RDF.subject, RDF.object)]
        relation = relations.get(graph.value(node, RDF.predicate))
        concepts = [_concept(graph, end) for end in ends if end is not None]
        if relation is not None and len(concepts) == 2:
            yield _Background(
                id=str(node).removeprefix(BACKGROUND),
                ends=(concepts[0], concepts[1]),
                relation=relation,
                source=str(graph.value(node, DCTERMS.source) or ""),
                comment=str(graph.value(node, RDFS.comment) or ""),
            )


def _concept(graph: Graph, node: Node) -> Concept:
    """Read a concept from the graph, or where only background is given, from the ontology."""
    if (node, RDF.type, None) in graph:
        return read_concept(graph, node)
    return load_concepts()[str(node).removeprefix(CONCEPT)]


def _words(graph: Graph, claim: Claim) -> str:
    """Look up the sentence of a claim."""
    sentence = text_iri(claim.text_id, f"sentence-{claim.sentence}")
    return str(graph.value(sentence, CG.text) or "")


def _text_edge(claim: Claim, words: str, earlier: Claim | None = None) -> dict[str, object]:
    """Describe an edge that rests on a claim, or on a claim that goes via an earlier one.

    A chain is no surer, and no more affirmed or factual, than either of its two claims.
    """
    both = (claim,) if earlier is None else (claim, earlier)
    negated = any(c.polarity is Polarity.NEGATED for c in both)
    normative = any(c.modality is Modality.NORMATIVE for c in both)
    return {
        "origin": (Origin.TEXT if earlier is None else Origin.CHAIN).value,
        "relation": claim.relation.value,
        "type": claim.type.value,
        "polarity": (Polarity.NEGATED if negated else Polarity.AFFIRMED).value,
        "certainty": weakest(c.certainty for c in both).value,
        "modality": (Modality.NORMATIVE if normative else Modality.FACTUAL).value,
        "claim": claim.id,
        "quote": claim.quote.text,
        "sentence": claim.sentence,
        "text": claim.text_id,
        "words": words,
        "source": "",
    }


def require_concept(network: nx.MultiDiGraph[str], concept: str) -> None:
    """Refuse a concept that the network does not have."""
    if concept not in network:
        near = difflib.get_close_matches(concept, sorted(network), n=3)
        raise NotFoundError(
            f"no concept {concept!r} in the network",
            repair=f"try {', '.join(near)}" if near else "name a concept by its id",
        )
