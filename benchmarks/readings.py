"""Run an extractor over the rows of a corpus and put its claims in the corpus's terms."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, runtime_checkable

from benchmarks.corpora import Half, Row, Spans
from benchmarks.errors import Example, find_mistakes, to_example
from benchmarks.metrics import Counts, Figure, Mode, Triple, count, f1_figure
from benchmarks.tables import Line
from benchmarks.terms import Term, says
from claimgraph.documents import cut_text
from claimgraph.gate import Rejection, pass_claims
from claimgraph.model import (
    Certainty,
    Citation,
    Claim,
    Document,
    Mention,
    Polarity,
    QualifierType,
    Relation,
    SectionKind,
)

UNNAMED_DRUG = "the labelled drug"
"""Stands for the drug of a label whose corpus does not say which drug it is."""

_SPECULATED = (Certainty.POSSIBLE, Certainty.PROJECTED)
_GENERIC = (SectionKind.INTRODUCTION, SectionKind.OTHER, SectionKind.CONCLUSION)
_LABELS: dict[str, SectionKind | None] = {
    "labeledin": SectionKind.INDICATIONS,
    "dailymed_indications": SectionKind.INDICATIONS,
    "neuro_dkg": SectionKind.INDICATIONS,
    "roam_drug_disease": None,
    "spl_adr_onsides": None,
}
_SPL_SECTIONS = {
    "adverse reactions": SectionKind.ADVERSE_REACTIONS,
    "boxed warnings": SectionKind.BOXED_WARNING,
    "warnings and precautions": SectionKind.WARNINGS,
}


class Extractor(Protocol):
    """What is measured: a document goes in, claims with places in its text come out."""

    def extract(self, document: Document) -> Iterable[Claim]:
        """Give the claims of a document."""
        ...


@runtime_checkable
class FindsMentions(Protocol):
    """An extractor that also tells which mentions it found; only then are they scored."""

    def mentions(self, document: Document) -> Iterable[Mention]:
        """Give the mentions of a document."""
        ...


@dataclass(frozen=True, slots=True)
class Reading:
    """What an extractor made of a row. `failure` is its traceback where it crashed."""

    row: Row
    document: Document
    claims: tuple[Claim, ...]
    rejections: tuple[Rejection, ...] = ()
    mentions: tuple[Mention, ...] | None = None
    failure: str | None = None


# ── Reading ─────────────────────────────────────────────────────────────────────────────────────


def to_document(row: Row) -> Document:
    """Make the document that the extractor sees: the text, and what its source says about it.

    A label's text has its drug, and a section of a label the kind of that section, as a reader of
    whole labels would tell it. Nothing of the annotation is in it, but for NeuroDKG: its rows are
    label sentences of a drug that only the annotation names, and the row is all its sentences.
    """
    text, drug, kind = row.text, None, _LABELS.get(row.corpus)
    if row.corpus == "spl_adr_onsides":
        drug = str(row.fields["label"])
        kind = _SPL_SECTIONS.get(row.id.split("/")[-1])
    elif row.corpus == "neuro_dkg":
        text = "\n\n".join(_without_parts(row.fields["quotes"]))
        drug = next((one.subject for one in row.relations if one.subject), UNNAMED_DRUG)
    elif row.corpus in _LABELS:
        drug = UNNAMED_DRUG
    elif row.corpus in ("bc5cdr", "chemprot", "drugprot"):
        kind = SectionKind.ABSTRACT
    document = cut_text(text, id=document_id(row), citation=Citation(title=row.id))
    sections = tuple(
        replace(one, kind=kind) if kind is not None and one.kind in _GENERIC else one
        for one in document.sections
    )
    return replace(document, sections=sections, drug=drug)


def document_id(row: Row) -> str:
    """Name the row's document: corpus and row, in kebab-case."""
    return re.sub(r"[^a-z0-9]+", "-", f"{row.corpus} {row.id}".lower()).strip("-")


def read_rows(rows: Iterable[Row], extractor: Extractor, *, gated: bool = True) -> list[Reading]:
    """Extract from every row; claims that the gate rejects are counted, not scored.

    A row that crashes the extractor has no claims and keeps the traceback.
    """
    return [_read(row, extractor, gated=gated) for row in rows]


def _read(row: Row, extractor: Extractor, *, gated: bool) -> Reading:
    document = to_document(row)
    try:
        claims = tuple(extractor.extract(document))
        mentions = (
            tuple(extractor.mentions(document)) if isinstance(extractor, FindsMentions) else None
        )
    except Exception:  # noqa: BLE001 — that it crashes is what we want to know
        return Reading(row, document, (), failure=traceback.format_exc())
    if not gated:
        return Reading(row, document, claims, mentions=mentions)
    passed = pass_claims(claims, document)
    return Reading(row, document, passed.claims, passed.rejections, mentions)


