"""Claims to RDF and back: `from_graph(to_graph(claims, document)) == claims`.

What a claim is in RDF is decided in `names` and `triples`, as text; here it comes into rdflib, and
out of it. The same claims always give the same graph, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

from rdflib import DCTERMS, PROV, RDF, SKOS, XSD, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from claimgraph import names, vocab
from claimgraph.errors import GraphError
from claimgraph.model import (
    Category,
    Certainty,
    Claim,
    ClaimType,
    Concept,
    Document,
    EvidenceBasis,
    Mention,
    Method,
    Modality,
    Passage,
    Polarity,
    Qualifier,
    QualifierType,
    Relation,
    Span,
)
from claimgraph.names import Part, describe, phrase
from claimgraph.rdf import parse_quads
from claimgraph.triples import CONTEXT, document_quads
from claimgraph.vocab import local_name

__all__ = [
    "BIOLINK",
    "CG",
    "CLAIM",
    "CONCEPT",
    "CONTEXT",
    "CURATORS",
    "OA",
    "OBO",
    "SCHEMA",
    "SOFTWARE",
    "Part",
    "Triple",
    "claim_iri",
    "describe",
    "direct_triple",
    "from_graph",
    "graph_iri",
    "passage_iri",
    "phrase",
    "read_concept",
    "read_sentences",
    "term",
    "text_iri",
    "to_graph",
]

CG = Namespace(vocab.CG)
CONCEPT = Namespace(vocab.CONCEPT)
CLAIM = Namespace(vocab.CLAIM)
OA = Namespace(names.OA)
BIOLINK = Namespace(names.BIOLINK)
OBO = Namespace(names.OBO)
SCHEMA = Namespace(names.SCHEMA)

CURATORS = URIRef(names.CURATORS)
SOFTWARE = URIRef(names.SOFTWARE)

_T = TypeVar("_T", bound=StrEnum)
Triple = tuple[Node, Node, Node]


# ── Names ───────────────────────────────────────────────────────────────────────────────────────


def graph_iri(part: Part, text_id: str | None = None) -> URIRef:
    """Name a named graph.

    >>> graph_iri(Part.DIRECT, "a").n3(), graph_iri(Part.CONCEPTS).n3()
    ('<https://w3id.org/claimgraph/text/a/direct>', '<https://w3id.org/claimgraph/graph/concepts>')
    """
    return URIRef(names.graph_name(part, text_id)[1:-1])


def text_iri(text_id: str, local: str | None = None) -> URIRef:
    """Name a text, or something in it."""
    return URIRef(names.text_name(text_id, local)[1:-1])


def claim_iri(claim_id: str) -> URIRef:
    """Name a claim."""
    return CLAIM[claim_id]


def passage_iri(text_id: str, span: Span, kind: str = "char") -> URIRef:
    """Name words of a text by where they stand."""
    return URIRef(names.passage_name(text_id, span, kind)[1:-1])


def term(member: StrEnum) -> URIRef:
    """Name a member of a closed list."""
    return CG[local_name(member)]


# ── Claims to RDF ───────────────────────────────────────────────────────────────────────────────


def to_graph(
    claims: Iterable[Claim], document: Document, without_claims: Mapping[int, str] | None = None
) -> Dataset:
    """Turn the claims of a text into a dataset.

    Args:
        claims: claims that have passed the gate.
        document: the text they were read from.
        without_claims: sentences that make no claim, with the reason.

    Returns:
        A dataset with the named graphs claims, direct, provenance (of the text) and concepts (the
        label and class of what the claims are about): what `triples` says, read into rdflib.

    Raises:
        GraphError: if a name makes no IRI, or a text holds half a character.
    """
    return parse_quads("".join(document_quads(claims, document, without_claims)))


def direct_triple(claim: Claim) -> Triple | None:
    """Give the triple that a plain claim supports; nothing for any other claim."""
    if not claim.is_plain or claim.subject.concept is None or claim.object.concept is None:
        return None
    return (
        CONCEPT[claim.subject.concept.id],
        term(claim.relation),
        CONCEPT[claim.object.concept.id],
    )


# ── RDF to claims ───────────────────────────────────────────────────────────────────────────────


def from_graph(graph: Graph) -> tuple[Claim, ...]:
    """Read the claims back out of a graph or dataset that `to_graph` made, or an export of it.

    Returns:
        The claims in text order, texts in alphabetical order.

    Raises:
        GraphError: if a claim lacks a part or has one that the vocabulary does not know.
    """
    claims = []
    for node in graph.subjects(RDF.type, CG.Claim):
        try:
            claims.append(_read_claim(graph, node))
        except ValueError as error:  # a mention of nothing, a confidence that is no number
            raise GraphError(f"claim {node} is malformed: {error}") from None
    return tuple(sorted(claims, key=lambda c: (c.text_id, c.sort_key)))


def read_sentences(graph: Graph) -> dict[tuple[str, int], Passage]:
    """Read the sentences of a graph, by text id and number.

    Raises:
        GraphError: if a sentence lacks its words, number or place.
    """
    found = {}
    for node in graph.subjects(RDF.type, CG.Sentence):
        text_id = str(node).removeprefix(vocab.TEXT).partition("/")[0]
        found[text_id, _number(graph, node, CG.number)] = _read_passage(graph, node)
    return dict(sorted(found.items()))


def _read_claim(graph: Graph, node: Node) -> Claim:
    """Read one claim."""
    target = _one(graph, node, OA.hasTarget)
    text_id = str(_one(graph, target, OA.hasSource)).removeprefix(vocab.TEXT)
    sentence = _one(graph, node, PROV.wasQuotedFrom)
    activity = _one(graph, node, PROV.wasGeneratedBy)
    confidence = _optional(graph, node, CG.confidence)
    key = _optional(graph, node, DCTERMS.identifier)
    cue = _optional(graph, node, CG.cue)
    claim = Claim(
        text_id=text_id,
        sentence=_number(graph, sentence, CG.number),
        quote=_read_quote(graph, target),
        subject=_read_mention(graph, node, RDF.subject, CG.subjectMention),
        relation=_member(Relation, _one(graph, node, RDF.predicate)),
        object=_read_mention(graph, node, RDF.object, CG.objectMention),
        type=_member(ClaimType, _one(graph, node, CG.claimType)),
        polarity=_member(Polarity, _one(graph, node, CG.polarity)),
        certainty=_member(Certainty, _one(graph, node, CG.certainty)),
        modality=_member(Modality, _one(graph, node, CG.modality)),
        evidence=_member(EvidenceBasis, _one(graph, node, CG.evidenceBasis)),
        cue=None if cue is None else _read_passage(graph, cue),
        qualifiers=tuple(
            Qualifier(kind, _read_passage(graph, words))
            for kind in QualifierType
            for words in graph.objects(node, term(kind))
        ),
        method=_member(Method, _one(graph, activity, CG.method)),
        confidence=None if confidence is None else float(str(confidence)),
        key=None if key is None else str(key),
        via=tuple(str(c).removeprefix(vocab.CLAIM) for c in graph.objects(node, CG.via)),
        because=tuple(str(c).removeprefix(vocab.CLAIM) for c in graph.objects(node, CG.because)),
    )
    if claim_iri(claim.id) != node:
        raise GraphError(
            f"claim {node} does not say what its name stands for; its content hashes to {claim.id}",
            repair="export the graph again from its claims instead of editing it",
        )
    return claim


def _read_mention(graph: Graph, claim: Node, role: Node, link: Node) -> Mention:
    """Read a subject or object."""
    node, words = _one(graph, claim, role), _optional(graph, claim, link)
    passage = None if words is None else _read_passage(graph, words)
    return Mention(passage, None if isinstance(node, Literal) else read_concept(graph, node))


def read_concept(graph: Graph, node: Node) -> Concept:
    """Read a concept's label and category.

    Raises:
        GraphError: if either is missing.
    """
    categories = [c for c in Category if (node, RDF.type, term(c)) in graph]
    if len(categories) != 1:
        raise GraphError(f"{node} has {len(categories)} categories of the vocabulary, not one")
    label = str(_one(graph, node, SKOS.prefLabel))
    return Concept(str(node).removeprefix(vocab.CONCEPT), label, categories[0])


def _read_quote(graph: Graph, target: Node) -> Passage:
    """Read a quote from its two selectors."""
    for words in graph.objects(target, OA.hasSelector):
        if (words, RDF.type, OA.TextQuoteSelector) in graph:
            break
    else:
        raise GraphError(f"{target} has no oa:TextQuoteSelector")
    for position in graph.objects(target, OA.hasSelector):
        if (position, RDF.type, OA.TextPositionSelector) in graph:
            span = _span(graph, position, OA.start, OA.end)
            return Passage(span, str(_one(graph, words, OA.exact)))
    raise GraphError(f"{target} has no oa:TextPositionSelector")


def _read_passage(graph: Graph, node: Node) -> Passage:
    """Read words and where they stand."""
    return Passage(_span(graph, node, CG.start, CG.end), str(_one(graph, node, CG.text)))


def _span(graph: Graph, node: Node, first: Node, last: Node) -> Span:
    """Read where words start and end."""
    start, end = _number(graph, node, first), _number(graph, node, last)
    if start >= end:
        raise GraphError(f"{node} ends at {end}, before it starts at {start}")
    return Span(start, end)


def _one(graph: Graph, subject: Node, predicate: Node) -> Node:
    """Give the one value of a property."""
    values = set(graph.objects(subject, predicate))
    if len(values) != 1:
        raise GraphError(f"{subject} has {len(values)} values of {predicate}, not one")
    return values.pop()


def _optional(graph: Graph, subject: Node, predicate: Node) -> Node | None:
    """Give the one value of a property that may be missing."""
    return _one(graph, subject, predicate) if (subject, predicate, None) in graph else None


def _number(graph: Graph, subject: Node, predicate: Node) -> int:
    """Give the one whole number of a property."""
    value = _one(graph, subject, predicate)
    whole = isinstance(value, Literal) and value.datatype == XSD.integer
    if not whole or not re.fullmatch(r"[0-9]{1,15}", str(value)):
        raise GraphError(f"{predicate} of {subject} is no whole number")
    return int(str(value))


def _member(kinds: type[_T], node: Node) -> _T:
    """Give the member of a closed list that a node stands for."""
    for kind in kinds:
        if term(kind) == node:
            return kind
    raise GraphError(f"{node} is no {kinds.__name__} of the vocabulary")
