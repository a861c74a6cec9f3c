"""Cut a passage into sentences.

sentencex finds the boundaries. On drug texts it errs in a few ways that a rule can name, so each
boundary passes these rules, in this order:

1. after something that ends no sentence ("(n =", "regimens:") there is none;
2. after a lone number or a table's name ("2.", "Table 3.") there is none;
3. after an abbreviation ("approx. 5 mg", "Candida spp. and") there is none;
4. outside of brackets, a full stop between common words is an end, even if sentencex missed it;
5. a reference in brackets ("(5.1)", "[see Warnings (5.1)]") belongs to the sentence before it.
"""

from __future__ import annotations

import re

import sentencex

from claimgraph.model import Passage, Span

_ENDS = re.compile(r"[.!?…。！？][\"'”’»)\]*†‡]*\s*$")
_LABEL = re.compile(
    r"\s*(?:\(?(?:\d{1,2}|[A-Za-z]|[ivx]{1,4})[.)]|(?:table|figure|fig|section|box)\s+\w{1,3}\.)\s*",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(
    r"(?<![\w.])(?:approx|ca|cf|resp|incl|excl|esp|viz|max|min|avg|no|nos|figs?|tabs?|eqs?|refs?|vol|"
    r"spp?|subsp|ssp|var|wt|vs|i\.?[vmp]|s\.?c|p\.?o|e\.g|i\.e|[mkµμn]?(?:g|l|mol|eq)|mEq|hrs?|"
    r"wks?|mos?|yrs?)\.\s*$",
    re.IGNORECASE,
)
_MARK = re.compile(r"\s*(?:[(\[]?\s*\w{1,4}(?:\.\d{1,2})?\s*[.)\]]|[*•·–-])\s+(?=\S)")
_NEEDS_A_NUMBER = re.compile(
    r"(?<![\w.])(?:approx|ca|no|nos|figs?|tabs?|eqs?|refs?|vol|max|min|avg)\.\s*$", re.IGNORECASE
)
_GENUS = re.compile(r"(?:^|[\s(])[A-Z]\.\s*$")
_REFERENCE = re.compile(
    r"\s*(?:\(\s*\d{1,2}(?:\.\d{1,2})*(?:\s*,\s*\d{1,2}(?:\.\d{1,2})*)*\s*\)|"
    r"\[\s*see\b[^\[\]\n]{0,200}\]|\(\s*see\b[^()\n]{0,150}(?:\([^()\n]{0,40}\)[^()\n]{0,80})?\))"
    r"\s*\.?(?=\s|$)",
    re.IGNORECASE,
)
# sentencex takes "<5 % … >2 %" for a quotation and finds no end inside; one for one, so that
# places stay.
_DISARM = str.maketrans("<>`", "=='")
_SURE_END = re.compile(r"\.(?:(?<=[a-z]{4}\.)|(?<=[0-9%)\]]\.))\s+(?=[A-Z][a-z]+[ ,])")
_BRACKET = re.compile(r"[()\[\]]")
_STOP = re.compile(r"[.!?]\s+(?=[A-Z])")
_CHUNK = 10_000
"""How many characters sentencex is given at once: on some texts its time grows with the square."""
_BLANK = re.compile(r"[\s\ufeff]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?![a-z])")


def split_sentences(text: str, span: Span, language: str = "en") -> list[Passage]:
    """Cut the passage at `span` into sentences, without the white space around them.

    >>> text = "Dr. Lee gave 2.5 mg. It helped. (5.1)"
    >>> [p.text for p in split_sentences(text, Span(0, len(text)))]
    ['Dr. Lee gave 2.5 mg.', 'It helped. (5.1)']
    """
    passages = []
    start = span.start
    for end in [*_boundaries(text, span, language), span.end]:
        stripped = strip(text, start, end)
        if stripped is not None:
            passages.append(Passage(stripped, stripped.cut(text)))
            start = end
    return passages


def strip(text: str, start: int, end: int) -> Span | None:
    """Give ``[start, end)`` without white space at its ends; nothing if all is white space."""
    end = start + len(text[start:end].rstrip())
    lead = _BLANK.match(text, start, end)
    start = lead.end() if lead else start
    return Span(start, end) if start < end else None


def _boundaries(text: str, span: Span, language: str) -> list[int]:
    """Find where, inside the span, one sentence ends and the next begins."""
    found: list[int] = []
    tag = _LANGUAGE.match(language.lower())
    start = span.start
    while start < span.end:
        end = _chunk_end(text, start, span.end)
        found.extend(_boundaries_of_chunk(text[start:end], start, tag[0] if tag else "en"))
        if end < span.end:
            found.append(end)
        start = end
    return found


def _chunk_end(text: str, start: int, end: int) -> int:
    """Find where to stop reading at once: between sentences, or else between words."""
    if end - start <= _CHUNK:
        return end
    stop = start + _CHUNK
    sure = [found.end() for found in _STOP.finditer(text, start, stop)]
    if sure:
        return sure[-1]
    space = text.rfind(" ", start + 1, stop)
    return space + 1 if space > start else stop


def _boundaries_of_chunk(block: str, offset: int, language: str) -> list[int]:
    """Find the boundaries inside a block that stands at `offset`."""
    found: list[int] = []
    start = 0
    ends = _ends(block.translate(_DISARM), language)
    missed = {m.end() for m in _SURE_END.finditer(block)}.difference(ends)
    if missed:
        ends = sorted({*ends, *_outside_brackets(block, ends, missed)})
    for end in ends:
        if end <= start or not _holds(block, start, end):
            continue
        reference = _REFERENCE.match(block, end)
        # "(5.1)" alone would be a sentence about nothing; what follows it is a new one.
        start = end if reference is None else reference.end()
        found.append(offset + start)
    return found


def _ends(block: str, language: str, levels: int = 3) -> list[int]:
    """Find where sentencex sees ends inside a block.

    It takes "(1)" for the mark of a list and reads no ends behind it, so we ask again for the rest.
    """
    ends: list[int] = []
    start = 0
    for boundary in sentencex.get_sentence_boundaries(language, block):
        end: int = boundary["end_index"]
        mark = _MARK.match(block, start, end) if levels else None
        if mark is not None:
            rest = _ends(block[mark.end() : end], language, levels - 1)
            ends.extend(mark.end() + inner for inner in rest)
        ends.append(end)
        start = end
    return ends[:-1]


def _outside_brackets(block: str, ends: list[int], missed: set[int]) -> list[int]:
    """Give those of the ends that sentencex missed that stand outside of brackets.

    It sees no ends behind a bracket or a quotation mark without a partner.
    """
    outside = []
    start = 0
    for end in sorted({*ends, *missed}):
        # Brackets are counted from the last end on: one without a partner hides little.
        depth = 0
        for bracket in _BRACKET.finditer(block, start, end):
            depth = depth + 1 if bracket[0] in "([" else max(0, depth - 1)
        if end in missed and (depth or _ABBREVIATED.search(block, max(0, end - 20), end)):
            continue
        if end in missed:
            outside.append(end)
        start = end
    return outside


def _holds(block: str, start: int, end: int) -> bool:
    """Tell whether a sentence that begins at `start` may end at `end`."""
    # Only its last words decide; a long sentence is not searched again for each boundary.
    tail = block[max(start, end - 40) : end]
    if not _ENDS.search(tail):
        return False
    if end - start <= 40 and _LABEL.fullmatch(tail):
        return False
    following = block[end : end + 1]
    if following.islower() and _ABBREVIATED.search(tail):
        return False
    if following.isdigit() and _NEEDS_A_NUMBER.search(tail):
        return False
    return not (following.islower() and _GENUS.search(tail))
