"""The doses that a text gives a drug: "the recommended starting dose is 25 mg once daily".

A dose that somebody was given in a study or a report is no dose of the drug; it stays a qualifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimgraph.extract.hints import Hint
from claimgraph.extract.letters import AnyCase
from claimgraph.extract.mentions import unlisted
from claimgraph.extract.topics import find_topics
from claimgraph.extract.view import Found, Narrowing, Proposal, SentenceView
from claimgraph.model import (
    Category,
    ClaimType,
    Modality,
    QualifierType,
    Relation,
    SectionKind,
    Span,
)

_NUMBER = r"\d+(?:[.,]\d+)*"
_UNIT = (
    r"(?:mg|mcg|micrograms?|milligrams?|grams?|µg|μg|g|mL|ml|IU|units?|mEq|mmol|tablets?|capsules?|"
    r"drops|puffs|sprays?)"
)
_PER = r"(?:\s?/\s?(?:kg|m2|m²|day|dose|hour|h|week)|\s+per\s+(?:kg|day|dose|hour|week|kilogram))"
_TIMES = (
    r"(?:(?:once|twice|three times|four times|\d+ times)(?:\s+(?:a|per|each)\s+(?:day|week)|"
    r"\s+daily|\s+weekly)?|daily|weekly|every\s+(?:\d+\s+(?:to\s+\d+\s+)?|other\s+)?(?:hours?|"
    r"days?|weeks?|day|morning|night)|a day|at bedtime|(?:divided\s+)?in(?:to)?\s+(?:\w+\s+)?"
    r"divided\s+doses|divided\s+into\s+\w+\s+doses|in\s+24\s+hours)"
)
_DOSE = AnyCase(
    rf"(?P<dose>{_NUMBER}(?:\s?(?:{_UNIT}(?:{_PER})*)?\s?(?:-|–|to)\s?{_NUMBER})?\s?{_UNIT}(?!\w)"
    rf"(?:{_PER}){{0,2}}(?:,?\s+{_TIMES}){{0,3}})",
)
_LEAD = AnyCase(
    r"\b(?:(?P<cue>recommended)|(?P<usual>usual|normal|standard|typical))?\s*"
    r"(?P<phase>(?:(?:initial|starting|maintenance|maximum|maximal|loading|target|adult|"
    r"p(?:a)?ediatric|daily|total|effective|oral|intravenous|single)\s+){0,4})"
    r"(?:doses?|dosages?)\b(?P<gap>[^.;:\d]{0,80}?)"
    r"(?P<be>\bis\b|\bare\b|\branges? from\b|:|\bshould not exceed\b|\bmust not exceed\b|"
    r"\bshould be\b)\s+(?:usually\s+|generally\s+|about\s+|approximately\s+|from\s+|up to\s+)*",
)
_TAKE = AnyCase(
    r"\b(?:adults?|children|patients|people|take|start(?:ing)?|begin|give|administer|doses? not "
    r"exceed)\b(?P<gap>[^.;\d]{0,50}?)$",
)
_ORDER = re.compile(
    r"(?:^|[:;]\s+|\band\s+)(?:[\w\s(),-]{0,40}?[:]\s+)?(?P<cue>Take|Give|Start(?: with)?|Begin"
    r"(?: with)?|Administer|take|give)\s+(?:up to\s+)?",
)
_EXCEED = AnyCase(r"\b(?P<cue>do|should|must)\s+(?P<what>not\s+exceed\s+)")
_STUDY = AnyCase(
    r"\b(?:we|study|studies|trial|trials|randomi[sz]ed|received|were given|was given|treated|"
    r"healthy volunteers|rats?|mice|lethal|overdose|ingested)\b",
)
_DIGIT = re.compile(r"\d")

_LEADS, _EXCEEDS = Hint("dose", "dosage"), Hint("exceed")


def find_doses(view: SentenceView) -> Iterator[Proposal]:
    """Propose `hasDose` claims; the object is the dose in the words of the text."""
    text = view.text
    leads = view.holds(_LEADS)
    orders = view.holds(_EXCEEDS) or view.section is SectionKind.DOSAGE
    if not (leads or orders) or _DIGIT.search(text) is None or _STUDY.search(text):
        return
    done = 0
    for dose in _DOSE.finditer(text):
        if dose.start() < done:
            continue
        found = _read(view, dose.start(), leads=leads)
        if found is None:
            continue
        done = dose.end()
        cue, start, narrows = found
        span = Span(start, dose.end())
        words = span.cut(text)
        for subject in find_topics(view, span):
            yield Proposal(
                subject,
                Relation.HAS_DOSE,
                Found(span, words, unlisted(words, Category.PRACTICE)),
                ClaimType.DOSAGE,
                "doses",
                modality=Modality.FACTUAL if cue is None else Modality.NORMATIVE,
                cue=cue,
                narrows=narrows,
            )


def _read(
    view: SentenceView, start: int, *, leads: bool
) -> tuple[Span | None, int, tuple[Narrowing, ...]] | None:
    """Tell whether a dose is what the words before it give: its cue, its start, its qualifiers."""
    text, low = view.text, max(0, start - 160)
    exceed = [m for m in _EXCEED.finditer(text, low, start) if m.end() == start]
    lead = None
    if leads:
        lead = next((m for m in _LEAD.finditer(text, low, start) if m.end() == start), None)
    if exceed:
        match = exceed[-1]
        dosed = next((m for m in _LEAD.finditer(text, low, start)), None)
        return Span(*match.span("cue")), match.start("what"), _phase(dosed)
    if lead is not None:
        cue = Span(*lead.span("cue")) if lead["cue"] else None
        if cue is None and lead["be"].lower() == "should be":
            cue = Span(lead.start("be"), lead.start("be") + len("should"))
        if cue is None and "recommended" in lead["gap"].lower():
            at = lead.start("gap") + lead["gap"].lower().index("recommended")
            cue = Span(at, at + len("recommended"))
        return cue, start, _phase(lead)
    if view.section is SectionKind.DOSAGE:
        order = next((m for m in _ORDER.finditer(text, low, start) if m.end() == start), None)
        if order is not None:
            return Span(*order.span("cue")), start, ()
        if _TAKE.search(text, low, start):
            return None, start, ()
    return None


def _phase(lead: re.Match[str] | None) -> tuple[Narrowing, ...]:
    """Give the word that says which dose is meant: the starting or the highest one."""
    if lead is None or not lead["phase"].strip():
        return ()
    words = lead["phase"].rstrip()
    span = Span(lead.start("phase"), lead.start("phase") + len(words))
    return ((QualifierType.PHASE, span),)
