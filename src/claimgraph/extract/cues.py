"""Find the words that deny or hedge.

Each cue is a phrase with, where the phrase is ambiguous, the context it needs. The lists are
closed and ordered, longer phrases before those they begin with. Spans count code points of the
text given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from claimgraph.extract.letters import AnyCase
from claimgraph.model import Span


class CueKind(StrEnum):
    """What a cue does to what it governs."""

    NEGATION = "negation"
    SPECULATION = "speculation"


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that deny or hedge, and where they stand."""

    kind: CueKind
    span: Span
    text: str


# ── Negation ────────────────────────────────────────────────────────────────────────────────────

_NEGATION = (
    r"with the (?:notable )?exception of",
    r"no longer",
    r"could not(?= be (?:confirmed|detected|demonstrated))",
    r"can ?not(?! be (?:excluded|ruled))",
    # "Not only … but also" affirms; "not known" and "not clear" hedge; "(not shown)" is a remark.
    r"not(?! only\b| known| clear| necessarily| merely| strictly| simply| shown\)| yet known|"
    r" well understood| yet clear| fully understood)",
    r"no(?= )",
    r"none",
    r"neither",
    r"nor",
    r"never",
    r"without",
    # "In the absence of X" is as often a condition of an experiment as a denial.
    r"absence(?! or presence)",
    r"absent",
    r"lack(?:s|ed|ing)?",
    r"fail(?:s|ed)?(?= to)",
    r"failed",
    r"failure(?= to (?!thrive))",
    r"unable(?= to)",
    r"rather than",
    r"instead of",
    r"impossible",
)
_BEFORE = 20  # code points before a cue that may tell that it denies nothing
_NOT_NEGATION = re.compile(
    r"(?:presence|presence and|presence or|and/or|whether or|if or|may or may|or) $"
)

# ── Speculation ─────────────────────────────────────────────────────────────────────────────────

_SPECULATION = (
    r"(?:can ?not|could not) be (?:excluded|ruled out)",
    r"whether or not",
    r"whether",
    r"rais(?:e|es|ed|ing) the (?:possibility|question)",
    r"not (?:yet )?(?:known|clear)",
    r"not (?:fully )?understood",
    r"remains? to be (?:investigated|elucidated|determined|established)",
    r"unclear",
    r"unknown(?= (?:whether|how|why))",
    r"(?<=remain )unknown",
    r"(?<=remains )unknown",
    r"(?<=remained )unknown",
    r"may(?:,? or may not)?(?! \d)",
    r"might",
    # "Could" also tells what was possible: "no band could be detected".
    r"could(?= (?!not\b|only\b|also be\b|be (?:detected|shown|demonstrated|observed|found|seen|"
    r"obtained|identified|documented|mimicked|blocked|inhibited|reversed|attributed|explained|"
    r"isolated|rescued|restored|prevented|induced|measured)))",
    r"would",
    r"should(?! be noted)",
    r"likely",
    r"unlikely",
    r"(?:im)?probabl[ey]",
    r"perhaps",
    r"presumabl[ey]",
    r"possibly",
    # "As soon as possible" and "all possible values" are sure.
    r"(?<!as )(?<!all )(?<!every )(?<!not )(?<!theoretically )(?<!range of )(?<!set of )possible"
    r"(?! (?:combinations?|values?|states?|sequences?)\b)",
    r"potentially",
    r"(?<=\ba )potential",
    r"potential(?= (?:mechanism|pathway|therap|importan|involvement|link|target for|use|"
    r"transcriptional|new))",
    r"putative",
    r"hypothetical(?:ly)?",
    r"conceivabl[ey]",
    r"apparently",
    r"seemingly",
    r"seem(?:s|ed|ing)?(?= )",
    # A "published erratum appears in" a journal; it does not seem to.
    r"appear(?:s|ed)?(?! in (?:[A-Z]|two|the)| at | on | within| only in)(?= |$)",
    r"suggest(?:s|ed|ing|ive of|ive|ions?(?= that))?",
    r"indicat(?:e|es|ed|ing) that",
    r"indicat(?:e|ing)(?= an? )",
    r"impl(?:y|ies|ied|ying)(?= that| a | an | the | some)",
    r"propos(?:e|es|ed|al|ing)(?= that| a | as | to | an | here|,| the)",
    r"hypothesi[sz](?:e|ed|es)",
    r"hypothes[ie]s(?= (?:that|is|was|has))",
    r"speculat(?:e|ed|es|ion|ing)",
    r"postulat(?:e|ed|es)",
    r"suppos(?:e|ed|edly)",
    r"assum(?:e|ed|es|ing)(?= that| to)",
    r"assumption",
    r"believe(?:d|s)?",
    r"thought(?= to| that|,)",
    r"think(?= that)",
    r"suspected",
    r"suspect(?= that)",
    r"predict(?:ed|s)?(?= that)",
    r"expected(?= to| that)",
    r"possibilit(?:y|ies)(?= that| is| of a)",
    r"notion(?= that)",
    r"consistent with the (?:hypothesis|possibility|notion|idea)",
    *(
        rf"(?<={verb} )if"
        for verb in (
            *("ask", "asked", "assess", "assessed", "determine", "determined", "determining"),
            *("examine", "examined", "explore", "explored", "investigate", "investigated", "see"),
            *("test", "tested", "unclear", "unknown", "known"),
        )
    ),
    r"hope(?= (?:to|that))",
    r"considered(?= to)",
)


