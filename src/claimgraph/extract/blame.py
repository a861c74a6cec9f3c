"""The words that blame a drug for a condition, and the words that speak against it.

The patterns are read in the frame of a sentence, between the marks of a drug and of a condition.
"""

from __future__ import annotations

import re

from claimgraph.extract.letters import AnyCase

_WORD = r"[\w'’%./+-]+"

# ── What blames ─────────────────────────────────────────────────────────────────────────────────

# Right behind the drug: "X-induced", "X associated", "X therapy-related".
FUSED = AnyCase(
    r"(?:[ -](?:therapy|treatment|use|monotherapy|infusion|injections?|withdrawal|intake))?"
    r"[\s)\]-]*(?:induced|associated|related|attributed|provoked|triggered|"
    r"evoked|linked|caused|precipitated|effectuated|driven)(?![\w-]| (?:with|to|by)\b)",
)
# Between "induced" and the condition these lead away.
AWAY = AnyCase(r"\b(?:in|with|for|after|who|is|was|are|were|during|by)\b")
COMPOUND = AnyCase(
    r"(?:.* )?(?:\w*toxic \w+|(?:\w+ )?(?:intoxications?|hypersensitivity|"
    r"hypersensitivities|withdrawal|reactions?|syndrome|anaphylaxis)(?: \w+)?)|"
    # "X toxicity" alone says nothing of what X does.
    r"(?:.+ \w*|\w+)toxicit(?:y|ies)",
)
# From the drug to the condition.
STRONG_ON = AnyCase(
    r"\b(?:caus(?:e[sd]?|ing|ation of)|induc(?:e[sd]?|ing)|produc(?:e[sd]?|ing)|"
    r"lead(?:s|ing)? to|led to|result(?:s|ed|ing)? in|precipitat(?:e[sd]?|ing)|"
    r"trigger(?:s|ed|ing)?|provok(?:e[sd]?|ing)|elicit(?:s|ed)?|"
    r"(?:be|is|are|was|were|been) (?:\w+ )?(?:associated|complicated|accompanied|followed|linked)"
    r"(?: with| by| to)|implicated in|responsible for|contribut(?:e[sd]?|ing) to|"
    r"potential (?:for|to)|risks? (?:of|for)|incidence of|"
    r"(?:side|adverse|toxic|untoward)[ -](?:effects?|events?|reactions?)|complications?|"
    r"toxicit(?:y|ies)|"
    r"exacerbat(?:e[sd]?|ing)|worsen(?:s|ed|ing)?|aggravat(?:e[sd]?|ing)|unmask(?:s|ed|ing)?)\b",
)
_EVENT = (
    r"develop(?:ed|ing|s|ment of)?|experienc(?:e[sd]?|ing)|present(?:ed|ing)?(?: \w+)? with|"
    r"suffer(?:ed|ing)?(?: from)?|manifest(?:ed|ing)|demonstrat(?:ed|ing)|"
    r"show(?:ed|ing)|became|becoming|complain(?:ed|ing) of|progressed to|"
    r"occurrence of|episodes? of|onset of|appearance of|in whom|died of|"
    r"diagnosed with|was found to have|sustained|incurred|recurrence of"
)
WEAK_ON = AnyCase(rf"\b(?:{_EVENT})\b")
ASSOCIATION = AnyCase(r"\b(?:association|relationship|link|interaction) between\b[^,;]*$")
# Behind the condition: "after X, Y developed".
HAPPENED = AnyCase(
    r"\s*(?:\w+ ){0,2}(?:occurred|developed|appeared|was (?:noted|observed|seen|found|diagnosed|"
    r"reported)|were (?:noted|observed|seen|found|reported)|recurred|ensued|resulted|began)\b",
)
GIVEN = AnyCase(
    r"\b(?:treated with|receiving|received|taking|taken|took|exposed to|exposure to|given|on|under|"
    r"upon|after|following|during|administration of|use of|therapy with|treatment with|started on|"
    r"prescribed|begun on|initiation of|ingestion of|addition of|introduction of|doses? of|"
    r"course of|"
    r"injections? of|infusion of|withdrawal of|discontinuation of|maintained on|while|with)\b"
    rf"(?:[\s(]*{_WORD}){{0,5}}[\s(]*$",
)
# From the condition to the drug.
STRONG_BACK = AnyCase(
    r"\b(?:associated(?: \w+)? (?:with|to)|induced by|caused by|due(?: \w+)? to|owing to|"
    r"secondary to|subsequent to|(?:un)?relat(?:ed|ing|ion)(?: \w+)? to|"
    r"attribut(?:ed|able)(?: \w+)? to|ascribed to|result(?:ing|ed|s) from|"
    r"consequence of|complication of|complicat(?:ing|ed|es)|"
    r"manifestation of|(?:side|adverse|toxic|untoward)[ -](?:effects?|reactions?|events?|"
    r"complications?)(?: \w+)? (?:of|to|from|with)|"
    r"complications? (?:of|from|with|to)|(?:allergic )?reaction to|link(?:ed)? (?:to|with)|"
    r"(?:produced|provoked|precipitated|triggered|evoked|elicited|brought on|mediated|"
    r"worsened|exacerbated|aggravated|unmasked|potentiated|enhanced|complicated|mimicked) by|"
    r"more (?:frequent|common)(?:ly)? (?:reported |seen |observed )?(?:with|on)|"
    r"possibly from|arising from|toxic effect of|toxicity of|induced (?:during|with))\b",
)
# When the condition came: "Y after X", "Y during treatment with X".
TIME_BACK = AnyCase(
    r"\b(?:following|after|during|while|when|subsequent to|upon|(?:in|during) the course of|"
    r"(?:hours|days|weeks|months|years|onset|beginning|day \d+) (?:of|into)|"
    r"occurr(?:ed|ing) (?:under|on|with)|discontinuation of|withdrawal (?:of|from))\b",
)
_PERSON = (
    r"(?:patients?|man|woman|boy|girl|child(?:ren)?|infants?|women|men|adults?|individuals|"
    r"subjects|people|male|female|adolescents?|recipients?|lady|widow|teenager|asthmatics?|"
    r"diabetics?|epileptics?|neonates?|newborns?|volunteers?|mothers?|smokers?|survivors?|"
    r"carriers?|donors?)"
)
# Whose condition it is: "Y in a patient treated with X". Without the person, it is the condition
# that is treated: "Y treated with X".
TREATED_PERSON = AnyCase(
    rf"\b{_PERSON}\b(?:(?!\b(?:and|which)\b).)*?\b(?:(?:receiv|tak|us|undergo|start|begin|"
    r"initiat)ing|treated|exposed to|given|administered|on|under|who (?:had )?(?:took|taken|"
    r"received|used))\b",
)
# The words nearest to the drug.
GIVEN_BACK = AnyCase(
    r"\b(?:following|after|during|while|when|subsequent to|upon|on|under|"
    r"(?:receiv|tak|us|undergo|start|begin|initiat)ing|treated(?: \w+){0,2} (?:with|by)|exposed to|"
    r"exposure to|given|administered|administration of|use of|therapy with|treatment with|"
    r"intoxication with|overdose of|ingestion of|withdrawal of|discontinuation of|withdrawal from|"
    r"who (?:had )?(?:took|taken))\b",
)
# How the drug is given, between the words that blame and the drug.
WAY = re.compile(
    r"\b(?:the|an?|use|administration|exposure|treatment|therapy|ingestion|injections?|infusion|"
    r"withdrawal|combination|mixture|doses?|of|with|to|and|oral|topical|intravenous|intrathecal|"
    r"intraperitoneal|subcutaneous|intramuscular|systemic|inhaled|concomitant|concurrent|high|low|"
    r"long-term|prolonged|high-dose|low-dose)\b",
    re.IGNORECASE,
)
# Only a denial says that these belong together: "on X without signs of Y", "no Y with X".
WITHOUT = AnyCase(
    r"(?<!patient )(?<!patients )(?<!men )(?<!man )(?<!child )(?<!children )(?<!subjects )"
    r"\b(?:without|absence of|lack of|free (?:of|from)|(?:had|with|showed|developed|experienced|"
    r"experiencing|noted|caus(?:ed|ing)|produc(?:ed|ing)) no)"
    r"(?: (?!and\b|or\b|but\b|the use\b|recurren|relaps|further\b|residual\b)[\w-]+){0,5}\s*$",
)
NONE_OF = AnyCase(
    r"\b(?:no|without|absence of|lack of|free (?:of|from))"
    r"(?: (?!and\b|or\b|but\b|recurren|relaps|further\b|residual\b|reports?\b)[\w-]+){0,4}"
    r"\s*$",
)
WITH_DRUG = AnyCase(
    r"\s*(?:(?:was|were|has been|have been|is|are) (?:seen|observed|noted|found|reported|detected|"
    r"described) )?(?:in (?:the )?(?:\w+ ){0,2}(?:patients?|subjects?|children|group) )?"
    r"(?:with|on|under|to|from|by|using|for|treated with|receiving|taking)(?: [\w-]+){0,4}\s*",
)
# "Y did not recur with X", "X did not reproduce Y", "on X, Y did not occur".
_NOT = r"\b(?:did|does|do|has|have|had|was|were|could) (?:not|never)\b"
NOT_WITH = AnyCase(rf"\s*{_NOT}(?: \w+){{1,3}} (?:with|on|under)(?: [\w-]+){{0,4}}\s*")
NOT_SEEN_ON = AnyCase(
    rf"{_NOT} (?:\w+ )?(?:reproduce[d]?|increase[d]?|show|reveal|have|had|suffer(?: from)?)"
    r"(?: (?!and\b|or\b|but\b)[\w-]+){0,4}\s*$",
)
NOT_SEEN = AnyCase(
    rf"\s*{_NOT} (?:\w+ )?(?:recur(?:red)?|occur(?:red)?|develop(?:ed)?|(?:re)?appear(?:ed)?|"
    r"observed|seen|noted)\b",
)
NEXT_TO = AnyCase(
    r"\s*(?:(?:by|from|to)(?: (?:the|oral|intravenous|high-dose|low-dose|topical|systemic|a))?|\()"
    r"\s*",
)

