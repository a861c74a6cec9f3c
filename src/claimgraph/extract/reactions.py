"""Adverse reactions that a drug label lists: the drug is the label's own and goes unnamed.

Sections on adverse reactions are lists, bullets and tables more than sentences. A line is cut into
phrases, at punctuation and at words that no name of a reaction holds. A phrase is a reaction where
it holds a condition, or stands as an item among reactions. What the label denies, treats, or tells
of the patients' history is left out, as are the classes of organs that head its tables.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from claimgraph.extract import reaction_phrases as phrases
from claimgraph.extract.letters import AnyCase
from claimgraph.extract.mentions import UNLISTED, unlisted
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import Category, Certainty, ClaimType, Relation, SectionKind, Span

_SECTIONS = (SectionKind.ADVERSE_REACTIONS, SectionKind.BOXED_WARNING, SectionKind.WARNINGS)
_ON_REACTIONS = AnyCase(r"\b(?:adverse|side effects?|undesirable|warnings?)\b")
_LONGEST = 8  # words of one reaction
_MOST_JOINS = 3  # phrases that one takes in ("worsening of pain in the leg")
_BEFORE = 14  # code points before a phrase that tell whether it opens an item
_WINDOW = 90  # code points around a phrase that tell whether it is only studied
_LINE = re.compile(r"[^\n]+")
_TOKEN = re.compile(r"[^\W_][\w'’-]*")
_GAPS = (" ", "-")

# "Ask a doctor before use if you have …": what readers may have, not what the drug does to them.
_ASKS = AnyCase(r"\bif you (?:have|had|are|ever|suffer)\b|\ballergy alert\b")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A run of words that may name a reaction, with the conditions that lie in it."""

    start: int
    end: int
    known: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text: where it begins and ends, and what matters in it.

    `conditions` are sorted by place; `drugs` are the places where the name of a drug begins.
    """

    text: str
    start: int
    end: int
    conditions: tuple[Found, ...]
    drugs: frozenset[int]


def find_label_reactions(view: SentenceView) -> Iterator[Proposal]:
    """Propose `hasAdverseEffect` claims of the label's own drug, which goes unnamed.

    The view's section has to be one on reactions or warnings. Its text may be a sentence, a list
    or a table; each line is looked at by itself.
    """
    if not is_on_reactions(view):
        return
    calls = phrases.CALLS.search(view.text)
    if calls is None and _ASKS.search(view.text):
        return
    first = 0 if calls is None else calls.end()
    hedges = _find_hedges(view.text, calls)
    for line in _cut_lines(view, first):
        if phrases.ADVISES.search(line.text, line.start, line.end):
            continue
        borders = _Borders(line, told_by_signs=calls is not None or view.hedge is not None)
        command = phrases.COMMANDS.search(line.text, line.start, line.end)
        for phrase in _phrases(line):
            if command is not None and command.start() < phrase.start:
                break
            if not (
                _is_empty(view.text, phrase)
                or borders.deny(phrase.start)
                or _is_studied(line, phrase)
            ):
                yield _hedge(_propose(view.text, phrase), hedges)
        for fatal in phrases.FATAL.finditer(view.text, line.start, line.end):
            if not borders.deny(fatal.start()):
                yield _propose_death(view.text, fatal)


def _find_hedges(text: str, calls: re.Match[str] | None) -> list[tuple[Span, Span]]:
    """Find words that hedge all that follows, each with where that is; these places lie apart."""
    if calls is not None:
        if calls.end() == len(text):
            return []
        cue = Span(*calls.span(calls.lastgroup or 0))
        return [(cue, Span(calls.end(), len(text)))]
    found: list[tuple[Span, Span]] = []
    end = 0
    while (lead := phrases.HEDGED_LEAD.search(text, end)) is not None:
        stop = phrases.LEAD_ENDS.search(text, lead.end())
        end = len(text) if stop is None else stop.start()
        if lead.end() == end:
            break
        found.append((Span(*lead.span("cue")), Span(lead.end(), end)))
    return found


def _hedge(proposal: Proposal, hedges: list[tuple[Span, Span]]) -> Proposal:
    """Hedge a proposal that stands behind words that hedge all that follows."""
    place = proposal.object.span
    at = bisect_right(hedges, place.start, key=lambda one: one[1].start)
    if at and hedges[at - 1][1].covers(place):
        return replace(proposal, certainty=Certainty.POSSIBLE, cue=hedges[at - 1][0])
    return proposal


def is_on_reactions(view: SentenceView) -> bool:
    """Tell whether a section is one that lists reactions to the label's own drug."""
    if view.section is SectionKind.SAFETY:
        return view.heading is not None and _ON_REACTIONS.search(view.heading) is not None
    return view.section in _SECTIONS


def _cut_lines(view: SentenceView, first: int) -> Iterator[_Line]:
    """Cut a text into its lines, from a place on."""
    conditions = [m for m in view.mentions if m.concept.category is Category.CONDITION]
    drugs = frozenset(m.span.start for m in view.mentions if m.concept.category is Category.DRUG)
    starts = [m.span.start for m in conditions]
    for match in _LINE.finditer(view.text, first):
        low, high = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        # A name may run on from the line before.
        low -= low > 0 and conditions[low - 1].span.end > match.start()
        yield _Line(view.text, match.start(), match.end(), tuple(conditions[low:high]), drugs)


