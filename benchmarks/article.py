"""The article that claimgraph carries: which of its reviewed claims are found."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.errors import ErrorKind, Example
from benchmarks.metrics import Figure
from benchmarks.readings import Extractor
from benchmarks.tables import Line, Table
from claimgraph.curation import read_claims
from claimgraph.documents import read_article
from claimgraph.documents.article import CLAIMS_FILE
from claimgraph.gate import pass_claims
from claimgraph.model import Claim, ClaimType, Document, Mention
from claimgraph.ontology import load_concepts
from claimgraph.resources import bundled_article

TYPES = (
    ClaimType.MECHANISM,
    ClaimType.INDICATION,
    ClaimType.ADVERSE_EFFECT,
    ClaimType.RISK,
    ClaimType.PHARMACOKINETICS,
)


def measure_article(extractor: Extractor) -> Table:
    """Compare extracted with reviewed claims of the five types that texts on drugs share."""
    folder = bundled_article()
    document = read_article(folder)
    reviewed = read_claims(folder / CLAIMS_FILE, document, load_concepts()).claims
    found = pass_claims(extractor.extract(document), document).claims
    return compare_claims(reviewed, found, document)


def compare_claims(reviewed: Sequence[Claim], found: Sequence[Claim], document: Document) -> Table:
    """Measure found against reviewed claims.

    Recall is of the reviewed claims of the five types, whatever type the found one has. Precision
    is of the found claims of the five types, against all reviewed ones.
    """
    pairs = match_claims(reviewed, found)
    hit = {id(reviewed[r]) for r, _ in pairs}
    good = {id(found[f]) for _, f in pairs}
    wanted = [one for one in reviewed if one.type in TYPES]
    made = [one for one in found if one.type in TYPES]
    lines = [
        Line("reviewed claims found", _share(wanted, hit), goal="≥ .80"),
        Line("precision", _share(made, good), goal="≥ .85"),
    ]
    lines += [
        Line(f"{kind.value} claims found", _share([c for c in wanted if c.type is kind], hit))
        for kind in TYPES
    ]
    both = [(reviewed[r], found[f]) for r, f in pairs]
    same = sum(a.certainty is b.certainty and a.modality is b.modality for a, b in both)
    lines.append(
        Line(
            "certainty and modality right, of matched claims",
            Figure(same / len(both) if both else None, detail=f"{same} of {len(both)}"),
        )
    )
    examples = [
        _example(ErrorKind.MISSED_RELATION, one, document) for one in wanted if id(one) not in hit
    ] + [_example(ErrorKind.SPURIOUS, one, document) for one in made if id(one) not in good]
    return Table(
        "The article: reviewed claims",
        tuple(lines),
        ("The rules were written with this article at hand; it has no half held back.",),
        tuple(examples),
    )


def match_claims(reviewed: Sequence[Claim], found: Sequence[Claim]) -> list[tuple[int, int]]:
    """Pair claims that say the same of the same, one to one, as many as can be."""
    options = [
        [f for f, one in enumerate(found) if says_the_same(claim, one)] for claim in reviewed
    ]
    reviewed_of: dict[int, int] = {}

    def place(r: int, tried: set[int]) -> bool:
        for f in options[r]:
            if f not in tried:
                tried.add(f)
                if f not in reviewed_of or place(reviewed_of[f], tried):
                    reviewed_of[f] = r
                    return True
        return False

    for r in range(len(reviewed)):
        place(r, set())
    return sorted((r, f) for f, r in reviewed_of.items())


def says_the_same(reviewed: Claim, found: Claim) -> bool:
    """Tell whether two claims agree: sentence, relation, polarity, and both sides."""
    return (
        reviewed.sentence == found.sentence
        and reviewed.relation is found.relation
        and reviewed.polarity is found.polarity
        and _same(reviewed.subject, found.subject)
        and _same(reviewed.object, found.object)
    )


def _same(one: Mention, other: Mention) -> bool:
    """Tell whether two mentions overlap or mean the same concept ("its" and "it")."""
    if one.passage is not None and other.passage is not None:
        a, b = one.passage.span, other.passage.span
        if a.start < b.end and b.start < a.end:
            return True
    if one.concept is None or other.concept is None:
        return False
    return one.concept.id == other.concept.id


def _share(claims: Sequence[Claim], good: set[int]) -> Figure:
    number = sum(id(one) in good for one in claims)
    value = number / len(claims) if claims else None
    return Figure(value, detail=f"{number} of {len(claims)}")


def _example(kind: ErrorKind, claim: Claim, document: Document) -> Example:
    words = f"{claim.subject.label} {claim.relation} {claim.object.label} ({claim.type})"
    gold, found = (words, "–") if kind is not ErrorKind.SPURIOUS else ("–", words)
    place = f"{document.id} sentence {claim.sentence}"
    return Example(kind, place, gold, found, document.sentence(claim.sentence).text)
