"""Adverse reactions that a drug label lists: the drug is the label's own and goes unnamed.

Sections on adverse reactions are lists, bullets and tables more than sentences. A line is cut into
phrases, at punctuation and at words that no name of a reaction holds. A phrase is a reaction where
it holds a condition, or stands as an item among reactions. What the label denies, treats, or tells
of the patients' history is left out, as are the classes of organs that head its tables.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from claimgraph.extract.mentions import UNLISTED, unlisted
from claimgraph.extract.shapes import word_set
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import Category, ClaimType, Relation, SectionKind, Span

_SECTIONS = (SectionKind.ADVERSE_REACTIONS, SectionKind.BOXED_WARNING, SectionKind.WARNINGS)
_ON_REACTIONS = re.compile(r"\b(?:adverse|side effects?|undesirable|warnings?)\b", re.IGNORECASE)
_LONGEST = 8  # words of one reaction
_MOST_JOINS = 3  # phrases that one takes in ("worsening of pain in the leg")
_BEFORE = 14  # code points before a phrase that tell whether it opens an item
_WINDOW = 90  # code points around a phrase that tell whether it is only studied
_LINE = re.compile(r"[^\n]+")
_TOKEN = re.compile(r"[^\W_][\w'’-]*")
_GAPS = (" ", "-")

# Words that end a phrase.
_STOP = word_set(
    """
    a an the this that these those which who whom whose its their his her our your it they we he she
    of in on at to for by with from and or as is are was were be been being has have had not no nor
    may might can could should would will must do does did than then when while where if during
    after before following within without under over between among against through because since
    until upon about up into out per via also only other others another such more most less least
    all any each both either some several many few one two three four five six seven eight ten first
    second third new newly including include includes included e.g i.e eg ie etc like even patient
    patients subject subjects child children infant infants adult adults women men woman man people
    individuals population volunteers pediatric geriatric elderly persons mother treatment
    treatments treated treat therapy therapies treating receiving received receive taking taken take
    drug drugs medication medications product products dose doses dosage dosing mg mcg placebo
    control controlled arm arms group groups trial trials study studies clinical data phase report
    reports reported reporting occur occurs occurred occurring occurrence occurrences observed seen
    noted develop develops developed developing development experience experienced experiencing
    cause causes caused causing lead leads led leading result results resulted resulting associated
    association related due secondary induced attributed attributable produce produces produced
    producing induce induces inducing trigger precipitate exacerbate exacerbated mask masks suffered
    incidence incidences rate rates frequency frequencies frequently common commonly uncommon
    uncommonly rare rarely percent number numbers proportion total overall n years year weeks week
    days day months month hours hour minutes time times risk risks potential potentially case cases
    possible possibly probable suspected known unknown severe serious seriously life-threatening
    mild moderate significant significantly fatal clinically marked greater higher lower-than versus
    vs compared similar substantial excessive dose-dependent dose-related unexplained documented
    residual occasional occasionally sometimes sustained persistent relevant disabling symptomatic
    asymptomatic prolonged-use isolated monitor monitored monitoring evaluate evaluated evaluation
    discontinue discontinued discontinuation discontinuing withhold assess assessed interrupt
    consider avoid use used uses using administer administered administration advise advised caution
    inform informed instruct initiate initiated initiation manage managed management prevent
    prevention reduce therapy-related see table section warnings precautions information prescribing
    label labeling excerpt boxed warning contact fda full complete especially particularly generally
    usually typically often primarily mainly mostly however although but so therefore thus there
    here what whether though despite regardless sign signs symptom symptoms manifestation
    manifestations manifested manifesting characterized potentiate potentiates additive detected
    diagnosed throughout compared frequent your once twice requiring presenting present presented
    consistent suggestive indicate indicating suggest require required requiring requires necessary
    needed involving persisted excluding followed history historical prior previous previously
    preexisting pre-existing underlying concomitant concurrent coexisting existing appear appears
    appeared began resolved resolve resolves continue continued remain remained postmarketing
    post-marketing approval safety event reaction-related drug-related predispose contraindicated
    recommended indicated based term terms preferred respectively approximately identified defined
    documented adjudicated mean small largest average additional notable specific infrequent usual
    typical getting certain select selected predominantly collectively overt established emerging
    treatment-related treatment-emergent non-serious immediate critical summarizes shows lists
    """
)
# Words behind a condition that belong to its name; in running text no others do.
_TAIL = word_set(
    """
    increased decreased abnormal upper lower delayed generalized peripheral papular allergic
    recurrent exacerbation exacerbations relapse formation reaction reactions syndrome infection
    infections disorder disorders elevation elevations increase increases decrease decreases changes
    prolongation prolonged hemorrhage haemorrhage bleeding rupture pain failure toxicity lesion
    lesions injury loss disease crisis episodes attack attacks episode impairment dysfunction
    reactivation flare tenderness swelling complications events positive symptoms death deaths
    suicide ideation behavior perforation ulceration neuropathy retention deficiency extremity
    """
)
_GENERIC = re.compile(
    r"(?:(?:adverse|side|drug|laboratory|toxic|treatment-emergent|undesirable|medical|systemic|"
    r"body|complications?|type|other|frequent|additional|important|selected|lists|displays|emergent|"
    r"expected|reflects|corresponding|acute|milder|unusual|further|mean|local|"
    r"decreasing|increased|reduced|decreased|increasing|worsening|key|postmarketing|"
    r"[\w-]+-(?:related|emergent|reported|associated)|"
    r"progressive|advanced|hypersensitivity testing)[ -]+)*"
    r"(?:reactions?|events?|effects?|experiences?|symptoms?|complications?|toxicit(?:y|ies)|"
    r"disorders?|diseases?|conditions?|illness|syndromes?|overdos(?:e|age)s?|findings?|incidence|"
    r"abnormalit(?:y|ies)|changes?|increases?|decreases?|elevations?|reductions?|outcomes?|levels?|"
    r"adrs?|risks?|deficienc(?:y|ies)|episodes?|attacks?|lesions?|problems?|frequency|damage|exposure|"
    r"intolerance|discomfort|recurrence|relapse|progression|resistance|immunosuppression)",
    re.IGNORECASE,
)
# The classes of organs that head tables and lists.
_CLASS = re.compile(
    r"(?:.*\b(?:blood|lymphatic|cardiac|cardiovascular|congenital|familial|genetic|ear|labyrinth|"
    r"endocrine|eye|gastrointestinal|general|hepatobiliary|hepatic|system|metabolic|metabolism|"
    r"nutrition|nutritional|musculoskeletal|tissue|psychiatric|renal|urinary|reproductive|breast|"
    r"respiratory|thoracic|mediastinal|skin|vascular|site) (?:disorders?|conditions?)|"
    r"infections and infestations|infections(?= and infest)|infestations|investigations|"
    r"neoplasms?.*|procedural complications|body as a whole)",
    re.IGNORECASE,
)
_JOINS = re.compile(r" (?:of|in|to) (?:the )?", re.IGNORECASE)
_CALLS_FOR_MORE = re.compile(
    r".*\b(?:loss|swelling|pain|inflammation|worsening|exacerbations?|increases?|decreases?|"
    r"elevations?|reductions?|impairment|damage|disorders?|disturbances?|changes?|sensation|"
    r"discoloration|edema|angioedema|infections?|perforations?|bleeding|hemorrhage|thrombosis|"
    r"feelings?|reactivation|prolongation|abnormalit(?:y|ies)|deterioration|disease|cancer|"
    r"carcinoma|ulceration|obstruction|inhibition|suppression|shortness|difficulty|necrosis|"
    r"rupture|irritation|dryness|narrowing|weakness|numbness|increased|decreased|elevated|"
    r"heaviness|tightness|lack|embolism|stiffness|redness|occlusion|detachment|aggravation|"
    r"involvement|accumulation|retention|hyperplasia|progression|recurrence|failure|failed)",
    re.IGNORECASE,
)
# Before a phrase: it is denied, treated, or was there before.
_NO_REACTION = re.compile(
    r"\b(?:no|not|without|never|neither|nor|history of|treatment of|treat(?:ing|ment for)?|"
    r"indicated for|(?:patients?|subjects?|women|men|adults?|children|infants?|those|persons|"
    r"individuals) (?:\w+ )?(?:with|who have|having)|diagnosis of|prophylaxis (?:of|for|against)|"
    r"prevent(?:ion of|ing)?|prior|pre-?existing|underlying|exclud(?:ed|ing)|"
    r"management of|manage|candidates|vaccines?|if|monitor(?:ed|ing)?|evaluate|instruct|stop|"
    r"until|assess|signs|symptoms of|suggestive of|suspected|unless|risk factors?|should|"
    r"discontinue|interrupt|withhold)\b",
    re.IGNORECASE,
)
# Lines that say what to do, or speak to the patient: what they name need not have happened.
_ADVISES = re.compile(
    r"\b(?:should|if|unless|at baseline|vaccin(?:e|es|ation)|you have|your (?:doctor|health\w*))\b",
    re.IGNORECASE,
)
_COMMANDS = re.compile(
    r"(?:^|[:.(;])\s*(?:do not|avoid|consider|monitor|discontinue|withhold|interrupt|stop|test|"
    r"screen|evaluate|assess|treat|advise|inform|instruct|include|perform|measure|obtain|check|counsel|"
    r"report|tell|keep|take)\b",
    re.IGNORECASE,
)
# Before a phrase: it is what is studied, made less likely, or told by signs.
_STUDIED = re.compile(
    r"\b(?:(?:stud(?:y|ies)|trials?|experience) (?:in|of|for)(?: \w+){0,3}|"
    r"(?:reduc\w+|lower\w*|decreas\w+) (?:\w+ ){0,2}(?:risk|incidence|rate|chances?) of"
    r"(?: \w+){0,3}|"
    r"(?:may|that) (?:indicate|suggest|represent|mask|mimic)\b[^.;]{0,60})\s*$",
    re.IGNORECASE,
)
# Behind a phrase: it is what the people of a study have, or a heading over them.
_PEOPLE_WITH = re.compile(
    r"\s*(?:\([^()]{0,40}\) )?(?:clinical )?(?:stud(?:y|ies)|trials?|program|population|patients|"
    r"subjects|women|men|children|infants|adults)\b|"
    r"[^.;:]{0,30}:\s*(?:the )?(?:most )?(?:common|frequent)",
    re.IGNORECASE,
)
_HALT = re.compile(
    r"[.;:]\s|with or without|\b(?:may|can|could|might|have|has|had|were|was|is|are|who|"
    r"experienced|developed|reported|occur\w*|includ\w+|increase[sd]?)\b",
    re.IGNORECASE,
)
_OPENS_ITEM = re.compile(
    r"(?:^|[,;:(•*–—-]|\b(?:and|or|including|include|includes|were|are|was|of|as|e\.g\.,))[\s\"]*$",
    re.IGNORECASE,
)
_CLOSES_ITEM = re.compile(r"[\s\"]*(?:$|[,;.()\[]|(?:and|or)\b|\s{2,})")
_FATAL = re.compile(r"(?<![-\w])fatal(?=\b(?!-))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A run of words that may name a reaction, with the conditions that lie in it."""

    start: int
    end: int
    known: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the text: where it begins and ends, and what matters in it.

    `conditions` are sorted by place; `drugs` are the places where the name of a drug begins.
    """

    text: str
    start: int
    end: int
    conditions: tuple[Found, ...]
    drugs: frozenset[int]


def find_label_reactions(view: SentenceView) -> Iterator[Proposal]:
    """Propose `hasAdverseEffect` claims of the label's own drug, which goes unnamed.

    The view's section has to be one on reactions or warnings. Its text may be a sentence, a list
    or a table; each line is looked at by itself.
    """
    if not is_on_reactions(view):
        return
    for line in _cut_lines(view):
        if _ADVISES.search(line.text, line.start, line.end):
            continue
        borders = _Borders(line)
        command = _COMMANDS.search(line.text, line.start, line.end)
        for phrase in _phrases(line):
            if command is not None and command.start() < phrase.start:
                break
            if not (
                _is_empty(view.text, phrase)
                or borders.deny(phrase.start)
                or _is_studied(line, phrase)
            ):
                yield _propose(view.text, phrase)
        for fatal in _FATAL.finditer(view.text, line.start, line.end):
            if not borders.deny(fatal.start()):
                yield _propose_death(fatal)


def is_on_reactions(view: SentenceView) -> bool:
    """Tell whether a section is one that lists reactions to the label's own drug."""
    if view.section is SectionKind.SAFETY:
        return view.heading is not None and _ON_REACTIONS.search(view.heading) is not None
    return view.section in _SECTIONS


