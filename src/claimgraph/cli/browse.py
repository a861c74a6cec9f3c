"""`claimgraph browse`: the page, in the browser."""

from __future__ import annotations

import tempfile
import webbrowser
from pathlib import Path

import click

from claimgraph.cli.group import cli
from claimgraph.cli.options import Location, sparql_option
from claimgraph.errors import InputFileError, NotFoundError, Place

_MARK = b"claimgraph</title>"  # stands in the first lines of every page of ours


@cli.command(
    short_help="Open the page of a graph in the browser.",
    epilog="Examples:\n\n"
    "\b\n"
    "  claimgraph browse                              the article that claimgraph carries\n"
    "  claimgraph browse label.xml                    a text, its claims extracted by rules\n"
    "  claimgraph browse abstracts.jsonl.gz           all texts in a file, on one page\n"
    "  claimgraph browse graph.trig --no-open         only write the page, and print where it is\n",
)
@click.argument("source", required=False, type=Location())
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File to write the page to; one in the folder for temporary files if not given.",
)
@click.option("--no-open", "stays_shut", is_flag=True, help="Do not open it.")
@sparql_option
def browse(
    source: Path | str | None, output: Path | None, stays_shut: bool, with_sparql: bool
) -> int:
    """Open the page of a graph in the browser, and print where it is.

    SOURCE is an article folder, a text in any format that `claimgraph build` reads, an RDF file
    that claimgraph wrote, a store or the address of a SPARQL endpoint, or a page, which is opened
    as it is. Of a file with many texts, what cannot be read is reported and skipped. The page is
    one file; it needs no network, and asks for none.
    """
    skipped = 0
    if isinstance(source, Path) and _is_page(source):
        page = source
    else:
        from claimgraph.files import write_bytes

        content, skipped = _make_page(source, with_sparql=with_sparql)
        page = output or Path(tempfile.mkdtemp(prefix="claimgraph-")) / "graph.html"
        write_bytes(page, content)
    click.echo(str(page))
    if not stays_shut and not webbrowser.open(page.resolve().as_uri()):
        raise NotFoundError(
            "no browser could be started",
            where=Place(str(page)),
            repair="open the file yourself, or name a browser in the variable BROWSER",
        )
    return 1 if skipped else 0


def _is_page(path: Path) -> bool:
    """Whether a file is a page of ours, rather than a text to read."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return _MARK in file.read(8192)


def _make_page(source: Path | str | None, *, with_sparql: bool) -> tuple[bytes, int]:
    """Make the page of a folder, a text or an RDF file; give how many records were skipped, too."""
    from claimgraph.corpus import holds_many, read_corpus, render_corpus
    from claimgraph.page import render_page
    from claimgraph.page.source import read_documents
    from claimgraph.pipeline import build_article, build_text, open_knowledge
    from claimgraph.rdf import FORMATS
    from claimgraph.resources import bundled_article
    from claimgraph.store import is_store

    stored = isinstance(source, str) or (source is not None and is_store(source))
    if source is None or (isinstance(source, Path) and source.is_dir() and not stored):
        build = build_article(source or bundled_article())
    elif (
        isinstance(source, Path)
        and not stored
        and (
            source.suffix not in FORMATS or source.suffix == ".xml"  # papers and labels are XML too
        )
    ):
        if holds_many(source):
            broken: list[InputFileError] = []
            corpus = read_corpus((source,), on_error=broken.append)
            for error in broken:
                click.echo(f"claimgraph: skipped: {error}", err=True)
            return render_corpus(corpus, with_sparql=with_sparql), len(broken)
        build = build_text(source)
    else:
        known = open_knowledge(source)
        documents = read_documents(known.dataset)
        if not documents:
            raise InputFileError(
                "holds no texts",
                where=Place(str(source)),
                repair="name a file that claimgraph wrote of a text",
            )
        return render_page(documents, known.claims, known.dataset, with_sparql=with_sparql), 0
    return render_page(build.document, build.claims, build.dataset, with_sparql=with_sparql), 0
