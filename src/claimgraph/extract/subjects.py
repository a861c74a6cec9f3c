"""What a document speaks of when it does not say the name: its drug, pronouns, abbreviations."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from claimgraph.extract.mentions import unlisted
from claimgraph.extract.view import Found
from claimgraph.lexicon import Lexicon
from claimgraph.model import Category, Concept, Document, Span

PRONOUN = "pronoun"
"""Detail of a mention that stands for a drug without naming it."""

_DRUGS = (Category.DRUG, Category.DRUG_CLASS)
# "It", "its", "this benzodiazepine derivative", "the drug": at the head of a sentence, or owning
# something anywhere in it.
_STANDS_FOR = re.compile(
    r"^(?:moreover|furthermore|additionally|however|also|therefore|in addition)?,?\s*"
    r"(?P<head>its?|this (?:[\w-]+ ){0,2}(?:derivative|drug|medication|medicine|agent|compound|"
    r"product|therapy)|the (?:drug|medication|medicine|agent|product))\b"
    r"|\b(?P<own>its)(?= (?:[\w-]+ ){0,2}(?:onset|half-life|safety|efficacy|tolerability|effect|"
    r"effects|use|utility|action|mechanism|absorption|bioavailability|clearance|metabolism)\b)"
    r"|\bmakes (?P<it>it)\b",
    re.IGNORECASE,
)
# "Lennox-Gastaut syndrome (LGS)": letters of the short form begin the words of the long one.
_SHORT_FORM = re.compile(r"\((?P<short>[A-Z][A-Za-z0-9-]{1,9})\)")
_LONGEST_SHORT = 11  # letters of a short form in the plural
# Letters that may begin with a short form: "LGS", "LGS-like".
_SHORT_RUN = re.compile(r"(?<![\w-])[A-Z][A-Za-z0-9-]+")
_LETTER = re.compile(r"\w")


def find_main_drug(document: Document, lexicon: Lexicon, named: Iterable[Found]) -> Concept | None:
    """Give the drug that a document is about.

    It is the one that the source names; else the one that the text names most, where it names it
    at least three times and more often than all other drugs together, or names no other drug in
    more than one sentence.

    Args:
        document: the document.
        lexicon: the names.
        named: all mentions of the document.
    """
    if document.drug is not None:
        for entry in lexicon.lookup(document.drug):
            if entry.concept.category in _DRUGS:
                return entry.concept
        return unlisted(document.drug, Category.DRUG)
    counts = Counter(m.concept for m in named if m.concept.category is Category.DRUG)
    for concept, count in counts.most_common(1):
        alone = len(counts) == 1 and len(document.sentences) > 1
        if alone or (count >= 3 and 2 * count > sum(counts.values())):
            return concept
    return None


def find_pronouns(text: str, drug: Concept | None, found: Sequence[Found]) -> list[Found]:
    """Find words that stand for the document's drug without naming it."""
    if drug is None:
        return []
    pronouns = []
    for match in _STANDS_FOR.finditer(text):
        group = match.lastgroup or "head"
        span = Span(*match.span(group))
        pronouns.append(Found(span, match.group(group), drug, PRONOUN))
    taken = [m.span for m in pronouns]
    inside = [m for m in found if any(span.covers(m.span) for span in taken)]
    return [m for m in pronouns if not any(m.span == other.span for other in inside)]


def find_short_forms(text: str, found: Sequence[Found]) -> dict[str, Concept]:
    """Find the abbreviations that a sentence defines, each with what it stands for."""
    defined: dict[str, Concept] = {}
    if "(" not in text:
        return defined
    ends: dict[int, list[int]] = {}
    for number, mention in enumerate(found):
        ends.setdefault(mention.span.end, []).append(number)
    for match in _SHORT_FORM.finditer(text):
        start = match.start()
        for number in sorted([*ends.get(start - 1, ()), *ends.get(start, ())]):
            if _abbreviates(match["short"], found[number].text):
                defined[match["short"]] = found[number].concept
    return defined


def apply_short_forms(
    text: str, found: Sequence[Found], forms: Mapping[str, Concept]
) -> tuple[Found, ...]:
    """Add the mentions that are made by abbreviations the document has defined."""
    if not forms:
        return tuple(found)
    short = list(_read_short_forms(text, forms))
    starts = [m.span.start for m in short]
    # They lie apart, so that only the last one that begins before a mention's end can cut it.
    kept = [
        m
        for m in found
        if not (at := bisect_left(starts, m.span.end)) or short[at - 1].span.end <= m.span.start
    ]
    return _sort_by_place([*kept, *short])


def _read_short_forms(text: str, forms: Mapping[str, Concept]) -> Iterator[Found]:
    """Find the short forms in a text, also in the plural: the longest where several begin."""
    for run in _SHORT_RUN.finditer(text):
        letters = run.group()
        end = len(letters)
        if end > _LONGEST_SHORT or _LETTER.match(text, run.end()):
            end = letters.rfind("-", 0, _LONGEST_SHORT + 1)
        while end > 0:
            words = letters[:end]
            concept = forms.get(words) or forms.get(words.removesuffix("s"))
            if concept is not None:
                yield Found(Span(run.start(), run.start() + end), words, concept)
                break
            end = letters.rfind("-", 0, end)


def _sort_by_place(mentions: list[Found]) -> tuple[Found, ...]:
    """Sort mentions by where they begin, then by where they end."""
    return tuple(sorted(mentions, key=lambda m: (m.span.start, m.span.end)))


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether the letters of a short form occur in order in the long one.

    >>> _abbreviates("LGS", "Lennox-Gastaut syndrome"), _abbreviates("USA", "seizure")
    (True, False)
    """
    letters = [c for c in short.lower() if c.isalnum()]
    words = iter(long.lower())
    return bool(letters) and letters[0] == long[:1].lower() and all(c in words for c in letters)
