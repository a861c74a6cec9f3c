"""Input made to be slow: phrases that many rules begin to match, repeated on one line."""

from __future__ import annotations

import time

from benchmarks.extractors import load_extractor
from benchmarks.metrics import Figure
from benchmarks.readings import Extractor
from benchmarks.tables import Line, Table
from claimgraph.documents import cut_text
from claimgraph.model import Citation

_PHRASES = (
    "rash caused by ",
    "aspirin-induced rash ",
    "aspirin, rash, ",
    "rash in a patient treated with ",
    "no rash after aspirin ",
    "no ",
    "may ",
    "(aspirin ",
    "adverse effects include rash, ",
    "prolonged use of aspirin ",
    "long half-life ",
    "plasma oral ",
    "which may ",
    "rash" + " " * 40 + ".",
)
_LENGTH = 5_000
_TIMES = 4


def measure_hostile(extractor: str) -> Table:
    """Tell by how much the time grows when the same line grows four times as long."""
    made = load_extractor(extractor)
    _time(made, "aspirin may cause rash. ", _LENGTH)  # load what is loaded on first use
    lines = []
    for phrase in _PHRASES:
        short = _time(made, phrase, _LENGTH)
        long = _time(made, phrase, _TIMES * _LENGTH)
        lines.append(
            Line(
                f"“{phrase.strip()}” again and again",
                Figure(
                    long / short,
                    detail=f"{long / _TIMES / _LENGTH * 1e6:,.0f} µs a character",
                    unit="times",
                ),
            )
        )
    return Table(
        "Hostile lines",
        tuple(lines),
        (
            f"How much more processor time a line of {_TIMES * _LENGTH:,} characters takes than one"
            f" of {_LENGTH:,}: {_TIMES} is linear.",
        ),
    )


def _time(extractor: Extractor, phrase: str, length: int) -> float:
    text = (phrase * (length // len(phrase) + 1))[:length]
    document = cut_text(text, id="hostile", citation=Citation("hostile"))
    start = time.process_time()
    for _ in extractor.extract(document):
        pass
    return time.process_time() - start
