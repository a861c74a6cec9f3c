"""`claimgraph claims` and `claimgraph show`: claims with their words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimgraph.cli.group import cli
from claimgraph.cli.options import choice, data_option, json_option
from claimgraph.cli.printing import make_console, print_table, to_json, visible
from claimgraph.model import Certainty, ClaimType, Modality, Polarity, Relation

if TYPE_CHECKING:
    from claimgraph.model import Claim, Passage
    from claimgraph.pipeline import Knowledge


@cli.command(
    epilog="Examples:\n\n"
    "\b\n"
    "  claimgraph claims --type adverse-effect\n"
    "  claimgraph claims --about dizziness --json\n"
    "  claimgraph claims --hedged\n"
)
@click.option("--type", "type_", type=choice(ClaimType), help="Only claims of this type.")
@click.option("--relation", type=choice(Relation), help="Only claims with this relation.")
@click.option("--certainty", type=choice(Certainty), help="Only claims this sure.")
@click.option("--polarity", type=choice(Polarity), help="Only affirmed or only negated claims.")
@click.option("--modality", type=choice(Modality), help="Only what is, or what ought to be.")
@click.option("--about", metavar="CONCEPT", help="Only claims about this concept.")
@click.option("--sentence", type=click.IntRange(min=1), help="Only claims of this sentence.")
@click.option("--hedged", is_flag=True, help="Only claims that are not plainly asserted.")
@click.option("--plain", is_flag=True, help="Only claims that support a direct triple.")
@data_option
@json_option
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
    data: Path | str | None,
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
        click.echo(to_json(records))
        return 0
    print_table(
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
@data_option
@json_option
def show(claim: str, data: Path | str | None, as_json: bool) -> int:
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
        click.echo(to_json(record))
        return 0
    _print_claim(found, sentence, knowledge)
    return 0


def _print_claim(claim: Claim, sentence: Passage | None, knowledge: Knowledge) -> None:
    """Print one claim with its sentence."""
    from rich.text import Text

    from claimgraph.graph import claim_iri, describe

    console = make_console()
    console.print(Text(visible(describe(claim)), style="bold"))
    if sentence is not None:
        marked = Text(sentence.text)

        def mark(passage: Passage | None, style: str) -> None:
            # Words of the line above a list stand before the sentence.
            if passage is not None and sentence.span.covers(passage.span):
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
        console.print(Text(f"{name:>10}  ", style="dim") + Text(visible(value)))
