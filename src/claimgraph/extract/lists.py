"""Lists: the words that introduce one, and what they make of its items.

The cutter makes a sentence of each item, so that "Zorvan is indicated for:" and "gout" stand apart.
What the first says rules the second, in three ways. Its words are kept for each item of the list. A
line with a colon also takes the place of the heading: items under a line of use are read like a
section on indications, and so on. And what it hedges ("may include:") or narrows ("common side
effects in children:") is hedged and narrowed in each item, as it would be in one sentence. Nothing
is read from a list whose line denies.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimgraph.extract.caution import guard
from claimgraph.extract.contexts import find_contexts
from claimgraph.extract.letters import AnyCase
from claimgraph.extract.reaction_phrases import CALLS
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.introductions import find_lines
from claimgraph.model import (
    Category,
    Certainty,
    ClaimType,
    Concept,
    Document,
    Passage,
    Qualifier,
    QualifierType,
    Relation,
    SectionKind,
    Sentence,
    Span,
)

_KINDS = (
    (
        SectionKind.BOILERPLATE,
        AnyCase(
            r"\b(?<!should )(?<!must )not (?:\w+ )?(?:indicated|approved|effective|used|been)\b|"
            r"\bno\b"
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
# What nobody should do is forbidden; "contraindicated" says what is.
_BANS = AnyCase(
    r"\bdo not (?:use|take)\b|\b(?:should|must) not (?:be )?(?:used?|take|taken|given)\b"
)
# Before the first dose it lists what its reader may have already.
_ASKS = AnyCase(
    r"\b(?:ask|tell|talk|check|inform|speak)\b.*\bif (?:you|your child|the patient)\b|"
    r"\bbefore (?:you )?(?:tak|us|start|giv)\w*\b.*\bif (?:you|your child|the patient)\b",
)
_CALLED_FROM = (
    SectionKind.ADVERSE_REACTIONS,
    SectionKind.WARNINGS,
    SectionKind.BOXED_WARNING,
    SectionKind.SAFETY,
    SectionKind.CONSIDERATIONS,
    SectionKind.INTRODUCTION,
    SectionKind.OTHER,
)
_HEDGES = AnyCase(r"\b(?:may|might|could|possible|possibly|potential)\b")
# "Some people may have:"
_HAPPENS = AnyCase(
    r"\b(?:may|might|could|can)\b (?:\w+ )?(?:cause|include|experience|have|get|notice|develop|"
    r"feel|suffer|occur|happen|be (?:seen|reported|observed))\b",
)
# "(may affect up to 1 in 10 people)" tells how often, and "as soon as possible" when.
_NO_HEDGE = AnyCase(
    r"\bmay (?:affect|occur in|happen to|be experienced by)\b[^,;:]{0,40}\d|"
    r"\b(?:as \w+ as|if|when) possible\b"
)
_NARROWS = (QualifierType.FREQUENCY, QualifierType.POPULATION)
_ITEM = Concept("item", "item", Category.CONDITION)
_LONGEST = 300  # code points of an introduction that are kept, from its end
_ITEM_WORDS = 10  # the most words of an item with a full stop that no bullet marks
_BULLET = re.compile(r"[•·▪◦‣∙●○■□►➢✓–—*+-]|\(?\b(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)]")
_ENDS = re.compile(r"(?:[.!?][\"'”’)\]]*|\])$")
# Words that ask for more: a colon, a preposition, or a statement without its full stop.
_OPEN_END = AnyCase(
    r":$|\b(?:in|for|of|with|to|as|by|against|from|following|below|include|includes|including|"
    r"such as|indicated|limitations? of use)$",
)
_STATEMENT = AnyCase(r"(?:\S+ ){1,9}?(?:is|are|was|has|have|should|must|may|can)\b")


@dataclass(frozen=True, slots=True)
class Introduction:
    """What introduces a sentence that is an item of a list.

    `words` are those of the introduction; there are none where it is no item. `kind` is the kind of
    section that the item is read like, where the line above the list decides it. `hedge` are words
    of such a line that hedge or forbid, `narrows` those that narrow, both in their places in the
    document. `line` is the number of the sentence that decided.
    """

    words: str = ""
    kind: SectionKind | None = None
    hedge: Passage | None = None
    narrows: tuple[Qualifier, ...] = ()
    line: int | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """What a line makes of the items below it."""

    kind: SectionKind | None = None
    hedge: Passage | None = None
    narrows: tuple[Qualifier, ...] = ()


def find_introductions(document: Document) -> Iterator[Introduction]:
    """Give, for each sentence of a document, what introduces it.

    What a kind of section says already is not left to be read again out of the words.
    """
    read: dict[int, _Line] = {}
    leads = find_leads(document)
    for words, lines in zip(leads, find_lines(document), strict=True):
        for line in lines:
            if line.number not in read:
                read[line.number] = _read_line(line, document.sections[line.section - 1].kind)
        yield _introduce(words, [(line.number, read[line.number]) for line in lines])


def _introduce(words: str, lines: list[tuple[int, _Line]]) -> Introduction:
    """Put together what the lines above an item make of it; the nearest comes first."""
    kinds = [(line.kind, number) for number, line in lines if line.kind is not None]
    silent = [one for one in kinds if one[0] is SectionKind.BOILERPLATE]
    kind, decided = next(iter(silent or kinds), (None, None))
    hedge = next((line.hedge for _, line in lines if line.hedge is not None), None)
    narrows: dict[QualifierType, tuple[Qualifier, ...]] = {}
    for _, line in lines:
        for type_ in _NARROWS:
            if some := tuple(one for one in line.narrows if one.type is type_):
                narrows.setdefault(type_, some)
    return Introduction(
        words if kind in (None, SectionKind.INDICATIONS) else "",
        kind,
        hedge,
        tuple(one for some in narrows.values() for one in some),
        decided,
    )


def find_leads(document: Document) -> tuple[str, ...]:
    r"""Give, for each sentence of a document, the words that introduce the list it is an item of.

    An item that itself introduces a list ("Skin infections:") stands below the words that opened
    the whole list. What is no item has no words.

    >>> from claimgraph.documents import cut_text
    >>> from claimgraph.model import Citation
    >>> text = "It is indicated for:\n• gout\n• lupus\n\nIt is taken daily. It is white."
    >>> find_leads(cut_text(text, id="t", citation=Citation("T")))
    ('', 'It is indicated for:', 'It is indicated for:', '', '')
    """
    leads: list[str] = []
    opened = inner = ""
    bulleted = False  # whether bullets mark the items
    before: Sentence | None = None
    for one in document.sentences:
        gap = _gap(document, before, one)
        if gap is None:
            opened, lead = "", ""
        elif gap.strip() == "" and "\n" not in gap:
            lead = ""  # more words of the same item
        else:
            marked = _BULLET.search(gap) is not None
            if before is not None and _introduces(before.text, marked=marked and not opened):
                words = before.text[-_LONGEST:]
                opened, inner, bulleted = (
                    (opened, words, bulleted) if opened else (words, "", marked)
                )
            if not marked and (bulleted or not _is_item(one.text)):
                opened = ""
            lead = f"{opened}\n{inner}" if opened and inner else opened
        leads.append(lead)
        before = one
    return tuple(leads)


def _introduces(text: str, *, marked: bool) -> bool:
    """Tell whether a line introduces the next one; before the first bullet (`marked`) many do."""
    if _OPEN_END.search(text):
        return True
    return not _ENDS.search(text) and (marked or _STATEMENT.match(text) is not None)


def _gap(document: Document, before: Sentence | None, one: Sentence) -> str | None:
    """Give what stands between two sentences of one section; nothing at a section's start."""
    if before is None or before.section != one.section:
        return None
    return document.text[before.span.end : one.span.start]