def _cut_lines(view: SentenceView) -> Iterator[_Line]:
    """Cut a text into its lines."""
    conditions = [m for m in view.mentions if m.concept.category is Category.CONDITION]
    drugs = frozenset(m.span.start for m in view.mentions if m.concept.category is Category.DRUG)
    starts = [m.span.start for m in conditions]
    for match in _LINE.finditer(view.text):
        low, high = bisect_left(starts, match.start()), bisect_left(starts, match.end())
        # A name may run on from the line before.
        low -= low > 0 and conditions[low - 1].span.end > match.start()
        yield _Line(view.text, match.start(), match.end(), tuple(conditions[low:high]), drugs)


def _propose(text: str, phrase: _Phrase) -> Proposal:
    """Propose the words of a phrase; a condition that is all of it keeps its concept."""
    span = Span(phrase.start, phrase.end)
    words = span.cut(text)
    found = next((m for m in phrase.known if m.span == span), None)
    if found is None:
        found = Found(span, words, unlisted(words, Category.CONDITION), UNLISTED)
    return Proposal(
        None, Relation.HAS_ADVERSE_EFFECT, found, ClaimType.ADVERSE_EFFECT, "label-reaction"
    )


def _propose_death(fatal: re.Match[str]) -> Proposal:
    """Propose death, where a label says that a reaction was fatal."""
    concept = unlisted("death", Category.CONDITION)
    found = Found(Span(*fatal.span()), fatal.group(), concept, UNLISTED)
    return Proposal(
        None, Relation.HAS_ADVERSE_EFFECT, found, ClaimType.ADVERSE_EFFECT, "label-fatal"
    )


