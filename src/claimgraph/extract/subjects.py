"""What a document speaks of when it does not say the name: its drug, pronouns, abbreviations."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from claimgraph.extract.letters import AnyCase
from claimgraph.extract.mentions import unlisted
from claimgraph.extract.view import Found
from claimgraph.lexicon import Lexicon
from claimgraph.model import Category, Concept, Document, Span

PRONOUN = "pronoun"
"""Detail of a mention that stands for a drug without naming it."""

_DRUGS = (Category.DRUG, Category.DRUG_CLASS)
_OPENING = (
    r"^(?:(?:moreover|furthermore|additionally|however|also|therefore|in addition|rarely|"
    r"in contrast|similarly|nevertheless|overall|conclusions?:|results?:),?\s+|"
    r"(?:by|through|via|in|at|during|with|like|unlike|because of|due to|despite|after|when|if)\b"
    r"[^,;.:]{2,90},\s+)?"
)
_EXPLETIVE = (
    r"(?!\s+(?:is|was|has been|should be|must be|may be|might be|seems|appears|would be|will be)"
    r"\s+(?:\w+ly\s+|also\s+|not\s+|therefore\s+|very\s+)*(?:important|essential|known|"
    r"recommended|noted|likely|unlikely|unclear|possible|impossible|necessary|advisable|estimated|"
    r"believed|thought|unknown|clear|best|better|useful to|helpful to|common|concluded|suggested|"
    r"assumed|hoped|expected|difficult|considered|remembered|emphasi[sz]ed|reported|that|true)\b)"
)
# "It", "its", "this benzodiazepine derivative", "the drug": at the head of a sentence or behind
# what introduces it, or owning something anywhere in it.
_STANDS_FOR = AnyCase(
    rf"{_OPENING}(?P<head>it{_EXPLETIVE}|its|this (?:[\w-]+ ){{0,2}}(?:derivative|drug|medication|"
    r"medicine|agent|compound|product|therapy)|the (?:drug|medication|medicine|agent|product))"
    r"(?![\w’'])"
    r"|\b(?P<own>its)(?= (?:[\w-]+ ){0,2}(?:onset|half-life|safety|efficacy|tolerability|effect|"
    r"effects|use|utility|action|mechanism|absorption|bioavailability|clearance|metabolism)\b)"
    r"|\bmakes (?P<it>it)\b",
)
_OFTEN = 3  # times that a text names the drug that it is about
# Words without one of which it matches nothing; most sentences hold none.
_MAY_STAND = AnyCase(r"\b(?:its?\b|this |the (?:drug|medic|agent|product))")
_OPENS = 30  # code points from the start of a sentence in which its topic is named
_POINTS_AT = AnyCase(rf"{_OPENING}(?P<this>this (?:[\w-]+ ){{0,3}})$")
_DERIVATIVE = re.compile(r" (?:derivative|drug|agent|medication|medicine|compound)\b")
_IS_ITS_HEAD = re.compile(
    r"[,.]|\s+(?:is|are|was|has|had|may|might|can|could|should|must|will|would|does|did|acts?|"
    r"works?|\w+s|which|that|in|and|also)\b"
)
# "… and it may also block": said of what the sentence opens with; "when it is combined with": of a
# drug, because only a drug is combined, taken or stopped.
_LATER_IT = AnyCase(
    r"(?:,|;|\band|\bbut|\bwhen|\bbecause|\bif|\bwhile|\bsince|\balthough|\bafter|\bas|\bthat|"
    r"\bunless|\bwhenever|[,;] (?:and|but|so))\s+(?P<it>it)(?=\s+(?:(?P<given>(?:is|was|has been|"
    r"may be|should be|must be|can be)\s+(?:not\s+)?(?:\w+ly\s+)?(?:combined|taken|given|used|"
    r"administered|started|stopped|co-?administered|prescribed|discontinued|withdrawn|indicated|"
    r"contraindicated|injected|metaboli[sz]ed|absorbed))|(?:also\s+|may\s+|might\s+|can\s+|does\s+|"
    r"has\s+)*(?:inhibit|block|increase|decrease|reduce|cause|enhance|lower|potentiate|bind|"
    r"activate|suppress|modulate|induce|improve|stabili[sz]e)e?s?\b))",
)
# "Lennox-Gastaut syndrome (LGS)": letters of the short form begin the words of the long one.
_SHORT_FORM = re.compile(r"\((?P<short>[A-Z][A-Za-z0-9-]{1,9})\)")
_LONGEST_SHORT = 11  # letters of a short form in the plural
# Letters that may begin with a short form: "LGS", "LGS-like".
_SHORT_RUN = re.compile(r"(?<![\w-])[A-Z][A-Za-z0-9-]+")
_LETTER = re.compile(r"\w")


def find_main_drug(document: Document, lexicon: Lexicon, named: Iterable[Found]) -> Concept | None:
    """Give the drug that a document is about.

    It is the one that the source names; else the only one that its title names, if the text names
    it, too; else the one that the text names most, where it names it at least three times and more
    often than all other drugs together, or twice as often as any and before all others, or where it
    names no other.

    Args:
        document: the document.
        lexicon: the names.
        named: all mentions of the document.
    """
    if document.drug is not None:
        for entry in lexicon.lookup(document.drug):
            if entry.concept.category in _DRUGS:
                return entry.concept
        return unlisted(document.drug, Category.DRUG)
    counts = Counter(m.concept for m in named if m.concept.category is Category.DRUG)
    if not counts:
        return None
    titled = {concept for concept in _named_in(document.citation.title, lexicon) if counts[concept]}
    if len(titled) == 1:
        return titled.pop()
    first, second = [*counts.most_common(2), (None, 0), (None, 0)][:2]
    alone = len(counts) == 1 and len(document.sentences) > 1
    if alone or (first[1] >= _OFTEN and 2 * first[1] > sum(counts.values())):
        return first[0]
    # A label compares its drug with many: it opens with it, and names it most.
    opens = next(iter(counts), None) == first[0]
    return first[0] if opens and first[1] >= _OFTEN and first[1] >= 2 * second[1] else None


def _named_in(title: str, lexicon: Lexicon) -> Iterator[Concept]:
    """Give the drugs that a title names."""
    for match in lexicon.find(title):
        for entry in match.entries[:1]:
            if entry.concept.category is Category.DRUG and not entry.ambiguous:
                yield entry.concept


def find_own_name(name: str, drug: Concept, text: str, found: Sequence[Found]) -> list[Found]:
    """Find the name by which the source calls the document's drug; no lexicon need hold it.

    Args:
        name: what the source calls the drug.
        drug: the drug.
        text: a sentence.
        found: its mentions; where one stands already, the name is not taken again.
    """
    if name.lower() not in text.lower():
        return []
    spans = (
        Span(*match.span())
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w])", text, re.IGNORECASE)
    )
    taken = [one.span for one in found]
    return [
        Found(span, span.cut(text), drug)
        for span in spans
        if all(span.end <= other.start or other.end <= span.start for other in taken)
    ]


def find_pronouns(text: str, drug: Concept | None, found: Sequence[Found]) -> list[Found]:
    """Find words that stand for a drug without naming it.

    Args:
        text: the sentence.
        drug: what the text speaks of at this place, as `next_topic` tells it.
        found: the mentions of the sentence.
    """
    pronouns = []
    if drug is not None:
        for match in _STANDS_FOR.finditer(text) if _MAY_STAND.search(text) else ():
            group = match.lastgroup or "head"
            span = Span(*match.span(group))
            pronouns.append(Found(span, span.cut(text), drug, PRONOUN))
        pronouns += _find_descriptions(text, drug, found)
    pronouns += _find_later_it(text, drug, found)
    if not pronouns:
        return pronouns
    taken = [m.span for m in pronouns]
    inside = [m for m in found if any(span.covers(m.span) for span in taken)]
    return [m for m in pronouns if not any(m.span == other.span for other in inside)]


def next_topic(
    found: Sequence[Found], topic: Concept | None, main: Concept | None
) -> Concept | None:
    """Give the drug that a pronoun of the next sentence stands for.

    It is the drug that this sentence is about: the one it opens with, or the only one it names. A
    sentence that names none leaves the topic; one that names several leaves the document's drug.

    Args:
        found: the mentions of this sentence, without pronouns.
        topic: what it was before this sentence.
        main: the drug that the document is about.
    """
    drugs = [m for m in found if m.concept.category is Category.DRUG]
    if not drugs:
        return topic
    if len({m.concept for m in drugs}) == 1 or drugs[0].span.start <= _OPENS:
        return drugs[0].concept
    return main


def _find_descriptions(text: str, drug: Concept, found: Sequence[Found]) -> Iterator[Found]:
    """Find "this antidepressant": a class in the singular, pointed at."""
    if "this " not in text.lower():
        return
    for mention in found:
        if mention.concept.category is Category.DRUG_CLASS and not mention.text.endswith("s"):
            match = _POINTS_AT.match(text[: mention.span.start])
            if match is not None:
                noun = _DERIVATIVE.match(text, mention.span.end)
                end = mention.span.end if noun is None else noun.end()
                span = Span(match.start("this"), end)
                if _IS_ITS_HEAD.match(text, end):
                    yield Found(span, span.cut(text), drug, PRONOUN)


def _find_later_it(text: str, drug: Concept | None, found: Sequence[Found]) -> Iterator[Found]:
    """Find "it" behind a conjunction: the drug that the sentence opens with, or the topic."""
    if " it " not in text:
        return
    first = found[0] if found else None
    for match in _LATER_IT.finditer(text):
        span = Span(*match.span("it"))
        if first is not None and first.span.end <= span.start:
            if first.concept.category is Category.DRUG and first.span.start <= _OPENS:
                yield Found(span, span.cut(text), first.concept, PRONOUN)
            elif drug is not None and match["given"]:
                yield Found(span, span.cut(text), drug, PRONOUN)
        elif drug is not None and match["given"]:
            yield Found(span, span.cut(text), drug, PRONOUN)


def find_short_forms(text: str, found: Sequence[Found]) -> dict[str, Concept]:
    """Find the abbreviations that a sentence defines, each with what it stands for."""
    defined: dict[str, Concept] = {}
    if "(" not in text:
        return defined
    ends: dict[int, list[int]] = {}
    for number, mention in enumerate(found):
        ends.setdefault(mention.span.end, []).append(number)
    for match in _SHORT_FORM.finditer(text):
        start = match.start()
        for number in sorted([*ends.get(start - 1, ()), *ends.get(start, ())]):
            if _abbreviates(match["short"], found[number].text):
                defined[match["short"]] = found[number].concept
    return defined


def apply_short_forms(
    text: str, found: Sequence[Found], forms: Mapping[str, Concept]
) -> tuple[Found, ...]:
    """Add the mentions that are made by abbreviations the document has defined."""
    if not forms:
        return tuple(found)
    short = list(_read_short_forms(text, forms))
    starts = [m.span.start for m in short]
    # They lie apart, so that only the last one that begins before a mention's end can cut it.
    kept = [
        m
        for m in found
        if not (at := bisect_left(starts, m.span.end)) or short[at - 1].span.end <= m.span.start
    ]
    return _sort_by_place([*kept, *short])


def _read_short_forms(text: str, forms: Mapping[str, Concept]) -> Iterator[Found]:
    """Find the short forms in a text, also in the plural: the longest where several begin."""
    for run in _SHORT_RUN.finditer(text):
        letters = run.group()
        end = len(letters)
        if end > _LONGEST_SHORT or _LETTER.match(text, run.end()):
            end = letters.rfind("-", 0, _LONGEST_SHORT + 1)
        while end > 0:
            words = letters[:end]
            concept = forms.get(words) or forms.get(words.removesuffix("s"))
            if concept is not None:
                yield Found(Span(run.start(), run.start() + end), words, concept)
                break
            end = letters.rfind("-", 0, end)


def _sort_by_place(mentions: list[Found]) -> tuple[Found, ...]:
    """Sort mentions by where they begin, then by where they end."""
    return tuple(sorted(mentions, key=lambda m: (m.span.start, m.span.end)))


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether the letters of a short form occur in order in the long one.

    >>> _abbreviates("LGS", "Lennox-Gastaut syndrome"), _abbreviates("USA", "seizure")
    (True, False)
    """
    letters = [c for c in short.lower() if c.isalnum()]
    words = iter(long.lower())
    return bool(letters) and letters[0] == long[:1].lower() and all(c in words for c in letters)
