"""Abstracts: chemical-induced disease, drugs on proteins and on one another, associations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from benchmarks.corpora import Half, Row, Spans
from benchmarks.errors import ErrorKind, Example
from benchmarks.labels import normal
from benchmarks.metrics import Counts, Figure, Mode, Triple, count, count_sets, f1_figure, shared
from benchmarks.readings import (
    Reading,
    affirmed,
    compare,
    examples_of,
    f1_of,
    found_triples,
    gold_triples,
    only,
    sum_documents,
)
from benchmarks.tables import Line, Table
from benchmarks.terms import PAIR_TERMS, TERMS, says
from claimgraph.model import Category, Claim, Mention, Polarity

Pair = tuple[str, str]
Ids = Callable[[Row, Mention, str], set[str]]


def _golds(reading: Reading) -> list[Triple]:
    return gold_triples(reading.row, TERMS[reading.row.corpus])


def _affirmed(reading: Reading) -> list[Triple]:
    return affirmed(found_triples(reading.claims, TERMS[reading.row.corpus]))


# ── BC5CDR ──────────────────────────────────────────────────────────────────────────────────────


def measure_bc5cdr(readings: Sequence[Reading]) -> Table:
    """Score pairs of chemical and disease that an abstract says to be cause and effect."""
    lines: list[Line] = [
        compare("pairs of a document, by strings, F1", readings, _pairs_by(_ids_by_words)),
        compare("pairs of a document, by places, F1", readings, _pairs_by(_ids_by_place)),
    ]
    notes = ["By places: a claim names every concept of which a mention overlaps its words."]
    if any(one.mentions is not None for one in readings):
        for kind in ("Chemical", "Disease"):
            lines += [
                compare(f"{kind.lower()} mentions, {mode} F1", readings, _mentions_of(kind, mode))
                for mode in (Mode.RELAXED, Mode.STRICT)
            ]
    else:
        notes.append("The extractor tells no mentions, so none are scored.")
    return Table(
        "BC5CDR: chemical-induced disease",
        tuple(lines),
        tuple(notes),
        tuple(_pair_examples(readings)),
    )


def gold_pairs(row: Row) -> set[Pair]:
    """Give the pairs of concepts that the row's annotators marked as cause and effect."""
    return {(one.fields["subj_id"], one.fields["obj_id"]) for one in row.relations}


def found_pairs(row: Row, claims: Iterable[Claim], ids_of: Ids) -> set[Pair]:
    """Give the pairs of concepts that the claims name.

    Words that name several concepts count as those that make a gold pair, if any does. Words that
    name none stand for themselves.
    """
    golds, (term,) = gold_pairs(row), TERMS["bc5cdr"]
    found: set[Pair] = set()
    for claim in claims:
        if says(claim, term) and claim.polarity is Polarity.AFFIRMED:
            options = {
                (subject, object_)
                for subject in ids_of(row, claim.subject, "Chemical")
                for object_ in ids_of(row, claim.object, "Disease")
            }
            found |= options & golds or {min(options)}
    return found


def _words(mention: Mention) -> str:
    return normal(mention.passage.text if mention.passage is not None else mention.label)


def _ids_by_words(row: Row, mention: Mention, kind: str) -> set[str]:
    words = _words(mention)
    ids = {
        id
        for one in row.entities
        if one.type == kind and normal(one.text) == words
        for id in one.id.split("|")
    }
    return ids or {f"«{words}»"}


def _ids_by_place(row: Row, mention: Mention, kind: str) -> set[str]:
    if mention.passage is None:
        return _ids_by_words(row, mention, kind)
    place = (mention.passage.span,)
    ids = {
        id
        for one in row.entities
        if one.type == kind and shared(one.spans, place)
        for id in one.id.split("|")
    }
    return ids or {f"«{_words(mention)}»"}


def _pairs_by(ids_of: Ids) -> Callable[[Sequence[Reading]], Figure]:
    def counted(reading: Reading) -> Counts:
        found = found_pairs(reading.row, reading.claims, ids_of)
        return count_sets(gold_pairs(reading.row), found)

    return lambda readings: f1_figure(sum_documents(readings, counted))


_TYPES = {
    Category.DRUG: "Chemical",
    Category.DRUG_CLASS: "Chemical",
    Category.CONDITION: "Disease",
}


def _mentions_of(kind: str, mode: Mode) -> Callable[[Sequence[Reading]], Figure]:
    def counted(reading: Reading) -> Counts:
        golds = [Triple(kind, None, one.spans) for one in reading.row.entities if one.type == kind]
        found = [
            Triple(kind, None, (one.passage.span,))
            for one in reading.mentions or ()
            if one.passage is not None
            and one.concept is not None
            and _TYPES.get(one.concept.category) == kind
        ]
        return count(golds, found, mode)

    return lambda readings: f1_figure(sum_documents(readings, counted))


