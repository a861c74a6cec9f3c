"""Rules for what a drug or chemical does to a protein.

A sentence is reduced to its skeleton; then every group of drugs is looked at with every group of
proteins. The words between the two, and right before and after them, decide: "X inhibits Y", "Y
was blocked by X", "X, a selective Y agonist", "Y-mediated uptake of X".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from claimgraph.extract.cues import Cue, CueKind, find_cues
from claimgraph.extract.effects import (
    ACTIVATES,
    AGONIST,
    ANTAGONIST,
    INHIBITS,
    ROLES,
    SUBSTRATE,
    Effect,
    find_effects,
    may_say_effect,
    name_role_effect,
)
from claimgraph.extract.letters import AnyCase
from claimgraph.extract.skeleton import DRUG, TARGET, Group, build_skeleton
from claimgraph.extract.view import Proposal, SentenceView
from claimgraph.model import Category, Certainty, ClaimType, Polarity, Relation

_WORD = re.compile(r"[A-Za-z][\w'-]*")
_MARK_OF = {Category.DRUG: DRUG, Category.DRUG_CLASS: DRUG, Category.TARGET: TARGET}
RELATION_OF = {
    INHIBITS: Relation.DECREASES,
    ACTIVATES: Relation.INCREASES,
    AGONIST: Relation.MODULATES,
    ANTAGONIST: Relation.MODULATES,
    SUBSTRATE: Relation.IS_SUBSTRATE_OF,
}
"""The relation that says what a drug does to a target."""

_WIDEST = 220  # code points between a drug and a protein; beyond it nothing is decided
_LONGEST_GAP = 60  # code points between two members of one list
_NEAR = 60  # code points before the first mention in which its noun or its hedge may stand

# Between two members of one list: commas, conjunctions, brackets, and the small nouns that may
# follow a protein's name.
_JOIN = AnyCase(
    r"(?:[\s,/()\[\]+&–-]|\b(?:and|or|but also|as well as|plus|namely|both|the|its|their|i\.e\.|"
    r"e\.g\.|also|known|called|receptors?|mRNA|mRNAs|proteins?|genes?|enzymes?|kinases?|isoforms?|"
    r"subunits?|activity|expression)\b)*",
)

# ── Words that name a role ──────────────────────────────────────────────────────────────────────

_ROLE = rf"(?P<role>{'|'.join(ROLES)})s?\b"
# "Y inhibitor", "Y receptor partial agonist", "Y/Y antagonists": read from the end of Y.
_ROLE_AFTER = AnyCase(
    r"[\s\-)]*(?:(?:receptors?|subtypes?|channels?|partial|full|inverse|selective|reuptake|kinase|"
    rf"enzyme|and|or|activity|specific|{TARGET}|/|,)[\s,\-]*){{0,4}}{_ROLE}",
)
# "inhibitor of (human) Y": read up to the start of Y.
_ROLE_OF = AnyCase(
    rf"{_ROLE}\s+(?:of|for|at|to|against)\s+(?:[^\s,;{TARGET}]+\s+|{TARGET},?\s*){{0,6}}$",
)
# "X, a (new, potent) Y inhibitor": nothing but names and adjectives between.
_IS_A = re.compile(rf"[\s)\](\[,:;\-–—]*+(?:(?:[\w-]++|{TARGET}|/)[\s,(/\-]*+){{0,8}}")
_NOT_IS_A = AnyCase(
    r"\b(?:inhibit(?:s|ed)|reduced|increased|by|blocked|abolished|with|than|but|not|of|in|on|for|to)"
    r"\b",
)
_COPULA = AnyCase(r"[\s,(]*(?:an?|is|are|was|were|as)\b")
# "the Y agonist Z": the role belongs to the drug named next.
_NAMES_NEXT = re.compile(rf"[\s,(]*{DRUG}")
# "Y inhibitors such as X", "Y inhibitor, X".
_NAMES = AnyCase(
    r"[\s,:(\[]*(?:(?:such as|including|like|e\.g\.,?|i\.e\.,?|namely|drugs?|compounds?|the|were|"
    r"are|is|was|used)[\s,]*){0,3}[\s(\[]*",
)

# ── Words that join a drug, an effect and a protein ─────────────────────────────────────────────

_DENIAL = AnyCase(r"\b(?:not|no|without|neither|nor|failed|cannot|lack\w*)\b")
# Beyond these words a new statement begins.
_TURN = AnyCase(r";|\b(?:whereas|while|however|although|but|compared (?:to|with)|than)\b")
# ", a potent inhibitor of Z," right after the drug says nothing about what follows it.
_APPOSITION = re.compile(r"\s*,\s*(?:an?|the|one of|known|which is|used)\b[^,;]{3,80},")
# A second verb with the same subject: "blocks Z, causing … and stimulating Y".
_SECOND_VERB = re.compile(
    r"(?:\b(?:and|or|by|via|through|thereby|thus|causing|which|that|to)|,)\s+"
    r"(?:\w+ly\s+|also\s+|the\s+|its\s+)?$"
)
_VERB_END = ("ed", "ing", "s")
# "X-induced", "X-mediated".
_INDUCED = AnyCase(r"\s*-\s*(?:induced|mediated|stimulated|evoked|elicited|dependent|activated)\b")
_BY = re.compile(r"\b(?:by|after|following|upon|(?:treated|treatment|incubat\w+) with)\b")
_BY_OR_WITH = re.compile(r"\b(?:by|with|after|following|in response to)\b")
_IN = re.compile(r"\bin\b")
# "in X-treated cells", "in the X group".
_TREATED = AnyCase(r"\s*[- ](?:treat|group|fed|exposed|administ|intoxic|inject|loaded|stimulated)")
_ENZYME_DOES = re.compile(r"\b(?:by|via|through|to)\b")
# How the subject acts on another drug: "lowers the level of W by inducing Y".
_MANNER = re.compile(r"\s*(?:by|through|via)\s+")
_ACTED_ON = re.compile(rf"\b(?:of|to)\s+{DRUG}(?=\s+(?:by|through|via)\s+$)")
_INHIBITORY = AnyCase(r"inhibit\w* (?:effect|activit|potenc|action)")
_ON = re.compile(r"[\s)]*(?:on|against|towards?|for|to|at)\b")
_BY_ENZYME = re.compile(r"\b(?:by|via|through)\b|[\s)]*to\b")


@dataclass(frozen=True)
class _Frame:
    """A skeleton with its words looked up once for all pairs."""

    text: str

    @cached_property
    def word_starts(self) -> list[int]:
        return [match.start() for match in _WORD.finditer(self.text)]

    @cached_property
    def effects(self) -> list[Effect]:
        return list(find_effects(self.text))

    @cached_property
    def effect_starts(self) -> list[int]:
        return [one.start for one in self.effects]

    def cut_effects(self, start: int, end: int) -> list[Effect]:
        """Give the effects that begin in a stretch."""
        low, high = bisect_left(self.effect_starts, start), bisect_left(self.effect_starts, end)
        return self.effects[low:high]

    def count_words(self, start: int, end: int) -> int:
        return bisect_left(self.word_starts, end) - bisect_left(self.word_starts, start)


@dataclass(frozen=True)
class _Pair:
    """A drug and a protein in a skeleton, in the order of the text."""

    frame: _Frame
    drug_first: bool
    first: int
    second: int

    @cached_property
    def between(self) -> str:
        return self.frame.text[self.first + 1 : self.second]

    @property
    def before(self) -> str:
        return self.frame.text[max(0, self.first - _NEAR) : self.first]

    @property
    def after(self) -> str:
        return self.frame.text[self.second + 1 : self.second + 1 + _NEAR]

    @cached_property
    def effects(self) -> list[Effect]:
        return self.frame.cut_effects(self.first, self.second)

    @cached_property
    def effects_before(self) -> list[Effect]:
        return self.frame.cut_effects(self.first - _NEAR, self.first)

    def words_to(self, effect: Effect) -> int:
        return self.frame.count_words(self.first, effect.start)

    def words_from(self, effect: Effect) -> int:
        return self.frame.count_words(effect.end, self.second)

    @cached_property
    def skipped(self) -> int:
        """How much of `between` only describes the drug."""
        if not self.drug_first:
            return 0
        apposition = _APPOSITION.match(self.between)
        return apposition.end() if apposition else 0

    @cached_property
    def words(self) -> int:
        return self.frame.count_words(self.first, self.second)


_Decision = tuple[str, str] | None
"""The detail and the name of the rule; ``None`` where no rule speaks."""


def find_target_relations(view: SentenceView) -> Iterator[Proposal]:
    """Find what drugs and chemicals do to proteins in a sentence.

    `detail` is one of inhibits, activates, agonist, antagonist, substrate. A denied effect is
    proposed with its negation; an effect that the sentence hedges is proposed as possible.
    """
    kinds = {_MARK_OF.get(found.concept.category) for found in view.mentions}
    if not (DRUG in kinds and TARGET in kinds):
        return
    if not may_say_effect(view.text):
        return
    skeleton = build_skeleton(view.text, view.mentions, _MARK_OF, _is_join)
    frame = _Frame(skeleton.text)
    cues: list[Cue] | None = None
    for number, first in enumerate(skeleton.groups):
        for second in skeleton.groups[number + 1 :]:
            if second.place - first.place > _WIDEST:
                break
            if first.mark == second.mark:
                continue
            pair = _Pair(frame, first.mark == DRUG, first.place, second.place)
            decision = _decide(pair)
            if decision is None:
                continue
            if cues is None:
                cues = list(find_cues(view.text))
            may_deny = _DENIAL.search(pair.between) is not None
            yield from _propose(first, second, *decision, cues, may_deny=may_deny)


def _is_join(gap: str, _ahead: str) -> bool:
    """Tell whether a list goes on."""
    return len(gap) <= _LONGEST_GAP and _JOIN.fullmatch(gap) is not None


def _propose(
    first: Group, second: Group, detail: str, rule: str, cues: list[Cue], *, may_deny: bool
) -> Iterator[Proposal]:
    """Propose the decision for every drug of one group with every protein of the other.

    A denial in a remark in parentheses denies nothing; the skeleton no longer holds it.
    """
    start, end = first.members[-1].span.end, second.members[0].span.start
    denial = _pick(cues, CueKind.NEGATION, start, end) if may_deny else None
    hedge = _pick(cues, CueKind.SPECULATION, first.members[0].span.start - _NEAR, end)
    drugs, targets = (first, second) if first.mark == DRUG else (second, first)
    for drug, target in product(drugs.members, targets.members):
        yield Proposal(
            subject=drug,
            relation=RELATION_OF[detail],
            object=target,
            type=ClaimType.PHARMACOKINETICS if detail == SUBSTRATE else ClaimType.MECHANISM,
            rule=f"targets:{rule}",
            polarity=Polarity.NEGATED if denial else Polarity.AFFIRMED,
            certainty=Certainty.POSSIBLE if hedge else Certainty.ASSERTED,
            cue=hedge.span if hedge else None,
            negation=denial.span if denial else None,
            detail=detail,
        )


def _pick(cues: list[Cue], kind: CueKind, start: int, end: int) -> Cue | None:
    """Give the last cue of a kind inside the stretch."""
    inside = [
        one for one in cues if one.kind is kind and start <= one.span.start and one.span.end <= end
    ]
    return inside[-1] if inside else None


def _decide(pair: _Pair) -> _Decision:
    """Try the rules: a role named right at the protein decides alone, then verbs, then nouns."""
    role = _ROLE_AFTER.match(pair.after if pair.drug_first else pair.between)
    if role:
        return _decide_role(pair, role)
    role = _ROLE_OF.search(pair.between if pair.drug_first else pair.before)
    if role:
        decision = _decide_role_of(pair, role)
        if decision:
            return decision
    rest = pair.between[pair.skipped :]
    if _TURN.search(rest):
        return None
    if pair.effects:
        return _decide_active(pair) if pair.drug_first else _decide_passive(pair)
    if pair.effects_before:
        return _decide_noun_drug(pair) if pair.drug_first else _decide_noun_protein(pair)
    return None


def _decide_role(pair: _Pair, role: re.Match[str]) -> _Decision:
    """Decide "X, a Y inhibitor" and "the Y inhibitor X"."""
    detail = name_role_effect(role["role"], role.group())
    between = pair.between
    if not pair.drug_first:
        is_named = _NAMES.fullmatch(between, role.end()) is not None
        return (detail, "role-names-drug") if is_named else None
    has_copula = _COPULA.match(between) is not None
    if not has_copula and (_NAMES_NEXT.match(pair.after, role.end()) or " and " in between):
        return None
    if pair.words <= 8 and _IS_A.fullmatch(between) and not _NOT_IS_A.search(between):
        return detail, "drug-is-role"
    return None


def _decide_role_of(pair: _Pair, role: re.Match[str]) -> _Decision:
    """Decide "X is an inhibitor of Y" and "the inhibitor of Y, X"."""
    detail = name_role_effect(role["role"], pair.after[:30])
    if not pair.drug_first:
        return (detail, "role-of-protein-drug") if _NAMES.fullmatch(pair.between) else None
    if pair.words <= 12 and not _DENIAL.search(pair.between):
        return detail, "drug-role-of"
    return None


def _decide_active(pair: _Pair) -> _Decision:
    """Decide "X inhibits Y", "X-induced Y", "X is metabolised by Y"."""
    frame = pair.frame
    effects = [one for one in pair.effects if one.start > pair.first + pair.skipped]
    if not effects:
        return None
    induced = _INDUCED.match(pair.between)
    if induced:
        # "X-induced inhibition of Y" inhibits; "X-induced Y" activates.
        if pair.words > 7:
            return None
        inner = [one for one in effects if one.start > pair.first + induced.end()]
        detail = inner[0].kind if inner else ACTIVATES
        return (detail, "induced") if detail in (INHIBITS, ACTIVATES) else None
    effect = effects[0]
    for one in effects[1:]:
        turn = frame.text[pair.first + 1 : one.start]
        if one.word.endswith(_VERB_END) and _SECOND_VERB.search(turn):
            effect = one
    lead = pair.words_to(effect) - frame.count_words(pair.first, pair.first + pair.skipped)
    tail = pair.words_from(effect)
    before, after = frame.text[pair.first + 1 : effect.start], frame.text[effect.end : pair.second]
    if effect.kind == SUBSTRATE:
        is_by = lead <= 5 and tail <= 8 and _ENZYME_DOES.search(after)
        return (SUBSTRATE, "drug-verb-enzyme") if is_by else None
    if effect.kind not in (INHIBITS, ACTIVATES) or lead > 7:
        return None
    if _MANNER.fullmatch(before) and DRUG in frame.text[: pair.first]:
        return None  # "X lowers the level of W by inducing Y": X induces, not W
    before = _ACTED_ON.sub("", before)
    later = {one.kind for one in effects if one.start > effect.end}
    if effect.kind == ACTIVATES and INHIBITS in later:
        return INHIBITS, "drug-verb-inhibition"  # "increases the inhibition of Y"
    is_crowded = DRUG in before or TARGET in before or TARGET in after
    if effect.kind == ACTIVATES:
        return (ACTIVATES, "drug-verb") if tail <= 8 and not is_crowded else None
    if _INDUCED.match(after) or tail <= (3 if DRUG in before else 7):
        return INHIBITS, "drug-verb"
    return None


def _decide_passive(pair: _Pair) -> _Decision:
    """Decide "Y is inhibited by X", "Y increased in X-treated cells", "Y metabolises X"."""
    effect = pair.effects[-1]
    lead, tail = pair.words_to(effect), pair.words_from(effect)
    if lead > 8 or tail > 6 or effect.kind not in (INHIBITS, ACTIVATES, SUBSTRATE):
        return None
    if effect.kind == SUBSTRATE:
        return (SUBSTRATE, "enzyme-verb-drug") if lead <= 6 else None
    after = pair.frame.text[effect.end : pair.second]
    detail = effect.kind
    if any(one.kind == INHIBITS for one in pair.effects):
        detail = INHIBITS  # "inhibition of Y induced by X"
    if _BY.search(after):
        return detail, "verb-by-drug"
    if _IN.search(after) and _TREATED.match(pair.after):
        return effect.kind, "verb-in-treated"
    return None


def _decide_noun_protein(pair: _Pair) -> _Decision:
    """Decide "inhibition of Y by X", "increased Y in X-treated cells"."""
    effect = pair.effects_before[-1]
    if pair.words > 7 or pair.frame.count_words(effect.end, pair.first) > 4:
        return None
    detail = effect.kind
    if any(one.kind == INHIBITS for one in pair.effects_before):
        detail = INHIBITS
    if detail not in (INHIBITS, ACTIVATES):
        return None
    if _BY_OR_WITH.search(pair.between):
        return detail, "noun-protein-by-drug"
    if _IN.search(pair.between) and _TREATED.match(pair.after):
        return effect.kind, "noun-in-treated"
    return None


def _decide_noun_drug(pair: _Pair) -> _Decision:
    """Decide "inhibitory effect of X on Y", "metabolism of X by Y"."""
    effect = pair.effects_before[-1]
    if pair.words > 6:
        return None
    if effect.kind == SUBSTRATE and _BY_ENZYME.search(pair.between):
        return SUBSTRATE, "noun-drug-by-enzyme"
    if (
        effect.kind == INHIBITS
        and _ON.match(pair.between)
        and _INHIBITORY.match(pair.frame.text, effect.start)
    ):
        return INHIBITS, "inhibitory-effect-on"
    return None
