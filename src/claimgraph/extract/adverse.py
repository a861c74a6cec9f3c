"""Adverse effects: which drug a sentence blames for which condition.

A sentence is reduced to its skeleton; then every group of drugs is looked at with every group of
conditions. The words between the two blame the drug ("X-induced Y", "Y due to X"), or say that one
came with the other ("Y in a patient treated with X", "on X he developed Y"). What the drug is given
for, what a patient had before, and what the drug relieved is left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product

from claimgraph.extract import blame
from claimgraph.extract.letters import AnyCase
from claimgraph.extract.mentions import widen
from claimgraph.extract.polarity import qualify
from claimgraph.extract.reactions import is_on_reactions
from claimgraph.extract.scopes import drop_figures
from claimgraph.extract.skeleton import DRUG, Group, Skeleton, build_skeleton, keep_outermost
from claimgraph.extract.skeleton import TARGET as EFFECT
from claimgraph.extract.substances import is_medicine
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import Category, ClaimType, Polarity, Relation, Span

_MARK_OF = {
    Category.DRUG: DRUG,
    Category.DRUG_CLASS: DRUG,
    Category.CONDITION: EFFECT,
}
_MOST_NAMES = 10_000  # names of which it is kept what they say
_LONGEST_FUSED = 6  # words from "induced" to the condition
_MOST_PAIRS = 400  # claims of one list of drugs and one list of conditions
_LONGEST_LEAD = 10  # words from a condition to when it came
_LONGEST_TAIL = 5  # words from when it came to the drug
_MOST_BETWEEN = 4  # lists between a drug and a condition
_REACH = 180  # characters of the frame between a drug and a condition
_BACK = 70  # characters before a condition that may tell whose it is

# Mentions that say too little: they stay words of the frame.
_SAYS_NOTHING = AnyCase(
    r"(?:(?:rare|common|serious|severe|late|major|adverse|unusual|potential|clinical|systemic|"
    r"multiple|further|underlying|existing|other|new|significant|potentially fatal|whose|drug|"
    r"uncommon|known|"
    r"life-threatening|fatal|typical|medical|acute|chronic|experiencing|rebound) )*"
    r"(?:complications?|(?:side|adverse|drug)[ -](?:effects?|reactions?|events?)|syndromes?|"
    r"diseases?|symptoms?|disorders?|conditions?|illness|events?|episodes?|changes?|reactions?|"
    r"phenomen(?:on|a)|abnormalities|tolerance|augmentation|overdos(?:e|age)s?)",
)
_ANY_DRUG = AnyCase(
    r"(?:.* )?(?:drugs?|agents?|therap(?:y|ies)|medications?|antibiotics?|chemotherapy|"
    r"\w*receptor\w*)",
)

# ── Lists ───────────────────────────────────────────────────────────────────────────────────────

# Between two conditions of one list there may be words that describe the second.
_JOIN = AnyCase(
    r"[\s,/()\[\]+–-]*(?:\b(?:and|or|and/or|with|including|as well as|plus|followed by|such as|"
    r"e\.g\.|i\.e\.|namely|but also|also|then|combined with|in combination with)\b[\s,(]*){0,2}"
    r"(?:(?:the|an?|its|other|also|both|very|new)\s+)?"
    r"(?:(?!(?:in|of|on|by|to|due|from|for|after|during|associated|induced|caused|was|were|is|are|"
    r"had|has|have|patients?|treated|developed|which|who|that|following|secondary|with|within|"
    r"reverses?|inhibits?|increases|decreases|reduces?|blocks?|prevents?|potentiates?|enhances?|"
    r"causes?|induces?|may|might|can|could|than|versus|vs)\b)"
    r"[\w-]+[ -]){0,3}",
)
# Between two drugs of one list there may be doses and ways to give them.
_JOIN_OF_DRUGS = AnyCase(
    r"[\s,/()\[\]+–-]*(?:\b(?:and|or|with|as well as|plus|followed by|such as|e\.g\.|i\.e\.|"
    r"including|combined with|in combination with|then|both|the|either|an?|also|known as|"
    r"(?:\d[\d.,]* ?(?:mg|g|mcg|ml|%)(?:/\w+)*(?: daily)?)|oral|intravenous|high-dose|low-dose)\b"
    r"[\s,()]*){0,4}",
)
_LONGEST_GAP = 60  # code points between two members of one list


def _is_join(gap: str, _after: str) -> bool:
    """Tell whether two neighbours of one kind are members of a list."""
    gap = drop_figures(gap)
    if not gap.strip() or len(gap) > _LONGEST_GAP:
        return False
    return _JOIN.fullmatch(gap) is not None or _JOIN_OF_DRUGS.fullmatch(gap) is not None


# Rules that only see the drug there when the condition came.
_BY_TIME = ("effect-then", "drug-then", "after-drug")


# A rule that joins a drug and a condition only to tell that one did not come with the other.
_IF_DENIED = "adverse:if-denied"
# "She received valproate and had no further seizures": it tells of those before.
_NO_MORE = AnyCase(r"\s+(?:further|more|recurren\w+|relaps\w+|subsequent)\b")
_MAY_DENY = AnyCase(r"\b(?:no|not|never|without|absence|lack|free)\b")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A drug and a condition of the frame, with the words between them."""

    frame: str
    drug: int
    effect: int

    @property
    def between(self) -> str:
        first, second = sorted((self.drug, self.effect))
        return self.frame[first + 1 : second]

    @property
    def before_effect(self) -> str:
        return self.frame[max(0, self.effect - _BACK) : self.effect]

    @property
    def before_drug(self) -> str:
        return self.frame[max(0, self.drug - _BACK) : self.drug]

    @property
    def after_effect(self) -> str:
        return self.frame[self.effect + 1 : self.effect + 1 + _BACK]


