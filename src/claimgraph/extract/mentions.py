"""Find what a sentence speaks of: names of the lexicon, and conditions by the shape of their words.

Conditions that no list holds are found by their heads ("skin eruption", "adrenal suppression"),
their endings ("dacryolithiasis") and by changes of what should be steady ("decreased vision").
They are concepts of their own, named after their words, without an identifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from claimgraph.extract.view import Found
from claimgraph.lexicon import Entry, Lexicon
from claimgraph.model import Category, Concept, Span

UNLISTED = "unlisted"
"""Detail of a mention that no lexicon holds."""

# Words that are too wide to say what happened, alone: they need something before them.
_NEEDS_MODIFIER = (
    r"toxicit(?:y|ies)|reactions?|eruptions?|damage|injur(?:y|ies)|failure|dysfunction|"
    r"impairment|insufficiency|suppression|aplasia|lesions?|disturbances?|abnormalit(?:y|ies)|"
    r"symptoms?|complications?|changes|episodes?|attacks?|crisis|malformations?|defects?|"
    r"deficienc(?:y|ies)|infiltrates?|effusions?|block(?:ade)?|obstruction|occlusion|rupture|"
    r"perforation|infections?|disorders?|diseases?|syndromes?|disabilit(?:y|ies)|events?|"
    r"activation|involvement|phenomen(?:on|a)|arrest|collapse|loss|nodules?|spots?|swelling|"
    r"discomfort|irritation|stimulation|resistance|intolerance|accumulation|deposits?|"
    r"manifestations?|hyperplasia|hypertrophy|pigmentation|discolou?ration|growth|retention"
)
_ALONE = (
    r"myelosuppression|immunosuppression|teratogenicity|hypersensitivity|pigmentation|swelling|"
    r"perspiration|sweating|unresponsive(?:ness)?|deaths?|died|fatal(?:it(?:y|ies))?|relapse|"
    r"overdos(?:e|age)|poisoning|intoxication|withdrawal|bleeding|bruising|flushing|itching|"
    r"burning|redness|stinging|dryness|peeling|blistering|cramps?|spasms?|weakness|numbness|"
    r"tingling|soreness|tenderness|stiffness|lethargy|malaise|fibrillation|hallucinations?"
)
_ENDINGS = (
    r"itis|itides|aemias?|emias?|[^m]os[ie]s|opath(?:y|ies)|algias?|penias?|cytosis|rrh(?:o?ea|ages?|"
    r"agic|agia)|ur(?:ia|esis)|plegias?|paresis|o?edemas?|ectasia|toxicit(?:y|ies)|megaly|"
    r"stenosis|dystonias?|kinesias?|kinesis|arrhythmias?|cardias?|pnea|pnoea|phobia|somnia|"
    r"thermia|trophy|plasia|phasia|phagia|esthesias?|aesthesias?|opsia|opia|genesis imperfecta|"
    r"cytoma|sarcoma|carcinoma|lymphoma|adenoma|blastoma|philia|lysis"
)
_CHANGE = (
    r"(?:increas(?:e[ds]?|ing)|decreas(?:e[ds]?|ing)|elevat(?:ed|ions?)|reduc(?:ed|tions?)|"
    r"rais(?:ed?|ing)|low(?:ered)?|high|prolonged|prolongation|abnormal|impaired|delayed|loss|"
    r"worsening|exacerbations?|impairment|rise|fall|drop|changes)"
)
_WORD = r"[a-zα-ω][a-zα-ω'’-]*"
_STOP = (
    r"(?:the|a|an|of|in|on|at|to|for|by|with|from|and|or|as|is|are|was|were|be|been|has|have|had|"
    r"this|that|these|those|which|who|whom|its|their|his|her|our|no|not|any|some|other|such|more|"
    r"most|all|both|each|may|can|could|might|should|will|would|after|during|following|before|due|"
    r"than|into|when|while|if|induced?|related|associated|caused?|including|without|under|against|"
    r"per|via|but|also|it|they|we|he|she|one|two|three|four|five|cases?|patients?|report(?:ed)?|"
    r"develop(?:ed|ment|ing|s)?|experienced?|treatment|therapy|drug|between|about|only|s|"
    r"increas(?:ed?|es|ing)|decreas(?:ed?|es|ing))"
)
_MODIFIER = rf"(?:(?!{_STOP}\b){_WORD}[ ])"
_PATTERN = re.compile(
    rf"(?<![\w-])(?:"
    rf"{_CHANGE}(?:[ ](?:of|in)(?:[ ]the)?)?[ ]{_MODIFIER}{{0,3}}(?!{_STOP}\b){_WORD}"
    rf"|{_MODIFIER}{{1,3}}(?:{_NEEDS_MODIFIER})"
    rf"|{_MODIFIER}{{0,1}}(?:{_WORD}(?:{_ENDINGS})|{_ALONE})"
    rf")(?![\w-])",
    re.IGNORECASE,
)
# What looks like a condition by its shape and is none.
_NOT_CONDITIONS = re.compile(
    r"(?:^|\s)(?:diagnosis|prognosis|hypothesis|synthesis|biosynthesis|analysis|basis|emphasis|"
    r"dosis|dialysis|hemodialysis|haemodialysis|anesthesia|anaesthesia|mitosis|osmosis|"
    r"glycolysis|hydrolysis|urinalysis|thesis|genesis|apoptosis|metamorphosis|"
    r"chemotherapy|academia|media|india|philosophy|atrophy of|hypnosis)$",
    re.IGNORECASE,
)
_CONDITION_ORDER = {
    Category.CONDITION: 0,
    Category.DRUG: 1,
    Category.DRUG_CLASS: 2,
    Category.TARGET: 3,
    Category.PROCESS: 4,
}


def find_mentions(text: str, lexicon: Lexicon, known: Iterable[str] = ()) -> tuple[Found, ...]:
    """Find the mentions of a sentence, in text order, none overlapping another.

    Args:
        text: the sentence.
        lexicon: the names.
        known: ambiguous names that the document has defined, such as abbreviations in parentheses
            behind their long form; they count here.

    Returns:
        Mentions with spans in the sentence.
    """
    defined = frozenset(known)
    found: list[Found] = []
    for match in lexicon.find(text):
        words = match.span.cut(text)
        entry = _choose(match.entries, words in defined)
        if entry is not None:
            found.append(Found(match.span, words, entry.concept))
    return tuple(sorted([*found, *_shaped(text, found)], key=lambda m: m.span))


def _choose(entries: tuple[Entry, ...], defined: bool) -> Entry | None:
    """Choose the meaning of a name: the first that is not ambiguous, or that the text defines."""
    for entry in entries:
        if not entry.ambiguous or defined:
            return entry
    return None


def _shaped(text: str, found: list[Found]) -> Iterator[Found]:
    """Find conditions by the shape of their words, where no name of the lexicon stands."""
    taken = [m.span for m in found]
    for match in _PATTERN.finditer(text):
        span = Span(*match.span())
        words = match.group()
        if _NOT_CONDITIONS.search(words):
            continue
        if any(s.start < span.end and span.start < s.end for s in taken):
            continue
        yield Found(span, words, unlisted(words, Category.CONDITION), UNLISTED)


def unlisted(words: str, category: Category) -> Concept:
    """Make a concept of words that no lexicon holds.

    >>> unlisted("Skin  eruption", Category.CONDITION).id
    'unlisted-skin-eruption'
    """
    label = " ".join(words.lower().split())
    slug = re.sub(r"[^a-z0-9]+", "-", label).strip("-") or "x"
    return Concept(f"{UNLISTED}-{slug}", label, category)
