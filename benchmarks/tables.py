"""Print what was measured, and write it into the README of the benchmarks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.errors import Example, count_kinds, sample
from benchmarks.metrics import Figure, show_share

_BEGIN = "<!-- results -->"
_END = "<!-- /results -->"


@dataclass(frozen=True, slots=True)
class Line:
    """One measure on both halves; `held_back` is nothing where a measure knows no halves."""

    name: str
    written_on: Figure
    held_back: Figure | None = None
    goal: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """What was measured on one corpus. `examples` are for the reader of the terminal only."""

    title: str
    lines: tuple[Line, ...]
    notes: tuple[str, ...] = ()
    examples: tuple[Example, ...] = field(default=(), repr=False)


def show_figure(figure: Figure | None) -> str:
    """Write a figure: value, interval, numbers behind it.

    >>> show_figure(Figure(0.5, 0.25, 0.75, "n 8"))
    '.500 [.250–.750] n 8'
    >>> show_figure(Figure(40.0, detail="8 of 200", unit="per 1,000"))
    '40.0 per 1,000, 8 of 200'
    >>> show_figure(Figure(None))
    '–'
    """
    if figure is None:
        return ""
    show = _show_number if figure.unit else show_share
    parts = [show(figure.value)]
    if figure.low is not None and figure.high is not None:
        parts.append(f"[{show(figure.low)}–{show(figure.high)}]")
    if figure.unit:
        parts.append(figure.unit + ("," if figure.detail else ""))
    if figure.detail:
        parts.append(figure.detail)
    return " ".join(parts)


def _show_number(value: float | None) -> str:
    """Write a number with as many digits as tell something."""
    if value is None:
        return "–"
    if abs(value) >= 1000:
        return f"{value:,.0f}"
    return f"{value:.2f}" if 0 < abs(value) < 10 else f"{value:.1f}"


def show_rows(rows: Iterable[Sequence[str]]) -> str:
    r"""Write the rows of a table in Markdown, the head first, as they are.

    >>> show_rows([["a", "b"], ["---", "---"]])
    '| a | b |\n| --- | --- |\n'
    """
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def show_table(table: Table) -> str:
    """Write a table in Markdown, with its notes and the count of each kind of error."""
    halves = any(line.held_back is not None for line in table.lines)
    head = ["measure", "written on", "held back", "goal"] if halves else ["measure", "", "goal"]
    rows = [head, ["---"] * len(head)]
    for line in table.lines:
        middle = [show_figure(line.written_on)]
        if halves:
            middle.append(show_figure(line.held_back))
        rows.append([line.name, *middle, line.goal])
    text = [f"### {table.title}", ""]
    text += ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    if kinds := count_kinds(table.examples):
        listed = ", ".join(f"{kind} {number:,}" for kind, number in kinds.items())
        where = " on the half written on" if halves else ""
        text += ["", f"Errors{where}: {listed}."]
    for note in table.notes:
        text += ["", note]
    return "\n".join(text) + "\n"


def show_examples(table: Table, number: int) -> str:
    """Write sampled mistakes for a person to read, with the annotated text around them."""
    text = []
    for one in sample(table.examples, number):
        text += [f"[{one.kind}] {one.row}", f"  gold   {one.gold}", f"  found  {one.found}"]
        text += [f"  text   {one.text}", ""]
    return "\n".join(text)


def write_results(readme: Path, tables: Sequence[Table]) -> None:
    """Put the tables between the README's results marks, in place of what stood there.

    Raises:
        ValueError: if the README has no such marks.
    """
    text = readme.read_text(encoding="utf-8")
    before, begin, rest = text.partition(_BEGIN)
    _, end, after = rest.partition(_END)
    if not begin or not end:
        raise ValueError(f"{readme}: has no {_BEGIN} … {_END} to write the results into")
    results = "\n".join(show_table(table) for table in tables)
    readme.write_text(f"{before}{begin}\n\n{results}\n{end}{after}", encoding="utf-8")
