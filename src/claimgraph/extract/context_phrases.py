"""The phrases that `claimgraph.extract.contexts` looks for, by kind of context.

Each phrase comes behind letters of which at least one stands in every match, in lower case and set
apart by bars; "#" stands for any digit. Looking for letters first keeps most phrases from being
tried at all.
"""

from __future__ import annotations

from claimgraph.model import QualifierType

# ── Building blocks ─────────────────────────────────────────────────────────────────────────────

_NUMBER = r"(?:\d+(?:[.,]\d+)*|one|two|three|four|five|six|seven|eight|nine|ten|twelve|several)"
_TIME = r"(?:minutes?|hours?|days?|weeks?|months?|years?)"
_TO = r"(?: ?(?:-|–|to|through|or|and)(?: (?:less|younger|fewer) than)? ?)"
_LIMIT = (
    r"(?:(?:(?:over|above|under|below) the age of|aged?|ages|from|between|over|under|above|"
    r"at least|up to|(?:less|younger|older|more) than"
    r"|≥|≤|>|<|=) ?)"
)
_AGE = (
    rf"{_LIMIT}*{_NUMBER}(?: ?{_TIME})?(?:{_TO}{_NUMBER})?[ -]?(?:months?|years?|yrs?|weeks?|days?)"
    r"(?: ?-?of age| ?-?old)?(?:,? (?:and|or) (?:older|above|over|younger|up))?"
)
_PEOPLE = (
    r"(?:(?:pa?ediatric|geriatric|adult|adolescent|elderly|"
    r"pregnant|postmenopausal|premenopausal|lactating|hospitali[sz]ed|ambulatory|immunocompetent|"
    r"immunocompromised)(?:(?:,| and| or) (?:pa?ediatric|geriatric|adult|adolescent|elderly))* "
    r"(?:patients?|populations?|individuals|subjects|women|men|females|males|inpatients|"
    r"outpatients)"
    r"|(?:pregnant|postmenopausal) women"
    r"|adults?|children|child|adolescents?|infants?|neonates?|newborns?|toddlers|teenagers|women|"
    r"men|males?|females?|boys|girls|elderly)"
)
_ANYONE = (
    r"(?:patients?|adults?|children|adolescents?|infants?|women|men|males?|females?|individuals|"
    r"persons?|people|subjects|those|populations?|inpatients|outpatients)"
)
_AGE_NEXT = rf"(?:,? \(?{_AGE}\)?)"
# A phrase goes on to the next comma, bracket or semicolon, or to a word that opens another phrase.
_END = (
    r"(?=\s*(?:[,;()\[\]•\n]|\.(?:\s|$)|$| who | whose | for whom | in whom | for which | when | "
    r"but "
    r"| to (?:treat|reduce|prevent|control)\b| (?:is|are|may|might|can|should|was|were|has been) "
    r"| (?:and|or|versus|vs\.?) (?:in )\d| compared (?:to|with) ))"
)
_REST = rf"[^,;()\[\]•\n]{{1,120}}?{_END}"
_LIST_REST = (
    r"[^;()\[\]•\n]{1,120}?(?=\s*(?:[;()\[\]•\n]|\.(?:\s|$)|$|,? for (?:the|use|relief|"
    r"treatment|management|prevention|prophylaxis|control|reduction)\b|,? in (?:the "
    r"(?:treatment|management)|patients|adults?|children|pediatric)\b|,? to (?:treat|reduce|"
    r"prevent|"
    r"control|relieve|lower|improve)\b|,? (?:and|or|versus|vs\.?|compared (?:to|with)) (?:in )?\d|"
    r" (?:is|are|may|might|can|should|was|were) ))"
)

