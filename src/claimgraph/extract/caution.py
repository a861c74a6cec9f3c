"""The last look before a claim: does its clause hedge, deny, suppose or advise?

Every family of rules reads the cues of its own constructs. This module holds for all of them what
must never fail: what stands under "if" or "whether", behind "may" or "should", or under "not" is
not stated as a fact. It only ever takes certainty away, and never from a claim that has its cue.
"""

from __future__ import annotations

from dataclasses import replace

from claimgraph.extract.cues import CueKind, find_claim_cues, find_cues
from claimgraph.extract.hints import Hint
from claimgraph.extract.letters import AnyCase
from claimgraph.extract.view import Proposal, SentenceView
from claimgraph.model import Certainty, Modality, Polarity, Relation, Span

_HINT = Hint(
    *("may", "might", "could", "can", "would", "should", "must", "ought", "if ", "whether", "lack"),
    *("possib", "probab", "likely", "perhaps", "potential", "suggest", "appear", "seem", "thought"),
    *("believe", "suspect", "putative", "presum", "unclear", "unknown", "hypothe", "not", "no "),
    *("never", "without", "unless", "recommend", "advis", "speculat", "postulat", "propos", "impl"),
    *(
        "expected",
        "assum",
        "predict",
        "conceiv",
        "nor ",
        "neither",
        "fail",
        "unable",
        "rather than",
    ),
    *(
        "rather than",
        "in case",
        "need",
        "has to",
        "have to",
        "instead of",
        "suppos",
        "were it",
        "imperative",
    ),
    *("indicat", "notion", "think", "absen", "essential", "let us", "uncertain", "controvers"),
    *("debated", "investigat", "examine", "determine", "none", "impossib", "no longer", "question"),
)
_BACK = 240  # code points in which a cue may stand before what it governs
_BEHIND = 60
_BORDER = AnyCase(
    r"[;:•\n]|[.?!]\s|,\s*(?:but|although|though|whereas|while|however|yet|which|so|where)\b|"
    r"\b(?:but(?! also)|although|though|whereas|however|because|since)\b|"
    r"\band\s+(?=(?:is|are|was|were|has|have|had|can|may|might|should|must|also|it|they|therefore|"
    r"thus|does|do)\b)",
)
_SUPPOSES = AnyCase(
    r"(?<![\w-])(?:(?:only )?if|whether(?: or not)?|unless|in case(?: of)?|suppos(?:e|ing) that|"
    r"provided that|were it|should(?= (?:it|this|the|you|an?|signs?|symptoms?)\b))(?![\w-])",
)
# The main clause begins; a comma within a list of what is supposed is not followed by its words.
_SUPPOSED_ENDS = AnyCase(
    r";|\bthen\b|,\s+(?=[^,]*\b(?:it|he|she|they|you|we|patients?|the|this|these|is|are|was|were|"
    r"may|might|can|could|should|must|has|have|had|will|would|do|does|did|discontinue|stop|consider|"
    r"reduce|treatment|therapy)\b)",
)
_ADVISES = AnyCase(
    r"\b(?:should|must|ought to|need(?:s|ed)? to|has to|have to|recommend(?:s|ed|ation)?|advis\w+|"
    r"imperative|essential to|let us)\b",
)
# Letters without which they match nothing.
_MODAL_HINT = Hint("may", "might", "could", "can")
_SUPPOSES_HINT = Hint("if", "whether", "unless", "case", "suppos", "provided", "were", "should")
_ADVISES_HINT = Hint(
    *("should", "must", "ought", "need", "has", "have", "recommend", "advis", "imperative"),
    *("essential", "let"),
)
_THAT = AnyCase(r"\s+that\b")
_CAN = AnyCase(
    r"\bcan(?=\s+(?:(?:also|even|rarely|sometimes|occasionally|seriously|significantly|often)\s+)*"
    r"(?:cause|lead|result|produce|induce|precipitate|trigger|provoke|occur|develop|increase|"
    r"decrease|reduce|impair|worsen|aggravate|exacerbate|affect|inhibit|block|enhance|potentiate|"
    r"interact|limit|prevent|interfere|be (?:fatal|caused|induced|precipitated|triggered)))",
)
_MODAL = AnyCase(r"\b(?:may|might|could)\b(?! \d)")
_OPEN = AnyCase(
    r"[^,;.]{0,40}?\b(?P<cue>(?:is|are|remains?)\s+(?:still\s+)?(?:unclear|unknown|uncertain|"
    r"possible|controversial|speculative|hypothetical|debated|under investigation|not\s+(?:yet\s+)?"
    r"(?:known|clear|established|proven))|cannot be (?:excluded|ruled out)|(?:is|are|has been|"
    r"have been) (?:suspected|suggested|postulated|hypothesi[sz]ed|proposed)|possible|suspected)\b",
)
_DENIAL = AnyCase(
    r"(?<![\w-])(?:not|no longer|never|neither|nor|fail(?:s|ed)?(?= to)|cannot|without|no|lacks?|"
    r"unable(?= to)|rather than|instead of)(?![\w-])",
)
# "No inflammation in the brain was seen": what the clause begins with is denied.
# "A, B and C may occur": what is listed happens perhaps.
_MAY_OCCUR = AnyCase(
    r"(?:(?!\b(?:is|are|was|were|has|have|had|occur(?:s|red)|develop(?:s|ed)|causes?d?|that|which)\b)"
    r"[^;.:]){0,150}?\b(?P<cue>may|might|could|can)(?=\s+(?:also\s+|even\s+|\w+ly\s+)*(?:occur|"
    r"develop|happen|appear|arise|emerge|ensue|recur|be (?:seen|observed|experienced|noted))\b)",
)
_NO_SUCH = AnyCase(r"\b(?P<cue>no|neither|without|absence of|lack of)\s+(?:\w+\s+(?:of\s+)?)?$")
_NOT_A_DENIAL = AnyCase(r"not\s+(?:only|merely|just|simply|necessarily)\b")
# Families that read denials themselves, construct by construct.
_READS_DENIALS = (
    Relation.TREATS,
    Relation.PREVENTS,
    Relation.CONTRAINDICATED_FOR,
)
_READS_SOME_DENIALS = (Relation.HAS_ADVERSE_EFFECT, Relation.INTERACTS_WITH)
_VERB_DENIAL = AnyCase(
    r"(?<=\s)(?:(?:does|do|did|will|would) not|never|cannot|no longer|fail(?:s|ed)? to)"
    r"(?=\s+(?:\w+ly\s+)?(?:cause|induce|produce|increase|decrease|lead|result|alter|affect|reduce|"
    r"interact|interfere|change|enhance|potentiate|inhibit|prolong|provoke|worsen|influence)\b)",
)


