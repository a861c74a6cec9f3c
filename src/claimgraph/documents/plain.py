"""Cut plain text into sections and sentences.

Blocks are separated by blank lines. A block of one short line that ends with a colon is a heading;
a first block of one line without a full stop is the title; a lone "Related Posts" and the like is
boilerplate. Text before the first heading is the introduction. Where every headed section has one
paragraph and only the last has more, what follows its first paragraph is the conclusion: writers
of short articles close without a heading.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

import sentencex

from claimgraph.model import Citation, Document, Passage, Section, SectionKind, Sentence, Span

_BLANK_LINES = re.compile(r"\r?\n(?:[^\S\n]*\r?\n)+")
_HEADING = re.compile(r"[^.!?:\n]{2,80}:")
_ENDS_LIKE_A_SENTENCE = re.compile(r"[.!?…][\"'”’)\]]*$")
_BOILERPLATE = re.compile(
    r"(?:related (?:posts?|articles?)|share this|read more|leave a (?:comment|reply)|tags?|"
    r"categories|about the author|previous post|next post|advertisement)\s*:?",
    re.IGNORECASE,
)
# What follows these in a page is no longer the text; what follows the others goes on with it.
_CLOSING = re.compile(r"related|leave a|about the author|previous|next", re.IGNORECASE)
_KINDS: tuple[tuple[re.Pattern[str], SectionKind], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"\bmechanism|\bpharmacodynamic", SectionKind.MECHANISM),
        (r"\befficacy|\beffectiveness|\bindication", SectionKind.EFFICACY),
        (r"\bsafety|\badverse|\bside effect|\btolerab|\bwarning", SectionKind.SAFETY),
        (r"\bconsideration|\bprecaution|\bdosage|\bin practice", SectionKind.CONSIDERATIONS),
        (r"\bfuture|\boutlook|\bperspective", SectionKind.OUTLOOK),
        (r"\bintroduction|\bbackground|\boverview", SectionKind.INTRODUCTION),
        (r"\bconclusion|\bsummary", SectionKind.CONCLUSION),
    )
)


@dataclass(slots=True)
class _Draft:
    """A section while its blocks are being gathered."""

    kind: SectionKind
    heading: str | None
    start: int
    paragraphs: list[Span]
    heading_end: int = 0

    @property
    def end(self) -> int:
        return self.paragraphs[-1].end if self.paragraphs else self.heading_end


def cut_text(text: str, *, id: str, citation: Citation, sha256: str | None = None) -> Document:
    """Cut a text into sections and sentences.

    Args:
        text: the text as published; nothing in it is changed.
        id: name of the text in kebab-case, part of all its IRIs.
        citation: what is known of its origin.
        sha256: hash of the file's bytes; computed from the text as UTF-8 if not given.
    """
    drafts = _name_conclusion(_gather(text))
    sections = tuple(
        Section(number, draft.kind, draft.heading, Span(draft.start, draft.end))
        for number, draft in enumerate(drafts, start=1)
    )
    sentences: list[Sentence] = []
    for section, draft in zip(sections, drafts, strict=True):
        if section.is_content:
            for paragraph in draft.paragraphs:
                for passage in split_sentences(text, paragraph, citation.language):
                    sentences.append(Sentence(len(sentences) + 1, section.number, passage))
    return Document(
        id=id,
        text=text,
        sha256=sha256 or hashlib.sha256(text.encode("utf-8")).hexdigest(),
        citation=citation,
        sections=sections,
        sentences=tuple(sentences),
    )


def split_sentences(text: str, span: Span, language: str = "en") -> list[Passage]:
    """Cut the passage at `span` into sentences, without the white space around them.

    >>> text = "Dr. Lee gave 2.5 mg. It helped."
    >>> [p.text for p in split_sentences(text, Span(0, len(text)))]
    ['Dr. Lee gave 2.5 mg.', 'It helped.']
    """
    block = span.cut(text)
    passages = []
    for boundary in sentencex.get_sentence_boundaries(language, block):
        stripped = _strip(
            text, span.start + boundary["start_index"], span.start + boundary["end_index"]
        )
        if stripped is not None:
            passages.append(Passage(stripped, stripped.cut(text)))
    return passages


def _gather(text: str) -> list[_Draft]:
    """Sort the text's blocks into sections."""
    drafts: list[_Draft] = []
    blocks = _blocks(text)
    pending: tuple[str, Span] | None = None
    for index, block in enumerate(blocks):
        words = block.cut(text)
        if _BOILERPLATE.fullmatch(words):
            if pending is not None:  # a heading with nothing under it yet
                heading, span = pending
                drafts.append(_Draft(_kind_of(heading), heading, span.start, [], span.end))
                pending = None
            drafts.append(_Draft(SectionKind.BOILERPLATE, None, block.start, [block]))
        elif _HEADING.fullmatch(words) and index + 1 < len(blocks):
            # A heading right under a heading: the lower one names the section, both belong to it.
            start = block.start if pending is None else pending[1].start
            pending = (words.rstrip(":").strip(), Span(start, block.end))
        elif pending is not None:
            heading, span = pending
            drafts.append(_Draft(_kind_of(heading), heading, span.start, [block]))
            pending = None
        elif (
            index == 0
            and "\n" not in words
            and not _ENDS_LIKE_A_SENTENCE.search(words)
            and len(blocks) > 1
        ):
            drafts.append(_Draft(SectionKind.TITLE, None, block.start, [block]))
        elif drafts and _interrupts(drafts[-1], text):
            kinds = [d.kind for d in drafts if d.kind is not SectionKind.BOILERPLATE]
            before = kinds[-1] if kinds else SectionKind.TITLE
            kind = SectionKind.INTRODUCTION if before is SectionKind.TITLE else before
            drafts.append(_Draft(kind, None, block.start, [block]))
        elif drafts and drafts[-1].kind is not SectionKind.TITLE:
            drafts[-1].paragraphs.append(block)
        else:
            drafts.append(_Draft(SectionKind.INTRODUCTION, None, block.start, [block]))
    return drafts


