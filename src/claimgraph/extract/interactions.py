"""Rules for interactions of two drugs.

A sentence is reduced to its skeleton, so that a list of drugs is one group; members of one list
are not paired with each other unless a combination of just two is the topic. Then the words
between two groups decide whether they interact, and the words of the clause decide how.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from claimgraph.extract.cues import Cue, CueKind, find_cues
from claimgraph.extract.letters import AnyCase
from claimgraph.extract.messengers import is_messenger
from claimgraph.extract.scopes import find_clauses
from claimgraph.extract.skeleton import DRUG, Group, Skeleton, build_skeleton
from claimgraph.extract.substances import is_medicine
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import Category, Certainty, ClaimType, Modality, Polarity, Relation, Span

MECHANISM = "mechanism"
EFFECT = "effect"
ADVISE = "advise"
INTERACTION = "int"

_MARK_OF = {Category.DRUG: DRUG, Category.DRUG_CLASS: DRUG}
_CHANGE_RULES = ("changes", "changes-beyond")
_JOINING_RULES = ("with", "meets")
_NEAR = 90  # code points around a list of two in which a combination is named

# ── Lists and headings ──────────────────────────────────────────────────────────────────────────

# What ends a list: a word that relates what stands left of it to what stands right of it.
_RELATES = AnyCase(
    r"[.:]|\b(?:with|by|on|to|when|while|if|may|might|should|must|can|could|will|would|is|are|was|"
    r"were|be|been|have|has|had|in|of|than|from|for|between|that|which|who|because|since|but|not|"
    r"during|after|before|against|at|into|plus|increas\w*|decreas\w*|reduc\w*|inhibit\w*|induced?|"
    r"potentiat\w*|enhanc\w*|interact\w*|prolong\w*|caus\w*|therapy|treatment|also|combin\w*|"
    r"administ\w*|coadmin\w*|concomitant\w*|concurrent\w*|given|taken|used|receiving|taking|"
    r"blocks?|antagoni[sz]e\w*|levels?|concentrations?|effects?)\b",
)
_SEPARATES = AnyCase(r"[,;/()*®+&-]|\b(?:and|or|nor|like|as well as)\b")
# What follows a member of a list set off by semicolons; a verb would begin a new statement.
_LIST_GOES_ON = AnyCase(r"\s*[*®]?\s*(?:[;,.(]|(?:and|or)\b|$)")
_ABBREVIATION = re.compile(r"\b(?:e\.? ?g\.|i\.e\.|etc\.)", re.IGNORECASE)
_LONGEST_GAP = 60  # code points
_MOST_WORDS = 7
# "Cimetidine:" or "Drug interactions Cimetidine (all doses):" at the start of a sentence.
_HEADING = re.compile(rf"[^a-z.:]*(?:[\w\s,()/-]{{0,40}}){DRUG}[^.:;{DRUG}]{{0,25}}:")
# "Lithium: should not be given with …": what looks like a heading is the subject.
_PREDICATE = AnyCase(
    r"\s*(?:generally |also |usually )?(?:may|should|can|must|(?:in|de)creases?|potentiates?|"
    r"enhances?|reduces?|inhibits?|interacts?|prolongs?|antagoni[sz]es)\b",
)
# "A and B", "A plus B", "A/B": a pair, not the rest of a list.
_PAIR = AnyCase(r"[\s,]*(?:\b(?:and|plus)\b|[/+-])\s*(?:an?\s|the\s)?[\s\w-]*")
_NO_PAIR = AnyCase(r"\b(?:other|such|like|including)\b")
# "concomitant use of A and B", "interaction between A and B", "receiving A and B".
_COMBINES_BEFORE = AnyCase(
    r"(?:combin\w+|concomitant\w*(?: use| administration| therapy| treatment)?|co-?administ\w+|"
    r"concurrent\w*(?: use| administration| therapy)?|interactions?|co-?treat\w+|"
    r"simultaneous\w*(?: use| administration)?|use|therapy|receiving|taking|treatment|synerg\w+|"
    r"(?:treated|given|administered|used) with)"
    r"\s+(?:of|between|with)?\s*(?:[\w-]+\s+){0,3}$",
)
# "A and B are given together", "A-B interaction".
_COMBINES_AFTER = AnyCase(
    r"[^.;]{0,40}\b(?:combination|interaction|co-?administ|concomitant|concurrent|together|"
    r"simultaneous)",
)

# ── Words that say that two drugs meet, or that one does something to the other ─────────────────

_CHANGES = AnyCase(
    r"\b(?:increas|decreas|reduc|inhibit|induc|potentiat|enhanc|interact|interfer|alter|affect|"
    r"prolong|diminish|antagoni[sz]|block|impair|delay|lower|rais|elevat|augment|accelerat|displac|"
    r"attenuat|counteract|intensif|revers|prevent|produc|caus|result|lead|contraindicat|exacerbat|"
    r"modif|influenc|chang|abolish|suppress|stimulat|slow|neutrali|retard|hasten|doubl|synerg|"
    r"additive|bind|metaboli|clear|exert|depress|protect|compet|eliminat|exaggerat|precipitat|"
    r"promot|complex|adsorb|chelat|inactivat|oppos|weaken|worsen|aggravat|predispos|sensiti|mask|"
    r"minimi|limit|heighten|accentuat|provok)\w*|\b(?:higher|greater|risk|toxicity|hypotension)\b|"
    r"-fold\b",
)
# "Aspirin, platelet inhibitors, other drugs and": members of one list.
_LISTED = AnyCase(
    r" ?,(?: ?[\w-]+(?: [\w-]+){0,3} (?:inhibitors|inducers|blockers|antagonists|agonists|agents|"
    r"drugs|suppressants|depressants) ?,?){1,6} ?(?:and|or)? ?",
)
_MEETS = AnyCase(
    r"\b(?:concomitant|concurrent|co-?administ|combin|together|simultaneous|co-?treat|when|"
    r"presence of|plus|added|addition|receiving|taking|treated with|pretreat|therapy with|"
    r"administ\w+ with|(?:used|given|taken) with|use of|if)\w*",
)
# "A is converted to B", "B, a metabolite of A"; "A is better than B": no interaction.
_BECOMES = AnyCase(
    r"\b(?:metaboli[sz]\w+|conver\w+|hydroly\w+)\s+(?:in)?to\b|\bmetabolites?\b|\bthan\b|"
    r"\bcompared\b|\bversus\b|\binstead of\b|\balternatives?\b|\bsuperior|\bsimilar to\b",
)
_WITH = AnyCase(r"\s*(?:[\w-]+\s+){0,3}(?:with|and|between)\b")
_ACTS_ON = AnyCase(r"\b(?:by|to|during|after|against)\b")

# ── Words that say how ──────────────────────────────────────────────────────────────────────────

_ADVICE = AnyCase(
    r"\bshould\b|\bavoid|\brecommend|\bcaution|\bcontraindicat|"
    r"\bnot be (?:used|given|administered|taken|co)|\bmust\b|\badvis|\bmonitor|\bneed(?:s|ed)?\b|"
    r"\bnecessary\b|\bconsider|\badjust|\bcareful|\bclosely\b|\bwarn|\brequire|\bcare\b|\bdo not\b|"
    r"\btell your",
)
_KINETICS = AnyCase(
    r"\bconcentrations?\b|\blevels?\b|\bAUC\b|\bC ?max\b|\bclearance\b|\bmetaboli|\babsorption\b|"
    r"\bbioavailab|\bexposure\b|\bhalf-li|\bexcretion\b|\belimination\b|\bpharmacokinetic|"
    r"\bprotein[- ]binding\b|\bdisplac|\bCYP|\bcytochrome|\benzyme",
)
_KINETIC_CHANGE = AnyCase(
    r"increas|decreas|reduc|inhibit|induc|alter|affect|elevat|lower|interfer|impair|delay|rais|"
    r"prolong|higher|enhanc|metaboli|chang|displac|fold",
)
_DYNAMICS = AnyCase(
    r"\b(?:effect|action|potentiat|enhanc|additive|synerg|antagoni|toxicity|risk\b|increas|decreas|"
    r"reduc|diminish|block|inhibit|hypotensi|sedati|bleeding|reactions?\b|efficacy|response|"
    r"activity|produc|caus|result|prolong|lead to|death|hypo|hyper|incidence|influenc|neutrali|"
    r"counteract|revers|affect|intensif|impair|paraly|accentuat|provok)",
)
# "no dose adjustment is needed", "is not contraindicated".
_NO_ADVICE = AnyCase(
    r"\bno\b[^,;]{0,40}\b(?:adjust|recommend|necessary|requir|need|precaution)|"
    r"\bnot (?:necessary|required|needed|contraindicated)",
)
_INTERACTS = AnyCase(r"\binteract")
_INTERACT_WORDS = re.compile(r"interact\w*", re.IGNORECASE)
_DENIAL = AnyCase(
    r"\b(?:no|not(?! only)|neither|nor|without|unlikely|lack of|unaffected|unchanged|safely|"
    r"unknown|failed to)\b",
)
# A clause ends here: what is denied before may be affirmed after.
_CLAUSE = AnyCase(r";|[,.]?\s+\b(?:but|however|although|except|though)\b")
_ALLERGIC = AnyCase(
    r"\b(?:allerg(?:ic|y|ies) to|hypersensitiv(?:e|ity) to|intoleran(?:t|ce) (?:to|of))\s+"
    r"(?:\w+\s+(?:or|and)\s+)?$",
)
# "Its anticonvulsant action": the class says what the drug does and is no second drug.
_DESCRIBES = AnyCase(r"\s+(?:actions?|activit(?:y|ies)|propert(?:y|ies)|potency|efficacy)\b")
# "Its anticonvulsant effect" is its own; "the anticoagulant effect of warfarin" may be changed.
_OWN = AnyCase(r"\b(?:its|their)\s+(?:[\w-]+\s+)?$")
_OWN_EFFECT = AnyCase(r"\s+effects?\b")
_MEASUREMENT = AnyCase(r"\bmeasurements? of $")
_SEMICOLON = re.compile(r";|\. |,? whereas\b")
_WORD = re.compile(r"\w+")
_WORD_END = re.compile(r"\w*")
_PLURAL = re.compile(r"s$")


@dataclass(frozen=True)
class _Clause:
    """A stretch of the skeleton in which groups are paired."""

    text: str
    groups: tuple[Group, ...]

    @cached_property
    def kind(self) -> str | None:
        """How drugs of the clause interact, if they do."""
        return _name_kind(self.text)

    def name_kind_of(self, first: Group, second: Group) -> str | None:
        """How two groups interact: advice after a stated change only draws the conclusion."""
        if (
            self.kind == ADVISE
            and _CHANGES.search(self.text, first.place, second.place)
            and not _ADVICE.search(self.text, 0, second.place)
        ):
            return _name_finding(self.text)
        return self.kind

    @cached_property
    def word_starts(self) -> list[int]:
        return [match.start() for match in _WORD.finditer(self.text)]

    def count_words(self, start: int, end: int) -> int:
        return bisect_left(self.word_starts, end) - bisect_left(self.word_starts, start)

    def denies(self, kind: str, start: int, end: int) -> bool:
        """Tell whether an interaction of a kind is denied; advice not to combine is no denial."""
        if kind == ADVISE:
            return _NO_ADVICE.search(self.text) is not None
        return self.is_denied(start, end)

    @cached_property
    def denials(self) -> list[int]:
        """Where something is denied."""
        return [match.start() for match in _DENIAL.finditer(self.text)]

    @cached_property
    def turns(self) -> list[int]:
        """Where a new part of the clause begins."""
        return [match.start() for match in _CLAUSE.finditer(self.text)]

    def is_denied(self, start: int, end: int) -> bool:
        """Tell whether a denial stands in the part of the clause that holds the stretch."""
        low = max((place for place in self.turns if place <= start), default=-1)
        high = min((place for place in self.turns if place >= end), default=len(self.text))
        return any(low < place < high for place in self.denials)


@dataclass(frozen=True, slots=True)
class _Related:
    """Two drugs that a rule relates, and how."""

    one: Found
    two: Found
    kind: str
    rule: str
    is_denied: bool


def find_interactions(view: SentenceView) -> Iterator[Proposal]:
    """Find pairs of drugs that interact, or that should not be combined, in a sentence.

    `detail` is one of mechanism (kinetics), effect (dynamics), advise, int (only named). Advice is
    normative. A pair is proposed once, at its first mentions.
    """
    if len(view.drugs) < 2:
        return
    drugs = [found for found in view.drugs if not _is_no_partner(view.text, found)]
    if len(drugs) < 2 or len({_key(found) for found in drugs}) < 2:
        return
    skeleton = build_skeleton(view.text, drugs, _MARK_OF, _is_join)
    seen: set[frozenset[str]] = set()
    cues: list[Cue] | None = None
    for clause in _cut_clauses(skeleton):
        if clause.kind is None:
            continue
        for related in _relate_clause(view.text, clause):
            pair = frozenset((_key(related.one), _key(related.two)))
            if len(pair) < 2 or pair in seen or _are_apart(view.text, related):
                continue
            seen.add(pair)
            if cues is None:
                cues = list(find_cues(view.text))
            yield _propose(view.text, related, cues)


def _are_apart(text: str, related: _Related) -> bool:
    """Tell whether each drug has a clause of its own: "X causes rash, and Y causes nausea"."""
    clauses = find_clauses(text)
    return bisect_right(clauses, related.one.span.start) != bisect_right(
        clauses, related.two.span.start
    )


def _is_join(gap: str, ahead: str) -> bool:
    """Tell whether a list goes on: a few words, a separator among them, and none that relates."""
    if len(gap) > _LONGEST_GAP:
        return False
    gap = _ABBREVIATION.sub(" ", gap)
    if gap.strip() and not _SEPARATES.search(gap):
        return False
    if ";" in gap and not _LIST_GOES_ON.match(ahead):
        return False
    return len(gap.split()) <= _MOST_WORDS and not _RELATES.search(gap)


def _key(found: Found) -> str:
    """Give what two mentions of one drug share."""
    return _PLURAL.sub("", found.text.lower())


def _is_no_partner(text: str, found: Found) -> bool:
    """Tell whether a mention is no drug that is taken: an allergen, a messenger, an adjective."""
    if not found.detail and not is_medicine(found.text):  # who gives mentions knows better
        return True
    before = text[max(0, found.span.start - 40) : found.span.start]
    if _ALLERGIC.search(before) or _MEASUREMENT.search(before) or is_messenger(text, found):
        return True
    if found.concept.category is not Category.DRUG_CLASS:
        return False
    return _DESCRIBES.match(text, found.span.end) is not None or (
        _OWN.search(before) is not None and _OWN_EFFECT.match(text, found.span.end) is not None
    )


def _propose(text: str, related: _Related, cues: list[Cue]) -> Proposal:
    """Make a claim of two related drugs, with the cues that deny, hedge or advise it."""
    hedge = _pick(cues, CueKind.SPECULATION, related.two.span.start)
    denial = advice = None
    if related.is_denied:
        denial = _pick(cues, CueKind.NEGATION, None) or _nearest(_DENIAL, text, related)
    if related.kind == ADVISE:
        advice = _nearest(_ADVICE, text, related)
        if hedge is not None and hedge.cut(text).lower() == "should":
            hedge = None
    return Proposal(
        subject=related.one,
        relation=Relation.INTERACTS_WITH,
        object=related.two,
        type=ClaimType.INTERACTION,
        rule=f"interactions:{related.rule}",
        polarity=Polarity.NEGATED if related.is_denied else Polarity.AFFIRMED,
        certainty=Certainty.POSSIBLE if hedge else Certainty.ASSERTED,
        modality=Modality.NORMATIVE if related.kind == ADVISE else Modality.FACTUAL,
        cue=hedge or advice,
        negation=denial,
        detail=related.kind,
    )


def _nearest(pattern: AnyCase, text: str, related: _Related) -> Span | None:
    """Give the match that stands nearest to the pair, the earlier of two as near."""
    start, end = related.one.span.start, related.two.span.end
    found = [
        Span(match.start(), _WORD_END.match(text, match.end()).end())  # type: ignore[union-attr]
        for match in pattern.finditer(text)
    ]
    return min(
        found, key=lambda one: (max(start - one.end, one.start - end, 0), one.start), default=None
    )


def _pick(cues: list[Cue], kind: CueKind, before: int | None) -> Span | None:
    """Give the first cue of a kind, before a place if one is given."""
    return next(
        (
            cue.span
            for cue in cues
            if cue.kind is kind and (before is None or cue.span.end <= before)
        ),
        None,
    )


def _name_kind(text: str) -> str | None:
    """Name how drugs interact in a clause; advice comes first."""
    if _ADVICE.search(text) and (_MEETS.search(text) or _INTERACTS.search(text)):
        return ADVISE
    return _name_finding(text)


def _name_finding(text: str) -> str | None:
    """Name what is found when drugs interact: kinetics before dynamics."""
    if _KINETICS.search(text) and _KINETIC_CHANGE.search(text):
        return MECHANISM
    if _INTERACTS.search(text):
        return EFFECT if _DYNAMICS.search(_INTERACT_WORDS.sub("", text)) else INTERACTION
    return EFFECT if _DYNAMICS.search(text) else None


def _cut_clauses(skeleton: Skeleton) -> Iterator[_Clause]:
    """Leave out a heading and cut the rest at semicolons."""
    start = 0
    heading = _HEADING.match(skeleton.text) if len(skeleton.groups) > 1 else None
    if heading and not _PREDICATE.match(skeleton.text, heading.end()):
        start = heading.end()
    borders = [match.start() for match in _SEMICOLON.finditer(skeleton.text, start)]
    for low, high in zip([start, *borders], [*borders, len(skeleton.text)], strict=True):
        groups = tuple(
            replace(group, place=group.place - low)
            for group in skeleton.groups
            if low <= group.place < high
        )
        if groups:
            yield _Clause(skeleton.text[low:high], groups)


def _relate_clause(text: str, clause: _Clause) -> Iterator[_Related]:
    """Relate the drugs of a clause: members of a combination, then group with group.

    Once two groups act together ("A with B"), a change after them is theirs, not the second's.
    """
    joint: set[int] = set()
    for group in clause.groups:
        combined = _relate_members(text, clause, group)
        if combined is not None:
            joint.add(group.place)
            yield combined
    for number, first in enumerate(clause.groups):
        for second in clause.groups[number + 1 : number + 3]:
            is_next = second is clause.groups[number + 1]
            kind = clause.name_kind_of(first, second)
            rule = _relate(clause, first, second, kind, is_next=is_next)
            if rule is None or kind is None or (first.place in joint and rule in _CHANGE_RULES):
                continue
            if is_next and rule in _JOINING_RULES:
                joint.add(second.place)
            denied = clause.denies(kind, first.place, second.place)
            for one in first.members:
                for two in second.members:
                    yield _Related(one, two, kind, rule, is_denied=denied)


def _relate_members(text: str, clause: _Clause, group: Group) -> _Related | None:
    """Relate the two members of "A and B" where their combination is spoken of."""
    if len(group.members) != 2:
        return None
    one, two = group.members
    gap = text[one.span.end : two.span.start]
    if not _PAIR.fullmatch(gap) or _NO_PAIR.search(gap):
        return None
    place = group.place
    if _COMBINES_BEFORE.search(clause.text[max(0, place - _NEAR) : place]):
        rule = "combination-of"
    elif _COMBINES_AFTER.match(clause.text[place + 1 : place + 1 + _NEAR]):
        rule = "combined"
    else:
        return None
    kind = clause.kind or INTERACTION
    return _Related(one, two, kind, rule, is_denied=clause.denies(kind, place, place + 1))


def _relate(
    clause: _Clause, first: Group, second: Group, kind: str | None, *, is_next: bool
) -> str | None:
    """Name the rule by which the words between relate two groups, if one does."""
    between = clause.text[first.place + 1 : second.place]
    words = clause.count_words(first.place, second.place)
    if _BECOMES.search(between):
        return None
    if _LISTED.fullmatch(between):
        return None
    changes, meets = _CHANGES.search(between), _MEETS.search(between)
    if not is_next:
        if meets and not changes:
            return "meets-beyond" if words < 18 else None
        is_effect = changes and words < 12 and kind in (EFFECT, INTERACTION)
        return "changes-beyond" if is_effect else None
    if changes:
        return "changes" if words < 24 else None
    if meets:
        return "meets" if words < (18 if kind == ADVISE else 12) else None
    if words >= 12:
        return None
    if _WITH.match(between):
        return "with"
    if _ACTS_ON.search(between) and not _CHANGES.search(clause.text, 0, first.place):
        return "acts-on"
    return None
