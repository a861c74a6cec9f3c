"""By way of what a drug has its effect, where the text names the way and not what happens to it."""

from __future__ import annotations

from collections.abc import Iterator

from claimgraph.extract.hints import Hint
from claimgraph.extract.letters import AnyCase, group_span
from claimgraph.extract.topics import find_topics
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import Category, ClaimType, Polarity, Relation

_EFFECT = r"(?:effects?|actions?|activity|activities|efficacy|benefits?)"
_MOSTLY = (
    r"(?:(?:primarily|mainly|mostly|largely|predominantly|chiefly|principally|partly|in part|"
    r"directly|indirectly|also|at least in part)\s+){0,2}"
)
# "Acts through", "exerts its anticonvulsant effect via", "its effects are mediated by".
_BY_WAY_OF = AnyCase(
    r"\b(?P<not>(?:does|do|did|is|are|was|were)\s+not\s+|not\s+)?"
    rf"(?:(?:acts?|acting|works?|working|operates?|"
    rf"(?:exerts?|exerting|produces?|achieves?|has|have)\s+(?:its|their|an?|the)\s+"
    rf"(?:[\w-]+\s+){{0,3}}?{_EFFECT})\s+{_MOSTLY}(?:through|via|by\s+way\s+of|by\s+means\s+of)"
    rf"|mediated\s+{_MOSTLY}(?:through|via|by))\s+(?:the\s+|an?\s+|its\s+)?",
)
_HINT = Hint("through", "via", "mediated", "by way", "by means")
_WAYS = (Category.TARGET, Category.PROCESS)
# "Through GABA-A receptor inhibition": the other rules read what happens to it.
_HAPPENS = AnyCase(
    r"[\s-]*(?:inhibit|activat|block|antagoni|agoni|modulat|stimulat|suppress|reduc|increas)",
)
_OF_DRUG = AnyCase(rf"\b{_EFFECT}\b|\b(?:it|its|their|they|drug|acts?|works?)\b")


def find_pathways(view: SentenceView) -> Iterator[Proposal]:
    """Propose `actsThrough` claims: "clonazepam acts through GABA-A receptors"."""
    if not view.holds(_HINT):
        return
    ways = {m.span.start: m for m in view.mentions if m.concept.category in _WAYS}
    if not ways:
        return
    for match in _BY_WAY_OF.finditer(view.text):
        way = ways.get(match.end())
        if way is None or _HAPPENS.match(view.text, way.span.end):
            continue
        if not _OF_DRUG.search(view.text, 0, match.end()):
            continue  # "inflammation mediated by cytokines": no drug's effect
        denial = group_span(match, "not")
        for topic in find_topics(view, way.span):
            if topic is None or _can_act(topic):
                yield Proposal(
                    topic,
                    Relation.ACTS_THROUGH,
                    way,
                    ClaimType.MECHANISM,
                    "pathways:by-way-of",
                    polarity=Polarity.AFFIRMED if denial is None else Polarity.NEGATED,
                    cue=denial,
                    negation=denial,
                )


def _can_act(topic: Found) -> bool:
    """Tell whether the vocabulary lets a thing act through something."""
    return topic.concept.category in (Category.DRUG, Category.DRUG_CLASS)
