"""Tell from its heading, or from its code, what a section of a drug text is about."""

from __future__ import annotations

import re

from claimgraph.model import SectionKind

BOILERPLATE = re.compile(
    r"(?:related (?:posts?|articles?|reading|topics?)|you may also like|share this(?: post)?|"
    r"read more|see also|leave a (?:comment|reply)|(?:\d+ )?comments?|tags?|categories|"
    r"about the author|previous post|next post|advertisement|table of contents|"
    r"package label.*|principal display panel.*|references|bibliography|literature cited|"
    r"further reading|acknowledge?ments?|funding|(?:conflicts?|declarations?) of interests?|"
    r"(?:competing|declaration of competing) interests?|authors?['’]? contributions?|"
    r"supplementary (?:material|information|data)|data availability(?: statement)?|"
    r"abbreviations|recent major changes)\s*:?",
    re.IGNORECASE,
)
"""Headings, whole, of what is no part of the text proper."""

# The first that fits decides, so the narrow ones come before the wide ones.
_KINDS: tuple[tuple[re.Pattern[str], SectionKind], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), kind)
    for pattern, kind in (
        (r"\bbox(?:ed)? warning|^warning:", SectionKind.BOXED_WARNING),
        (r"\bcontra-?indication", SectionKind.CONTRAINDICATIONS),
        (r"\boverdos", SectionKind.OVERDOSAGE),
        (r"\bpharmacokinetic|^(?:absorption|distribution|metabolism|excretion|elimination)\b",
         SectionKind.PHARMACOKINETICS),
        (r"\bmechanisms?\b|\bpharmacodynamic|\bclinical pharmacology", SectionKind.MECHANISM),
        (r"\binteraction", SectionKind.INTERACTIONS),
        (r"\bindication|\bapproved uses?\b|^uses?$|^therapeutic uses?$", SectionKind.INDICATIONS),
        (r"\badverse|\bside[ -]effect|\bundesirable effect|\bpostmarketing|"
         r"^clinical (?:trials?|studies) experience",
         SectionKind.ADVERSE_REACTIONS),
        (r"\bspecific populations|\b(?:pa?ediatric|geriatric) use\b|\bpregnan|\blactation|"
         r"\bnursing mothers|\b(?:renal|hepatic) impairment", SectionKind.POPULATIONS),
        (r"\bwarning|^precautions?$|\band precautions?$|\bspecial precautions",
         SectionKind.WARNINGS),
        (r"\befficacy|\beffectiveness|^clinical (?:studies|trials)$", SectionKind.EFFICACY),
        (r"\bsafety|\btolerab|\bdrug abuse", SectionKind.SAFETY),
        (r"\bdosage forms|^(?:product )?description$|\bhow supplied", SectionKind.DESCRIPTION),
        (r"\bdosage|\bdosing|\bposology|\bhow (?:to|should i) take|^directions$",
         SectionKind.DOSAGE),
        (r"\bconsideration|\bprecaution|\bin practice|\bcounsel", SectionKind.CONSIDERATIONS),
        (r"\bfuture|\boutlook|\bperspective", SectionKind.OUTLOOK),
        (r"^abstract|^(?:plain.language )?summary$|^synopsis$", SectionKind.ABSTRACT),
        (r"\bmethod|\bstudy design|^design$|^setting$|^participants$|^patients$",
         SectionKind.METHODS),
        (r"^(?:main )?(?:results?|findings)\b|^results and discussion", SectionKind.RESULTS),
        (r"\bconclusion|\bconcluding|\bsummary|\binterpretation$|\bfinal thoughts|\btakeaway",
         SectionKind.CONCLUSION),
        (r"\bintroduction|\bbackground|\boverview|^(?:objectives?|aims?|purpose|context)$",
         SectionKind.INTRODUCTION),
    )
)  # fmt: skip

_TOPICS = re.compile(
    r"(?P<uses>\b(?:uses?|indications?|benefits)\b)|(?P<dose>\bdos(?:age|ing|es?)\b)|"
    r"(?P<harm>\bside[ -]effects?|\badverse)|"
    r"(?P<warnings>\b(?:warnings?|precautions?|risks|safety)\b)|"
    r"(?P<others>\binteractions?\b)|(?P<works>\b(?:mechanism|how it works)\b)|"
    r"(?P<never>\bcontra-?indications?\b)",
    re.IGNORECASE,
)
_SEVERAL = 3  # topics that a heading of one section does not name

