"""Properties of a drug as a medicine, what follows from them, and the risks of its use."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from claimgraph.extract.cues import find_claim_cues
from claimgraph.extract.hints import Hint
from claimgraph.extract.letters import AnyCase
from claimgraph.extract.mentions import unlisted
from claimgraph.extract.reactions import is_on_reactions
from claimgraph.extract.scopes import drop_figures
from claimgraph.extract.topics import find_exposure
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import Category, Certainty, ClaimType, QualifierType, Relation, Span

_DRUGS = (Category.DRUG, Category.DRUG_CLASS)
_KINETIC = AnyCase(
    r"(?P<words>(?:(?:very|relatively|extremely)\s+)?(?:rapid|fast|quick|slow|delayed|long|short|"
    r"prolonged|intermediate|high|low|good|poor|extensive|elimination|terminal|plasma|mean|"
    r"linear|nonlinear)(?:\s+(?:elimination|terminal|plasma|oral|absolute|serum|protein)){0,4}\s+"
    r"(?:onset of action|onset|half-li(?:fe|ves)|duration of action|bioavailability|absorption|"
    r"clearance|protein binding|volume of distribution|metabolism|excretion|elimination))",
)
_AMOUNT = AnyCase(
    r"(?:\s+(?:of\s+[\w-]+\s+)?(?:is|was|of|ranges? from|averages?))?\s+\(?(?:(?:about|"
    r"approximately|up to|roughly|between)\s+)?"
    r"(?P<amount>\d[\d.,]*(?:\s?%)?(?:\s?(?:-|–|to|and)\s?\d[\d.,]*)?\s?(?:hours?|h|days?|minutes?|weeks?|%|percent|L/kg|L|mL/min|L/h(?:/kg)?)(?!\w))",
)
_FOLLOWS = AnyCase(
    r"\s+(?:facilitates?|allows?(?: for)?|permits?|provides?|ensures?|enables?|supports?)\s+"
    r"(?:the\s+)?(?P<object>[^\W\d_][\w'’-]*(?:\s+(?!(?:in|and|or|by|over|during|with|to)\b)"
    r"[\w'’-]+){0,4})",
)
_CAN = AnyCase(r"\bcan\b")
_LEADS = AnyCase(
    r"\b(?:lead(?:s|ing)? to|result(?:s|ing)? in|cause[sd]?|produces?|precipitates?|increases? the "
    r"risk of|(?:is|are|has been|have been|was|were)\s+associated\s+with|may be associated with|"
    r"led to)\s+(?:an?\s+|an\s+increased\s+risk\s+of\s+)?(?:the\s+)?(?:development\s+of\s+)?",
)
_WAYS = Hint("use", "treatment", "therapy", "administration", "exposure", "intake", "withdrawal",
         "discontinuation", "cessation", "overdos", "interruption")  # fmt: skip
_REACH = 90  # code points between a way of use and the verb that says where it leads
_NEW_SUBJECT = AnyCase(r"[;:]|[.?!]\s|\b(?:who|which|but|patients?|if|when)\b")
_LIMITS = AnyCase(
    r"\bwhich\s+(?:(?P<hedge>may|might|can|could)\s+)?(?:limits?|impairs?|reduces?|compromises?)\s+"
    r"(?:its\s+|the\s+)?(?P<object>tolerability|adherence|compliance|efficacy|usefulness|use)\b",
)
_WHICH = Hint("which")
_WIDE = frozenset(("adverse-effect",))
_ANNOUNCES = AnyCase(
    r"\b(?:adverse (?:effects?|reactions?|events?)|side[ -]effects?|undesirable effects|"
    r"(?<=adverse )ones|(?:rare|serious|severe|common|frequent|uncommon|other) ones)\b"
    r"[^.;:]{0,60}?\b(?:include[sd]?|including|are|were|such as|comprise)\s*:?\s*(?:the\s+)?",
)
_SUMS_UP = AnyCase(
    r"\s+(?:is|are|was|were|remains?)\s+(?:(?:also|among|both)\s+)?(?:the\s+|an?\s+)?"
    r"(?:[\w-]+,?\s+(?:and\s+|but\s+)?){0,4}(?:adverse|side|undesirable)[ -]"
    r"(?:drug\s+)?(?:effects?|reactions?|events?)(?:\s+(?P<of>of|with)\s+(?:treatment\s+with\s+)?)?"
    r"(?=[\w]|\s*[.,;(]|\s+(?:in|during|reported|observed)\b|$)",
)
# One member that no name is known for may stand between: "feeling sick, vomiting".
_GAP = AnyCase(
    r"[\s,/]*(?:\b(?:and|or|and/or)\b)?[\s,/]*(?:the\s+)?"
    r"(?:(?:(?!(?:which|who|that|is|are|was|were|but|in|with|after|than|for|has|have|may|can)\b)"
    r"[\w-]+\s+){0,4}(?!(?:patients|subjects|people)\b)[\w-]+,\s*(?:and\s+|or\s+)?)?(?:\w+\s+){0,2}",
)
_LONGEST_GAP = 60  # code points between two members of one list


# Letters without which the patterns above match nothing.
_KINETIC_HINT = Hint(
    "onset", "half-li", "duration of action", "bioavailability", "absorption", "clearance",
    "protein binding", "volume of distribution", "metabolism", "excretion", "elimination",
)  # fmt: skip
_ANNOUNCES_HINT = Hint("adverse", "side effect", "side-effect", "undesirable")


def find_kinetic(view: SentenceView) -> Span | None:
    """Give the first kinetic property that a sentence names."""
    match = _KINETIC.search(view.text) if view.holds(_KINETIC_HINT) else None
    return None if match is None else Span(*match.span("words"))


def find_properties(view: SentenceView) -> Iterator[Proposal]:
    """Propose what the drug is like, and what the text says follows from that."""
    if not view.holds(_KINETIC_HINT):
        return
    for match in _KINETIC.finditer(view.text):
        span = Span(*match.span("words"))
        drugs = [m for m in view.mentions if m.concept.category in _DRUGS]
        drugs = [m for m in drugs if m.span.end <= span.start or span.end <= m.span.start]
        own = [m for m in drugs if m.concept == view.drug]
        subject = next(iter(own or drugs), None)
        words = span.cut(view.text)
        named = Found(span, words, unlisted(words, Category.PROPERTY))
        amount = _AMOUNT.match(view.text, match.end())
        yield Proposal(
            subject,
            Relation.HAS_PROPERTY,
            named,
            ClaimType.PHARMACOKINETICS,
            "property",
            narrows=()
            if amount is None
            else ((QualifierType.DEGREE, Span(*amount.span("amount"))),),
        )
        follows = _FOLLOWS.match(view.text, match.end())
        if follows is not None:
            effect = Span(*follows.span("object"))
            outcome = effect.cut(view.text)
            yield Proposal(
                named,
                Relation.RESULTS_IN,
                Found(effect, outcome, unlisted(outcome, Category.OUTCOME)),
                ClaimType.PHARMACOKINETICS,
                "property-follows",
            )


def find_risks(view: SentenceView) -> Iterator[Proposal]:
    """Propose what a way of using the drug may lead to, and what its effects may limit."""
    yield from _exposures(view)
    limits = _LIMITS.search(view.text) if view.holds(_WHICH) else None
    if limits is None:
        return
    span = Span(*limits.span("object"))
    words = span.cut(view.text)
    limited = Found(span, words, unlisted(words, Category.PROPERTY))
    hedge = Span(*limits.span("hedge")) if limits["hedge"] else None
    for effect in _list_before(view, limits.start()):
        if effect.concept.id not in _WIDE:
            yield Proposal(
                effect,
                Relation.LIMITS,
                limited,
                ClaimType.RISK,
                "limits",
                certainty=Certainty.POSSIBLE if hedge else Certainty.ASSERTED,
                cue=hedge,
            )


def find_listed_effects(view: SentenceView) -> Iterator[Proposal]:
    """Propose the effects of a sentence that announces a list of them, or that sums one up.

    "Common adverse effects include A, B and C", "A and B were the most common adverse events": the
    drug is the one the document is about.
    """
    if view.drug is None:
        return
    if is_on_reactions(view):  # there every list is read already
        return
    if not view.holds(_ANNOUNCES_HINT):
        return
    for summed in _SUMS_UP.finditer(view.text):
        drug = next(
            (m for m in view.mentions if m.span.start == summed.end() and
             m.concept.category in _DRUGS), None
        )  # fmt: skip
        if drug is None and summed["of"]:
            continue
        for effect in _list_before(view, summed.start()):
            yield Proposal(
                drug,
                Relation.HAS_ADVERSE_EFFECT,
                effect,
                ClaimType.ADVERSE_EFFECT,
                "summed-up",
            )
    end = 0
    for match in _ANNOUNCES.finditer(view.text):
        if match.start() < end:
            continue  # announced within a list: its end is that of the list
        # "Adverse events with X were": the drug is named.
        drug = next((m for m in view.drugs if Span(*match.span()).covers(m.span)), None)
        for effect in _list_at(view, match.end()):
            end = effect.span.end
            yield Proposal(
                drug,
                Relation.HAS_ADVERSE_EFFECT,
                effect,
                ClaimType.ADVERSE_EFFECT,
                "announced",
            )


def _exposures(view: SentenceView) -> Iterator[Proposal]:
    """Propose what a way of using the drug leads to."""
    if not view.holds(_WAYS):
        return
    subject = find_exposure(view)
    if subject is None:
        return
    leads = _LEADS.search(view.text, subject.span.end, subject.span.end + _REACH)
    if leads is None or _NEW_SUBJECT.search(view.text, subject.span.end, leads.start()):
        return
    hedge = _find_hedge(view.text, Span(subject.span.end, leads.end()))
    for effect in _list_at(view, leads.end()):
        yield Proposal(
            subject,
            Relation.LEADS_TO,
            effect,
            ClaimType.RISK,
            "exposure",
            certainty=Certainty.POSSIBLE if hedge else Certainty.ASSERTED,
            cue=hedge,
        )


def _find_hedge(text: str, within: Span) -> Span | None:
    """Give the first words that hedge what an exposure leads to; what it can do, it need not do."""
    words = within.cut(text)
    found = [*(Span(*one.span()) for one in _CAN.finditer(words)), *find_claim_cues(words)[1]]
    if not found:
        return None
    first = min(found)
    return Span(within.start + first.start, within.start + first.end)


def _list_at(view: SentenceView, start: int) -> Iterator[Found]:
    """Give the conditions of the list that begins at a place."""
    at = start
    first = bisect_left(view.mentions, start, key=lambda one: one.span.start)
    for index in range(first, len(view.mentions)):
        mention = view.mentions[index]
        if mention.span.start - at > 2 * _LONGEST_GAP:
            return
        if mention.span.start < at or mention.concept.category is not Category.CONDITION:
            continue
        if not _is_gap(view.text, at, mention.span.start):
            return
        yield mention
        at = mention.span.end


def _list_before(view: SentenceView, end: int) -> Iterator[Found]:
    """Give the conditions of the list that ends at a place, in text order."""
    found: list[Found] = []
    at = end
    for mention in reversed(view.mentions):
        if mention.span.end > at or mention.concept.category is not Category.CONDITION:
            continue
        if not _is_gap(view.text, mention.span.end, at):
            break
        found.append(mention)
        at = mention.span.start
    yield from reversed(found)


def _is_gap(text: str, start: int, end: int) -> bool:
    """Tell whether two members of a list may stand so far apart."""
    if end - start > 2 * _LONGEST_GAP:
        return False
    gap = drop_figures(text[start:end])
    return len(gap) <= _LONGEST_GAP and _GAP.fullmatch(gap) is not None
