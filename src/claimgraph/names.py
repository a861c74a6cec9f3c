"""What everything is called in RDF, and how terms are written: text in the syntax of N-Triples.

Text is made some hundred times faster than rdflib's objects, so whatever is written in bulk is
written from here and from `triples`; `graph` reads the same text into rdflib. Every node is an IRI
made from what it stands for.
"""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache

import pyoxigraph as ox
from rdflib import URIRef

from claimgraph import vocab
from claimgraph.errors import GraphError
from claimgraph.model import (
    Certainty,
    Claim,
    Modality,
    Polarity,
    Relation,
    Span,
)
from claimgraph.vocab import local_name

OA = "http://www.w3.org/ns/oa#"
BIOLINK = "https://w3id.org/biolink/vocab/"
OBO = "http://purl.obolibrary.org/obo/"
SCHEMA = "http://schema.org/"
PROV = "http://www.w3.org/ns/prov#"
DCTERMS = "http://purl.org/dc/terms/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCAT = "http://www.w3.org/ns/dcat#"
OWL = "http://www.w3.org/2002/07/owl#"
VOID = "http://rdfs.org/ns/void#"
XSD = "http://www.w3.org/2001/XMLSchema#"

CURATORS = f"{vocab.BASE}agent/curators"
SOFTWARE = f"{vocab.BASE}agent/claimgraph"

_ESCAPES = {chr(code): f"\\u{code:04X}" for code in (*range(0x20), 0x7F, 0xFFFE, 0xFFFF)} | {
    "\b": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\f": "\\f",
    "\r": "\\r",
    '"': '\\"',
    "\\": "\\\\",
}
_SPECIAL = re.compile('[\x00-\x1f"\\\\\x7f\ud800-\udfff\ufffe\uffff]')


class Part(StrEnum):
    """The named graphs of a dataset. The first three are there once for each text."""

    CLAIMS = "claims"
    DIRECT = "direct"
    PROVENANCE = "provenance"
    CONCEPTS = "concepts"
    BACKGROUND = "background"
    INFERRED = "inferred"
    STATEMENTS = "statements"
    VOCABULARY = "vocabulary"
    DATASET = "dataset"

    @property
    def of_text(self) -> bool:
        """Whether each text has one of its own."""
        return self in (Part.CLAIMS, Part.DIRECT, Part.PROVENANCE)

    @property
    def graph_class(self) -> URIRef:
        """The class of the named graph."""
        return URIRef(f"{vocab.CG}{self.value.title()}Graph")


# ── Names ───────────────────────────────────────────────────────────────────────────────────────


def graph_name(part: Part, text_id: str | None = None) -> str:
    """Name a named graph.

    >>> graph_name(Part.DIRECT, "a"), graph_name(Part.CONCEPTS)
    ('<https://w3id.org/claimgraph/text/a/direct>', '<https://w3id.org/claimgraph/graph/concepts>')
    """
    if part.of_text:
        if text_id is None:
            raise ValueError(f"{part} graphs belong to a text")
        return text_name(text_id, part.value)
    return f"<{vocab.GRAPH}{part.value}>"


def text_name(text_id: str, local: str | None = None) -> str:
    """Name a text, or something in it."""
    name = _checked(vocab.TEXT, text_id)
    return f"<{name}/{local}>" if local else f"<{name}>"


def claim_name(claim_id: str) -> str:
    """Name a claim."""
    return f"<{_checked(vocab.CLAIM, claim_id)}>"


def concept_name(concept_id: str) -> str:
    """Name a concept."""
    return f"<{_checked(vocab.CONCEPT, concept_id)}>"


def passage_name(text_id: str, span: Span, kind: str = "char") -> str:
    """Name words of a text by where they stand."""
    return f"<{_checked(vocab.TEXT, text_id)}/{kind}-{span.start}-{span.end}>"


# Typed, because members of two lists may be equal as strings: "mechanism" of claims and sections.
@lru_cache(maxsize=None, typed=True)
def term_name(member: StrEnum) -> str:
    """Name a member of a closed list."""
    return f"<{vocab.CG}{local_name(member)}>"


@cache
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


# ── Terms ───────────────────────────────────────────────────────────────────────────────────────


def words(text: str) -> str:
    r"""Write a plain literal.

    Raises:
        GraphError: if the text holds half a character.

    >>> print(words('a "b"'))
    "a \"b\""
    """
    if _SPECIAL.search(text) is None:
        return f'"{text}"'
    return f'"{_SPECIAL.sub(_escape, text)}"'


def tagged(text: str, language: str) -> str:
    """Write a literal in a language.

    Raises:
        GraphError: if the tag is none, or the text holds half a character.
    """
    return words(text) + _tag(language)


def whole(number: int) -> str:
    """Write a whole number.

    >>> whole(5)
    '"5"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    return f'"{number}"^^<{XSD}integer>'


def decimal(number: float) -> str:
    """Write a number as the shortest decimal that stands for it.

    >>> decimal(1e-05)
    '"0.00001"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    text = f"{Decimal(repr(number)):f}"
    # XSD 1.1's canonical form, no point where none is needed: stores give back no other.
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f'"{text}"^^<{XSD}decimal>'


def fact(predicate: str, object_: str) -> str:
    """Put a predicate, an IRI, before an object in N-Triples syntax."""
    return f"<{predicate}> {object_}"


def _escape(match: re.Match[str]) -> str:
    """Escape one character, as N-Triples has it."""
    if (escape := _ESCAPES.get(match[0])) is not None:
        return escape
    raise GraphError(
        f"cannot publish {match[0]!r}: half a character",
        repair="correct the IRI, the language tag or the text",
    )


@lru_cache(maxsize=256)
def _tag(language: str) -> str:
    """Write a language tag."""
    try:
        return str(ox.Literal("", language=language)).removeprefix('""')
    except ValueError as error:
        raise GraphError(
            f"cannot publish {language!r}: {error}",
            repair="correct the IRI, the language tag or the text",
        ) from None


@lru_cache(maxsize=65_536)
def _checked(base: str, local: str) -> str:
    """Join a name of ours and make sure that it is an IRI."""
    try:
        return ox.NamedNode(base + local).value
    except ValueError as error:
        raise GraphError(
            f"cannot publish {base + local!r}: {error}",
            repair="correct the IRI, the language tag or the text",
        ) from None
