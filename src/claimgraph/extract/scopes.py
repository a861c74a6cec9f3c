"""Which of the words that narrow a sentence narrow one thing in it.

A phrase belongs to the clause it stands in ("zinc causes nausea in adults, and copper causes rash
in children"), to the use it follows ("for gout in adults, and for asthma in children"), and a
figure to the thing it is next to ("nausea (5 %), rash (2 %)", "nausea and rash in 5 % and 2 %,
respectively").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import lru_cache

from claimgraph.extract.contexts import Context
from claimgraph.extract.letters import AnyCase
from claimgraph.model import QualifierType, Span

# ── Clauses ─────────────────────────────────────────────────────────────────────────────────────

_VERB = (
    r"(?:is|are|was|were|has|have|had|can|may|might|could|should|must|will|would|does|did|"
    r"treats?|treated|causes?|caused|occurs?|occurred|increases?|increased|decreases?|decreased|"
    r"reduces?|reduced|inhibits?|inhibited|develops?|developed|produces?|produced|improves?|"
    r"improved|prevents?|prevented|induces?|induced|remains?|remained|shows?|showed|appears?|"
    r"appeared|leads?|led|resulted|requires?|required|experienced|received|reported|blocks?|binds?|"
    r"activates?|raises?|lowers?|prolongs?)"
)
_HAS_VERB = AnyCase(rf"(?<![\w-]){_VERB}(?![\w-])")
_DETERMINER = r"(?:the|its|it|this|these|those|their|his|her|they|we|he|she|there)"
_NO_SUBJECT = (
    r"(?!who\b|that\b|which\b|whom\b|whose\b|when\b|if\b|and\b|or\b|to\b|for\b|with\b|in\b)"
)
_NEW_CLAUSE = AnyCase(
    rf"(?:;|,\s*(?:and|but|while|whereas|although|though|yet|so)|\s(?:but|whereas|although|though)|"
    rf"\sand(?=\s+{_DETERMINER}\b))\s+"
    rf"(?=(?:it|this|that)['’]s\b|{_NO_SUBJECT}[\w’'%-]+\s+"
    rf"(?:{_NO_SUBJECT}[\w’'%-]+\s+|in\s+){{0,5}}?"
    rf"{_VERB}(?![\w-]))",
)
_OPENS = AnyCase(
    r"\s*(?:(?:in|for|during|among|at|with|when|if|after)\s+)?(?:the\s+)?",
)
_KEPT = 8  # sentences whose clauses are kept at hand


@lru_cache(maxsize=_KEPT)
def find_clauses(text: str) -> tuple[int, ...]:
    """Give where clauses with a subject and a verb of their own begin, but for the first.

    >>> text = "Zinc treats gout, and copper treats asthma, hives, and itching."
    >>> [text[start:] for start in find_clauses(text)]
    ['copper treats asthma, hives, and itching.']
    """
    starts = []
    last = 0
    for match in _NEW_CLAUSE.finditer(text):
        if _HAS_VERB.search(text, last, match.start()):
            starts.append(match.end())
            last = match.end()
    return tuple(starts)


# ── Uses ────────────────────────────────────────────────────────────────────────────────────────

_NEXT_USE = AnyCase(
    r",?\s+(?:and|or|as well as)\s+(?:also\s+)?(?:indicated\s+|used\s+)?"
    r"(?:for\b(?! (?:whom|which)\b)|"
    r"(?:to|helps?)\s+(?:help\s+)?(?:treat|prevent|reduce|relieve|manage|control|lower|improve)\b|"
    r"(?:the\s+)?(?:treatment|prevention|management|prophylaxis|relief)\s+of\b)",
)
_LEADS_TO_USE = AnyCase(
    r"\b(?:for|of|in|to|against|treat\w*|prevent\w*|reduc\w+)\b",
)

# ── Figures ─────────────────────────────────────────────────────────────────────────────────────

# Behind a member of a list: how many had it.
_HOW_MANY = re.compile(
    r"\s*(?:\((?=[^()]*\d)[^()]{1,60}\)|"
    r"\bin (?:about |up to |approximately )?\d[\d.,]*\s?(?:%|percent)(?: of (?:the |all )?(?:\w+ )?"
    r"(?:patients|subjects|people|adults|children|participants|cases|women|men))?)",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?\s?(?:%|percent\b)")
_RESPECTIVELY = AnyCase(r"\brespectively\b")
_STATES = AnyCase(
    r":|\b(?:is|are|was|were|includ\w+|occur\w*|caus\w+|develop\w*|experienc\w+|reported)\b",
)
_NEXT_THING = AnyCase(r"[,;]|\b(?:and|or)\b")


def attach(
    text: str,
    thing: Span,
    contexts: Iterable[Context],
    siblings: Sequence[Span] = (),
    *,
    listed: bool = False,
) -> tuple[Context, ...]:
    """Keep the contexts that narrow one thing of a sentence.

    Args:
        text: the sentence.
        thing: what is narrowed, such as an adverse effect.
        contexts: what `find_contexts` found for it.
        siblings: the things that the same is said of, in text order, this one among them.
        listed: whether all siblings are members of one list, so that words that hold another of
            them narrow nothing.
    """
    found = tuple(contexts)
    if listed:
        others = [one for one in siblings if one != thing]
        found = tuple(one for one in found if not any(one[1].covers(other) for other in others))
    if not found:
        return found
    clauses = find_clauses(text)
    own = bisect_right(clauses, thing.start)
    near = [one for one in found if bisect_right(clauses, one[1].start) == own]
    kinds = {kind for kind, _ in near}
    # "In adults, …, and …": what opens the sentence goes for all of it.
    near += [
        one for one in found if one not in near and one[0] not in kinds and _opens(text, one[1])
    ]
    near = [one for one in near if not _is_of_another_use(text, thing, one[1])]
    return tuple(sorted(_keep_own_figures(text, thing, near, siblings), key=lambda c: (c[1], c[0])))


def drop_figures(gap: str) -> str:
    """Leave the figures out of the words between two members of a list.

    >>> drop_figures(" (12 %), vomiting in 3% of patients, and ")
    ', vomiting, and '
    """
    return _HOW_MANY.sub("", gap) if any(map(str.isdigit, gap)) else gap


def _opens(text: str, context: Span) -> bool:
    """Tell whether a phrase opens a sentence, before its first comma."""
    return (
        _OPENS.fullmatch(text, 0, context.start) is not None
        and text[context.end : context.end + 1] == ","
    )


def _is_of_another_use(text: str, thing: Span, context: Span) -> bool:
    """Tell whether another use of a list of uses begins between a thing and a phrase."""
    if thing.end <= context.start:
        return _NEXT_USE.search(text, thing.end, context.start) is not None
    border = _NEXT_USE.search(text, context.end, thing.start)
    # What stands before the first use of the list goes for all of them.
    return border is not None and not _LEADS_TO_USE.search(text, context.end, border.start())


def _keep_own_figures(
    text: str, thing: Span, contexts: Sequence[Context], siblings: Sequence[Span]
) -> list[Context]:
    """Leave out how often something else happens."""
    figures = sorted(
        span
        for kind, span in contexts
        if kind is QualifierType.FREQUENCY and _FIGURE.search(text, span.start, span.end)
    )
    if not figures:
        return list(contexts)
    own = _own_figures(text, thing, figures, sorted({*siblings, thing}))
    return [one for one in contexts if one[1] not in figures or one[1] in own]


def _own_figures(
    text: str, thing: Span, figures: Sequence[Span], things: Sequence[Span]
) -> Sequence[Span]:
    """Give the figures that are said of a thing."""
    listed = _pair_respectively(text, figures, things)
    if listed is not None:
        return [listed[thing]] if thing in listed else []
    at = bisect_left(things, thing)
    end = things[at + 1].start if at + 1 < len(things) else len(text)
    next_to = [
        one for one in figures if thing.end <= one.start < end and _follows(text, thing, one)
    ]
    if next_to:
        return next_to[:1]
    return [one for one in figures if not _is_next_to_another(text, one, thing, things)]


def _pair_respectively(
    text: str, figures: Sequence[Span], things: Sequence[Span]
) -> dict[Span, Span] | None:
    """Give each thing its figure where the sentence lists both in the same order."""
    match = _RESPECTIVELY.search(text)
    if match is None:
        return None
    before = [one for one in figures if one.end <= match.start()]
    if len(before) == len(things):
        return dict(zip(things, before, strict=True))
    return None


def _follows(text: str, thing: Span, figure: Span) -> bool:
    """Tell whether a figure stands behind a thing with nothing else between: "rash (2 %)"."""
    return _NEXT_THING.search(text, thing.end, figure.start) is None


def _is_next_to_another(text: str, figure: Span, thing: Span, things: Sequence[Span]) -> bool:
    """Tell whether a figure is that of another thing, named or not."""
    at = bisect_left(things, figure) - 1
    if at >= 0 and things[at] != thing and _follows(text, things[at], figure):
        return True
    in_brackets = text[: figure.start].rstrip().endswith("(")
    if not in_brackets:
        return False
    if figure.end <= thing.start:
        return _STATES.search(text, figure.end, thing.start) is None
    return True
