"""Options and values that several commands take."""

from __future__ import annotations

import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

from claimgraph.errors import InputFileError, Place

_F = TypeVar("_F", bound=Callable[..., Any])


class Location(click.ParamType):  # type: ignore[type-arg] # generic since click 8.4 only
    """A path, or the address of a SPARQL endpoint, kept to the letter."""

    name = "location"

    def convert(
        self, value: Any, _parameter: click.Parameter | None, _context: click.Context | None
    ) -> Path | str:
        """Give an address as a string, and all else as a path."""
        from claimgraph.store import is_url

        return value if isinstance(value, Path) or is_url(value) else Path(value)

    def shell_complete(
        self, context: click.Context, parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Complete paths."""
        return click.Path().shell_complete(context, parameter, incomplete)


def data_option(function: _F) -> _F:
    """Add the option that says what to read."""
    return click.option(
        "--data",
        type=Location(),
        metavar="PATH|URL",
        help="An article folder, an RDF file (.ttl, .trig, .nq, .nt, .jsonld, .rdf), a store "
        "folder, or the address of a SPARQL endpoint. "
        "Default: the article that claimgraph carries.",
    )(function)


def json_option(function: _F) -> _F:
    """Add the option for programs that read the answer."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON for a program.")(
        function
    )


def sparql_option(function: _F) -> _F:
    """Add the option that makes the page smaller."""
    return click.option(
        "--sparql/--no-sparql",
        "with_sparql",
        default=True,
        help="Whether the page carries the SPARQL engine, 1.8 MB, if it is there.  [default: yes]",
    )(function)


def choice(kinds: type[StrEnum]) -> click.Choice[str]:
    """Offer the members of a closed list."""
    return click.Choice([kind.value for kind in kinds])


def read_standard_input() -> str:
    """Read a query from standard input."""
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputFileError(
            f"not UTF-8 at byte {error.start}", where=Place("standard input")
        ) from None
