"""Measure extraction on annotated corpora, end to end: raw text in, claims out.

    python benchmarks/extraction.py CORPORA [--corpus NAME] [--errors 20] [--extractor rules]

Prints one table per corpus, both halves side by side, and sampled errors of the half that may be
looked at. `--write` puts the tables, never the errors, into `benchmarks/README.md`.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

if __name__ == "__main__":  # run as a file, which puts only this file's folder on the path
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.abstracts import (
    measure_associations,
    measure_bc5cdr,
    measure_interactions,
    measure_proteins,
)
from benchmarks.article import measure_article
from benchmarks.context import measure_cues, measure_neuro
from benchmarks.corpora import Row, find_corpus, read_corpus
from benchmarks.extractors import load_extractor
from benchmarks.given import measure_given
from benchmarks.hostile import measure_hostile
from benchmarks.labels import measure_labeledin, measure_roam, measure_spl
from benchmarks.readings import Reading, read_rows
from benchmarks.robustness import measure_raw
from benchmarks.safety import measure_ade, measure_phee
from benchmarks.speed import measure_speed
from benchmarks.tables import Table, show_examples, show_table, write_results

README = Path(__file__).with_name("README.md")
MEASURES: dict[str, Callable[[Sequence[Reading]], Table]] = {
    "labeledin": measure_labeledin,
    "roam_drug_disease": measure_roam,
    "spl_adr_onsides": measure_spl,
    "ade_v2": measure_ade,
    "phee": measure_phee,
    "bc5cdr": measure_bc5cdr,
    "chemprot": measure_proteins,
    "drugprot": measure_proteins,
    "ddi2013": measure_interactions,
    "neuro_dkg": measure_neuro,
    "eu_adr": measure_associations,
    "bioscope": measure_cues,
    "dailymed_indications": measure_raw,
}
NAMES = (*MEASURES, "article", "speed", "hostile")


def measure(
    folder: Path, names: Sequence[str], extractor: str, *, gated: bool, stream: int
) -> Iterator[Table]:
    """Measure what is asked for, one corpus after the other.

    Raises:
        ValueError: if there is no such extractor, or a corpus file is malformed.
    """
    # Speed comes first: later corpora would hide what it says about memory.
    if "speed" in names:
        table = measure_speed(folder, extractor, stream=stream)
        if table is not None:
            yield table
    for name in names:
        if name in MEASURES and (path := find_corpus(folder, name)) is not None:
            rows = list(read_corpus(path))
            yield MEASURES[name](_read(name, rows, extractor, gated=gated))
            given = measure_given(name, rows)
            if given is not None:
                yield given
    if "article" in names:
        yield measure_article(load_extractor(extractor))
    if "hostile" in names:
        yield measure_hostile(extractor)


def _read(name: str, rows: Sequence[Row], extractor: str, *, gated: bool) -> list[Reading]:
    if name == "bioscope":  # cues are found without an extractor
        extractor = "gold"
    return read_rows(rows, load_extractor(extractor, rows), gated=gated)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmark; give the exit code."""
    parser = argparse.ArgumentParser(
        prog="benchmarks/extraction.py", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("corpora", type=Path, help="folder with NAME.PART.jsonl.gz files")
    parser.add_argument(
        "--corpus", action="append", choices=NAMES, metavar="NAME", help=", ".join(NAMES)
    )
    parser.add_argument("--errors", type=int, default=20, help="how many errors to show of each")
    parser.add_argument(
        "--extractor",
        default="rules",
        help="rules; MODULE:CLASS; gold (echoes the annotation); treats (the floor)",
    )
    parser.add_argument("--ungated", action="store_true", help="score what the gate rejects, too")
    parser.add_argument("--stream", type=int, default=20, help="MB of text for the memory line")
    parser.add_argument("--write", action="store_true", help="put the tables into the README")
    asked = parser.parse_args(arguments)
    names = asked.corpus or list(NAMES)
    if not asked.corpora.is_dir():
        print(f"{asked.corpora}: no such folder; name one with NAME.PART.jsonl.gz files")
        return 2
    tables = []
    try:
        for table in measure(
            asked.corpora,
            names,
            asked.extractor,
            gated=not asked.ungated,
            stream=asked.stream,
        ):
            print(show_table(table), flush=True)
            if asked.errors and table.examples:
                print(show_examples(table, asked.errors), flush=True)
            tables.append(table)
        if not tables:
            print(f"{asked.corpora}: holds none of the corpora asked for: {', '.join(names)}")
            return 2
        if asked.write:
            write_results(README, tables)
            print(f"wrote {README}")
    except ValueError as error:
        print(error)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
