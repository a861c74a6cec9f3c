"""Relations of given mentions (ChemProt, DDI 2013), judged by `benchmarks/pairs.py`."""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from benchmarks.corpora import Half, Row
from benchmarks.metrics import Counts, f1_figure
from benchmarks.tables import Line, Table

_MODULE = "benchmarks.pairs"
_SCORES = {"chemprot": "score_chemprot", "ddi2013": "score_ddi"}


def measure_given(corpus: str, rows: Sequence[Row]) -> Table | None:
    """Score relations with mentions given; nothing where no rules for pairs are there."""
    if corpus not in _SCORES or importlib.util.find_spec(_MODULE) is None:
        return None
    try:
        module = importlib.import_module(_MODULE)
    except ModuleNotFoundError:
        return None
    score: Callable[[Iterable[object]], Any] = getattr(module, _SCORES[corpus])
    judged = [score(one.fields for one in rows if one.half is half).documents for half in Half]
    if corpus == "chemprot":
        return Table(
            "ChemProt: mentions given",
            (_line("5 types, micro-F1", judged, typed=True, goal="≥ .45"),),
        )
    return Table(
        "DDI 2013: mentions given",
        (
            _line("detection, F1", judged, typed=False, goal="≥ .65"),
            _line("4 types, micro-F1", judged, typed=True, goal="≥ .55"),
        ),
    )


def _line(name: str, judged: Sequence[dict[str, Any]], *, typed: bool, goal: str) -> Line:
    figures = [f1_figure(_count(pairs, typed) for pairs in half.values()) for half in judged]
    return Line(name, figures[0], figures[1], goal)


def _count(pairs: Iterable[Any], typed: bool) -> Counts:
    """Count judged pairs: `said` and `gold` are labels, or nothing.

    A pair with the wrong label is both spurious and missed.
    """
    right = said = gold = 0
    for one in pairs:
        said += one.said is not None
        gold += one.gold is not None
        if one.said is not None and one.gold is not None:
            right += one.said == one.gold or not typed
    return Counts(right, said - right, gold - right)
