"""Read Markdown: the raw text is what we publish, its mark-up included.

markdown-it-py says which source lines are headings, paragraphs, list items and table rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from claimgraph.documents.headings import kind_of
from claimgraph.documents.layout import Block, Role, compose
from claimgraph.documents.plain import find_blocks
from claimgraph.documents.sentences import strip
from claimgraph.model import Citation, Document

_NEWLINE = re.compile(r"\r\n?|\n")
_FRONT_MATTER = re.compile(
    r"\ufeff?---[^\S\r\n]*\r?\n.*?\r?\n(?:---|\.\.\.)[^\S\r\n]*(?:\r?\n|$)", re.DOTALL
)
_MARKS = re.compile(r"[*_`]{1,3}|\[([^\]]*)\]\([^)]*\)")
_PREFIX = re.compile(r"(?:[^\S\r\n]|>|[*+-][^\S\r\n]|\d{1,9}[.)][^\S\r\n]|#{1,6}[^\S\r\n])*")


def read_markdown(text: str, *, id: str, sha256: str | None = None) -> Document:
    """Cut Markdown into sections and sentences. Every offset points into the raw text."""
    blocks = list(_find_blocks(text))
    titles = (b for b in blocks if b.role is Role.TITLE)
    first = next(titles, None) or next((b for b in blocks if b.role is Role.HEADING), None)
    title = id if first is None else _MARKS.sub(r"\1", first.span.cut(text)[:300])
    citation = Citation(title=" ".join(title.split()) or id)
    return compose(text, blocks, id=id, citation=citation, sha256=sha256)


@cache
def _parser() -> MarkdownIt:
    """Give a parser of blocks alone: no inline rule runs, so none can be made to run for long."""
    parser = MarkdownIt("commonmark").enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    return parser


def _find_blocks(text: str) -> Iterator[Block]:
    """Find titles, headings, paragraphs, list items and table rows."""
    front = _FRONT_MATTER.match(text)
    begin = front.end() if front else 1 if text.startswith("\ufeff") else 0
    starts = [begin, *(begin + m.end() for m in _NEWLINE.finditer(text[begin:])), len(text)]
    tokens = _parser().parse(text[begin:])
    if any(token.level >= _parser().options.maxNesting - 1 for token in tokens):
        # The parser leaves out what stands deeper; no word may be lost.
        yield from find_blocks(text)
        return
    depth = 0
    untitled = True
    for index, token in enumerate(tokens):
        if token.type == "list_item_open":
            depth += 1
        elif token.type == "list_item_close":
            depth -= 1
        elif token.type == "tr_open":
            yield from _block(text, starts, token, Role.ROW)
        elif token.type in ("fence", "code_block", "html_block"):
            if not token.content.lstrip().startswith("<!--"):
                yield from _block(text, starts, token, Role.PARAGRAPH)
        elif token.type == "inline" and tokens[index - 1].type == "heading_open":
            level = int(tokens[index - 1].tag[1])
            for block in _block(text, starts, token, Role.HEADING, level):
                # The first heading of the top level names the text, unless it names a section.
                is_title = untitled and level == 1 and kind_of(block.span.cut(text)) is None
                yield Block(Role.TITLE, block.span) if is_title else block
                untitled = False
        elif token.type == "inline" and tokens[index - 1].type == "paragraph_open":
            yield from _block(text, starts, token, Role.ITEM if depth else Role.PARAGRAPH)


def _block(
    text: str, starts: list[int], token: Token, role: Role, level: int = 1
) -> Iterator[Block]:
    """Find the words of a token in its source lines, without the marks before them."""
    if token.map is None:
        return
    first, last = (min(n, len(starts) - 1) for n in token.map)
    start, end = starts[first], starts[last]
    if token.type in ("inline", "html_block"):
        content = token.content.strip()
        line = content.split("\n", 1)[0]
        found = text.find(line, start, end) if line else -1
        start = found if found >= 0 else start
        if role is Role.HEADING and found >= 0:
            end = start + len(line)
    else:
        prefix = _PREFIX.match(text, start, end)
        start = prefix.end() if prefix else start
    span = strip(text, start, end)
    if span is not None:
        yield Block(role, span, None, level)
