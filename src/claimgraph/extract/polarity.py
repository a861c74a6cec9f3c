"""Tell whether a sentence denies or hedges what it says of a drug and a condition.

A cue counts where it governs: between the two, before them in the same clause, or behind them where
it denies that such a case was ever seen ("X-induced Y has not been reported").
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from claimgraph.extract.contrast import denied_alone
from claimgraph.extract.cues import find_claim_cues
from claimgraph.extract.letters import AnyCase
from claimgraph.extract.view import Proposal
from claimgraph.model import Certainty, Polarity, Span

_CLAUSE = AnyCase(
    r"[;:]|[.?!]\s|,\s*(?:but|although|though|whereas|while|however(?!,)|yet)\b|"
    r"\b(?:but(?! also)|although|though|whereas|(?<!, )however|because|since)\b",
)
_NEAR_DENIAL = 3  # words from a denial to the pair that it denies
_FAR_DENIAL = 8  # words from "no" to the end of the second of a pair
_LONGEST_CARRIED = 160  # characters from a denial to a pair that it denies
_CARRIED = 80  # characters over which a denial is carried on
_FARTHEST = 400  # characters between a pair and its cue
_FAR_HEDGE = 60  # characters behind a pair in which its hedge may stand
# Words that carry a denial on to what follows: "no reported cases of", "not known to".
_CARRIES = AnyCase(
    r"\b(?:cases?|reports?|reported|evidence|instances?|citations?|data|signs?|increases?|"
    r"known|association|associated|relation\w*|attributed|induced|caused?|reactivity|link|"
    r"correlat\w*|relationship|differences?|symptoms?|occurrence|incidence|effects?|outcomes?|"
    r"interact|risk|episodes?|recurrence|developed)\b",
)
# Behind a pair: it was never seen, or does not happen.
_NEVER_SEEN = AnyCase(
    r"(?:not|never|no longer)\b(?:,? (?!only\b)[\w-]+){0,6}? ?\b(?:reported|described|documented|"
    r"published|observed|noted|seen|found|recogni[sz]ed|emphasi[sz]ed|occur|recur|appear|confirmed|"
    r"associated|demonstrated|develop|reproducible|precipitated|caused|attributed|due|related)\b",
)
# "Has not been described before" says that it is new, not that it does not exist.
_IS_NEW = AnyCase(
    r"(?:not|never)\b(?=.{0,60}\b(?:previously|before|elsewhere|yet|so far|to date|hitherto)\b)"
    r"(?:,? [\w-]+){0,6}? ?\b(?:reported|described|documented|published|recogni[sz]ed|"
    r"emphasi[sz]ed)\b",
)
# "Not uncommon" affirms, and "no other cause" denies only the others.
_AFFIRMS = AnyCase(r" (?:un\w+|infrequent\w*|rare\w*|other)\b")
# After what a noun's denial governs, a new statement begins.
_NEW_STATEMENT = AnyCase(
    r"\b(?:developed|experienced|presented|suffered|showed|had|occurr(?:ed|ing))\b"
)
_PEOPLE_DENIED = AnyCase(
    r" (?:of )?(?:the )?(?:\w+ )?(?:patients?|subjects?|cases?|one|children|men|women)\b",
)
# "None of the patients treated with" a drug had what follows.
_NOBODY = AnyCase(
    r" (?:of )?(?:the |our |these |those )?(?:[\w-]+ ){0,3}(?:patients?|subjects?|children|men|"
    r"women|individuals|recipients|animals)(?: who| that)?(?: had| have| was| were| been){0,2}"
    r" (?:treated with|receiv(?:ed|ing)|given|tak(?:en|ing)|took|on|exposed to|in the)[\w -]{0,40}",
)
# These deny the noun behind them, where "not" and "never" deny a whole statement.
_DENIES_A_NOUN = AnyCase(
    r"no|little or no|without|absence|lack\w*|absent|free of|free from|rather than|instead of",
)
_NEXT_PHRASE = AnyCase(r",|\b(?:in|after|while|when|who|with|for|but|developed)\b")
_NEW_SUBJECT = AnyCase(r", and\b|\b(?:he|she|it|they|we|in|after|while|when|who|with|for|but)\b")
_SUCH = AnyCase(
    r"\b(?:such|this|these) (?:\w+ )?(?:effects?|events?|reactions?|complications?|toxicit\w+)"
    r"[^,;]{0,30}$",
)
# What is blamed in the name of the condition is taken for granted: "X-induced Y may be due to …".
_IN_ONE_NAME = ("adverse:fused", "adverse:effect-first", "adverse:compound", "adverse:adjacent")
_OF_MORE = AnyCase(
    r"(?:may|might|could|would|should|can)\b(?! (?:\w+ )?(?:occur|develop|happen|appear|arise|"
    r"present|result|be (?:seen|observed|expected))\b)",
)
_NEXT_THOUGHT = AnyCase(r"[,(]|\b(?:and|which|that|who|where|in patients)\b")


def qualify(text: str, proposals: list[Proposal]) -> list[Proposal]:
    """Mark the proposals of a sentence that it denies or hedges.

    Args:
        text: the sentence.
        proposals: claims of this sentence; each names its subject.
    """
    if not proposals:
        return proposals
    denials, hedges = find_claim_cues(text)
    if not hedges and not denials:
        return proposals
    borders = [one.end() for one in _CLAUSE.finditer(text)]
    found = _Cues(text, denials, hedges, borders)
    return [found.qualify(one) for one in proposals]


class _Cues:
    """The cues of a sentence; `borders` are where its clauses begin, but for the first."""

    def __init__(
        self, text: str, denials: Sequence[Span], hedges: Sequence[Span], borders: list[int]
    ) -> None:
        self._text = text
        self._denials = denials
        self._hedges = hedges
        self._borders = borders

    def qualify(self, proposal: Proposal) -> Proposal:
        """Mark a proposal that a cue of its clause denies or hedges."""
        text, spans = self._text, [proposal.object.span]
        if proposal.subject is not None:
            spans.append(proposal.subject.span)
        pair = Span(min(one.start for one in spans), max(one.end for one in spans))
        clause = self._clause_of(pair)
        nearest = max(clause.start, pair.start - 2 * _LONGEST_CARRIED)
        for one in _inside(self._denials, Span(nearest, clause.end)):
            alone = denied_alone(text, one)
            if alone is not None and not any(alone.covers(span) for span in spans):
                continue
            if alone is not None or _denies(text, one, pair, named=proposal.rule in _IN_ONE_NAME):
                proposal = replace(proposal, polarity=Polarity.NEGATED, negation=one)
                break
        for one in _inside(self._hedges, clause):
            reaches = one.start < pair.end or (
                _reaches(text, pair.end, one.start)
                and not (
                    proposal.rule in _IN_ONE_NAME and _OF_MORE.match(text, one.start) is not None
                )
            )
            if reaches and not any(mention.covers(one) for mention in spans):
                return replace(proposal, certainty=Certainty.POSSIBLE, cue=one)
        return proposal

    def _clause_of(self, pair: Span) -> Span:
        """Give the clauses that a pair stands in, cut where they reach far."""
        first = bisect_right(self._borders, pair.start)
        last = bisect_right(self._borders, pair.end)
        start = self._borders[first - 1] if first else 0
        end = self._borders[last] if last < len(self._borders) else len(self._text)
        return Span(max(start, pair.start - _FARTHEST), min(end, pair.end + _FARTHEST))


def _inside(cues: Sequence[Span], clause: Span) -> list[Span]:
    """Give the cues that lie in a clause."""
    low = bisect_left(cues, clause.start, key=lambda one: one.start)
    high = bisect_left(cues, clause.end, low, key=lambda one: one.start)
    return [one for one in cues[low:high] if one.end <= clause.end]


def _reaches(text: str, end: int, start: int) -> bool:
    """Tell whether words at `start` still speak of what ends at `end`."""
    gap = text[end:start]
    return len(gap) <= _FAR_HEDGE and _NEXT_THOUGHT.search(gap) is None


def _denies(text: str, cue: Span, pair: Span, *, named: bool) -> bool:
    """Tell whether a denial of its clause governs a pair."""
    if _AFFIRMS.match(text, cue.end):
        return False
    if cue.start < pair.end:
        inside = cue.start >= pair.start
        if inside and not _DENIES_A_NOUN.fullmatch(text, cue.start, cue.end):
            return True
        if inside:
            rest = text[cue.end : pair.end]
            return len(rest.split()) <= _FAR_DENIAL and _NEXT_PHRASE.search(rest) is None
        rest = text[cue.end : pair.start]
        if len(rest) > _LONGEST_CARRIED:
            return False
        if (
            _DENIES_A_NOUN.fullmatch(text, cue.start, cue.end)
            and _NEW_STATEMENT.search(rest)
            and not _PEOPLE_DENIED.match(rest)
        ):
            return False
        if _NOBODY.fullmatch(rest):
            return True
        is_near = len(rest.split()) <= _NEAR_DENIAL and _NEW_SUBJECT.search(rest) is None
        return is_near or (len(rest) < _CARRIED and _CARRIES.search(rest) is not None)
    gap = text[pair.end : cue.start]
    is_near = len(gap) <= _FAR_HEDGE or _SUCH.search(gap[-_CARRIED:]) is not None
    return (
        is_near
        and _NEVER_SEEN.match(text, cue.start) is not None
        and not (named and _IS_NEW.match(text, cue.start) is not None)
    )
