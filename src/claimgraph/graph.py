"""Claims to RDF and back: `from_graph(to_graph(claims, document)) == claims`.

This module alone decides what anything is called. Every node is an IRI made from what it stands
for, so that the same claims always give the same graph, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar

from rdflib import DCTERMS, PROV, RDF, RDFS, SKOS, XSD, Dataset, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from claimgraph import vocab
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
    SectionKind,
    Span,
)
from claimgraph.vocab import local_name

CG = Namespace(vocab.CG)
CONCEPT = Namespace(vocab.CONCEPT)
CLAIM = Namespace(vocab.CLAIM)
OA = Namespace("http://www.w3.org/ns/oa#")
BIOLINK = Namespace("https://w3id.org/biolink/vocab/")
OBO = Namespace("http://purl.obolibrary.org/obo/")
SCHEMA = Namespace("http://schema.org/")

CURATORS = URIRef(f"{vocab.BASE}agent/curators")
SOFTWARE = URIRef(f"{vocab.BASE}agent/claimgraph")

CONTEXT = 32
"""Characters kept before and after a quote, to find it again in another copy of the text."""

_ECO_BASIS = {
    EvidenceBasis.AUTHOR_STATEMENT: OBO.ECO_0000034,
    EvidenceBasis.UNCITED_STUDY: OBO.ECO_0000034,
    EvidenceBasis.CITED_SOURCE: OBO.ECO_0000033,
}
_T = TypeVar("_T", bound=StrEnum)
Triple = tuple[Node, Node, Node]


class Part(StrEnum):
    """The named graphs of a dataset. The first three are there once for each text."""

    CLAIMS = "claims"
    DIRECT = "direct"
    PROVENANCE = "provenance"
    CONCEPTS = "concepts"
    BACKGROUND = "background"
    INFERRED = "inferred"
    VOCABULARY = "vocabulary"
    DATASET = "dataset"

    @property
    def of_text(self) -> bool:
        """Whether each text has one of its own."""
        return self in (Part.CLAIMS, Part.DIRECT, Part.PROVENANCE)

    @property
    def graph_class(self) -> URIRef:
        """The class of the named graph."""
        return CG[f"{self.value.title()}Graph"]


# ── Names ───────────────────────────────────────────────────────────────────────────────────────


def graph_iri(part: Part, text_id: str | None = None) -> URIRef:
    """Name a named graph.

    >>> graph_iri(Part.DIRECT, "a").n3(), graph_iri(Part.CONCEPTS).n3()
    ('<https://w3id.org/claimgraph/text/a/direct>', '<https://w3id.org/claimgraph/graph/concepts>')
    """
    if part.of_text:
        if text_id is None:
            raise ValueError(f"{part} graphs belong to a text")
        return text_iri(text_id, part.value)
    return URIRef(f"{vocab.GRAPH}{part.value}")


def text_iri(text_id: str, local: str | None = None) -> URIRef:
    """Name a text, or something in it."""
    return URIRef(f"{vocab.TEXT}{text_id}" + (f"/{local}" if local else ""))


def claim_iri(claim_id: str) -> URIRef:
    """Name a claim."""
    return CLAIM[claim_id]


def passage_iri(text_id: str, span: Span, kind: str = "char") -> URIRef:
    """Name words of a text by where they stand."""
    return text_iri(text_id, f"{kind}-{span.start}-{span.end}")


def term(member: StrEnum) -> URIRef:
    """Name a member of a closed list."""
    return CG[local_name(member)]


def phrase(relation: Relation) -> str:
    """Say a relation in words.

    >>> phrase(Relation.HAS_ADVERSE_EFFECT)
    'has adverse effect'
    """
    return re.sub(r"[A-Z]", lambda m: f" {m.group().lower()}", relation.value)


def describe(claim: Claim) -> str:
    """Say a claim in one line, with the marks that keep it from reading as a fact.

    >>> describe.__name__
    'describe'
    """
    marks: list[str] = []
    if claim.polarity is Polarity.NEGATED:
        marks.append("negated")
    if claim.certainty is not Certainty.ASSERTED:
        marks.append(claim.certainty.value)
    if claim.modality is Modality.NORMATIVE:
        marks.append("recommended")
    words = claim.object.label
    shown = words if claim.object.concept is not None else f"“{words}”"
    line = f"{claim.subject.label} {phrase(claim.relation)} {shown}"
    return f"{line} ({', '.join(marks)})" if marks else line


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
        label and class of what the claims are about).
    """
    dataset = Dataset(default_union=True)
    ordered = sorted(claims, key=lambda c: c.sort_key)

    def fill(part: Part, triples: Iterable[Triple]) -> None:
        graph = dataset.graph(graph_iri(part, document.id if part.of_text else None))
        for triple in triples:
            graph.add(triple)

    for claim in ordered:
        fill(Part.CLAIMS, _claim_triples(claim, document))
        fill(Part.CONCEPTS, _concept_triples(claim))
        if (direct := direct_triple(claim)) is not None:
            fill(Part.DIRECT, [direct])
    methods = sorted({claim.method for claim in ordered})
    fill(Part.PROVENANCE, _text_triples(document, dict(without_claims or {})))
    fill(Part.PROVENANCE, (t for method in methods for t in _activity_triples(document, method)))
    return dataset


