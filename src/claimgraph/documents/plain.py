"""Cut plain text into sections and sentences.

Blocks are separated by blank lines. A block of one short line that ends with a colon is a heading,
as is one that is numbered, in CAPITALS, or known by its words (see `heading_level`); a first block
of one line without a full stop is the title; a lone "Related Posts" and the like is boilerplate.
Text before the first heading is the introduction. Where every headed section has one paragraph and
only the last has more, what follows its first paragraph is the conclusion: writers of short
articles close without a heading.

Inside a block, a line begins something new if it has a bullet or a number, if it is a row of a
table, or if the line before it ended early: lines that are full are wrapped, and go on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimgraph.documents.headings import BOILERPLATE, heading_level, kind_of
from claimgraph.documents.layout import Block, Role, compose
from claimgraph.documents.sentences import split_sentences, strip
from claimgraph.model import Citation, Document, SectionKind, Span

__all__ = ["cut_text", "find_blocks", "split_sentences"]

_NEWLINE = r"(?>\r\n?|\n)"
_BLANK_LINES = re.compile(rf"{_NEWLINE}(?:[^\S\r\n]*{_NEWLINE})+")
_LINE_END = re.compile(_NEWLINE)
_COLON_HEADING = re.compile(r"[^.!?:\r\n]{2,80}:")
_IS_PROSE = re.compile(
    r"\b(?:is|are|was|were|be|has|have|may|can|should|must|indicated|includ(?:e[sd]?|ing)|following"
    r"|reported)\b|\b(?:for|of|with|by|in|to|as|from)\s*:?$"
)
_ENDS_LIKE_A_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$")
_CLOSES = re.compile(r"[.!?…:;][\"'”’)\]]*$")
# After these, whatever follows up to the next heading is about other texts.
_ENDS_THE_TEXT = re.compile(r"related|leave a|about the author|previous|next", re.I)
_BULLET = re.compile(r"(?:[•·▪◦‣∙●○■□►➢✓–—*+-](?:[^\S\r\n]+\?)?|\?)[^\S\r\n]+(?=[^\s?*-])")
_ENUMERATOR = re.compile(r"\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)][^\S\r\n]+(?=\S)")
_MAY_BEGIN_AN_ITEM = re.compile(r"[^A-Z\n][^\n]{0,5} |.*(?: {3}|\t)")
# Not the point between units: "ng • h/mL".
_INLINE_BULLET = re.compile(r"(?<!\S)[•●▪■◦‣►➢][^\S\r\n]*(?=\S)(?!(?:h|hr|min|mL|m2|L)\b)")
_GAP = re.compile(r"[^\S\r\n]{3,}|\t")
_MID_END = re.compile(r"[a-z)]\.\s{1,2}[A-Z]")
_CELL = 40
"""Longest cell of a table in plain text, in characters, but for the first of a row."""
_WRAPPED_UP_TO = 160
"""Longest line, in characters, that somebody may have wrapped by hand or a printer did."""
_EARLY = 0.8
"""A line ended early if it, with the next word, takes less than this part of the longest line."""


@dataclass(slots=True)
class _Piece:
    """A block between blank lines; `role` is ``None`` until we know that it is no body text."""

    span: Span
    role: Role | None = None
    level: int = 5
    kind: SectionKind | None = None


def cut_text(
    text: str,
    *,
    id: str,
    citation: Citation,
    sha256: str | None = None,
    drug: str | None = None,
) -> Document:
    """Cut a text into sections and sentences.

    Args:
        text: the text as published; nothing in it is changed.
        id: name of the text in kebab-case, part of all its IRIs.
        citation: what is known of its origin.
        sha256: hash of the file's bytes; computed from the text as UTF-8 if not given.
        drug: the drug that the whole text is about, if the source says so.
    """
    blocks = find_blocks(text)
    return compose(text, blocks, id=id, citation=citation, sha256=sha256, drug=drug)


def find_blocks(text: str) -> list[Block]:
    """Find titles, headings, paragraphs, list items and table rows of plain text."""
    if "\n" not in text and "\r" not in text:
        whole = strip(text, 0, len(text))
        return [] if whole is None else list(_cut_lines(text, _Piece(whole)))
    pieces = [_Piece(span) for span in _between_blank_lines(text)]
    ended = False
    for index, piece in enumerate(pieces):
        words = piece.span.cut(text)
        if "\n" not in words and "\r" not in words:
            _classify(piece, words, first=index == 0, last=index + 1 == len(pieces))
        if piece.role is Role.BOILERPLATE:
            ended = ended or _ENDS_THE_TEXT.match(words) is not None
        elif piece.role is Role.HEADING:
            ended = False
        elif ended:
            piece.role = Role.BOILERPLATE
    _name_conclusion(text, pieces)
    blocks: list[Block] = []
    for piece in pieces:
        if piece.role is not None:
            blocks.append(Block(piece.role, piece.span, piece.kind, piece.level))
        else:
            blocks.extend(_cut_lines(text, piece))
    return blocks


def _classify(piece: _Piece, words: str, *, first: bool, last: bool) -> None:
    """Tell what a block of one line is. A text of one line is body text, whatever it looks like."""
    if first and last:
        return
    if BOILERPLATE.fullmatch(words):
        piece.role = Role.BOILERPLATE
        return
    prose = _IS_PROSE.search(words) is not None or _INLINE_BULLET.search(words) is not None
    level = None if last and not words.isupper() else heading_level(words)
    if level is not None and first and kind_of(words) is None and not words[0].isdigit():
        level = None
    if not last and not prose and _COLON_HEADING.fullmatch(words):
        piece.role = Role.HEADING
    elif level is not None and (not prose or words.isupper() or level == 4 or words[0].isdigit()):
        piece.role, piece.level = Role.HEADING, level
    elif first and not prose and len(words) <= 200 and not _ENDS_LIKE_A_SENTENCE.search(words):
        piece.role = Role.TITLE


def _name_conclusion(text: str, pieces: list[_Piece]) -> None:
    """Set apart the closing paragraphs that stand under the last heading by accident."""
    sections: list[list[_Piece]] = []
    last_heading = None
    under_heading = False
    for piece in pieces:
        if piece.role is Role.HEADING:
            if piece.level < 4:
                return  # a label or a paper; these name their parts
            if not under_heading:
                sections.append([])
            last_heading, under_heading = piece, True
            continue
        under_heading = False
        if piece.role is None and sections:
            sections[-1].append(piece)
    if len(sections) < 2 or last_heading is None or any(len(s) > 1 for s in sections[:-1]):
        return
    if kind_of(last_heading.span.cut(text)) is not SectionKind.CONCLUSION:
        for piece in sections[-1][1:]:
            piece.kind = SectionKind.CONCLUSION


def _between_blank_lines(text: str) -> list[Span]:
    """Find the blocks between blank lines."""
    spans = []
    start = 0
    for gap in [*_BLANK_LINES.finditer(text), None]:
        stripped = strip(text, start, len(text) if gap is None else gap.start())
        if stripped is not None:
            spans.append(stripped)
        if gap is not None:
            start = gap.end()
    return spans


def _cut_lines(text: str, piece: _Piece) -> Iterator[Block]:
    """Cut a block into paragraphs, list items, table rows and the headings inside it."""
    words = piece.span.cut(text)
    if "\n" not in words and "\r" not in words and not _MAY_BEGIN_AN_ITEM.match(words):
        yield from _cut_bullets(text, Role.PARAGRAPH, piece.span, piece.kind)
        return
    lines = _lines(text, piece.span)
    width = max(line.end - line.start for line in lines)
    role, start, end = Role.PARAGRAPH, piece.span.start, piece.span.start
    for index, line in enumerate(lines):
        words = line.cut(text)
        fresh = index == 0 or _ended_early(text, lines[index - 1], line, width)
        level = heading_level(words) if fresh and len(lines) > 1 else None
        bullet = _BULLET.match(words) or (_ENUMERATOR.match(words) if fresh else None)
        row = _is_row(words)
        heading = level is not None and (level < 4 or kind_of(words) is not None)
        if (fresh or bullet or row or role is Role.ROW) and start < end:
            yield from _cut_bullets(text, role, Span(start, end), piece.kind)
            start = end
        if heading and level is not None:
            yield Block(Role.HEADING, line, None, level)
            start = end = line.end
            role = Role.PARAGRAPH
            continue
        if start == end:
            role = Role.ROW if row else Role.ITEM if bullet else Role.PARAGRAPH
            start = line.start + (bullet.end() if bullet and not row else 0)
        end = line.end
    if start < end:
        yield from _cut_bullets(text, role, Span(start, end), piece.kind)


def _is_row(words: str) -> bool:
    """Tell whether a line is a row of a table: three columns or more, and no prose in them."""
    cells = _GAP.split(words)
    if len(cells) < 3 or _INLINE_BULLET.search(words) or _MID_END.search(words):
        return False
    return all(len(cell) <= _CELL for cell in cells[1:])


def _cut_bullets(text: str, role: Role, span: Span, kind: SectionKind | None) -> Iterator[Block]:
    """Cut a stretch at the bullets inside its lines ("for: • backache • headache")."""
    if not _INLINE_BULLET.search(text, span.start, span.end):
        yield Block(role, span, kind)
        return
    start = span.start
    for bullet in _INLINE_BULLET.finditer(text, span.start, span.end):
        stripped = strip(text, start, bullet.start())
        if stripped is not None:
            yield Block(role, stripped, kind)
        role, start = Role.ITEM, bullet.end()
    stripped = strip(text, start, span.end)
    if stripped is not None:
        yield Block(role, stripped, kind)


def _lines(text: str, span: Span) -> list[Span]:
    """Find the lines of a block, without the white space around them."""
    lines = []
    start = span.start
    for gap in [*_LINE_END.finditer(text, span.start, span.end), None]:
        line = strip(text, start, span.end if gap is None else gap.start())
        if line is not None:
            lines.append(line)
        if gap is not None:
            start = gap.end()
    return lines


def _ended_early(text: str, line: Span, following: Span, width: int) -> bool:
    """Tell whether a line was ended on purpose, so that the following one begins something new."""
    first = text[following.start]
    if first.islower() or first in ",;.)":
        return False
    if _CLOSES.search(text, max(line.start, line.end - 5), line.end):
        return True
    if width > _WRAPPED_UP_TO or heading_level(line.cut(text)) is not None:
        return True
    word = text.find(" ", following.start, following.end)
    word_length = (following.end if word < 0 else word) - following.start
    return line.end - line.start + 1 + word_length < _EARLY * width
