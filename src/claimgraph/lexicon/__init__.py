"""Names of drugs, conditions, targets and processes: find them in a text, look them up.

The names come compiled (`scripts/build_lexicon.py`) from public vocabularies; `NOTICE.md` beside
this file says which. They are found whatever their case, hyphens, quotes, accents, line breaks and
regular plural; acronyms and gene symbols only in the right case. Offsets are exact: a match points
at the words of the text as it came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claimgraph.lexicon.normal import normalise
from claimgraph.lexicon.store import WORD, Names, Posting, StoredLexicon
from claimgraph.model import Concept, Span

__all__ = ["LONGEST", "Entry", "Known", "Lexicon", "Match", "load_lexicon"]

LONGEST = 80
"""Longest name in the lexicon, in characters of its normal form."""

_SIBILANTS = ("s", "x", "z", "ch", "sh")
_MOST_KEPT = 100_000  # words and names that are kept at hand: memory stays flat
_NAME, _SYMBOL = 1, 2  # what a word can begin


@dataclass(frozen=True, slots=True)
class Entry:
    """One meaning of a name.

    Attributes:
        concept: what the name stands for.
        identifiers: CURIEs of the same thing elsewhere, the canonical one first.
        ambiguous: whether the name is also an everyday word or an abbreviation of other things, so
            that the context has to speak for this meaning.
        source: the vocabulary that gives the concept this name.
    """

    concept: Concept
    identifiers: tuple[str, ...]
    ambiguous: bool
    source: str


@dataclass(frozen=True, slots=True)
class Match:
    """A name in a text, with all it can mean; the preferred meaning first."""

    span: Span
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What the lexicon knows of a concept.

    Attributes:
        identifiers: its CURIEs elsewhere, the canonical one first, one for each vocabulary.
        names: its names in the form in which they are compared, sorted.
    """

    identifiers: tuple[str, ...]
    names: tuple[str, ...]