def direct_triple(claim: Claim) -> Triple | None:
    """Give the triple that a plain claim supports; nothing for any other claim."""
    if not claim.is_plain or claim.subject.concept is None or claim.object.concept is None:
        return None
    return (
        CONCEPT[claim.subject.concept.id],
        term(claim.relation),
        CONCEPT[claim.object.concept.id],
    )


def _claim_triples(claim: Claim, document: Document) -> Iterable[Triple]:
    """Everything about one claim."""
    node, text_id = claim_iri(claim.id), claim.text_id
    plain = claim.certainty is Certainty.ASSERTED and claim.modality is Modality.FACTUAL
    manual = claim.method is Method.REVIEWED
    yield node, RDF.type, CG.Claim
    yield node, RDFS.label, Literal(describe(claim), lang="en")
    if claim.key is not None:
        yield node, DCTERMS.identifier, Literal(claim.key)
    yield node, RDF.subject, _node(claim.subject)
    yield node, RDF.predicate, term(claim.relation)
    yield node, RDF.object, _node(claim.object)
    yield node, CG.claimType, term(claim.type)
    yield node, CG.polarity, term(claim.polarity)
    yield node, CG.certainty, term(claim.certainty)
    yield node, CG.modality, term(claim.modality)
    yield node, CG.evidenceBasis, term(claim.evidence)
    yield node, BIOLINK.has_evidence, _ECO_BASIS[claim.evidence]
    # A hedge or a wish is no assertion of knowledge; Biolink has no finer word for it.
    level = "knowledge_assertion" if plain else "not_provided"
    yield node, BIOLINK.knowledge_level, Literal(level)
    yield node, BIOLINK.agent_type, Literal("manual_agent" if manual else "text_mining_agent")
    yield node, PROV.wasQuotedFrom, text_iri(text_id, f"sentence-{claim.sentence}")
    yield node, PROV.wasGeneratedBy, text_iri(text_id, f"activity-{claim.method}")
    if claim.confidence is not None:
        yield node, CG.confidence, Literal(Decimal(repr(claim.confidence)))
    for mention, link in ((claim.subject, CG.subjectMention), (claim.object, CG.objectMention)):
        if mention.passage is not None:
            yield node, link, passage_iri(text_id, mention.passage.span)
            yield from _passage_triples(text_id, mention.passage)
    if claim.cue is not None:
        yield node, CG.cue, passage_iri(text_id, claim.cue.span)
        yield from _passage_triples(text_id, claim.cue)
    for qualifier in claim.qualifiers:
        yield node, term(qualifier.type), passage_iri(text_id, qualifier.passage.span)
        yield from _passage_triples(text_id, qualifier.passage)
    for name, targets in ((CG.via, claim.via), (CG.because, claim.because)):
        for target in targets:
            yield node, name, claim_iri(target)
    yield from _target_triples(node, claim.quote, document)


