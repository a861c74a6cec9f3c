"""The lexicon's file: written once by a maintainer, memory-mapped wherever it is used.

Layout, all numbers little-endian: `MAGIC`; the length of the head (u32); the head, JSON; then the
sections that the head lists with offset and length.

- ``names``, ``symbols``: two marisa tries of names in normal form, folded and with their case kept.
- ``names.postings``, ``symbols.postings``: a u32 for each id of the trie. It packs what the name
  means (`Posting`); where it means several things, its top bit is set and the rest is the place of
  a run in ``…overflow``: their number, then the postings, the preferred one first.
- ``names.first``, ``symbols.first``: the first words of all names, one a line.
- ``concepts``, ``concepts.blocks``: the concepts' records in blocks of `BLOCK`, each compressed,
  and the u32 offsets of the blocks.
"""

from __future__ import annotations

import json
import mmap
import re
import sys
import zlib
from array import array
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import marisa_trie

from claimgraph.errors import InputFileError, Place
from claimgraph.model import Category, Concept

MAGIC = b"claimgraph lexicon 1\n"
BLOCK = 64
_ALIGN = 8
_SEVERAL = 1 << 31

WORD = re.compile(r"[^\W_]+")
"""A word of a text or name in normal form: what lies between two borders."""

CATEGORIES = tuple(Category)


class Posting(NamedTuple):
    """What a name means, in one source.

    Attributes:
        concept: number of the concept.
        source: number of the source that gives the concept this name.
        ambiguous: whether the name is also an everyday word, or too short to stand by itself.
        capital: whether it counts only with a capital letter: a brand that is also a word.
    """

    concept: int
    source: int
    ambiguous: bool = False
    capital: bool = False

    def pack(self) -> int:
        """Give the posting as a number below 2**31."""
        return self.concept << 6 | self.source << 2 | self.capital << 1 | self.ambiguous

    @classmethod
    def unpack(cls, packed: int) -> Posting:
        """Give the posting that `pack` packed."""
        return cls(packed >> 6, packed >> 2 & 15, bool(packed & 1), bool(packed & 2))


@dataclass(frozen=True, slots=True)
class Record:
    """A concept with its identifiers elsewhere, canonical one first."""

    concept: Concept
    identifiers: tuple[str, ...]

    def to_line(self) -> str:
        """Give the record as one line of tab-separated fields."""
        concept = self.concept
        number = CATEGORIES.index(concept.category)
        return f"{concept.id}\t{concept.label}\t{number}\t{' '.join(self.identifiers)}"

    @classmethod
    def from_line(cls, line: str) -> Record:
        """Give the record that `to_line` wrote."""
        name, label, number, identifiers = line.split("\t")
        concept = Concept(name, label, CATEGORIES[int(number)])
        return cls(concept, tuple(identifiers.split()))


def to_bytes(
    names: Mapping[str, Sequence[Posting]],
    symbols: Mapping[str, Sequence[Posting]],
    records: Sequence[Record],
    sources: Sequence[str],
) -> bytes:
    """Give the file that holds these names, concepts and sources: same input, same bytes.

    Args:
        names: what each name in folded normal form means, preferred meaning first.
        symbols: the same for names in normal form whose case matters.
        records: the concepts; postings refer to them by their place.
        sources: names of the sources, at most 16; postings refer to them by their place.
    """
    sections: dict[str, bytes] = {}
    for kind, entries in (("names", names), ("symbols", symbols)):
        keys = sorted(entries)
        trie = marisa_trie.Trie(keys)
        postings, overflow = array("I", bytes(4 * len(keys))), array("I")
        for key in keys:
            meant = [posting.pack() for posting in entries[key]]
            if len(meant) == 1:
                postings[trie[key]] = meant[0]
            else:
                postings[trie[key]] = _SEVERAL | len(overflow)
                overflow.extend([len(meant), *meant])
        sections[kind] = trie.tobytes()
        sections[f"{kind}.postings"] = _numbers_to_bytes(postings)
        sections[f"{kind}.overflow"] = _numbers_to_bytes(overflow)
        first = {match.group() for key in keys if (match := WORD.match(key))}
        sections[f"{kind}.first"] = "\n".join(sorted(first)).encode()
    blocks, offsets = bytearray(), array("I")
    for start in range(0, len(records), BLOCK):
        offsets.append(len(blocks))
        lines = "\n".join(record.to_line() for record in records[start : start + BLOCK])
        blocks += zlib.compress(lines.encode(), 9)
    offsets.append(len(blocks))
    sections["concepts"] = bytes(blocks)
    sections["concepts.blocks"] = _numbers_to_bytes(offsets)

    places, body = {}, bytearray()
    for name, data in sections.items():
        places[name] = (len(body), len(data))
        body += data + bytes(-len(data) % _ALIGN)
    counts = {"names": len(names), "symbols": len(symbols), "concepts": len(records)}
    head = json.dumps({"sources": list(sources), "counts": counts, "sections": places}).encode()
    head += b" " * (-(len(MAGIC) + 4 + len(head)) % _ALIGN)
    return MAGIC + len(head).to_bytes(4, "little") + head + bytes(body)


