"""Measure a network on documents that it did not learn from: each layer, and pairs of given spans.

    python -m training.measure CORPORA MODEL --folds 2 --fold 0

MODEL is the folder of a model in the form that the package reads, so what is measured is what a
user gets. Spans are matched as everywhere in the benchmarks; intervals are 95 % bootstrap
intervals by document.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.metrics import Counts, Figure, Mode, Triple, count, f1_figure
from claimgraph.extract.learned.labels import ANSWERS, Layer, Pairing
from claimgraph.extract.learned.network import LEAST, NetworkReader
from claimgraph.extract.learned.seam import Found, Passage, Reading, SentenceReader
from claimgraph.model import Span
from training.data import Example, Pair, fold_of, read_examples


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: of a layer or a question in a corpus."""

    corpus: str
    what: str
    figure: Figure
    counts: Counts


def measure(examples: Iterable[Example], reader: SentenceReader) -> list[Row]:
    """Read examples and count, sorted by corpus."""
    tallies: dict[tuple[str, str], dict[str, Counts]] = defaultdict(dict)
    for example in examples:
        reading = reader.read([Passage(example.text, example.section)])[0]
        for what, counts in (*judge_layers(example, reading.found), *judge_pairs(example, reading)):
            documents = tallies[example.corpus, what]
            before = documents.get(example.key, Counts())
            documents[example.key] = Counts(
                *(one + two for one, two in zip(before, counts, strict=True))
            )
    rows = []
    for (corpus, what), documents in sorted(tallies.items()):
        total = Counts(*map(sum, zip(*documents.values(), strict=True)))
        if total.right + total.missed:
            figure = f1_figure(documents[key] for key in sorted(documents))
            rows.append(Row(corpus, what, figure, total))
    return rows


def judge_layers(example: Example, found: Sequence[Found]) -> Iterator[tuple[str, Counts]]:
    """Count spans of the layers that are known."""
    for layer, spans in example.layers.items():
        golds = [_mark(layer, span) for span in spans]
        ours = [_mark(layer, Span(one.start, one.end)) for one in found if one.layer is layer]
        for mode in Mode:
            yield f"{layer.value}, {mode.value}", count(golds, ours, mode)


def _mark(layer: Layer, span: Span) -> Triple:
    return Triple(layer.value, None, (span,))


def judge_pairs(example: Example, reading: Reading) -> Iterator[tuple[str, Counts]]:
    """Count answers about given spans; the answer that there is nothing is not counted."""
    for question, known in example.pairs.items():
        said = {
            pair: choose(
                reading, question, (pair[0].start, pair[0].end), (pair[1].start, pair[1].end)
            )
            for pair in known
        }
        none = ANSWERS[question][0]
        yield f"pairs: {question.value}", count_answers(known, said, none)
        for answer in ANSWERS[question][1:]:
            golds = {pair for pair, one in known.items() if one == answer}
            ours = {pair for pair, one in said.items() if one == answer}
            right = len(golds & ours)
            yield (
                f"pairs: {question.value}, {answer}",
                Counts(right, len(ours) - right, len(golds) - right),
            )


def choose(
    reading: Reading, question: Pairing, first: tuple[int, int], second: tuple[int, int]
) -> str:
    """Give the most probable answer; of equal ones the first."""
    answers = reading.answer(question, first, second)
    return max(ANSWERS[question], key=lambda one: answers[one])


def count_answers(known: Mapping[Pair, str], said: Mapping[Pair, str], none: str) -> Counts:
    """Count answers; a wrong one is both spurious and missed."""
    right = spurious = missed = 0
    for pair, gold in known.items():
        ours = said[pair]
        right += gold == ours != none
        spurious += ours not in (none, gold)
        missed += gold not in (none, ours)
    return Counts(right, spurious, missed)


def held_out(folder: Path, folds: int, fold: int, share: float = 1.0) -> Iterator[Example]:
    """Read the examples of one fold, of a share of its documents, taken by their names."""
    for example in read_examples(folder):
        if fold_of(example.key, folds) == fold and byte_of(example.key) < share * 256:
            yield example


def byte_of(key: str) -> int:
    """Give a number from 0 to 255 that depends on a document's name, not on its fold."""
    return hashlib.sha256(key.encode("utf-8")).digest()[1]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; give the exit code."""
    parser = argparse.ArgumentParser(prog="training.measure")
    parser.add_argument("corpora", type=Path)
    parser.add_argument("model", type=Path)
    parser.add_argument("--folds", type=int, default=2)
    parser.add_argument("--fold", type=int, default=0)
    parser.add_argument("--share", type=float, default=1.0, help="of the fold's documents")
    parser.add_argument("--least", type=float, default=LEAST, help="probability of a word")
    asked = parser.parse_args(arguments)
    reader = NetworkReader(asked.model, least=asked.least)
    rows = measure(held_out(asked.corpora, asked.folds, asked.fold, asked.share), reader)
    for row in rows:
        figure = row.figure
        sys.stdout.write(
            json.dumps(
                {
                    "corpus": row.corpus,
                    "what": row.what,
                    "f1": figure.value,
                    "low": figure.low,
                    "high": figure.high,
                    **row.counts._asdict(),
                }
            )
            + "\n"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
