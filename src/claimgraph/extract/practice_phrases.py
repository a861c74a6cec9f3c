"""The words that say what has to be done or looked at when a drug is used."""

from __future__ import annotations

import re

from claimgraph.extract.hints import Hint
from claimgraph.extract.letters import AnyCase

# A plain search for these comes first: most sentences hold none of one of the two kinds.
OUGHT_HINT = Hint(
    *("should", "must", "need", "require", "recommend", "necess", "essential", "advis", "ought"),
    *(
        "important",
        "discontinu",
        "warrant",
        "imperative",
        "paramount",
        "crucial",
        "integral",
        "mandatory",
    ),
    *("has to be", "have to be", "demand", "calls for"),
)
PRACTICE_HINT = Hint(
    *("monitor", "assess", "evaluat", "check", "measur", "test", "examin", "screen", "determin"),
    *("adjust", "reduc", "titrat", "taper", "counsel", "advis", "educat", "supervis", "surveil"),
    *("caution", "follow-up", "intervention", "selection", "regimen", "considerat", "individuali"),
    *("withdr", "discontinu", "withheld", "decreas", "observ", "inform", "instruct", "review"),
    *("obtain", "perform", "count", "precaution", "contracepti", "hydration", "attention"),
    *("consider", "stopped", "educat", "lowered", "care "),
)
IMPERATIVE = re.compile(
    r"(?:(?:[^\w(]|\d)*|[^.;:!?]{0,60}[:;,]\s+)"
    r"(?P<cue>monitor|assess|evaluate|check|measure|screen(?: patients)?|determine|"
    r"periodically (?:monitor|assess|check)|regularly (?:monitor|assess|check)|"
    r"closely monitor|carefully monitor)\b(?!\s+(?:of|the (?:efficacy|effect|safety)|whether|if|"
    r"was|were|is|are|by|and|,))(?:\s+(?:closely|regularly|periodically|carefully|frequently))?",
)
"""An order at the head of a sentence or of what follows a heading; case tells it from a noun."""
ORDER_WITH_CAUTION = re.compile(r"\bUse (?:with )?(?:(?:extreme|particular) )?(?P<what>caution)\b")

ORDER_TO_STOP = re.compile(
    r"(?:^|[:;]\s+|\.\s+)(?P<cue>Discontinue|Stop|Withhold|Interrupt)\s+(?:[\w-]+\s+)?"
    r"(?:(?:use|treatment|therapy|immediately|promptly)\s+)?(?:(?:and [^.;]{2,60}?)\s+)?"
    r"(?P<when>(?:at the first (?:signs?|appearance) of|if|when|in case of|in patients who)\s+"
    r"[^.;]{2,90}?)(?=[.;]|$|,| unless )"
)
"""An order to stop, with the condition under which it holds."""

ORDER_OF_DOSE = re.compile(
    r"(?:[A-Z][\w\s]{0,60}:\s+)?(?P<cue>Reduce|Decrease|Increase|Adjust|Titrate|Taper|Individuali[sz]e)"
    r"\s+(?:the\s+)?(?:\w+\s+)?(?:doses?|dosages?)\b"
)
DOSE_ORDERS = {
    "reduce": "reduction",
    "decrease": "reduction",
    "increase": "increase",
    "adjust": "adjustment",
    "titrate": "titration",
    "taper": "tapering",
    "individualize": "individualization",
    "individualise": "individualization",
}

