"""Indications: what a drug is used against, what it prevents, and when it must not be used.

A sentence is read from left to right. Each phrase that says something about use ("indicated for",
"reduce the risk of", "has not been established", "due to") rules what follows it, until the next
phrase or the end of its clause. In a section on indications a condition that no phrase rules is an
indication, because such sections are lists and headings; elsewhere a phrase has to say so.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from claimgraph.extract.aims import PREGNANCY, find_aims
from claimgraph.extract.indication_phrases import (
    DENIED_BEHIND,
    EVENT,
    HEDGE,
    PATIENTS_FIRST,
    STATES_USE,
    YIELDS,
    Rule,
)
from claimgraph.extract.letters import AnyCase, AnyPattern
from claimgraph.extract.scopes import find_clauses
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import (
    Certainty,
    ClaimType,
    Modality,
    Polarity,
    Relation,
    SectionKind,
    Span,
)

# Too little to end an aside: "secondary causes for", "receiving therapy for".
_WEAK = ("for", "against", "therapy for", "treatment for")
_REACH = 250  # code points between a phrase and what it rules, outside sections on indications
_LAST_WORDS = 2  # words behind an aside that still leave it the end of an introduction
_KEPT = 64  # patterns whose places in a sentence are kept at hand
_WINDOW = 1000  # code points on either side of a condition that can say something of it


@dataclass(frozen=True, slots=True)
class _Event:
    """A phrase that rules what follows it."""

    rule: Rule | None
    span: Span
    weak: bool = False
    both: bool = False  # "treat or prevent": what is prevented is treated, too
    ahead: bool = False  # in the words that introduce the list, not in the sentence itself


@dataclass(slots=True)
class _State:
    """What rules the place that the reading has come to."""

    use: _Event | None = None
    denial: _Event | None = None
    aside: _Event | None = None
    patients: _Event | None = None
    note: bool = False

    def take(self, event: _Event) -> None:
        """Read one more phrase."""
        match event.rule:
            case Rule.FORBIDS | Rule.DENIES:
                self.denial, self.aside, self.patients = event, None, None
            case Rule.TREATS if event.weak and self.aside is not None:
                pass
            case Rule.TREATS | Rule.PREVENTS:
                self.use, self.aside, self.patients = event, None, None
            case Rule.PATIENTS:
                self.patients, self.aside = event, None
            case Rule.ASIDE:
                self.aside = event
            case Rule.NOTE:
                self.note = True
            case Rule.BREAKS:
                self.denial = self.aside = None
            case None:
                self.aside = None


def find_indications(view: SentenceView) -> Iterator[Proposal]:
    """Propose `treats`, `prevents` and `contraindicatedFor` claims, in text order.

    The subject is the drug that the sentence names as its topic, or nothing where it names none.
    What a sentence denies is proposed as denied; what it forbids, as a rule of conduct.
    """
    home = view.section in (SectionKind.INDICATIONS, SectionKind.CONTRAINDICATIONS)
    said = f"{view.lead} {view.text}"
    if not home and STATES_USE.search(said) is None and YIELDS.search(said) is None:
        return
    aims = find_aims(view.text, view.mentions)
    if not aims:
        return
    events = list(_read_events(view.text))
    state = _read_lead(view.lead)
    forbidden = view.section is SectionKind.CONTRAINDICATIONS
    done = 0
    ahead: list[Found] = []
    made: list[Proposal] = []
    for aim in aims:
        while done < len(events) and events[done].span.end <= aim.span.start:
            if not (forbidden and _IF_YOU.match(view.text, events[done].span.start)):
                state.take(events[done])
            done += 1
        proposal = _decide(view, aim, state, home)
        if proposal is not None:
            if proposal.relation is Relation.PREVENTS and state.use is not None and state.use.both:
                made.append(replace(proposal, relation=Relation.TREATS, rule="treats-both"))
            made.append(proposal)
        elif done == 0 and not view.lead:
            ahead.append(aim)
    yield from _read_headings(view, ahead, made)
    yield from made


def _read_headings(
    view: SentenceView, ahead: list[Found], made: list[Proposal]
) -> Iterator[Proposal]:
    """Propose what a heading in front of a sentence names, where the sentence goes on to say it.

    "Gout Zorvan is indicated for the treatment of gout": both places name the same use.
    """
    uses = {one.object.concept: one.relation for one in made if one.polarity is Polarity.AFFIRMED}
    for aim in ahead:
        relation = uses.get(aim.concept)
        if relation in (Relation.TREATS, Relation.PREVENTS):
            yield _affirm(view, aim, relation, "treats-heading")


# "Do not take it: if you have gout": an item that names who must not.
_IF_YOU = AnyCase(r"if (?:you|your child|the patient|he or she)\b")
# "Post-stroke depression" is no stroke.
_AFTER_IT = AnyCase(r"\b(?:post|non|anti|pre)-$")
_RULES = {rule.value: rule for rule in Rule}


def _read_events(text: str) -> Iterator[_Event]:
    """Give the phrases of a sentence, in text order."""
    for match in EVENT.finditer(text):
        rule = _RULES.get(match.lastgroup or "")  # none: the clause ends
        words = match.group().lower()
        both = rule is Rule.PREVENTS and "treat" in words
        yield _Event(rule, Span(*match.span()), words in _WEAK, both)


def _read_lead(lead: str) -> _State:
    """Give what rules an item of a list from its start: what the words that introduce it say.

    An aside rules the items only where it ends the introduction: in "pain due to:" they are causes,
    in "infections caused by these germs in the conditions below:" they are not.
    """
    state = _State()
    for event in _read_events(lead.rstrip(": \n")):
        state.take(replace(event, ahead=True))
    if state.aside is not None and len(lead[state.aside.span.end :].split()) > _LAST_WORDS:
        state.aside = None
    return state


def _decide(view: SentenceView, aim: Found, state: _State, home: bool) -> Proposal | None:
    """Tell what the sentence says of one condition."""
    if state.aside is not None or state.note:
        return None
    if _AFTER_IT.search(view.text, max(0, aim.span.start - 5), aim.span.start):
        return None
    if aim.detail == PREGNANCY and (
        state.denial is not None or state.use is None or state.use.rule is not Rule.PREVENTS
    ):
        return None
    denial = state.denial or _denied_behind(view.text, aim)
    if denial is not None:
        return _deny(view, aim, denial)
    if view.section is SectionKind.CONTRAINDICATIONS:
        return _forbid(view, aim, None, "forbids-section")
    use = state.use
    if use is None:
        if state.patients is not None and _next_place(
            PATIENTS_FIRST, view.text, aim.span.end, len(view.text)
        ):
            return _affirm(view, aim, Relation.TREATS, "treats-patients-first")
        if _yields(view, aim):
            return _affirm(view, aim, Relation.TREATS, "treats-yields")
        if not home or _is_background(view.text, aim):
            return None
        return _affirm(view, aim, Relation.TREATS, "treats-section")
    if not home and aim.span.start - (0 if use.ahead else use.span.end) > _REACH:
        return None
    if use.rule is Rule.PREVENTS:
        if state.patients is not None:
            return None
        return _affirm(view, aim, Relation.PREVENTS, "prevents-trigger")
    who = "-patients" if state.patients is not None else ""
    return _affirm(view, aim, Relation.TREATS, f"treats-trigger{who}")


_STATES = AnyCase(
    r"\b(?:is|are|was|were|be|been|has|have|had|may|might|can|could|will|would|should|must|does?|"
    r"did|requires?|occurs?|provokes?|include[sd]?|demonstrated|showed|respond(?:s|ed)?|become|"
    r"despite)\b",
)
_STOP = re.compile(r"[;•\n]|\. (?=[A-Z])")
_SUBORDINATE = AnyCase(r"\b(?:when|if|where|unless|who|whom|whose)\b")
_REMARK = re.compile(r"\([^()]*\)?")


def _is_background(text: str, aim: Found) -> bool:
    """Tell whether a clause without a word of use is a statement rather than a heading or list."""
    if _next_place(STATES_USE, text, aim.span.end, aim.span.end + _WINDOW) is not None:
        return False
    end = min(_next_start(_STOP, text, aim), _next_start(_SUBORDINATE, text, aim))
    clause = text[_last_end(_STOP, text, aim) : end]
    return _STATES.search(_REMARK.sub("", clause)) is not None


def _last_end(pattern: AnyPattern, text: str, aim: Found) -> int:
    """Give where the last match ahead of a condition ends: the start of its part of the text."""
    first = max(0, aim.span.start - _WINDOW)
    places = _find_places(pattern, text)
    number = bisect_right(places.ends, aim.span.start)
    # A full stop right before a condition ends nothing: no capital is looked at behind it.
    number -= (
        number > 0
        and text[places.starts[number - 1]] == "."
        and (places.ends[number - 1] == aim.span.start)
    )
    return max(first, places.ends[number - 1]) if number else first


def _next_start(pattern: AnyPattern, text: str, aim: Found) -> int:
    """Give where the next match behind a condition starts: the end of its part of the text."""
    last = min(len(text), aim.span.end + _WINDOW)
    place = _next_place(pattern, text, aim.span.end, last)
    return last if place is None else place.start


@dataclass(frozen=True, slots=True)
class _Places:
    """Where a pattern matches in a text: where each match starts, and where it ends."""

    starts: list[int]
    ends: list[int]


@lru_cache(maxsize=_KEPT)
def _find_places(pattern: AnyPattern, text: str) -> _Places:
    """Find all matches in a sentence; every condition of it asks for some."""
    spans = [match.span() for match in pattern.finditer(text)]
    return _Places([start for start, _ in spans], [end for _, end in spans])


def _next_place(pattern: AnyPattern, text: str, start: int, end: int) -> Span | None:
    """Give the first match between two places, if any."""
    places = _find_places(pattern, text)
    number = bisect_left(places.starts, start)
    if number == len(places.starts) or places.ends[number] > end:
        return None
    return Span(places.starts[number], places.ends[number])


def _denied_behind(text: str, aim: Found) -> _Event | None:
    """Give the denial that follows a condition in its clause, if any."""
    end = _next_start(_CLAUSE_END, text, aim)
    place = _next_place(DENIED_BEHIND, text, aim.span.end, end)
    return None if place is None else _Event(Rule.DENIES, place)


_CLAUSE_END = re.compile(r"[;:•\n]|\. (?=[A-Z])|,? (?:but|however|although|who|which|that|if)\b")


_STATEMENT_END = re.compile(r"[;:•\n]|\. (?=[A-Z])|,? (?:but|however|although|if|not|fail\w*)\b")


def _yields(view: SentenceView, aim: Found) -> bool:
    """Tell whether the clause goes on to say that the condition responds to a drug."""
    end = _next_start(_STATEMENT_END, view.text, aim)
    place = _next_place(YIELDS, view.text, aim.span.end, end)
    if place is None:
        return False
    return any(place.end <= one.span.start <= place.end + 5 for one in view.drugs)


def _affirm(view: SentenceView, aim: Found, relation: Relation, rule: str) -> Proposal:
    """Propose that the drug is used so, hedged where the clause hedges."""
    start = _last_end(_CLAUSE_END, view.text, aim)
    cue = _next_place(HEDGE, view.text, start, _next_start(_STOP, view.text, aim))
    return Proposal(
        find_topic(view, aim),
        relation,
        aim,
        ClaimType.INDICATION,
        rule,
        certainty=Certainty.ASSERTED if cue is None else Certainty.POSSIBLE,
        cue=cue,
    )


def _deny(view: SentenceView, aim: Found, denial: _Event) -> Proposal | None:
    """Propose that the drug does not treat the condition, or must not be used in it.

    A denial that stands in the words ahead of a list cannot be cited with an item; nothing is
    proposed then. What those words forbid is forbidden as in a section on contraindications.
    """
    if denial.ahead:
        if denial.rule is Rule.FORBIDS:
            return _forbid(view, aim, None, "forbids-lead")
        return None
    if denial.rule is Rule.FORBIDS:
        return _forbid(view, aim, denial.span, "forbids-trigger")
    return Proposal(
        find_topic(view, aim),
        Relation.TREATS,
        aim,
        ClaimType.INDICATION,
        "denies-trigger",
        polarity=Polarity.NEGATED,
        cue=denial.span,
        negation=denial.span,
    )


def _forbid(view: SentenceView, aim: Found, cue: Span | None, rule: str) -> Proposal:
    """Propose that the drug must not be used in the condition."""
    return Proposal(
        find_topic(view, aim),
        Relation.CONTRAINDICATED_FOR,
        aim,
        ClaimType.CONTRAINDICATION,
        rule,
        modality=Modality.FACTUAL if cue is None else Modality.NORMATIVE,
        cue=cue,
    )


_OTHER_DRUG = AnyCase(
    r"(?:respon\w+|adjunct\w*(?= (?:to|with)\b)|addition|added|with|tolera\w+|intoleran\w+|fail\w*|"
    r"refractory|resistant|unresponsive) (?:to |of |with )?(?:\w+ ){0,2}?$",
)


def find_topic(view: SentenceView, aim: Found) -> Found | None:
    """Give the drug that a use is said of: the first that is not somebody else's treatment.

    A clause that names a drug of its own speaks of that one.
    """
    drugs = [
        drug
        for drug in view.drugs
        if not _OTHER_DRUG.search(view.text, max(0, drug.span.start - 40), drug.span.start)
    ]
    if len(drugs) > 1:
        clauses = find_clauses(view.text)
        own = bisect_right(clauses, aim.span.start)
        drugs = [one for one in drugs if bisect_right(clauses, one.span.start) == own] or drugs
    return drugs[0] if drugs else None
