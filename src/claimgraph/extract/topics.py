"""Which drug a sentence is about, where its grammar does not name a subject of its own."""

from __future__ import annotations

from claimgraph.extract.hints import Hint
from claimgraph.extract.letters import AnyCase
from claimgraph.extract.mentions import unlisted
from claimgraph.extract.view import Found, SentenceView
from claimgraph.model import Category, Span

DRUGS = (Category.DRUG, Category.DRUG_CLASS)
_OPENS = 40  # code points from the start of a sentence in which its topic stands
_IN_BLOOD = AnyCase(r"\b(?:serum|plasma|blood|urinary|urine)\s+$")
_LEVELS = AnyCase(r"\s+(?:levels?|concentrations?|clearance)\b")
_MEASURE = AnyCase(
    r"bilirubin|creatinine|urea|cholesterol|triglycerides?|albumin|ha?emoglobin|uric acid|ferritin|"
    r"(?:blood )?glucose",
)
# Where the text is about one drug, its name need not stand: "abrupt withdrawal may cause".
_WITHOUT_NAME = AnyCase(
    r"\b(?:(?:premature|abrupt|sudden|rapid|early)\s+(?:discontinuation|withdrawal|cessation|"
    r"interruption)|(?:prolonged|long-term|chronic)\s+(?:use|treatment|therapy)|over-?dos(?:e|age))"
    r"(?=\s+(?!of\b|from\b|with\b))",
)
_EXPOSURE = AnyCase(
    r"\b(?P<words>(?:premature|prolonged|long-term|chronic|extended|continued|repeated|regular|"
    r"abrupt|"
    r"sudden|rapid|excessive|high-dose)\s+(?:use|treatment|therapy|administration|exposure|intake|"
    r"withdrawal|discontinuation|cessation)\s+(?:of|with|to|from)\s+(?:the\s+)?)",
)
# Letters without which it matches nothing.
_EXPOSURE_HINT = Hint(
    "prolonged", "long-term", "chronic", "extended", "continued", "repeated", "regular", "abrupt",
    "sudden", "rapid", "excessive", "high-dose", "premature", "early", "overdos", "over-dos",
)  # fmt: skip


def find_topics(view: SentenceView, thing: Span) -> tuple[Found | None, ...]:
    """Give the drug that a sentence is about.

    Args:
        view: the sentence.
        thing: what is said of the drug; a drug in these words is not the topic. Nor is what is
            measured in the blood.

    Returns:
        One drug; one ``None``, where the sentence names no drug, so that it speaks of the
        document's; or nothing, where it names several and does not tell which is meant.
    """
    if any(m.concept == view.drug and thing.covers(m.span) for m in view.mentions):
        return (None,)
    drugs = [
        m
        for m in view.mentions
        if m.concept.category in DRUGS
        and not thing.covers(m.span)
        and not _is_measured(view.text, m.span)
    ]
    if not drugs and not any(m.concept.category is Category.EXPOSURE for m in view.mentions):
        return (None,)
    exposure = find_exposure(view)
    if exposure is not None:
        return (exposure,)
    if not drugs:
        return (None,)
    own = [m for m in drugs if m.concept == view.drug]
    if own:
        return (own[0],)
    if len({m.concept for m in drugs}) == 1 or drugs[0].span.start < _OPENS:
        return (drugs[0],)
    return ()


def _is_measured(text: str, span: Span) -> bool:
    """Tell whether words name what is measured: "serum potassium", "lithium levels"."""
    if _MEASURE.fullmatch(text, span.start, span.end):
        return True
    before = text[max(0, span.start - 12) : span.start]
    return bool(_IN_BLOOD.search(before)) or _LEVELS.match(text, span.end) is not None


def find_exposure(view: SentenceView) -> Found | None:
    """Give the way of using a drug that a sentence names first: "prolonged use of clonazepam".

    A way that the lexicon knows keeps its concept where its name holds the drug.
    """
    if not view.holds(_EXPOSURE_HINT):
        return None
    for match in _EXPOSURE.finditer(view.text):
        for drug in view.mentions:  # in text order: a known way of use comes before its drug
            if drug.concept.category is Category.EXPOSURE and drug.span.start == match.start():
                if drug.span.end > match.end():
                    return drug
            elif drug.span.start == match.end() and drug.concept.category in DRUGS:
                span = Span(match.start(), drug.span.end)
                words = span.cut(view.text)
                return Found(span, words, unlisted(words, Category.EXPOSURE))
    if view.drug is None or view.drugs:
        return None
    alone = _WITHOUT_NAME.search(view.text)
    if alone is None:
        return None
    span = Span(*alone.span())
    words = span.cut(view.text)
    return Found(span, words, unlisted(words, Category.EXPOSURE))