def _phrases(line: _Line) -> Iterator[_Phrase]:
    """Find the phrases that hold a condition; some are joined with what follows."""
    text, runs = line.text, _runs(line)
    starts = [one.span.start for one in line.conditions]
    ends = [one.span.end for one in line.conditions]
    index = 0
    while index < len(runs):
        begin, stop = runs[index]
        joined = 0
        while (
            joined < _MOST_JOINS
            and index + 1 < len(runs)
            and _JOINS.fullmatch(text, stop, runs[index + 1][0])
            and _CALLS_FOR_MORE.fullmatch(text, begin, stop)
        ):
            index += 1
            joined += 1
            stop = runs[index][1]
        index += 1
        low = bisect_right(ends, begin)
        high = bisect_left(starts, stop)
        known = line.conditions[low:high]
        if known:
            if not _is_item(line, begin, stop):
                stop = _end_of_name(text, known[-1].span.end, stop)
            yield _Phrase(begin, stop, known)


def _is_item(line: _Line, begin: int, stop: int) -> bool:
    """Tell whether a run of words is a whole item of a list."""
    before = line.text[max(line.start, begin - _BEFORE) : begin]
    return _OPENS_ITEM.search(before) is not None and (
        _CLOSES_ITEM.match(line.text, stop, line.end) is not None
    )


