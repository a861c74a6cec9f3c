"""Measure the learned reader beside the rules, each document by a model that never saw it.

    python -m benchmarks.model CORPORA --models FOLDER [--corpus NAME] [--sample 300] [--write]

FOLDER holds one model for each half, `fold0` and `fold1`: `fold0` learned from the held-back half
and is measured on the half that rules were written on, `fold1` the other way round.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from benchmarks.article import measure_article
from benchmarks.calibration import (
    Judged,
    draw_confidence,
    fit_curves,
    judge,
    measure_calibration,
    write_curves,
)
from benchmarks.corpora import Half, Row, find_corpus, read_corpus
from benchmarks.extraction import MEASURES
from benchmarks.folds import Ahead, Readers, open_readers
from benchmarks.metrics import Figure
from benchmarks.readings import Reading, to_document
from benchmarks.seen import is_new, read_sentences
from benchmarks.tables import show_figure, show_rows
from benchmarks.targets_given import measure_given_targets
from claimgraph.extract import Extractor
from claimgraph.extract.learned.deciding import CONFIRMS, DECIDES, UNION, Kind
from claimgraph.extract.learned.extractor import LearnedExtractor
from claimgraph.extract.learned.joined import JoinedExtractor, join_claims, join_mentions
from claimgraph.extract.learned.seam import Passage
from claimgraph.extract.rules import SILENT, RuleExtractor
from claimgraph.gate import pass_claims
from claimgraph.model import Claim, Document, Mention

CORPORA = (
    "labeledin",
    "roam_drug_disease",
    "spl_adr_onsides",
    "ade_v2",
    "phee",
    "bc5cdr",
    "chemprot",
    "drugprot",
    "neuro_dkg",
    "eu_adr",
)
VARIANTS = ("rules", "model", "model alone", "union", "both")
_BEGIN, _END = "<!-- model -->", "<!-- /model -->"
_REPEATING = ("labeledin", "roam_drug_disease", "spl_adr_onsides")  # labels repeat one another
_WEIGHT = {"spl_adr_onsides": 5}  # a label has so many times the sentences of other documents
_TIMED = ("dailymed_indications", "bc5cdr", "ade_v2")
_TIMED_ROWS = 60  # documents of each corpus that is read on the clock
_CHUNK = 200  # rows whose sentences are read together


@dataclass(frozen=True, slots=True)
class Pooled(Row):
    """A row that counts with all others, whatever its half."""

    @property
    def half(self) -> Half:
        """Give the same half for all rows."""
        return Half.WRITTEN_ON


@dataclass(frozen=True, slots=True)
class Measured:
    """One measure of one corpus: a figure for each variant, and the rules on the held-back half."""

    corpus: str
    name: str
    goal: str
    figures: Mapping[str, Figure]
    held_back: Figure | None


def sample(rows: Sequence[Row], number: int) -> list[Row]:
    """Give the rows of so many documents, always the same ones; all if there are no more."""
    keys = sorted({row.key for row in rows}, key=lambda one: hashlib.sha256(one.encode()).digest())
    kept = set(keys[:number])
    return [row for row in rows if row.key in kept]


def read_variants(rows: Sequence[Row], readers: Readers) -> dict[str, list[Reading]]:
    """Read every row in every way."""
    rules = RuleExtractor()
    ahead = {half: Ahead(readers[half]) for half in readers}
    models = {half: LearnedExtractor(ahead[half], rules.lexicon) for half in readers}
    alone = {half: LearnedExtractor(ahead[half], rules.lexicon, grounded=False) for half in readers}
    found: dict[str, list[Reading]] = {name: [] for name in VARIANTS}
    for start in range(0, len(rows), _CHUNK):
        chunk = [(row, to_document(row)) for row in rows[start : start + _CHUNK]]
        for half in readers:
            ahead[half].prepare(
                [one for row, document in chunk if row.half is half for one in _passages(document)]
            )
        for row, document in chunk:
            ruled = list(rules.extract(document))
            read = list(models[row.half].find(document, dict.fromkeys(Kind, CONFIRMS)))
            claims = {
                "rules": ruled,
                "model": [c for c, kind in read if (c.confidence or 0) >= DECIDES[kind].alone],
                "model alone": list(alone[row.half].extract(document)),
                "union": list(join_claims(ruled, read, UNION)),
                "both": list(join_claims(ruled, read)),
            }
            mentions = _mentions(row, document, rules, models[row.half], alone[row.half])
            for name in VARIANTS:
                found[name].append(_reading(row, document, claims[name], mentions.get(name)))
    return found


def _mentions(
    row: Row,
    document: Document,
    rules: RuleExtractor,
    model: LearnedExtractor,
    alone: LearnedExtractor,
) -> dict[str, tuple[Mention, ...]]:
    """Give the mentions of a document, where the corpus marks them."""
    if row.corpus != "bc5cdr":
        return {}
    ruled, read = tuple(rules.mentions(document)), tuple(model.mentions(document))
    return {
        "rules": ruled,
        "model": read,
        "model alone": tuple(alone.mentions(document)),
        "union": tuple(dict.fromkeys([*ruled, *read])),
        "both": tuple(join_mentions(ruled, read)),
    }


def _passages(document: Document) -> Iterator[Passage]:
    for sentence in document.sentences:
        kind = document.sections[sentence.section - 1].kind
        if kind not in SILENT:
            yield Passage(sentence.text, kind)


def _reading(
    row: Row, document: Document, claims: Sequence[Claim], mentions: tuple[Mention, ...] | None
) -> Reading:
    passed = pass_claims(claims, document)
    return Reading(row, document, passed.claims, passed.rejections, mentions)


def pool(readings: Sequence[Reading]) -> list[Reading]:
    """Put both halves together."""
    return [
        Reading(
            Pooled(**{one.name: getattr(reading.row, one.name) for one in fields(Row)}),
            reading.document,
            reading.claims,
            reading.rejections,
            reading.mentions,
        )
        for reading in readings
    ]


def measure(corpus: str, variants: Mapping[str, Sequence[Reading]]) -> Iterator[Measured]:
    """Score every way of reading by the measures of the corpus."""
    tables = {name: MEASURES[corpus](pool(readings)) for name, readings in variants.items()}
    held = MEASURES[corpus](variants["rules"])
    for number, line in enumerate(held.lines):
        yield Measured(
            corpus,
            line.name,
            line.goal,
            {name: table.lines[number].written_on for name, table in tables.items()},
            line.held_back,
        )


def show(measured: Sequence[Measured], variants: Sequence[str]) -> str:
    """Write what was measured as a table in Markdown."""
    head = ["measure", "rules, held back", *variants]
    rows = [head, ["---"] * len(head)]
    for one in measured:
        cells = [show_figure(one.held_back), *(show_figure(one.figures[name]) for name in variants)]
        rows.append([one.name, *cells])
    return show_rows(rows)


def measure_reviewed(readers: Readers) -> str:
    """Score every way of reading by the reviewed claims of the article, which taught nobody."""
    rules, learned = RuleExtractor(), LearnedExtractor(next(iter(readers.values())))
    ways: dict[str, Extractor] = {
        "rules": rules,
        "model": learned,
        "both": JoinedExtractor(learned, rules),
    }
    tables = {name: measure_article(extractor) for name, extractor in ways.items()}
    rows = [["measure", *ways], ["---"] * (len(ways) + 1)]
    for number, line in enumerate(tables["rules"].lines):
        cells = [show_figure(table.lines[number].written_on) for table in tables.values()]
        rows.append([line.name, *cells])
    return "### The article\n\n" + show_rows(rows)


def measure_speed(folder: Path, readers: Readers) -> str:
    """Write how many sentences a second of processor time every way reads, on one core."""
    rows = [
        row
        for name in _TIMED
        if (path := find_corpus(folder, name)) is not None
        for row in sample(list(read_corpus(path)), _TIMED_ROWS)
    ]
    if not rows:
        return ""
    documents = [to_document(row) for row in rows]
    reader = next(iter(readers.values()))
    rules, learned = RuleExtractor(), LearnedExtractor(reader)
    ways: dict[str, Extractor] = {
        "rules": rules,
        "model": learned,
        "both": JoinedExtractor(learned, rules),
    }
    count = sum(len(one.sentences) for one in documents)
    cells = []
    for extractor in ways.values():
        list(extractor.extract(documents[0]))  # load what is loaded on first use
        start = time.process_time()
        for document in documents:
            for _ in extractor.extract(document):
                pass
        cells.append(f"{count / (time.process_time() - start):,.0f}")
    head = f"### Sentences a second of processor time, one core, {reader.name}\n\n"
    return head + show_rows([list(ways), ["---"] * len(ways), cells])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; give the exit code."""
    parser = argparse.ArgumentParser(
        prog="benchmarks/model.py", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("corpora", type=Path, help="folder with NAME.PART.jsonl.gz files")
    parser.add_argument("--models", type=Path, required=True, help="folder with fold0 and fold1")
    parser.add_argument("--corpus", action="append", choices=CORPORA, metavar="NAME")
    parser.add_argument("--sample", type=int, default=0, help="documents of each corpus; 0 is all")
    parser.add_argument("--half", choices=[one.value for one in Half], help="only this half")
    parser.add_argument("--curves", type=Path, help="file for the measured confidences")
    parser.add_argument("--plot", type=Path, help="file for a plot of the confidences, as SVG")
    parser.add_argument("--out", type=Path, help="file for the tables, besides the terminal")
    asked = parser.parse_args(arguments)
    readers = open_readers(asked.models, [Half(asked.half)] if asked.half else list(Half))
    sentences = read_sentences(asked.corpora)
    parts: list[str] = []
    judged: list[Judged] = []

    def tell(text: str) -> None:
        print(text, flush=True)
        parts.append(text)

    for corpus in asked.corpus or CORPORA:
        path = find_corpus(asked.corpora, corpus)
        if path is None:
            continue
        rows = [row for row in read_corpus(path) if row.half in readers]
        if asked.sample:
            rows = sample(rows, max(1, asked.sample // _WEIGHT.get(corpus, 1)))
        variants = read_variants(rows, readers)
        tell(f"### {corpus}\n\n{show(list(measure(corpus, variants)), VARIANTS)}")
        if corpus in _REPEATING:
            new = {
                name: [one for one in readings if is_new(one.row, sentences)]
                for name, readings in variants.items()
            }
            count = len(new["rules"])
            tell(f"{count:,} of {len(rows):,} rows share no sentence with what was learned from:\n")
            tell(show(list(measure(corpus, new)), VARIANTS))
        if corpus == "chemprot":
            tell(f"Mentions given:\n\n{measure_given_targets(rows, readers)}")
        judged += judge(corpus, variants)
    tell(measure_calibration(judged))
    tell(measure_reviewed(readers))
    tell(measure_speed(asked.corpora, readers))
    if asked.curves:
        write_curves(asked.curves, fit_curves(judged))
    if asked.plot:
        asked.plot.write_text(draw_confidence(judged), encoding="utf-8")
    if asked.out:
        asked.out.write_text("\n".join(parts), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
