"""What marks a condition, where in the body it is, what limits a drug, and when it is forbidden."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimgraph.extract.hints import Hint
from claimgraph.extract.letters import AnyCase, group_span
from claimgraph.extract.mentions import unlisted
from claimgraph.extract.nouns import list_at
from claimgraph.extract.topics import DRUGS
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import (
    Category,
    Certainty,
    ClaimType,
    Modality,
    Polarity,
    Relation,
    Span,
)

# ── Marks of a condition ────────────────────────────────────────────────────────────────────────

_MARKED = AnyCase(
    r"(?:\s+\([^()]{1,40}\))?(?P<joins>,\s+(?:which\s+)?(?:(?:is|are)\s+)?|\s+(?:is|are)\s+)?"
    r"\s*(?P<not>not\s+)?(?:\w+ly\s+)?"
    r"(?:characteri[sz]ed|marked)\s+by\s+(?:the\s+presence\s+of\s+|an?\s+|the\s+)?",
)


def find_characteristics(view: SentenceView) -> Iterator[Proposal]:
    """Propose `characterizedBy` claims: "absence epilepsy is characterized by brief lapses"."""
    if " by" not in view.text or ("acteri" not in view.text and "marked by" not in view.text):
        return
    for condition in view.mentions:
        if condition.concept.category is not Category.CONDITION:
            continue
        match = _MARKED.match(view.text, condition.span.end)
        if match is None or match["joins"] is None:
            continue  # "insomnia characterized by difficulty with …": some insomnia
        denial = group_span(match, "not")
        for span in list_at(view.text, match.end()):
            yield Proposal(
                condition,
                Relation.CHARACTERIZED_BY,
                _mark(view, span),
                ClaimType.BACKGROUND,
                "marks:characterized",
                polarity=Polarity.AFFIRMED if denial is None else Polarity.NEGATED,
                negation=denial,
            )


def _mark(view: SentenceView, span: Span) -> Found:
    """Give the condition or process that a phrase names, else its words as a process."""
    for mention in view.mentions:
        if mention.span.end == span.end and span.covers(mention.span):
            if mention.concept.category is Category.CONDITION:
                return mention
            if mention.concept.category is Category.PROCESS and mention.span == span:
                return mention
    words = span.cut(view.text)
    return Found(span, words, unlisted(words, Category.PROCESS))


# ── Where in the body ───────────────────────────────────────────────────────────────────────────

_OCCURS = AnyCase(
    r"\s+(?:(?:(?:mainly|mostly|primarily|usually|typically)\s+)?(?:occurs?|arises?|originates?|"
    r"takes? place)(?:\s+(?:mainly|mostly|primarily|usually|typically))?\s+)?"
    r"(?:in|within|throughout)\s+(?:the\s+|thalamic\s+)?(?=\w)",
)
_ANATOMY = AnyCase(
    r"(?P<place>(?:(?:temporal|frontal|parietal|occipital|cerebral|central|peripheral|autonomic|"
    r"enteric|spinal|nervous|visual|motor|prefrontal|left|right|upper|lower|small|large|bone|"
    r"optic|adrenal|thyroid|inner|thalamic|hippocampal|cortical|urinary|gastrointestinal|"
    r"respiratory|coronary|skeletal|smooth)\s+){0,3}"
    r"(?:brain|brainstem|lobes?|cortex|hippocampus|thalamus|hypothalamus|cerebellum|amygdala|"
    r"striatum|basal ganglia|nervous system|spinal cord|neurons?|liver|kidneys?|heart|lungs?|"
    r"stomach|intestines?|colon|bladder|tract|retina|marrow|glands?|pancreas|skeletal muscle|"
    r"arteries|ear|cord|axons?|synapses?))(?![\w-])(?!(?:\s+(?:and|or)\s+\w+)?\s+"
    r"(?:of\s+(?:rats?|mice)|failure|disease|grafts?|transplant\w*|recipients?|donors?|function|"
    r"impairment|biops\w+))",
)
_PLACED = (Category.PROCESS, Category.CONDITION, Category.TARGET)


def find_places(view: SentenceView) -> Iterator[Proposal]:
    """Propose `occursIn` claims: "hippocampal sclerosis occurs in the temporal lobe"."""
    if " in " not in view.text and " within " not in view.text and "throughout" not in view.text:
        return
    for thing in view.mentions:
        if thing.concept.category not in _PLACED:
            continue
        match = _OCCURS.match(view.text, thing.span.end)
        if match is None:
            continue
        place = _ANATOMY.match(view.text, match.end())
        if place is None:
            continue
        span = Span(*place.span("place"))
        yield Proposal(
            thing, Relation.OCCURS_IN, _organ(view, span), ClaimType.BACKGROUND, "marks:place"
        )


def _organ(view: SentenceView, span: Span) -> Found:
    """Give the body part that a phrase names, else its words."""
    for mention in view.mentions:
        if mention.span == span and mention.concept.category is Category.ANATOMY:
            return mention
    words = span.cut(view.text)
    return Found(span, words, unlisted(words, Category.ANATOMY))


# ── Limits ──────────────────────────────────────────────────────────────────────────────────────

_LIMITS = AnyCase(
    r"\s+(?:(?P<hedge>may|might|can|could)\s+)?(?:also\s+)?(?P<not>(?:does|do|did)\s+not\s+)?"
    r"(?:limits?|restricts?|compromises?|impairs?)\s+(?:(?:its|the|patients['’]?|their)\s+)?"
    r"(?P<object>tolerability|adherence|compliance|efficacy|usefulness|quality of life|"
    r"(?:clinical\s+)?(?:use|utility)(?=\s+of|\s*[.,;]|$)|daily activities|driving ability)\b",
)
_LIMITED_BY = AnyCase(
    r"\b(?P<object>tolerability|adherence|compliance|efficacy|usefulness|quality of life|"
    r"(?:clinical\s+)?(?:use|utility))(?:\s+of\s+[\w-]+)?\s+(?:is|are|(?P<hedge>may|might|can|could)"
    r"\s+be)\s+(?P<not>not\s+)?(?:\w+ly\s+)?(?:limited|restricted|compromised|impaired)\s+by\s+",
)
_WAYS = ("limit", "restrict", "compromis", "impair")
_HINT = Hint(*_WAYS)


def find_limits(view: SentenceView) -> Iterator[Proposal]:
    """Propose `limits` claims: "gastrointestinal intolerance may limit its use"."""
    if not view.holds(_HINT) or not any(map(view.text.__contains__, _WAYS)):
        return
    conditions = [m for m in view.mentions if m.concept.category is Category.CONDITION]
    for condition in conditions:
        match = _LIMITS.match(view.text, condition.span.end)
        if match is not None:
            yield _limit(view, condition, match)
    passive = _LIMITED_BY.search(view.text)
    if passive is not None:
        at = passive.end()
        for condition in conditions:
            if condition.span.start < at:
                continue
            if not re.fullmatch(
                r"[\s,]*(?:and |or )?(?:its |the )?", view.text[at : condition.span.start]
            ):
                break
            yield _limit(view, condition, passive)
            at = condition.span.end


def _limit(view: SentenceView, condition: Found, match: re.Match[str]) -> Proposal:
    """Propose what a condition limits."""
    span = Span(*match.span("object"))
    found = next((m for m in view.mentions if m.span == span), None)
    if found is None or found.concept.category not in (Category.PROPERTY, Category.OUTCOME):
        words = span.cut(view.text)
        found = Found(span, words, unlisted(words, Category.PROPERTY))
    hedge, denial = group_span(match, "hedge"), group_span(match, "not")
    return Proposal(
        condition,
        Relation.LIMITS,
        found,
        ClaimType.RISK,
        "marks:limits",
        polarity=Polarity.AFFIRMED if denial is None else Polarity.NEGATED,
        certainty=Certainty.ASSERTED if hedge is None else Certainty.POSSIBLE,
        cue=hedge,
        negation=denial,
    )


# ── When it is forbidden ────────────────────────────────────────────────────────────────────────

_STATES = (
    r"pregnancy|lactation|breast-?feeding|nursing(?: mothers| women)?|"
    r"(?:children|infants?|patients|adolescents|individuals|persons|people)"
    r"(?: (?:who are )?(?:under|below|younger than|less than|up to)(?: the age of)? (?:\d+|one|two|"
    r"three|four|five|six|ten|twelve|eighteen)(?: (?:years?|months?|weeks?))?(?: (?:of age|old))?)"
    r"|children|infants?|neonates|childhood|(?:the )?elderly(?: patients| people)?|older adults|"
    r"pregnant women|"
    r"women (?:of (?:child-?bearing|reproductive) (?:potential|age)|who are pregnant)|"
    r"(?:the\s+)?(?:first|second|third)\s+trimester(?:\s+of\s+pregnancy)?|driving"
)
_FORBIDDEN = AnyCase(
    r"\b(?P<cue>contra-?indicated|not (?:recommended|advised)|"
    r"(?:should|must) (?:generally )?(?:be avoided|not be (?:used|given|taken|administered|"
    r"prescribed)))\s+(?:in|during|for|to|by)\s+(?:use (?:in|during|by)\s+)?"
    r"(?:patients\s+with\s+)?(?P<state>"
    rf"{_STATES})\b",
)
_FORBIDDEN_HINT = Hint("contraindicat", "contra-indicat", "not ", "avoided")
_NOT_FORBIDDEN = AnyCase(r"\bnot\s+(?:\w+\s+)?$")
_IS_REASON = AnyCase(
    r"\s+(?:is|are)\s+(?P<not>not\s+)?(?:an?\s+)?(?:absolute\s+|relative\s+|known\s+)?"
    r"(?P<cue>contra-?indications?)\s+(?:to|for)\s+(?:the\s+use\s+of\s+|treatment\s+with\s+)?",
)
_STATE = AnyCase(rf"\b(?:{_STATES})")


def find_contraindications(view: SentenceView) -> Iterator[Proposal]:
    """Propose `contraindicatedFor` claims that name a state of life, or turn the sentence round.

    "Contraindicated during pregnancy"; "not recommended for children under two years of age";
    "pregnancy is a contraindication to warfarin".
    """
    if not view.holds(_FORBIDDEN_HINT):
        return
    text = view.text
    drugs = [m for m in view.mentions if m.concept.category in DRUGS]
    for match in _FORBIDDEN.finditer(text):
        denied = _NOT_FORBIDDEN.search(text, max(0, match.start() - 20), match.start())
        before = [m for m in drugs if m.span.end <= match.start()]
        denial = None if denied is None else Span(denied.start(), denied.start() + len("not"))
        yield _forbid(
            view, before[-1] if before else None, Span(*match.span("state")), match, denial
        )
    reasons = [m.span for m in view.mentions if m.concept.category is Category.CONDITION]
    reasons += [Span(*m.span()) for m in _STATE.finditer(text)]
    for span in sorted(reasons):
        turned = _IS_REASON.match(text, span.end)
        if turned is None:
            continue
        after = next((m for m in drugs if m.span.start == turned.end()), None)
        its_own = re.match(r"(?:its|the)\s+(?:use|drug|treatment)\b", text[turned.end() :])
        if after is not None or its_own:
            yield _forbid(view, after, span, turned, group_span(turned, "not"))


def _forbid(
    view: SentenceView, drug: Found | None, span: Span, match: re.Match[str], denial: Span | None
) -> Proposal:
    """Propose that the drug must not be used in a condition or a state of life."""
    found = next((m for m in view.mentions if m.span == span and
                  m.concept.category is Category.CONDITION), None)  # fmt: skip
    if found is None:
        words = span.cut(view.text)
        found = Found(span, words, unlisted(words, Category.FACTOR))
    return Proposal(
        drug,
        Relation.CONTRAINDICATED_FOR,
        found,
        ClaimType.CONTRAINDICATION,
        "marks:forbidden",
        polarity=Polarity.AFFIRMED if denial is None else Polarity.NEGATED,
        modality=Modality.NORMATIVE,
        cue=Span(*match.span("cue")),
        negation=denial,
    )