def _end_of_name(text: str, start: int, end: int) -> int:
    """Give the end of a name: behind a condition only some words belong to it."""
    token = _TOKEN.search(text, start, end)
    if token is None or not (token.group().lower() in _TAIL or _JOINS.match(text, start, end)):
        return start
    return end


def _runs(line: _Line) -> list[tuple[int, int]]:
    """Find the runs of words without a stop; the name of a condition is never cut."""
    runs: list[tuple[int, int]] = []
    text, conditions = line.text, line.conditions
    first = last = -1
    at = 0
    for token in _TOKEN.finditer(text, line.start, line.end):
        while at < len(conditions) and conditions[at].span.end <= token.start():
            at += 1
        name = conditions[at] if at < len(conditions) else None
        inside = name is not None and name.span.start < token.start()
        opens = name is not None and name.span.start == token.start() and name.detail != UNLISTED
        stops = token.start() in line.drugs or (not inside and not opens and _stops(token.group()))
        gap = text[last : token.start()] if first >= 0 else ""
        if first >= 0 and (stops or not (gap in _GAPS or (inside and "(" not in gap))):
            runs.append((first, last))
            first = -1
        if stops:
            continue
        if first < 0:
            first = token.start()
        last = token.end()
    if first >= 0:
        runs.append((first, last))
    return runs


def _stops(word: str) -> bool:
    return word[0].isdigit() or word.lower() in _STOP


def _is_empty(text: str, phrase: _Phrase) -> bool:
    """Tell whether a phrase says too little or too much, or names a class of organs."""
    return (
        len(text[phrase.start : phrase.end].split()) > _LONGEST
        or _GENERIC.fullmatch(text, phrase.start, phrase.end) is not None
        or _CLASS.fullmatch(text, phrase.start, phrase.end) is not None
    )


def _is_studied(line: _Line, phrase: _Phrase) -> bool:
    """Tell whether a phrase names what is studied rather than what happened."""
    before = line.text[max(line.start, phrase.start - _WINDOW) : phrase.start]
    after = line.text[phrase.end : min(line.end, phrase.end + _WINDOW)]
    return _STUDIED.search(before) is not None or _PEOPLE_WITH.match(after) is not None


class _Borders:
    """Where a line denies, treats or tells history, and where it turns back to reactions."""

    def __init__(self, line: _Line) -> None:
        self._cues = [m.start() for m in _NO_REACTION.finditer(line.text, line.start, line.end)]
        self._halts = [m.end() for m in _HALT.finditer(line.text, line.start, line.end)]

    def deny(self, start: int) -> bool:
        """Tell whether the last that was said before `start` keeps it from being a reaction."""
        cues = bisect_right(self._cues, start - 1)
        if not cues:
            return False
        halts = bisect_right(self._halts, start)
        return not halts or self._cues[cues - 1] >= self._halts[halts - 1]
