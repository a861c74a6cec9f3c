"""Measure the two families of rules that decide pairs of given mentions.

    python benchmarks/pairs.py CORPORA [--errors] [--rules]

ChemProt: a drug's or chemical's effect on a protein, micro-F1 over the evaluated types. DDI-2013:
drug interactions, detection and type. The rules were written on half A of the documents; half B was
held back, and its errors were never read.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import random  # noqa: TID251 - with a fixed seed
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from claimgraph.documents import cut_text
from claimgraph.errors import Place
from claimgraph.extract.given import read_given
from claimgraph.extract.interactions import find_interactions
from claimgraph.extract.rules import RuleExtractor
from claimgraph.extract.targets import find_target_relations
from claimgraph.extract.view import Family, SentenceView
from claimgraph.model import (
    Citation,
    Document,
    Passage,
    Polarity,
    Section,
    SectionKind,
    Sentence,
    Span,
)

Row = dict[str, Any]
Key = tuple[tuple[int, int], tuple[int, int]]
CHEMPROT_TYPES = {
    "CPR:3": "activates",
    "CPR:4": "inhibits",
    "CPR:5": "agonist",
    "CPR:6": "antagonist",
    "CPR:9": "substrate",
}


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair: what the rules said and what the corpus says."""

    said: str | None
    gold: str | None
    rule: str
    sentence: str
    pair: tuple[str, str]


@dataclass(slots=True)
class Score:
    """What was judged, by document."""

    documents: dict[str, list[Judged]] = field(default_factory=dict)

    @property
    def judged(self) -> list[Judged]:
        """All pairs of all documents."""
        return [one for pairs in self.documents.values() for one in pairs]

    def measure(self, *, typed: bool = True, kind: str | None = None) -> tuple[float, float, float]:
        """Give precision, recall and F1, for one kind or for all."""
        return _measure(_count(self.judged, typed, kind))

    def interval(self, *, typed: bool = True, rounds: int = 1000) -> tuple[float, float]:
        """Give the 95 % bootstrap interval of F1, by document."""
        counts = [_count(pairs, typed, None) for pairs in self.documents.values()]
        chance = random.Random(0)  # noqa: S311
        values = sorted(
            _measure(tuple(map(sum, zip(*chance.choices(counts, k=len(counts)), strict=True))))[2]
            for _ in range(rounds)
        )
        return values[int(rounds * 0.025)], values[int(rounds * 0.975) - 1]


def _count(pairs: Iterable[Judged], typed: bool, kind: str | None) -> tuple[int, ...]:
    """Count right, said and gold."""
    right = said = gold = 0
    for one in pairs:
        is_said = one.said is not None and kind in (None, one.said)
        is_gold = one.gold is not None and kind in (None, one.gold)
        said += is_said
        gold += is_gold
        right += is_said and is_gold and (not typed or one.said == one.gold)
    return right, said, gold


def _measure(counts: tuple[int, ...]) -> tuple[float, float, float]:
    right, said, gold = counts
    precision, recall = right / max(said, 1), right / max(gold, 1)
    return precision, recall, 2 * right / max(said + gold, 1)


