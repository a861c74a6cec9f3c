"""Speed, start-up and memory on one core, with a plain multi-pattern scan as the yardstick."""

from __future__ import annotations

import importlib.util
import itertools
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.corpora import Row, find_corpus, read_corpus
from benchmarks.extractors import FLOORS, PRODUCT, load_extractor
from benchmarks.metrics import Figure
from benchmarks.readings import Extractor, to_document
from benchmarks.tables import Line, Table

_CORPORA = ("dailymed_indications", "bc5cdr", "ade_v2")
_STARTS = 5
_MEGABYTE = 1_000_000
_RATE = "sentences/s"
_ROOT = Path(__file__).resolve().parents[1]
_START = """
import sys, time
sys.path.insert(0, {root!r})
start = time.perf_counter()
from claimgraph.documents import cut_text
from claimgraph.model import Citation
from {module} import {name}
extractor = {name}()
document = cut_text("Clonazepam may cause drowsiness.", id="one", citation=Citation("one"))
list(extractor.extract(document))
print(time.perf_counter() - start)
"""


def measure_speed(folder: Path, extractor: str, *, stream: int) -> Table | None:
    """Time extraction over the texts of three corpora; nothing if none of them is there.

    Args:
        folder: where the corpora are.
        extractor: the extractor's name.
        stream: how much text to read for the memory line, in MB.
    """
    paths = [path for name in _CORPORA if (path := find_corpus(folder, name)) is not None]
    rows = [row for path in paths for row in read_corpus(path)]
    if not rows:
        return None
    made = load_extractor(extractor, rows)
    # Memory comes first, while nothing else has raised the peak.
    memory = _watch_memory(rows, made, stream)
    lines = [] if extractor in FLOORS else [_time_start(extractor)]
    lines += [*_time_passes(rows, made), *_time_scan(folder, rows), memory]
    return Table(
        "Speed, on one core",
        tuple(lines),
        (
            "Texts: DailyMed indications, abstracts of BC5CDR, sentences of ADE. The yardstick"
            " looks for every name that the corpora annotate, in lower case, and does nothing with"
            " what it finds. Sentences are counted per second of processor time; start-up is on the"
            " clock. Figures hold for the machine they were taken on only.",
        ),
    )


def _time_start(extractor: str) -> Line:
    """Time importing, loading and one sentence, each in a fresh process."""
    module, _, name = PRODUCT.get(extractor, extractor).partition(":")
    code = _START.format(root=str(_ROOT), module=module, name=name)
    times = sorted(
        float(
            subprocess.run(
                [sys.executable, "-c", code], check=True, capture_output=True, text=True
            ).stdout
        )
        for _ in range(_STARTS)
    )
    return Line(
        "start-up to the first claim",
        Figure(
            times[_STARTS // 2], times[0], times[-1], f"median of {_STARTS}, fastest–slowest", "s"
        ),
        goal="≤ 0.5 s",
    )


def _time_passes(rows: Sequence[Row], extractor: Extractor) -> list[Line]:
    list(extractor.extract(to_document(rows[0])))  # load what is loaded on first use
    start = time.process_time()
    documents = [to_document(row) for row in rows]
    cut = time.process_time()
    claims = sum(1 for one in documents for _ in extractor.extract(one))
    end = time.process_time()
    sentences = sum(len(one.sentences) for one in documents)
    return [
        Line(
            "cutting and extracting",
            Figure(
                sentences / (end - start),
                detail=f"{sentences:,} sentences, {claims:,} claims",
                unit=_RATE,
            ),
            goal="≥ 2,000",
        ),
        Line("cutting alone", Figure(sentences / (cut - start), unit=_RATE)),
        Line("extracting alone", Figure(sentences / (end - cut), unit=_RATE)),
    ]


def _time_scan(folder: Path, rows: Sequence[Row]) -> list[Line]:
    """Time a plain scan of the same text, where pyahocorasick is installed."""
    if importlib.util.find_spec("ahocorasick") is None:
        return []
    ahocorasick = importlib.import_module("ahocorasick")
    names = set(_names(folder))
    automaton = ahocorasick.Automaton()
    for name in sorted(names):
        automaton.add_word(name, len(name))
    automaton.make_automaton()
    sentences = sum(len(to_document(row).sentences) for row in rows)
    start = time.process_time()
    hits = sum(1 for row in rows for _ in automaton.iter(row.text.lower()))
    seconds = time.process_time() - start
    detail = f"{len(names):,} names, {hits:,} hits"
    return [
        Line(
            "yardstick: plain pyahocorasick scan",
            Figure(sentences / seconds, detail=detail, unit=_RATE),
        )
    ]


def _names(folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.jsonl.gz")):
        for row in read_corpus(path):
            words = [one.text for one in row.entities] + [one.object for one in row.relations]
            for name in words:
                if len(name) > 2:
                    yield re.sub(r"\s+", " ", name.lower())


def _watch_memory(rows: Sequence[Row], extractor: Extractor, stream: int) -> Line:
    """Tell how much the peak grows while texts come again that were all read once before."""

    def read(row: Row) -> int:
        for _ in extractor.extract(to_document(row)):
            pass
        return len(row.text.encode("utf-8"))

    for row in rows:
        read(row)
    start, left = _peak(), stream * _MEGABYTE
    for row in itertools.cycle(rows):
        left -= read(row)
        if left <= 0:
            break
    end = _peak()
    return Line(
        f"growth of peak memory over a stream of {stream:,} MB",
        Figure(end - start, detail=f"from {start:,.0f} to {end:,.0f}", unit="MB"),
        goal="0",
    )


def _peak() -> float:
    """Give the most memory this process has held so far, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / _MEGABYTE
