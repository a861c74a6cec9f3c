"""What the body does to a drug, told by a verb: "is extensively metabolized in the liver"."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from claimgraph.extract.hints import Hint
from claimgraph.extract.letters import AnyCase
from claimgraph.extract.mentions import unlisted
from claimgraph.extract.scopes import find_clauses
from claimgraph.extract.view import Found, Narrowing, Proposal, SentenceView
from claimgraph.model import Category, ClaimType, QualifierType, Relation, Span

_HINT = Hint(
    "absorb",
    "metaboli",
    "excret",
    "eliminat",
    "hydroly",
    "conjugat",
    "bound to",
    "cleared",
)
_PASSIVE = AnyCase(
    r"\b(?:is|are|was|were|being)\s+(?:not\s+)?"
    r"(?P<words>(?:(?:\w+ly|also|mainly|mostly|well|almost completely)\s+){0,3}"
    r"(?P<verb>absorbed|metaboli[sz]ed|excreted|eliminated|hydroly[sz]ed|conjugated|"
    r"bound(?= to)|cleared(?= (?:by|from|through|via|renally)))"
    r"(?:\s+unchanged)?"
    r"(?:(?:\s+(?:and|or)(?=\s+(?:by|via|in|through|into)\b))?\s+(?:(?:primarily|mainly|mostly|"
    r"predominantly|largely|almost entirely)\s+)?(?:in|by|via|through|into|from|to|after|following|"
    r"within|throughout|as)\b(?:\s+(?!(?:is|are|was|were|has|have|with|and\s+(?:is|are|has|may|the))\b)"
    r"[\w/%-]+){1,10}){0,2})",
)
_PROPERTY = {
    "absorbed": "absorption",
    "excreted": "excretion",
    "eliminated": "elimination",
    "cleared": "clearance",
    "bound": "protein binding",
}
# What the verb is said of besides the drug: a share of its dose.
_DOSE = AnyCase(
    r"(?:(?P<share>(?:(?:about|approximately|nearly|less than|more than|up to|over|only)\s+)?"
    r"\d[\d.,]*(?:\s?(?:-|–|to)\s?\d[\d.,]*)?\s?(?:%|percent))\s+of\s+)?"
    r"(?:the|an?|each|any)\s+(?:(?:oral|intravenous|administered|single|given|total|absorbed|"
    r"ingested)\s+){0,2}(?:dose|drug)\s+$",
)
_BESIDES = re.compile(
    r"\s+(?:and\s+its\s+(?:\w+\s+)?metabolites?\s+|(?:itself|also|\([^()]*\))\s+)?"
)
_ENZYME = AnyCase(r"\b(?:by|via|through)\b")


def find_kinetics(view: SentenceView) -> Iterator[Proposal]:
    """Propose how a drug is absorbed, bound, metabolized and excreted, in the text's words.

    What an enzyme does is left to the rules on targets.
    """
    if not view.holds(_HINT):
        return
    for match in _PASSIVE.finditer(view.text):
        subject, share = _subject(view, match.start())
        if subject is None and (view.drug is None or share is None):
            continue
        span = Span(*match.span("words"))
        if _ENZYME.search(span.cut(view.text)) and any(
            span.covers(m.span) for m in view.mentions if m.concept.category is Category.TARGET
        ):
            continue
        verb = match["verb"].lower()
        narrows: tuple[Narrowing, ...] = ()
        if share is not None and share.start < share.end:
            narrows = ((QualifierType.DEGREE, share),)
        yield Proposal(
            subject,
            Relation.HAS_PROPERTY,
            Found(span, span.cut(view.text), unlisted(_name(verb), Category.PROPERTY)),
            ClaimType.PHARMACOKINETICS,
            "kinetics",
            narrows=narrows,
        )


def _name(verb: str) -> str:
    """Name the property that a verb tells of."""
    return _PROPERTY.get(verb, "metabolism")


def _subject(view: SentenceView, end: int) -> tuple[Found | None, Span | None]:
    """Give the drug that stands right before the verb, and the share of its dose.

    The share is empty, not nothing, where the whole dose is spoken of.
    """
    clauses = find_clauses(view.text)
    number = bisect_right(clauses, end)
    start = clauses[number - 1] if number else 0
    for drug in reversed(view.drugs):
        if start <= drug.span.start and drug.span.end <= end:
            gap = _BESIDES.fullmatch(view.text, drug.span.end, end)
            return (None if gap is None else drug), None
    dose = _DOSE.search(view.text, start, end)
    if dose is None:
        return None, None
    share = Span(*dose.span("share")) if dose["share"] else Span(dose.start(), dose.start())
    return None, share
