"""Praise: what a text says of a drug that no other relation carries, kept as its words.

"Clonazepam is a cornerstone of therapy" judges; it names nothing that a graph could point at. Such
words become the literal object of a claim that is never plain.
"""

from __future__ import annotations

from collections.abc import Iterator

from claimgraph.extract.hints import Hint
from claimgraph.extract.letters import AnyCase
from claimgraph.extract.mentions import unlisted
from claimgraph.extract.topics import DRUGS
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import Category, Certainty, ClaimType, Polarity, Relation, Span

_HINTS = ("cornerstone", "mainstay", "gold standard", "of choice", "pivotal", "stands out",
          "offers", "promis", "backbone", "workhorse", "game", "valuable", "breakthrough",
          "milestone", "arsenal", "well tolerated", "well-tolerated", "attractive", "reliable",
          "poised", "unique", "versatile", "role in")  # fmt: skip
_HINT = Hint(*_HINTS)
_HOW = r"(?:(?!(?:not|no)\b)[\w-]+\s+){0,3}"
_PRAISE = (
    rf"(?:an?\s+|the\s+)?{_HOW}(?:cornerstone|mainstay|backbone|workhorse|gold standard|"
    rf"breakthrough|game[- ]changer|milestone|drug of choice|(?:treatment|agent|medication) of "
    rf"choice)(?:\s+(?:of|in|for)\s+(?:the\s+)?(?:\w+\s+){{0,3}}\w+)?|"
    rf"(?:an?\s+)(?:\w+\s+)?(?:valuable|reliable|attractive|versatile|unique|powerful|potent)\s+"
    r"(?:\w+\s+){0,2}(?:tool|option|choice|agent|addition|alternative|drug|medication)|"
    r"(?:\w+ly\s+)?well[- ]tolerated"
)
_IS_PRAISED = AnyCase(
    r"(?:\s+\([^()]{1,60}\))?(?:\s+\d[\w ]{0,8}?)?\s+(?:"
    r"(?:(?P<be>is|are|remains?|has been|was)|(?P<hedge>may|might|could)\s+(?:be|become))"
    rf"(?P<not>\s+not)?\s+(?:(?:also|still|often|generally|now|considered)\s+){{0,2}}"
    rf"(?P<praise>{_PRAISE})|"
    rf"(?P<verb>(?:stands?\s+out\s+as|occup(?:y|ies)|plays?|offers?|holds?)\s+(?:an?\s+)?{_HOW}"
    r"(?:pivotal|potent|central|key|crucial|significant|important|major|great|considerable)\s+"
    r"(?:\w+\s+)?(?:position|role|place|benefits?|advantages?|tool|option|choice)"
    r"(?:\s+in\s+(?:the\s+)?(?:\w+\s+){0,3}\w+)?)|"
    rf"(?P<outlook>(?:is|are)\s+(?:an?\s+)?(?:\w+\s+)?promising(?:\s+\w+){{0,2}}|"
    r"(?:holds?|shows?)\s+(?:\w+\s+)?promise|(?:is|are)\s+poised\s+to\s+(?:\w+\s+){0,4}\w+))"
    r"(?=[\s.,;:)]|$)",
)
_PROMISE = AnyCase(r"promis\w+|poised to")
# "Plays an important role in the metabolism of …" tells of biology and does not judge.
_BIOLOGY = AnyCase(
    r"role\s+in\s+(?:the\s+)?(?:\w+\s+){0,3}?(?:metabolism|synthesis|regulation|pathogenesis|"
    r"development|neurotransmission|transport|signal\w+|function)\b",
)


def find_statements(view: SentenceView) -> Iterator[Proposal]:
    """Propose `statesThat` claims about drugs that a sentence praises or sees a future for."""
    if not view.holds(_HINT) or not any(map(view.text.__contains__, _HINTS)):
        return
    for drug in view.mentions:
        if drug.concept.category not in DRUGS:
            continue
        match = _IS_PRAISED.match(view.text, drug.span.end)
        if match is None or _BIOLOGY.search(match.group()):
            continue
        group = next(g for g in ("praise", "verb", "outlook") if match[g])
        span = Span(*match.span(group))
        outlook = group == "outlook"
        cue = None
        if outlook:
            promise = _PROMISE.search(view.text, span.start, span.end)
            cue = None if promise is None else Span(*promise.span())
        elif match["hedge"]:
            cue = Span(*match.span("hedge"))
        certainty = Certainty.ASSERTED
        if cue is not None:
            certainty = Certainty.PROJECTED if outlook else Certainty.POSSIBLE
        denied = Span(match.end("not") - len("not"), match.end("not")) if match["not"] else None
        words = span.cut(view.text)
        yield Proposal(
            drug,
            Relation.STATES_THAT,
            Found(span, words, unlisted(words, Category.OUTCOME)),
            ClaimType.OUTLOOK if outlook else ClaimType.EVALUATIVE,
            "statements",
            polarity=Polarity.AFFIRMED if denied is None else Polarity.NEGATED,
            certainty=certainty,
            cue=cue,
            negation=denied,
        )
