"""Adverse reactions that a drug label lists: the drug is the label's own and goes unnamed.

Sections on adverse reactions are lists, bullets and tables more than sentences. A line is cut into
phrases, at punctuation and at words that no name of a reaction holds. A phrase is a reaction where
it holds a condition, or stands as an item among reactions. What the label denies, treats, or tells
of the patients' history is left out, as are the classes of organs that head its tables.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claimgraph.extract.mentions import UNLISTED, unlisted
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import Category, ClaimType, Relation, SectionKind, Span

_SECTIONS = (SectionKind.ADVERSE_REACTIONS, SectionKind.BOXED_WARNING, SectionKind.WARNINGS)
_ON_REACTIONS = re.compile(r"\b(?:adverse|side effects?|undesirable|warnings?)\b", re.IGNORECASE)
_LONGEST = 8  # words of one reaction
_LINE = re.compile(r"[^\n]+")
_TOKEN = re.compile(r"[^\W_][\w'’-]*")
_GAP = re.compile(r" |-")

# Words that end a phrase.
_STOP = frozenset(
    """
    a an the this that these those which who whom whose its their his her our your it they we he she
    of in on at to for by with from and or as is are was were be been being has have had not no nor
    may might can could should would will must do does did than then when while where if during
    after before following within without under over between among against through because since
    until upon about up into out per via also only other others another such more most less least
    all any each both either some several many few one two three four five six seven eight ten
    first second third new newly including include includes included e.g i.e eg ie etc like even
    patient patients subject subjects child children infant infants adult adults women men woman
    man people individuals population volunteers pediatric geriatric elderly persons mother
    treatment treatments treated treat therapy therapies treating receiving received receive taking
    taken take drug drugs medication medications product products dose doses dosage dosing mg mcg
    placebo control controlled arm arms group groups trial trials study studies clinical data phase
    report reports reported reporting occur occurs occurred occurring occurrence occurrences observed
    seen noted develop develops developed developing development experience experienced experiencing
    cause causes caused causing lead leads led leading result results resulted resulting associated
    association related due secondary induced attributed attributable produce produces produced
    producing induce induces inducing trigger precipitate exacerbate exacerbated mask masks suffered
    incidence incidences rate rates frequency frequencies frequently common commonly
    uncommon uncommonly rare rarely percent number numbers proportion total overall n years year
    weeks week days day months month hours hour minutes time times
    risk risks potential potentially case cases possible possibly probable suspected known unknown
    severe serious seriously life-threatening mild moderate significant significantly fatal
    clinically marked greater higher lower-than versus vs compared similar substantial excessive
    dose-dependent dose-related unexplained documented residual occasional occasionally sometimes
    sustained persistent relevant disabling symptomatic asymptomatic prolonged-use isolated
    monitor monitored monitoring evaluate evaluated evaluation discontinue discontinued
    discontinuation discontinuing withhold assess assessed
    interrupt consider avoid use used uses using administer administered administration advise
    advised caution inform informed instruct initiate initiated initiation
    manage managed management prevent prevention reduce therapy-related
    see table section warnings precautions information prescribing label labeling
    excerpt boxed warning contact fda full complete
    especially particularly generally usually typically often primarily mainly mostly
    however although but so therefore thus there here what whether though despite regardless
    sign signs symptom symptoms manifestation manifestations manifested manifesting characterized potentiate
    potentiates additive detected diagnosed throughout compared frequent your once twice requiring
    presenting present presented consistent suggestive indicate indicating suggest
    require required requiring requires necessary needed involving persisted excluding followed
    history historical prior previous previously preexisting pre-existing underlying concomitant
    concurrent coexisting existing
    appear appears appeared began resolved resolve resolves continue continued remain remained
    postmarketing post-marketing approval safety event reaction-related drug-related
    predispose contraindicated recommended indicated based
    term terms preferred respectively approximately identified defined documented
    """.split()
)
# Words behind a condition that belong to its name; in running text no others do.
_TAIL = frozenset(
    """
    increased decreased abnormal upper lower delayed generalized peripheral papular allergic
    recurrent exacerbation exacerbations relapse formation reaction reactions syndrome infection
    infections disorder disorders elevation elevations increase increases decrease decreases changes
    prolongation prolonged hemorrhage haemorrhage bleeding rupture pain failure toxicity lesion
    lesions injury loss disease crisis episodes attack attacks episode impairment dysfunction
    reactivation flare tenderness swelling complications events positive symptoms death deaths
    suicide ideation behavior perforation ulceration neuropathy retention deficiency extremity
    """.split()
)
_GENERIC = re.compile(
    r"(?:(?:adverse|side|drug|laboratory|toxic|treatment-emergent|undesirable|medical|systemic|"
    r"body|complications?|type|other|frequent|additional|important|selected|lists|displays|emergent|"
    r"expected|reflects|corresponding|acute|milder|unusual|further|mean|local|"
    r"decreasing|increased|reduced|decreased|increasing|worsening|"
    r"progressive|advanced|hypersensitivity testing)[ -]+)*"
    r"(?:reactions?|events?|effects?|experiences?|symptoms?|complications?|toxicit(?:y|ies)|"
    r"disorders?|diseases?|conditions?|illness|syndromes?|overdos(?:e|age)s?|findings?|incidence|"
    r"abnormalit(?:y|ies)|changes?|increases?|decreases?|elevations?|reductions?|outcomes?|levels?|"
    r"deficienc(?:y|ies)|episodes?|attacks?|lesions?|problems?|frequency|damage|exposure|"
    r"intolerance|discomfort|recurrence|relapse|progression|resistance|immunosuppression)",
    re.IGNORECASE,
)
# The classes of organs that head tables and lists.
_CLASS = re.compile(
    r"(?:.*\b(?:blood|lymphatic|cardiac|cardiovascular|congenital|familial|genetic|ear|labyrinth|"
    r"endocrine|eye|gastrointestinal|general|hepatobiliary|hepatic|system|metabolic|metabolism|"
    r"nutrition|nutritional|musculoskeletal|tissue|psychiatric|renal|urinary|reproductive|breast|"
    r"respiratory|thoracic|mediastinal|skin|vascular|site) (?:disorders?|conditions?)|"
    r"infections and infestations|infections(?= and infest)|infestations|investigations|neoplasms?.*|"
    r"procedural complications|body as a whole)",
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
    r"management of|manage|risk factors (?:for|such as|include)|candidates|vaccines?|if|monitor(?:ed|ing)?|evaluate|instruct|stop|until|assess|"
    r"signs|symptoms of|suggestive of|suspected|unless|risk factors?|should|discontinue|interrupt|withhold)\b",
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


def find_label_reactions(view: SentenceView) -> Iterator[Proposal]:
    """Propose `hasAdverseEffect` claims of the label's own drug, which goes unnamed."""
    if not _is_on_reactions(view):
        return
    conditions = [m for m in view.mentions if m.concept.category is Category.CONDITION]
    drugs = frozenset(m.span.start for m in view.mentions if m.concept.category is Category.DRUG)
    for line in _LINE.finditer(view.text):
        for phrase in _phrases(view.text, line.start(), line.end(), conditions, drugs):
            if _is_empty(view.text, phrase) or _is_denied(view.text, line.start(), phrase.start):
                continue
            yield _propose(view.text, phrase)
    for fatal in _FATAL.finditer(view.text):
        line_start = view.text.rfind("\n", 0, fatal.start()) + 1
        if not _is_denied(view.text, line_start, fatal.start()):
            found = Found(Span(*fatal.span()), fatal.group(), unlisted("death", Category.CONDITION), UNLISTED)
            yield Proposal(None, Relation.HAS_ADVERSE_EFFECT, found, ClaimType.ADVERSE_EFFECT, "fatal")


