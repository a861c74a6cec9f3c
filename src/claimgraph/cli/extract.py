"""`claimgraph extract`: claims or mentions of many texts, as a stream."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimgraph.cli.group import cli
from claimgraph.cli.printing import show_size, showing_progress, to_json, visible
from claimgraph.cli.reader import Reader, reader_options
from claimgraph.errors import InputFileError, OutputError, Place

if TYPE_CHECKING:
    from claimgraph.documents import Format
    from claimgraph.extract import MentionExtractor
    from claimgraph.extract.choosing import Way
    from claimgraph.model import Claim, Document, Mention

FORMATS = (
    "plain", "markdown", "html", "pdf", "pubmed", "jats", "spl", "bioc-xml", "bioc-json",
    "pubtator", "jsonl",
)  # fmt: skip
"""The formats that `documents.Format` lists, whose readers --help must not wait for."""

_STANDARD_OUTPUT = Path("-")
_RULE = "rule: "  # begins the names of the counts of what the gate refused, by rule


def _print_schema(context: click.Context, _parameter: click.Parameter, name: str | None) -> None:
    """Print a schema and leave."""
    from claimgraph.resources import schema_file

    if name is not None:
        click.echo(schema_file(name).read_text(encoding="utf-8"), nl=False)
        context.exit()


@cli.command(
    short_help="Extract claims from texts, one JSON object a claim.",
    epilog="Examples:\n\n"
    "\b\n"
    "  claimgraph extract label.xml\n"
    "  claimgraph extract abstracts.jsonl.gz -o claims.jsonl\n"
    "  zcat abstracts.jsonl.gz | claimgraph extract - | grep treats\n"
    "  claimgraph extract label.xml --draft -o articles/my-label\n"
    "  claimgraph extract --schema claim\n",
)
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="File to write, packed if it ends in .gz; standard output if not given. With --draft, the "
    "folder.",
)
@click.option(
    "--draft",
    is_flag=True,
    help="Write an article folder with claims.yaml, to be corrected by a person.",
)
@click.option("--force", is_flag=True, help="With --draft, write over claims that are there.")
@click.option("--mentions", is_flag=True, help="Write the mentions instead of the claims.")
@click.option(
    "--given-mentions",
    "given",
    is_flag=True,
    help="Take the mentions from the input's entities and decide only how they are related.",
)
@click.option(
    "--input-format",
    type=click.Choice(FORMATS),
    metavar="FORMAT",
    help="What the input is. Default: told from a file's name and content; jsonl for a pipe. One "
    f"of {', '.join(FORMATS)}.",
)
@click.option(
    "--schema",
    type=click.Choice(["input", "claim", "mention"]),
    is_eager=True,
    expose_value=False,
    callback=_print_schema,
    help="Print the JSON Schema of a line of input or output, and leave.",
)
@reader_options
def extract(
    source: Path,
    output: Path | None,
    draft: bool,
    force: bool,
    mentions: bool,
    given: bool,
    input_format: str | None,
    reader: Reader,
) -> int:
    """Extract claims from texts, and write one JSON object a line for each claim.

    INPUT is a file in any format that `build` reads, or - for standard input. JSON Lines ({"id",
    "text"[, "title", "drug", "entities"]}) hold many texts and are read as a stream. The keys of an
    object are those of `claims --json`. A broken record is reported with its line and skipped; what
    does not pass the gate is counted. Exit code 1 if any record was broken.

    With --draft, INPUT holds one text or is an article folder. The folder that is written can be
    corrected, committed, and given to `build`.
    """
    if draft:
        if mentions or given:
            raise click.UsageError("--draft goes with neither --mentions nor --given-mentions")
        return _draft(source, output, input_format, reader, force=force)
    if force:
        raise click.UsageError("--force goes with --draft only")

    from claimgraph.documents import Format
    from claimgraph.files import writing_lines

    if given and mentions:
        raise click.UsageError("--mentions finds mentions, --given-mentions takes them: use one")
    if given and input_format not in (None, "jsonl"):
        raise click.UsageError("--given-mentions reads JSON Lines only")
    if (given or mentions) and not reader.is_own:
        raise click.UsageError("--mentions and --given-mentions go with any extractor but llm")
    target = None if output == _STANDARD_OUTPUT else output
    if target is not None and target.is_file() and source.is_file() and target.samefile(source):
        raise OutputError(
            "is the input", where=Place(str(target)), repair="name another file with -o"
        )
    own = reader.way.open() if given or mentions else None
    extractor = reader.make() if own is None else own
    counts: Counter[str] = Counter()
    with writing_lines(target) as write, showing_progress(on_output=target is None) as progress:

        def skip(error: InputFileError) -> None:
            counts["broken"] += 1
            progress.say(f"claimgraph: skipped: {error}")

        read_as = None if input_format is None else Format(input_format)
        for document, entities in _read(source, read_as, own if given else None, skip):
            counts["texts"] += 1
            if own is None:
                lines = _claim_lines(document, extractor.extract(document), counts)
            elif mentions:
                lines = _mention_lines(document, own, reader.way, counts)
            else:
                lines = _given_lines(document, entities, own, reader.way, counts)
            write(lines)
            progress.update(_summary(counts, mentions=mentions, given=given))
    click.echo(_summary(counts, mentions=mentions, given=given), err=True)
    reader.say_usage()
    return 1 if counts["broken"] else 0


def _draft(
    source: Path, folder: Path | None, input_format: str | None, reader: Reader, *, force: bool
) -> int:
    """Write an article folder and say what is in it."""
    from claimgraph.documents import Format
    from claimgraph.pipeline import draft_text

    read_as = None if input_format is None else Format(input_format)
    draft, files = draft_text(
        source, folder, as_format=read_as, extractor=reader.make(), force=force
    )
    reader.say_usage()
    for claim, reason in draft.left_out:
        click.echo(visible(f"claimgraph: left out: “{claim.quote.text}”: {reason}"), err=True)
    click.echo(
        f"{draft.document.id}: {len(draft.claims)} claims in {len(draft.document.sentences)} "
        "sentences, to be reviewed"
    )
    for file in files:
        click.echo(f"  {file}  {show_size(file.stat().st_size)}")
    return 0


def _read(
    source: Path,
    read_as: Format | None,
    given_to: MentionExtractor | None,
    skip: Callable[[InputFileError], None],
) -> Iterator[tuple[Document, tuple[Mention, ...]]]:
    """Read texts, each with the mentions that are given with it if somebody takes them."""
    from claimgraph.documents import read_source, read_source_lines, source_name
    from claimgraph.extract.given import read_given

    if given_to is None:
        for document in read_source(source, as_format=read_as, on_error=skip):
            yield document, ()
        return
    for line in read_source_lines(source, on_error=skip):
        place = Place(source_name(source), line.number)
        try:
            entities = read_given(
                line.fields.get("entities"), line.document, given_to.lexicon, place
            )
        except InputFileError as error:
            skip(error)
        else:
            yield line.document, entities


def _given_lines(
    document: Document,
    given: tuple[Mention, ...],
    extractor: MentionExtractor,
    way: Way,
    counts: Counter[str],
) -> list[str]:
    """Decide how given mentions are related and give the claims, one a line."""
    from claimgraph.extract.confidence import load_curves, weigh
    from claimgraph.extract.given import place_given

    counts["outside"] += len(given) - sum(map(len, place_given(document, given)))
    found = weigh(extractor.extract(document, given), load_curves(way.reader), way.least)
    return _claim_lines(document, found, counts)


def _claim_lines(document: Document, claims: Iterator[Claim], counts: Counter[str]) -> list[str]:
    """Give the claims of a text that pass the gate, one a line."""
    from claimgraph.gate import pass_claims
    from claimgraph.records import claim_record

    passed = pass_claims(claims, document)
    counts["written"] += len(passed.claims)
    counts["refused"] += passed.refused
    counts.update(f"{_RULE}{rejection.rule}" for rejection in passed.rejections)
    return [
        to_json(claim_record(claim, document.sentence(claim.sentence).passage), indent=None)
        for claim in passed.claims
    ]


def _mention_lines(
    document: Document, extractor: MentionExtractor, way: Way, counts: Counter[str]
) -> list[str]:
    """Find the mentions of a text and give them, one a line."""
    from claimgraph.model import Method
    from claimgraph.records import mention_record

    lines = [
        to_json(mention_record(mention, document, Method(way.reader)), indent=None)
        for mention in extractor.mentions(document)
    ]
    counts["written"] += len(lines)
    return lines


def _summary(counts: Counter[str], *, mentions: bool, given: bool) -> str:
    """Say what was read, written and left out."""
    parts = [f"{counts['texts']} texts"]
    if mentions:
        parts.append(f"{counts['written']} mentions")
    else:
        rules = sorted(
            (name.removeprefix(_RULE), counts[name]) for name in counts if name.startswith(_RULE)
        )
        reasons = f" ({', '.join(f'{name} {count}' for name, count in rules)})" if rules else ""
        parts += [
            f"{counts['written']} claims",
            f"{counts['refused']} refused by the gate{reasons}",
        ]
    if given:
        parts.append(f"{counts['outside']} given mentions in no sentence")
    return ", ".join([*parts, f"{counts['broken']} broken records skipped"])
