"""Reduce a sentence to its frame: every list of mentions becomes one mark.

Rules about pairs of mentions need to see the words around the pair, not the names. A skeleton puts
one control character in the place of each mention, joins the members of a list ("A, B (C) and
D") into one group under one mark, and leaves out parentheses that hold no mention.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from claimgraph.extract.view import Found
from claimgraph.model import Category

DRUG = "\x01"
"""The mark of a drug, a chemical or a class of them."""

TARGET = "\x02"
"""The mark of a protein or a gene."""

_AHEAD = 20  # code points after a mention that may tell whether it belongs to a list
_MARKS = re.compile(f"[{DRUG}{TARGET}]")
# A remark without a mention: a dose, a p-value, a citation.
_REMARK = re.compile(rf" ?(?:\([^(){DRUG}{TARGET}]*\)|\[[^\[\]{DRUG}{TARGET}]*\])")


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions that share one place in the frame: one mention, or the members of a list."""

    place: int
    mark: str
    members: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The frame of a sentence: ``text[group.place] == group.mark``, groups sorted by place."""

    text: str
    groups: tuple[Group, ...]


def keep_outermost(mentions: Iterable[Found]) -> list[Found]:
    """Leave out mentions that begin inside an earlier one, such as a chemical in a receptor's name.

    Where two begin together the longer stays.
    """
    kept: list[Found] = []
    end = 0
    for found in sorted(mentions, key=lambda found: (found.span.start, -found.span.end)):
        if found.span.start >= end:
            kept.append(found)
            end = found.span.end
    return kept


def build_skeleton(
    text: str,
    mentions: Iterable[Found],
    marks: Mapping[Category, str],
    is_join: Callable[[str, str], bool],
) -> Skeleton:
    """Build the frame of a sentence.

    Args:
        text: the sentence.
        mentions: its mentions; those of a category without a mark are left as words.
        marks: the mark of each category that matters.
        is_join: tells whether words may stand between two neighbours of one list, from these words
            and a few that follow the second neighbour.
    """
    if DRUG in text or TARGET in text:  # no mark but ours
        text = _MARKS.sub(" ", text)
    pieces: list[str] = []
    lists: list[tuple[str, list[Found]]] = []
    at = 0
    pending = 0  # opening parentheses that a list swallowed and whose end is still to come
    for found in keep_outermost(one for one in mentions if one.concept.category in marks):
        mark = marks[found.concept.category]
        gap = text[at : found.span.start]
        at = found.span.end
        if lists and lists[-1][0] == mark and is_join(gap, text[at : at + _AHEAD]):
            lists[-1][1].append(found)
            pending += gap.count("(") + gap.count("[") - gap.count(")") - gap.count("]")
            continue
        pieces += [_close(gap, pending), mark]
        pending = 0
        lists.append((mark, [found]))
    pieces.append(_close(text[at:], pending))
    frame = "".join(pieces)
    if "(" in frame or "[" in frame:
        frame = _REMARK.sub("", frame)
    places = [match.start() for match in _MARKS.finditer(frame)]
    groups = (
        Group(place, mark, tuple(members))
        for place, (mark, members) in zip(places, lists, strict=True)
    )
    return Skeleton(frame, tuple(groups))


def _close(gap: str, pending: int) -> str:
    """Drop the closing parentheses whose opening a list swallowed."""
    for _ in range(pending):
        head = gap[:40]
        cut = min((head.find(sign) for sign in ")]" if sign in head), default=-1)
        if cut < 0:
            break
        gap = gap[:cut] + gap[cut + 1 :]
    return gap
