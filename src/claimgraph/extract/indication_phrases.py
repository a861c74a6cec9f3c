"""The phrases that tell what a drug is used for, by what they say of what follows them."""

from __future__ import annotations

from enum import StrEnum

from claimgraph.extract.letters import AnyCase


class Rule(StrEnum):
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
    Rule.FORBIDS: (
        r"contra-?indicated",
        r"(?:should|must|may|can) ?not be (?:used|given|taken|administered|prescribed|initiated|"
        r"considered|substituted)",
        r"not be (?:used|given|taken|administered|prescribed)",
        r"(?:do|should|must) not (?:use|take|give|administer|be (?:used|given|taken|administered))"
        r"(?: [\w-]+){0,3} (?:if (?:you|the patient|they|he or she|your child)|by (?:people|anyone|"
        r"patients|those|persons)(?: who)?|(?:in|to) (?:people|patients|those|persons|anyone))"
        r"(?: (?:with|have|has|are|is|had))?(?: (?:ever )?had| an? history of)?",
        r"(?:do|should) not (?:use|take|give|administer)",
        r"avoid (?:the )?use",
        r"not (?:recommended|advised|advisable|for use)",
        r"not (?:appropriate|suitable|a substitute)",
        r"inappropriate",
    ),
    Rule.DENIES: (
        r"not (?:\w+ )?(?:indicated|intended|approved|labell?ed)(?: for use)?",
        r"not (?:\w+ )?(?:effective|useful|beneficial)",
        r"not for(?: the)?",
        r"not be relied (?:up)?on",
        r"(?:has|have|had) not,?(?: yet| however,)? (?:been )?(?:\w+ly )?(?:been "
        r")?(?:established|demonstrated|"
        r"shown|studied|evaluated|determined|proven|proved|tested|confirmed|investigated)",
        r"not (?:\w+ly )?(?:been )?(?:\w+ly )?(?:established|demonstrated|shown|studied|evaluated|"
        r"determined|proven|tested)",
        r"ineffective",
        r"(?:does|do|did|will|would) not (?:\w+ )?(?:treat|prevent|cure|reduce|relieve|protect|"
        r"help|"
        r"improve|provide|affect)",
        r"no (?:\w+ )?(?:evidence|benefit|effect|value|proof|studies|data|role|efficacy)",
        r"lack of (?:efficacy|effect|benefit|evidence)",
        r"limitations? of use",
        r"is unknown",
        r"is not known",
        r"inadequate (?:evidence|data)",
        r"insufficient (?:evidence|data)",
    ),
    Rule.PREVENTS: (
        r"treat(?:ment)?(?: of)?(?: and| or| and/or)(?: to)? (?:prevent(?:ion)?|prophylaxis)"
        r"(?: of)?",
        r"prophylaxis (?:and|or) (?:\w+ )?treatment(?: of)?",
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
    Rule.TREATS: (
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
        r"this (?:category|group|class|indication|term) (?:also )?includes",
        r"recommended (?:for|in)",
    ),
    Rule.PATIENTS: (
        r"(?:patients?|adults?|children|persons?|people|"
        r"individuals|subjects|women|men|those|infants?|adolescents?|boys|girls|populations?|"
        r"males?|females?|cases)(?:,? (?!and\b|or\b|for\b)[\w()≥>-]+){0,6}? (?:with|who (?:have|"
        r"has|"
        r"had|are|is)|having|suffering from|at (?:high |increased )?risk (?:of|for))"
        r"(?: an? (?:\w+ )?diagnosis of)?",
        r"with an? (?:\w+ ){0,2}diagnosis of",
        r"diagnoses (?:most closely )?correspond\w*(?: most closely)? to",
    ),
    Rule.ASIDE: (
        r"(?:family |medical |past |prior |documented )?histor(?:y|ies) of",
        r"risk factors?(?: for| of| such as)?",
        r"(?:previous|prior|recent|concomitant|coexisting|co-existing|underlying|concurrent)",
        r"caused by",
        r"secondary to",
        r"due to",
        r"result(?:s|ing|ed)? (?:from|in)",
        r"attributable to",
        r"complicated by",
        r"(?:following|after|despite)(?: \w+){0,3}? (?:treatment|therapy|chemotherapy|surgery|"
        r"procedures?)(?: (?:for|of|with|in))?",
        r"following(?! (?:\w+ )?(?:conditions?|infections?|diseases?|indications?|disorders?|:))",
        r"(?:in the )?(?:absence|presence) of",
        r"with(?: and|/| or)* ?without",
        r"without",
        r"exclud\w+",
        r"other than",
        r"except(?: for| in| when)?",
        r"rul(?:e|ed|ing) out",
        r"(?:suspected|confirm\w*) (?:to|by|the)",
        r"(?:to )?diagnos(?:is|es|tic\w*|ed|e)(?: of| as)?",
        r"defined (?:as|by)",
        r"(?:may|can|could|might) (?:cause|lead|result|occur|develop|experience|also occur|have)",
        r"(?:is|are|be|been) (?:known|associated with|accompanied)",
        r"causes?",
        r"(?:aggravat|exacerbat|worsen|provok|precipitat|trigger|unmask|mask)(?:e|es|ed|s|ing)?",
        r"(?:increas|rais|elevat)(?:e|es|ed|ing)(?: in)?(?: (?:the|your|their|an?))?(?: \w+)?"
        r" (?:risks?|rates?|incidence|likelihood|chances?|frequency|severity)(?: of| for)?",
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
        r"(?:potential|in view) (?:for|of)",
        r"(?:receiving|taking|maintained on|tolerant to|treated (?:with|for))",
        r"(?:production|induction) of",
        r"at (?:\w+ )?risk (?:of|for)(?: (?:re-?experiencing|developing))?",
        r"(?:more |further )?information (?:on|about|regarding)",
        r"time of hospitali[sz]ation for",
        r"(?:injury|injuries|damage|loss) from",
        r"such as (?:those|that) (?:seen|found|occurring) (?:in|with)",
        r"increased (?:potential|rates?|incidence|frequency) (?:for|of)",
        r"(?:present|carry|pose) an? (?:\w+ )?risk (?:of|for)",
        r"regardless of|irrespective of|independent of",
        r"(?:labell?ing|safety information)",
        r"born to",
        r"deaths? (?:from|due to)",
        r"in the judgment",
        r"(?:was|were|has been|have been) (?:observed|reported|seen)",
        r"rather than",
        r"(?:associated|combined) with (?:an? )?(?:increased|higher)",
    ),
    Rule.NOTE: (
        r"(?:of|by|meet|with) (?:the|these) following(?: \w+){0,3} (?:symptoms|criteria|signs)",
        r"(?:one|two|three|four|five|six|\d)(?: \(\d\))? (?:or more |of )+(?:\w+ "
        r"){0,4}?(?:symptoms|"
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
    Rule.BREAKS: (
        r"but",
        r"however",
        r"although",
        r"though",
    ),
}
EVENT = AnyCase(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<{rule.value}>{'|'.join(some)})" for rule, some in _PHRASES.items())
    + r")(?![\w-])|(?P<clause>[;:•\n]|\. (?=[A-Z]))",
)
# A denial that stands behind what it denies: "its use in asthma has not been established".
DENIED_BEHIND = AnyCase(
    r"(?:has|have|had|is|are|was|were) not (?:yet )?(?:been )?(?:\w+ly )?(?:been )?(?:established|"
    r"demonstrated|shown|studied|evaluated|determined|proven|known|recommended|indicated|tested)"
    r"|(?:is|are) (?:unknown|not (?:yet )?available)|should not (?:be (?:used|given|treated|"
    r"considered)|receive|use|take)"
    r"|must not|is (?:inappropriate|contraindicated)",
)
PATIENTS_FIRST = AnyCase(
    r"\b(?:is|are|may be|might be|can be|was|were|has been|have been|could be) (?:\w+ )?(?:useful|"
    r"effective|indicated|helpful|beneficial|of (?:value|benefit|use)|recommended|used|approved)\b",
)
# What follows a condition that yields to the drug: "anxiety responds well to", "is responsive to".
YIELDS = AnyCase(
    r"(?:(?:is|are|may be|can be) (?:often |usually |generally |particularly )?responsive to|"
    r"responds?(?: \w+){0,2} to) (?:the |this )?",
)
STATES_USE = AnyCase(
    r"\b(?:indicated (?:for|in|to|as)|(?:treatment|management|relief|control|therapy) (?:of|for)|"
    r"(?:effective|useful|helpful|beneficial)|used (?:to treat|for|in|against)|treats|efficacy|"
    r"reliev(?:es?|ing)|temporar(?:y|ily)|helps? (?:to )?(?:relieve|prevent|treat|protect|reduce|"
    r"control)|"
    r"(?:reduces?|prevents?|to (?:reduce|prevent|treat|relieve|control))|protects?|indicated|"
    r"prevention|treatment|prophylaxis|contraindicated|controlling|managing|treating|"
    r"armamentarium|(?:should|must) not (?:be (?:used|given|taken|administered)|use|take|give)|"
    r"do not (?:use|take|give))\b",
)
HEDGE = AnyCase(
    r"\b(?P<cue>may|might|could)(?= (?:also |even |sometimes |possibly )*(?:be (?:\w+ly "
    r")?(?:useful|"
    r"helpful|effective|beneficial|of (?:\w+ )?(?:value|benefit|use|help)|considered|an? )|help|"
    r"benefit|prevent|reduce|improve|relieve|have (?:an? )?(?:role|effect|benefit)))|\b(?P<cue2>"
    r"appears?|seems?|suggests?|possibly|probably|potentially|promising|suggested|thought|believed|"
    r"under investigation|potential(?= (?:role|use|treatment|therap|benefit in)))\b",
)