def guard(view: SentenceView, proposals: list[Proposal]) -> list[Proposal]:
    """Take certainty from the proposals of a sentence that it does not state as facts.

    Args:
        view: the sentence.
        proposals: what the families of rules propose for it.
    """
    if not proposals or not view.holds(_HINT):
        return proposals
    words = _Words(view)
    return [words.guard(one) for one in proposals]


class _Words:
    """The cues and the borders of one sentence."""

    def __init__(self, view: SentenceView) -> None:
        text = self._text = view.text
        self._borders = [match.end() for match in _BORDER.finditer(text)]
        hedges = [cue.span for cue in find_cues(text, CueKind.SPECULATION)]
        hedges = [s for s in hedges if s.cut(text).lower() not in ("should", "whether")]
        modals: list[Span] = []
        if view.holds(_MODAL_HINT):
            modals += [Span(*match.span()) for match in _MODAL.finditer(text)]
            modals += [Span(*match.span()) for match in _CAN.finditer(text)]
        self._hedges = sorted({*hedges, *modals})
        # What suggests or seems speaks of conclusions more often than of blame, but for "… that".
        clauses = [one for one in hedges if _THAT.match(text, one.end)]
        self._hedges_of_blame = sorted({*find_claim_cues(text)[1], *clauses, *modals})
        self._supposes: list[Span] = []
        if view.holds(_SUPPOSES_HINT):
            self._supposes = [Span(*match.span()) for match in _SUPPOSES.finditer(text)]
        self._advises: list[Span] = []
        if view.holds(_ADVISES_HINT):
            self._advises = [Span(*match.span()) for match in _ADVISES.finditer(text)]

    def guard(self, proposal: Proposal) -> Proposal:
        """Take certainty from one proposal if its clause does."""
        if (
            proposal.polarity is Polarity.NEGATED
            or proposal.certainty is not Certainty.ASSERTED
            or proposal.modality is Modality.NORMATIVE
        ):
            return proposal
        spans = [proposal.object.span]
        if proposal.subject is not None:
            spans.append(proposal.subject.span)
        last = max(s.end for s in spans)
        object_ = proposal.object.span
        start = self._clause_start(object_.start)
        if spans[-1].start > object_.start:
            last = max(object_.end, min(last, self._clause_end(object_.end)))
        # "Do not take it if you have gout" supposes no gout: it says who must not.
        named = proposal.relation is Relation.CONTRAINDICATED_FOR
        for cue in () if named else self._supposes:
            if self._is_supposed(cue, object_):
                return replace(proposal, certainty=Certainty.POSSIBLE, cue=cue)
        blames = proposal.relation is Relation.HAS_ADVERSE_EFFECT
        for cue in self._hedges_of_blame if blames else self._hedges:
            if start <= cue.start and cue.end <= last and not any(s.covers(cue) for s in spans):
                return replace(proposal, certainty=Certainty.POSSIBLE, cue=cue)
        behind = _OPEN.match(self._text, last, last + _BEHIND + 30)
        if behind is not None and not _BORDER.search(self._text, last, behind.start("cue")):
            cue = Span(*behind.span("cue"))
            return replace(proposal, certainty=Certainty.POSSIBLE, cue=cue)
        occurs = _MAY_OCCUR.match(self._text, object_.end)
        if occurs is not None and not _BORDER.search(self._text, object_.end, occurs.start("cue")):
            cue = Span(*occurs.span("cue"))
            return replace(proposal, certainty=Certainty.POSSIBLE, cue=cue)
        for cue in self._advises:
            if start <= cue.start and cue.end <= last and not any(s.covers(cue) for s in spans):
                return replace(proposal, modality=Modality.NORMATIVE, cue=cue)
        if proposal.relation in _READS_DENIALS:
            return proposal
        only = proposal.relation in _READS_SOME_DENIALS
        return self._deny(proposal, start, spans, _VERB_DENIAL if only else _DENIAL)

    def _clause_start(self, place: int) -> int:
        """Give where the clause of a place begins."""
        starts = [one for one in self._borders if one <= place]
        return max([*starts[-1:], place - _BACK, 0])

    def _clause_end(self, place: int) -> int:
        """Give where the clause of a place ends."""
        return min((one for one in self._borders if one > place), default=len(self._text))

    def _is_supposed(self, cue: Span, thing: Span) -> bool:
        """Tell whether something stands in what a cue supposes."""
        if not 0 <= thing.start - cue.end <= _BACK:
            return False
        return _SUPPOSED_ENDS.search(self._text[cue.end : thing.start]) is None

    def _deny(self, proposal: Proposal, start: int, spans: list[Span], denial: AnyCase) -> Proposal:
        """Deny a proposal whose verb or object is denied."""
        text, low = self._text, start
        first = min(spans)
        none = _NO_SUCH.search(text, max(start, first.start - 30), first.start)
        if none is not None and denial is _DENIAL:
            return replace(proposal, polarity=Polarity.NEGATED, negation=Span(*none.span("cue")))
        if proposal.subject is not None and proposal.subject.span.end <= proposal.object.span.start:
            low = max(low, proposal.subject.span.end)
        for match in denial.finditer(text[low : proposal.object.span.start]):
            span = Span(low + match.start(), low + match.end())
            if _NOT_A_DENIAL.match(text, span.start) or any(s.covers(span) for s in spans):
                continue
            return replace(proposal, polarity=Polarity.NEGATED, negation=span)
        return proposal
