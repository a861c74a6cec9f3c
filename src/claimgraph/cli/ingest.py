"""`claimgraph ingest`: any number of texts into a store."""

from __future__ import annotations

import contextlib
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimgraph.cli.group import cli
from claimgraph.cli.options import json_option
from claimgraph.cli.printing import showing_progress, visible
from claimgraph.cli.reader import make_way, own_reader_options

if TYPE_CHECKING:
    from claimgraph.ingest import Advance, Report

_SHOWN = 20  # failures printed; a report has them all


@cli.command(
    short_help="Read texts into a store, on all cores.",
    epilog="Examples:\n\n"
    "\b\n"
    "  claimgraph ingest labels/ --store library\n"
    "  claimgraph ingest 'pubmed/*.xml.gz' notes.jsonl --store library --report report.json\n"
    "  claimgraph query what-do-several-texts-state --data library\n"
    "  claimgraph ingest pubmed/ --store library --engine dask --scheduler tcp://10.0.0.1:8786\n",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--store",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The store folder; made if it does not exist. Texts that it holds already are replaced.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1, max=256),
    help="Processes that extract claims. Default: one for each core.",
)
@click.option(
    "--engine",
    type=click.Choice(["local", "dask"]),
    default="local",
    show_default=True,
    help="What extracts claims: processes of this machine, or the workers of a Dask cluster.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="With --engine dask, its scheduler, such as tcp://10.0.0.1:8786. It has to be one that "
    "you trust.",
)
@click.option(
    "--shards",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder for the texts of this run as shards as well: sorted N-Quads, and Parquet tables "
    "of their claims.",
)
@click.option(
    "--report",
    "report_file",
    type=click.Path(path_type=Path, dir_okay=False),
    help="File for what was read and what failed, as JSON.",
)
@own_reader_options
@json_option
def ingest(
    paths: tuple[Path, ...],
    store: Path,
    workers: int | None,
    engine: str,
    scheduler: str | None,
    shards: Path | None,
    report_file: Path | None,
    extractor: str,
    least: float,
    as_json: bool,
) -> int:
    """Read texts, extract their claims, and put them into a store.

    PATHS are files in any format that `build` reads, folders, and patterns. A text that cannot be
    read is reported and left out, as is one on which processes die. The command may be stopped at
    any moment: the same command goes on where it was. Exit code 1 if any text failed.
    """
    if (engine == "dask") != (scheduler is not None):
        raise click.UsageError("--engine dask and --scheduler go together")
    if scheduler is not None and workers is not None:
        raise click.UsageError("--workers is for this machine: a Dask cluster has its own")
    from claimgraph.files import write_bytes
    from claimgraph.ingest import find_inputs, open_cluster
    from claimgraph.ingest import ingest as run
    from claimgraph.ingest.work import do_batch
    from claimgraph.processes import count_cores

    way = make_way(extractor, least)
    way.make()  # what it lacks is told now, not by every worker
    inputs = find_inputs(paths)
    start = time.monotonic()
    with contextlib.ExitStack() as stack:
        progress = stack.enter_context(showing_progress(on_output=False))
        cluster = (
            None
            if scheduler is None
            else stack.enter_context(open_cluster(scheduler, partial(do_batch, way=way)))
        )

        def tell(advance: Advance) -> None:
            progress.update(_progress(advance, time.monotonic() - start))

        report = run(
            inputs,
            store,
            workers=workers or count_cores(),
            way=way,
            engine=cluster,
            shards=shards,
            tell=tell,
        )
    if report_file is not None:
        write_bytes(report_file, report.to_json().encode("utf-8", "replace"))
    if as_json:
        click.echo(report.to_json(), nl=False)
        return 1 if report.failures else 0
    for name, reason in sorted(report.failures)[:_SHOWN]:
        click.echo(f"claimgraph: left out: {visible(name)}: {visible(reason)}", err=True)
    if len(report.failures) > _SHOWN:
        click.echo(f"claimgraph: and {len(report.failures) - _SHOWN} more; see --report", err=True)
    click.echo(_summary(report))
    return 1 if report.failures else 0


def _summary(report: Report) -> str:
    """Say what a run did."""
    return (
        f"{report.texts} texts, {report.sentences} sentences, {report.claims} claims, "
        f"{report.refused} refused by the gate, {len(report.failures)} texts left out"
    )


def _progress(advance: Advance, seconds: float) -> str:
    """Say how far a run has come, how fast it is, and how long it may take."""
    report = advance.report
    if advance.doing != "reading":
        return f"{report.texts} texts: {advance.doing}"
    new = report.texts - report.resumed
    text = f"{report.texts} texts, {report.claims} claims"
    if seconds > 0 and new:
        text += f", {new / seconds:.1f} texts/s"
    if 0 < advance.read < advance.total and seconds > 0:
        left = seconds * (advance.total - advance.read) / advance.read
        text += f", {int(left // 3600)}:{int(left % 3600 // 60):02}:{int(left % 60):02} left"
    return text
