"""`claimgraph extract`: claims of many texts, as a stream."""

from __future__ import annotations

import json
from pathlib import Path

import click

from claimgraph.cli.group import cli
from claimgraph.errors import InputFileError


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
