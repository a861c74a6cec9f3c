"""The closed lists of the vocabulary that code has to know: namespaces and relation signatures.

The vocabulary itself, with labels, definitions and alignments, is hand-edited Turtle in
`ontology/`. Extraction must not parse Turtle to know that a drug treats conditions, so the
signatures stand here too; a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from claimgraph.model import (
    Category,
    Certainty,
    ClaimType,
    EvidenceBasis,
    Method,
    Modality,
    Polarity,
    QualifierType,
    Relation,
    SectionKind,
)

BASE = "https://w3id.org/claimgraph/"
CG = f"{BASE}vocab#"
CONCEPT = f"{BASE}concept/"
CLAIM = f"{BASE}claim/"
TEXT = f"{BASE}text/"
GRAPH = f"{BASE}graph/"
MAPPING = f"{BASE}mapping/"
BACKGROUND = f"{BASE}background/"
INFERRED = f"{BASE}inferred/"
STATEMENT = f"{BASE}statement/"

PREFIXES: Mapping[str, str] = {
    "cg": CG,
    "concept": CONCEPT,
    "claim": CLAIM,
    "mapping": MAPPING,
    "background": BACKGROUND,
    "inferred": INFERRED,
    "statement": STATEMENT,
    "graph": GRAPH,
    "biolink": "https://w3id.org/biolink/vocab/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "mesh": "http://id.nlm.nih.gov/mesh/",
    "oa": "http://www.w3.org/ns/oa#",
    "obo": "http://purl.obolibrary.org/obo/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "sssom": "https://w3id.org/sssom/",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""The prefixes that we write; every base ends in `/` or `#`."""

_C = Category
_ANY = frozenset(Category)
_DRUGS = frozenset({_C.DRUG, _C.DRUG_CLASS})
_ACTORS = _DRUGS | {
    _C.INTERVENTION,
    _C.PRACTICE,
    _C.TARGET,
    _C.PROCESS,
    _C.PROPERTY,
}
_EFFECTS = frozenset({_C.PROCESS, _C.TARGET, _C.CONDITION, _C.OUTCOME, _C.PROPERTY, _C.PRACTICE})


@dataclass(frozen=True, slots=True)
class Signature:
    """Which categories may stand on each side of a relation.

    `range` is empty where the object is a literal: words kept as words.
    """

    domain: frozenset[Category]
    range: frozenset[Category]

    @property
    def takes_literal(self) -> bool:
        """Whether the object is words rather than a concept."""
        return not self.range


SIGNATURES: dict[Relation, Signature] = {
    Relation.TREATS: Signature(_DRUGS | {_C.INTERVENTION}, frozenset({_C.CONDITION})),
    Relation.PREVENTS: Signature(
        _DRUGS | {_C.INTERVENTION, _C.PRACTICE}, frozenset({_C.CONDITION})
    ),
    Relation.CONTRAINDICATED_FOR: Signature(_DRUGS, frozenset({_C.CONDITION, _C.FACTOR})),
    Relation.HAS_ADVERSE_EFFECT: Signature(_DRUGS, frozenset({_C.CONDITION})),
    Relation.LEADS_TO: Signature(
        frozenset({_C.EXPOSURE, _C.CONDITION, _C.PROCESS}), frozenset({_C.CONDITION, _C.OUTCOME})
    ),
    Relation.ACTS_THROUGH: Signature(_ACTORS, _EFFECTS),
    Relation.BINDS_TO: Signature(_DRUGS, frozenset({_C.TARGET})),
    Relation.MODULATES: Signature(_ACTORS, _EFFECTS),
    Relation.INCREASES: Signature(_ACTORS, _EFFECTS),
    Relation.DECREASES: Signature(_ACTORS, _EFFECTS),
    Relation.RESULTS_IN: Signature(_ACTORS, frozenset({_C.PROCESS, _C.CONDITION, _C.OUTCOME})),
    Relation.INTERACTS_WITH: Signature(_DRUGS, _DRUGS),
    Relation.HAS_PROPERTY: Signature(_DRUGS, frozenset({_C.PROPERTY})),
    Relation.IS_SUBSTRATE_OF: Signature(_DRUGS, frozenset({_C.TARGET})),
    Relation.HAS_DOSE: Signature(_DRUGS, frozenset()),
    Relation.REQUIRES: Signature(
        _DRUGS | {_C.EXPOSURE, _C.CONDITION, _C.PRACTICE}, frozenset({_C.PRACTICE})
    ),
    Relation.REQUIRES_EVALUATION_OF: Signature(
        _DRUGS | {_C.EXPOSURE}, frozenset({_C.FACTOR, _C.CONDITION})
    ),
    Relation.IS_KIND_OF: Signature(_ANY, _ANY),
    Relation.LIMITS: Signature(frozenset({_C.CONDITION}), frozenset({_C.OUTCOME, _C.PROPERTY})),
    Relation.OCCURS_IN: Signature(
        frozenset({_C.PROCESS, _C.CONDITION, _C.TARGET}), frozenset({_C.ANATOMY})
    ),
    Relation.CHARACTERIZED_BY: Signature(
        frozenset({_C.CONDITION}), frozenset({_C.CONDITION, _C.PROCESS})
    ),
    Relation.STATES_THAT: Signature(_ANY, frozenset()),
}

MECHANISM_RELATIONS = frozenset(
    {
        Relation.ACTS_THROUGH,
        Relation.BINDS_TO,
        Relation.MODULATES,
        Relation.INCREASES,
        Relation.DECREASES,
        Relation.RESULTS_IN,
    }
)
"""The relations a mechanism path may walk over."""

CLOSED_LISTS: dict[type[StrEnum], str] = {
    ClaimType: "Claim",
    Polarity: "",
    Certainty: "",
    Modality: "",
    EvidenceBasis: "",
    Method: "Method",
    SectionKind: "Section",
}
"""The enumerations that are SKOS schemes in the vocabulary, with the suffix of their terms."""


def local_name(member: StrEnum) -> str:
    """Give the name that a member of an enumeration has in the vocabulary's namespace.

    >>> local_name(ClaimType.ADVERSE_EFFECT), local_name(Certainty.POSSIBLE)
    ('adverseEffectClaim', 'possible')
    >>> local_name(Relation.TREATS), local_name(QualifierType.DOSE)
    ('treats', 'doseQualifier')
    """
    if isinstance(member, (Relation, Category)):
        return member.value
    suffix = "Qualifier" if isinstance(member, QualifierType) else CLOSED_LISTS[type(member)]
    first, *rest = member.value.split("-")
    return first + "".join(part.title() for part in rest) + suffix