def _target_triples(claim: URIRef, quote: Passage, document: Document) -> Iterable[Triple]:
    """Point at the quote, in the way of the Web Annotation model."""
    text_id, span = document.id, quote.span
    target = passage_iri(text_id, span, "target")
    words = passage_iri(text_id, span, "quote")
    position = passage_iri(text_id, span, "position")
    yield claim, OA.hasTarget, target
    yield target, RDF.type, OA.SpecificResource
    yield target, OA.hasSource, text_iri(text_id)
    yield target, OA.hasSelector, words
    yield target, OA.hasSelector, position
    yield words, RDF.type, OA.TextQuoteSelector
    yield words, OA.exact, Literal(quote.text)
    if before := document.text[max(0, span.start - CONTEXT) : span.start]:
        yield words, OA.prefix, Literal(before)
    if after := document.text[span.end : span.end + CONTEXT]:
        yield words, OA.suffix, Literal(after)
    yield position, RDF.type, OA.TextPositionSelector
    yield position, OA.start, Literal(span.start)
    yield position, OA.end, Literal(span.end)


def _passage_triples(
    text_id: str, passage: Passage, node: URIRef | None = None
) -> Iterable[Triple]:
    """Words and where they stand."""
    node = node or passage_iri(text_id, passage.span)
    yield node, RDF.type, CG.Passage
    yield node, CG.text, Literal(passage.text)
    yield node, CG.start, Literal(passage.span.start)
    yield node, CG.end, Literal(passage.span.end)


def _concept_triples(claim: Claim) -> Iterable[Triple]:
    """Label and class of what a claim is about."""
    for concept in (claim.subject.concept, claim.object.concept):
        if concept is not None:
            node = CONCEPT[concept.id]
            yield node, RDF.type, SKOS.Concept
            yield node, RDF.type, term(concept.category)
            yield node, SKOS.prefLabel, Literal(concept.label, lang="en")


def _text_triples(document: Document, without_claims: Mapping[int, str]) -> Iterable[Triple]:
    """Describe the text, its sections and its sentences."""
    text, citation = text_iri(document.id), document.citation
    yield text, RDF.type, CG.Text
    yield text, DCTERMS.title, Literal(citation.title, lang=citation.language)
    yield text, DCTERMS.language, Literal(citation.language)
    yield text, CG.sha256, Literal(document.sha256)
    known = (
        (DCTERMS.creator, citation.author),
        (DCTERMS.publisher, citation.publisher),
        (DCTERMS.issued, citation.date),
        (DCTERMS.rights, citation.licence),
        (SCHEMA.url, citation.url),
        (RDFS.comment, citation.note),
    )
    for predicate, value in known:
        if value is not None:
            yield text, predicate, Literal(value)
    for section in document.sections:
        node = text_iri(document.id, f"section-{section.number}")
        yield node, RDF.type, CG.Section
        yield node, CG.ofText, text
        yield node, CG.number, Literal(section.number)
        yield node, CG.sectionKind, term(section.kind)
        yield node, CG.start, Literal(section.span.start)
        yield node, CG.end, Literal(section.span.end)
        if section.heading is not None:
            yield node, RDFS.label, Literal(section.heading)
        if not section.is_content:
            reason = "title" if section.kind is SectionKind.TITLE else "not part of the text proper"
            yield node, CG.text, Literal(section.span.cut(document.text))
            yield node, CG.noClaimReason, Literal(reason)
    for sentence in document.sentences:
        node = text_iri(document.id, f"sentence-{sentence.number}")
        yield from _passage_triples(document.id, sentence.passage, node)
        yield node, RDF.type, CG.Sentence
        yield node, CG.number, Literal(sentence.number)
        yield node, CG.inSection, text_iri(document.id, f"section-{sentence.section}")
        if sentence.number in without_claims:
            yield node, CG.noClaimReason, Literal(without_claims[sentence.number])


def _activity_triples(document: Document, method: Method) -> Iterable[Triple]:
    """Describe how claims were found."""
    node = text_iri(document.id, f"activity-{method}")
    manual = method is Method.REVIEWED
    agent = CURATORS if manual else SOFTWARE
    yield node, RDF.type, PROV.Activity
    yield node, CG.method, term(method)
    yield node, CG.assertionMethod, OBO.ECO_0000218 if manual else OBO.ECO_0000203
    yield node, PROV.used, text_iri(document.id)
    yield node, PROV.wasAssociatedWith, agent
    yield agent, RDF.type, PROV.Agent if manual else PROV.SoftwareAgent
    yield agent, RDFS.label, Literal("claimgraph curators" if manual else "claimgraph", lang="en")


def _node(mention: Mention) -> Node:
    """The node for a subject or object: a concept, or literal words."""
    return Literal(mention.label) if mention.concept is None else CONCEPT[mention.concept.id]


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
