"""The group that every command joins."""

from __future__ import annotations

import click

from claimgraph import __version__


@click.group(
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
