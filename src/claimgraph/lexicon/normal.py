"""The form in which names and texts are compared, with the way back to the original offsets.

Two spellings that mean the same name have one normal form: case, hyphens, typographic quotes,
accents, Greek letters, ligatures, line breaks and runs of spaces do not matter. What needs a
dictionary (plurals, American and British spelling) is not decided here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

GREEK = {
    **dict(zip("αβγδεζηθικλμνξοπρστυφχψω", (
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
        "lambda", "mu", "nu", "xi", "omicron", "pi", "rho", "sigma", "tau", "upsilon", "phi",
        "chi", "psi", "omega",
    ), strict=True)),
    "ς": "sigma",
    "ß": "beta",  # how scanned and retyped texts write it
}  # fmt: skip
"""Greek letters (and what stands for one) by the name that sources spell out."""

_HYPHENS = "\u2010\u2011\u2012\u2013\u2212"  # no em dash: it parts clauses, never names
_QUOTES = "\u2018\u2019\u02bc\u2032\u00b4"
_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_DROPPED = ("Mn", "Me", "Cf")  # combining marks, soft hyphens, zero-width characters

# A character that needs more than lower case and hyphen → space, or a run of white space.
_IRREGULAR = re.compile(r"\s\s+|[^\S ]|[^\x00-\x7f]")
_FOLD_HYPHEN = str.maketrans({"-": " "})


@dataclass(frozen=True, slots=True)
class Normal:
    """A text in normal form.

    Attributes:
        folded: the normal form, in lower case.
        cased: the same with its case kept; equally long.
        offsets: for each character the offset in the original it comes from; ``None`` where they
            are the same. One original character may have become several or none.
    """

    folded: str
    cased: str
    offsets: Sequence[int] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Give the original offsets of the non-empty stretch ``[start, end)``."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + 1


def normalise(text: str) -> Normal:
    """Bring a text into normal form.

    A hyphen becomes a space, one for one, so that "GABA-A" and "GABA A" are equal while "pain - "
    is not "pain "; a run of white space becomes one space, or one line feed where it holds a blank
    line, which no name contains.

    >>> normalise("Sjögren\u2019s\u00a0 syndrome").folded
    "sjogren's syndrome"
    >>> normalise("TNF-α").folded
    'tnf alpha'
    """
    # Most sentences are plain; to see that this way is ten times as fast as by the pattern.
    is_plain = text.isascii() and text.isprintable() and "  " not in text
    if is_plain or _IRREGULAR.search(text) is None:
        cased = text.replace("-", " ")
        return Normal(cased.lower(), cased, None)
    pieces: list[str] = []
    offsets: list[int] = []
    done = 0
    for match in _IRREGULAR.finditer(text):
        start, end = match.span()
        pieces.append(text[done:start])
        offsets.extend(range(done, start))
        new = _replace(match.group())
        pieces.append(new)
        offsets.extend([start] * len(new))
        done = end
    pieces.append(text[done:])
    offsets.extend(range(done, len(text)))
    cased = "".join(pieces).translate(_FOLD_HYPHEN)
    return Normal(cased.lower(), cased, offsets)


def _replace(irregular: str) -> str:
    """Give the normal form of one irregular character or one run of white space."""
    if irregular.isspace():
        breaks = sum(irregular.count(c) for c in _BREAKS) - irregular.count("\r\n")
        return " " if breaks < 2 else "\n"
    known = _replaced.get(irregular)
    if known is None:
        known = _replaced[irregular] = _replace_character(irregular)
    return known


_replaced: dict[str, str] = {}
"""What `_replace_character` gave, by character: at most as many as Unicode has."""


def _replace_character(character: str) -> str:
    """Give the normal form of one character outside ASCII; case is kept where it can be."""
    if unicodedata.category(character) in _DROPPED:
        return ""
    if character in _HYPHENS:
        return "-"
    if character in _QUOTES:
        return "'"
    parts: list[str] = []
    for part in unicodedata.normalize("NFKD", character):
        if unicodedata.category(part) in _DROPPED:
            continue
        greek = GREEK.get(part.lower())
        if greek is not None:
            parts.append(greek)
        elif len(part.lower()) == 1:
            parts.append(part)
        else:  # a capital whose small form is longer; no offset may shift when it is folded
            parts.append("".join(p for p in part.lower() if p.isalnum()))
    return "".join(parts).translate(_FOLD_HYPHEN)