LABEL_SECTIONS: dict[str, SectionKind | None] = {
    "34067-9": SectionKind.INDICATIONS,
    "34070-3": SectionKind.CONTRAINDICATIONS,
    "34066-1": SectionKind.BOXED_WARNING,
    "34071-1": SectionKind.WARNINGS,
    "43685-7": SectionKind.WARNINGS,  # warnings and precautions
    "42232-9": SectionKind.WARNINGS,  # precautions
    "34072-9": SectionKind.WARNINGS,  # general precautions
    "50570-1": SectionKind.WARNINGS,  # over the counter: do not use
    "50569-3": SectionKind.WARNINGS,  # over the counter: ask a doctor before use
    "50568-5": SectionKind.WARNINGS,  # over the counter: ask a doctor or pharmacist
    "50567-7": SectionKind.WARNINGS,  # over the counter: when using
    "50566-9": SectionKind.WARNINGS,  # over the counter: stop use
    "34084-4": SectionKind.ADVERSE_REACTIONS,
    "34073-7": SectionKind.INTERACTIONS,
    "34074-5": SectionKind.INTERACTIONS,  # with laboratory tests
    "34068-7": SectionKind.DOSAGE,
    "43678-2": SectionKind.DESCRIPTION,  # dosage forms and strengths
    "34089-3": SectionKind.DESCRIPTION,
    "34069-5": SectionKind.DESCRIPTION,  # how supplied
    "43682-4": SectionKind.PHARMACOKINETICS,
    "43679-0": SectionKind.MECHANISM,
    "43681-6": SectionKind.MECHANISM,  # pharmacodynamics
    # Holds the mechanism, the pharmacodynamics and the pharmacokinetics; its parts say which.
    "34090-1": SectionKind.MECHANISM,
    "43684-0": SectionKind.POPULATIONS,
    "42228-7": SectionKind.POPULATIONS,  # pregnancy
    "34080-2": SectionKind.POPULATIONS,  # nursing mothers
    "77290-5": SectionKind.POPULATIONS,  # lactation
    "34081-0": SectionKind.POPULATIONS,  # pediatric use
    "34082-8": SectionKind.POPULATIONS,  # geriatric use
    "34088-5": SectionKind.OVERDOSAGE,
    "34092-7": SectionKind.EFFICACY,  # clinical studies
    "42227-9": SectionKind.SAFETY,  # abuse and dependence
    "34076-0": SectionKind.CONSIDERATIONS,  # what to tell the patient
    "34093-5": SectionKind.BOILERPLATE,  # references
    "51945-4": SectionKind.BOILERPLATE,  # the picture of the package
    "48780-1": SectionKind.BOILERPLATE,  # the table of products
    "43683-2": SectionKind.BOILERPLATE,  # recent major changes
}
"""What the LOINC codes of US label sections mean; any other section goes by its heading."""

SPEAKING = frozenset(
    {
        SectionKind.INDICATIONS,
        SectionKind.CONTRAINDICATIONS,
        SectionKind.BOXED_WARNING,
        SectionKind.WARNINGS,
        SectionKind.ADVERSE_REACTIONS,
        SectionKind.INTERACTIONS,
    }
)
"""Sections whose inner headings say something of their own: "5.2 Hepatotoxicity" is a warning."""

NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=\S)")
"""The number before a heading."""

_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?[^\S\n]{1,4}([A-Z][^\n]{2,110})")
_ENDS_LIKE_PROSE = re.compile(r"[.!;,:][\"'”’)\]]*$")
_TABULAR = re.compile(r"\t|\S {3,}\S")
_SMALL_WORDS = re.compile(
    r"an?|and|as|at|by|for|from|in|into|is|its?|of|on|or|the|to|vs|with|without|your?"
)


def kind_of(heading: str) -> SectionKind | None:
    """Tell from its heading what a section is about; nothing if the heading does not say.

    >>> kind_of("5 WARNINGS AND PRECAUTIONS")
    <SectionKind.WARNINGS: 'warnings'>
    >>> kind_of("Storage") is None
    True
    >>> kind_of("Aspirin: uses, side effects and warnings") is None
    True
    """
    words = heading.strip().rstrip(":").rstrip()
    number = NUMBER.match(words)
    if number is not None:
        words = words[number.end() :]
    if BOILERPLATE.fullmatch(words):
        return SectionKind.BOILERPLATE
    if len({match.lastgroup for match in _TOPICS.finditer(words)}) >= _SEVERAL:
        return None  # "Zorvan: uses, side effects and warnings" is the title of all of it
    for pattern, kind in _KINDS:
        if pattern.search(words):
            return kind
    return None


def heading_level(line: str) -> int | None:
    """Tell how deep a line stands among headings, 1 being the top; nothing if it is no heading.

    A heading is a line of its own that is numbered ("5.1 Rash"), written in CAPITALS, a question
    ("How does it work?"), or known by its words and capitalised like a title ("Side Effects").

    >>> heading_level("5.1 Rash"), heading_level("WARNINGS"), heading_level("Take it at night.")
    (2, 1, None)
    """
    if not 2 <= len(line) <= 120 or _TABULAR.search(line):
        return None
    if line.isupper() and not line.endswith((".", ",", ";")) and len(line) >= 4:
        number = NUMBER.match(line)
        if number is not None:
            return number[1].count(".") + 1
        return 1 if line[0].isalpha() and kind_of(line) is not None else 2
    numbered = _NUMBERED.fullmatch(line)
    if numbered is not None:
        plain = not _ENDS_LIKE_PROSE.search(line) and len(line.split()) <= 14
        titled = "." in numbered[1] or kind_of(line) is not None or _is_titled(numbered[2])
        return numbered[1].count(".") + 1 if plain and titled else None
    if len(line) > 80 or _ENDS_LIKE_PROSE.search(line) or not line[0].isupper():
        return None
    if line.endswith("?"):
        return 4
    return 4 if _is_titled(line) and kind_of(line) is not None else None


def _is_titled(line: str) -> bool:
    """Tell whether a line is capitalised like a title, or is one word."""
    words = [w for w in re.findall(r"[^\W\d_][\w'’-]*", line) if not _SMALL_WORDS.fullmatch(w)]
    return 0 < len(words) <= 9 and all(w[0].isupper() for w in words)
