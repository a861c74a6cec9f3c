"""`claimgraph diff`: extracted against reviewed claims."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from claimgraph.cli.group import cli
from claimgraph.cli.options import choice
from claimgraph.cli.printing import print_table, to_json
from claimgraph.model import Claim, ClaimType

if TYPE_CHECKING:
    from claimgraph.review import Comparison, Difference, Pair, Share


@cli.command(
    short_help="Compare extracted with reviewed claims.",
    epilog="Examples:\n\n"
    "\b\n"
    "  claimgraph diff articles/my-text/article.txt articles/my-text\n"
    "  claimgraph diff claims.jsonl articles/my-text --core\n"
    "  claimgraph extract article.txt | claimgraph diff - articles/my-text --format json\n",
)
@click.argument("extracted", type=click.Path(path_type=Path))
@click.argument("reviewed", type=click.Path(path_type=Path))
@click.option(
    "--type",
    "types",
    multiple=True,
    type=choice(ClaimType),
    metavar="TYPE",
    help=f"Only claims of this type. May be given again. One of {', '.join(ClaimType)}.",
)
@click.option(
    "--core",
    is_flag=True,
    help="Only the five types that extraction is measured by: mechanism, indication, "
    "adverse-effect, risk, pharmacokinetics.",
)
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
def diff(extracted: Path, reviewed: Path, types: tuple[str, ...], core: bool, form: str) -> int:
    """Compare extracted with reviewed claims of the same text.

    EXTRACTED and REVIEWED are each an article folder, a claims.yaml in one, JSON Lines with claims
    (- for standard input), or a text, from which claims are then extracted.

    A claim is matched if the other side has one with the same relation and polarity whose subject
    and object overlap with its own or mean the same; what else differs is told. What is missing is
    reviewed but was not extracted; what is extra was extracted but is not among the reviewed.

    Exit code 0 if nothing differs, 1 if anything does, 2 if it cannot be compared.
    """
    from claimgraph.claimsets import align, read_claim_set
    from claimgraph.review import CORE, compare_claims

    wanted = [ClaimType(name) for name in types] + (list(CORE) if core else [])
    kinds = frozenset(wanted or ClaimType)
    if extracted == reviewed == Path("-"):
        raise click.UsageError("standard input holds one of the two, not both")
    one, other = read_claim_set(extracted), read_claim_set(reviewed)
    found = [(id_, compare_claims(left, right)) for id_, left, right in align(one, other)]
    shares = {
        "recall": _sum([comparison.recall(kinds) for _, comparison in found]),
        "precision": _sum([comparison.precision(kinds) for _, comparison in found]),
    }
    comparisons = [(id_, comparison.only(kinds)) for id_, comparison in found]
    if form == "json":
        _print_json(comparisons, shares)
    else:
        _print_differences(comparisons, shares)
    return int(any(comparison.differs for _, comparison in comparisons))


def _sum(shares: list[Share]) -> Share:
    """Add the shares of several texts."""
    from claimgraph.review import Share

    return Share(sum(one.part for one in shares), sum(one.whole for one in shares))


def _print_json(comparisons: list[tuple[str, Comparison]], shares: dict[str, Share]) -> None:
    """Print the comparison for a program."""
    from claimgraph.records import claim_record

    pairs = [pair for _, comparison in comparisons for pair in comparison.pairs]
    record: dict[str, Any] = {
        name: {"part": share.part, "whole": share.whole, "value": share.value}
        for name, share in shares.items()
    }
    record["matched"] = [
        {"extracted": pair.extracted.id, "reviewed": pair.reviewed.id}
        for pair in pairs
        if not pair.differences
    ]
    record["different"] = [
        {
            "differences": list(pair.differences),
            "extracted": claim_record(pair.extracted),
            "reviewed": claim_record(pair.reviewed),
        }
        for pair in pairs
        if pair.differences
    ]
    for name in ("missing", "extra"):
        record[name] = [
            claim_record(claim)
            for _, comparison in comparisons
            for claim in getattr(comparison, name)
        ]
    click.echo(to_json(record))


def _print_differences(comparisons: list[tuple[str, Comparison]], shares: dict[str, Share]) -> None:
    """Print what differs as a table, and how much of it there is."""
    counts: Counter[str] = Counter(matched=0, missing=0, extra=0)
    rows: list[tuple[str, ...]] = []
    for id_, comparison in comparisons:
        place = f"{id_}: " if len(comparisons) > 1 else ""
        lines = [
            (pair.reviewed, f"wrong {', '.join(pair.differences)}", *_say_both(pair))
            for pair in comparison.pairs
            if pair.differences
        ]
        lines += [(claim, "missing", "", _say(claim)) for claim in comparison.missing]
        lines += [(claim, "extra", _say(claim), "") for claim in comparison.extra]
        counts["matched"] += sum(pair.says_the_same for pair in comparison.pairs)
        counts.update(f"wrong {one}" for pair in comparison.pairs for one in pair.differences)
        lines.sort(key=lambda line: line[0].sort_key)
        rows += [(f"{place}{claim.sentence}", *cells) for claim, *cells in lines]
        counts["missing"] += len(comparison.missing)
        counts["extra"] += len(comparison.extra)
    if rows:
        print_table(("sentence", "what", "extracted", "reviewed"), rows)
    parts = [f"{counts.pop(name)} {name}" for name in ("matched", "missing", "extra")]
    parts += [f"{count} {name}" for name, count in sorted(counts.items())]
    parts += [
        f"{name} {share.part}/{share.whole}"
        + (f" = {share.value:.2f}" if share.value is not None else "")
        for name, share in shares.items()
    ]
    click.echo(", ".join(parts), err=True)


def _say_both(pair: Pair) -> tuple[str, str]:
    """Say both claims of a pair."""
    return _say(pair.extracted, pair.differences), _say(pair.reviewed, pair.differences)


def _say(claim: Claim, differences: tuple[Difference, ...] = ()) -> str:
    """Say a claim with its quote, or with what its line does not show of some differences."""
    from claimgraph.graph import describe
    from claimgraph.review import Difference

    lines = [describe(claim)]
    if not differences:
        lines.append(f"“{claim.quote.text}”")
    if Difference.TYPE in differences:
        lines.append(f"type {claim.type}")
    if Difference.CONCEPT in differences:
        concepts = (claim.subject.concept, claim.object.concept)
        lines.append(", ".join(one.id for one in concepts if one is not None))
    if Difference.QUALIFIER in differences:
        said = [f"{one.type} “{one.passage.text}”" for one in claim.qualifiers]
        lines.append(", ".join(said) or "unqualified")
    return "\n".join(lines)
