"""Interactions of the document's own drug where the sentence names only the other one.

"Concomitant use of aspirin should be avoided", "no interaction with levetiracetam was observed":
in a label or an article about one drug, that drug is the unnamed partner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from claimgraph.extract.hints import Hint
from claimgraph.extract.letters import AnyCase
from claimgraph.extract.substances import is_medicine
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import Certainty, ClaimType, Modality, Polarity, Relation, Span

_HINTS = ("oncomitant", "oncurrent", "ombin", "imultaneous", "o-administ", "oadminist", "nteract",
          "with ")  # fmt: skip
_HINT = Hint(*_HINTS)
_MOST = 10
# Right before the first partner.
_MEETS = AnyCase(
    r"(?:\b(?P<no>no)\s+(?:\w+\s+){0,2}?)?\b(?:(?:concomitant|concurrent|combined|simultaneous)\s+"
    r"(?:use|administration|treatment|therapy|intake)\s+(?:of|with)|"
    r"co-?administ(?:ered|ration)\s+(?:of|with)|combin(?:ed|ation|ing)\s+with|"
    r"(?:taken|used|given|administered)\s+(?:together\s+|concomitantly\s+)?with|"
    r"(?P<interacts>interact(?:s|ions?)?)\s+with)\s+"
    r"(?:(?:other|certain|some|the|drugs such as|medicines such as|agents such as|an?|strong|"
    r"potent)\s+){0,3}$",
)
_JOINS = AnyCase(
    r"[\s,]*(?:\b(?:and|or|and/or)\b)?\s*(?:(?:other|an?|the|such as|including|like)\s+){0,2}"
)
_ADVICE = AnyCase(
    r"\b(?:should|must|avoid(?:ed)?|contra-?indicated|not recommended|do not|caution|"
    r"recommend(?:ed)?|not advis\w+)\b",
)
_HAPPENS = AnyCase(
    r"\b(?:increas|decreas|reduc|enhanc|potentiat|prolong|rais|lower|alter|affect|inhibit|induc|"
    r"result|lead|caus|worsen|additive|interact|risk|impair|interfer)\w*",
)
_HEDGE = AnyCase(r"\b(?:may|might|can|could|possibly)\b")
_DENIAL = AnyCase(r"\b(?:no|not|without|neither|unlikely)\b")
_LONGEST = 300


def find_partners(view: SentenceView) -> Iterator[Proposal]:
    """Propose `interactsWith` claims of the document's drug, which the sentence does not name."""
    if view.drug is None or not view.holds(_HINT) or not any(map(view.text.__contains__, _HINTS)):
        return
    drugs = [one for one in view.drugs if one.detail or is_medicine(one.text)]
    if not drugs or any(m.concept == view.drug for m in drugs):
        return
    for number, first in enumerate(drugs):
        match = _MEETS.search(view.text, max(0, first.span.start - 90), first.span.start)
        if match is not None:
            group = _list_from(view.text, drugs[number:])
            yield from _propose(view, match, group)
            return


def _list_from(text: str, drugs: Sequence[Found]) -> list[Found]:
    """Give the drugs of the list that begins with the first of them."""
    group = [drugs[0]]
    for one in drugs[1:_MOST]:
        if not _JOINS.fullmatch(text, group[-1].span.end, one.span.start):
            break
        group.append(one)
    return group


def _propose(view: SentenceView, match: re.Match[str], group: list[Found]) -> Iterator[Proposal]:
    """Propose what the sentence says happens when the drugs meet, if it says something."""
    text, end = view.text, min(len(view.text), group[-1].span.end + _LONGEST)
    low = max(0, match.start() - _LONGEST)
    denial: Span | None = None
    if match["no"]:
        denial = Span(*match.span("no"))
    advice = _ADVICE.search(text, group[-1].span.end, end) or _ADVICE.search(
        text, low, match.start()
    )
    happens = _HAPPENS.search(text, group[-1].span.end, end) or _HAPPENS.search(
        text, low, match.start()
    )
    if not (advice or happens or match["interacts"]):
        return
    hedge = None
    if advice is None:
        found = _HEDGE.search(text, low, end)
        hedge = None if found is None else Span(*found.span())
        if denial is None:
            denied = _DENIAL.search(text, low, end)
            denial = None if denied is None else Span(*denied.span())
    for partner in group:
        yield Proposal(
            None,
            Relation.INTERACTS_WITH,
            partner,
            ClaimType.INTERACTION,
            "partners",
            polarity=Polarity.AFFIRMED if denial is None else Polarity.NEGATED,
            certainty=Certainty.ASSERTED if hedge is None else Certainty.POSSIBLE,
            modality=Modality.FACTUAL if advice is None else Modality.NORMATIVE,
            cue=Span(*advice.span()) if advice is not None else hedge,
            negation=denial,
        )
