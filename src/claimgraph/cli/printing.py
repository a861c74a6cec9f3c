"""Tables, colours and sizes, for a person at a terminal."""

from __future__ import annotations

import contextlib
import json
import re
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console
    from rich.live import Live

_CROWDED = 1.6  # a table this many times wider than the window wraps too much to be read
# Controls that JSON lets through: of the terminal, of the direction of writing, of lines.
_UNSEEN = re.compile("[\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]")
_GLIMPSE = 0.2  # seconds that a line of progress stays at least
_WIDE = 160  # columns of a table that goes into a file or pipe, where no window limits it


def make_console() -> Console:
    """Make the console: as wide as the terminal, or wide enough for a file."""
    from rich.console import Console

    class OurConsole(Console):
        def on_broken_pipe(self) -> None:
            """Leave it to the group of commands what happens when the reader has gone."""
            raise BrokenPipeError

    return OurConsole(highlight=False, width=None if sys.stdout.isatty() else _WIDE)


def print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows as a table; as one block a row where a table would be too narrow to read."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    console = make_console()
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [
        max([len(name), *(len(line) for row in shown for line in row[index].split("\n"))])
        for index, name in enumerate(columns)
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
    r"""Replace control characters, which could drive the terminal, by a visible mark.

    >>> visible("2\u00a0mg\x1b[31m")
    '2\xa0mg�[31m'
    """
    return "".join(
        c if c.isprintable() or c in "\n\t" or unicodedata.category(c) == "Zs" else "�"
        for c in text
    )


def to_json(record: object, indent: int | None = 2) -> str:
    r"""Write JSON that people can read; what drives a terminal or hides is written as an escape.

    >>> to_json("naïve\x9b31m\u202e")
    '"naïve\\u009b31m\\u202e"'
    """
    text = json.dumps(record, indent=indent, ensure_ascii=False)
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def show_size(count: int) -> str:
    """Say a number of bytes for a person."""
    return f"{count:,} B" if count < 10_000 else f"{count / 1000:,.0f} kB"


class Progress:
    """A line on a terminal that says how far a long run has come; nothing anywhere else.

    Whoever reports to it redraws it, not a thread: Ctrl-C meets nobody in the middle of a line.
    """

    def __init__(self, live: Live | None) -> None:
        self._live = live
        self._drawn = 0.0

    def update(self, text: str) -> None:
        """Show another text, unless the last one is too fresh to have been read."""
        if self._live is not None and (now := time.monotonic()) - self._drawn > _GLIMPSE:
            self._drawn = now
            self._live.update(text, refresh=True)

    def say(self, message: str) -> None:
        """Print a message that stays."""
        if self._live is None:
            click.echo(visible(message), err=True)
        else:
            self._live.console.print(visible(message), soft_wrap=True)


@contextlib.contextmanager
def showing_progress(*, on_output: bool) -> Iterator[Progress]:
    """Show progress on a terminal while a command works, and take it away at the end.

    Args:
        on_output: whether the answer goes to standard output; where that is the terminal too, the
            answer itself shows how far the run has come.
    """
    if not sys.stderr.isatty() or (on_output and sys.stdout.isatty()):
        yield Progress(None)
        return
    from rich.console import Console
    from rich.live import Live

    console = Console(stderr=True, highlight=False, markup=False)
    with Live(
        console=console,
        auto_refresh=False,
        transient=True,
        redirect_stdout=False,
        redirect_stderr=False,
    ) as live:
        yield Progress(live)