def find_adverse_effects(view: SentenceView) -> Iterator[Proposal]:
    """Propose `hasAdverseEffect` claims for the drugs that the sentence names."""
    # Where a label lists the reactions to its own drug, its list is read as a list.
    own = view.drug if is_on_reactions(view) else None
    for one in qualify(view.text, list(_find(view))):
        if one.negation is not None and _NO_MORE.match(view.text, one.negation.end):
            continue
        is_own = own is not None and one.subject is not None and one.subject.concept == own
        if one.polarity is Polarity.NEGATED or not (one.rule == _IF_DENIED or is_own):
            yield one


def _find(view: SentenceView) -> Iterator[Proposal]:
    """Propose claims, denied and hedged ones alike."""
    mentions = [one for one in view.mentions if _speaks(one)]
    marks = {_MARK_OF[one.concept.category] for one in mentions}
    if len(marks) < 2:
        return
    skeleton = build_skeleton(view.text, mentions, _MARK_OF, _is_join)
    widened: dict[Span, Found] = {}
    for effect, blamed in _blame_each(skeleton):
        widened = widened or _widen(view)
        for drug, rule in blamed:
            # "X neurotoxicity and sepsis": only what stands behind the drug is compounded with it.
            conditions = effect.members[:1] if rule == "compound" else effect.members
            for subject, condition in islice(product(drug.members, conditions), _MOST_PAIRS):
                if rule in _BY_TIME and subject.concept.category is Category.DRUG_CLASS:
                    continue  # a class of drugs that was merely there is rarely to blame
                yield Proposal(
                    subject,
                    Relation.HAS_ADVERSE_EFFECT,
                    widened.get(condition.span, condition),
                    ClaimType.ADVERSE_EFFECT,
                    f"adverse:{rule}",
                )