def _pair_examples(readings: Sequence[Reading]) -> list[Example]:
    examples = []
    for reading in readings:
        if reading.row.half is Half.WRITTEN_ON:
            row, golds = reading.row, gold_pairs(reading.row)
            found = found_pairs(row, reading.claims, _ids_by_words)
            placed = found_pairs(row, reading.claims, _ids_by_place)
            for pair in sorted(golds - found):
                # In the right place, but in other words than any annotated mention.
                near = pair in placed
                kind = ErrorKind.WRONG_BOUNDARY if near else ErrorKind.MISSED_RELATION
                examples.append(Example(kind, row.id, _names(row, pair), "–", row.text[:300]))
            for pair in sorted(found - golds):
                words = _names(row, pair)
                examples.append(Example(ErrorKind.SPURIOUS, row.id, "–", words, row.text[:300]))
    return examples


def _names(row: Row, pair: Pair) -> str:
    """Write a pair of identifiers in the words that the row has for them."""
    words = {id: one.text for one in reversed(row.entities) for id in one.id.split("|")}
    return " → ".join(words.get(id, id) for id in pair)


# ── Drugs on proteins ───────────────────────────────────────────────────────────────────────────


def measure_proteins(readings: Sequence[Reading]) -> Table:
    """Score what chemicals do to proteins, from raw text (ChemProt, DrugProt)."""
    corpus = readings[0].row.corpus if readings else "chemprot"
    term = PAIR_TERMS[corpus]
    unscored = {one.name for reading in readings for one in reading.row.relations} - set(term.golds)

    def pair_golds(reading: Reading) -> list[Triple]:
        return gold_triples(reading.row, (term,))

    def pair_found(reading: Reading) -> list[Triple]:
        """Leave out claims on pairs that are related in a way that is not evaluated."""
        golds = pair_golds(reading)
        others = [one for one in reading.row.relations if one.name in unscored]
        return [
            one
            for one in affirmed(found_triples(reading.claims, (term,)))
            if any(_meet(one, gold.subject or (), gold.object) for gold in golds)
            or not any(_meet(one, other.subject_spans, other.object_spans) for other in others)
        ]

    title = {"chemprot": "ChemProt", "drugprot": "DrugProt"}[corpus]
    return Table(
        f"{title}: drugs on proteins, end to end",
        (
            compare(
                "increases or decreases, relaxed F1",
                readings,
                f1_of(_golds, _affirmed, Mode.RELAXED),
            ),
            compare(
                "increases or decreases, strict F1", readings, f1_of(_golds, _affirmed, Mode.STRICT)
            ),
            compare(
                "acts on at all, relaxed F1", readings, f1_of(pair_golds, pair_found, Mode.RELAXED)
            ),
        ),
        (
            "Increases: activators and agonists. Decreases: inhibitors and antagonists. Substrates"
            " have no relation of their own and count only as acted on at all.",
        ),
        tuple(examples_of(readings, TERMS[corpus], _golds, _affirmed)),
    )


def _meet(found: Triple, subject: Spans, object_: Spans) -> bool:
    """Tell whether a found relation overlaps both places."""
    return shared(found.subject or (), subject) > 0 and shared(found.object, object_) > 0


# ── Drugs on drugs, associations ────────────────────────────────────────────────────────────────


def measure_interactions(readings: Sequence[Reading]) -> Table:
    """Score which drugs are said to interact, from raw text (DDI 2013)."""
    return Table(
        "DDI 2013: drug–drug interactions, end to end",
        (
            compare("interactsWith, relaxed F1", readings, f1_of(_golds, _affirmed, Mode.RELAXED)),
            compare("interactsWith, strict F1", readings, f1_of(_golds, _affirmed, Mode.STRICT)),
        ),
        ("Either drug may be the subject. The kind of interaction is scored with mentions given.",),
        tuple(examples_of(readings, TERMS["ddi2013"], _golds, _affirmed)),
    )


def measure_associations(readings: Sequence[Reading]) -> Table:
    """Score drug–disease and drug–target associations (EU-ADR)."""

    def found(reading: Reading) -> list[Triple]:
        return found_triples(reading.claims, TERMS["eu_adr"])

    return Table(
        "EU-ADR: associations",
        tuple(
            compare(
                f"drug–{name}, relaxed F1",
                readings,
                f1_of(only(name, _golds), only(name, found), Mode.RELAXED),
            )
            for name in ("disease", "target")
        ),
        (
            "Positive and speculative associations are affirmed, negative ones denied; a claim on"
            " a pair marked as not associated is wrong. Any relation of a drug to a condition, or"
            " to a target, is an association.",
        ),
        tuple(examples_of(readings, TERMS["eu_adr"], _golds, found)),
    )
