"""The article that claimgraph carries: which of its reviewed claims are found."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.errors import ErrorKind, Example
from benchmarks.metrics import Figure
from benchmarks.readings import Extractor
from benchmarks.tables import Line, Table
from claimgraph import review
from claimgraph.curation import read_claims
from claimgraph.documents import read_article
from claimgraph.documents.article import CLAIMS_FILE
from claimgraph.gate import pass_claims
from claimgraph.model import Claim, Document
from claimgraph.ontology import load_concepts
from claimgraph.resources import bundled_article
from claimgraph.review import CORE, Difference, Share


def measure_article(extractor: Extractor) -> Table:
    """Compare extracted with reviewed claims of the five types that texts on drugs share."""
    folder = bundled_article()
    document = read_article(folder)
    reviewed = read_claims(folder / CLAIMS_FILE, document, load_concepts()).claims
    found = pass_claims(extractor.extract(document), document).claims
    return compare_claims(reviewed, found, document)


def compare_claims(reviewed: Sequence[Claim], found: Sequence[Claim], document: Document) -> Table:
    """Measure found against reviewed claims, as `claimgraph diff --core` does.

    Recall is of the reviewed claims of the five types, whatever type the found one has. Precision
    is of the found claims of the five types, against all reviewed ones.
    """
    comparison = review.compare_claims(found, reviewed)
    lines = [
        Line("reviewed claims found", _figure(comparison.recall()), goal="≥ .80"),
        Line("precision", _figure(comparison.precision()), goal="≥ .85"),
    ]
    lines += [
        Line(f"{kind.value} claims found", _figure(comparison.recall([kind]))) for kind in CORE
    ]
    matched = [pair for pair in comparison.pairs if pair.says_the_same]
    unsure = {Difference.CERTAINTY, Difference.MODALITY}
    same = sum(not unsure & {*pair.differences} for pair in matched)
    lines.append(
        Line("certainty and modality right, of matched claims", _figure(Share(same, len(matched))))
    )
    wrong = [pair for pair in comparison.pairs if not pair.says_the_same]
    missed = [*comparison.missing, *(pair.reviewed for pair in wrong)]
    made = [*comparison.extra, *(pair.extracted for pair in wrong)]
    examples = [
        _example(kind, one, document)
        for kind, claims in ((ErrorKind.MISSED_RELATION, missed), (ErrorKind.SPURIOUS, made))
        for one in claims
        if one.type in CORE
    ]
    return Table(
        "The article: reviewed claims",
        tuple(lines),
        ("The rules were written with this article at hand; it has no half held back.",),
        tuple(examples),
    )


def _figure(share: Share) -> Figure:
    return Figure(share.value, detail=f"{share.part} of {share.whole}")


def _example(kind: ErrorKind, claim: Claim, document: Document) -> Example:
    words = f"{claim.subject.label} {claim.relation} {claim.object.label} ({claim.type})"
    gold, found = (words, "–") if kind is not ErrorKind.SPURIOUS else ("–", words)
    place = f"{document.id} sentence {claim.sentence}"
    return Example(kind, place, gold, found, document.sentence(claim.sentence).text)
