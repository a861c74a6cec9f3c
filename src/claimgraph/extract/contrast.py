"""What a sentence names only to set it apart: "unlike A, B does"; "A, but not B, does".

What stands behind "unlike" is no side of a claim: the sentence says of it, if anything, the
opposite. What stands behind "but not" is all that this "not" denies.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from claimgraph.extract.hints import Hint
from claimgraph.extract.letters import AnyCase
from claimgraph.extract.scopes import find_clauses
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import Span

_HINT = Hint(
    *("unlike", "contrast", "opposed", "contrary", "compared"),
    *("placebo", "vehicle", "sham", "control", "by "),
)
_SETS_APART = AnyCase(
    r"\b(?:unlike(?! to\b)|in contrast (?:to|with)|contrary to|as opposed to|"
    r"(?:as|when) compared (?:to|with))\s+(?P<what>[^,;:.()]{1,80})",
)
# What happened to others: "in the placebo group, rash occurred in 3 %".
_OF_OTHERS = AnyCase(
    r"(?:(?:in|among|of|with|for) (?:the )?)?(?:placebo|vehicle|sham|control)(?:[- ]treated)? "
    r"(?:groups?|arms?|patients|recipients|subjects|cohort|participants|controls)\b[^;.]*",
)
# "By inhibiting the metabolism of B, A does": B does not.
_MANNER = AnyCase(r"by \w+ing\b[^,;:.()]{1,80}(?=,)")
_MAIN_VERB = AnyCase(
    r"\s(?:is|are|was|were|has|have|had|does|do|did|may|might|can|could|will|would)\s",
)
_GOES_ON = AnyCase(r"\s*(?:,\s*(?:and |or )?|and |or )(?:the |other )?")
_LIST_GOES_ON = AnyCase(r"\s*(?:,|and\b|or\b)")
_BUT = AnyCase(r"\b(?:but|and)\s+$|,\s*$")
_DENIED_ALONE = re.compile(
    r"not(?: (?:with|for|by|in|to|of|from|on|after|during))?(?: the)? [^,;:.()]{1,60}?"
    r"(?=\s*[,;:.()]|\s*$| (?:was|were|is|are|has|have|had|may|can|could|might|did|does|do)\b)"
)


def drop_set_apart(view: SentenceView, proposals: Iterable[Proposal]) -> list[Proposal]:
    """Leave out proposals one side of which is named only to set it apart."""
    kept = list(proposals)
    if not kept or not view.holds(_HINT):
        return kept
    apart = list(_find_apart(view))
    return [one for one in kept if not any(_is_in(one, span) for span in apart)]


def denied_alone(text: str, cue: Span) -> Span | None:
    """Give all that a denial denies where it sets one thing apart; nothing where it does not.

    >>> text = "Zinc and iron, but not copper, were associated with rash."
    >>> denied_alone(text, Span(19, 22)).cut(text)
    'not copper'
    """
    if _BUT.search(text, max(0, cue.start - 5), cue.start) is None:
        return None
    match = _DENIED_ALONE.match(text, cue.start)
    return None if match is None else Span(*match.span())


def _find_apart(view: SentenceView) -> Iterator[Span]:
    """Find what is set apart, to the end of a list of it."""
    text = view.text
    others = _OF_OTHERS.match(text)
    if others is not None:
        border = next(iter(find_clauses(text)), len(text))
        yield Span(0, min(others.end(), border))
    manner = _MANNER.match(text)
    if manner is not None and any(one.span.start > manner.end() for one in view.drugs):
        yield Span(0, manner.end())
    for match in _SETS_APART.finditer(text):
        verb = _MAIN_VERB.search(text, match.start("what"), match.end("what"))
        end = match.end("what") if verb is None else verb.start()
        for mention in view.mentions:
            if mention.span.start < end:
                continue
            goes_on = _GOES_ON.fullmatch(text, end, mention.span.start)
            if goes_on is None or not _continues(text, goes_on, mention):
                break
            end = mention.span.end
        yield Span(match.start(), end)


def _continues(text: str, gap: re.Match[str], mention: Found) -> bool:
    """Tell whether a mention behind a comma is one more of the list, and not the next subject."""
    return "," not in gap.group() or _LIST_GOES_ON.match(text, mention.span.end) is not None


def _is_in(proposal: Proposal, span: Span) -> bool:
    """Tell whether a side of a proposal stands in a span."""
    subject = proposal.subject
    return span.covers(proposal.object.span) or (subject is not None and span.covers(subject.span))