class Names:
    """One of the two tries with what its names mean."""

    def __init__(self, file: StoredLexicon, kind: str) -> None:
        self.trie = marisa_trie.Trie()
        self.trie.map(file.section(kind))
        self.first = frozenset(bytes(file.section(f"{kind}.first")).decode().split("\n"))
        self._postings = _numbers(file.section(f"{kind}.postings"))
        self._overflow = _numbers(file.section(f"{kind}.overflow"))

    def postings(self, number: int) -> list[Posting]:
        """Give what the name with that number in the trie means, preferred meaning first."""
        packed = self._postings[number]
        if not packed & _SEVERAL:
            return [Posting.unpack(packed)]
        place = packed ^ _SEVERAL
        count = self._overflow[place]
        return [Posting.unpack(p) for p in self._overflow[place + 1 : place + 1 + count]]

    def names_of(self, concepts: Container[int]) -> Iterator[tuple[int, str]]:
        """Give every name of some concepts, each with the number of its concept; one pass."""
        for number, packed in enumerate(list(self._postings)):
            if packed & _SEVERAL:
                meant = [posting.concept for posting in self.postings(number)]
            else:
                meant = [packed >> 6]
            for concept in meant:
                if concept in concepts:
                    yield concept, self.trie.restore_key(number)


class StoredLexicon:
    """An opened file. Nothing of it is read before it is asked for.

    Raises:
        InputFileError: if the file is missing, empty, or not one that `to_bytes` gave.
    """

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                view = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        except (OSError, ValueError):  # ValueError: an empty file cannot be mapped
            raise _broken(path, "cannot be opened") from None
        size = len(MAGIC) + 4
        if view[: len(MAGIC)] != MAGIC:
            raise _broken(path, "is no lexicon of this version")
        self._body = size + int.from_bytes(view[len(MAGIC) : size], "little")
        try:
            head = json.loads(bytes(view[size : self._body]))
            self.sources: tuple[str, ...] = tuple(head["sources"])
            self.counts: dict[str, int] = head["counts"]
            self._places: dict[str, tuple[int, int]] = head["sections"]
            end = max(offset + length for offset, length in self._places.values())
        except (ValueError, KeyError, TypeError):
            raise _broken(path, "has a broken head") from None
        if self._body + end > len(view):
            raise _broken(path, "is cut short")
        self._view = view
        self._blocks = _numbers(self.section("concepts.blocks"))
        self._lines: dict[int, list[str]] = {}

    def section(self, name: str) -> memoryview:
        """Give the bytes of one section."""
        offset, length = self._places[name]
        return self._view[self._body + offset : self._body + offset + length]

    def numbers(self, names: Collection[str]) -> dict[int, Record]:
        """Give the concepts of these ids, each by its number; one pass over the file."""
        found = {}
        for block in range(len(self._blocks) - 1):
            for place, line in enumerate(self._read_block(block)):
                if line.partition("\t")[0] in names:
                    found[block * BLOCK + place] = Record.from_line(line)
        return found

    def record(self, number: int) -> Record:
        """Give the concept of that number."""
        block, place = divmod(number, BLOCK)
        lines = self._lines.get(block)
        if lines is None:
            lines = self._lines[block] = self._read_block(block)
        return Record.from_line(lines[place])

    def _read_block(self, block: int) -> list[str]:
        """Unpack the lines of one block; a record is made of a line where one is asked for."""
        packed = self.section("concepts")[self._blocks[block] : self._blocks[block + 1]]
        return zlib.decompress(packed).decode().split("\n")


def _numbers_to_bytes(numbers: array[int]) -> bytes:
    """Give the numbers as little-endian u32."""
    if sys.byteorder == "big":
        numbers = numbers[:]
        numbers.byteswap()
    return numbers.tobytes()


def _numbers(data: memoryview) -> Sequence[int]:
    """Read little-endian u32 numbers, in place where the machine allows it."""
    if sys.byteorder == "little":
        return data.cast("I")
    numbers = array("I", bytes(data))
    numbers.byteswap()
    return numbers


def _broken(path: Path, what: str) -> InputFileError:
    """Give the error for a lexicon that cannot be used."""
    return InputFileError(what, where=Place(str(path)), repair="install claimgraph again")
