"""What is a kind of what: a drug of its class, a disease of a wider one.

"Phenytoin is a hydantoin", "benzodiazepines such as diazepam", "panic disorder is an anxiety
disorder". The wider name has to be the head of its phrase: flumazenil, "a benzodiazepine
antagonist", is no benzodiazepine.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from claimgraph.extract.letters import AnyCase
from claimgraph.extract.subjects import PRONOUN
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import Category, Certainty, ClaimType, Polarity, Relation, Span

_DRUGS = (Category.DRUG, Category.DRUG_CLASS)
_MOST_NAMES = 10_000  # names of which it is kept what they can be
_MOST_NEAR = 50  # names before one that it may be said of; no phrase between holds more
_MOST = 12  # members of one list
_HINTS = (" is a", " are ", ", a", " such as", "including", "like", "other", "remains", "e.g.",
          " not a", "lass of", "his ", "type of", "form of", " be a", "known as")  # fmt: skip
_ADJECTIVES = r"(?:(?!(?:of|in|on|to|for|by|with|from|and|or|that|which|used)\b)[\w-]+,?\s+){0,5}"
# From the narrower to the wider name.
_IS_A = AnyCase(
    r"(?:\s+\([^()]{1,60}\))?\s+(?:(?P<be>is|are|remains?)|(?P<hedge>may|might|could)\s+be)"
    r"(?P<not>\s+not)?(?:\s+(?:also|both|all|classed as|classified as|considered|still))?\s+"
    r"(?:an?\s+|the\s+)?(?P<type>(?:class|group|member|type|form|kind|subtype|variant|example)(?:es|s)?\s+of\s+"
    rf"(?:the\s+)?(?:class of\s+)?)?{_ADJECTIVES}",
)
# "Theophylline, a diuretic, insulin": three things of one list.
_LIST_GOES_ON = AnyCase(r",\s+")
_APPOSITION = AnyCase(rf"(?:\s+\([^()]{{1,60}}\))?,\s+an?\s+{_ADJECTIVES}")
_AND_OTHER = AnyCase(r",?\s+(?:and|or)\s+(?:all\s+)?other\s+")
_LIKE_OTHER = AnyCase(r",?\s+(?:like|as with|as do)\s+(?:all\s+)?other\s+")
# From the wider to the narrower name.
_SUCH_AS = AnyCase(
    r"(?:\s+(?:drugs?|agents?|medications?|medicines))?(?:\s+\([^()]{1,40}\))?,?\s+"
    r"(?:such as|including|like|e\.g\.,?|namely)\s+(?:the\s+)?",
)
_JOINS = AnyCase(r"\s*(?:,\s*(?:and\s+|or\s+)?|\s+(?:and|or)\s+)(?:the\s+)?")
# What may follow a name that is the head of its phrase.
_IS_HEAD = AnyCase(
    r"(?:\s+(?:derivatives?|drugs?|agents?|medications?|medicines?|antibiotics?|analogues?|class))?"
    r"(?:\s+\([^()]{1,60}\))?"
    r"(?:\s*$|\s*[.,;:)]|\s+(?:that|which|with|used|and|for|in|by|whose|of the|approved|indicated|"
    r"acting|but|to|such as|including|like|who|where|from|characteri[sz]ed|known|is|are|may|can|"
    r"should|requires?|has|have|was|were|will|could|might|must|does|do|did|acts?|works?|exerts?|"
    r"binds?|inhibits?|blocks?|reduces?|increases?|causes?|produces?|shows?|demonstrated|remains?|"
    r"belongs?)\b)",
)
_SHAPE_OF_CLASS = AnyCase(
    r"(?:disorders?|seizures?|epileps(?:y|ies)|cancers?|syndromes?|arrhythmias?|infections?|"
    r"neuropath(?:y|ies)|diseases?|encephalopath(?:y|ies)|anaemias?|anemias?|leuk\w*emias?|"
    r"lymphomas?|tumou?rs?|vasculitis|rash(?:es)?|headaches?|dystonias?)$",
)
# "Pilocarpine ophthalmic solution is a muscarinic agonist" is said of pilocarpine.
_FORM = AnyCase(r"\b(?:solutions?|tablets?|capsules?|injections?|creams?|suspensions?)$")
_TOO_WIDE = AnyCase(r"(?:the )?(?:diseases?|disorders?|syndromes?|infections?|tumou?rs?)")


def find_kinds(view: SentenceView) -> Iterator[Proposal]:
    """Propose `isKindOf` claims."""
    if len(view.mentions) < 2 or not any(map(view.text.__contains__, _HINTS)):
        return
    names = [m for m in view.mentions if m.concept.category in (*_DRUGS, Category.CONDITION)]
    for number, wide in enumerate(names):
        if _may_be_wide(wide) and (_IS_HEAD.match(view.text, wide.span.end) or _is_plural(wide)):
            yield from _narrower(view, names, number)


def _may_be_wide(found: Found) -> bool:
    """Tell whether a mention can name a class: of drugs, or of conditions that are alike."""
    if found.concept.category is Category.DRUG_CLASS:
        return found.detail != PRONOUN
    if found.concept.category is not Category.CONDITION:
        return False
    return _names_class(found.text)


@lru_cache(maxsize=_MOST_NAMES)
def _names_class(words: str) -> bool:
    """Tell whether the name of a condition can name a class of conditions."""
    return bool(_SHAPE_OF_CLASS.search(words)) and not _TOO_WIDE.fullmatch(words)


def _narrower(view: SentenceView, names: Sequence[Found], number: int) -> Iterator[Proposal]:
    """Propose what the sentence says is a kind of the name of that number."""
    text, wide = view.text, names[number]
    near = names[max(0, number - _MOST_NEAR) : number]
    before = [m for m in near if m.span.end <= wide.span.start and _fits(m, wide)]
    holder = [m for m in names[max(0, number - _MOST_NEAR) : number + _MOST_NEAR] if
              m.detail == PRONOUN and m.span != wide.span and m.span.covers(wide.span)]  # fmt: skip
    if holder:
        yield _propose(holder[0], wide, "kinds:this")
    elif before:
        last = before[-1]
        group = _list_ending(text, before)
        if (match := _IS_A.fullmatch(text, last.span.end, wide.span.start)) is not None:
            plain_condition = wide.concept.category is Category.CONDITION and match["type"] is None
            if plain_condition and match["be"] is None:
                return
            for one in group:
                yield _propose(one, wide, "kinds:is-a", match)
        elif _APPOSITION.fullmatch(text, last.span.end, wide.span.start):
            listed = _goes_on(text, names[number : number + 3])
            if wide.concept.category is Category.DRUG_CLASS and not listed:
                yield _propose(last, wide, "kinds:apposition")
        elif _AND_OTHER.fullmatch(text, last.span.end, wide.span.start) or _LIKE_OTHER.fullmatch(
            text, last.span.end, wide.span.start
        ):
            for one in group:
                yield _propose(one, wide, "kinds:and-other")
    if _is_plural(wide):
        for one in _list_beginning(text, names[number + 1 : number + 1 + _MOST], wide):
            yield _propose(one, wide, "kinds:such-as")


def _goes_on(text: str, names: Sequence[Found]) -> bool:
    """Tell whether the first name is a member of a list that goes on; the next explains nothing."""
    if len(names) < 2 or not _LIST_GOES_ON.fullmatch(text, names[0].span.end, names[1].span.start):
        return False
    return len(names) < 3 or not _APPOSITION.fullmatch(text, names[1].span.end, names[2].span.start)


def _fits(narrow: Found, wide: Found) -> bool:
    """Tell whether one can be a kind of the other at all."""
    if narrow.concept == wide.concept or _names_form(narrow.text):
        return False
    if wide.concept.category is Category.CONDITION:
        return narrow.concept.category is Category.CONDITION
    return narrow.concept.category in _DRUGS


@lru_cache(maxsize=_MOST_NAMES)
def _names_form(words: str) -> bool:
    """Tell whether a name is that of a form in which a drug is given."""
    return _FORM.search(words) is not None


def _is_plural(found: Found) -> bool:
    return found.text.endswith("s") and not found.text.endswith(("ss", "is", "us"))


def _list_ending(text: str, before: Sequence[Found]) -> list[Found]:
    """Give the names of the list that ends with the last of them."""
    group = [before[-1]]
    for one in reversed(before[:-1]):
        if len(group) == _MOST or not _JOINS.fullmatch(text, one.span.end, group[0].span.start):
            break
        group.insert(0, one)
    return group


def _list_beginning(text: str, after: Sequence[Found], wide: Found) -> Iterator[Found]:
    """Give the names that follow a class behind "such as"."""
    end, joins = wide.span.end, _SUCH_AS
    for one in after[:_MOST]:
        if one.span.start < end:
            continue
        if not joins.fullmatch(text, end, one.span.start) or not _fits(one, wide):
            return
        yield one
        end, joins = one.span.end, _JOINS


def _propose(narrow: Found, wide: Found, rule: str, match: re.Match[str] | None = None) -> Proposal:
    """Propose that one is a kind of the other."""
    denial = hedge = None
    if match is not None and match["not"]:
        denial = Span(match.end("not") - len("not"), match.end("not"))
    if match is not None and match["hedge"]:
        hedge = Span(*match.span("hedge"))
    return Proposal(
        narrow,
        Relation.IS_KIND_OF,
        wide,
        ClaimType.CLASSIFICATION,
        rule,
        polarity=Polarity.AFFIRMED if denial is None else Polarity.NEGATED,
        certainty=Certainty.ASSERTED if hedge is None else Certainty.POSSIBLE,
        cue=hedge,
        negation=denial,
    )
