"""The command line: `claimgraph build`, `query`, `claims`, `show`, `path`, `validate`, `export`.

The only module that prints, colours, and catches our errors. Exit codes: 0 done; 1 done, and the
answer is no (violations, no path, no such claim in a filter); 2 the command could not be carried
out. Whatever is slow to import is imported by the command that needs it.
"""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from claimgraph import __version__
from claimgraph.errors import ClaimgraphError, InputFileError, NotFoundError, Place
from claimgraph.model import Certainty, ClaimType, Modality, Polarity, Relation

if TYPE_CHECKING:
    from rich.console import Console

    from claimgraph.model import Claim, Passage
    from claimgraph.network import MechanismPath
    from claimgraph.pipeline import Knowledge

_F = TypeVar("_F", bound=Callable[..., Any])
_CROWDED = 1.6  # a table this many times wider than the window wraps too much to be read
_WIDE = 160  # columns of a table that goes into a file or pipe, where no window limits it
_UNHEARD = logging.NullHandler()


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit code.

    Args:
        arguments: what stands behind the program's name; taken from the process if not given.
    """
    # Without a handler, rdflib would show its users tracebacks of literals that it finds odd.
    logging.getLogger("rdflib").addHandler(_UNHEARD)
    try:
        result = cli.main(args=arguments, prog_name="claimgraph", standalone_mode=False)
    except ClaimgraphError as error:
        click.echo(f"claimgraph: {error}", err=True)
        return 2
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("claimgraph: interrupted", err=True)
        return 130
    except BrokenPipeError:
        # The reader has gone (`| head`); there is nobody to tell.
        sys.stderr.close()
        return 0
    return result if isinstance(result, int) else 0


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


def _data_option(function: _F) -> _F:
    """Add the option that says what to read."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path),
        metavar="PATH",
        help="An article folder, or an RDF file (.ttl, .trig, .nq, .nt, .jsonld, .rdf). "
        "Default: the article that claimgraph carries.",
    )(function)


