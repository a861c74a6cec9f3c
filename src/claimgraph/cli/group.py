"""The group that every command joins."""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from claimgraph import __version__
from claimgraph.errors import OutputError, Place


class _Commands(click.Group):
    """Commands whose output somebody may stop reading, or whose disk may be full."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # The reader has gone (`| head`); there is nobody to tell.
            _drop_output()
            return 0
        except OSError as error:
            if error.filename is not None:  # about a file, and so a mistake of ours
                raise
            _drop_output()
            raise OutputError(
                f"cannot be written: {error.strerror or error}",
                where=Place("standard output"),
                repair="make room, or name a file with -o",
            ) from None


def _drop_output() -> None:
    """Let what is still to be written go nowhere, so that leaving does not fail over it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Examples:\n\n"
    "\b\n"
    "  claimgraph build -o out                        build the article that claimgraph carries\n"
    "  claimgraph queries                             list the questions it can answer\n"
    "  claimgraph query what-does-it-treat            ask one of them\n"
    "  claimgraph show dizziness                      see a claim in its sentence\n"
    "  claimgraph path clonazepam seizure             how the drug gets to the seizure\n"
    "  claimgraph extract label.xml                   claims of a text nobody has annotated\n",
)
@click.version_option(__version__, message="claimgraph %(version)s")
def cli() -> None:
    """Turn what a text about a drug claims into a knowledge graph, with the words behind it."""
