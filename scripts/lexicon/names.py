"""How one name of a source becomes the names that a text may write: spelling, order, number."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from claimgraph.lexicon import LONGEST
from claimgraph.lexicon.normal import normalise

_LONGEST_IN_WORDS = 9

_NO_BEGINNING = frozenset({
    "a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "no",
    "not", "of", "on", "or", "that", "the", "this", "to", "with",
})  # fmt: skip
"""Words that begin no name: such names are rare, and every sentence is full of these words."""

# Stems that are spelled differently: British, American. Either way makes the other spelling.
_BRITISH_TO_AMERICAN = [
    (re.compile(british), american)
    for british, american in (
        (r"haem", "hem"), (r"aemi", "emi"), (r"oedem", "edem"), (r"oesoph", "esoph"),
        (r"rrhoe", "rrhe"), (r"pnoe", "pne"), (r"tumour", "tumor"), (r"paed", "ped"),
        (r"gynaec", "gynec"), (r"\bfoet", "fet"), (r"caec", "cec"), (r"coeliac", "celiac"),
        (r"oestr", "estr"), (r"sulph", "sulf"), (r"fibre", "fiber"), (r"colour", "color"),
        (r"behaviour", "behavior"), (r"odour", "odor"), (r"labour", "labor"),
        (r"aetiolog", "etiolog"), (r"paraesthe", "paresthe"), (r"aesthe", "esthe"),
        (r"faec", "fec"), (r"isation", "ization"), (r"\bleuco", "leuko"),
        (r"aluminium", "aluminum"),        (r"caesium", "cesium"), (r"ageing", "aging"),
    )
]  # fmt: skip
_AMERICAN_TO_BRITISH = [
    (re.compile(american), british)
    for american, british in (
        (r"\bhem(?=orrh|o|at|ang|arth)", "haem"), (r"(?<=[b-z])emia\b", "aemia"),
        (r"(?<=isch)emi|(?<=an)emi(?=c)|(?<=glyc)emi(?=c)|(?<=leuk)emi(?=c)", "aemi"),
        (r"\b(?<!o)edem|(?<=[a-np-z])edem(?=a)", "oedem"), (r"(?<!o)esophag", "oesophag"),
        (r"rrhea", "rrhoea"), (r"(?<=[a-z])pnea", "pnoea"), (r"tumor(?!i)", "tumour"),
        (r"\bpediatr", "paediatr"), (r"gynec", "gynaec"), (r"\bfet(?=al|us)", "foet"),
        (r"\bceliac", "coeliac"), (r"\bestr(?=ogen|adiol|iol|one)", "oestr"), (r"sulf", "sulph"),
        (r"fiber", "fibre"), (r"\bcolor(?!e)", "colour"), (r"behavior", "behaviour"),
        (r"\blabor\b", "labour"), (r"paresthe", "paraesthe"), (r"(?<!a)esthesia\b", "aesthesia"),
        (r"\banesth", "anaesth"), (r"\bfecal", "faecal"), (r"ization", "isation"),
        (r"\baluminum", "aluminium"), (r"orthoped", "orthopaed"),
    )
]  # fmt: skip

_GREEK = r"(?:alpha|beta|gamma|delta|epsilon|kappa|omega)"
_APART = re.compile(rf"(?<=[a-z0-9]) (?={_GREEK}\b)")
_GLUED = re.compile(rf"(?<=[0-9])(?={_GREEK}\b)")
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}
_TYPE = re.compile(r"\b(type|stage|grade|phase) (i{1,3}|iv|[1-4])\b")
_KIND = re.compile(r" \((?:disease|disorder|finding|morphologic abnormality|obsolete)\)$")


def turn_round(name: str) -> str:
    """Turn an inverted heading into the order of a text.

    >>> turn_round("Leukemia, Myeloid, Acute")
    'Acute Myeloid Leukemia'
    >>> turn_round("2,4-Dinitrophenol")
    '2,4-Dinitrophenol'
    """
    return " ".join(reversed(name.split(", ")))


def is_symbol(name: str) -> bool:
    """Tell whether the case of a name matters: an acronym or a gene symbol.

    >>> [is_symbol(name) for name in ("NSAIDs", "COX-2", "Klonopin", "HIV infection")]
    [True, True, False, False]
    """
    if " " in name or len(name) > 9:
        return False
    return sum(c.isupper() for c in name) >= 2


def symbol_form(name: str) -> str:
    """Give the normal form of a symbol, in the singular.

    >>> symbol_form("NSAIDs")
    'NSAID'
    """
    form = normalise(name).cased.strip()
    return form[:-1] if form[-1:] == "s" and form[:-1].isupper() else form


@cache
def spell(name: str, *, singular: bool = True) -> tuple[str, ...]:
    """Give the normal forms that a text may write a name in; the name's own form comes first.

    Args:
        name: a name in the order of a text.
        singular: whether a name that looks like a plural also names one of the things.

    Returns:
        Nothing if the name is too long or has no letter. Regular plurals are left out: they are
        recognised when a text is read.

    >>> spell("Alzheimer's disease")
    ("alzheimer's disease", 'alzheimer disease')
    >>> spell("anaemias")
    ('anaemias', 'anemias', 'anaemia', 'anemia')
    >>> spell("TNF-alpha")
    ('tnf alpha', 'tnfalpha')
    """
    form = _KIND.sub("", normalise(name).folded).strip(" .,;:*")
    form = re.sub(r"^[^a-z0-9]+", "", form)
    if not re.search("[a-z]", form) or "\n" in form or form.count(" ") >= _LONGEST_IN_WORDS:
        return ()
    if form.split(" ", 1)[0] in _NO_BEGINNING:
        return ()
    forms = [form]
    _add(forms, lambda f: re.sub(r"(?<=[a-z])'s\b|(?<=s)'(?= )", "", f))
    _add(forms, lambda f: _APART.sub("", f))
    _add(forms, lambda f: _GLUED.sub(" ", f))
    _add(forms, lambda f: _TYPE.sub(_other_number, f))
    _add(forms, lambda f: _respell(f, _BRITISH_TO_AMERICAN))
    if singular:
        _add(forms, _singular)
    _add(forms, lambda f: _respell(f, _AMERICAN_TO_BRITISH))
    _add(forms, _irregular_plural)
    return tuple(f for f in forms if len(f) <= LONGEST)


def _add(forms: list[str], change: Callable[[str], str]) -> None:
    """Add what `change` makes of each form, where that is something new."""
    for form in tuple(forms):
        changed = change(form)
        if changed and changed not in forms:
            forms.append(changed)


def _respell(form: str, pairs: list[tuple[re.Pattern[str], str]]) -> str:
    """Give a form in the other spelling."""
    for pattern, other in pairs:
        form = pattern.sub(other, form)
    return form


def _other_number(match: re.Match[str]) -> str:
    """Write "type ii" as "type 2" and back."""
    word, number = match.groups()
    back = {arabic: roman for roman, arabic in _ROMAN.items()}
    return f"{word} {_ROMAN.get(number) or back[number]}"


def _singular(form: str) -> str:
    """Give the singular of a name that looks like a plural, else nothing."""
    word = form.rsplit(" ", 1)[-1]
    if len(word) < 5 or not word.endswith("s") or word.endswith(("ss", "us", "is")):
        return ""
    if word.endswith("ies"):
        return form[:-3] + "y"
    if word.endswith(("oses", "yses", "eses")):
        return form[:-2] + "is"
    if word.endswith(("sses", "shes", "ches", "xes", "uses")):
        return form[:-2]
    return form[:-1]


def _irregular_plural(form: str) -> str:
    """Give the plural where it is not made by adding letters, else nothing."""
    word = form.rsplit(" ", 1)[-1]
    if len(word) > 4 and word[-1] == "y" and word[-2] not in "aeiou":
        return form[:-1] + "ies"
    if len(word) > 5 and word.endswith(("osis", "ysis", "esis", "asis")):
        return form[:-2] + "es"
    return ""