# A whole clause, up to its comma.
_CLAUSE = r"[^,;()\[\]•\n]{1,160}?(?=\s*(?:[,;()\[\]•\n]|\.(?:\s|$)|$))"
# A list of causes or companions, unless the next cause begins in it.
_CAUSES = (
    r"(?:(?:(?! due to | caused by | associated with | secondary to )[^;()\[\]•\n]){1,160}?"
    r"(?=\s*(?:[;()\[\]•\n]|\.(?:\s|$)|$|,? for (?:the|use|which|whom)\b|,? (?:and )?in (?:the "
    r"(?:treatment|management)|patients|adults?|children|adolescents|infants|women|men|pa?ediatric)"
    r"\b|,? to (?:treat|reduce|prevent|control|relieve|lower|improve)\b|,? (?:when|if|who|whose)\b"
    r"| (?:is|are|may|might|can|should|was|were) ))|" + _REST + ")"
)

# ── Phrases ─────────────────────────────────────────────────────────────────────────────────────

PHRASES: dict[QualifierType, tuple[tuple[str, str], ...]] = {
    QualifierType.POPULATION: (
        (
            "adult|child|adolescent|infant|neonate|newborn|toddler|teenager|women|men|male|boys|"
            "girls|elderly|geriatric|ediatric|pregnant|menopausal|lactating|hospitali|ambulatory|"
            "immunocomp",
            rf"(?:{_PEOPLE}(?:,? ?(?:and|or|,)(?: in)? )?)+{_AGE_NEXT}?(?: (?:and|or) {_PEOPLE}"
            rf"{_AGE_NEXT}?)*",
        ),
        (
            "of age|older|old|younger|aged|years|months|weeks|days",
            rf"{_ANYONE}{_AGE_NEXT}",
        ),
        (
            "year|month",
            rf"{_LIMIT}*{_NUMBER}(?: ?{_TIME})?(?:{_TO}{_NUMBER})?[ -]?(?:months?|years?)(?: "
            r"?-?of age"
            r"| ?-?old|(?=,? (?:and|or) (?:older|younger)))(?:,? (?:and|or) (?:older|above|over|"
            r"younger|up))?",
        ),
        (
            "pregnan|lactation|elderly|childhood|volunteers",
            r"during (?:pregnancy|lactation)|in (?:pregnancy|the elderly|childhood|healthy "
            r"volunteers)",
        ),
    ),
    QualifierType.CONDITION: (
        # Response, earlier treatment, present treatment.
        (
            "receiving|taking|treated with|maintained on",
            r"(?:who|and) (?:are|is|were|was) (?:already |currently )?(?:receiving|taking|"
            r"treated with|"
            rf"maintained on) {_LIST_REST}",
        ),
        (
            "who |which |that |and ",
            r"(?:who|which|that|and) (?:(?:have|has|had|are|is|were|do|does|did|cannot|can) "
            r")+(?:not |"
            r"previously |already |currently |recently |adequately |inadequately |sufficiently |"
            r"been |"
            r"shown )*(?:fail\w*|respon\w+|controlled|relieved|treated|receiv\w+|taking|maintained|"
            r"refractory|resistant|intoleran\w+|toleran\w+|tolerate|unresponsive|experienc\w+|"
            r"unable|"
            r"uncontrolled|stabili[sz]ed|inadequate\w*|candidates?|eligible|considered|judged|at|"
            r"on|"
            rf"undergo\w*|require|deteriorat\w+|beginning) ?(?:{_REST})?",
        ),
        (
            "who |whose ",
            rf"(?:who|whose) {_CLAUSE}",
        ),
        (
            "tolerant|naive|naïve|experienced|resistant|refractory|dependent",
            r"[\w]+-(?:tolerant|naive|naïve|experienced|resistant|refractory|dependent)"
            rf"(?= {_ANYONE}\b)",
        ),
        (
            "undergo",
            rf"(?:{_ANYONE} )?undergoing {_REST}",
        ),
        (
            "stable|optimal|tolerated|background",
            rf"on (?:an? )?(?:stable|optimal|optimi[sz]ed|maximally tolerated|background) {_REST}",
        ),
        (
            "detected|determined|measured|confirmed|defined|shown|assessed",
            rf"as (?:detected|determined|measured|confirmed|defined|shown|assessed) by {_CLAUSE}",
        ),
        (
            ", and who ",
            r"who (?:are|have|is|has) [^,;.()]{1,80}, and who (?:are|have|is|has) [^,;.()]{1,80}"
            rf"(?:, {_CLAUSE})?",
        ),
        (
            "refractory|resistant|unresponsive|intolerant|inadequately|intractable",
            r"(?:refractory|resistant|intractable|unresponsive|intolerant|"
            r"inadequately (?:controlled|responsive))"
            rf"(?: (?:to|of) {_REST})?",
        ),
        (
            "resistant|refractory|naive|naïve",
            r"(?:treatment|drug|medically|therapy)[- ](?:resistant|refractory|naive|naïve)",
        ),
        (
            "inadequate|insufficient|poor|lack of|suboptimal|incomplete",
            rf"(?:an? )?(?:inadequate|insufficient|poor|lack of|suboptimal|incomplete)(?:ly)? "
            r"(?:\w+ )?(?:respon\w+|control\w*|relief|toler\w+)(?: (?:to|by|with|of|from) "
            rf"{_REST})?",
        ),
        (
            "not ",
            r"not (?:\w+ly )?(?:been )?(?:\w+ly )?(?:controlled|relieved|managed|manageable|"
            r"responsive|"
            rf"respond\w*|tolerate\w*)(?: {_REST})?",
        ),
        (
            "after|following|upon|despite",
            rf"(?:after|following|upon|despite) (?:\w+ ){{0,3}}?(?:failure|progression|relapse|"
            rf"treatment|therapy|chemotherapy|surgery|transplantation|discontinuation|response)"
            rf"(?: (?:of|on|to|with|after|following) {_REST})?",
        ),
        (
            "treated",
            rf"(?:previously|formerly|recently) (?:un)?treated(?: with {_REST})?",
        ),
        (
            "whom|which",
            rf"(?:for|in) (?:whom|which) {_CLAUSE}",
        ),
        (
            "when|if|where|provided|unless|until",
            rf"(?:when|if|where|only if|only when|provided|unless|until) {_CLAUSE}",
        ),
        # Combination and line of therapy.
        (
            "adjunct",
            r"(?:as )?(?:an? )?adjunct(?:ive)?(?: (?:therapy|treatment|use))?(?: to| with) "
            rf"{_LIST_REST}",
        ),
        (
            "adjunct",
            r"(?:as )?(?:an? )?adjunct(?:ive(?: (?:therapy|treatment|use))?|ively)?",
        ),
        (
            "combination with|combination therapy with",
            rf"(?:in|as) (?:part of a )?combination (?:with|therapy with) {_LIST_REST}",
        ),
        (
            "combination",
            r"(?:in|as) combination(?: therapy)?",
        ),
        (
            "concomitant|concurrent|together|along|simultaneous|administered|combined|added|"
            "in addition",
            r"(?:concomitant(?:ly)?|concurrent(?:ly)?|together|along|simultaneous(?:ly)?|"
            r"co-?administered"
            r"|administered|combined|added|in addition)(?: use| therapy| administration| "
            r"treatment)? "
            rf"(?:with|to) {_REST}",
        ),
        (
            "part of",
            rf"as (?:an? )?(?:integral )?part of {_REST}",
        ),
        (
            "monotherapy",
            r"(?:as )?(?:an? )?(?:(?:initial|sole|single[- ]agent|conversion to) )?monotherapy",
        ),
        (
            "-line| line",
            r"(?:as )?(?:an? )?(?:first|second|third|last)[- ]line(?: (?:therapy|treatment|agent|"
            r"drug))?",
        ),
        (
            "initial|sole|alternative|maintenance|preventive|prophylactic|suppressive|supportive|"
            "single|replacement",
            r"(?:as )?(?:an? )?(?:initial|sole|alternative|maintenance|preventive|prophylactic|"
            r"suppressive|"
            r"supportive|single[- ]agent|replacement) (?:therapy|treatment|use)",
        ),
        (
            "alone",
            r"(?:used |given )?alone",
        ),
        # Who else: a second disease, a risk, a history.
        (
            "with|having|suffering|risk",
            rf"(?:{_ANYONE}|cancer patients) (?:[\w≥-]+ ){{0,7}}?(?:with(?! or without)|having|"
            r"suffering"
            rf" from|at (?:\w+ )?risk (?:of|for)) {_REST}",
        ),
        (
            "history|diagnosis|presence|risk",
            r"(?:with|who have) (?:an? )?(?:\w+ )?(?:history|diagnosis|presence|risk) (?:of|"
            rf"for) {_REST}",
        ),
        (
            "cancer patients|diabetic patients|hypertensive patients|obese patients",
            r"cancer patients|diabetic patients|hypertensive patients|obese patients",
        ),
        (
            "without|presence|absence",
            rf"(?:with(?: or |/)?without|in the (?:presence|absence) of|without) {_REST}",
        ),
        # What the condition comes from or goes with.
        (
            "associated|due to|caused by|secondary|resulting|accompanied|characteri|complicated|"
            "manifested|related",
            rf"(?:associated with|due to|caused by|secondary to|resulting from|accompanied by|"
            rf"characteri[sz]ed (?:by|as)|complicated by|manifested by|related to) {_CAUSES}",
        ),
        (
            "severe enough",
            r"severe enough to (?:[^;.])+",
        ),
    ),
    QualifierType.DEGREE: (
        (
            "mild|moderate|severe|serious",
            r"(?:mild|moderate|severe|serious)(?:ly)?(?: ?(?:-to-|-|–|,|/|to|and/or|and|or) ?"
            r"(?:mild|moderate|severe|serious)(?:ly)?)*(?:[ -]active)?",
        ),
    ),
    QualifierType.SETTING: (
        (
            "hospital|clinic|office|home|emergency|intensive care|inpatient|outpatient|community|"
            "surgical",
            r"in (?:an? |the )?(?:\w+[- ]){0,2}?(?:hospital|clinic|office|home|emergency (?:room|"
            r"department)"
            r"|intensive care(?: unit)?|(?:in|out)patient|clinical|community|surgical)(?: "
            r"(?:setting|care)s?)?",
        ),
        (
            "supervision",
            r"under (?:the |close |medical )*supervision(?: of (?:an? )?\w+)?",
        ),
        (
            "operative",
            r"(?:peri|pre|post|intra)-?operative(?:ly)?",
        ),
        (
            "surgery|anesthesia|anaesthesia|procedure",
            r"(?:during|before|prior to) (?:\w+ ){0,2}?(?:surgery|an(?:a)?esthesia|procedures?)",
        ),
    ),
    QualifierType.DURATION: (
        (
            "day|week|month|year|hour|minute",
            r"(?:for|over|within|up to|during|after|beyond|through|not (?:to )?exceed(?:ing)?|"
            r"(?:no )?longer than)(?: (?:a|the|up to|at least|about|"
            r"approximately|more "
            r"than|less than|no more than|periods? of|first|next|last))* "
            rf"{_NUMBER}(?:{_TO}{_NUMBER})?"
            rf"[ -]?{_TIME}(?! of age|,? (?:and|or) older|-?old)",
        ),
        (
            "day|week|month|year|hour|minute",
            rf"{_NUMBER}(?:{_TO}{_NUMBER})?[ -]{_TIME}(?= (?:of (?:treatment|therapy|use)|"
            r"treatment|course))",
        ),
        (
            "term|chronic use",
            r"(?:short|long|longer)[- ]term(?= (?:\w+ )?(?:treatment|use|therapy|management|relief|"
            r"administration|prophylaxis))|chronic use",
        ),
        (
            "short period",
            r"(?:for |only for )?short periods?(?: of time)?(?: \([^()]*\))?",
        ),
    ),
    QualifierType.FREQUENCY: (
        (
            "%|percent",
            r"(?:(?:≥|≤|>|<|at least|less than|more than|about|approximately|up to|nearly|over|"
            r"greater than"
            r"(?: or equal to)?) ?)*\d+(?:\.\d+)?(?: ?%)?(?: ?(?:-|–|to) ?\d+(?:\.\d+)?)? ?(?:%|"
            r"percent)(?!\s*(?:CI\b|C\.I\.|CrI\b|confidence|credible))"
            rf"(?: of (?:the |all |treated |\w+-treated )*{_ANYONE})?",
        ),
        (
            " of ",
            rf"{_NUMBER} (?:\(\d[^()]*\) )?(?:out )?of (?:the |all )?{_NUMBER}(?: (?:\w+ "
            rf")?{_ANYONE})?",
        ),
        (
            "#",
            rf"(?:≥|≤|>|<|about )? ?\d+ ?(?:/|in) ?\d[\d,. ]*\d(?: {_ANYONE})?(?!\s*(?:mg|mL|"
            r"years|mm))",
        ),
        (
            "commonly|rarely|frequently|occasionally|usually|often|sometimes|seldom",
            r"(?:very |most |more |less )?(?:commonly|rarely|frequently|infrequently|uncommonly|"
            r"occasionally|seldom|sometimes|often|usually)",
        ),
        (
            "common|rare|frequent|occasional",
            r"(?:very |most |more |less )?(?:common|rare|uncommon|frequent|infrequent|occasional)"
            r"(?! (?:cold|pathogens?|terms?))",
        ),
        (
            "in some|in most|in many|in few|in rare|in isolated|in a few|in certain",
            r"in (?:some|most|many|few|rare|isolated|a few|certain) (?:cases|patients|instances|"
            r"people)",
        ),
        (
            "majority|minority",
            rf"(?:the )?(?:majority|minority) of {_ANYONE}",
        ),
    ),
    QualifierType.DOSE: (
        (
            "#",
            r"(?:(?:at |in )?(?:a )?(?:doses? (?:of|up to|above|below|greater than|less than)|up "
            r"to|≥|≤|>|<)"
            r" ?)?(?:\d+(?:[.,]\d+)*(?: ?(?:-|–|to) ?\d+(?:[.,]\d+)*)? ?(?:mg|mcg|µg|μg|ug|g|mL|"
            r"ml|IU|units|"
            r"U|mEq|mmol|tablets?|capsules?|drops|puffs)(?![\w])(?: ?/ ?(?:\d+ ?)?(?:kg|m2|m²|"
            r"day|d|dose|h|"
            r"hr|min|week|mL|ml)| per (?:kg|day|dose|hour|week|kilogram))*)(?:,? (?:(?:once|"
            r"twice|three "
            r"times|two times|four times)(?: (?:a|per) (?:day|week)| daily| weekly| monthly)?|"
            r"daily|weekly|"
            r"every (?:\d+ |other )?(?:hours?|days?|weeks?|day)|b\.?i\.?d\.?|t\.?i\.?d\.?|"
            r"q\.?i\.?d\.?|per "
            r"day|a day|at bedtime|orally|intravenously|intramuscularly|subcutaneously|by mouth))*",
        ),
        (
            "dose|dosage",
            r"(?:at |in |with )?(?:high|higher|low|lower|large|larger|therapeutic|maximum|"
            r"recommended|usual|"
            r"excessive) (?:\w+ )?(?:doses?|dosages?)",
        ),
        (
            "once|twice|times",
            r"(?:once|twice|three times|four times) (?:a day|daily|weekly|per day|monthly)",
        ),
    ),
    QualifierType.PHASE: (
        (
            "titration|initiation|withdrawal|discontinuation|cessation|tapering|maintenance|"
            "induction|escalation|increase|reduction|change|of treatment|of therapy",
            r"(?:during|on|upon|after|following|with|at|in|before|prior to)(?: (?:the|abrupt|"
            r"sudden|rapid|"
            r"gradual|first|early|initial|dose|start|beginning|phase|of|treatment|therapy|a))* "
            r"(?:titration|"
            r"initiation|withdrawal|discontinuation|cessation|tapering|maintenance|induction|"
            r"escalation|"
            r"uptitration|dose (?:increase|reduction|change)s?|(?:start|beginning|end) of "
            r"(?:treatment|"
            r"therapy))(?: (?:phase|period))?",
        ),
        (
            "early in|late in",
            r"(?:early|late) in (?:the course of )?(?:treatment|therapy)",
        ),
    ),
}
