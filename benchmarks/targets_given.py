"""What rules, a reader and both answer about chemicals and proteins that are given (ChemProt)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from benchmarks.corpora import Row
from benchmarks.folds import Readers
from benchmarks.metrics import Counts, f1_figure
from benchmarks.pairs import CHEMPROT_TYPES, Key, ask_chemprot
from benchmarks.readings import to_document
from benchmarks.tables import show_figure, show_rows
from claimgraph.extract.learned.deciding import GIVEN, Kind
from claimgraph.extract.learned.labels import NONE, Pairing
from claimgraph.extract.learned.seam import Passage
from claimgraph.model import Document, Sentence, Span

WAYS = ("rules", "model", "both")


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a reader says of a pair: how probably they are related, and how if they are."""

    related: float
    type: str


def measure_given_targets(rows: Sequence[Row], readers: Readers) -> str:
    """Score the five types with mentions given, as `pairs` scores the rules.

    Both together: the type that the rules say, and that of the reader where they say nothing.
    """
    counts: dict[str, list[Counts]] = {way: [] for way in WAYS}
    for row in rows:
        golds: dict[Key, str] = {}
        for one in row.relations:
            if one.fields.get("evaluated") and one.name in CHEMPROT_TYPES:
                pair = _places(one.subject_spans[0], one.object_spans[0])
                golds.setdefault(pair, CHEMPROT_TYPES[one.name])
        ruled = ask_chemprot(dict(row.fields))
        answers = _ask_reader(row, readers)
        decision = GIVEN[Kind.TARGET]
        ways = {
            "rules": ruled,
            "model": _sure(answers, decision.alone),
            "both": _sure(answers, decision.beside) | ruled,
        }
        for way, said in ways.items():
            right = sum(golds.get(pair) == one for pair, one in said.items())
            counts[way].append(Counts(right, len(said) - right, len(golds) - right))
    cells = [show_figure(f1_figure(counts[way])) for way in WAYS]
    head = ["measure", *WAYS]
    return show_rows([head, ["---"] * len(head), ["5 types, micro-F1", *cells]])


def _sure(answers: Mapping[Key, _Answer], least: float) -> dict[Key, str]:
    return {pair: one.type for pair, one in answers.items() if one.related >= least}


def _ask_reader(row: Row, readers: Readers) -> dict[Key, _Answer]:
    """Give what a reader says of every pair of one sentence."""
    document = to_document(row)
    asked = list(_pairs(row, document))
    sentences = list({sentence.number: sentence for sentence, _ in asked}.values())
    readings = dict(
        zip(
            (sentence.number for sentence in sentences),
            readers[row.half].read([_passage(document, one) for one in sentences]),
            strict=True,
        )
    )
    answers: dict[Key, _Answer] = {}
    for sentence, (chemical, protein) in asked:
        first, second = (
            (span.start - sentence.span.start, span.end - sentence.span.start)
            for span in (chemical, protein)
        )
        answer = readings[sentence.number].answer(Pairing.TARGET, first, second)
        likeliest = max((one for one in answer if one != NONE), key=lambda one: answer[one])
        answers[_places(chemical, protein)] = _Answer(1.0 - answer[NONE], likeliest)
    return answers


def _places(first: Span, second: Span) -> Key:
    return (first.start, first.end), (second.start, second.end)


def _passage(document: Document, sentence: Sentence) -> Passage:
    return Passage(sentence.text, document.sections[sentence.section - 1].kind)


def _pairs(row: Row, document: Document) -> Iterator[tuple[Sentence, tuple[Span, Span]]]:
    """Give every chemical with every protein of its sentence."""
    for sentence in document.sentences:
        inside = [one for one in row.entities if sentence.span.covers(one.spans[0])]
        chemicals = {one.spans[0] for one in inside if one.type == "CHEMICAL"}
        proteins = {one.spans[0] for one in inside if one.type.startswith("GENE")}
        for chemical in sorted(chemicals):
            for protein in sorted(proteins):
                yield sentence, (chemical, protein)