def _blame_each(skeleton: Skeleton) -> Iterator[tuple[Group, list[tuple[Group, str]]]]:
    """Give each condition with the drugs that are blamed for it, and by which rule."""
    frame, groups = skeleton.text, skeleton.groups
    breaks = [match.start() for match in blame.BREAK.finditer(frame)]
    may_deny = _MAY_DENY.search(frame) is not None
    for index, effect in enumerate(groups):
        if effect.mark != EFFECT:
            continue
        blamed: list[tuple[Group, str]] = []
        for drug in groups[max(0, index - _MOST_BETWEEN - 1) : index + _MOST_BETWEEN + 2]:
            if drug.mark != DRUG or abs(drug.place - effect.place) > _REACH:
                continue
            first, second = sorted((drug.place, effect.place))
            if bisect_left(breaks, first) < bisect_left(breaks, second):
                continue
            pair = _Pair(frame, drug.place, effect.place)
            rule = _blame(pair, effect) or (_blame_if_denied(pair) if may_deny else None)
            if rule is not None:
                blamed.append((drug, rule))
        if any(rule == "fused" for _, rule in blamed):
            blamed = [(drug, rule) for drug, rule in blamed if rule in ("fused", "effect-first")]
        if blamed:
            yield effect, blamed


def _widen(view: SentenceView) -> dict[Span, Found]:
    """Give each condition with the adjectives that belong to it."""
    solid = keep_outermost(one for one in view.mentions if one.concept.category in _MARK_OF)
    floors = [0, *(one.span.end for one in solid[:-1])]
    ceilings = [*(one.span.start for one in solid[1:]), len(view.text)]
    return {
        one.span: widen(view.text, one, floor, ceiling)
        for one, floor, ceiling in zip(solid, floors, ceilings, strict=True)
        if one.concept.category is Category.CONDITION
    }


def says_nothing(words: str) -> bool:
    """Tell whether words name no condition but just any of them, or one that got better.

    >>> says_nothing("serious adverse effects"), says_nothing("rash")
    (True, False)
    """
    return not _names_condition(words)


def _speaks(mention: Found) -> bool:
    """Tell whether a mention names a drug or a condition and not just any of them."""
    category = mention.concept.category
    if category is Category.CONDITION:
        return _names_condition(mention.text)
    return category in _MARK_OF and _names_drug(mention.text)


@lru_cache(maxsize=_MOST_NAMES)
def _names_condition(words: str) -> bool:
    """Tell whether the name of a condition says more than that there is one."""
    return (_SAYS_NOTHING.fullmatch(words) or blame.BETTER.match(words)) is None


@lru_cache(maxsize=_MOST_NAMES)
def _names_drug(words: str) -> bool:
    """Tell whether the name of a drug can be one that somebody was given."""
    return is_medicine(words) and _ANY_DRUG.fullmatch(words) is None


def _blame(pair: _Pair, effect: Group) -> str | None:
    """Tell by which rule the sentence blames the drug for the condition; ``None`` if by none."""
    between = pair.between
    if pair.drug < pair.effect:
        rule = _blame_onward(pair, between, effect)
    else:
        rule = _blame_back(pair, between)
    return None if rule and blame.NOT_GIVEN.search(pair.before_drug) else rule


def _blame_onward(pair: _Pair, between: str, effect: Group) -> str | None:
    """Decide "X-induced Y", "X toxicity", "X caused Y", "on X he developed Y"."""
    fused = blame.FUSED.match(between)
    if fused:
        rest = between[fused.end() :]
        is_near = len(rest.split()) <= _LONGEST_FUSED and not blame.AWAY.search(rest)
        return "fused" if is_near and EFFECT not in rest and DRUG not in rest else None
    if between in (" ", "-", " ("):
        return "compound" if blame.COMPOUND.fullmatch(effect.members[0].text) else None
    rule = _verb_onward(pair, between)
    if rule is None:
        return None
    # What speaks against it is looked for last: most pairs never get here.
    is_treated = blame.GIVEN_FOR.search(pair.before_effect) or blame.HELPED.search(between)
    was_away = rule != "association" and (
        blame.EARLIER.search(between)
        or blame.STOPPED.search(pair.before_drug)
        or (rule in _BY_TIME and blame.GIVEN_EARLIER.search(pair.before_drug))
    )
    return None if is_treated or was_away else rule