def _propose(text: str, phrase: _Phrase) -> Proposal:
    """Propose the words of a phrase; a condition that is all of it keeps its concept."""
    span = Span(phrase.start, phrase.end)
    words = span.cut(text)
    found = next((m for m in phrase.known if m.span == span), None)
    if found is None:
        found = Found(span, words, unlisted(words, Category.CONDITION), UNLISTED)
    return Proposal(
        None, Relation.HAS_ADVERSE_EFFECT, found, ClaimType.ADVERSE_EFFECT, "label-reaction"
    )


def _propose_death(text: str, fatal: re.Match[str]) -> Proposal:
    """Propose death, where a label says that a reaction was fatal."""
    concept = unlisted("death", Category.CONDITION)
    span = Span(*fatal.span())
    found = Found(span, span.cut(text), concept, UNLISTED)
    return Proposal(
        None, Relation.HAS_ADVERSE_EFFECT, found, ClaimType.ADVERSE_EFFECT, "label-fatal"
    )


def _phrases(line: _Line) -> Iterator[_Phrase]:
    """Find the phrases that hold a condition; some are joined with what follows."""
    text, runs = line.text, _runs(line)
    starts = [one.span.start for one in line.conditions]
    ends = [one.span.end for one in line.conditions]
    index = 0
    while index < len(runs):
        begin, stop = runs[index]
        joined = 0
        while (
            joined < _MOST_JOINS
            and index + 1 < len(runs)
            and phrases.JOINS.fullmatch(text, stop, runs[index + 1][0])
            and phrases.CALLS_FOR_MORE.fullmatch(text, begin, stop)
        ):
            index += 1
            joined += 1
            stop = runs[index][1]
        index += 1
        low = bisect_right(ends, begin)
        high = bisect_left(starts, stop)
        known = line.conditions[low:high]
        if known:
            if not _is_item(line, begin, stop):
                stop = _end_of_name(text, known[-1].span.end, stop)
            yield _Phrase(begin, stop, known)


def _is_item(line: _Line, begin: int, stop: int) -> bool:
    """Tell whether a run of words is a whole item of a list."""
    before = line.text[max(line.start, begin - _BEFORE) : begin]
    return phrases.OPENS_ITEM.search(before) is not None and (
        phrases.CLOSES_ITEM.match(line.text, stop, line.end) is not None
    )


def _end_of_name(text: str, start: int, end: int) -> int:
    """Give the end of a name: behind a condition only some words belong to it."""
    token = _TOKEN.search(text, start, end)
    if token is None or not (
        token.group().lower() in phrases.TAIL or phrases.JOINS.match(text, start, end)
    ):
        return start
    return end


def _runs(line: _Line) -> list[tuple[int, int]]:
    """Find the runs of words without a stop; the name of a condition is never cut."""
    runs: list[tuple[int, int]] = []
    text, conditions = line.text, line.conditions
    first = last = -1
    at = 0
    for token in _TOKEN.finditer(text, line.start, line.end):
        while at < len(conditions) and conditions[at].span.end <= token.start():
            at += 1
        name = conditions[at] if at < len(conditions) else None
        inside = name is not None and name.span.start < token.start()
        opens = name is not None and name.span.start == token.start() and name.detail != UNLISTED
        stops = token.start() in line.drugs or (not inside and not opens and _stops(token.group()))
        gap = text[last : token.start()] if first >= 0 else ""
        if first >= 0 and (stops or not (gap in _GAPS or (inside and "(" not in gap))):
            runs.append((first, last))
            first = -1
        if stops:
            continue
        if first < 0:
            first = token.start()
        last = token.end()
    if first >= 0:
        runs.append((first, last))
    return runs


def _stops(word: str) -> bool:
    return word[0].isdigit() or word.lower() in phrases.STOP


def _is_empty(text: str, phrase: _Phrase) -> bool:
    """Tell whether a phrase says too little or too much, or names a class of organs."""
    return (
        len(text[phrase.start : phrase.end].split()) > _LONGEST
        or phrases.GENERIC.fullmatch(text, phrase.start, phrase.end) is not None
        or phrases.CLASS.fullmatch(text, phrase.start, phrase.end) is not None
    )


def _is_studied(line: _Line, phrase: _Phrase) -> bool:
    """Tell whether a phrase names what is studied rather than what happened."""
    before = line.text[max(line.start, phrase.start - _WINDOW) : phrase.start]
    after = line.text[phrase.end : min(line.end, phrase.end + _WINDOW)]
    return (
        phrases.STUDIED.search(before) is not None or phrases.PEOPLE_WITH.match(after) is not None
    )


class _Borders:
    """Where a line denies, treats or tells history, and where it turns back to reactions."""

    def __init__(self, line: _Line, *, told_by_signs: bool) -> None:
        self._cues = [
            m.start()
            for m in phrases.NO_REACTION.finditer(line.text, line.start, line.end)
            if not (told_by_signs and m.group() in phrases.SIGNS)
        ]
        self._halts = [m.end() for m in phrases.HALT.finditer(line.text, line.start, line.end)]

    def deny(self, start: int) -> bool:
        """Tell whether the last that was said before `start` keeps it from being a reaction."""
        cues = bisect_right(self._cues, start - 1)
        if not cues:
            return False
        halts = bisect_right(self._halts, start)
        return not halts or self._cues[cues - 1] >= self._halts[halts - 1]
