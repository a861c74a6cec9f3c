"""Claims to RDF: the one place that says which triples a claim, its words and its text have.

A description is a subject and its facts, each fact a predicate and an object, all in the syntax of
N-Triples (`names`). The same claims always give the same lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from claimgraph import __version__, vocab
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
    SectionKind,
    Span,
)
from claimgraph.names import (
    BIOLINK,
    CURATORS,
    DCAT,
    DCTERMS,
    OA,
    OBO,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    SOFTWARE,
    VOID,
    XSD,
    Part,
    claim_name,
    concept_name,
    decimal,
    describe,
    fact,
    graph_name,
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
LICENCE = "https://creativecommons.org/publicdomain/zero/1.0/"

_DESCRIPTION = (
    "What the text claims, each claim with its exact words, certainty and qualifiers. "
    "The licence covers the statements; quotes belong to the text's author, "
    "identifiers to their sources."
)
_TEXT_PARTS = (Part.CLAIMS, Part.DIRECT, Part.PROVENANCE, Part.CONCEPTS)

# Facts that stand in every claim, as far as they are the same in each: a million claims are written
# from them, and to put them together anew each time takes most of the time.
_INTEGER = f'"^^<{XSD}integer>'
_A_PASSAGE = f"<{RDF}type> <{vocab.CG}Passage>"
_A_TARGET = f"<{RDF}type> <{OA}SpecificResource>"
_A_QUOTE = f"<{RDF}type> <{OA}TextQuoteSelector>"
_A_POSITION = f"<{RDF}type> <{OA}TextPositionSelector>"
_LABEL = f"<{RDFS}label>"
_SUBJECT = f"<{RDF}subject>"
_OBJECT = f"<{RDF}object>"
_TARGET = f"<{OA}hasTarget>"
_QUOTED = f"<{PROV}wasQuotedFrom>"
_GENERATED = f"<{PROV}wasGeneratedBy>"
_SUBJECT_MENTION = f"<{vocab.CG}subjectMention>"
_OBJECT_MENTION = f"<{vocab.CG}objectMention>"
_TEXT = f"<{vocab.CG}text>"
_START = f"<{vocab.CG}start>"
_END = f"<{vocab.CG}end>"


class Description(NamedTuple):
    """What one named graph says of one subject; terms in N-Triples syntax."""

    part: Part
    subject: str
    facts: list[str]


def document_quads(
    claims: Iterable[Claim], document: Document, without_claims: Mapping[int, str] | None = None
) -> Iterator[str]:
    """Write all that `describe_text` says as N-Quads.

    Yields:
        The lines of one description after the other, in order, each with its end.

    Raises:
        GraphError: if a name makes no IRI, or a text holds half a character.
    """
    ends = {part: f" {graph_name(part, document.id)} .\n" for part in _TEXT_PARTS}
    for part, subject, facts in describe_text(claims, document, without_claims):
        facts.sort()
        end = ends[part]
        yield f"{subject} {f'{end}{subject} '.join(facts)}{end}"


def dataset_quads(document: Document, graphs: Mapping[str, tuple[Part, int]]) -> Iterator[str]:
    """Describe the dataset of a text: title, licence, source, and the size of its graphs.

    Args:
        document: the text.
        graphs: the part and the number of triples of each graph, by its name.

    Yields:
        N-Quads, the lines of one subject after the other, in order, each with its end.

    Raises:
        GraphError: if a name makes no IRI, or a text holds half a character.
    """
    text = text_name(document.id)
    node = f"<{vocab.BASE}dataset/{text[1 + len(vocab.TEXT) :]}"
    facts = [
        *(fact(f"{RDF}type", kind) for kind in (f"<{DCAT}Dataset>", f"<{VOID}Dataset>")),
        fact(f"{DCTERMS}title", tagged(f"Claims of “{document.citation.title}”", "en")),
        fact(f"{DCTERMS}description", tagged(_DESCRIPTION, "en")),
        fact(f"{DCTERMS}license", f"<{LICENCE}>"),
        fact(f"{DCTERMS}source", text),
        fact(f"{OWL}versionInfo", words(__version__)),
        *(fact(f"{VOID}subset", name) for name in graphs),
    ]
    end = f" {graph_name(Part.DATASET)} .\n"
    yield "".join(f"{node} {one}{end}" for one in sorted(facts))
    for name, (part, count) in graphs.items():
        facts = [
            fact(f"{RDF}type", f"<{part.graph_class}>"),
            fact(f"{VOID}triples", whole(count)),
        ]
        yield "".join(f"{name} {one}{end}" for one in sorted(facts))


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
    # The name of the text, open for what is in it: `<…/text/ID/`.
    text = text_name(document.id)[:-1] + "/"
    methods: set[Method] = set()
    seen: set[str] = set()
    for claim in claims:
        methods.add(claim.method)
        yield Description(Part.CLAIMS, f"<{vocab.CLAIM}{claim.id}>", _claim_facts(claim, text))
        for passage in _passages(claim):
            node = _place(text, "char", passage.span)
            if node not in seen:
                seen.add(node)
                yield Description(Part.CLAIMS, node, _passage_facts(passage))
        if (target := _place(text, "target", claim.quote.span)) not in seen:
            seen.add(target)
            yield from _describe_quote(claim.quote, document, text)
        for mention in (claim.subject, claim.object):
            if mention.concept is not None and mention.concept.id not in seen:
                seen.add(mention.concept.id)
                yield describe_concept(mention.concept)
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


def describe_concept(concept: Concept) -> Description:
    """Give label and class of what a claim is about."""
    facts = [
        fact(f"{RDF}type", f"<{SKOS}Concept>"),
        fact(f"{RDF}type", term_name(concept.category)),
        fact(f"{SKOS}prefLabel", tagged(concept.label, "en")),
    ]
    return Description(Part.CONCEPTS, concept_name(concept.id), facts)


def _node(mention: Mention) -> str:
    """The node for a subject or object: a concept, or literal words."""
    return words(mention.label) if mention.concept is None else concept_name(mention.concept.id)


def _place(text: str, kind: str, span: Span) -> str:
    """Name words of a text by where they stand, as `passage_name` does."""
    return f"{text}{kind}-{span.start}-{span.end}>"


def _passages(claim: Claim) -> list[Passage]:
    """Give the words that a claim points at, its quote left out."""
    found = [m.passage for m in (claim.subject, claim.object) if m.passage is not None]
    if claim.cue is not None:
        found.append(claim.cue)
    found += [qualifier.passage for qualifier in claim.qualifiers]
    return found


_closed: dict[str, tuple[str, ...]] = {}


def _closed_facts(claim: Claim) -> tuple[str, ...]:
    """The facts of a claim that come from closed lists alone: made once for each combination."""
    # Joined, not a tuple: to hash a member of an Enum is slow, and there are seven.
    key = "\n".join(
        (
            claim.relation, claim.type, claim.polarity, claim.certainty, claim.modality,
            claim.evidence, claim.method,
        )
    )  # fmt: skip
    if (known := _closed.get(key)) is not None:
        return known
    plain = claim.certainty is Certainty.ASSERTED and claim.modality is Modality.FACTUAL
    # A hedge or a wish is no assertion of knowledge; Biolink has no finer word for it.
    level = "knowledge_assertion" if plain else "not_provided"
    agent = "manual_agent" if claim.method is Method.REVIEWED else "text_mining_agent"
    made = _closed[key] = (
        fact(f"{RDF}type", f"<{vocab.CG}Claim>"),
        fact(f"{RDF}predicate", term_name(claim.relation)),
        fact(f"{vocab.CG}claimType", term_name(claim.type)),
        fact(f"{vocab.CG}polarity", term_name(claim.polarity)),
        fact(f"{vocab.CG}certainty", term_name(claim.certainty)),
        fact(f"{vocab.CG}modality", term_name(claim.modality)),
        fact(f"{vocab.CG}evidenceBasis", term_name(claim.evidence)),
        fact(f"{BIOLINK}has_evidence", f"<{OBO}{_ECO_BASIS[claim.evidence]}>"),
        fact(f"{BIOLINK}knowledge_level", words(level)),
        fact(f"{BIOLINK}agent_type", words(agent)),
    )
    return made


def _claim_facts(claim: Claim, text: str) -> list[str]:
    """Everything about one claim."""
    subject, object_ = claim.subject, claim.object
    facts = [
        *_closed_facts(claim),
        f"{_LABEL} {words(describe(claim))}@en",
        f"{_SUBJECT} {_node(subject)}",
        f"{_OBJECT} {_node(object_)}",
        f"{_QUOTED} {text}sentence-{claim.sentence}>",
        f"{_GENERATED} {text}activity-{claim.method}>",
        f"{_TARGET} {_place(text, 'target', claim.quote.span)}",
    ]
    if claim.key is not None:
        facts.append(fact(f"{DCTERMS}identifier", words(claim.key)))
    if claim.confidence is not None:
        facts.append(fact(f"{vocab.CG}confidence", decimal(claim.confidence)))
    if subject.passage is not None:
        facts.append(f"{_SUBJECT_MENTION} {_place(text, 'char', subject.passage.span)}")
    if object_.passage is not None:
        facts.append(f"{_OBJECT_MENTION} {_place(text, 'char', object_.passage.span)}")
    if claim.cue is not None:
        facts.append(fact(f"{vocab.CG}cue", _place(text, "char", claim.cue.span)))
    for qualifier in claim.qualifiers:
        place = _place(text, "char", qualifier.passage.span)
        facts.append(f"{term_name(qualifier.type)} {place}")
    facts += [fact(f"{vocab.CG}via", claim_name(target)) for target in claim.via]
    facts += [fact(f"{vocab.CG}because", claim_name(target)) for target in claim.because]
    return facts


def _describe_quote(quote: Passage, document: Document, text: str) -> Iterator[Description]:
    """Point at the quote, in the way of the Web Annotation model."""
    span = quote.span
    target = _place(text, "target", span)
    quoted = _place(text, "quote", span)
    position = _place(text, "position", span)
    facts = [
        f"<{OA}hasSelector> {position}",
        f"<{OA}hasSelector> {quoted}",
        f"<{OA}hasSource> {text[:-1]}>",
        _A_TARGET,
    ]
    yield Description(Part.CLAIMS, target, facts)
    facts = [f"<{OA}exact> {words(quote.text)}"]
    if before := document.text[max(0, span.start - CONTEXT) : span.start]:
        facts.append(f"<{OA}prefix> {words(before)}")
    if after := document.text[span.end : span.end + CONTEXT]:
        facts.append(f"<{OA}suffix> {words(after)}")
    facts.append(_A_QUOTE)
    yield Description(Part.CLAIMS, quoted, facts)
    facts = [
        f'<{OA}end> "{span.end}{_INTEGER}',
        f'<{OA}start> "{span.start}{_INTEGER}',
        _A_POSITION,
    ]
    yield Description(Part.CLAIMS, position, facts)


def _passage_facts(passage: Passage) -> list[str]:
    """Words and where they stand."""
    return [
        _A_PASSAGE,
        f'{_END} "{passage.span.end}{_INTEGER}',
        f'{_START} "{passage.span.start}{_INTEGER}',
        f"{_TEXT} {words(passage.text)}",
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