OUGHT = AnyCase(
    r"\b(?P<modal>should|must|needs? to|has to|have to|ought to)(?:\s+(?:also|therefore|always|"
    r"then|generally|only|routinely))?(?P<not>\s+not)?\s+be\s+(?:\w+(?:ly|lly)\s+)?(?:\w+ly\s+)?"
    r"(?:(?P<look>monitored|assessed|reassessed|evaluated|checked|measured|tested|examined|"
    r"screened|determined|considered|watched|observed|weighed|followed|reviewed|ruled out)|"
    r"(?P<made>obtained|performed|done|conducted|carried out|repeated|instituted|provided|"
    r"exercised|offered|undertaken|ensured|maintained)|"
    r"(?P<dose>adjusted|reduced|decreased|increased|tapered|titrated|individuali[sz]ed|lowered|"
    r"halved)|(?P<stop>discontinued|withdrawn|withheld|stopped|interrupted)|"
    r"(?P<tell>advised|counsell?ed|informed|educated|instructed|warned|cautioned)|"
    r"(?P<care>(?:used|given|administered|prescribed|taken)(?=\s+(?:with|only with|cautiously)\b)))"
    r"\b",
)
"""What ought to be done, in the passive: "… should be monitored"."""
NEED_NOT = AnyCase(r"\bneed not be\s+(?:\w+ly\s+)?(?P<look>monitored|assessed|checked|measured)")
WITH_CAUTION = AnyCase(
    r"\s+(?:only\s+)?(?:with\s+(?:great\s+|extreme\s+|particular\s+|special\s+)?"
    r"(?P<what>caution|care)|(?P<how>cautiously))\b",
)
IS_NEEDED = AnyCase(
    r"\b(?P<be>(?:is|are|may be|might be|could be|can be|will be|should be))"
    r"(?P<not>\s+(?:not|never|usually not|rarely))?(?:\s+(?!not\b)[\w-]+ly)?"
    r"(?:\s+(?:also|therefore|thus|of|particularly|often|always))*\s+"
    r"(?P<cue>recommended|required|essential|advisable|advised|necessary|needed|warranted|"
    r"mandatory|important|imperative|crucial|paramount|integral|vital|critical|considered|"
    r"exercised)\b",
)
REQUIRES = AnyCase(
    r"(?P<part>,?\s+necessitating)|\b(?:(?P<hedge>may|might|can|could)\s+(?:also\s+)?)?"
    r"(?:(?P<not>(?:does|do)\s+not)\s+(?:usually\s+|generally\s+|routinely\s+)?)?"
    r"(?P<verb>requires?|necessitates?|demands?|warrants?|calls?\s+for)\b",
)
IT_IS_NEEDED = AnyCase(
    r"\b(?:it is\s+(?P<not>not\s+)?(?:\w+ly\s+)?(?P<cue>important|essential|necessary|advisable|"
    r"recommended|crucial|imperative|vital)\s+(?:for \w+ )?to|(?:doctors?|physicians?|"
    r"clinicians?|prescribers?|providers?|you)\s+(?P<modal>should|must))\s+(?:\w+ly\s+)?"
    r"(?P<look>monitor|assess|evaluate|check|measure|consider)\b",
)
_LOOKS = (
    r"monitoring|measurements?|assessments?|evaluations?|consideration|testing|surveillance|"
    r"examinations?|determinations?|review|observation|checks?|screening"
)
LOOKING_AT = AnyCase(rf"(?:{_LOOKS})\s+(?:of|for)\s+(?:signs\s+(?:and symptoms\s+)?of\s+|the\s+)?")
"""A noun of looking with what is looked at behind it."""
PRACTICE = AnyCase(
    rf"(?:.*[\s-])?(?:{_LOOKS}|tests?|counts?|supervision|adjustments?|titration|tapering|"
    r"counsell?ing|education|selection|interventions?|precautions?|contraception|hydration|"
    r"attention|follow-up|regimens?|caution|consultation|exams?|electrocardiograms?|ECGs?|"
    r"(?:dose|dosage) (?:reductions?|increases?|modifications?|changes?)|reduction of (?:the )?"
    r"(?:dose|dosage)|(?:treatment|drug|gradual) (?:discontinuation|withdrawal|interruption)|"
    r"(?:medical|supportive|close|special|particular|patient) care|individuali[sz]ation)",
)
"""The noun phrase of something people do."""
DEGREE = AnyCase(
    r"(?P<how>careful|cautious|close|regular|periodic|routine|frequent|judicious|prudent|"
    r"appropriate|adequate|proper|strict|vigilant|continuous|thorough|special|great|extreme|"
    r"particular|immediate|gradual|more frequent|particularly careful)\s+(?=\S)",
)
PEOPLE = AnyCase(
    r"(?:.*\b)?(?:patients?|infants?|neonates?|children|adults?|women|men|females?|males?|persons?|"
    r"people|individuals|subjects|newborns?|mothers?|those|they|you|he|she|it|who|this|these|that|"
    r"which|recipients|caregivers|families|physicians?|clinicians?|all|adolescents)\b.*",
)
FOR_SIGNS = AnyCase(
    r"(?:\s+(?:\w+ly|at \w+ intervals))*\s+for\s+(?:any\s+)?(?:the\s+)?(?:(?:signs?|symptoms?|"
    r"evidence|development|emergence|occurrence|onset|worsening|risk|presence)(?:,?\s+(?:and|or)\s+"
    r"(?:symptoms?|worsening|signs?))?\s+(?:of|for)\s+)*(?:the\s+)?(?:development\s+of\s+)?",
)
IS_STATE = AnyCase(
    r"\b(?:is|are|was|were|has|have|had|does|did|if|when|because|although|whether|known|shown|"
    r"studies|study|trial|authors?|we)\b",
)
IS_DOSE = AnyCase(r"(?:.*\b)?(?:doses?|dosages?|dosing|regimens?)\b.*")
IS_TREATMENT = AnyCase(
    r"(?:.*\b)?(?:treatment|therapy|drug|medication|medicine|infusion|use|administration)\b.*",
)
SAYS_NOTHING = re.compile(
    r"(?:signs?|symptoms?|signs and symptoms|motor|response|conditions?|effects?|use|results?|"
    r"consequences|changes|it|them|this|[a-z]+(?:al|ic|ary|ory|ous|ive|ed))",
)
"""What names nothing to look at by itself: adjectives of a list that shares its head, too."""

FACTORS = AnyCase(
    r"(?:other\s+)?(?:factors?|things|parameters)\s+(?:such as|like|including)\s+|such as\s+"
)
IS_FACTOR = AnyCase(
    r".*(?:\b(?:profiles?|factors?|types?|history|status|function|risks?|interactions?|"
    r"comorbidit\w+|conditions?|medications?|age|weight|levels?|severity|benefits?|pressure|"
    r"rates?|counts?)|\w(?:emia|itis|osis))",
)
INTRODUCES = AnyCase(
    r"(?:in|for|during|before|after|when|if|because of|due to|as|additionally|moreover|"
    r"furthermore|however|therefore|thus|also|prior to|while|since|although|with|among)\b"
    r"[^,;]{0,90},\s*(?:and\s+)?",
)
DOSE_NOUN = {
    "adjusted": "adjustment",
    "reduced": "reduction",
    "decreased": "reduction",
    "lowered": "reduction",
    "halved": "reduction",
    "increased": "increase",
    "tapered": "tapering",
    "titrated": "titration",
    "individualized": "individualization",
    "individualised": "individualization",
}
LOOK_NOUN = {
    "monitored": "monitoring",
    "watched": "monitoring",
    "observed": "monitoring",
    "followed": "monitoring",
    "assessed": "assessment",
    "reassessed": "reassessment",
    "evaluated": "evaluation",
    "examined": "examination",
    "tested": "testing",
    "screened": "screening",
    "reviewed": "review",
    "checked": "check",
}