def _without_parts(quotes: Sequence[str]) -> list[str]:
    """Drop quotes that stand inside another one."""
    unique = list(dict.fromkeys(quote.strip() for quote in quotes))
    return [one for one in unique if not any(one != other and one in other for other in unique)]


# ── In the corpus's terms ───────────────────────────────────────────────────────────────────────


def gold_triples(row: Row, terms: Sequence[Term], *, label: bool = False) -> list[Triple]:
    """Give the row's gold relations that the terms speak of."""
    return [
        Triple(
            term.name,
            None if label or one.subject is None else one.subject_spans,
            one.object_spans,
            bool(one.fields.get("negated", one.name.endswith(":NA"))),
            bool(one.fields.get("speculated", False)),
            bool(one.fields.get("symmetric", False)),
        )
        for one in row.relations
        for term in terms
        if one.name in term.golds and one.fields.get("evaluated", True)
    ]


def found_triples(
    claims: Iterable[Claim], terms: Sequence[Term], *, label: bool = False
) -> list[Triple]:
    """Give the claims that the terms speak of, denials included.

    Args:
        claims: the claims of one text.
        terms: what to look for.
        label: whether the corpus marks objects only, because all is said of the label's drug;
            subjects are then left out of account, on both sides.
    """
    return [
        Triple(
            term.name,
            None if label else _spans(claim.subject),
            _spans(claim.object) or (),
            claim.polarity is Polarity.NEGATED,
            claim.certainty in _SPECULATED,
        )
        for claim in claims
        for term in terms
        if says(claim, term) and claim.object.passage is not None
    ]


def qualifier_triples(claims: Iterable[Claim], kind: QualifierType, name: str) -> Iterator[Triple]:
    """Give subjects with the qualifiers of one kind of what is claimed of them."""
    for claim in claims:
        for qualifier in claim.qualified_by(kind):
            yield Triple(name, _spans(claim.subject), (qualifier.passage.span,))


def mention_places(reading: Reading) -> list[Spans] | None:
    """Give the places of all mentions, where the extractor tells them."""
    if reading.mentions is None:
        return None
    return [(one.passage.span,) for one in reading.mentions if one.passage is not None]


def affirmed(triples: Iterable[Triple]) -> list[Triple]:
    """Keep what is claimed, not what is denied."""
    return [one for one in triples if not one.negated]


def only(
    name: str, triples: Callable[[Reading], Iterable[Triple]]
) -> Callable[[Reading], list[Triple]]:
    """Keep the relations of one name."""
    return lambda reading: [one for one in triples(reading) if one.relation == name]


def _spans(mention: Mention) -> Spans | None:
    return None if mention.passage is None else (mention.passage.span,)


# ── Both halves ─────────────────────────────────────────────────────────────────────────────────


def compare(
    name: str,
    readings: Sequence[Reading],
    measure: Callable[[Sequence[Reading]], Figure],
    goal: str = "",
) -> Line:
    """Measure both halves side by side."""
    figures = [measure([r for r in readings if r.row.half is half]) for half in Half]
    return Line(name, figures[0], figures[1], goal)


def sum_documents(
    readings: Sequence[Reading], counted: Callable[[Reading], Counts]
) -> list[Counts]:
    """Add the counts of all rows of a document."""
    sums: dict[str, Counts] = {}
    for reading in readings:
        one, other = sums.get(reading.row.key, Counts()), counted(reading)
        sums[reading.row.key] = Counts(*(a + b for a, b in zip(one, other, strict=True)))
    return [sums[key] for key in sorted(sums)]


def f1_of(
    golds: Callable[[Reading], Iterable[Triple]],
    found: Callable[[Reading], Iterable[Triple]],
    mode: Mode,
    counted: Callable[[Iterable[Triple], Iterable[Triple], Mode], Counts] = count,
) -> Callable[[Sequence[Reading]], Figure]:
    """Make a measure: micro-F1 of relations, matched row by row."""

    def measure(readings: Sequence[Reading]) -> Figure:
        return f1_figure(sum_documents(readings, lambda one: counted(golds(one), found(one), mode)))

    return measure


def examples_of(
    readings: Sequence[Reading],
    terms: Sequence[Term],
    golds: Callable[[Reading], Iterable[Triple]],
    found: Callable[[Reading], Iterable[Triple]],
    *,
    label: bool = False,
) -> list[Example]:
    """List the mistakes in the half that may be looked at."""
    every = tuple(Term(relation.value, (), (relation,)) for relation in Relation)
    examples = []
    for reading in readings:
        if reading.row.half is Half.WRITTEN_ON:
            scored = list(found(reading))
            places = {(one.subject, one.object, one.negated) for one in scored}
            others = [
                one
                for one in found_triples(reading.claims, (*terms, *every), label=label)
                if (one.subject, one.object, one.negated) not in places
            ]
            examples += [
                to_example(mistake, reading.row.id, reading.document.text)
                for mistake in find_mistakes(
                    golds(reading), scored, others=others, mentions=mention_places(reading)
                )
            ]
    return examples
