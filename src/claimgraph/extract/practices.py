"""What has to be done or looked at when a drug is used: monitoring, dose changes, caution.

"Liver function should be monitored" asks for a look at liver function; "close supervision is
required" for something that people do. Both are rules of conduct, never facts: every claim here is
normative, with the word that makes it so. What patients of a report needed is no rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimgraph.extract import practice_phrases as phrases
from claimgraph.extract.letters import AnyCase, group_span
from claimgraph.extract.nouns import list_at, phrase_at, split_list
from claimgraph.extract.practice_claims import (
    cut_degree,
    evaluate,
    hedge_of,
    make_practice,
    propose,
    require,
)
from claimgraph.extract.topics import DRUGS, find_exposure
from claimgraph.extract.view import Found, Narrowing, Proposal, SentenceView
from claimgraph.model import Category, QualifierType, Relation, Span

_BACK = 160  # code points before a verb in which what it is said of stands
_MOST_WORDS = 9
_CLAUSE_END = re.compile(r"[.;:!?]\s|,\s+(?:and|but|or|so|which)\s|\b(?:but|because|and that)\s")
_WHERE = re.compile(r",\s+(?:where|in which|for which)\s+$")
_AFTER_WHERE = re.compile(r".*,\s+(?:where|in which)\s+", re.DOTALL)
_NO = AnyCase(r"(?:^|[\s(])(?P<no>no|neither)\s+(?:\w+\s+)?$")


def find_practices(view: SentenceView) -> Iterator[Proposal]:
    """Propose `requires` and `requiresEvaluationOf` claims, in no order, none twice."""
    if not view.holds(phrases.PRACTICE_HINT):
        return
    ought = view.holds(phrases.OUGHT_HINT)
    seen: set[tuple[Relation, Span]] = set()
    for proposal in _find(view, ought=ought):
        key = (proposal.relation, proposal.object.span)
        if key not in seen:
            seen.add(key)
            yield proposal


def _find(view: SentenceView, *, ought: bool) -> Iterator[Proposal]:
    """Try every form in turn."""
    yield from _orders(view)
    if ought:
        yield from _passive(view)
        yield from _need_not(view)
        yield from _predicate(view)
        yield from _active(view)
        yield from _it_is(view)


# ── The forms ───────────────────────────────────────────────────────────────────────────────────


def _passive(view: SentenceView) -> Iterator[Proposal]:
    """Read "liver function should be monitored", "the dose should be reduced"."""
    text = view.text
    for match in phrases.OUGHT.finditer(text):
        before = _before(text, match.start())
        if before is None:
            continue
        words = before.cut(text)
        cue, denial = Span(*match.span("modal")), group_span(match, "not")
        verb = str(match.group(str(match.lastgroup))).lower()
        doing = Span(match.start(str(match.lastgroup)), match.end(str(match.lastgroup)))
        if match["look"]:
            yield from _looked_at(view, before, match, cue, denial)
        elif match["made"]:
            for one in split_list(text, before):
                if phrases.PRACTICE.fullmatch(one.cut(text)):
                    yield from require(view, one, cue, denial)
        elif match["dose"] and phrases.IS_DOSE.fullmatch(words):
            noun = phrases.DOSE_NOUN[verb]
            whole = Span(before.start, doing.end)
            yield from propose(view, make_practice(view, whole, f"dosage {noun}"), cue, denial)
        elif match["stop"]:
            drugs = _drugs_in(view, before)
            if (drugs or phrases.IS_TREATMENT.fullmatch(words)) and denial is None:
                practice = make_practice(view, doing, "discontinuation")
                yield from propose(view, practice, cue, None, subjects=drugs or None)
        elif match["tell"] and phrases.PEOPLE.fullmatch(words):
            yield from propose(view, make_practice(view, doing, "patient education"), cue, denial)
        elif match["care"]:
            careful = phrases.WITH_CAUTION.match(text, match.end())
            if careful is not None and denial is None:
                where = group_span(careful, "what") or Span(*careful.span("how"))
                practice = make_practice(view, where, "caution")
                yield from propose(
                    view, practice, cue, None, subjects=_drugs_in(view, before) or None
                )


def _looked_at(
    view: SentenceView, before: Span, match: re.Match[str], cue: Span, denial: Span | None
) -> Iterator[Proposal]:
    """Propose what should be looked at: the subject of the verb, or what stands behind "for"."""
    text, verb = view.text, match["look"].lower()
    words = before.cut(text)
    if phrases.PEOPLE.fullmatch(words):
        signs = phrases.FOR_SIGNS.match(text, match.end())
        if signs is not None:
            for span in list_at(text, signs.end()):
                yield from evaluate(view, span, cue, denial)
        elif verb in phrases.LOOK_NOUN and verb not in ("observed", "followed", "examined"):
            doing = Span(*match.span("look"))
            noun = phrases.LOOK_NOUN[verb]
            yield from propose(view, make_practice(view, doing, noun), cue, denial)
        return
    if verb == "considered":
        for one in split_list(text, before):
            if phrases.PRACTICE.fullmatch(one.cut(text)):
                yield from require(view, one, cue, denial)
        if not phrases.IS_FACTOR.fullmatch(words):
            return
    factors = phrases.FACTORS.match(words)
    if factors is not None:
        for one in split_list(text, Span(before.start + factors.end(), before.end)):
            yield from evaluate(view, one, cue, denial)
    elif phrases.IS_DOSE.fullmatch(words):
        if verb == "reviewed":
            whole = Span(before.start, match.end("look"))
            yield from propose(view, make_practice(view, whole, "dosage review"), cue, denial)
    elif not any(before == m.span and m.concept.category in DRUGS for m in view.mentions):
        yield from evaluate(view, before, cue, denial)


def _need_not(view: SentenceView) -> Iterator[Proposal]:
    """Read "blood counts need not be monitored"."""
    for match in phrases.NEED_NOT.finditer(view.text):
        before = _before(view.text, match.start())
        if before is not None and not phrases.PEOPLE.fullmatch(before.cut(view.text)):
            cue = Span(match.start(), match.start() + len("need not"))
            yield from evaluate(view, before, cue, Span(cue.end - len("not"), cue.end))


def _predicate(view: SentenceView) -> Iterator[Proposal]:
    """Read "close supervision is required", "no dose adjustment is necessary"."""
    text = view.text
    for match in phrases.IS_NEEDED.finditer(text):
        before = _before(text, match.start())
        if before is None:
            continue
        cue, denial = Span(*match.span("cue")), group_span(match, "not")
        no = _NO.search(text[max(0, before.start - 12) : before.start])
        if no is not None and denial is None:
            start = max(0, before.start - 12) + no.start("no")
            denial = Span(start, start + len(no["no"]))
        if match["cue"].lower() in ("considered", "exercised") and "should" not in match["be"]:
            continue
        hedge = hedge_of(match, "be")
        looked = phrases.LOOKING_AT.search(text, before.start, match.start())
        if looked is not None and looked.end() < before.end:
            for span in list_at(text, looked.end()):
                if span.end <= before.end:
                    yield from evaluate(view, span, cue, denial, hedge)
            continue
        where = _WHERE.search(text, max(0, before.start - 12), before.start)
        subjects = _conditions_before(view, where.start()) if where else None
        if subjects is None:
            subjects = _drugs_in(view, before) or None
        for one in split_list(text, before):
            core = _cut_tail(one.cut(text))
            if phrases.PRACTICE.fullmatch(core):
                short = Span(one.start, one.start + len(core))
                yield from require(view, short, cue, denial, hedge, subjects)


def _active(view: SentenceView) -> Iterator[Proposal]:
    """Read "treatment with X requires regular monitoring", ", necessitating dose changes"."""
    text = view.text
    for match in phrases.REQUIRES.finditer(text):
        if match["part"]:
            cue = Span(match.end() - len("necessitating"), match.end())
            subjects: tuple[Found | None, ...] | None = None
        else:
            cue = Span(*match.span("verb"))
            subjects = _subjects_of(view, match.start())
            if not subjects:
                continue
        denial, hedge = group_span(match, "not"), hedge_of(match, "hedge")
        for span in list_at(text, match.end()):
            looked = phrases.LOOKING_AT.match(text, cut_degree(text, span).start)
            if looked is not None and looked.end() < span.end:
                inner = phrase_at(text, looked.end())
                if inner is not None:
                    yield from evaluate(view, inner, cue, denial, hedge, subjects)
                continue
            if not phrases.PRACTICE.fullmatch(span.cut(text)):
                break
            yield from require(view, span, cue, denial, hedge, subjects)


def _it_is(view: SentenceView) -> Iterator[Proposal]:
    """Read "it is important to monitor blood pressure"."""
    for match in phrases.IT_IS_NEEDED.finditer(view.text):
        cue = Span(*match.span("cue" if match["cue"] else "modal"))
        for span in list_at(view.text, match.end()):
            if not phrases.PEOPLE.fullmatch(span.cut(view.text)):
                yield from evaluate(view, span, cue, group_span(match, "not"))


def _orders(view: SentenceView) -> Iterator[Proposal]:
    """Read "Monitor liver function", "Use with caution in the elderly"."""
    text = view.text
    match = phrases.IMPERATIVE.match(text) or _capital(text)
    if match is not None:
        cue, at = Span(*match.span("cue")), match.end()
        first = phrase_at(text, at)
        if first is not None and phrases.PEOPLE.fullmatch(first.cut(text)):
            signs = phrases.FOR_SIGNS.match(text, first.end)
            at = -1 if signs is None else signs.end()
        elif (signs := phrases.FOR_SIGNS.match(text, at)) is not None:
            at = signs.end()
        if at >= 0:
            for span in list_at(text, at):
                yield from evaluate(view, span, cue, None)
    caution = phrases.ORDER_WITH_CAUTION.search(text)
    if caution is not None:
        cue = Span(caution.start(), caution.start() + len("Use"))
        what = Span(*caution.span("what"))
        yield from propose(view, make_practice(view, what, "caution"), cue, None)
    change = phrases.ORDER_OF_DOSE.match(text)
    if change is not None:
        cue = Span(*change.span("cue"))
        noun = phrases.DOSE_ORDERS[change["cue"].lower()]
        practice = make_practice(view, Span(cue.start, change.end()), f"dosage {noun}")
        yield from propose(view, practice, cue, None)
    stop = phrases.ORDER_TO_STOP.search(text)
    if stop is not None:
        cue = Span(*stop.span("cue"))
        narrows: tuple[Narrowing, ...] = ()
        if stop["when"]:
            narrows = ((QualifierType.CONDITION, Span(*stop.span("when"))),)
        practice = make_practice(view, cue, "discontinuation")
        yield from propose(view, practice, cue, None, narrows=narrows)


def _capital(text: str) -> re.Match[str] | None:
    """Match an order at the head of a sentence, where its first letter is a capital."""
    head = text[:1]
    if not head.isupper():
        return None
    return phrases.IMPERATIVE.match(head.lower() + text[1:])


# ── What the forms share ────────────────────────────────────────────────────────────────────────


def _before(text: str, end: int) -> Span | None:
    """Give the noun phrase, or list of them, that a verb at `end` is said of."""
    low = max(0, end - _BACK)
    start = max((m.end() for m in _CLAUSE_END.finditer(text, low, end)), default=low)
    if start == low and low > 0:
        return None
    if (introduction := phrases.INTRODUCES.match(text, start, end)) is not None:
        start = introduction.end()
    if where := _AFTER_WHERE.match(text, start, end):
        start = where.end()
    words = text[start:end]
    article = re.match(
        r"[\W\d]*(?:(?:and|or|the|an?|your|their|its|no|neither|therefore|also|both)\s+)*",
        words,
        re.IGNORECASE,
    )
    start += article.end() if article else 0
    stop = start + len(text[start:end].rstrip(" ,"))
    if stop <= start or len(text[start:stop].split()) > _MOST_WORDS + 6:
        return None
    words = re.sub(r"\([^()]*\)", "", text[start:stop])
    if phrases.IS_STATE.search(words):
        return None
    return Span(start, stop)


def _drugs_in(view: SentenceView, span: Span) -> tuple[Found, ...]:
    """Give the drug that a phrase names: its first."""
    inside = (m for m in view.mentions if m.concept.category in DRUGS and span.covers(m.span))
    return tuple(inside)[:1]


def _subjects_of(view: SentenceView, end: int) -> tuple[Found | None, ...]:
    """Give what a verb at `end` is said of: a drug, its use, its treatment, or a condition."""
    text = view.text
    low = max(0, end - _BACK)
    start = max((m.end() for m in re.finditer(r"[.;:!?]\s|\bwhich\s", text[low:end])), default=0)
    start += low
    words = text[start:end]
    if re.search(r"\b(?:who|that|patients?|cases?|if|when|study|studies|trial)\b", words, re.I):
        return ()
    exposure = find_exposure(view)
    if exposure is not None and start <= exposure.span.start and exposure.span.end <= end:
        return (exposure,)
    inside = [m for m in view.mentions if start <= m.span.start and m.span.end <= end]
    drugs = [m for m in inside if m.concept.category in DRUGS]
    if drugs:
        return (drugs[0],)
    last = [m for m in inside if m.concept.category is Category.CONDITION and
            not text[m.span.end : end].strip()]  # fmt: skip
    if last:
        return tuple(last)
    if phrases.IS_TREATMENT.fullmatch(words.strip()):
        return (None,)
    return ()


def _conditions_before(view: SentenceView, end: int) -> tuple[Found, ...]:
    """Give the conditions of the list that ends at a place."""
    found: list[Found] = []
    for mention in reversed(view.mentions):
        if mention.concept.category is not Category.CONDITION or mention.span.end > end:
            continue
        gap = view.text[mention.span.end : end]
        if not re.fullmatch(r"[\s,]*(?:(?:and|or)\s+)?(?:the\s+)?", gap):
            break
        found.append(mention)
        end = mention.span.start
    return tuple(reversed(found))


def _cut_tail(words: str) -> str:
    """Cut what only says of what, in whom or when a practice is needed."""
    return re.split(
        r"\s+(?:regarding|about|concerning|in|during|before|after|for|with|on|by|at|to|of)\s", words
    )[0]
