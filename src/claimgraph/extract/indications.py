"""Indications: what a drug is used against, what it prevents, and when it must not be used.

In a section on indications every condition that is named is an indication, unless the words around
it say otherwise: a limit, a warning, a condition of the patients rather than the aim. Elsewhere a
phrase has to say so: "indicated for", "treatment of", "effective in".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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

_PREVENTS = (
    r"prevent(?:ion|s|ing|ed|ative)?|prophyla(?:xis|ctic)\w*|protect(?:s|ion|ing)?(?: \w+)? "
    r"(?:against|from)|reduc(?:e|es|ing|tion(?: in| of)?)(?: in)? (?:the )?(?:risk|incidence|rate|"
    r"chance|frequency|likelihood|occurrence|development)s?|decreas(?:e|es|ing) the (?:risk|"
    r"incidence|chance)|immuni[sz]ation|vaccination|avoid(?:s|ing)?|delay(?:s|ing)? the (?:onset|"
    r"progression)|guards? against|risk reduction"
)
_TREATS = (
    r"indicated|treat(?:s|ment|ing|ed)?|therapy|management|manage[sd]?|relie(?:f|ves?|ving)|"
    r"control(?:s|ling)?|used|useful|effective|effectiveness|efficacy|for|against|alleviat\w+|"
    r"ameliorat\w+|correct(?:s|ion|ing)?|reduc(?:e|es|ing|tion)|reliev\w+|helps?|sooth\w+|"
    r"eases?|palliati\w+|adjunct\w*|temporar\w+|improve[sd]?|cure[sd]?|combat\w*|fight\w*|"
    r"suppress\w*|eliminat\w+|remission|healing"
)
_FORBIDS = (
    r"contraindicated|should not be (?:used|given|taken|administered)|must not be (?:used|given)|"
    r"not be used|do not use|avoid use|not for use|not (?:recommended|indicated|intended|effective|"
    r"appropriate|approved|for)|(?:has|have) not been (?:established|demonstrated|shown|studied|"
    r"evaluated|adequately)|ineffective|limitations? of use|no (?:effect|benefit|value)|"
    r"(?:is|are) not|cannot|not (?:been|be)|do(?:es)? not|without|exclud\w+|other than|except"
)
_TRIGGER = re.compile(
    rf"\b(?:(?P<forbids>{_FORBIDS})|(?P<prevents>{_PREVENTS})|(?P<treats>{_TREATS}))\b",
    re.IGNORECASE,
)
_MUST_NOT = re.compile(
    r"contraindicated|should not be|must not be|not be used|do not use|avoid use|not recommended",
    re.IGNORECASE,
)
# Who is treated, not for what: "to reduce the risk of stroke in patients with hypertension".
_OF_PATIENTS = re.compile(
    r"\b(?:patients?|adults?|children|persons?|people|individuals|subjects|women|men|those|"
    r"infants?|adolescents?|population|males?|females?|cases?)\b[^.;:]{0,60}?\b(?:with|who|having|"
    r"suffering|at (?:high |increased )?risk)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:\bhistory of|\b(?:previous|prior|recent|concomitant|coexisting|co-existing|underlying)|"
    r"\brisk factors?(?: \w+){0,3}|\bcaused by|\bsecondary to|\bfollowing|\bafter|\bresistant|"
    r"\bsuspected(?: of)?|\bin the (?:absence|presence) of|\bdiagnosis of|\bdefined (?:as|by)|"
    r"\bknown|\bmay (?:cause|lead to|result in)|\bcan (?:cause|lead to)|\bcause|\bonset of|"
    r"\bevidence of|\brule out|\bside effects?(?: \w+)?|\badverse (?:\w+)|\bwithout)(?: \w+){0,2}\s*$",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:indicated (?:for|in|to|as)|(?:treatment|management|relief|control|therapy) of|"
    r"effective (?:in|for|against)|useful (?:in|for)|used (?:to treat|for|in|against)|treats|"
    r"efficacy (?:of [^.;]{1,40} )?(?:in|for|against|across)|prevention of|prophylaxis (?:of|for|"
    r"against)|contraindicated (?:in|for|with)|controlling|managing|treating|armamentarium for)\b",
    re.IGNORECASE,
)
_NO_AIM = frozenset(("adverse-effect", "neurological-condition"))
_RELATION = {
    "treats": (Relation.TREATS, ClaimType.INDICATION),
    "prevents": (Relation.PREVENTS, ClaimType.INDICATION),
    "forbids": (Relation.CONTRAINDICATED_FOR, ClaimType.CONTRAINDICATION),
}


def find_indications(view: SentenceView) -> Iterator[Proposal]:
    """Propose `treats`, `prevents` and `contraindicatedFor` claims.

    The subject is the drug that the sentence names as its topic, or nothing where it names none.
    """
    aims = [m for m in view.mentions if m.concept.category is Category.CONDITION]
    if not aims:
        return
    home = view.section in (SectionKind.INDICATIONS, SectionKind.CONTRAINDICATIONS)
    if not home and _ELSEWHERE.search(view.text) is None:
        return
    triggers = list(_TRIGGER.finditer(view.text))
    subject = _topic(view)
    for aim in aims:
        if aim.concept.id in _NO_AIM:
            continue
        proposal = _decide(view, subject, aim, triggers, home)
        if proposal is not None:
            yield proposal


def _topic(view: SentenceView) -> Found | None:
    """Give the drug that the sentence is about: the first that it names."""
    for mention in view.mentions:
        if mention.concept.category in (Category.DRUG, Category.DRUG_CLASS):
            return mention
    return None


def _decide(
    view: SentenceView,
    subject: Found | None,
    aim: Found,
    triggers: list[re.Match[str]],
    home: bool,
) -> Proposal | None:
    """Tell what the sentence says of one condition."""
    before = view.text[: aim.span.start]
    ahead = [t for t in triggers if t.end() <= aim.span.start]
    last = ahead[-1] if ahead else None
    kind = last.lastgroup if last is not None else None
    if kind is None:
        if not home:
            return None
        if view.section is SectionKind.CONTRAINDICATIONS:
            kind = "forbids"
        elif _ASIDE.search(before):
            return None
        else:
            kind = "treats"
    elif last is not None:
        stretch = view.text[last.start() : aim.span.start]
        if not home and (len(stretch) > 120 or _ELSEWHERE.search(view.text, 0, aim.span.start) is None):
            return None
        if kind == "forbids":
            if not _MUST_NOT.match(last.group()):
                return None
        elif _ASIDE.search(before):
            return None
        elif kind == "prevents" and _OF_PATIENTS.search(stretch):
            return None
    relation, type_ = _RELATION[kind]
    cue = None
    modality = Modality.FACTUAL
    if kind == "forbids" and last is not None:
        cue, modality = Span(*last.span()), Modality.NORMATIVE
    return Proposal(
        subject,
        relation,
        aim,
        type_,
        f"{kind}-{'trigger' if last is not None else 'section'}",
        polarity=Polarity.AFFIRMED,
        certainty=Certainty.ASSERTED,
        modality=modality,
        cue=cue,
    )