def _is_item(text: str) -> bool:
    """Tell whether words without a bullet can be an item: few or without a stop, no statement."""
    if _STATEMENT.match(text):
        return False
    return _ENDS.search(text) is None or len(text.split()) <= _ITEM_WORDS


def _read_line(sentence: Sentence, section: SectionKind) -> _Line:
    """Tell what a line says of the items below it, in a section of some kind."""
    text = sentence.text
    kind = next((kind for kind, pattern in _KINDS if pattern.search(text)), None)
    if kind in (None, SectionKind.ADVERSE_REACTIONS) and CALLS.search(text):
        if section not in _CALLED_FROM:
            return _Line()
        kind = SectionKind.ADVERSE_REACTIONS
    elif kind is None and _ASKS.search(text):
        return _Line(SectionKind.BOILERPLATE)
    if kind is SectionKind.CONTRAINDICATIONS and (ban := _BANS.search(text)) is not None:
        return _Line(kind, _place(sentence, Span(*ban.span())))
    if kind in (SectionKind.BOILERPLATE, SectionKind.CONTRAINDICATIONS):
        return _Line(kind)
    on_reactions = kind is SectionKind.ADVERSE_REACTIONS or (
        kind is None and section is SectionKind.ADVERSE_REACTIONS
    )
    hedge = _find_hedge(text, Relation.HAS_ADVERSE_EFFECT if on_reactions else Relation.TREATS)
    if kind is None and _HEDGES.search(text) and not _NO_HEDGE.search(text):
        # What it hedges is known only where reactions are listed anyway.
        if hedge is None or not (on_reactions and _HAPPENS.search(text)):
            return _Line(SectionKind.BOILERPLATE)
    elif kind is None:
        hedge = None
    narrows: tuple[Qualifier, ...] = ()
    if on_reactions:
        end = Span(len(text) - 1, len(text))
        narrows = tuple(
            Qualifier(type_, _place(sentence, words))
            for type_, words in find_contexts(text, end, _NARROWS)
        )
    return _Line(kind, None if hedge is None else _place(sentence, hedge), narrows)


def _find_hedge(text: str, relation: Relation) -> Span | None:
    """Find the words by which a line hedges what stands behind its colon.

    They are those that would hedge it in one sentence: the colon takes the place of the item.
    """
    end = Span(len(text) - 1, len(text))
    item = Proposal(None, relation, Found(end, ":", _ITEM), ClaimType.BACKGROUND, "item")
    (read,) = guard(SentenceView(text, (), SectionKind.OTHER), [item])
    if read.certainty is Certainty.ASSERTED or read.cue is None:
        return None
    if any(match.start() <= read.cue.start < match.end() for match in _NO_HEDGE.finditer(text)):
        return None
    return read.cue


def _place(sentence: Sentence, words: Span) -> Passage:
    """Move words of a line into its document."""
    start = sentence.span.start
    return Passage(Span(start + words.start, start + words.end), words.cut(sentence.text))
