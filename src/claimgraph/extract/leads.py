"""Lists under a line that announces them: "Sertraline is used to treat:", then bullets.

The line before a list says what its items are. It takes the place of the heading for them: items
under a line of use are read like a section on indications, and so on. What the line hedges or
denies cannot be said of an item in its own words, so nothing is read from such a list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from claimgraph.extract.letters import AnyCase
from claimgraph.model import Document, SectionKind, Sentence

_KINDS = (
    (
        SectionKind.BOILERPLATE,
        AnyCase(
            r"\b(?:may|might|could|possible|possibly|potential|not (?:\w+ )?(?:indicated|approved|"
            r"effective|used|been)|no)\b",
        ),
    ),
    (
        SectionKind.CONTRAINDICATIONS,
        AnyCase(
            r"\bcontra-?indicated\b|\bdo(?:es)? not (?:use|take)\b|\b(?:should|must) not (?:be )?"
            r"(?:use|take|given)",
        ),
    ),
    (
        SectionKind.ADVERSE_REACTIONS,
        AnyCase(
            r"\b(?:adverse|undesirable|side)[ -](?:\w+ )?(?:effects?|reactions?|events?)\b|"
            r"\bcauses?\b",
        ),
    ),
    (
        SectionKind.INDICATIONS,
        AnyCase(
            r"\bindicated\b|\b(?:used|prescribed|approved|taken|given|effective|useful|licensed)"
            r"(?: \w+){0,3} (?:to treat|for|in|against)\b|\b(?:treatment|management|relief|therapy|"
            r"treats?) of\b|\btreats?\b|\breliev\w+\b.*\bdue to\b|\bfor the following\b",
        ),
    ),
)
_BULLET = re.compile(r"(?:^|\n)[^\S\n]*(?:[-*+•·‣▪◦–—]|\(?\w{1,2}[.)])[^\S\n]+$")
_LONGEST_ITEM = 300  # code points


@dataclass(frozen=True, slots=True)
class Lead:
    """A line that announces a list, and what it makes of the items."""

    sentence: Sentence
    kind: SectionKind


def read_lead(sentence: Sentence) -> Lead | None:
    """Tell whether a sentence announces a list, and of what.

    A list whose line hedges or denies is of no kind that rules read.
    """
    text = sentence.text.rstrip()
    if not text.endswith(":") or len(text) > 2 * _LONGEST_ITEM:
        return None
    for kind, pattern in _KINDS:
        if pattern.search(text):
            return Lead(sentence, kind)
    return None


def is_item(document: Document, sentence: Sentence, lead: Lead) -> bool:
    """Tell whether a sentence is an item of the list that a line announced."""
    if sentence.section != lead.sentence.section or len(sentence.text) > _LONGEST_ITEM:
        return False
    before = document.text[max(0, sentence.span.start - 12) : sentence.span.start]
    return _BULLET.search(before) is not None