class Lexicon:
    """The names of one lexicon file. Use `load_lexicon` for the one that claimgraph carries.

    Args:
        path: the file.

    Raises:
        InputFileError: if there is no lexicon in it.
    """

    def __init__(self, path: Path) -> None:
        self._file = StoredLexicon(path)
        self._names = Names(self._file, "names")
        self._symbols = Names(self._file, "symbols")
        self._entries: dict[Posting, Entry] = {}
        self._known: dict[str, tuple[Entry, ...]] = {}
        self._begins: dict[str, int] = {}

    @property
    def sources(self) -> tuple[str, ...]:
        """The vocabularies the names come from."""
        return self._file.sources

    @property
    def counts(self) -> dict[str, int]:
        """How many names, symbols (names whose case matters) and concepts there are."""
        return dict(self._file.counts)

    def find(self, text: str) -> Iterator[Match]:
        """Find the names in a text, from left to right: the longest at each place, none inside it.

        Yields:
            Matches that begin and end at borders of words and do not overlap. Their spans count
            code points of `text`.
        """
        normal = normalise(text)
        folded, cased = normal.folded, normal.cased
        begins = self._begins
        begin_names, begin_symbols = self._names.trie.prefixes, self._symbols.trie.prefixes
        done = 0
        for token in WORD.finditer(cased):
            word = token[0]
            kind = begins.get(word)
            if kind is None:
                kind = self._learn(word)
            start = token.start()
            if not kind or start < done:
                continue
            end = start
            # Most words that could begin a name begin none here: that is told first.
            if kind & _NAME and (names := begin_names(folded[start : start + LONGEST])):
                end = self._reach(names, folded, cased, start)
            if kind & _SYMBOL and (names := begin_symbols(cased[start : start + LONGEST])):
                end = max(end, self._reach(names, cased, cased, start))
            offsets = normal.offsets
            if offsets is not None and end < len(offsets) and offsets[end - 1] == offsets[end]:
                continue  # "C¼" reads as C1⁄4: no name ends inside one character
            if end > start:
                done = end
                yield Match(Span(*normal.original(start, end)), self._meanings(cased[start:end]))

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """Give all meanings of a name as a text could write it; the preferred one first.

        >>> [entry.concept.label for entry in load_lexicon().lookup("Klonopin")]
        ['clonazepam']
        """
        cased = normalise(name.strip()).cased
        return self._meanings(cased) if cased else ()

    def describe(self, concepts: Iterable[Concept]) -> dict[Concept, Known]:
        """Tell identifiers and names of those of some concepts that the lexicon holds.

        One pass over the file, so ask for all concepts of a text at once.
        """
        wanted = {concept.id: concept for concept in concepts}
        if not wanted:
            return {}
        records = self._file.numbers(wanted.keys())
        names: dict[int, set[str]] = {number: set() for number in records}
        for trie in (self._names, self._symbols):
            for number, name in trie.names_of(records):
                names[number].add(name)
        return {
            wanted[record.concept.id]: Known(record.identifiers, tuple(sorted(names[number])))
            for number, record in sorted(records.items())
        }

    def _learn(self, word: str) -> int:
        """Find out what a word can begin: `_NAME`, `_SYMBOL`, both or 0; and keep it at hand."""
        folded = word.lower()
        name = not self._names.first.isdisjoint((folded, *_singulars(folded)))
        symbol = not self._symbols.first.isdisjoint((word, word.removesuffix("s")))
        if len(self._begins) >= _MOST_KEPT:
            self._begins.clear()
        kind = self._begins[word] = name * _NAME | symbol * _SYMBOL
        return kind

    def _reach(self, names: Sequence[str], text: str, cased: str, start: int) -> int:
        """Give the end of the longest name that begins at `start`, or `start` if there is none.

        Args:
            names: the names whose letters stand there, the shortest first.
            text: the text in the normal form of these names.
            cased: the text in normal form, with its case.
            start: the border where the name begins.
        """
        for name in reversed(names):
            end = start + len(name)
            after = text[end : end + 1]
            if after.isalnum():  # inside a word, unless it ends in the letters of a plural
                end += 2 if text.startswith("es", end) else 1
                if after not in "es" or text[end - 1] != "s" or text[end : end + 1].isalnum():
                    continue
            if self._meanings(cased[start:end]):
                return end
        return start

    def _meanings(self, cased: str) -> tuple[Entry, ...]:
        """Give the meanings of a name in normal form, as a symbol before as another name."""
        known = self._known.get(cased)
        if known is not None:
            return known
        folded = cased.lower()
        postings = _postings(self._symbols, cased, [cased[:-1]] if cased[-1] == "s" else [])
        postings += _postings(self._names, folded, _singulars(folded))
        capital = cased[0] != folded[0]
        entries: dict[Concept, Entry] = {}
        for posting in postings:
            if capital or not posting.capital:
                entry = self._entry(posting)
                entries.setdefault(entry.concept, entry)
        if len(self._known) >= _MOST_KEPT:
            self._known.clear()
        found = self._known[cased] = tuple(entries.values())
        return found

    def _entry(self, posting: Posting) -> Entry:
        """Give the entry of a posting; the same posting gives the same object."""
        entry = self._entries.get(posting)
        if entry is None:
            record = self._file.record(posting.concept)
            entry = self._entries[posting] = Entry(
                record.concept,
                record.identifiers,
                posting.ambiguous,
                self._file.sources[posting.source],
            )
        return entry


def _singulars(word: str) -> tuple[str, ...]:
    """Give what a word or name may be the regular plural of.

    >>> _singulars("rashes"), _singulars("nausea")
    (('rashe', 'rash'), ())
    """
    if len(word) < 5 or word[-1] != "s" or word[-2] in "su":
        return ()
    if word[-2] == "e" and word[:-2].endswith(_SIBILANTS):
        return word[:-1], word[:-2]
    return (word[:-1],)


def _postings(names: Names, key: str, singulars: Sequence[str]) -> list[Posting]:
    """Give what a name means: as it is or, where that is no name, as a plural."""
    for form in (key, *singulars):
        number = names.trie.get(form)
        if number is not None:
            return names.postings(number)
    return []


@cache
def load_lexicon() -> Lexicon:
    """Open the lexicon that claimgraph carries; once, however often it is asked for."""
    return Lexicon(Path(__file__).with_name("lexicon.bin"))
