"""`claimgraph query` and `claimgraph queries`: SPARQL."""

from __future__ import annotations

from pathlib import Path

import click

from claimgraph.cli.group import cli
from claimgraph.cli.options import data_option, json_option, read_standard_input
from claimgraph.cli.printing import print_table, to_json


def _complete_query(_context: click.Context, _parameter: click.Parameter, start: str) -> list[str]:
    """Complete the names of queries in a shell."""
    from claimgraph.resources import carried_folder

    names = (file.stem for file in carried_folder("queries").glob("*.rq"))
    return sorted(name for name in names if name.startswith(start))


@cli.command(
    short_help="Ask a SPARQL query, a named one or your own.",
    epilog="Examples:\n\n"
    "\b\n"
    "  claimgraph query what-does-it-treat\n"
    "  claimgraph query what-is-claimed-about --param concept=dizziness --format csv\n"
    "  claimgraph query my.rq --data out/graph.trig\n"
    "  claimgraph query what-do-most-texts-state --data claims.parquet\n"
    "  echo 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }' | claimgraph query -\n",
)
@click.argument("query", metavar="NAME|FILE|-", shell_complete=_complete_query)
@click.option(
    "--param",
    "parameters",
    multiple=True,
    metavar="NAME=VALUE",
    help="Value of a parameter: a concept's id or label, or an IRI. May be given again.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json", "turtle"]),
    help="Default: table for rows, turtle for CONSTRUCT.",
)
@data_option
def query(
    query: str, parameters: tuple[str, ...], form: str | None, data: Path | str | None
) -> int:
    """Ask a SPARQL query: a named one, one in a file, or one from standard input (-).

    Only queries that read are run, and none reaches out to another server.

    A table of claims (--data claims.parquet, or a pattern such as 'shards/*.parquet') is asked in
    SQL, and only what queries/tables names.
    """
    if isinstance(data, Path) and data.suffix == ".parquet":
        if parameters or form == "turtle":
            raise click.UsageError("a table takes no --param, and gives no Turtle")
        return _query_table(query, data, form)

    from claimgraph.pipeline import asking
    from claimgraph.queries import find_query

    text = read_standard_input() if query == "-" else None
    asked = find_query(query, text)
    values = dict(_key_value(parameter) for parameter in parameters)
    with asking(data) as engine:
        result = engine.run(asked, values)
        rows = result.display_rows() if form in (None, "table") else ()
    wanted = form or ("turtle" if result.triples is not None else "table")
    if wanted == "turtle":
        click.echo(result.to_turtle(), nl=False)
    elif wanted == "csv":
        click.echo(result.to_csv(), nl=False)
    elif wanted == "json":
        click.echo(result.to_json(), nl=False)
    elif result.boolean is not None:
        click.echo("yes" if result.boolean else "no")
    else:
        print_table(result.columns, rows)
        click.echo(f"{len(result.rows)} row{'' if len(result.rows) == 1 else 's'}", err=True)
    return 0


def _query_table(name: str, data: Path, form: str | None) -> int:
    """Ask a named question about tables of claims."""
    import csv
    import io

    from claimgraph.ingest import find_inputs
    from claimgraph.table import ask_table, find_table_query

    asked = find_table_query(name)
    columns, rows = ask_table(asked, [Path(found.path) for found in find_inputs([data])])
    if form == "json":
        click.echo(to_json([dict(zip(columns, row, strict=True)) for row in rows]))
    elif form == "csv":
        written = io.StringIO()
        csv.writer(written, lineterminator="\r\n").writerows([columns, *rows])
        click.echo(written.getvalue(), nl=False)
    else:
        print_table(columns, [[str(cell) for cell in row] for row in rows])
        click.echo(f"{len(rows)} row{'' if len(rows) == 1 else 's'}", err=True)
    return 0


@cli.command(short_help="List the named queries.")
@json_option
def queries(as_json: bool) -> int:
    """List the named queries with the question each one answers."""
    from claimgraph.queries import list_queries

    found = [query for query in list_queries() if not query.name.startswith("violation-")]
    if as_json:
        rows = [
            {
                "name": query.name,
                "summary": query.summary,
                "description": query.description,
                "tags": list(query.tags),
                "parameters": [p.name for p in query.parameters],
            }
            for query in found
        ]
        click.echo(to_json(rows))
        return 0
    print_table(
        ("query", "question", "parameters"),
        [(q.name, q.summary, ", ".join(p.name for p in q.parameters)) for q in found],
    )
    return 0


def _key_value(parameter: str) -> tuple[str, str]:
    """Split `name=value`."""
    name, sign, value = parameter.partition("=")
    if not (name and sign):
        raise click.UsageError(f"--param wants NAME=VALUE, not {parameter!r}")
    return name, value
