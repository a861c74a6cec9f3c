"""Measure the lexicon: how fast it finds names, and how well these meet what people marked.

    python benchmarks/lexicon.py CORPORA [--errors N]

CORPORA is a folder of annotated texts in JSON Lines (`NAME.dev.jsonl.gz`: `id`, `text`,
`entities`, `relations`). The names of half of the texts were read while the lexicon was made; the
other half shows whether that helped in general. pyahocorasick, the yardstick of speed, gets the
same names in lower case and looks at no border of words: it is what plain matching costs.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from claimgraph.lexicon import Lexicon, Match, load_lexicon
from claimgraph.lexicon.store import Names
from claimgraph.model import Category

Span = tuple[int, int]
Row = dict[str, Any]

CHEMICALS = (Category.DRUG, Category.DRUG_CLASS)
CONDITIONS = (Category.CONDITION,)

# Corpus, what is marked, the categories that answer it, the marked spans of a text.
TASKS: tuple[tuple[str, str, tuple[Category, ...], Callable[[Row], set[Span]]], ...] = (
    ("bc5cdr", "chemicals", CHEMICALS, lambda r: _entities(r, "Chemical")),
    ("bc5cdr", "diseases", CONDITIONS, lambda r: _entities(r, "Disease")),
    ("roam_drug_disease", "objects", CONDITIONS, lambda r: _spans(r, "obj_span")),
    ("labeledin", "indications", CONDITIONS, lambda r: _spans(r, "obj_span")),
    ("spl_adr_onsides", "reactions", CONDITIONS, lambda r: _spans(r, "obj_span")),
    ("ade_v2", "effects", CONDITIONS, lambda r: _spans(r, "obj_span", "causes_ae")),
    ("ade_v2", "drugs", CHEMICALS, lambda r: _spans(r, "subj_span")),
)


def _entities(row: Row, kind: str) -> set[Span]:
    return {tuple(e["span"]) for e in row["entities"] if e["type"] == kind}


def _spans(row: Row, side: str, predicate: str | None = None) -> set[Span]:
    return {
        tuple(r[side]) for r in row["relations"] if r.get(side) and predicate in (None, r["pred"])
    }


def read_rows(path: Path) -> Iterator[Row]:
    """Give the rows of a corpus."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def half_of(row: Row) -> int:
    """Give 0 for a text that was read while the lexicon was made, 1 for one that was not."""
    name = row.get("pmid") or row["id"]
    return hashlib.sha256(str(name).encode()).digest()[0] & 1


def is_one(match: Match, categories: tuple[Category, ...]) -> bool:
    """Tell whether a match is a mention of these categories without help from the context."""
    entry = match.entries[0]
    return entry.concept.category in categories and not entry.ambiguous


def overlaps(span: Span, others: set[Span]) -> bool:
    """Tell whether a span shares a character with one of the others."""
    return any(span[0] < end and start < span[1] for start, end in others)


def measure_mentions(lexicon: Lexicon, corpora: Path, errors: int) -> None:
    """Print recall and precision of the mentions, for each half."""
    print(f"{'corpus':<18}{'what':<12}{'half':<7}{'gold':>6}{'exact R':>9}{'over R':>8}"
          f"{'found':>7}{'exact P':>9}{'over P':>8}")  # fmt: skip
    for corpus, what, categories, gold_of in TASKS:
        missed: Counter[str] = Counter()
        wrong: Counter[str] = Counter()
        counts = [Counter[str](), Counter[str]()]
        for row in read_rows(corpora / f"{corpus}.dev.jsonl.gz"):
            half, text, gold = half_of(row), row["text"], gold_of(row)
            matches = [m for m in lexicon.find(text) if is_one(m, categories)]
            found = {(m.span.start, m.span.end) for m in matches}
            count = counts[half]
            count["gold"] += len(gold)
            count["found"] += len(found)
            count["exact"] += len(gold & found)
            count["met"] += sum(overlaps(g, found) for g in gold)
            count["right"] += sum(overlaps(f, gold) for f in found)
            if half == 0:
                missed.update(text[s:e].lower() for s, e in gold if not overlaps((s, e), found))
                wrong.update(text[s:e].lower() for s, e in found if not overlaps((s, e), gold))
        for half, count in enumerate(counts):
            gold_count, found_count = max(count["gold"], 1), max(count["found"], 1)
            print(
                f"{corpus:<18}{what:<12}{('read', 'unread')[half]:<7}{count['gold']:>6}"
                f"{count['exact'] / gold_count:>9.3f}{count['met'] / gold_count:>8.3f}"
                f"{count['found']:>7}{count['exact'] / found_count:>9.3f}"
                f"{count['right'] / found_count:>8.3f}"
            )
        if errors:
            print("  missed:", "; ".join(f"{t} {n}" for t, n in missed.most_common(errors)))
            print("  beside:", "; ".join(f"{t} {n}" for t, n in wrong.most_common(errors)))


def measure_speed(lexicon: Lexicon, corpora: Path) -> None:
    """Print how many sentences a second the lexicon reads, beside plain pyahocorasick."""
    import ahocorasick  # noqa: PLC0415 - the yardstick; not needed for anything else
    from sentencex import segment  # noqa: PLC0415

    sentences = [
        sentence
        for row in read_rows(corpora / "dailymed_indications.raw.jsonl.gz")
        for sentence in segment("en", row["text"])
        if sentence.strip()
    ]
    automaton = ahocorasick.Automaton()
    for names in (lexicon._names, lexicon._symbols):
        for number, name in enumerate(_all_names(names)):
            automaton.add_word(name.lower(), number)
    automaton.make_automaton()

    def scan(sentence: str) -> int:
        return sum(1 for _ in automaton.iter_long(sentence.lower()))

    def find(sentence: str) -> int:
        return sum(1 for _ in lexicon.find(sentence))

    size = sum(map(len, sentences)) / len(sentences)
    print(f"{len(sentences):,} sentences of {size:.0f} characters on average")
    for label, work in (("lexicon", find), ("pyahocorasick", scan)):
        best, hits = float("inf"), 0
        for _ in range(3):
            begin = time.process_time()
            hits = sum(map(work, sentences))
            best = min(best, time.process_time() - begin)
        speed = len(sentences) / best
        print(f"{label:<14}{speed:>10,.0f} sentences/s of processor time, {hits:,} matches")


def _all_names(names: Names) -> list[str]:
    """Give all names of one trie."""
    return names.trie.keys()


def main() -> None:
    """Print all tables."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("corpora", type=Path)
    parser.add_argument(
        "--errors", type=int, default=0, help="show so many of the commonest errors"
    )
    parser.add_argument("--no-speed", action="store_true")
    options = parser.parse_args()
    begin = time.process_time()
    lexicon = load_lexicon()
    print(f"opened in {time.process_time() - begin:.3f} s, without imports; {lexicon.counts}")
    if not options.no_speed:
        measure_speed(lexicon, options.corpora)
    measure_mentions(lexicon, options.corpora, options.errors)


if __name__ == "__main__":
    main()
