"""What a reader answers about chemicals and proteins that are given (ChemProt)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.corpora import Row
from benchmarks.folds import Readers
from benchmarks.metrics import Counts, f1_figure
from benchmarks.pairs import CHEMPROT_TYPES
from benchmarks.readings import to_document
from benchmarks.tables import show_figure
from claimgraph.extract.learned.deciding import DECIDES, Kind
from claimgraph.extract.learned.labels import NONE, Pairing
from claimgraph.extract.learned.seam import Passage
from claimgraph.model import Document, Sentence, Span

Pair = tuple[Span, Span]


def measure_given_targets(rows: Sequence[Row], readers: Readers) -> str:
    """Score the five types with mentions given, as `pairs` scores the rules."""
    return show_figure(f1_figure(_count(row, readers) for row in rows))


def _count(row: Row, readers: Readers) -> Counts:
    golds: dict[Pair, str] = {}
    for one in row.relations:
        if one.fields.get("evaluated") and one.name in CHEMPROT_TYPES:
            pair = (one.subject_spans[0], one.object_spans[0])
            golds.setdefault(pair, CHEMPROT_TYPES[one.name])
    document = to_document(row)
    asked = list(_pairs(row, document))
    kinds = {sentence.number: sentence for sentence, _ in asked}
    sentences = [kinds[number] for number in sorted(kinds)]
    readings = dict(
        zip(
            (sentence.number for sentence in sentences),
            readers[row.half].read([_passage(document, one) for one in sentences]),
            strict=True,
        )
    )
    said: dict[Pair, str] = {}
    for sentence, pair in asked:
        first, second = (
            (span.start - sentence.span.start, span.end - sentence.span.start) for span in pair
        )
        answer = readings[sentence.number].answer(Pairing.TARGET, first, second)
        if 1.0 - answer[NONE] >= DECIDES[Kind.TARGET].alone:
            said[pair] = max((one for one in answer if one != NONE), key=lambda one: answer[one])
    right = sum(golds.get(pair) == one for pair, one in said.items())
    return Counts(right, len(said) - right, len(golds) - right)


def _passage(document: Document, sentence: Sentence) -> Passage:
    return Passage(sentence.text, document.sections[sentence.section - 1].kind)


def _pairs(row: Row, document: Document) -> Iterator[tuple[Sentence, Pair]]:
    """Give every chemical with every protein of its sentence."""
    for sentence in document.sentences:
        inside = [one for one in row.entities if sentence.span.covers(one.spans[0])]
        chemicals = {one.spans[0] for one in inside if one.type == "CHEMICAL"}
        proteins = {one.spans[0] for one in inside if one.type.startswith("GENE")}
        for chemical in sorted(chemicals):
            for protein in sorted(proteins):
                yield sentence, (chemical, protein)
