"""The common road of all readers: blocks of a text become sections with sentences.

A reader says which stretches of a text are titles, headings, paragraphs, list items and table
rows. `compose` turns these into a `Document`. Formats whose text we take out of mark-up first
`publish` their parts as one text; every offset then points into that text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from claimgraph.documents.headings import NUMBER, SPEAKING, kind_of
from claimgraph.documents.sentences import split_sentences
from claimgraph.model import Citation, Document, Passage, Section, SectionKind, Sentence, Span

_JUST_ADVERSE = re.compile(
    r"(?:[\d.]+\s+)?(?:adverse (?:drug )?(?:reactions|events|effects)|side effects):?",
    re.IGNORECASE,
)


class Role(Enum):
    """What a block is to the text."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    BOILERPLATE = "boilerplate"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a text and its role.

    `kind` is known where the source says it (a section code); a heading goes by its words
    otherwise. On anything but a heading, `kind` opens a section of that kind, unless that is the
    section it stands in. `level` is how deep a heading stands, 1 being the top.
    """

    role: Role
    span: Span
    kind: SectionKind | None = None
    level: int = 1


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a text that is yet to be published. White space in `text` has been tidied."""

    role: Role
    text: str
    kind: SectionKind | None = None
    level: int = 1


@dataclass(slots=True)
class _Draft:
    """A section while its blocks are being gathered."""

    kind: SectionKind
    heading: str | None
    spans: list[Span]
    passages: list[Passage]


def publish(parts: Iterable[Part]) -> tuple[str, list[Block]]:
    """Join parts into one text: blank lines between them, line breaks between items and rows."""
    pieces: list[str] = []
    blocks: list[Block] = []
    length = 0
    for part in parts:
        text = part.text.strip()
        if not text:
            continue
        if blocks:
            together = part.role is blocks[-1].role and part.role in (Role.ITEM, Role.ROW)
            gap = "\n" if together else "\n\n"
            pieces.append(gap)
            length += len(gap)
        blocks.append(Block(part.role, Span(length, length + len(text)), part.kind, part.level))
        pieces.append(text)
        length += len(text)
    return "".join(pieces), blocks


def compose(
    text: str,
    blocks: Iterable[Block],
    *,
    id: str,
    citation: Citation,
    sha256: str | None = None,
    drug: str | None = None,
) -> Document:
    """Turn the blocks of a text into a document.

    Args:
        text: the text as published; nothing in it is changed.
        blocks: its blocks in text order, without overlap.
        id: name of the text.
        citation: what is known of its origin.
        sha256: hash of the text's bytes; computed from the text as UTF-8 if not given.
        drug: the drug that the whole text is about, if the source says so.
    """
    sections: list[Section] = []
    sentences: list[Sentence] = []
    for number, draft in enumerate(_gather(text, blocks, citation.language), start=1):
        span = Span(draft.spans[0].start, draft.spans[-1].end)
        section = Section(number, draft.kind, draft.heading, span)
        sections.append(section)
        if section.is_content:
            for passage in draft.passages:
                sentences.append(Sentence(len(sentences) + 1, number, passage))
    return Document(
        id=id,
        text=text,
        sha256=sha256 or hashlib.sha256(text.encode("utf-8")).hexdigest(),
        citation=citation,
        sections=tuple(sections),
        sentences=tuple(sentences),
        drug=drug,
    )


def slug(name: str) -> str:
    """Make a kebab-case name of any name.

    >>> slug("Klonopin Label (2023)")
    'klonopin-label-2023'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower())[:100].strip("-") or "text"


def _gather(text: str, blocks: Iterable[Block], language: str) -> list[_Draft]:
    """Sort blocks into sections."""
    drafts: list[_Draft] = []
    pending: _Draft | None = None  # a heading, or several, whose first paragraph is yet to come
    above: list[tuple[int, SectionKind]] = []  # the headings we are under, outermost first
    last_level = 0  # of the last heading
    resume: SectionKind | None = None  # what to go on with after a line of boilerplate
    for block in blocks:
        words = block.span.cut(text)
        if block.role is Role.HEADING:
            while above and above[-1][0] >= block.level:
                above.pop()
            outer = above[-1][1] if above else None
            own = block.kind or _own_kind(words, outer)
            kind = own or outer or SectionKind.OTHER
            above.append((block.level, kind))
            speaks = own is None and outer in SPEAKING
            said = [_without_number(text, block.span)] if speaks else []
            if pending is not None and pending.passages and block.level <= last_level:
                drafts.append(pending)  # it said all it had to say
                pending = None
            last_level = block.level
            if pending is None:
                pending = _Draft(kind, _tidy(words), [block.span], said)
            else:
                # A heading right under a heading: the lower one names the section of both.
                pending.kind, pending.heading = kind, _tidy(words)
                pending.spans.append(block.span)
                pending.passages.extend(said)
            continue
        if pending is not None:
            drafts.append(pending)
        headed, pending = pending is not None, None
        if block.role is Role.TITLE:
            drafts.append(_Draft(SectionKind.TITLE, None, [], []))
        elif block.role is Role.BOILERPLATE:
            if not drafts or drafts[-1].kind is not SectionKind.BOILERPLATE:
                resume = drafts[-1].kind if drafts else None
                drafts.append(_Draft(SectionKind.BOILERPLATE, None, [], []))
        elif not headed:
            opened = _opens(block, drafts[-1] if drafts else None, resume)
            if opened is not None:
                drafts.append(_Draft(opened, None, [], []))
        draft = drafts[-1]
        draft.spans.append(block.span)
        if block.role is Role.ROW:
            draft.passages.append(Passage(block.span, words))
        elif block.role in (Role.PARAGRAPH, Role.ITEM):
            draft.passages.extend(split_sentences(text, block.span, language))
    if pending is not None:
        drafts.append(pending)
    return drafts


def _opens(block: Block, last: _Draft | None, resume: SectionKind | None) -> SectionKind | None:
    """Tell which kind of section a block without a heading opens; nothing if it goes on."""
    if last is None or last.kind is SectionKind.TITLE:
        return block.kind or SectionKind.INTRODUCTION
    if block.kind is not None and block.kind is not last.kind:
        return block.kind
    if last.kind is SectionKind.BOILERPLATE and last.heading is None:
        before_any = resume is None or resume is SectionKind.TITLE
        return SectionKind.INTRODUCTION if before_any else resume
    return None


def _own_kind(words: str, outer: SectionKind | None) -> SectionKind | None:
    """Tell what a heading says its section is about.

    "Ophthalmic Adverse Reactions" among the warnings is a warning; "Adverse Reactions" is not.
    """
    kind = kind_of(words)
    inner = outer in SPEAKING and kind is SectionKind.ADVERSE_REACTIONS and kind is not outer
    return None if inner and not _JUST_ADVERSE.fullmatch(words) else kind


def _tidy(words: str) -> str:
    """Give a heading on one line, without its colon."""
    return " ".join(words.rstrip(":").split())


def _without_number(text: str, span: Span) -> Passage:
    """Give the words of a heading without the number before them."""
    number = NUMBER.match(text, span.start, span.end)
    said = span if number is None else Span(number.end(), span.end)
    return Passage(said, said.cut(text))
