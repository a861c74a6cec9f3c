"""`claimgraph path`: how one thing gets to another."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimgraph.cli.group import cli
from claimgraph.cli.options import data_option, json_option
from claimgraph.cli.printing import make_console, to_json, visible
from claimgraph.model import Relation

if TYPE_CHECKING:
    from rich.console import Console

    from claimgraph.network import MechanismPath


@cli.command(
    short_help="Show mechanism paths from A to B.",
    epilog="Examples:\n\n"
    "\b\n"
    "  claimgraph path clonazepam seizure\n"
    "  claimgraph path clonazepam seizure -k 3 --no-background\n",
)
@click.argument("start", metavar="A")
@click.argument("goal", metavar="B")
@click.option("-k", "count", type=click.IntRange(min=1, max=20), default=3, show_default=True)
@click.option("--no-background", is_flag=True, help="Walk only over what the text says.")
@click.option(
    "--summed-up", is_flag=True, help="Also take steps that sum up smaller ones of the text."
)
@data_option
@json_option
def path(
    start: str,
    goal: str,
    count: int,
    no_background: bool,
    summed_up: bool,
    data: Path | str | None,
    as_json: bool,
) -> int:
    """Show the shortest mechanism paths from A to B, each step with its words or its source.

    A and B are concepts, by id or any of their names. A path is as certain as its weakest step;
    steps that the text does not state are marked as background. Exit code 1 if there is no path.
    """
    from claimgraph.network import mechanism_paths, to_network
    from claimgraph.pipeline import open_knowledge

    knowledge = open_knowledge(data)
    first, last = knowledge.find_concept(start), knowledge.find_concept(goal)
    network = to_network(knowledge.claims, knowledge.dataset)
    paths = mechanism_paths(
        network, first.id, last.id, count, background=not no_background, spelled_out=not summed_up
    )
    labels = {id_: str(label) for id_, label in network.nodes(data="label")}
    if as_json:
        records = [_path_record(found, labels) for found in paths]
        click.echo(to_json(records))
    elif not paths:
        click.echo(f"no mechanism path from {first.label} to {last.label}", err=True)
    else:
        console = make_console()
        for number, found in enumerate(paths, start=1):
            _print_path(console, number, _path_record(found, labels))
    return 0 if paths else 1


def _path_record(path: MechanismPath, labels: Mapping[str, str]) -> dict[str, Any]:
    """Give a path as a record that `json` can write."""
    return {
        "source": labels[path.concepts[0]],
        "target": labels[path.concepts[-1]],
        "certainty": path.certainty.value,
        "background_steps": path.background_steps,
        "steps": [
            {
                "subject": labels[step.subject],
                "relation": step.relation.value,
                "object": labels[step.object],
                "change": step.change.value,
                "origin": step.origin.value,
                "certainty": step.certainty.value,
                "support": [
                    {
                        "origin": support.origin.value,
                        "claim": support.claim or None,
                        "sentence": support.sentence or None,
                        "quote": support.quote or None,
                        "source": support.source or None,
                    }
                    for support in step.support
                ],
            }
            for step in path.steps
        ],
    }


def _print_path(console: Console, number: int, record: dict[str, Any]) -> None:
    """Print one path, a step a line, with the words or the source below it."""
    from rich.text import Text

    from claimgraph.graph import phrase

    steps = record["steps"]
    count = f"{len(steps)} step{'' if len(steps) == 1 else 's'}"
    console.print(
        Text(f"{number}. {record['source']} → {record['target']}", style="bold")
        + Text(f"  {count}, {record['certainty']}", style="dim")
    )
    for step in steps:
        # In a chain the text tells what becomes of the second thing, not what the first does to it.
        chained = step["origin"] == "chain"
        verb = step["change"] if chained else phrase(Relation(step["relation"]))
        shown = f"so {step['object']} is {verb}" if chained else f"{verb} {step['object']}"
        mark = "  [background]" if step["origin"] == "background" else ""
        console.print(Text(f"   {step['subject']} → {shown}") + Text(mark, style="dim"))
        for support in step["support"]:
            if support["origin"] == step["origin"]:
                words = support["quote"]
                place = f"sentence {support['sentence']}: “{words}”" if words else support["source"]
                console.print(Text(f"      {visible(str(place))}", style="dim"))
