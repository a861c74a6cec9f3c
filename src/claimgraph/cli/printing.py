"""Tables, colours and sizes, for a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_CROWDED = 1.6  # a table this many times wider than the window wraps too much to be read
_WIDE = 160  # columns of a table that goes into a file or pipe, where no window limits it


def make_console() -> Console:
    """Make the console: as wide as the terminal, or wide enough for a file."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows as a table; as one block a row where a table would be too narrow to read."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    console = make_console()
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [
        max([len(name), *(len(row[index]) for row in shown)]) for index, name in enumerate(columns)
    ]
    if sum(widths) + 3 * len(widths) > _CROWDED * console.width:
        for row in shown:
            block = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
            block.add_column(style="dim", width=max(map(len, columns)))
            block.add_column(overflow="fold")
            for name, cell in zip(columns, row, strict=True):
                if cell:
                    block.add_row(name, Text(cell))
            console.print(block)
            console.print()
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in shown:
        table.add_row(*map(Text, row))
    console.print(table)


def visible(text: str) -> str:
    """Replace control characters, which could drive the terminal, by a visible mark."""
    return "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text)


def show_size(count: int) -> str:
    """Say a number of bytes for a person."""
    return f"{count:,} B" if count < 10_000 else f"{count / 1000:,.0f} kB"
