"""Drug labels: indications (LabeledIn, Roam) and adverse reactions (SPL-ADR).

The annotators of labels marked objects only, because all is said of the label's drug. Subjects are
left out of account on both sides, and claims that differ in their subject alone count once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from benchmarks.corpora import Half, Relation, Row
from benchmarks.errors import ErrorKind, Example
from benchmarks.metrics import (
    Counts,
    Figure,
    Mode,
    Triple,
    count,
    count_by_mark,
    count_sets,
    f1_figure,
    shared,
)
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
from benchmarks.tables import Table
from benchmarks.terms import TERMS
from claimgraph.model import Span

_MARKED = ("TREATS_OUTCOMES", "NOT_RECOMMENDED")


def _golds(reading: Reading) -> list[Triple]:
    return gold_triples(reading.row, TERMS[reading.row.corpus], label=True)


def _found(reading: Reading) -> list[Triple]:
    return affirmed(found_triples(reading.claims, TERMS[reading.row.corpus], label=True))


def measure_labeledin(readings: Sequence[Reading]) -> Table:
    """Score indications of whole indication sections."""
    return Table(
        "LabeledIn: indications",
        (
            compare("relaxed F1", readings, f1_of(_golds, _found, Mode.RELAXED), "≥ .80"),
            compare("strict F1", readings, f1_of(_golds, _found, Mode.STRICT)),
        ),
        examples=tuple(examples_of(readings, TERMS["labeledin"], _golds, _found, label=True)),
    )


def measure_roam(readings: Sequence[Reading]) -> Table:
    """Score three classes of drug–disease relation in sentences of labels."""
    lines = [
        compare("3 classes, relaxed F1", readings, f1_of(_golds, _found, Mode.RELAXED), "≥ .75"),
        compare("3 classes, strict F1", readings, f1_of(_golds, _found, Mode.STRICT)),
    ]
    for term in TERMS["roam_drug_disease"]:
        golds, found = only(term.name, _golds), only(term.name, _found)
        measure = f1_of(golds, found, Mode.RELAXED)
        lines.append(compare(f"{term.name}, relaxed F1", readings, measure))
    lines += [
        compare("3 classes, relaxed F1, near classes left out", readings, _without_near_classes),
        compare(
            "3 classes, relaxed F1, claims in one mark count once",
            readings,
            f1_of(_golds, _found, Mode.RELAXED, count_by_mark),
        ),
        compare("agreement of two annotations of the same words", readings, _agreement),
    ]
    return Table(
        "Roam: drug–disease relations of label sentences",
        tuple(lines),
        (
            "A claim on a span marked UNRELATED, TREATS_OUTCOMES or NOT_RECOMMENDED is wrong, as is"
            " one on no span; where near classes are left out, claims on TREATS_OUTCOMES and"
            " NOT_RECOMMENDED count neither way.",
            "A mark is a run of words of one class; it may hold a whole list. Where claims in one"
            " mark count once, a claim is not wrong for standing in a mark that another one has"
            " matched. Agreement compares rows of this half that hold the same words, each with the"
            " next, by the main measure: what one annotation scores against another.",
        ),
        tuple(examples_of(readings, TERMS["roam_drug_disease"], _golds, _found, label=True)),
    )


def _without_near_classes(readings: Sequence[Reading]) -> Figure:
    def counted(reading: Reading) -> Counts:
        golds = _golds(reading)
        near = [one.object_spans for one in reading.row.relations if one.name in _MARKED]
        found = [
            one
            for one in _found(reading)
            if any(shared(one.object, gold.object) for gold in golds)
            or not any(shared(one.object, place) for place in near)
        ]
        return count(golds, found, Mode.RELAXED)

    return f1_figure(sum_documents(readings, counted))


_TOKEN = re.compile(r"\w+")


def _agreement(readings: Sequence[Reading]) -> Figure:
    """Score each annotation against the next one of the same words, places counted in words."""
    alike: dict[str, list[list[Triple]]] = {}
    for reading in readings:
        words = [*_TOKEN.finditer(reading.row.text.lower())]
        key = " ".join(word.group() for word in words)
        alike.setdefault(key, []).append(
            [
                replace(gold, object=tuple(_in_words(span, words) for span in gold.object))
                for gold in _golds(reading)
            ]
        )
    return f1_figure(
        count(one, other, Mode.RELAXED)
        for key in sorted(alike)
        for one, other in pairwise(alike[key])
    )


def _in_words(span: Span, words: Sequence[re.Match[str]]) -> Span:
    """Count a place in words instead of characters."""
    start = sum(word.end() <= span.start for word in words)
    return Span(start, max(start + 1, sum(word.start() < span.end for word in words)))


# ── SPL-ADR ─────────────────────────────────────────────────────────────────────────────────────


def measure_spl(readings: Sequence[Reading]) -> Table:
    """Score the unique reaction strings of each label."""
    return Table(
        "SPL-ADR: adverse reactions of labels",
        (
            compare("unique strings per label, F1", readings, _unique_strings, "≥ .78"),
            compare(
                "mentions in the text, relaxed F1",
                readings,
                f1_of(_placed_golds, _found, Mode.RELAXED),
            ),
        ),
        (
            "Mentions: gold strings that stand in no one place are left out; the corpus marks one"
            " place of each string in a section, so repeated mentions count as spurious.",
        ),
        tuple(_string_examples(readings)),
    )


def normal(words: str) -> str:
    """Write a string as strings are compared: lower-cased, with single spaces.

    >>> normal("Liver   Failure")
    'liver failure'
    """
    return " ".join(words.lower().split())


def _strings(readings: Sequence[Reading]) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    golds: dict[str, set[str]] = {}
    found: dict[str, set[str]] = {}
    for reading in readings:
        key = reading.row.key
        golds.setdefault(key, set()).update(normal(one.object) for one in _relations(reading.row))
        words = found.setdefault(key, set())
        for one in _found(reading):
            words.update(normal(span.cut(reading.document.text)) for span in one.object)
    return golds, found


def _relations(row: Row) -> list[Relation]:
    return [one for one in row.relations if one.name == "causes_ae"]


def _unique_strings(readings: Sequence[Reading]) -> Figure:
    golds, found = _strings(readings)
    return f1_figure(count_sets(golds[key], found[key]) for key in sorted(golds))


def _placed_golds(reading: Reading) -> list[Triple]:
    return [one for one in _golds(reading) if one.object]


def _string_examples(readings: Sequence[Reading]) -> list[Example]:
    """List strings that only one side has; a string inside another one is a wrong boundary."""
    golds, found = _strings([one for one in readings if one.row.half is Half.WRITTEN_ON])
    examples = []
    for key in sorted(golds):
        missed, spurious = sorted(golds[key] - found[key]), sorted(found[key] - golds[key])
        for words in missed:
            near = next((one for one in spurious if _share_words(one, words)), None)
            kind = ErrorKind.WRONG_BOUNDARY if near else ErrorKind.MISSED_MENTION
            if near:
                spurious.remove(near)
            examples.append(Example(kind, key, words, near or "–", ""))
        examples += [Example(ErrorKind.SPURIOUS, key, "–", words, "") for words in spurious]
    return examples


def _share_words(one: str, other: str) -> bool:
    """Tell whether all words of the shorter string stand in the longer one."""
    first, second = set(one.split()), set(other.split())
    return first <= second or second <= first