def _verb_onward(pair: _Pair, between: str) -> str | None:
    """Find what leads from a drug to a condition behind it."""
    if between.strip() == "and" and blame.ASSOCIATION.search(pair.before_drug):
        return "association"
    strong = list(blame.STRONG_ON.finditer(between))
    if strong:
        rest = between[strong[-1].end() :]
        lead = between[: strong[0].start()]
        if DRUG not in rest and len(lead.split()) <= 7 and len(rest.split()) <= 3:
            return "drug-first"
    weak = list(blame.WEAK_ON.finditer(between))
    if (
        weak
        and len(between[: weak[0].start()].split()) <= 8
        and DRUG not in between[weak[-1].end() :]
    ):
        return "drug-then"
    is_near = DRUG not in between and len(between.split()) < _LONGEST_LEAD
    if is_near and blame.HAPPENED.match(pair.after_effect) and blame.GIVEN.search(pair.before_drug):
        return "after-drug"
    return None


def _blame_back(pair: _Pair, between: str) -> str | None:
    """Decide "Y due to X", "Y in a patient treated with X", "Y from X"."""
    rule = _verb_back(pair, between)
    if rule is None or blame.TREATED.match(pair.after_effect):
        return None
    if blame.OTHER_EVENT.search(between) or blame.HELPED.search(between):
        return None
    return rule


def _verb_back(pair: _Pair, between: str) -> str | None:
    """Find what leads from a condition to a drug behind it."""
    if EFFECT not in between and DRUG not in between:
        strong = list(blame.STRONG_BACK.finditer(between))
        if strong:
            lead = len(between[: strong[0].start()].split())
            tail = blame.WAY.sub("", between[strong[-1].end() :])
            # A condition that is the patient's own has to be blamed at once.
            if len(tail.split()) <= 4 and lead <= (1 if _is_theirs(pair) else 3):
                return "effect-first"
        if blame.NEXT_TO.fullmatch(between):
            return None if _is_theirs(pair) else "adjacent"
    # After a colon comes what the title is about: "Y: treatment with X".
    if ":" in between or not _came_with(between) or _is_theirs(pair):
        return None
    if blame.THEN_TREATED.search(between) or blame.EARLIER.search(between):
        return None
    return "effect-then"


def _is_theirs(pair: _Pair) -> bool:
    """Tell whether the patients had the condition before, or the drug is given for it."""
    return blame.GIVEN_FOR.search(pair.before_effect) is not None


def _blame_if_denied(pair: _Pair) -> str | None:
    """Decide "on X without Y", "no Y with X": they are joined only if this is a denial."""
    between = pair.between
    if DRUG in between or EFFECT in between:
        return None
    if pair.drug < pair.effect:
        was_given = blame.GIVEN.search(pair.before_drug) or "tolerated" in between
        denied = bool(
            (was_given and blame.WITHOUT.search(between))
            or (was_given and blame.NOT_SEEN.match(pair.after_effect))
            or (blame.NOT_SEEN_ON.search(between) and not blame.HELPED.search(between))
        )
    else:
        none = blame.NONE_OF.search(pair.before_effect)
        denied = bool(
            (none and blame.WITH_DRUG.fullmatch(between)) or blame.NOT_WITH.fullmatch(between)
        )
    return "if-denied" if denied else None


def _came_with(between: str) -> bool:
    """Tell whether the words from a condition to a drug say that one came with the other."""
    first = blame.TIME_BACK.search(between) or blame.TREATED_PERSON.search(between)
    if first is None or len(between[: first.start()].split()) >= _LONGEST_LEAD:
        return False
    last = max(
        (one.end() for one in blame.GIVEN_BACK.finditer(between, first.start())),
        default=first.end(),
    )
    return len(between[max(last, first.end()) :].split()) <= _LONGEST_TAIL
