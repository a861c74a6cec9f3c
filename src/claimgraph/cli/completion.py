"""`claimgraph completion`: what a shell needs to complete commands."""

from __future__ import annotations

import click

from claimgraph.cli.group import cli
from claimgraph.errors import NotFoundError


@cli.command(short_help="Print a script for completion in a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print the script that completes commands, options and query names in a shell.

    For bash: claimgraph completion bash >> ~/.bashrc
    """
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:  # the choice above lists only shells that click knows
        raise NotFoundError(f"no completion for {shell}")
    click.echo(kind(cli, {}, "claimgraph", "_CLAIMGRAPH_COMPLETE").source())
    return 0
