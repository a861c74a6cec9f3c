"""The command line: `claimgraph build`, `extract`, `query`, `claims`, `path`, `validate` ….

The only package that prints, colours, and catches our errors. Exit codes: 0 done; 1 done, and the
answer is no (violations, no path, no such claim in a filter); 2 the command could not be carried
out. Whatever is slow to import is imported by the command that needs it.

A command is a module of its own that decorates a function with ``@cli.command``, and one line
below.
"""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Sequence

import click

from claimgraph.cli import (  # noqa: F401 - each adds its commands to the group
    browse,
    build,
    claims,
    completion,
    diff,
    export,
    extract,
    ingest,
    path,
    query,
    serve,
    validate,
)
from claimgraph.cli.group import cli
from claimgraph.cli.printing import visible
from claimgraph.errors import ClaimgraphError

__all__ = ["cli", "main"]

_UNHEARD = logging.NullHandler()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code.

    Args:
        arguments: what stands behind the program's name; taken from the process if not given.
    """
    _write_utf8()
    # Without a handler, rdflib would show its users tracebacks of literals that it finds odd.
    logging.getLogger("rdflib").addHandler(_UNHEARD)
    try:
        result = cli.main(args=arguments, prog_name="claimgraph", standalone_mode=False)
    except ClaimgraphError as error:
        click.echo(visible(f"claimgraph: {error}"), err=True)
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("claimgraph: interrupted", err=True)
        return 130
    return result if isinstance(result, int) else 0


def _write_utf8() -> None:
    """Make output UTF-8 whatever the locale is; a terminal that shows less gets question marks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8")