def _is_on_reactions(view: SentenceView) -> bool:
    if view.section is SectionKind.SAFETY:
        return view.heading is not None and _ON_REACTIONS.search(view.heading) is not None
    return view.section in _SECTIONS


def _propose(text: str, phrase: _Phrase) -> Proposal:
    span = Span(phrase.start, phrase.end)
    words = span.cut(text)
    found = next((m for m in phrase.known if m.span == span), None)
    if found is None:
        found = Found(span, words, unlisted(words, Category.CONDITION), UNLISTED)
    return Proposal(None, Relation.HAS_ADVERSE_EFFECT, found, ClaimType.ADVERSE_EFFECT, "label-reaction")


def _phrases(
    text: str, start: int, end: int, conditions: list[Found], drugs: frozenset[int]
) -> Iterator[_Phrase]:
    """Cut a line into phrases; those that call for more are joined with what follows."""
    runs = _runs(text, start, end, conditions, drugs)
    index = 0
    while index < len(runs):
        begin, stop = runs[index]
        while (
            index + 1 < len(runs)
            and _JOINS.fullmatch(text, stop, runs[index + 1][0])
            and _CALLS_FOR_MORE.fullmatch(text, begin, stop)
        ):
            index += 1
            stop = runs[index][1]
        index += 1
        known = tuple(m for m in conditions if m.span.start < stop and m.span.end > begin)
        is_item = (
            _OPENS_ITEM.search(text[max(start, begin - 14) : begin]) is not None
            and _CLOSES_ITEM.match(text[stop : end]) is not None
        )
        if known and not is_item:
            stop = max(_tail(text, known[-1].span.end, stop), known[-1].span.end)
        if known:
            yield _Phrase(begin, stop, known)


def _tail(text: str, start: int, end: int) -> int:
    """Give the end of the words behind a condition that belong to its name."""
    last = start
    for token in _TOKEN.finditer(text, start, end):
        if token.group().lower() not in _TAIL and not re.fullmatch(r" (?:of|in|on|to) (?:the )?", text[last:token.start()]) and last == start:
            break
        last = token.end()
    return last


def _runs(
    text: str, start: int, end: int, conditions: list[Found], drugs: frozenset[int]
) -> list[tuple[int, int]]:
    """Find the runs of words without a stop."""
    runs: list[tuple[int, int]] = []
    first = last = -1
    at = 0
    for token in _TOKEN.finditer(text, start, end):
        while at < len(conditions) and conditions[at].span.end <= token.start():
            at += 1
        inside = at < len(conditions) and conditions[at].span.start < token.start()
        opens = (
            at < len(conditions)
            and conditions[at].span.start == token.start()
            and conditions[at].detail != UNLISTED
        )
        word = token.group().lower()
        stops = not inside and not opens and (word in _STOP or word[0].isdigit())
        stops = stops or token.start() in drugs
        joined = (inside and "(" not in text[last : token.start()]) or _GAP.fullmatch(text, last, token.start())
        if first >= 0 and (stops or not joined):
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


def _is_empty(text: str, phrase: _Phrase) -> bool:
    """Tell whether a phrase says too little, or names a class of organs."""
    words = text[phrase.start : phrase.end]
    return (
        _GENERIC.fullmatch(words) is not None
        or _CLASS.fullmatch(text, phrase.start, phrase.end) is not None
        or len(words.split()) > _LONGEST
    )


def _is_denied(text: str, line: int, start: int) -> bool:
    """Tell whether the line denies what stands at `start`, treats it, or tells it as history."""
    before = text[line:start]
    cues = [one.start() for one in _NO_REACTION.finditer(before)]
    if not cues:
        return False
    halts = [one.end() for one in _HALT.finditer(before)]
    return not halts or cues[-1] >= halts[-1]
