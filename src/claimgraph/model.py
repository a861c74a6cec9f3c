"""The records everything else is made of.

A `Document` is a text cut into sections and sentences. A `Claim` is one thing the text says: one
subject, one relation, one object, with the words it rests on. All records are frozen, compare by
value, and use only the standard library. Offsets are 0-based, half-open, and count Unicode code
points of the text as published.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self


class Category(StrEnum):
    """What kind of thing a concept is. The role it plays is in the relation, not here."""

    DRUG = "Drug"
    DRUG_CLASS = "DrugClass"
    CONDITION = "Condition"
    TARGET = "MolecularTarget"
    PROCESS = "BiologicalProcess"
    ANATOMY = "AnatomicalEntity"
    EXPOSURE = "Exposure"
    PROPERTY = "PharmacologicalProperty"
    OUTCOME = "Outcome"
    PRACTICE = "ClinicalPractice"
    FACTOR = "ClinicalFactor"
    INTERVENTION = "Intervention"


class Relation(StrEnum):
    """What the subject of a claim does to its object. A name never carries a hedge."""

    TREATS = "treats"
    PREVENTS = "prevents"
    CONTRAINDICATED_FOR = "contraindicatedFor"
    HAS_ADVERSE_EFFECT = "hasAdverseEffect"
    LEADS_TO = "leadsTo"
    ACTS_THROUGH = "actsThrough"
    BINDS_TO = "bindsTo"
    MODULATES = "modulates"
    INCREASES = "increases"
    DECREASES = "decreases"
    RESULTS_IN = "resultsIn"
    INTERACTS_WITH = "interactsWith"
    HAS_PROPERTY = "hasPharmacologicalProperty"
    IS_SUBSTRATE_OF = "isSubstrateOf"
    HAS_DOSE = "hasDose"
    REQUIRES = "requires"
    REQUIRES_EVALUATION_OF = "requiresEvaluationOf"
    IS_KIND_OF = "isKindOf"
    LIMITS = "limits"
    OCCURS_IN = "occursIn"
    CHARACTERIZED_BY = "characterizedBy"
    STATES_THAT = "statesThat"


class ClaimType(StrEnum):
    """What a claim is about, for a reader who looks for one kind of content."""

    MECHANISM = "mechanism"
    INDICATION = "indication"
    ADVERSE_EFFECT = "adverse-effect"
    RISK = "risk"
    PHARMACOKINETICS = "pharmacokinetics"
    CONTRAINDICATION = "contraindication"
    INTERACTION = "interaction"
    DOSAGE = "dosage"
    PRECAUTION = "precaution"
    RECOMMENDATION = "recommendation"
    CLASSIFICATION = "classification"
    BACKGROUND = "background"
    EVALUATIVE = "evaluative"
    OUTLOOK = "outlook"


class Polarity(StrEnum):
    """Whether the text affirms or denies the claim."""

    AFFIRMED = "affirmed"
    NEGATED = "negated"


class Certainty(StrEnum):
    """How sure the author sounds. Not how sure we are of having read it right."""

    ASSERTED = "asserted"
    POSSIBLE = "possible"
    PROJECTED = "projected"
    INTENDED = "intended"


class Modality(StrEnum):
    """Whether the claim says what is, or what ought to be done."""

    FACTUAL = "factual"
    NORMATIVE = "normative"


class EvidenceBasis(StrEnum):
    """What the text itself offers as support."""

    AUTHOR_STATEMENT = "author-statement"
    UNCITED_STUDY = "uncited-study"
    CITED_SOURCE = "cited-source"


class Method(StrEnum):
    """How the claim was found."""

    REVIEWED = "reviewed"
    RULES = "rules"
    BOTH = "both"
    MODEL = "model"
    LLM = "llm"


class QualifierType(StrEnum):
    """What a qualifier narrows or describes."""

    ASPECT = "aspect"
    CONDITION = "condition"
    DEGREE = "degree"
    DOSE = "dose"
    DURATION = "duration"
    EVIDENCE = "evidence"
    FREQUENCY = "frequency"
    MEANS = "means"
    NEGATION = "negation"
    PHASE = "phase"
    POPULATION = "population"
    PRODUCT = "product"
    SETTING = "setting"
    SITE = "site"
    TOPIC = "topic"


class SectionKind(StrEnum):
    """What a section of a drug text is about."""

    TITLE = "title"
    INTRODUCTION = "introduction"
    ABSTRACT = "abstract"
    METHODS = "methods"
    RESULTS = "results"
    DESCRIPTION = "description"
    INDICATIONS = "indications"
    CONTRAINDICATIONS = "contraindications"
    BOXED_WARNING = "boxed-warning"
    WARNINGS = "warnings"
    ADVERSE_REACTIONS = "adverse-reactions"
    INTERACTIONS = "interactions"
    POPULATIONS = "populations"
    DOSAGE = "dosage"
    OVERDOSAGE = "overdosage"
    MECHANISM = "mechanism"
    PHARMACOKINETICS = "pharmacokinetics"
    EFFICACY = "efficacy"
    SAFETY = "safety"
    CONSIDERATIONS = "considerations"
    OUTLOOK = "outlook"
    CONCLUSION = "conclusion"
    BOILERPLATE = "boilerplate"
    OTHER = "other"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a text: ``text[start:end]``, in code points.

    Raises:
        ValueError: if the span is empty, reversed or negative.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse spans that no text can have."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"not a span: [{self.start}, {self.end})")

    def covers(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside.

        >>> Span(0, 9).covers(Span(3, 9))
        True
        """
        return self.start <= other.start and other.end <= self.end

    def cut(self, text: str) -> str:
        """Give the words of `text` that the span points at.

        >>> Span(0, 3).cut("GABA")
        'GAB'
        """
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True, order=True)
class Passage:
    """Words of a text and where they stand: ``document.text[span] == text``."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A headed or recognised part of a document. `span` includes the heading."""

    number: int
    kind: SectionKind
    heading: str | None
    span: Span

    @property
    def is_content(self) -> bool:
        """Whether its sentences have to be accounted for by claims."""
        return self.kind not in (SectionKind.TITLE, SectionKind.BOILERPLATE)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a content section; numbered from 1 through the whole document."""

    number: int
    section: int
    passage: Passage

    @property
    def span(self) -> Span:
        """Where the sentence stands in the document."""
        return self.passage.span

    @property
    def text(self) -> str:
        """The words of the sentence."""
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Citation:
    """What is known about where a text comes from. Unknown is ``None``, never a guess."""

    title: str
    language: str = "en"
    author: str | None = None
    publisher: str | None = None
    date: str | None = None
    url: str | None = None
    licence: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A source text, cut into sections and sentences, pinned by the hash of its bytes.

    `drug` is the drug that the whole text is about, as the source names it (a label's drug), where
    the source says so; sentences that name no drug speak of it.
    """

    id: str
    text: str
    sha256: str
    citation: Citation
    sections: tuple[Section, ...]
    sentences: tuple[Sentence, ...]
    drug: str | None = None

    def sentence(self, number: int) -> Sentence:
        """Give the sentence of that 1-based number.

        Raises:
            IndexError: if there is no such sentence.
        """
        if not 1 <= number <= len(self.sentences):
            raise IndexError(number)
        return self.sentences[number - 1]

    def passage(self, start: int, end: int) -> Passage:
        """Give the passage ``[start, end)``.

        Raises:
            ValueError: if it does not lie inside the text.
        """
        span = Span(start, end)
        if end > len(self.text):
            raise ValueError(f"[{start}, {end}) reaches past the text's end {len(self.text)}")
        return Passage(span, span.cut(self.text))


