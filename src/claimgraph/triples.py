"""Claims to RDF: the one place that says which triples a claim, its words and its text have.

A description is a subject and its facts, each fact a predicate and an object, all in the syntax of
N-Triples (`names`). The same claims always give the same lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from claimgraph import vocab
from claimgraph.model import (
    Certainty,
    Claim,
    Concept,
    Document,
    EvidenceBasis,
    Mention,
    Method,
    Modality,
    Passage,
    Polarity,
    Relation,
    SectionKind,
    Span,
)
from claimgraph.names import (
    BIOLINK,
    CURATORS,
    DCTERMS,
    OA,
    OBO,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    SOFTWARE,
    Part,
    claim_name,
    concept_name,
    decimal,
    describe,
    fact,
    graph_name,
    passage_name,
    tagged,
    term_name,
    text_name,
    whole,
    words,
)

CONTEXT = 32
"""Characters kept before and after a quote, to find it again in another copy of the text."""

_ECO_BASIS = {
    EvidenceBasis.AUTHOR_STATEMENT: "ECO_0000034",
    EvidenceBasis.UNCITED_STUDY: "ECO_0000034",
    EvidenceBasis.CITED_SOURCE: "ECO_0000033",
}
_TEXT_PARTS = (Part.CLAIMS, Part.DIRECT, Part.PROVENANCE, Part.CONCEPTS)


class Description(NamedTuple):
    """What one named graph says of one subject; terms in N-Triples syntax, facts in order."""

    part: Part
    subject: str
    facts: list[str]


def document_quads(
    claims: Iterable[Claim], document: Document, without_claims: Mapping[int, str] | None = None
) -> Iterator[str]:
    """Write all that `describe_text` says as N-Quads, in no particular order.

    Yields:
        The lines of one description after the other, ends of lines included.

    Raises:
        GraphError: if a name makes no IRI, or a text holds half a character.
    """
    ends = {part: f" {graph_name(part, document.id)} .\n" for part in _TEXT_PARTS}
    for part, subject, facts in describe_text(claims, document, without_claims):
        end = ends[part]
        yield "".join([f"{subject} {one}{end}" for one in dict.fromkeys(facts)])


# ── Claims ──────────────────────────────────────────────────────────────────────────────────────


def describe_text(
    claims: Iterable[Claim], document: Document, without_claims: Mapping[int, str] | None = None
) -> Iterator[Description]:
    """Describe the claims of a text, what they speak of, and the text.

    Args:
        claims: claims that have passed the gate.
        document: the text they were read from.
        without_claims: sentences that make no claim, with the reason.

    Yields:
        Descriptions for the parts claims, direct, provenance and concepts. What claims share comes
        once; a subject of direct triples comes once for each.

    Raises:
        GraphError: if a name makes no IRI, or a text holds half a character.
    """
    methods: set[Method] = set()
    pointed: set[Span] = set()
    quoted: set[Span] = set()
    spoken: set[Concept] = set()
    for claim in claims:
        methods.add(claim.method)
        yield Description(Part.CLAIMS, claim_name(claim.id), _claim_facts(claim))
        for passage in _passages(claim):
            if passage.span not in pointed:
                pointed.add(passage.span)
                node = passage_name(claim.text_id, passage.span)
                yield Description(Part.CLAIMS, node, _passage_facts(passage))
        if claim.quote.span not in quoted:
            quoted.add(claim.quote.span)
            yield from _describe_quote(claim.quote, document)
        for concept in (claim.subject.concept, claim.object.concept):
            if concept is not None and concept not in spoken:
                spoken.add(concept)
                yield describe_concept(concept)
        if (direct := direct_fact(claim)) is not None:
            yield Description(Part.DIRECT, _node(claim.subject), [direct])
    yield from _describe_source(document, without_claims or {})
    for method in sorted(methods):
        yield from _describe_activity(document, method)


def direct_fact(claim: Claim) -> str | None:
    """Give what a plain claim says of its subject; nothing for any other claim."""
    if not claim.is_plain:
        return None
    return f"{term_name(claim.relation)} {_node(claim.object)}"


@lru_cache(maxsize=65_536)
def describe_concept(concept: Concept) -> Description:
    """Give label and class of what a claim is about. Shared: do not change it."""
    facts = [
        fact(f"{RDF}type", f"<{SKOS}Concept>"),
        fact(f"{RDF}type", term_name(concept.category)),
        fact(f"{SKOS}prefLabel", tagged(concept.label, "en")),
    ]
    return Description(Part.CONCEPTS, concept_name(concept.id), facts)


def _node(mention: Mention) -> str:
    """The node for a subject or object: a concept, or literal words."""
    return words(mention.label) if mention.concept is None else concept_name(mention.concept.id)


def _passages(claim: Claim) -> Iterator[Passage]:
    """Give the words that a claim points at, its quote left out."""
    for mention in (claim.subject, claim.object):
        if mention.passage is not None:
            yield mention.passage
    if claim.cue is not None:
        yield claim.cue
    for qualifier in claim.qualifiers:
        yield qualifier.passage


@cache
def _closed_facts(
    relation: Relation, polarity: Polarity, certainty: Certainty, modality: Modality
) -> tuple[str, ...]:
    """The facts of a claim that come from closed lists alone: made once for each combination."""
    plain = certainty is Certainty.ASSERTED and modality is Modality.FACTUAL
    # A hedge or a wish is no assertion of knowledge; Biolink has no finer word for it.
    level = "knowledge_assertion" if plain else "not_provided"
    return (
        fact(f"{RDF}type", f"<{vocab.CG}Claim>"),
        fact(f"{RDF}predicate", term_name(relation)),
        fact(f"{vocab.CG}polarity", term_name(polarity)),
        fact(f"{vocab.CG}certainty", term_name(certainty)),
        fact(f"{vocab.CG}modality", term_name(modality)),
        fact(f"{BIOLINK}knowledge_level", words(level)),
    )


@cache
def _found_facts(method: Method, evidence: EvidenceBasis) -> tuple[str, ...]:
    """How a claim was found and what it rests on."""
    agent = "manual_agent" if method is Method.REVIEWED else "text_mining_agent"
    return (
        fact(f"{vocab.CG}evidenceBasis", term_name(evidence)),
        fact(f"{BIOLINK}has_evidence", f"<{OBO}{_ECO_BASIS[evidence]}>"),
        fact(f"{BIOLINK}agent_type", words(agent)),
    )


def _claim_facts(claim: Claim) -> list[str]:
    """Everything about one claim."""
    text_id = claim.text_id
    sentence = text_name(text_id, f"sentence-{claim.sentence}")
    facts = [
        *_closed_facts(claim.relation, claim.polarity, claim.certainty, claim.modality),
        *_found_facts(claim.method, claim.evidence),
        f"<{vocab.CG}claimType> {term_name(claim.type)}",
        f"<{RDFS}label> {words(describe(claim))}@en",
        f"<{RDF}subject> {_node(claim.subject)}",
        f"<{RDF}object> {_node(claim.object)}",
        f"<{PROV}wasQuotedFrom> {sentence}",
        f"<{PROV}wasGeneratedBy> {text_name(text_id, f'activity-{claim.method}')}",
        f"<{OA}hasTarget> {passage_name(text_id, claim.quote.span, 'target')}",
    ]
    if claim.key is not None:
        facts.append(fact(f"{DCTERMS}identifier", words(claim.key)))
    if claim.confidence is not None:
        facts.append(fact(f"{vocab.CG}confidence", decimal(claim.confidence)))
    for mention, link in ((claim.subject, "subjectMention"), (claim.object, "objectMention")):
        if mention.passage is not None:
            facts.append(f"<{vocab.CG}{link}> {passage_name(text_id, mention.passage.span)}")
    if claim.cue is not None:
        facts.append(f"<{vocab.CG}cue> {passage_name(text_id, claim.cue.span)}")
    facts += [
        f"{term_name(q.type)} {passage_name(text_id, q.passage.span)}" for q in claim.qualifiers
    ]
    facts += [f"<{vocab.CG}via> {claim_name(target)}" for target in claim.via]
    facts += [f"<{vocab.CG}because> {claim_name(target)}" for target in claim.because]
    return facts


def _describe_quote(quote: Passage, document: Document) -> Iterator[Description]:
    """Point at the quote, in the way of the Web Annotation model."""
    text_id, span = document.id, quote.span
    target = passage_name(text_id, span, "target")
    quoted = passage_name(text_id, span, "quote")
    position = passage_name(text_id, span, "position")
    facts = [
        f"<{RDF}type> <{OA}SpecificResource>",
        f"<{OA}hasSource> {text_name(text_id)}",
        f"<{OA}hasSelector> {quoted}",
        f"<{OA}hasSelector> {position}",
    ]
    yield Description(Part.CLAIMS, target, facts)
    facts = [f"<{RDF}type> <{OA}TextQuoteSelector>", f"<{OA}exact> {words(quote.text)}"]
    if before := document.text[max(0, span.start - CONTEXT) : span.start]:
        facts.append(f"<{OA}prefix> {words(before)}")
    if after := document.text[span.end : span.end + CONTEXT]:
        facts.append(f"<{OA}suffix> {words(after)}")
    yield Description(Part.CLAIMS, quoted, facts)
    facts = [
        f"<{RDF}type> <{OA}TextPositionSelector>",
        f"<{OA}start> {whole(span.start)}",
        f"<{OA}end> {whole(span.end)}",
    ]
    yield Description(Part.CLAIMS, position, facts)


def _passage_facts(passage: Passage) -> list[str]:
    """Words and where they stand."""
    return [
        f"<{RDF}type> <{vocab.CG}Passage>",
        f"<{vocab.CG}text> {words(passage.text)}",
        f"<{vocab.CG}start> {whole(passage.span.start)}",
        f"<{vocab.CG}end> {whole(passage.span.end)}",
    ]


# ── The text ────────────────────────────────────────────────────────────────────────────────────


def _describe_source(
    document: Document, without_claims: Mapping[int, str]
) -> Iterator[Description]:
    """Describe the text, its sections and its sentences."""
    text, citation = text_name(document.id), document.citation
    facts = [
        fact(f"{RDF}type", f"<{vocab.CG}Text>"),
        fact(f"{DCTERMS}title", tagged(citation.title, citation.language)),
        fact(f"{DCTERMS}language", words(citation.language)),
        fact(f"{vocab.CG}sha256", words(document.sha256)),
    ]
    known = (
        (f"{DCTERMS}creator", citation.author),
        (f"{DCTERMS}publisher", citation.publisher),
        (f"{DCTERMS}issued", citation.date),
        (f"{DCTERMS}rights", citation.licence),
        (f"{SCHEMA}url", citation.url),
        (f"{RDFS}comment", citation.note),
    )
    facts += [fact(predicate, words(value)) for predicate, value in known if value is not None]
    yield Description(Part.PROVENANCE, text, facts)
    for section in document.sections:
        facts = [
            fact(f"{RDF}type", f"<{vocab.CG}Section>"),
            fact(f"{vocab.CG}ofText", text),
            fact(f"{vocab.CG}number", whole(section.number)),
            fact(f"{vocab.CG}sectionKind", term_name(section.kind)),
            fact(f"{vocab.CG}start", whole(section.span.start)),
            fact(f"{vocab.CG}end", whole(section.span.end)),
        ]
        if section.heading is not None:
            facts.append(fact(f"{RDFS}label", words(section.heading)))
        if not section.is_content:
            reason = "title" if section.kind is SectionKind.TITLE else "not part of the text proper"
            facts.append(fact(f"{vocab.CG}text", words(section.span.cut(document.text))))
            facts.append(fact(f"{vocab.CG}noClaimReason", words(reason)))
        name = text_name(document.id, f"section-{section.number}")
        yield Description(Part.PROVENANCE, name, facts)
    for sentence in document.sentences:
        facts = [
            *_passage_facts(sentence.passage),
            f"<{RDF}type> <{vocab.CG}Sentence>",
            f"<{vocab.CG}number> {whole(sentence.number)}",
            f"<{vocab.CG}inSection> {text_name(document.id, f'section-{sentence.section}')}",
        ]
        if (silence := without_claims.get(sentence.number)) is not None:
            facts.append(fact(f"{vocab.CG}noClaimReason", words(silence)))
        name = text_name(document.id, f"sentence-{sentence.number}")
        yield Description(Part.PROVENANCE, name, facts)


def _describe_activity(document: Document, method: Method) -> Iterator[Description]:
    """Describe how claims were found, and by whom."""
    manual = method is Method.REVIEWED
    agent = f"<{CURATORS if manual else SOFTWARE}>"
    facts = [
        fact(f"{RDF}type", f"<{PROV}Activity>"),
        fact(f"{vocab.CG}method", term_name(method)),
        fact(f"{vocab.CG}assertionMethod", f"<{OBO}ECO_0000{218 if manual else 203}>"),
        fact(f"{PROV}used", text_name(document.id)),
        fact(f"{PROV}wasAssociatedWith", agent),
    ]
    name = text_name(document.id, f"activity-{method}")
    yield Description(Part.PROVENANCE, name, facts)
    kind, label = ("Agent", "claimgraph curators") if manual else ("SoftwareAgent", "claimgraph")
    facts = [fact(f"{RDF}type", f"<{PROV}{kind}>"), fact(f"{RDFS}label", tagged(label, "en"))]
    yield Description(Part.PROVENANCE, agent, facts)