# ── What speaks against it ──────────────────────────────────────────────────────────────────────

BREAK = AnyCase(r";|\b(?:whereas|however|although|but)\b")
_PEOPLE = (
    r"(?:patients?|man|woman|boy|girl|child(?:ren)?|infants?|women|men|adults?|individuals|"
    r"subjects|people|male|female|adolescents?|recipients?|lady|widow|teenager|"
    r"\w+[- ]year[- ]olds?(?: \w+)?)"
)
# Before the condition: the drug is given for it, or the patient has it.
GIVEN_FOR = AnyCase(
    r"(?:\b(?:for|against)(?: the)?(?: (?!treatment\b|therapy\b)\w+){0,2}|"
    r"\b(?:treatment|management|therapy|prophylaxis|control|prevention|relief|suppression|treating|managing|reversal|resolution|amelioration|"
    r"diagnosis|remission|improvement|clearance|reduction|disappearance|recovery|regression|"
    r"absence|healing|removal|lysis|resection) (?:of|for|from|in)(?: [\w-]+){0,3}|"
    rf"\b{_PEOPLE} (?:\w+ )?(?:suffering from|affected by|with|who had|having|diagnosed with)"
    r"(?: (?!developed|who)[\w-]+){0,3}|"
    r"\bhistory of(?: [\w-]+){0,2}|\bdiagnosed (?:with|as having)|\btreated for|\btreat(?:ing|s)?|"
    r"\b(?:mask|conceal|hid)(?:e|es|s|ed|ing)?(?: (?:the|early|warning|any))*"
    r"(?: (?:signs?|symptoms?)(?: (?:and|or) (?:signs?|symptoms?))? of)?|"
    r"\bknown|\bpre-?existing|\bunderlying|\bsuffering from|\bprevious|\bsetting of)[\s(]*$",
)
# Behind the condition: it is what is treated, or whose patient it is.
TREATED = AnyCase(
    r"\s*(?:patients?\b|was (?:successfully )?treated|were treated|"
    r"(?:was|were) (?:controlled|managed|relieved)|(?:therapy|treatment|prophylaxis)\b|"
    r"respond(?:ed|s)? to|improved|resolved|"
    r"treated (?:successfully )?(?:with|by)|responsive to|refractory to|resistant to|receiving|"
    r"cells?\b|virus)",
)
# A new verb of getting something, between the condition and the drug, has another object.
OTHER_EVENT = AnyCase(
    r"\b(?:experienc(?:ed|ing)|suffered|presented|died|treated for|"
    r"improved|resolved|disappeared|receded|subsided|recovered|responded|controlled|"
    r"relieved|managed|reversed|prevented|underwent|treated successfully|required|requiring)\b",
)
THEN_TREATED = AnyCase(
    r"(?:^|[,;]|\band\b|\bwhich\b)(?: \w+){0,3} (?:was|were|is|are) (?:\w+ )?"
    r"(?:treated|given|started|administered|diagnosed|managed|initiated|commenced)\b|"
    r"\bled to (?:treatment|therapy)|\btreated with\b.*\btreated with\b",
)
# The drug was not there yet.
EARLIER = AnyCase(r"\b(?:before|prior to|until|preceding|preceded|previously|antecedent)\b")
# Before the drug: it was not given.
NOT_GIVEN = AnyCase(
    r"\b(?:without|(?:not|never) (?:been )?(?:receiv\w+|tak\w+|took|us(?:ed?|ing)|treated with|"
    r"given|on|under|exposed to))"
    r"(?: (?:any|prior|previous|concomitant|the|use|of|further|additional))*\s*$",
)
# Before the drug: it was given earlier; what comes now comes with another one.
GIVEN_EARLIER = AnyCase(
    r"\b(?:previously|formerly|earlier)\s+(?:been\s+)?(?:treated|managed|maintained|stabili[sz]ed|"
    r"controlled|given|taken|taking|receiv(?:ed|ing)|exposed)\b[^,;]*$",
)
# Before the drug: it was stopped.
STOPPED = AnyCase(
    r"\b(?:discontinu\w+|withdrawal|cessation|stopp\w+|conversion|switch\w*)\b[^,;]{0,40}$",
)
# A change for the better is no adverse effect.
BETTER = AnyCase(
    r"(?:[\w-]+ ){0,2}(?:reduction|improvement|remission|resolution|regression|normali[sz]ation|"
    r"healing|relief)\b",
)
HELPED = AnyCase(
    r"\b(?:(?:to|can|may|might|could|will|would|helps?) (?:\w+ly )?(?:reduce|lower|decrease|"
    r"minimi[sz]e)|"
    r"(?:treat(?:ing|s|ment of)|treated (?!with|for))|improv(?:ed|es|ing|ement)|"
    r"reliev(?:ed|es|ing)|reduc(?:ed|es|ing|tion)|prevent(?:ed|s|ing)?|resol(?:ved|ution|ves)|"
    r"protect(?:ed|s|ive)?|effective(?:ly|ness)?|efficacy|benefi(?:t|ts|cial)|control(?:led|ling)?|"
    r"manage(?:d|ment)|ameliorat\w+|recover\w*|successful\w*|avoid\w*|reversed|reversal|reversing|"
    r"contra-?indicated|instead of|rather than|antagoni[sz]ed|spite of|despite|unsuccessful\w*|"
    r"avert\w*|eliminat\w*|"
    r"clear(?:ed|ance)|remitted|remission|abat(?:ed|ing)|subsid(?:ed|ing)|necessitat\w*|yield\w*|"
    r"persist(?:ed|ing|s)?|supporti(?:ve|ng)|decreas(?:es|ed|ing)|lower(?:s|ed|ing)?|lessen\w*|"
    r"less|fewer|diminish\w*|attenuat\w*|alleviat\w*|abolish\w*|suppress(?:es|ed|ing)|"
    r"involved in|reverses?|counteract\w*|antagoni[sz]es|"
    r"inhibit(?:s|ed|ing))\b",
)