@dataclass(frozen=True, slots=True, order=True)
class Concept:
    """A thing that texts speak of. `id` is a kebab-case name, unique in the ontology."""

    id: str
    label: str
    category: Category


@dataclass(frozen=True, slots=True)
class Mention:
    """Where a text speaks of a concept.

    `passage` is ``None`` where the thing is understood but not named in the sentence ("should be
    evaluated" — before using which drug?). `concept` is ``None`` for a literal object: words that
    are kept as words, because they judge rather than name.
    """

    passage: Passage | None
    concept: Concept | None

    def __post_init__(self) -> None:
        """Refuse a mention of nothing in no words."""
        if self.passage is None and self.concept is None:
            raise ValueError("a mention needs words or a concept")

    @property
    def label(self) -> str:
        """The concept's label, or the literal words."""
        if self.concept is not None:
            return self.concept.label
        return self.passage.text if self.passage is not None else ""


@dataclass(frozen=True, slots=True)
class Qualifier:
    """Words that narrow or describe a claim: a dose, a phase, a population …."""

    type: QualifierType
    passage: Passage

    @property
    def sort_key(self) -> tuple[int, int, str]:
        """Order of qualifiers inside a claim: as they stand in the text."""
        return (self.passage.span.start, self.passage.span.end, self.type.value)


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing a text says, with the words it says it in.

    `quote`, subject and object lie inside the sentence. So do `cue` and all qualifiers, unless the
    sentence is an item of a list: then they may stand in the line that introduces the list ("Side
    effects may include:"). `cue` holds the words that hedge or that make the claim a
    recommendation. `via` and `because` hold ids of other claims of the same text: the step this one
    works through, and the reason the text gives. Qualifiers, `via` and `because` are kept sorted,
    so that equal claims are equal records.
    """

    text_id: str
    sentence: int
    quote: Passage
    subject: Mention
    relation: Relation
    object: Mention
    type: ClaimType
    polarity: Polarity = Polarity.AFFIRMED
    certainty: Certainty = Certainty.ASSERTED
    modality: Modality = Modality.FACTUAL
    evidence: EvidenceBasis = EvidenceBasis.AUTHOR_STATEMENT
    cue: Passage | None = None
    qualifiers: tuple[Qualifier, ...] = ()
    method: Method = Method.REVIEWED
    confidence: float | None = None
    key: str | None = None
    via: tuple[str, ...] = ()
    because: tuple[str, ...] = ()
    id: str = field(init=False)

    def __post_init__(self) -> None:
        """Put the unordered parts in order and give the claim its name."""
        if len(self.qualifiers) > 1:
            ordered = sorted(set(self.qualifiers), key=lambda q: q.sort_key)
            object.__setattr__(self, "qualifiers", tuple(ordered))
        if len(self.via) > 1:
            object.__setattr__(self, "via", tuple(sorted(set(self.via))))
        if len(self.because) > 1:
            object.__setattr__(self, "because", tuple(sorted(set(self.because))))
        object.__setattr__(self, "id", self._hash())

    def _hash(self) -> str:
        """Hash what the text says, not how we found it: 16 hex digits of SHA-256.

        Links to other claims, method, confidence and key stay out, so that a claim keeps its name
        when a person confirms what a program found.
        """

        def place(passage: Passage | None) -> list[object] | None:
            if passage is None:
                return None
            return [passage.span.start, passage.span.end, passage.text]

        content = [
            self.text_id,
            self.sentence,
            place(self.quote),
            [place(self.subject.passage), self.subject.concept and self.subject.concept.id],
            self.relation,
            [place(self.object.passage), self.object.concept and self.object.concept.id],
            self.type,
            self.polarity,
            self.certainty,
            self.modality,
            self.evidence,
            place(self.cue),
            [[q.type, place(q.passage)] for q in self.qualifiers],
        ]
        return hashlib.sha256(_JSON.encode(content).encode("utf-8")).hexdigest()[:16]

    @property
    def is_plain(self) -> bool:
        """Whether the claim supports a direct triple.

        Plain is: affirmed, asserted, factual, tied to no condition, about two things, and neither
        praise nor outlook. All else stays on the claim node alone.
        """
        return (
            self.polarity is Polarity.AFFIRMED
            and self.certainty is Certainty.ASSERTED
            and self.modality is Modality.FACTUAL
            and self.type not in (ClaimType.EVALUATIVE, ClaimType.OUTLOOK)
            and self.subject.concept is not None
            and self.object.concept is not None
            and not self.qualified_by(QualifierType.CONDITION)
        )

    def qualified_by(self, kind: QualifierType) -> tuple[Qualifier, ...]:
        """Give the claim's qualifiers of one type, in text order."""
        return tuple(q for q in self.qualifiers if q.type is kind)

    def linked(self, *, via: tuple[str, ...], because: tuple[str, ...]) -> Self:
        """Give the same claim with these links to other claims."""
        return replace(self, via=via, because=because)

    @property
    def sort_key(self) -> tuple[int, int, int, str]:
        """Order of claims: by sentence, then by where their object stands, then by name."""
        place = self.object.passage or self.quote
        return (self.sentence, place.span.start, place.span.end, self.id)
