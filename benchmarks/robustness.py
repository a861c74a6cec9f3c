"""Texts that nobody annotated: nothing may crash, and every word quoted must stand in the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from benchmarks.metrics import Figure, ratio_figure
from benchmarks.readings import Reading, compare
from benchmarks.tables import Table
from claimgraph.gate import Rule

_MISPLACED = (Rule.SENTENCE, Rule.VERBATIM, Rule.INSIDE, Rule.TEXT)


def measure_raw(readings: Sequence[Reading]) -> Table:
    """Count crashes, texts with claims, and what the gate rejects and why."""

    def share(
        of: Callable[[Reading], tuple[int, int]], unit: str = ""
    ) -> Callable[[Sequence[Reading]], Figure]:
        return lambda some: ratio_figure((of(one) for one in some), unit=unit)

    rejected = Counter(one.rule for reading in readings for one in reading.rejections)
    reasons = ", ".join(f"{rule} {number:,}" for rule, number in sorted(rejected.items()))
    notes = [f"The gate rejected: {reasons or 'nothing'}. A claim may break several rules."]
    failures = [one for one in readings if one.failure]
    notes += [
        f"Crashed on {one.row.id}: {(one.failure or '').strip().splitlines()[-1]}"
        for one in failures[:5]
    ]
    return Table(
        "DailyMed indications: texts nobody annotated",
        (
            compare(
                "texts without a crash",
                readings,
                share(lambda one: (int(one.failure is None), 1)),
                "1.000",
            ),
            compare(
                "claims with all words verbatim and in their sentence",
                readings,
                share(_verbatim),
                "1.000",
            ),
            compare(
                "texts published unchanged",
                readings,
                share(lambda one: (int(one.document.text == one.row.text), 1)),
                "1.000",
            ),
            compare("claims that pass the gate", readings, share(_passed)),
            compare("texts with a claim", readings, share(lambda one: (int(bool(one.claims)), 1))),
            compare("claims", readings, share(lambda one: (len(one.claims), 1), "a text")),
        ),
        tuple(notes),
    )


def _made(reading: Reading) -> int:
    """Count the claims made, before the gate."""
    return len(reading.claims) + len({id(one.claim) for one in reading.rejections})


def _passed(reading: Reading) -> tuple[int, int]:
    return len(reading.claims), _made(reading)


def _verbatim(reading: Reading) -> tuple[int, int]:
    wrong = {id(one.claim) for one in reading.rejections if one.rule in _MISPLACED}
    return _made(reading) - len(wrong), _made(reading)
