"""Decide what every name means: which things it stands for, in which order, how surely."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from claimgraph.lexicon.store import Posting
from claimgraph.model import Category, Concept
from scripts.lexicon.concepts import SOURCES, Thing, Things
from scripts.lexicon.names import is_symbol, spell, symbol_form
from scripts.lexicon.sources import Kind, Name, Term

Meanings = dict[str, list[Posting]]

_MOST_MEANINGS = 4
_CATEGORY_ORDER = list(Category)
_ACTIONS = ("add", "prefer", "drop", "ambiguous", "plain", "recast")
_CAUSED = re.compile(r" (?:induced|associated|related) ")


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
            if row["action"] not in _ACTIONS:
                raise ValueError(f"unknown action {row['action']!r} for {row['name']!r}")
            if not row["reason"]:
                raise ValueError(f"no reason for {row['name']!r}")
            found += [
                Override(row["action"], name, category, row["concept"], row["reason"])
                for name in row["name"].split(" | ")
            ]
    flags = ("ambiguous", "plain")  # last: they speak about what the other rows leave
    return sorted(found, key=lambda override: override.action in flags)


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
                    kept, spelt = uses[1], (symbol_form(name.text),)
                else:
                    several = thing.category is not Category.CONDITION or " " in name.text
                    kept, spelt = uses[0], spell(name.text, singular=several)
                for place, form in enumerate(spelt):
                    if kept is uses[0] and judge.is_noise(form, name, term):
                        continue
                    everyday = judge.is_everyday(form.lower(), name, term)
                    brand = name.kind is Kind.BRAND or term.source in ("UNII", "HGNC", "FamPlex")
                    kept.setdefault(form, []).append(
                        Use(number, term.source, name.kind, place, everyday, brand)
                    )
    names, symbols = ({f: _choose(us, things) for f, us in kept.items()} for kept in uses)
    compiled = (
        {f: _to_postings(f, us, things, symbol=False) for f, us in names.items()},
        {f: _to_postings(f, us, things, symbol=True) for f, us in symbols.items()},
    )
    _part_causes(compiled[0], things)
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


def _to_postings(
    form: str, uses: list[Use], things: Sequence[Thing], *, symbol: bool
) -> list[Posting]:
    """Give the postings of one name with their flags."""
    genes = ("HGNC", "FamPlex")
    others = sum(use.source not in genes for use in uses)
    postings = []
    for use in uses:
        gene = use.source in genes
        short = len(form) < (3 if symbol else 4) and use.source != "claimgraph"
        # Three letters stand for many things; a gene's symbol yields to everything else.
        rivals = others > 1 if not gene else others > 0 or len(uses) > 1
        condition = things[use.thing].category is Category.CONDITION
        rivals |= symbol and len(form) < 4 and (gene or condition or len(uses) > 1)
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
        if override.action == "recast":
            continue  # done when the terms were read
        symbol = is_symbol(override.name)
        kept = compiled[symbol]
        taking = override.action in ("drop", "ambiguous")
        forms = [symbol_form(override.name)] if symbol else [*spell(override.name, singular=taking)]
        if taking:
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
                kept[form] = list({p.concept: p for p in reversed(meant)}.values())[::-1]
            else:
                kept.pop(form, None)


def read_categories(overrides: Iterable[Override]) -> dict[str, Category]:
    """Give the terms whose category the hand-edited table corrects, by CURIE.

    Raises:
        ValueError: for a row without a category.
    """
    found = {}
    for override in overrides:
        if override.action == "recast":
            if override.category is None:
                raise ValueError(f"no category for {override.name!r}")
            found[override.concept] = override.category
    return found


def add_missing(things: Things, overrides: Iterable[Override]) -> None:
    """Make the things that the hand-edited table names and no source has."""
    for override in overrides:
        named = override.action in ("add", "prefer")
        if named and override.concept[:1] != "=" and things.get(override.concept) is None:
            if not override.concept.startswith("concept:") or override.category is None:
                raise ValueError(f"{override.name!r}: no concept {override.concept!r}")
            term = Term(
                override.concept, "claimgraph", override.category, [Name(override.name, Kind.LABEL)]
            )
            thing = things.new(term)
            name = override.concept.removeprefix("concept:")
            thing.curated = Concept(name, override.name, override.category)


def _part_causes(names: dict[str, list[Posting]], things: Sequence[Thing]) -> None:
    """Drop names such as "heparin-induced thrombocytopenia": a text says two things with them."""
    for form in list(names):
        parts = _CAUSED.split(form, maxsplit=1)
        cause = names.get(parts[0], ()) if len(parts) > 1 else ()
        if any(things[p.concept].category is Category.DRUG for p in cause):
            del names[form]


def _drop_regular_plurals(names: dict[str, list[Posting]]) -> None:
    """Drop the plurals that are recognised by their singular when a text is read."""
    for form in [f for f in names if len(f) > 5 and f[-1] == "s" and f[-2] not in "su"]:
        if [p.concept for p in names.get(form[:-1], ())] == [p.concept for p in names[form]]:
            del names[form]
