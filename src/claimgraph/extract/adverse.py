"""Adverse effects: which drug a sentence blames for which condition.

A drug and a condition make a claim where words between them say that one brought the other about,
or that one came after the other: "X-induced Y", "Y after X", "Y in a patient treated with X",
"X … developed Y". What the drug is given for, and what a patient had before, is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimgraph.extract.view import Found, Proposal, SentenceView
from claimgraph.model import Category, ClaimType, Relation, Span

_REACH = 160  # characters between a drug and a condition that one phrase may span

# Behind the drug, right at it: "X-induced", "X associated", "X-related".
_FUSED = re.compile(
    r"[\s)\]-]*(?:-|\s)?(?:induced|associated|related|attributed|provoked|mediated|triggered|"
    r"evoked|linked|caused)\b",
    re.IGNORECASE,
)
# Between the drug and the condition: the drug does it.
_DRUG_FIRST = re.compile(
    r"\b(?:caus(?:e[sd]?|ing|ation of)|induc(?:e[sd]?|ing)|produc(?:e[sd]?|ing)|"
    r"lead(?:s|ing)? to|led to|result(?:s|ed|ing)? in|precipitat(?:e[sd]?|ing)|"
    r"trigger(?:s|ed|ing)?|provok(?:e[sd]?|ing)|elicit(?:s|ed)?|"
    r"(?:be|is|are|was|were|been) (?:\w+ )?(?:associated|complicated|accompanied|followed|linked)"
    r"(?: with| by| to)|"
    r"develop(?:ed|ing|s|ment of)?|experienc(?:e[sd]?|ing)|present(?:ed|ing)? with|"
    r"suffer(?:ed|ing)?(?: from)?|exhibit(?:ed|s)|manifest(?:ed|ing)|show(?:ed|ing)|"
    r"side effects?|adverse (?:effects?|events?|reactions?)|complications?|toxicit(?:y|ies)|"
    r"implicated in|responsible for|contribut(?:e[sd]?|ing) to|potential (?:for|to)|risk of|"
    r"exacerbat(?:e[sd]?|ing)|worsen(?:s|ed|ing)?|aggravat(?:e[sd]?|ing)|unmask(?:s|ed)?|"
    r"occurrence of|cases? of|episodes? of|who had|in whom|became|becoming|had)\b",
    re.IGNORECASE,
)
# Between the condition and the drug: the drug did it, or came before.
_EFFECT_FIRST = re.compile(
    r"\b(?:associated with|induced by|caused by|due to|owing to|because of|secondary to|"
    r"subsequent to|following|after|during|related to|relating to|attribut(?:ed|able) to|"
    r"ascribed to|result(?:ing|ed|s) from|result of|consequence of|complication of|"
    r"complicat(?:ing|ed|es)|complications? (?:of|from|with)|manifestation of|"
    r"(?:side|adverse) (?:effects?|reactions?|events?) (?:of|to|from|with)|"
    r"produced by|provoked by|precipitated by|triggered by|evoked by|elicited by|brought on by|"
    r"worsened by|exacerbated by|aggravated by|possibly from|"
    r"(?:receiv|tak|us|undergo|start|begin|initiat)ing|treated with|received|taking|exposed to|"
    r"exposure to|given|on|while|when|under|upon|administration of|use of|therapy with|"
    r"treatment with|intoxication with|overdose of|ingestion of|withdrawal of|caused|post|"
    r"to|from|with|by|of|in)\b",
    re.IGNORECASE,
)
# Cues that are too weak to stand far from the drug.
_WEAK = re.compile(r"\b(?:to|from|with|by|of|in|on|given|under|upon|received|post)$", re.IGNORECASE)
# What a drug is given for: "patients with Y", "treatment of Y", "X for Y".
_GIVEN_FOR = re.compile(
    r"(?:\b(?:for|against)(?: the)?(?: \w+){0,2}|\b(?:treatment|management|therapy|prophylaxis|"
    r"control|prevention|relief|suppression) of(?: \w+){0,2}|"
    r"\b(?:patients?|man|woman|boy|girl|child(?:ren)?|infants?|case|women|men|adults?|individuals|"
    r"subjects|people|\w+-year-old \w+) (?:suffering from|with|who had|having)(?: \w+){0,3}|"
    r"\bhistory of(?: \w+){0,2}|\bdiagnosed (?:with|as having)|\btreated for|\btreat(?:ing)?|"
    r"\bknown|\bpre-?existing|\bunderlying|\bsuffering from)\s*$",
    re.IGNORECASE,
)
# Behind the condition: it is what is treated, or whose patient it is.
_TREATED = re.compile(
    r"^\s*(?:patients?|was (?:successfully )?treated|were treated|treated with|"
    r"(?:was|were) (?:controlled|managed|relieved)|(?:therapy|treatment|prophylaxis) with|"
    r"respond(?:ed|s)? to|improved|resolved (?:with|after)|receiving)\b",
    re.IGNORECASE,
)
_LIST_GAP = re.compile(r"[\s,;/()]*(?:\b(?:and|or|with|including|as well as)\b)?[\s,;/()]*(?:\w+ ){0,2}", re.I)
_BREAK = re.compile(r";|\b(?:whereas|however|although|but)\b", re.IGNORECASE)
_DRUGS = (Category.DRUG, Category.DRUG_CLASS)
_SAYS_NOTHING = re.compile(
    r"(?:complications?|(?:side|adverse) (?:effects?|reactions?|events?)|toxicit(?:y|ies)|"
    r"syndromes?|diseases?|symptoms?|disorders?|overdos(?:e|age)s?|relapse|poisoning|"
    r"condition|illness|infections?|pain|deaths?)",
    re.IGNORECASE,
)
_ANY_DRUG = re.compile(r".*\b(?:drugs?|agents?|therap(?:y|ies)|medications?|antibiotics?)", re.I)
# A new verb of getting something, between the condition and the drug, has another object.
_OTHER_EVENT = re.compile(
    r"\b(?:develop(?:ed|ing|s)?|experienc(?:ed|ing)|suffered|presented|died|treated for|"
    r"improved|resolved|disappeared|receded|subsided|recovered|responded|controlled|"
    r"relieved|managed|reversed|prevented|who (?:was|were|had)|underwent)\b",
    re.IGNORECASE,
)
_HELPED = re.compile(
    r"\b(?:(?:treat(?:ing|s|ment of)|treated (?!with))|improv(?:ed|es|ing|ement)|reliev(?:ed|es|ing)|reduc(?:ed|es|"
    r"ing|tion)|prevent(?:ed|s|ing)?|resol(?:ved|ution|ves)|protect(?:ed|s|ive)?|effective|"
    r"efficacy|benefi(?:t|cial)|control(?:led)?|manage(?:d|ment)|ameliorat\w+|recover\w*|"
    r"successful\w*|discontinu\w+|withdr[ae]w\w*|stopp\w+|cessation|avoid\w*|without|"
    r"not|no)\b",
    re.IGNORECASE,
)


def find_adverse_effects(view: SentenceView) -> Iterator[Proposal]:
    """Propose `hasAdverseEffect` claims for the drugs that the sentence names."""
    drugs = [m for m in view.mentions if m.concept.category in _DRUGS]
    effects = [m for m in view.mentions if m.concept.category is Category.CONDITION]
    if not drugs or not effects:
        return
    for effect in effects:
        if _SAYS_NOTHING.fullmatch(effect.text):
            continue
        blamed = [(drug, rule) for drug in drugs if (rule := _blame(view, drug, effect))]
        if any(rule == "fused" for _, rule in blamed):
            blamed = [(drug, rule) for drug, rule in blamed if rule == "fused"]
        for drug, rule in blamed:
            yield Proposal(
                drug, Relation.HAS_ADVERSE_EFFECT, effect, ClaimType.ADVERSE_EFFECT, rule
            )


def _blame(view: SentenceView, drug: Found, effect: Found) -> str | None:
    """Tell by which rule the sentence blames the drug for the effect; ``None`` if by none."""
    if _ANY_DRUG.fullmatch(drug.text):
        return None
    text = view.text
    first, second = (drug, effect) if drug.span < effect.span else (effect, drug)
    if first.span.end > second.span.start:
        return None
    between = text[first.span.end : second.span.start]
    if len(between) > _REACH or _BREAK.search(between):
        return None
    before_effect, after_effect = text[: effect.span.start], text[effect.span.end :]
    given_for = _GIVEN_FOR.search(before_effect) or _TREATED.match(after_effect)
    if first is drug:
        fused = _FUSED.match(between)
        if fused is not None:
            rest = between[fused.end() :]
            return "fused" if len(rest) < 60 and not _OTHER_EVENT.search(rest) else None
        if between in (" ", "-", " (") and not given_for:
            return "compound"
        cue = _DRUG_FIRST.search(between)
        if given_for or cue is None:
            return None
        start = first.span.end + cue.end()
        if (start < second.span.start and _other_drug(view, Span(start, second.span.start))) or _HELPED.search(between):
            return None
        return "drug-first"
    cues = list(_EFFECT_FIRST.finditer(between))
    if given_for or not cues or _OTHER_EVENT.search(between):
        return None
    if len(between[cues[-1].end() :].split()) > 6 or _HELPED.search(between):
        return None
    if all(_WEAK.search(cue.group()) for cue in cues):
        near = len(between.split()) <= 2 and not re.match(r"\s*(?:with|in|on)\b", between)
        return "adjacent" if near else None
    return "effect-first"


def _other_drug(view: SentenceView, span: Span) -> bool:
    """Tell whether a drug stands in a stretch that leads from a cue to its effect."""
    return any(
        span.covers(mention.span) and mention.concept.category in _DRUGS
        for mention in view.mentions
        if mention.span.start >= span.start
    )