def _interrupts(draft: _Draft, text: str) -> bool:
    """Tell whether a section is boilerplate in the middle of a text, such as an advertisement."""
    return draft.kind is SectionKind.BOILERPLATE and not _CLOSING.match(
        draft.paragraphs[0].cut(text)
    )


def _name_conclusion(drafts: list[_Draft]) -> list[_Draft]:
    """Set apart the closing paragraphs that stand under the last heading by accident."""
    headed = [d for d in drafts if d.heading is not None]
    # Headed sections that go on after an advertisement have more than one paragraph.
    kinds = (SectionKind.TITLE, SectionKind.INTRODUCTION, SectionKind.BOILERPLATE)
    continued = any(d.heading is None and d.kind not in kinds for d in drafts)
    if len(headed) < 2 or continued or any(len(d.paragraphs) != 1 for d in headed[:-1]):
        return drafts
    last = headed[-1]
    if len(last.paragraphs) < 2 or last.kind is SectionKind.CONCLUSION:
        return drafts
    closing = last.paragraphs[1:]
    del last.paragraphs[1:]
    conclusion = _Draft(SectionKind.CONCLUSION, None, closing[0].start, closing)
    position = drafts.index(last) + 1
    return [*drafts[:position], conclusion, *drafts[position:]]


def _blocks(text: str) -> list[Span]:
    """Find the blocks between blank lines."""
    spans = []
    start = 0
    for gap in [*_BLANK_LINES.finditer(text), None]:
        stripped = _strip(text, start, len(text) if gap is None else gap.start())
        if stripped is not None:
            spans.append(stripped)
        if gap is not None:
            start = gap.end()
    return spans


def _strip(text: str, start: int, end: int) -> Span | None:
    """Give ``[start, end)`` without white space at its ends; nothing if all is white space."""
    while start < end and (text[start].isspace() or text[start] == "\ufeff"):
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _kind_of(heading: str) -> SectionKind:
    """Tell from its heading what a section is about."""
    for pattern, kind in _KINDS:
        if pattern.search(heading):
            return kind
    return SectionKind.OTHER
