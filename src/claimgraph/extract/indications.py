"""Indications: what a drug is used against, what it prevents, and when it must not be used.

A sentence is read from left to right. Each phrase that says something about use ("indicated for",
"reduce the risk of", "has not been established", "due to") rules what follows it, until the next
phrase or the end of its clause. In a section on indications a condition that no phrase rules is an
indication, because such sections are lists and headings; elsewhere a phrase has to say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import (
    Category,
    Certainty,
    ClaimType,
    Modality,
    Polarity,
    Relation,
    SectionKind,
    Span,
)


class _Rule(StrEnum):
    """What a phrase says of the conditions behind it."""

    FORBIDS = "forbids"  # the drug must not be used
    DENIES = "denies"  # the drug does not work, or nobody knows that it does
    TREATS = "treats"
    PREVENTS = "prevents"
    PATIENTS = "patients"  # who is treated
    ASIDE = "aside"  # named for another reason: a cause, a past, a test
    NOTE = "note"  # the whole rest of the sentence is about something else: criteria, other drugs
    BREAKS = "breaks"  # a new clause: denials and asides end


_PHRASES = {
    _Rule.FORBIDS: (
        r"contra-?indicated",
        r"(?:should|must|may|can) ?not be (?:used|given|taken|administered|prescribed|initiated|"
        r"considered|substituted)",
        r"not be (?:used|given|taken|administered|prescribed)",
        r"(?:do|should) not (?:use|take|give|administer)",
        r"avoid (?:the )?use",
        r"not (?:recommended|advised|advisable|for use)",
        r"not (?:appropriate|suitable|a substitute)",
        r"inappropriate",
    ),
    _Rule.DENIES: (
        r"not (?:\w+ )?(?:indicated|intended|approved|labell?ed)(?: for use)?",
        r"not (?:\w+ )?(?:effective|useful|beneficial)",
        r"not for(?: the)?",
        r"not be relied (?:up)?on",
        r"(?:has|have|had) not,?(?: yet| however,)? (?:been )?(?:\w+ly )?(?:been )?(?:established|demonstrated|"
        r"shown|studied|evaluated|determined|proven|proved|tested|confirmed|investigated)",
        r"not (?:\w+ly )?(?:been )?(?:\w+ly )?(?:established|demonstrated|shown|studied|evaluated|"
        r"determined|proven|tested)",
        r"ineffective",
        r"(?:does|do|did|will|would) not (?:\w+ )?(?:treat|prevent|cure|reduce|relieve|protect|help|"
        r"improve|provide|affect)",
        r"no (?:\w+ )?(?:evidence|benefit|effect|value|proof|studies|data|role|efficacy)",
        r"lack of (?:efficacy|effect|benefit|evidence)",
        r"limitations? of use",
        r"is unknown",
        r"is not known",
        r"inadequate (?:evidence|data)",
        r"insufficient (?:evidence|data)",
    ),
    _Rule.PREVENTS: (
        r"prevent(?:ion|s|ing|ed|ative|ive)?(?: and treatment)?(?: of)?",
        r"prophyla(?:xis|ctic)\w*(?: of| against)?",
        r"protect(?:s|ion|ing)?(?: \w+)? (?:against|from)",
        r"(?:reduc(?:e|es|ing|tion)|decreas(?:e|es|ing)|lower(?:s|ing)?)(?: in| of)?(?: the)?"
        r"(?: \w+)? (?:risks?|incidence|rates?|chances?|frequency|likelihood|occurrence|"
        r"development|recurrence)(?: of)?",
        r"risk reduction",
        r"immuni[sz]ation(?: against)?",
        r"vaccination(?: against)?",
        r"avoid(?:s|ing)?",
        r"delay(?:s|ing)?(?: the)?(?: time to)?(?: onset| progression| occurrence)(?: of)?",
        r"guards? against",
    ),
    _Rule.TREATS: (
        r"indicated(?: for| in| as)?",
        r"(?:re)?treat(?:s|ments?|ing)?(?: of| for)?",
        r"therapy(?: of| for| in)?",
        r"manage(?:s|ment)?(?: of)?",
        r"managing",
        r"relie(?:f|ves?|ving)(?: of| from)?",
        r"control(?:s|ling)?(?: of)?",
        r"used? (?:in|for|to|as|against)",
        r"useful(?: in| for| as)?",
        r"effective(?:ly)?(?: in| for| against)?",
        r"(?:effectiveness|efficacy)(?: in| for| of)?",
        r"(?:alleviat|ameliorat|sooth|palliat|combat|fight|suppress|eliminat|shorten)\w*",
        r"correct(?:s|ion|ing)?",
        r"(?:reduc(?:e|es|ing|tion of)|decreas(?:e|es|ing))(?! in)",
        r"helps?",
        r"eases?",
        r"adjunct\w*(?: to| in)?",
        r"temporar\w+",
        r"improve(?:s|d|ment)?",
        r"cures?",
        r"remission(?: of| in)?",
        r"induc(?:e|tion of) remission",
        r"healing(?: of)?",
        r"(?:for|against)",
        r"armamentarium",
        r"recommended (?:for|in)",
    ),
    _Rule.PATIENTS: (
        r"(?:(?:in|for|of|to|among) )?(?:\w+ ){0,2}?(?:patients?|adults?|children|persons?|people|"
        r"individuals|subjects|women|men|those|infants?|adolescents?|boys|girls|populations?|"
        r"males?|females?|cases)(?:,? (?!and\b|or\b|for\b)[\w()≥>-]+){0,6}? (?:with|who (?:have|has|"
        r"had|are|is)|having|suffering from|at (?:high |increased )?risk (?:of|for))"
        r"(?: an? (?:\w+ )?diagnosis of)?",
        r"diagnoses (?:most closely )?correspond\w*(?: most closely)? to",
    ),
    _Rule.ASIDE: (
        r"(?:family |medical |past |prior |documented )?histor(?:y|ies) of",
        r"risk factors?(?: for| of| such as)?",
        r"(?:previous|prior|recent|concomitant|coexisting|co-existing|underlying|concurrent)",
        r"caused by",
        r"secondary to",
        r"due to",
        r"result(?:s|ing|ed)? (?:from|in)",
        r"attributable to",
        r"complicated by",
        r"following(?! (?:\w+ )?(?:conditions?|infections?|diseases?|indications?|disorders?|:))",
        r"(?:in the )?(?:absence|presence) of",
        r"with(?: and|/| or)* ?without",
        r"without",
        r"exclud\w+",
        r"other than",
        r"except(?: for| in| when)?",
        r"rul(?:e|ed|ing) out",
        r"(?:suspected|confirm\w*)(?: to| by| the)?",
        r"(?:to )?diagnos(?:is|es|tic\w*|ed|e)(?: of| as)?",
        r"defined (?:as|by)",
        r"(?:may|can|could|might) (?:cause|lead|result|occur|develop|experience|also occur|have)",
        r"(?:is|are|be|been) (?:known|associated with|accompanied)",
        r"causes?",
        r"(?:occur|develop|experienc|exhibit|includ(?:ed|e) in)\w*",
        r"because",
        r"if|when|unless|until|whether|whereas|while|since",
        r"side effects?",
        r"adverse",
        r"unresponsive to",
        r"in whom",
        r"secondary causes",
        r"other terms",
        r"(?:to|may|can) identify",
        r"(?:test|testing|screening|detection|assessment|evaluation|culture|cultures) (?:of|for)",
        r"severity of",
        r"in the judgment",
        r"(?:was|were|has been|have been) (?:observed|reported|seen)",
        r"rather than",
        r"(?:associated|combined) with (?:an? )?(?:increased|higher)",
    ),
    _Rule.NOTE: (
        r"(?:of|by|meet|with) (?:the|these) following(?: \w+){0,3} (?:symptoms|criteria|signs)",
        r"(?:one|two|three|four|five|six|\d)(?: \(\d\))? (?:or more |of )+(?:\w+ ){0,4}?(?:symptoms|"
        r"criteria|signs)",
        r"symptoms(?: \w+){0,3} (?:include|are|must)",
        r"is characteri[sz]ed by",
        r"impl(?:y|ies)",
        r"(?:usual )?(?:drug|treatment|agent)s? of choice",
        r"differential diagnosis",
        r"lowering blood pressure (?:reduces|lowers)",
        r"relative risk reduction",
        r"the diagnosis",
    ),
    _Rule.BREAKS: (
        r"but",
        r"however",
        r"although",
        r"though",
    ),
}
_EVENT = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<{rule.value}>{'|'.join(some)})" for rule, some in _PHRASES.items())
    + r")(?![\w-])|(?P<clause>[;:•\n]|\. (?=[A-Z]))",
    re.IGNORECASE,
)
# A denial that stands behind what it denies: "its use in asthma has not been established".
_DENIED_BEHIND = re.compile(
    r"(?:has|have|had|is|are|was|were) not (?:yet )?(?:been )?(?:\w+ly )?(?:been )?(?:established|"
    r"demonstrated|shown|studied|evaluated|determined|proven|known|recommended|indicated|tested)"
    r"|(?:is|are) (?:unknown|not (?:yet )?available)|should not (?:be (?:used|given|treated|considered)|receive|use|take)"
    r"|must not|is (?:inappropriate|contraindicated)",
    re.IGNORECASE,
)
_PATIENTS_FIRST = re.compile(
    r"\b(?:is|are|may be|might be|can be|was|were|has been|have been|could be) (?:\w+ )?(?:useful|"
    r"effective|indicated|helpful|beneficial|of (?:value|benefit|use)|recommended|used|approved)\b",
    re.IGNORECASE,
)
_STATES_USE = re.compile(
    r"\b(?:indicated (?:for|in|to|as)|(?:treatment|management|relief|control|therapy) (?:of|for)|"
    r"(?:effective|useful|helpful|beneficial)|used (?:to treat|for|in|against)|treats|efficacy|"
    r"reliev(?:es?|ing)|temporar(?:y|ily)|helps? (?:to )?(?:relieve|prevent|treat|protect|reduce|control)|"
    r"(?:reduces?|prevents?|to (?:reduce|prevent|treat|relieve|control))|protects?|indicated|"
    r"prevention|treatment|prophylaxis|contraindicated|controlling|managing|treating|"
    r"armamentarium)\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?P<cue>may|might|could)(?= (?:also |even |sometimes |possibly )*(?:be (?:\w+ly )?(?:useful|"
    r"helpful|effective|beneficial|of (?:\w+ )?(?:value|benefit|use|help)|considered|an? )|help|"
    r"benefit|prevent|reduce|improve|relieve|have (?:an? )?(?:role|effect|benefit)))|\b(?P<cue2>"
    r"appears?|seems?|suggests?|possibly|probably|potentially|promising|suggested|thought|believed|"
    r"under investigation|potential)\b",
    re.IGNORECASE,
)
_WEAK = ("for", "against")  # also "secondary causes for": too little to end an aside
_REACH = 250  # code points between a phrase and what it rules, outside sections on indications
_NO_AIM_IDS = frozenset(("adverse-effect", "neurological-condition"))
# Words that name no aim: what every disease has, what drugs do, how things are measured.
_NO_AIMS = frozenset(
    """
    disease diseases disorder disorders syndrome syndromes condition conditions illness illnesses
    signs symptoms sign symptom episode episodes attack attacks complication complications
    recurrence recurrences relapse relapses death deaths mortality side effect effects adverse
    reaction reactions event events lesion lesions changes abnormality abnormalities impairment
    functional clinically significant major other these such the of and or in reduce reduction
    irritative obstructive physical somatic infection infections manifestations agents hospitalization
    hospitalizations maintain
    improve having exhibits recurrent initial first acute chronic severe overdose overdosage sterile
    menarche progression disabling reduces relieve relieves prevent prevents improvement maintenance
    worsening specific underlying individual
    """.split()
)
# A change is no aim unless it is one for the worse; what the blood holds is measured, not treated.
_NO_CHANGE = re.compile(
    r"(?:increas|decreas|reduc|lower|improv|elevation|prolong|weight)\w* |(?:elevated|raised) "
    r"(?:\w+ )?(?:total|ldl|hdl|vldl|tg|tc|apo|lipid|serum|plasma|cholesterol|triglyceride)s?\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Event:
    """A phrase that rules what follows it."""

    rule: _Rule | None
    span: Span
    weak: bool = False


@dataclass(slots=True)
class _State:
    """What rules the place that the reading has come to."""

    use: _Event | None = None
    denial: _Event | None = None
    aside: _Event | None = None
    patients: _Event | None = None
    note: bool = False

    def take(self, event: _Event) -> None:
        """Read one more phrase."""
        match event.rule:
            case _Rule.FORBIDS | _Rule.DENIES:
                self.denial, self.aside, self.patients = event, None, None
            case _Rule.TREATS if event.weak and self.aside is not None:
                pass
            case _Rule.TREATS | _Rule.PREVENTS:
                self.use, self.aside, self.patients = event, None, None
            case _Rule.PATIENTS:
                self.patients, self.aside = event, None
            case _Rule.ASIDE:
                self.aside = event
            case _Rule.NOTE:
                self.note = True
            case _Rule.BREAKS:
                self.denial = self.aside = None
            case None:
                self.aside = None


def find_indications(view: SentenceView) -> Iterator[Proposal]:
    """Propose `treats`, `prevents` and `contraindicatedFor` claims, in text order.

    The subject is the drug that the sentence names as its topic, or nothing where it names none.
    What a sentence denies is proposed as denied; what it forbids, as a rule of conduct.
    """
    aims = [m for m in view.mentions if _is_aim(m)]
    if not aims:
        return
    home = view.section in (SectionKind.INDICATIONS, SectionKind.CONTRAINDICATIONS)
    if not home and _STATES_USE.search(view.text) is None:
        return
    events = list(_read_events(view.text))
    state = _State()
    done = 0
    for aim in aims:
        while done < len(events) and events[done].span.end <= aim.span.start:
            state.take(events[done])
            done += 1
        proposal = _decide(view, aim, state, home)
        if proposal is not None:
            yield proposal


def _is_aim(mention: Found) -> bool:
    """Tell whether a mention can be what a drug is used for: a condition, and not just any."""
    concept = mention.concept
    if concept.category is not Category.CONDITION or concept.id in _NO_AIM_IDS:
        return False
    if _NO_CHANGE.match(mention.text):
        return False
    return any(word not in _NO_AIMS for word in _WORD.findall(mention.text.lower()))


def _read_events(text: str) -> Iterator[_Event]:
    """Give the phrases of a sentence, in text order."""
    for match in _EVENT.finditer(text):
        group = match.lastgroup
        rule = None if group is None or group == "clause" else _Rule(group)
        yield _Event(rule, Span(*match.span()), match.group().lower() in _WEAK)


def _decide(view: SentenceView, aim: Found, state: _State, home: bool) -> Proposal | None:
    """Tell what the sentence says of one condition."""
    if state.aside is not None or state.note:
        return None
    denial = state.denial or _denied_behind(view.text, aim)
    if denial is not None:
        return _deny(view, aim, denial)
    if view.section is SectionKind.CONTRAINDICATIONS:
        return _forbid(view, aim, None, "forbids-section")
    use = state.use
    if use is None:
        if state.patients is not None and _PATIENTS_FIRST.search(view.text, aim.span.end):
            return _affirm(view, aim, Relation.TREATS, "treats-patients-first")
        if not home or _is_background(view.text, aim):
            return None
        return _affirm(view, aim, Relation.TREATS, "treats-section")
    if not home and aim.span.start - use.span.end > _REACH:
        return None
    if use.rule is _Rule.PREVENTS:
        if state.patients is not None:
            return None
        return _affirm(view, aim, Relation.PREVENTS, "prevents-trigger")
    who = "-patients" if state.patients is not None else ""
    return _affirm(view, aim, Relation.TREATS, f"treats-trigger{who}")


_STATES = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|may|might|can|could|will|would|should|must|does?|did|"
    r"requires?|occurs?|provokes?|include[sd]?|demonstrated|showed|respond(?:s|ed)?|become|despite)\b",
    re.IGNORECASE,
)


_STOP = re.compile(r"[•\n]|\. (?=[A-Z])")
_REMARK = re.compile(r"\([^()]*\)?")


def _is_background(text: str, aim: Found) -> bool:
    """Tell whether a clause without a word of use is a statement rather than a heading or list."""
    if _STATES_USE.search(text, aim.span.end) is not None:
        return False
    starts = [m.end() for m in _STOP.finditer(text, 0, aim.span.start)]
    end = _STOP.search(text, aim.span.end)
    clause = text[starts[-1] if starts else 0 : len(text) if end is None else end.start()]
    return _STATES.search(_REMARK.sub("", clause)) is not None


def _denied_behind(text: str, aim: Found) -> _Event | None:
    """Give the denial that follows a condition in its clause, if any."""
    end = _clause_end(text, aim.span.end)
    match = _DENIED_BEHIND.search(text, aim.span.end, end)
    return None if match is None else _Event(_Rule.DENIES, Span(*match.span()))


_CLAUSE_END = re.compile(r"[;:•\n]|\. (?=[A-Z])|,? (?:but|however|although|who|which|that|if)\b")


def _clause_end(text: str, start: int) -> int:
    """Give where the clause ends that holds a place."""
    match = _CLAUSE_END.search(text, start)
    return len(text) if match is None else match.start()


def _affirm(view: SentenceView, aim: Found, relation: Relation, rule: str) -> Proposal:
    """Propose that the drug is used so, hedged where the clause hedges."""
    start = max((m.end() for m in _CLAUSE_END.finditer(view.text, 0, aim.span.start)), default=0)
    hedge = _HEDGE.search(view.text, start)
    cue = None if hedge is None else Span(*hedge.span())
    return Proposal(
        _topic(view, aim),
        relation,
        aim,
        ClaimType.INDICATION,
        rule,
        certainty=Certainty.ASSERTED if cue is None else Certainty.POSSIBLE,
        cue=cue,
    )


def _deny(view: SentenceView, aim: Found, denial: _Event) -> Proposal:
    """Propose that the drug does not treat the condition, or must not be used in it."""
    if denial.rule is _Rule.FORBIDS:
        return _forbid(view, aim, denial.span, "forbids-trigger")
    return Proposal(
        _topic(view, aim),
        Relation.TREATS,
        aim,
        ClaimType.INDICATION,
        "denies-trigger",
        polarity=Polarity.NEGATED,
        cue=denial.span,
        negation=denial.span,
    )


def _forbid(view: SentenceView, aim: Found, cue: Span | None, rule: str) -> Proposal:
    """Propose that the drug must not be used in the condition."""
    return Proposal(
        _topic(view, aim),
        Relation.CONTRAINDICATED_FOR,
        aim,
        ClaimType.CONTRAINDICATION,
        rule,
        modality=Modality.FACTUAL if cue is None else Modality.NORMATIVE,
        cue=cue,
    )


_OTHER_DRUG = re.compile(
    r"(?:respon\w+|adjunct\w*|addition|added|with|tolera\w+|intoleran\w+|failure|refractory|"
    r"resistant|unresponsive) (?:to |of |with )?(?:\w+ ){0,2}?$",
    re.IGNORECASE,
)


def _topic(view: SentenceView, aim: Found) -> Found | None:
    """Give the drug that the sentence is about: the first that is not somebody else's treatment."""
    drugs = _drugs(view.mentions)
    for drug in drugs:
        if not _OTHER_DRUG.search(view.text, max(0, drug.span.start - 40), drug.span.start):
            return drug
    return None


def _drugs(mentions: Iterable[Found]) -> list[Found]:
    """Give the drugs among mentions."""
    return [m for m in mentions if m.concept.category in (Category.DRUG, Category.DRUG_CLASS)]
