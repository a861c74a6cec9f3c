"""Case reports: adverse effects with what is denied and doubted (ADE, PHEE)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from benchmarks.metrics import (
    Counts,
    Figure,
    Mode,
    Triple,
    count_by_mark,
    f1_figure,
    match,
    ratio_figure,
    unique,
)
from benchmarks.readings import (
    Reading,
    affirmed,
    compare,
    examples_of,
    f1_of,
    found_triples,
    gold_triples,
    qualifier_triples,
    sum_documents,
)
from benchmarks.tables import Line, Table
from benchmarks.terms import DOSE, DURATION, GIVEN_FOR, TERMS
from claimgraph.model import Category, Claim, QualifierType


def _golds(reading: Reading) -> list[Triple]:
    return gold_triples(reading.row, TERMS[reading.row.corpus])


def _found(reading: Reading) -> list[Triple]:
    return found_triples(reading.claims, TERMS[reading.row.corpus])


def _affirmed(reading: Reading) -> list[Triple]:
    return affirmed(_found(reading))


def _gold_doses(reading: Reading) -> list[Triple]:
    return gold_triples(reading.row, (DOSE,))


def _found_doses(reading: Reading) -> list[Triple]:
    stated = affirmed(found_triples(reading.claims, (DOSE,)))
    return unique([*stated, *qualifier_triples(reading.claims, QualifierType.DOSE, DOSE.name)])


def _gold_durations(reading: Reading) -> list[Triple]:
    return gold_triples(reading.row, (DURATION,))


def _found_durations(reading: Reading) -> list[Triple]:
    return list(qualifier_triples(reading.claims, QualifierType.DURATION, DURATION.name))


# ── ADE ─────────────────────────────────────────────────────────────────────────────────────────


def measure_ade(readings: Sequence[Reading]) -> Table:
    """Score adverse effects with and without the sentences that have none."""
    claiming = [one for one in readings if not one.row.fields.get("neg")]
    negative = [one for one in readings if one.row.fields.get("neg")]
    lines: list[Line] = []
    for name, rows, goal in (
        ("sentences with a claim", claiming, "≥ .60"),
        ("all sentences", readings, ""),
    ):
        for mode in (Mode.RELAXED, Mode.STRICT):
            measure = f1_of(_golds, _affirmed, mode)
            lines.append(
                compare(
                    f"causes_ae, {name}, {mode} F1",
                    rows,
                    measure,
                    goal if mode is Mode.RELAXED else "",
                )
            )
    lines += [
        compare("false causes_ae claims on negative sentences", negative, _rate, "≤ 60"),
        compare("the same, of single drugs only", negative, _rate_of_drugs),
        compare(
            "has_dose, sentences with a claim, relaxed F1",
            claiming,
            f1_of(_gold_doses, _found_doses, Mode.RELAXED),
        ),
    ]
    return Table(
        "ADE: adverse effects in case reports",
        tuple(lines),
        (
            "Negated claims are no causes_ae; hedged ones are, as the annotators have it. On a"
            " negative sentence every claim is false, strict and relaxed alike. The annotators"
            " marked single drugs, hardly ever a class of drugs; what a sentence says of a class"
            " counts as false all the same.",
        ),
        tuple(examples_of(readings, TERMS["ade_v2"], _golds, _affirmed)),
    )


def _rate(readings: Sequence[Reading]) -> Figure:
    """Count false claims per 1,000 sentences that have none."""
    return _per_thousand(readings, _affirmed)


def _rate_of_drugs(readings: Sequence[Reading]) -> Figure:
    """Count the false claims that blame a single drug and not a class of drugs."""

    def of_drugs(reading: Reading) -> list[Triple]:
        claims = [one for one in reading.claims if _category(one) is not Category.DRUG_CLASS]
        return affirmed(found_triples(claims, TERMS[reading.row.corpus]))

    return _per_thousand(readings, of_drugs)


def _category(claim: Claim) -> Category | None:
    concept = claim.subject.concept
    return None if concept is None else concept.category


def _per_thousand(readings: Sequence[Reading], found: Callable[[Reading], list[Triple]]) -> Figure:
    sums: dict[str, tuple[int, int]] = {}
    for one in readings:
        claims, rows = sums.get(one.row.key, (0, 0))
        sums[one.row.key] = (claims + len(unique(found(one))), rows + 1)
    return ratio_figure((sums[key] for key in sorted(sums)), scale=1000, unit="per 1,000")


# ── PHEE ────────────────────────────────────────────────────────────────────────────────────────


def measure_phee(readings: Sequence[Reading]) -> Table:
    """Score adverse effects with their polarity, indications and doses."""

    def treats_golds(reading: Reading) -> list[Triple]:
        return gold_triples(reading.row, (GIVEN_FOR,))

    def treats_found(reading: Reading) -> list[Triple]:
        return found_triples(reading.claims, (GIVEN_FOR,))

    lines = [
        compare("causes_ae, relaxed F1", readings, f1_of(_golds, _found, Mode.RELAXED)),
        compare("causes_ae, strict F1", readings, f1_of(_golds, _found, Mode.STRICT)),
        compare(
            "causes_ae, relaxed F1, claims in one mark count once",
            readings,
            f1_of(_golds, _found, Mode.RELAXED, count_by_mark),
        ),
        compare("negated, recall on matched relations", readings, _negated_recall, "≥ .80"),
        compare("negated, recall on all relations", readings, _negated_recall_of_all),
        compare("negated, F1 on matched relations", readings, _polarity(_negated)),
        compare("speculated, F1 on matched relations", readings, _polarity(_speculated), "≥ .60"),
        compare(
            "given_for and treats, relaxed F1",
            readings,
            f1_of(treats_golds, treats_found, Mode.RELAXED),
        ),
        compare("has_dose, relaxed F1", readings, f1_of(_gold_doses, _found_doses, Mode.RELAXED)),
        compare(
            "has_duration, relaxed F1",
            readings,
            f1_of(_gold_durations, _found_durations, Mode.RELAXED),
        ),
    ]
    return Table(
        "PHEE: adverse effects with polarity",
        tuple(lines),
        (
            "A relation counts only with the right polarity. Matched relations are those"
            " that agree, relaxed, whatever their polarity. Possible and projected claims are"
            " speculated. Routes and frequencies of dosing have no place in a claim. A mark may"
            " hold a whole list of effects, each of them a claim; where claims in one mark count"
            " once, a claim is not wrong for standing in a mark that another one has matched.",
        ),
        tuple(examples_of(readings, TERMS["phee"], _golds, _found)),
    )


def _negated(triple: Triple) -> bool:
    return triple.negated


def _speculated(triple: Triple) -> bool:
    return triple.speculated


def _matched(reading: Reading) -> list[tuple[Triple, Triple]]:
    golds, found = unique(_golds(reading)), unique(_found(reading))
    pairs = match(golds, found, Mode.RELAXED, any_polarity=True)
    return [(golds[g], found[f]) for g, f in pairs]


def _polarity(of: Callable[[Triple], bool]) -> Callable[[Sequence[Reading]], Figure]:
    """Make a measure: F1 of a property of relations over those that matched."""

    def counted(reading: Reading) -> Counts:
        marks = [(of(gold), of(found)) for gold, found in _matched(reading)]
        return Counts(
            marks.count((True, True)), marks.count((False, True)), marks.count((True, False))
        )

    return lambda readings: f1_figure(sum_documents(readings, counted))


def _negated_recall(readings: Sequence[Reading]) -> Figure:
    pairs = [_matched(one) for one in readings]
    return ratio_figure(
        (
            sum(gold.negated and found.negated for gold, found in matched),
            sum(gold.negated for gold, _ in matched),
        )
        for matched in pairs
    )


def _negated_recall_of_all(readings: Sequence[Reading]) -> Figure:
    return ratio_figure(
        (
            sum(gold.negated and found.negated for gold, found in _matched(one)),
            sum(gold.negated for gold in unique(_golds(one))),
        )
        for one in readings
    )
