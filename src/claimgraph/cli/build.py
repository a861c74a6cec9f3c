"""`claimgraph build`: the main job."""

from __future__ import annotations

from pathlib import Path

import click

from claimgraph.cli.group import cli
from claimgraph.cli.options import json_option, sparql_option
from claimgraph.cli.printing import show_size, to_json
from claimgraph.cli.reader import Reader, reader_options
from claimgraph.errors import InputFileError


@cli.command(
    short_help="Build the graph of an article and write it.",
    epilog="Examples:\n\n"
    "\b\n"
    "  claimgraph build                               the article that claimgraph carries\n"
    "  claimgraph build articles/my-text -o graphs    another article folder\n"
    "  claimgraph build label.txt abstract.txt        one page of several texts\n"
    "  claimgraph build abstracts.jsonl.gz            one page of all texts in a file\n",
)
@click.argument("articles", metavar="[ARTICLE]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Folder to write to.",
)
@sparql_option
@reader_options
@json_option
def build(
    articles: tuple[Path, ...], output: Path, with_sparql: bool, reader: Reader, as_json: bool
) -> int:
    """Build the graph of an article folder or of a text, and write it in every form.

    ARTICLE is a folder with article.txt, source.yaml and claims.yaml, whose claims a person has
    reviewed; or a file with a text (plain text, Markdown, HTML, PDF, PubMed, JATS or SPL XML, BioC,
    PubTator, JSON Lines, or any of them as .gz), whose claims are extracted. The graph is
    checked against the shapes of the ontology first; if anything is wrong, nothing is written.

    Several files, or one that holds several texts, become one page (graph.html), one table
    (claims.csv) and one graph (graph.nq); what cannot be read of them is reported and skipped.
    """
    article = articles[0] if articles else None
    from claimgraph.corpus import holds_many

    if len(articles) > 1 or (article is not None and article.is_file() and holds_many(article)):
        return _build_corpus(articles, output, reader, with_sparql=with_sparql, as_json=as_json)
    from claimgraph.pipeline import build_article, build_text, check, write_files
    from claimgraph.resources import bundled_article

    is_text = article is not None and article.is_file()
    source = article or bundled_article()
    result = build_text(source, reader.make()) if is_text else build_article(source)
    reader.say_usage()
    check(result)
    files = write_files(result, output, with_sparql=with_sparql)
    summary = {
        "text": result.document.id,
        "sentences": len(result.document.sentences),
        "claims": len(result.claims),
        "plain_claims": sum(claim.is_plain for claim in result.claims),
        "triples": len(result.dataset),
        "violations": 0,
        "files": [str(file) for file in files],
    }
    if as_json:
        click.echo(to_json(summary))
        return 0
    click.echo(
        f"{summary['text']}: {summary['claims']} claims in {summary['sentences']} sentences, "
        f"{summary['triples']} triples, 0 violations"
    )
    for file in files:
        click.echo(f"  {file}  {show_size(file.stat().st_size)}")
    return 0


def _build_corpus(
    paths: tuple[Path, ...], output: Path, reader: Reader, *, with_sparql: bool, as_json: bool
) -> int:
    """Build one page, table and graph of many texts; exit code 1 if a record was broken."""
    from claimgraph.corpus import read_corpus, write_corpus

    broken: list[InputFileError] = []
    corpus = read_corpus(paths, reader.make(), on_error=broken.append)
    reader.say_usage()
    files = write_corpus(corpus, output, with_sparql=with_sparql)
    summary = {
        "texts": len(corpus.documents),
        "sentences": sum(len(document.sentences) for document in corpus.documents),
        "claims": len(corpus.claims),
        "refused": corpus.refused,
        "skipped": len(broken),
        "files": [str(file) for file in files],
    }
    for error in broken:
        click.echo(f"claimgraph: skipped: {error}", err=True)
    if as_json:
        click.echo(to_json(summary))
    else:
        click.echo(
            f"{summary['texts']} texts: {summary['claims']} claims in {summary['sentences']} "
            f"sentences, {summary['refused']} refused by the gate"
        )
        for file in files:
            click.echo(f"  {file}  {show_size(file.stat().st_size)}")
    return 1 if broken else 0
