"""`claimgraph export`: the graph in one form."""

from __future__ import annotations

from pathlib import Path

import click

from claimgraph.cli.group import cli
from claimgraph.cli.options import data_option
from claimgraph.cli.printing import show_size


@cli.command(
    epilog="Examples:\n\n"
    "\b\n"
    "  claimgraph export --format turtle -o clonazepam.ttl\n"
    "  claimgraph export --format csv | head\n"
    "  claimgraph export --format parquet --data library -o claims.parquet\n"
)
@click.option(
    "--format",
    "form",
    required=True,
    type=click.Choice(["turtle", "trig", "nquads", "jsonld", "graphml", "csv", "parquet"]),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File to write; standard output if not given.",
)
@data_option
def export(form: str, output: Path | None, data: Path | str | None) -> int:
    """Write the graph in one form.

    What is in a store or at an endpoint is written as a stream, sorted, however large it is; as
    Turtle, TriG, N-Quads, or a Parquet table with a row for each claim.
    """
    from claimgraph.files import write_bytes, writing_bytes
    from claimgraph.pipeline import EXPORTS, open_knowledge
    from claimgraph.store import is_store, is_url, open_source
    from claimgraph.stream import STREAMED, stream_source

    if data is not None and form in STREAMED and (is_url(data) or is_store(Path(data))):
        with open_source(data) as source, writing_bytes(output) as write:
            for piece in stream_source(source, form):
                write(piece)
        return 0
    if form == "parquet":
        return _export_table(data, output)
    content = EXPORTS[form](open_knowledge(data))
    if output is None:
        click.echo(content, nl=False)
    else:
        write_bytes(output, content)
        click.echo(f"{output}  {show_size(len(content))}", err=True)
    return 0


def _export_table(data: Path | str | None, output: Path | None) -> int:
    """Write the claims of what is named as a table."""
    from claimgraph.pipeline import asking
    from claimgraph.table import write_table

    if output is None:
        raise click.UsageError("Parquet is for a file: name one with -o")
    with asking(data) as engine:
        count = write_table(engine.source, output)
    click.echo(f"{output}  {count} claims  {show_size(output.stat().st_size)}", err=True)
    return 0
