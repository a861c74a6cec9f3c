"""Mechanisms: what a drug acts on, what follows, and in which order the text tells it.

A mechanism sentence is read as a row of events, each a verb of action with what it acts on:
"By enhancing X, the drug dampens Y, thereby mitigating the occurrence of Z" is three events. An
event that follows by "thereby", "leading to" or "by …ing" goes via the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claimgraph.extract.hints import Hint
from claimgraph.extract.letters import AnyCase
from claimgraph.extract.mentions import unlisted
from claimgraph.extract.properties import find_kinetic
from claimgraph.extract.subjects import PRONOUN
from claimgraph.extract.view import Found, SentenceView
from claimgraph.model import Category, ClaimType, QualifierType, Relation, Span

_DRUGS = (Category.DRUG, Category.DRUG_CLASS)
_VERBS = (
    (
        Relation.BINDS_TO,
        r"bind(?:s|ing)?(?: \w+)? to|bound to|binds|affinity for|interact(?:s|ing)? with",
    ),
    (
        Relation.INCREASES,
        r"enhanc(?:es?|ing|ement of)|increas(?:es?|ing)(?: the)?|potentiat(?:es?|ing|ion of)|"
        r"stimulat(?:es?|ing|ion of)|activat(?:es?|ing|ion of)|augment(?:s|ing)?|"
        r"facilitat(?:es?|ing)|promot(?:es?|ing)|up-?regulat(?:es?|ing)|boost(?:s|ing)?",
    ),
    (
        Relation.DECREASES,
        r"dampen(?:s|ing)?|inhibit(?:s|ing)|reduc(?:es?|ing)|decreas(?:es?|ing)|suppress(?:es|ing)?|"
        r"block(?:s|ing)|mitigat(?:es?|ing)|lower(?:s|ing)|attenuat(?:es?|ing)|"
        r"diminish(?:es|ing)?|antagoni[sz](?:es?|ing)|prevent(?:s|ing)|limit(?:s|ing)",
    ),
    (
        Relation.MODULATES,
        r"modulat(?:es?|ing|ion of|ors? of)|regulat(?:es?|ing|ion of)|alter(?:s|ing)",
    ),
    (
        Relation.RESULTS_IN,
        r"leading to|leads to|resulting in|results in|causing|producing|which (?:causes|leads to|"
        r"results in)|giving rise to|inducing",
    ),
)
_EVENT = AnyCase(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<r{index}>{words})" for index, (_, words) in enumerate(_VERBS))
    + r")\b",
)
# What an event acts on: a noun phrase of up to nine words, up to a comma, a verb or a new clause.
_PHRASE = re.compile(
    r"\s+(?:(?:the|a|an|its|this|these|certain|specific sites on|sites on|of)\s+)*"
    r"(?P<object>[^\W\d_][\w'’-]*(?:\s+(?!(?:and|or|which|that|by|thereby|thus|leading|resulting|"
    r"through|via|with|while|when|where|to|is|are|was|were|may|can|in|on|at|from|as|over|for|"
    r"especially|primarily|reducing|causing)\b)[\w'’-]+){0,7})"
    r"(?P<more>\s+and\s+(?:the\s+)?(?P<second>[^\W\d_][\w'’-]*(?:\s+(?:of|[\w'’-]+)){0,5})(?=[.,;]|$))?",
)
_ASPECTS = AnyCase(
    r"\s+(?:the\s+)?(?P<first>occurrence|frequency|severity|incidence|number|intensity|duration|"
    r"rate|risk|recurrence)(?:\s+(?:and|or)\s+(?P<second>occurrence|frequency|severity|incidence|"
    r"number|intensity|duration|rate|risk|recurrence))?\s+of\s+(?:the\s+)?"
    r"(?P<object>[^\W\d_][\w'’-]*(?:\s+(?!(?:over|in|and|or|by|during|with|among)\b)[\w'’-]+){0,3})",
)
_TOPIC = AnyCase(
    r"\b(?:mechanism|pharmacolog|receptor|GABA|neurotransmit|channel|enzyme|neuronal|membrane|"
    r"synap|excitab|signal|pathway|inhibitory|agonis|antagonis|transporter|cytokine|dopamin|"
    r"seroton|half-life|therapeutic effect|kinase|mitochondri|gluconeogen|reductase|transaminase|"
    r"prostaglandin|polymerase|synthase|excitation)\w*",
)
# Letters without which it matches nothing.
_TOPIC_HINT = Hint(
    "mechanism", "pharmacolog", "receptor", "gaba", "neurotransmit", "channel", "enzyme",
    "neuronal", "membrane", "synap", "excitab", "signal", "pathway", "inhibitory", "agonis",
    "transporter", "cytokine", "dopamin", "seroton", "half-life", "therapeutic effect",
)  # fmt: skip
_TARGET = AnyCase(r"\b(?:receptors?|channels?|transporters?|enzymes?|sites?|kinases?)$")
# Words before a process that leave it what it is; "inhibitory neurotransmission" is another one.
_SAYS_HOW_MUCH = AnyCase(
    r"(?:(?:excess|excessive|abnormal|overall|pathological|increased|elevated|hepatic|brain|human|"
    r"neuronal|cellular|certain|other|many|some|both|several|of|the|this|its|spontaneous)\s+){0,2}",
)
_NOTHING = AnyCase(
    r"^(?:risks?|these risks|effects?|patients?|dose|doses|use|treatment|therapy|role|outcomes?|"
    r"adverse|compliance|awareness|stigma|access|bioavailability|tolerability|care|quality)\b",
)


# "By enhancing X, the drug …": its doings come before its name.
_BEGINS_WITH = AnyCase(r"(?:\w+,\s+)?(?:by|through|via|in|while|because of|due to)\b")
# Before a drug: it is named for comparison, or as one of a class.
_ASIDE = AnyCase(
    r"\b(?:(?:unlike|in contrast (?:to|with)|compared (?:to|with)|than|like)\s+(?:the\s+)?|"
    r"(?:such as|including|e\.g\.,?)\s+(?:[\w-]+(?:,| and| or)\s+(?:and\s+|or\s+)?)*)$",
)


@dataclass(frozen=True, slots=True)
class Event:
    """One step of a mechanism: what is done to what, through which earlier step.

    `words` is the stretch of the sentence that says it. `via` is the number of the event that it
    follows from, ``None`` for the first.
    """

    subject: Found
    relation: Relation
    object: Found
    words: Span
    aspect: tuple[QualifierType, Span] | None
    via: int | None
    type: ClaimType = ClaimType.MECHANISM


def find_events(view: SentenceView) -> tuple[Event, ...]:
    """Give the events of a mechanism sentence, in text order; none if it is no such sentence."""
    drugs = view.drugs
    if not drugs or not view.holds(_TOPIC_HINT) or _TOPIC.search(view.text) is None:
        return ()
    actor = _actor(view.text, drugs)
    kinetic = find_kinetic(view)
    type_ = ClaimType.MECHANISM
    if kinetic is not None:
        # "Its long half-life …, reducing Y": the property does it, not the drug at once.
        words = kinetic.cut(view.text)
        actor = Found(kinetic, words, unlisted(words, Category.PROPERTY))
        type_ = ClaimType.PHARMACOKINETICS
    events: list[Event] = []
    for match in _EVENT.finditer(view.text):
        if kinetic is not None and match.start() - kinetic.end <= 2:
            continue  # what follows from the property at once is said by `find_properties`
        if (
            kinetic is None
            and actor.span.start > match.start()
            and not _BEGINS_WITH.match(view.text)
        ):
            continue  # what others do to the drug
        relation = _VERBS[int(str(match.lastgroup)[1:])][0]
        via = len(events) - 1 if events else None
        group = list(_acted_on(view, match, relation))
        for object_, aspect in group:
            if kinetic is None and object_.span.covers(actor.span):
                continue
            previous = _previous(events, via)
            events.append(
                Event(
                    actor,
                    relation,
                    object_,
                    Span(match.start(), object_.span.end),
                    aspect,
                    previous,
                    type_,
                )
            )
    return tuple(events)


def _actor(text: str, drugs: Sequence[Found]) -> Found:
    """Give the drug that acts: the first that is no example and no comparison."""
    acting = [m for m in drugs if not _ASIDE.search(text[max(0, m.span.start - 40) : m.span.start])]
    first, *rest = acting or drugs
    if first.concept.category is Category.DRUG or first.detail == PRONOUN:
        return first
    # "The benzodiazepine clonazepam", "a class …; clonazepam": the class only introduces it.
    plural = first.text.endswith("s")
    named = [m for m in rest if m.concept.category is Category.DRUG]
    return named[0] if named and not plural else first


def _previous(events: list[Event], via: int | None) -> int | None:
    """Give the event that a new one follows from: the last one with another object verb."""
    if via is None:
        return None
    number = via
    while number > 0 and events[number].words.start == events[number - 1].words.start:
        number -= 1
    return number


def _acted_on(
    view: SentenceView, match: re.Match[str], relation: Relation
) -> Iterator[tuple[Found, tuple[QualifierType, Span] | None]]:
    """Give what a verb acts on, with the aspect of it that is meant."""
    sided = _ASPECTS.match(view.text, match.end())
    if sided is not None:
        found = _name(view, Span(*sided.span("object")))
        for name in ("first", "second"):
            if sided[name]:
                yield found, (QualifierType.ASPECT, Span(*sided.span(name)))
        return
    phrase = _PHRASE.match(view.text, match.end())
    if phrase is None or _NOTHING.match(phrase["object"]):
        return
    first = Span(*phrase.span("object"))
    found = _name(view, first)
    if relation is Relation.BINDS_TO and found.concept.category is Category.PROCESS:
        found = Found(first, found.text, unlisted(found.text, Category.TARGET))
    yield found, None
    if phrase["second"] and relation is Relation.RESULTS_IN:
        yield _name(view, Span(*phrase.span("second"))), None


def _name(view: SentenceView, span: Span) -> Found:
    """Give the mention that fills a phrase, or make one of its words."""
    inside = [m for m in view.mentions if span.covers(m.span)]
    for mention in inside:
        lead = view.text[span.start : mention.span.start]
        whole = mention.span.end == span.end and _SAYS_HOW_MUCH.fullmatch(lead) is not None
        if mention.concept.category not in _DRUGS and whole:
            return mention
        if mention.concept.category is Category.TARGET and mention.span.end == span.end:
            lead = view.text[span.start : mention.span.start]
            if " of " not in lead and len(lead.split()) <= 2:
                return mention
    words = span.cut(view.text)
    category = Category.TARGET if _TARGET.search(words) else Category.PROCESS
    return Found(span, words, unlisted(words, category))
