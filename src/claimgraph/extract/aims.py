"""Tell which conditions of a sentence a drug can be used against, and how far their names reach.

Mentions come one name at a time. Words that share a head ("akinetic and myoclonic seizures") are
two aims here, and a name takes in the words that make it a kind ("partial-onset seizures").
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from claimgraph.extract.letters import AnyCase
from claimgraph.extract.mentions import UNLISTED, unlisted
from claimgraph.extract.view import Found
from claimgraph.model import Category, Span

PREGNANCY = "pregnancy"
"""Detail of an aim that can only be prevented."""

_MOST_NAMES = 10_000  # names of which it is kept what they can be
_NO_AIM_IDS = frozenset(("adverse-effect", "neurological-condition"))
# Words that name no aim: what every disease has, what drugs do, how things are measured.
_NO_AIMS = frozenset((
    "abnormalities", "abnormality", "acute", "advanced", "adverse", "agents", "and", "attack",
    "attacks", "changes", "chronic", "clinically", "complication", "complications", "condition",
    "conditions", "current", "death", "deaths", "disabling", "disease", "diseases", "disorder",
    "disorders", "effect", "effects", "episode", "episodes", "event", "events", "exhibits",
    "first", "functional", "future", "having", "health", "hospitalization", "hospitalizations",
    "illness", "illnesses", "impairment", "improve", "improvement", "in", "individual",
    "infection", "infections", "initial", "irritative", "lesion", "lesions", "maintain",
    "maintenance", "major", "manifestations", "menarche", "mild", "minor", "moderate", "mortality",
    "obstructive", "of", "or", "other", "overdosage", "overdose", "physical", "prevent",
    "prevents", "problems", "progression", "reaction", "reactions", "recurrence", "recurrences",
    "recurrent", "reduce", "reduces", "reduction", "relapse", "relapses", "relieve", "relieves",
    "serious", "severe", "side", "sign", "significant", "signs", "somatic", "specific", "sterile",
    "such", "symptom", "symptoms", "syndrome", "syndromes", "the", "these", "trivial",
    "underlying", "worsening",
))  # fmt: skip
# What a drug brings about, or what is done to a patient; a "heart block" is in the lexicon.
_NO_HEADS = frozenset(("block", "blockade", "changes", "purposes", "test"))
# A change is no aim unless it is one for the worse; what the blood holds is measured, not treated.
_NO_CHANGE = AnyCase(
    r"(?:increas|decreas|reduc|lower|improv|elevation|prolong|weight)\w* |(?:elevated|raised) "
    r"(?:\w+ )?(?:total|ldl|hdl|vldl|tg|tc|apo|lipid|serum|plasma|cholesterol|triglyceride)s?\b",
)
_WORD = re.compile(r"[^\W\d_]+")
_INFECTIONS = AnyCase(
    r"(?:(?:serious|severe|external|superficial|mild|moderate|minor|trivial|to) )*infections?"
    r"(?= (?:of|in|caused|due|by|produced|that|which|when)\b)",
)
_PEOPLE = frozenset(("women", "men", "patients", "adults", "children", "infants", "people"))
_COURSE = frozenset(("acute", "chronic", "mild", "moderate", "severe", "to", "active", "recurrent"))
# A noun phrase behind words that only a condition follows, up to where the phrase ends.
_TREATED = AnyCase(
    r"\b(?:(?:treatment|management|relief|prophylaxis|prevention) of|relie(?:ves?|ving)|"
    r"to (?:treat|relieve|prevent)|cures?) (?:the (?:signs|symptoms)(?: and (?:signs|symptoms))? "
    r"of )?"
    r"(?:the |an? |most |your )?[\"“'‘]?(?P<aim>(?!(?:patients?|adults?|children|infants?|women|"
    r"men|people|persons?|individuals|subjects|pa?ediatric|adolescents?|cases|choice|these|this|those|"
    r"following|any|all|such|its|his|her|their|it|certain|known|bacteri|microb|drug|disease|"
    r"condition|symptom|sign|other|various|both|either|one|two|three|for|in|with|by|of|to|and|or|"
    r"from|when|where|selected|documented|proven|confirmed|suspected|mother|pregnan)\w*\b)"
    r"[^\W\d_][\w’'-]*(?: (?!(?:in|with|of|for|due|caused|associated|and|or|when|who|that|which|as|"
    r"by|to|from|after|during|following|is|are|may|if|at|on|including|such|without|while|where|"
    r"until|unless|because|therapy|treatment|the|patients?|adults?|children)\b)[^\W\d_][\w’'-]*)"
    r"{0,4})(?=[\"”'’]?(?:[,.;:()•\n]|$| (?:in|with|due|caused|associated|when|after|during|"
    r"following)\b))",
)
_PREGNANCY = AnyCase(
    r"\b(?:(?:unintended|unwanted|unplanned) )?(?:pregnanc(?:y|ies)|becoming pregnant|"
    r"conception)\b",
)
_ADJECTIVE = AnyCase(r"[a-z-]{3}(?<!\bcol)(?<!\bpan)(?<!withdraw)(?:ic|al|ive|ous|ed|[ ]ill)$")


_HEAD = AnyCase(r" (?:(?:and|or|and/or) (?:[\w-]+ )?)?(?:episodes?|attacks?|seizures?)\b")
_KIND = AnyCase(r"(?<![\w-])[a-z]+-(?:onset|type|resistant|refractory|associated) $")
_SHARED = AnyCase(
    r"(?<![\w-])(?P<first>[a-z][a-z-]*(?:ic|al|ive|ous|ary|oid|ar|onset)|mixed|motor|acute)"
    r",? (?:and|or|and/or) (?P<more>(?:primary |secondary |generalized |[a-z]+(?:ic|"
    r"al)(?:-[a-z]+)? )*)$",
)
_SHARED_HEADS = AnyCase(
    r"(?:seizures?|tics?|episodes?|attacks?|infections?|ulcers?|disorders?|headaches?|pain|"
    r"arthritis|epilepsy|leuk[a]?emia|lymphoma|depression|an[a]?emia|hypertension)$",
)


_VIRUS = AnyCase(
    r"(?: type)?(?: [A-E1-9])?[ -]virus(?:es)?(?: ?\([^()]{2,20}\))?(?:[ -]?(?:type )?[1-9]\b)?"
    r"(?P<infection> infections?)?",
)
_HUMAN = AnyCase(r"\bhuman $")


def find_aims(text: str, mentions: Sequence[Found]) -> list[Found]:
    """Give the conditions that a drug can be used against, in text order.

    Args:
        text: the sentence.
        mentions: what the sentence speaks of, sorted by place.
    """
    aims: list[Found] = []
    bare: list[Found] = []
    done = 0
    for mention in mentions:
        virus = _VIRUS.match(text, mention.span.end)
        if virus is not None:
            if virus["infection"] and mention.concept.category is Category.CONDITION:
                aims.append(_as_infection(text, mention, virus.end()))
        elif _is_aim(mention):
            aims += _with_coordinated(text, _widen(text, mention, done), done)
        elif _is_bare_infection(text, mention):
            bare.append(mention)
        done = max(done, mention.span.end)
    aims += _find_pregnancies(text, mentions)
    if not aims:
        return bare or list(_find_unnamed(text, mentions))
    return list(_join(text, sorted(aims, key=lambda aim: aim.span)))


def _as_infection(text: str, mention: Found, end: int) -> Found:
    """Make an aim of a virus's name, which only looks like a condition's, and its infection."""
    human = _HUMAN.search(text, max(0, mention.span.start - 6), mention.span.start)
    span = Span(mention.span.start if human is None else human.start(), end)
    words = span.cut(text)
    return Found(span, words, unlisted(words, Category.CONDITION), UNLISTED)


def _is_bare_infection(text: str, mention: Found) -> bool:
    """Tell whether infections are named by nothing but their germ or their place."""
    return _INFECTIONS.match(text, mention.span.start) is not None


def _find_unnamed(text: str, mentions: Sequence[Found]) -> Iterator[Found]:
    """Find conditions without a name that we know, by the words that say they are treated."""
    taken = [one.span for one in mentions]
    stated = text.lower().find("indicated")
    for match in _TREATED.finditer(text):
        if match.start() > 0 and not 0 <= stated < match.start():
            continue  # somebody else's treatment, as often as not
        span = Span(*match.span("aim"))
        aim = span.cut(text)
        words = _WORD.findall(aim.lower())
        is_plain = all(word in _NO_AIMS or word in _COURSE for word in words)
        if is_plain or words[-1] in _PEOPLE or _NO_CHANGE.match(aim):
            continue
        if not any(one.start < span.end and span.start < one.end for one in taken):
            yield Found(span, aim, unlisted(aim, Category.CONDITION), UNLISTED)


def _find_pregnancies(text: str, mentions: Iterable[Found]) -> Iterator[Found]:
    """Find pregnancies, which are no disease but are prevented like one."""
    small = text.lower()
    if "pregnan" not in small and "conception" not in small:
        return
    taken = [one.span for one in mentions]
    for match in _PREGNANCY.finditer(text):
        span = Span(*match.span())
        if not any(one.start < span.end and span.start < one.end for one in taken):
            concept = unlisted("pregnancy", Category.CONDITION)
            yield Found(span, span.cut(text), concept, PREGNANCY)


def _join(text: str, aims: list[Found]) -> Iterator[Found]:
    """Make one aim of names that say one thing together; drop lone adjectives.

    "Hypertensive heart failure" is a heart failure. "Synovitis of osteoarthritis" is a synovitis,
    and an "exacerbation of asthma" is nothing that either name says alone.
    """
    kept: Found | None = None
    for aim in aims:
        if kept is None:
            kept = aim
            continue
        gap = text[kept.span.end : aim.span.start] if kept.span.end <= aim.span.start else None
        whole = Span(kept.span.start, max(kept.span.end, aim.span.end))
        if gap == " " and _is_adjective(kept.text):
            kept = replace(aim, span=whole, text=whole.cut(text))
        elif gap in (" of ", " of the "):
            words = whole.cut(text)
            concept = kept.concept
            if kept.detail == UNLISTED:
                concept = unlisted(words, Category.CONDITION)
            kept = replace(kept, span=whole, text=words, concept=concept)
        else:
            if not _is_part(kept.text):
                yield kept
            kept = aim
    if kept is not None and not _is_part(kept.text):
        yield kept


def _is_adjective(words: str) -> bool:
    """Tell whether a name ends like an adjective."""
    return _ADJECTIVE.search(words) is not None


def _is_part(words: str) -> bool:
    """Tell whether a name says too little alone: an adjective, an exacerbation of nothing."""
    if words.lower().endswith((" ill", "exacerbation", "exacerbations")):
        return True
    return " " not in words and _is_adjective(words)


def _is_aim(mention: Found) -> bool:
    """Tell whether a mention can be what a drug is used for: a condition, and not just any."""
    concept = mention.concept
    if concept.category is not Category.CONDITION or concept.id in _NO_AIM_IDS:
        return False
    return _names_aim(mention.text, unlisted=mention.detail == UNLISTED)


@lru_cache(maxsize=_MOST_NAMES)
def _names_aim(words: str, *, unlisted: bool) -> bool:
    """Tell whether the name of a condition can name an aim."""
    if _NO_CHANGE.match(words):
        return False
    if unlisted and words.lower().split()[-1] in _NO_HEADS:
        return False
    return any(word not in _NO_AIMS for word in _WORD.findall(words.lower()))


@lru_cache(maxsize=_MOST_NAMES)
def _shared_head(words: str) -> str:
    """Give the head of a name that two names can share, in small letters; nothing if none."""
    head = _SHARED_HEADS.search(words)
    return "" if head is None else head.group().lower()


def _widen(text: str, aim: Found, done: int) -> Found:
    """Take in the words beside a name that belong to it.

    A head behind it leaves what it stands for; a word that makes it a kind does not.
    """
    kind = _KIND.search(text, max(done, aim.span.start - 24), aim.span.start)
    head = None if _shared_head(aim.text) else _HEAD.match(text, aim.span.end)
    if kind is None and head is None:
        return aim
    start = aim.span.start if kind is None else kind.start()
    span = Span(start, aim.span.end if head is None else head.end())
    words = span.cut(text)
    if kind is not None:  # what treats partial-onset seizures is not said to treat all seizures
        return Found(span, words, unlisted(words, Category.CONDITION), UNLISTED)
    return replace(aim, span=span, text=words)


def _with_coordinated(text: str, aim: Found, done: int) -> Iterator[Found]:
    """Give an aim, and before it one that shares its head: "akinetic and myoclonic seizures"."""
    head = _shared_head(aim.text)
    if head:
        shared = _SHARED.search(text, max(done, aim.span.start - 60), aim.span.start)
        if shared is not None:
            span = Span(shared.start("first"), aim.span.end)
            name = f"{shared['first']} {head}"
            yield Found(span, span.cut(text), unlisted(name, Category.CONDITION), UNLISTED)
    yield aim