def _compile(phrases: tuple[str, ...]) -> AnyCase:
    """Make one pattern of the phrases, at word borders."""
    return AnyCase(r"(?<![\w-])(?:" + "|".join(phrases) + r")(?![\w-])")


# ── Of a claim ──────────────────────────────────────────────────────────────────────────────────

# These hedge what a study concludes, or give advice; a claim of cause within may be sure.
_OF_A_CONCLUSION = AnyCase(
    r"(?:should|would|could|potential|appear(?:s|ed)?|seem(?:s|ed|ing)?|suggest(?:s|ed|ing|ions?)?|"
    r"indicat\w+(?: that)?|hope|thought|believed|suggestive of|implied|implies|assum\w+)",
)
# These hedge a claim of cause, and little else.
_SUSPECTS = AnyCase(
    r"\b(?:potential(?:ly)?(?! (?:interaction|mechanism)s?)|suspect(?:ed|s)?|suspicion|"
    r"questionable|apparently|presumed|theori[sz]ed|possibility of|likelihood of|"
    r"proposed (?:cause|explanation)|aware of (?:an? |the )?risk|"
    r"could(?= (?:\w+ )?(?:cause|induce|produce|lead|trigger|provoke|result|"
    r"be (?:caused|induced|due)))|(?:should|must) be (?:considered|suspected)|"
    r"considered (?:as )?(?:a )?(?:possible|potential)|"
    r"(?:believed|thought|assumed|suggested|feared|felt) to (?:\w+ )?(?:cause|induce|produce|"
    r"trigger|"
    r"provoke|lead|result|contribute|be (?:\w+ly )?(?:caused|induced|due|related|associated|"
    r"responsible|the cause)))\b",
)
# These deny a claim of cause; some hedge it at the same time.
_ALSO_DENIES = AnyCase(
    r"\b(?:free (?:of|from)|unlikely(?= (?:that|to|due|caused|related|attribut\w+|associated))|"
    r"improbable(?= that)|unrelated(?= to)|(?:was|were|been) (?:ruled out|excluded)(?= as)|"
    r"little or no)\b",
)


_PATTERNS = {
    CueKind.NEGATION: _compile(_NEGATION),
    CueKind.SPECULATION: _compile(_SPECULATION),
}
_NITRIC_OXIDE = "NO"
_KEPT = 8  # sentences whose cues are kept at hand


def find_cues(text: str, kind: CueKind | None = None) -> Iterator[Cue]:
    """Find the cues of a sentence, in text order for each kind.

    Args:
        text: the sentence.
        kind: only cues of this kind; both if not given.

    >>> [cue.text for cue in find_cues("It may not cause nausea.")]
    ['not', 'may']
    """
    for one in (kind,) if kind is not None else tuple(CueKind):
        yield from _cues_of(text, one)


@lru_cache(maxsize=_KEPT)
def _cues_of(text: str, kind: CueKind) -> tuple[Cue, ...]:
    """Give the cues of one kind. Every family asks for those of its sentence anew."""
    cues = []
    for match in _PATTERNS[kind].finditer(text):
        span = Span(*match.span())
        words = span.cut(text)
        if kind is CueKind.NEGATION:
            before = text[max(0, match.start() - _BEFORE) : match.start()].lower()
            if words == _NITRIC_OXIDE or _NOT_NEGATION.search(before):
                continue
        cues.append(Cue(kind, span, words))
    return tuple(cues)


@lru_cache(maxsize=_KEPT)
def find_claim_cues(text: str) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Find the words that deny and those that hedge a claim that something causes something.

    Returns:
        The places of denials and of hedges, each in text order.

    >>> text = "It is unlikely that it might cause nausea."
    >>> [[span.cut(text) for span in spans] for spans in find_claim_cues(text)]
    [['unlikely'], ['unlikely', 'might']]
    """
    denials = {Span(*match.span()) for match in _ALSO_DENIES.finditer(text)}
    hedges = {Span(*match.span()) for match in _SUSPECTS.finditer(text)}
    for cue in find_cues(text):
        if cue.kind is CueKind.NEGATION:
            denials.add(cue.span)
        elif not _OF_A_CONCLUSION.fullmatch(cue.text):
            hedges.add(cue.span)
    return tuple(sorted(denials)), tuple(sorted(hedges))
