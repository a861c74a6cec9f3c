"""Adverse effects: which drug a sentence blames for which condition.

A sentence is reduced to its skeleton; then every group of drugs is looked at with every group of
conditions. The words between the two blame the drug ("X-induced Y", "Y due to X"), or say that one
came with the other ("Y in a patient treated with X", "on X he developed Y"). What the drug is given
for, what a patient had before, and what the drug relieved is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from claimgraph.extract.mentions import widen
from claimgraph.extract.polarity import qualify
from claimgraph.extract.skeleton import DRUG, Group, build_skeleton, keep_outermost
from claimgraph.extract.skeleton import TARGET as EFFECT
from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import Category, ClaimType, Relation, Span

_MARK_OF = {
    Category.DRUG: DRUG,
    Category.DRUG_CLASS: DRUG,
    Category.CONDITION: EFFECT,
}
_REACH = 180  # characters of the frame between a drug and a condition
_BACK = 70  # characters before a condition that may tell whose it is
_WORD = r"[\w'’%./+-]+"

# Mentions that say too little: they stay words of the frame.
_SAYS_NOTHING = re.compile(
    r"(?:(?:rare|common|serious|severe|late|major|adverse|unusual|potential|clinical|systemic|multiple|"
    r"further|underlying|existing|other|new|significant|potentially fatal|whose|drug|uncommon|known|"
    r"life-threatening|fatal|typical|medical|acute|chronic|experiencing|rebound) )*"
    r"(?:complications?|(?:side|adverse|drug)[ -](?:effects?|reactions?|events?)|syndromes?|"
    r"diseases?|symptoms?|disorders?|conditions?|illness|events?|episodes?|changes?|reactions?|"
    r"phenomen(?:on|a)|abnormalities|tolerance|augmentation|overdos(?:e|age)s?)",
    re.IGNORECASE,
)
_ANY_DRUG = re.compile(r"(?:.* )?(?:drugs?|agents?|therap(?:y|ies)|medications?|antibiotics?|chemotherapy|\w*receptor\w*)", re.I)

# ── Lists ───────────────────────────────────────────────────────────────────────────────────────

_JOIN = re.compile(
    r"[\s,/()\[\]+–-]*(?:\b(?:and|or|and/or|with|including|as well as|plus|followed by|such as|e\.g\.|"
    r"i\.e\.|namely|but also|also|then|combined with|in combination with)\b[\s,(]*){0,2}"
    r"(?:(?:the|an?|its|other|also|both|very|new)\s+)?"
    r"(?:(?!(?:in|of|on|by|to|due|from|for|after|during|associated|induced|caused|was|were|is|are|"
    r"had|has|has|have|patients?|treated|developed|which|who|that|following|secondary|with|within)\b)"
    r"[\w-]+[ -]){0,3}",
    re.IGNORECASE,
)
_JOIN_OF_DRUGS = re.compile(
    r"[\s,/()\[\]+–-]*(?:\b(?:and|or|and/or|with|as well as|plus|followed by|such as|e\.g\.|i\.e\.|"
    r"including|combined with|in combination with|then|both|the|either|an?|also|known as|"
    r"(?:\d[\d.,]* ?(?:mg|g|mcg|ml|%)(?:/\w+)*(?: daily)?)|oral|intravenous|high-dose|low-dose)\b[\s,()]*){0,4}",
    re.IGNORECASE,
)


def _is_join(gap: str, after: str) -> bool:
    """Tell whether two neighbours of one kind are members of a list."""
    if not gap.strip() or len(gap) > 60:
        return gap == " " and False
    return _JOIN.fullmatch(gap) is not None or _JOIN_OF_DRUGS.fullmatch(gap) is not None


# ── What blames ─────────────────────────────────────────────────────────────────────────────────

# Right behind the drug: "X-induced", "X associated", "X therapy-related".
_FUSED = re.compile(
    r"(?:[ -](?:therapy|treatment|use|monotherapy|infusion|injections?|withdrawal|intake))?"
    r"[\s)\]-]*(?:induced|associated|related|attributed|provoked|mediated|triggered|"
    r"evoked|linked|caused|precipitated|dependent|effectuated|driven)(?![\w-]| (?:with|to|by)\b)",
    re.IGNORECASE,
)
_LONGEST_FUSED = 6  # words from "induced" to the condition
_COMPOUND = re.compile(
    r"(?:.* )?(?:\w*toxicit(?:y|ies)|\w*toxic \w+|(?:\w+ )?(?:intoxications?|hypersensitivity|"
    r"hypersensitivities|allergy|withdrawal|reactions?|syndrome|anaphylaxis)(?: \w+)?)",
    re.IGNORECASE,
)
# From the drug to the condition.
_STRONG_ON = re.compile(
    r"\b(?:caus(?:e[sd]?|ing|ation of)|induc(?:e[sd]?|ing)|produc(?:e[sd]?|ing)|"
    r"lead(?:s|ing)? to|led to|result(?:s|ed|ing)? in|precipitat(?:e[sd]?|ing)|"
    r"trigger(?:s|ed|ing)?|provok(?:e[sd]?|ing)|elicit(?:s|ed)?|"
    r"(?:be|is|are|was|were|been) (?:\w+ )?(?:associated|complicated|accompanied|followed|linked)"
    r"(?: with| by| to)|implicated in|responsible for|contribut(?:e[sd]?|ing) to|"
    r"potential (?:for|to)|risks? (?:of|for)|incidence of|"
    r"(?:side|adverse|toxic|untoward)[ -](?:effects?|events?|reactions?)|complications?|toxicit(?:y|ies)|"
    r"exacerbat(?:e[sd]?|ing)|worsen(?:s|ed|ing)?|aggravat(?:e[sd]?|ing)|unmask(?:s|ed|ing)?)\b",
    re.IGNORECASE,
)
_EVENT = (
    r"develop(?:ed|ing|s|ment of)?|experienc(?:e[sd]?|ing)|present(?:ed|ing)?(?: \w+)? with|"
    r"suffer(?:ed|ing)?(?: from)?|exhibit(?:ed|s)|manifest(?:ed|ing)|demonstrat(?:ed|ing)|"
    r"show(?:ed|ing)|became|becoming|complain(?:ed|ing) of|progressed to|"
    r"occurrence of|cases? of|episodes? of|signs of|onset of|appearance of|in whom|died of|"
    r"diagnosed with|was found to have|revealed|sustained|acquired|noted|incurred|recurrence of"
)
_WEAK_ON = re.compile(rf"\b(?:{_EVENT})\b", re.IGNORECASE)
_ASSOCIATION = re.compile(r"\b(?:association|relationship|link|interaction) between\b[^,;]*$", re.IGNORECASE)
# Behind the condition: "after X, Y developed".
_HAPPENED = re.compile(
    r"\s*(?:\w+ ){0,2}(?:occurred|developed|appeared|was (?:noted|observed|seen|found|diagnosed|"
    r"reported)|were (?:noted|observed|seen|found|reported)|recurred|ensued|resulted|began|"
    r"disappeared|resolved|improved)\b",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:treated with|receiving|received|taking|taken|took|exposed to|exposure to|given|on|under|"
    r"upon|after|following|during|administration of|use of|therapy with|treatment with|started on|"
    r"prescribed|begun on|initiation of|ingestion of|addition of|introduction of|doses? of|course of|"
    r"injections? of|infusion of|withdrawal of|discontinuation of|maintained on|while|with)\b"
    rf"(?:[\s(]*{_WORD}){{0,5}}[\s(]*$",
    re.IGNORECASE,
)
# From the condition to the drug.
_STRONG_BACK = re.compile(
    r"\b(?:associated(?: \w+)? (?:with|to)|induced by|caused by|due(?: \w+)? to|owing to|secondary to|"
    r"subsequent to|relat(?:ed|ing|ion)(?: \w+)? to|attribut(?:ed|able)(?: \w+)? to|ascribed to|result(?:ing|ed|s) from|"
    r"consequence of|complication of|complicat(?:ing|ed|es)|"
    r"manifestation of|(?:side|adverse|toxic|untoward)[ -](?:effects?|reactions?|events?|complications?)(?: \w+)? (?:of|to|from|with)|"
    r"complications? (?:of|from|with|to)|(?:allergic )?reaction to|link(?:ed)? (?:to|with)|"
    r"(?:produced|provoked|precipitated|triggered|evoked|elicited|brought on|mediated|"
    r"worsened|exacerbated|aggravated|unmasked|potentiated|enhanced|complicated|mimicked) by|"
    r"possibly from|arising from|toxic effect of|toxicity of|induced (?:during|with))\b",
    re.IGNORECASE,
)
_TIME_BACK = re.compile(
    r"\b(?:following|after|during|while|when|subsequent to|upon|on|under|"
    r"(?:receiv|tak|us|undergo|start|begin|initiat)ing|treated(?: \w+){0,2} (?:with|by)|exposed to|"
    r"exposure to|given|administered|administration of|use of|therapy with|treatment with|"
    r"intoxication with|overdose of|ingestion of|withdrawal of|discontinuation of|withdrawal from|"
    r"who (?:had )?(?:took|taken))\b",
    re.IGNORECASE,
)
_PATIENT = re.compile(
    r"\b(?:patients?|man|woman|boy|girl|child(?:ren)?|infants?|men|women|adults?|male|female|"
    r"neonates?|newborns?|individuals?|recipients?|adolescents?|lady|subjects?|case|pregnanc(?:y|ies)|"
    r"volunteers?|families|persons?|teenager|twins?)\b",
    re.IGNORECASE,
)
_NEXT_TO = re.compile(r"\s*(?:(?:by|from|to)(?: (?:the|oral|intravenous|high-dose|low-dose|topical|systemic|a))?|\()\s*", re.IGNORECASE)

# ── What speaks against it ──────────────────────────────────────────────────────────────────────

_BREAK = re.compile(r";|\b(?:whereas|however|although|but)\b", re.IGNORECASE)
_PEOPLE = (
    r"(?:patients?|man|woman|boy|girl|child(?:ren)?|infants?|women|men|adults?|individuals|"
    r"subjects|people|male|female|adolescents?|recipients?|lady|widow|teenager|\w+[- ]year[- ]olds?(?: \w+)?)"
)
# Before the condition: the drug is given for it, or the patient has it.
_GIVEN_FOR = re.compile(
    rf"(?:\b(?:for|against)(?: the)?(?: (?!treatment\b|therapy\b)\w+){{0,2}}|\b(?:treatment|management|therapy|prophylaxis|"
    r"control|prevention|relief|suppression|treating|managing|reversal|resolution|amelioration|"
    r"diagnosis|remission|improvement|clearance|reduction|disappearance|recovery|regression|absence|"
    r"healing) (?:of|for|from|in)(?: [\w-]+){0,3}|"
    rf"\b{_PEOPLE} (?:\w+ )?(?:suffering from|affected by|with|who had|having|diagnosed with)(?: (?!developed|who)[\w-]+){{0,3}}|"
    r"\bhistory of(?: [\w-]+){0,2}|\bdiagnosed (?:with|as having)|\btreated for|\btreat(?:ing|s)?|"
    r"\bknown|\bpre-?existing|\bunderlying|\bsuffering from|\bprevious|\bsetting of)[\s(]*$",
    re.IGNORECASE,
)
# Behind the condition: it is what is treated, or whose patient it is.
_TREATED = re.compile(
    r"\s*(?:patients?\b|was (?:successfully )?treated|were treated|(?:was|were) (?:controlled|managed|"
    r"relieved)|(?:therapy|treatment|prophylaxis)\b|respond(?:ed|s)? to|improved|resolved|"
    r"treated (?:successfully )?(?:with|by)|responsive to|refractory to|resistant to|receiving|cells?\b|virus)",
    re.IGNORECASE,
)
# A new verb of getting something, between the condition and the drug, has another object.
_OTHER_EVENT = re.compile(
    r"\b(?:experienc(?:ed|ing)|suffered|presented|died|treated for|"
    r"improved|resolved|disappeared|receded|subsided|recovered|responded|controlled|"
    r"relieved|managed|reversed|prevented|underwent|treated successfully|required|requiring)\b",
    re.IGNORECASE,
)
_THEN_TREATED = re.compile(
    r"(?:^|[,;]|\band\b|\bwhich\b)(?: \w+){0,3} (?:was|were|is|are) (?:\w+ )?(?:treated|given|started|administered|"
    r"diagnosed|managed|initiated|commenced)\b|\bled to (?:treatment|therapy)|\btreated with\b.*\btreated with\b",
    re.IGNORECASE,
)
_HELPED = re.compile(
    r"\b(?:(?:treat(?:ing|s|ment of)|treated (?!with|for))|improv(?:ed|es|ing|ement)|reliev(?:ed|es|ing)|reduc(?:ed|es|"
    r"ing|tion)|prevent(?:ed|s|ing)?|resol(?:ved|ution|ves)|protect(?:ed|s|ive)?|effective(?:ly|ness)?|"
    r"efficacy|benefi(?:t|ts|cial)|control(?:led|ling)?|manage(?:d|ment)|ameliorat\w+|recover\w*|"
    r"successful\w*|avoid\w*|reversed|reversal|reversing|instead of|rather than|antagoni[sz]ed|spite of|despite)\b",
    re.IGNORECASE,
)


_BY_TIME = ("effect-then", "drug-then", "after-drug")


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
    yield from qualify(view.text, list(_find(view)))


def _find(view: SentenceView) -> Iterator[Proposal]:
    """Propose claims, denied and hedged ones alike."""
    mentions = [one for one in view.mentions if _speaks(one)]
    marks = {_MARK_OF[one.concept.category] for one in mentions}
    if len(marks) < 2:
        return
    skeleton = build_skeleton(view.text, mentions, _MARK_OF, _is_join)
    drugs = [group for group in skeleton.groups if group.mark == DRUG]
    effects = [group for group in skeleton.groups if group.mark == EFFECT]
    widened = _widen(view)
    for effect in effects:
        blamed = [
            (drug, rule)
            for drug in drugs
            if (rule := _blame(_Pair(skeleton.text, drug.place, effect.place), effect))
        ]
        if any(rule == "fused" for _, rule in blamed):
            blamed = [(drug, rule) for drug, rule in blamed if rule == "fused"]
        for drug, rule in blamed:
            for subject in drug.members:
                if rule in _BY_TIME and subject.concept.category is Category.DRUG_CLASS:
                    continue  # a class of drugs that was merely there is rarely to blame
                for condition in effect.members:
                    yield Proposal(
                        subject,
                        Relation.HAS_ADVERSE_EFFECT,
                        widened[condition.span],
                        ClaimType.ADVERSE_EFFECT,
                        rule,
                    )


def _widen(view: SentenceView) -> dict[Span, Found]:
    """Give each condition with the adjectives that belong to it."""
    solid = keep_outermost(one for one in view.mentions if one.concept.category in _MARK_OF)
    borders = [0, *(one.span.end for one in solid)], [one.span.start for one in solid]
    starts = [*borders[1][1:], len(view.text)]
    return {
        one.span: widen(view.text, one, floor, ceiling)
        for one, floor, ceiling in zip(solid, borders[0], starts, strict=False)
        if one.concept.category is Category.CONDITION
    }


def _speaks(mention: Found) -> bool:
    """Tell whether a mention names a drug or a condition and not just any of them."""
    category = mention.concept.category
    if category is Category.CONDITION:
        return _SAYS_NOTHING.fullmatch(mention.text) is None
    return category in _MARK_OF and _ANY_DRUG.fullmatch(mention.text) is None


def _blame(pair: _Pair, effect: Group) -> str | None:
    """Tell by which rule the sentence blames the drug for the condition; ``None`` if by none."""
    between = pair.between
    if len(between) > _REACH or _BREAK.search(between):
        return None
    if pair.drug < pair.effect:
        return _blame_onward(pair, between, effect)
    return _blame_back(pair, between)


def _blame_onward(pair: _Pair, between: str, effect: Group) -> str | None:
    """Decide "X-induced Y", "X toxicity", "X caused Y", "on X he developed Y"."""
    fused = _FUSED.match(between)
    if fused:
        rest = between[fused.end() :]
        is_near = len(rest.split()) <= _LONGEST_FUSED and not re.search(r"\b(?:in|with|for|after|who|is|was|are|were|during|by)\b", rest)
        return "fused" if is_near and EFFECT not in rest and DRUG not in rest else None
    if between in (" ", "-", " ("):
        return "compound" if _COMPOUND.fullmatch(effect.members[0].text) else None
    if _GIVEN_FOR.search(pair.before_effect) or _HELPED.search(between):
        return None
    if _ASSOCIATION.search(pair.before_drug) and between.strip() == "and":
        return "association"
    strong = list(_STRONG_ON.finditer(between))
    if strong:
        rest = between[strong[-1].end() :]
        lead = between[: strong[0].start()]
        if DRUG not in rest and len(lead.split()) <= 7 and len(rest.split()) <= 3:
            return "drug-first"
    weak = list(_WEAK_ON.finditer(between))
    if (
        weak
        and len(between[: weak[0].start()].split()) <= 8
        and DRUG not in between[weak[-1].end() :]
    ):
        return "drug-then"
    if _GIVEN.search(pair.before_drug) and _HAPPENED.match(pair.after_effect) and DRUG not in between and len(between.split()) < 10:
        return "after-drug"
    return None


def _blame_back(pair: _Pair, between: str) -> str | None:
    """Decide "Y due to X", "Y in a patient treated with X", "Y from X"."""
    if _TREATED.match(pair.after_effect):
        return None
    is_theirs = _GIVEN_FOR.search(pair.before_effect) is not None
    if _OTHER_EVENT.search(between) or _HELPED.search(between):
        return None
    strong = list(_STRONG_BACK.finditer(between))
    if strong and EFFECT not in between and DRUG not in between:
        lead, tail = between[: strong[0].start()], between[strong[-1].end() :]
        if len(lead.split()) <= (1 if is_theirs else 3) and len(tail.split()) <= 4:
            return "effect-first"
    if is_theirs:
        return None
    if _NEXT_TO.fullmatch(between):
        return "adjacent"
    if _THEN_TREATED.search(between):
        return None
    time = list(_TIME_BACK.finditer(between))
    if (
        time
        and len(between[: time[0].start()].split()) < 10
        and len(between[time[-1].end() :].split()) <= 5
    ):
        return "effect-then"
    return None