def load(corpora: Path, name: str) -> list[Row]:
    """Read the development rows of a corpus."""
    with gzip.open(corpora / f"{name}.dev.jsonl.gz", "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def document_of(row: Row) -> str:
    """Name the document of a row: a sentence of DDI-2013 names it before its last part."""
    name = str(row["id"])
    return ".".join(name.split(".")[:2]) if name.startswith("DDI") else name


def is_in_half_a(row: Row) -> bool:
    """Tell whether a row belongs to the documents the rules were written on."""
    return hashlib.sha256(document_of(row).encode()).digest()[0] % 2 == 0


def view_chemprot(row: Row) -> Iterator[tuple[int, SentenceView]]:
    """Cut an abstract into sentences with their given mentions; spans count from the sentence."""
    return _views(row, cut_text(row["text"], id="abstract", citation=Citation("An abstract")))


def view_ddi(row: Row) -> Iterator[tuple[int, SentenceView]]:
    """Make the view of a sentence. Of a broken mention the first part stands for the whole."""
    text = row["text"]
    if not text:
        return iter(())
    whole = Passage(Span(0, len(text)), text)
    section = Section(1, SectionKind.OTHER, None, whole.span)
    document = Document(
        "sentence", text, "", Citation("A sentence"), (section,), (Sentence(1, 1, whole),)
    )
    return _views(row, document)


def _views(row: Row, document: Document) -> Iterator[tuple[int, SentenceView]]:
    """Give the sentences of a document as the rules see them when mentions are given."""
    extractor = RuleExtractor()
    given = read_given(row["entities"], document, extractor.lexicon, Place(str(row["id"])))
    for sentence, view in extractor.views(document, given):
        yield sentence.span.start, view


def _judge(
    row: Row,
    views: Iterable[tuple[int, SentenceView]],
    family: Family,
    gold: dict[Key, str],
    key: Callable[[tuple[int, int], tuple[int, int]], Key],
) -> Iterator[Judged]:
    """Compare what a family proposes for a document with what the corpus says."""
    views = list(views)
    said = _ask(views, family, key)
    for pair in sorted(said.keys() | gold.keys()):
        words = (row["text"][slice(*pair[0])], row["text"][slice(*pair[1])])
        label, rule, sentence, names = said.get(pair, (None, "", "", words))
        if not sentence:
            sentence = max(
                ((start, view.text) for start, view in views if start <= pair[0][0]),
                default=(0, row["text"]),
            )[1]
        yield Judged(label, gold.get(pair), rule, sentence, names)


def _ask(
    views: Iterable[tuple[int, SentenceView]],
    family: Family,
    key: Callable[[tuple[int, int], tuple[int, int]], Key],
) -> dict[Key, tuple[str, str, str, tuple[str, str]]]:
    """Give what a family says of pairs: its label, its rule, the sentence, and both names."""
    said: dict[Key, tuple[str, str, str, tuple[str, str]]] = {}
    for start, view in views:
        for one in family(view):
            if one.subject is None or one.polarity is Polarity.NEGATED:
                continue
            pair = key(_shift(one.subject.span, start), _shift(one.object.span, start))
            said.setdefault(
                pair, (one.detail, one.rule, view.text, (one.subject.text, one.object.text))
            )
    return said


def ask_chemprot(row: Row) -> dict[Key, str]:
    """Give the types that the rules say of the pairs of a row, mentions given."""
    said = _ask(view_chemprot(row), find_target_relations, lambda one, two: (one, two))
    return {pair: label for pair, (label, *_) in said.items()}


def _shift(span: Span, by: int) -> tuple[int, int]:
    return span.start + by, span.end + by


def score_chemprot(rows: Iterable[Row]) -> Score:
    """Score the relations of drugs and proteins, mentions given."""
    score = Score()
    for row in rows:
        # Of two labels of one pair, which is rare, the first counts.
        gold: dict[Key, str] = {}
        for one in row["relations"]:
            if one.get("evaluated"):
                gold.setdefault(
                    (tuple(one["subj_span"]), tuple(one["obj_span"])), CHEMPROT_TYPES[one["pred"]]
                )
        judged = _judge(
            row, view_chemprot(row), find_target_relations, gold, lambda one, two: (one, two)
        )
        score.documents.setdefault(document_of(row), []).extend(judged)
    return score


def score_ddi(rows: Iterable[Row]) -> Score:
    """Score drug interactions, mentions given; the order of a pair does not matter."""
    score = Score()
    for row in rows:
        gold: dict[Key, str] = {}
        for one in row["relations"]:
            ends = sorted((tuple(one["subj_spans"][0]), tuple(one["obj_spans"][0])))
            gold[ends[0], ends[1]] = one["pred"]
        judged = _judge(
            row,
            view_ddi(row),
            find_interactions,
            gold,
            lambda one, two: (min(one, two), max(one, two)),
        )
        score.documents.setdefault(document_of(row), []).extend(judged)
    return score


def _line(
    name: str, values: tuple[float, float, float], interval: tuple[float, float] | None
) -> str:
    line = f"  {name:<22} P {values[0]:.3f}  R {values[1]:.3f}  F1 {values[2]:.3f}"
    return line + (f"  [{interval[0]:.3f}, {interval[1]:.3f}]" if interval else "")


def _show(score: Score, kinds: Iterable[str], *, detection: bool) -> None:
    if detection:
        print(_line("detection", score.measure(typed=False), score.interval(typed=False)))
    print(_line("typed, micro", score.measure(), score.interval()))
    for kind in kinds:
        print(_line(kind, score.measure(kind=kind), None))


def _show_rules(score: Score) -> None:
    rules: dict[str, Counter[str]] = {}
    for one in score.judged:
        if one.said:
            verdict = "right" if one.said == one.gold else "type" if one.gold else "wrong"
            rules.setdefault(one.rule, Counter())[verdict] += 1
    for rule, counts in sorted(rules.items(), key=lambda item: -item[1].total()):
        print(
            f"    {rule:<36} {counts['right']:>4} right {counts['type']:>4} of another type"
            f" {counts['wrong']:>4} wrong   {counts['right'] / counts.total():.2f}"
        )


def _show_errors(score: Score, count: int, seed: int) -> None:
    errors = [one for one in score.judged if one.said != one.gold]
    for one in random.Random(seed).sample(errors, min(count, len(errors))):  # noqa: S311
        print(
            f"    said {one.said} ({one.rule}), gold {one.gold}: {one.pair[0]} | {one.pair[1]}\n"
            f"        {' '.join(one.sentence.split())[:500]}"
        )


def main() -> None:
    """Print both tasks on both halves."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--errors", action="store_true", help="20 errors of half A, to read")
    parser.add_argument("--rules", action="store_true", help="what each rule gave on half A")
    parser.add_argument("--task", choices=("chemprot", "ddi2013"), help="only this task")
    parser.add_argument("--seed", type=int, default=0, help="another sample of errors")
    parser.add_argument("--count", type=int, default=20, help="how many errors")
    asked = parser.parse_args()
    tasks: tuple[tuple[str, Callable[[Iterable[Row]], Score], tuple[str, ...], bool], ...] = (
        ("chemprot", score_chemprot, tuple(CHEMPROT_TYPES.values()), False),
        ("ddi2013", score_ddi, ("mechanism", "effect", "advise", "int"), True),
    )
    for name, judge, kinds, detection in tasks:
        if asked.task not in (None, name):
            continue
        rows = load(asked.corpora, name)
        for half, wanted in (("half A (written on)", True), ("half B (held back)", False)):
            score = judge(row for row in rows if is_in_half_a(row) is wanted)
            print(f"{name}, mentions given, {half}: {len(score.documents)} documents")
            _show(score, kinds, detection=detection)
            if wanted and asked.rules:
                _show_rules(score)
            if wanted and asked.errors:
                _show_errors(score, asked.count, asked.seed)


if __name__ == "__main__":
    main()