def _json_option(function: _F) -> _F:
    """Add the option for programs that read the answer."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON for a program.")(
        function
    )


def _choice(kinds: type[StrEnum]) -> click.Choice[str]:
    """Offer the members of a closed list."""
    return click.Choice([kind.value for kind in kinds])


# ── build ───────────────────────────────────────────────────────────────────────────────────────


@cli.command(
    short_help="Build the graph of an article and write it.",
    epilog="Examples:\n\n"
    "\b\n"
    "  claimgraph build                               the article that claimgraph carries\n"
    "  claimgraph build articles/my-text -o graphs    another article folder\n",
)
@click.argument("article", required=False, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("out"),
    show_default=True,
    help="Folder to write to.",
)
@_json_option
def build(article: Path | None, output: Path, as_json: bool) -> int:
    """Build the graph of an article folder or of a text, and write it in every form.

    ARTICLE is a folder with article.txt, source.yaml and claims.yaml, whose claims a person has
    reviewed; or a file with a text (plain text, Markdown, HTML, PDF, PubMed, JATS or SPL XML, BioC,
    PubTator, JSON Lines, or any of them as .gz), whose claims are extracted by rules. The graph is
    checked against the shapes of the ontology first; if anything is wrong, nothing is written.
    """
    from claimgraph.pipeline import build_article, build_text, check, write_files
    from claimgraph.resources import bundled_article

    is_text = article is not None and article.is_file()
    source = article or bundled_article()
    result = build_text(source) if is_text else build_article(source)
    check(result)
    files = write_files(result, output)
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
        click.echo(json.dumps(summary, indent=2, ensure_ascii=False))
        return 0
    click.echo(
        f"{summary['text']}: {summary['claims']} claims in {summary['sentences']} sentences, "
        f"{summary['triples']} triples, 0 violations"
    )
    for file in files:
        click.echo(f"  {file}  {_size(file.stat().st_size)}")
    return 0


# ── extract ─────────────────────────────────────────────────────────────────────────────────────


@cli.command(
    short_help="Extract claims from texts, one JSON object a claim.",
    epilog="Examples:\n\n"
    "\b\n"
    "  claimgraph extract label.xml\n"
    "  claimgraph extract abstracts.jsonl.gz -o claims.jsonl\n",
)
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File to write; standard output if not given.",
)
def extract(source: Path, output: Path | None) -> int:
    """Extract claims from texts by rules, and write one JSON object a line for each claim.

    INPUT is a file in any format that `build` reads; JSON Lines ({"id", "text"[, "title", "drug"]})
    hold many texts and are read as a stream. The keys of an object are those of `claims --json`. A
    broken record is reported with its line and skipped; what does not pass the gate is counted.
    Exit code 1 if any record was broken.
    """
    from claimgraph.documents import read_documents
    from claimgraph.extract.rules import RuleExtractor
    from claimgraph.files import writing_lines
    from claimgraph.gate import pass_claims
    from claimgraph.records import claim_record

    broken: list[InputFileError] = []
    extractor = RuleExtractor()
    texts = claims = refused = 0
    with writing_lines(output) as write:
        for document in read_documents(source, on_error=broken.append):
            passed = pass_claims(extractor.extract(document), document)
            for claim in passed.claims:
                sentence = document.sentence(claim.sentence).passage
                write(json.dumps(claim_record(claim, sentence), ensure_ascii=False))
            texts += 1
            claims += len(passed.claims)
            refused += len({rejection.claim.id for rejection in passed.rejections})
    for error in broken:
        click.echo(f"claimgraph: skipped: {error}", err=True)
    click.echo(
        f"{texts} texts, {claims} claims, {refused} refused by the gate, "
        f"{len(broken)} broken records skipped",
        err=True,
    )
    return 1 if broken else 0


# ── query ───────────────────────────────────────────────────────────────────────────────────────


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
@_data_option
def query(query: str, parameters: tuple[str, ...], form: str | None, data: Path | None) -> int:
    """Ask a SPARQL query: a named one, one in a file, or one from standard input (-).

    Only queries that read are run, and none reaches out to another server.
    """
    from claimgraph.pipeline import open_knowledge
    from claimgraph.queries import QueryEngine, find_query

    text = _standard_input() if query == "-" else None
    asked = find_query(query, text)
    values = dict(_key_value(parameter) for parameter in parameters)
    knowledge = open_knowledge(data)
    result = QueryEngine(knowledge.dataset).run(asked, values)
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
        _print_table(result.columns, result.display_rows())
        click.echo(f"{len(result.rows)} row{'' if len(result.rows) == 1 else 's'}", err=True)
    return 0


@cli.command(short_help="List the named queries.")
@_json_option
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
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return 0
    _print_table(
        ("query", "question", "parameters"),
        [(q.name, q.summary, ", ".join(p.name for p in q.parameters)) for q in found],
    )
    return 0


# ── claims ──────────────────────────────────────────────────────────────────────────────────────


@cli.command(
    epilog="Examples:\n\n"
    "\b\n"
    "  claimgraph claims --type adverse-effect\n"
    "  claimgraph claims --about dizziness --json\n"
    "  claimgraph claims --hedged\n"
)
@click.option("--type", "type_", type=_choice(ClaimType), help="Only claims of this type.")
@click.option("--relation", type=_choice(Relation), help="Only claims with this relation.")
@click.option("--certainty", type=_choice(Certainty), help="Only claims this sure.")
@click.option("--polarity", type=_choice(Polarity), help="Only affirmed or only negated claims.")
@click.option("--modality", type=_choice(Modality), help="Only what is, or what ought to be.")
@click.option("--about", metavar="CONCEPT", help="Only claims about this concept.")
@click.option("--sentence", type=click.IntRange(min=1), help="Only claims of this sentence.")
@click.option("--hedged", is_flag=True, help="Only claims that are not plainly asserted.")
@click.option("--plain", is_flag=True, help="Only claims that support a direct triple.")
@_data_option
@_json_option
def claims(
    type_: str | None,
    relation: str | None,
    certainty: str | None,
    polarity: str | None,
    modality: str | None,
    about: str | None,
    sentence: int | None,
    hedged: bool,
    plain: bool,
    data: Path | None,
    as_json: bool,
) -> int:
    """List claims, all of them or those that a filter lets through."""
    from claimgraph.graph import describe
    from claimgraph.pipeline import open_knowledge
    from claimgraph.records import claim_record

    knowledge = open_knowledge(data)
    concept = None if about is None else knowledge.find_concept(about)
    kept = [
        claim
        for claim in knowledge.claims
        if (type_ is None or claim.type == type_)
        and (relation is None or claim.relation == relation)
        and (certainty is None or claim.certainty == certainty)
        and (polarity is None or claim.polarity == polarity)
        and (modality is None or claim.modality == modality)
        and (concept is None or concept in (claim.subject.concept, claim.object.concept))
        and (sentence is None or claim.sentence == sentence)
        and (not hedged or claim.certainty != Certainty.ASSERTED)
        and (not plain or claim.is_plain)
    ]
    if as_json:
        records = [claim_record(c, knowledge.sentences.get((c.text_id, c.sentence))) for c in kept]
        click.echo(json.dumps(records, indent=2, ensure_ascii=False))
        return 0
    _print_table(
        ("sentence", "claim", "type", "what", "quote"),
        [(str(c.sentence), c.key or c.id, c.type.value, describe(c), c.quote.text) for c in kept],
    )
    click.echo(f"{len(kept)} of {len(knowledge.claims)} claims", err=True)
    return 0


@cli.command(
    short_help="Show one claim in its sentence.",
    epilog="Examples:\n\n\b\n  claimgraph show dizziness\n  claimgraph show 99f7f7\n",
)
@click.argument("claim")
@_data_option
@_json_option
def show(claim: str, data: Path | None, as_json: bool) -> int:
    """Show one claim in its sentence, with its quote marked.

    CLAIM is its key, its id, the beginning of its id, or its IRI.
    """
    from claimgraph.pipeline import open_knowledge
    from claimgraph.records import claim_record

    knowledge = open_knowledge(data)
    found = knowledge.find_claim(claim)
    sentence = knowledge.sentences.get((found.text_id, found.sentence))
    if as_json:
        record = claim_record(found, sentence)
        record["sentence_text"] = sentence.text if sentence else None
        click.echo(json.dumps(record, indent=2, ensure_ascii=False))
        return 0
    _print_claim(found, sentence, knowledge)
    return 0


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
@_data_option
@_json_option
def path(
    start: str,
    goal: str,
    count: int,
    no_background: bool,
    summed_up: bool,
    data: Path | None,
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
        click.echo(json.dumps(records, indent=2, ensure_ascii=False))
    elif not paths:
        click.echo(f"no mechanism path from {first.label} to {last.label}", err=True)
    else:
        console = _console()
        for number, found in enumerate(paths, start=1):
            _print_path(console, number, _path_record(found, labels))
    return 0 if paths else 1


# ── validate, export ────────────────────────────────────────────────────────────────────────────


@cli.command(
    short_help="Check an RDF file against the shapes.",
    epilog="Example:\n\n\b\n  claimgraph validate out/graph.ttl\n",
)
@click.argument("file", type=click.Path(path_type=Path))
@_json_option
def validate(file: Path, as_json: bool) -> int:
    """Check an RDF file against the shapes of the ontology.

    Exit code 0 if it conforms, 1 if it violates any shape, 2 if it cannot be read.
    """
    from claimgraph.shapes import validate_file

    validation = validate_file(file)
    if as_json:
        violations = [
            {
                name: getattr(v, name)
                for name in ("focus", "path", "value", "message", "repair", "shape")
            }
            for v in validation.violations
        ]
        record = {
            "conforms": validation.conforms,
            "claims": validation.claims,
            "triples": validation.triples,
            "violations": violations,
        }
        click.echo(json.dumps(record, indent=2, ensure_ascii=False))
    else:
        click.echo(_render_validation(validation, file), nl=False)
    return 0 if validation.conforms else 1


def _render_validation(validation: Any, file: Path) -> str:
    """Say how a validation went."""
    from claimgraph.shapes import render_validation

    if validation.conforms:
        # A graph without claims breaks no rule; the count tells it from one that keeps them.
        return (
            f"{file}: conforms, 0 violations in {validation.claims} claims, "
            f"{validation.triples} triples\n"
        )
    return f"{file}: {len(validation.violations)} violations\n{render_validation(validation)}"


@cli.command(
    epilog="Examples:\n\n"
    "\b\n"
    "  claimgraph export --format turtle -o clonazepam.ttl\n"
    "  claimgraph export --format csv | head\n"
)
@click.option(
    "--format",
    "form",
    required=True,
    type=click.Choice(["turtle", "trig", "nquads", "jsonld", "graphml", "csv"]),
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File to write; standard output if not given.",
)
@_data_option
def export(form: str, output: Path | None, data: Path | None) -> int:
    """Write the graph in one form."""
    from claimgraph.files import write_bytes
    from claimgraph.pipeline import EXPORTS, open_knowledge

    content = EXPORTS[form](open_knowledge(data))
    if output is None:
        click.echo(content, nl=False)
    else:
        write_bytes(output, content)
        click.echo(f"{output}  {_size(len(content))}", err=True)
    return 0


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


# ── Printing ────────────────────────────────────────────────────────────────────────────────────


def _console() -> Console:
    """Make the console: as wide as the terminal, or wide enough for a file."""
    from rich.console import Console

    return Console(highlight=False, width=None if sys.stdout.isatty() else _WIDE)


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print rows as a table; as one block a row where a table would be too narrow to read."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    console = _console()
    shown = [[_visible(cell) for cell in row] for row in rows]
    widths = [
        max([len(name), *(len(row[index]) for row in shown)]) for index, name in enumerate(columns)
    ]
    if sum(widths) + 3 * len(widths) > _CROWDED * console.width:
        for row in shown:
            block = Table(box=None, show_header=False, pad_edge=False, padding=(0, 2, 0, 0))
            block.add_column(style="dim", width=max(map(len, columns)))
            block.add_column(overflow="fold")
            for name, cell in zip(columns, row, strict=True):
                if cell:
                    block.add_row(name, Text(cell))
            console.print(block)
            console.print()
        return
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in shown:
        table.add_row(*map(Text, row))
    console.print(table)


def _print_claim(claim: Claim, sentence: Passage | None, knowledge: Knowledge) -> None:
    """Print one claim with its sentence."""
    from rich.text import Text

    from claimgraph.graph import claim_iri, describe

    console = _console()
    console.print(Text(_visible(describe(claim)), style="bold"))
    if sentence is not None:
        marked = Text(sentence.text)

        def mark(passage: Passage | None, style: str) -> None:
            if passage is not None:
                offset = sentence.span.start
                marked.stylize(style, passage.span.start - offset, passage.span.end - offset)

        mark(claim.quote, "on yellow black" if console.is_terminal else "")
        mark(claim.cue, "bold red")
        for qualifier in claim.qualifiers:
            mark(qualifier.passage, "underline")
        console.print()
        console.print(Text(f"Sentence {claim.sentence}: ") + marked)
    by_id = {other.id: other for other in knowledge.claims}
    links = [
        (name, describe(by_id[target]) if target in by_id else target)
        for name, targets in (("via", claim.via), ("because", claim.because))
        for target in targets
    ]
    rows = [
        ("quote", f"“{claim.quote.text}” [{claim.quote.span.start}, {claim.quote.span.end})"),
        ("type", claim.type.value),
        ("certainty", claim.certainty.value),
        ("polarity", claim.polarity.value),
        ("modality", claim.modality.value),
        *([("cue", f"“{claim.cue.text}”")] if claim.cue else []),
        *((q.type.value, f"“{q.passage.text}”") for q in claim.qualifiers),
        ("evidence", claim.evidence.value),
        *links,
        ("found by", claim.method.value),
        ("plain", "yes: supports a direct triple" if claim.is_plain else "no: on the claim only"),
        ("IRI", str(claim_iri(claim.id))),
    ]
    console.print()
    for name, value in rows:
        console.print(Text(f"{name:>10}  ", style="dim") + Text(_visible(value)))


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
                console.print(Text(f"      {_visible(str(place))}", style="dim"))


def _visible(text: str) -> str:
    """Replace control characters, which could drive the terminal, by a visible mark."""
    return "".join(c if c.isprintable() or c in "\n\t" else "�" for c in text)


def _size(count: int) -> str:
    """Say a number of bytes for a person."""
    return f"{count:,} B" if count < 10_000 else f"{count / 1000:,.0f} kB"


def _standard_input() -> str:
    """Read a query from standard input."""
    try:
        return sys.stdin.buffer.read().decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputFileError(
            f"not UTF-8 at byte {error.start}", where=Place("standard input")
        ) from None


def _key_value(parameter: str) -> tuple[str, str]:
    """Split `name=value`."""
    name, sign, value = parameter.partition("=")
    if not (name and sign):
        raise click.UsageError(f"--param wants NAME=VALUE, not {parameter!r}")
    return name, value
