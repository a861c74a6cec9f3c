"""The words in which labels list reactions, and those that name none.

Sections on reactions are lists and tables more than sentences: a phrase ends at a word that no name
of a reaction holds.
"""

from __future__ import annotations

import re

from claimgraph.extract.letters import AnyCase
from claimgraph.extract.shapes import word_set

# Words that end a phrase.
STOP = word_set(
    """
    a an the this that these those which who whom whose its their his her our your it they we he she
    of in on at to for by with from and or as is are was were be been being has have had not no nor
    may might can could should would will must do does did than then when while where if during
    after before following within without under over between among against through because since
    until upon about up into out per via also only other others another such more most less least
    all any each both either some several many few one two three four five six seven eight ten first
    second third new newly including include includes included e.g i.e eg ie etc like even patient
    patients subject subjects child children infant infants adult adults women men woman man people
    individuals population volunteers pediatric geriatric elderly persons mother treatment
    treatments treated treat therapy therapies treating receiving received receive taking taken take
    drug drugs medication medications product products dose doses dosage dosing mg mcg placebo
    control controlled arm arms group groups trial trials study studies clinical data phase report
    reports reported reporting occur occurs occurred occurring occurrence occurrences observed seen
    noted develop develops developed developing development experience experienced experiencing
    cause causes caused causing lead leads led leading result results resulted resulting associated
    association related due secondary induced attributed attributable produce produces produced
    producing induce induces inducing trigger precipitate exacerbate exacerbated mask masks suffered
    incidence incidences rate rates frequency frequencies frequently common commonly uncommon
    uncommonly rare rarely percent number numbers proportion total overall n years year weeks week
    days day months month hours hour minutes time times risk risks potential potentially case cases
    possible possibly probable suspected known unknown severe serious seriously life-threatening
    mild moderate significant significantly fatal clinically marked greater higher lower-than versus
    vs compared similar substantial excessive dose-dependent dose-related unexplained documented
    residual occasional occasionally sometimes sustained persistent relevant disabling symptomatic
    asymptomatic prolonged-use isolated monitor monitored monitoring evaluate evaluated evaluation
    discontinue discontinued discontinuation discontinuing withhold assess assessed interrupt
    consider avoid use used uses using administer administered administration advise advised caution
    inform informed instruct initiate initiated initiation manage managed management prevent
    prevention reduce therapy-related see table section warnings precautions information prescribing
    label labeling excerpt boxed warning contact fda full complete especially particularly generally
    usually typically often primarily mainly mostly however although but so therefore thus there
    here what whether though despite regardless sign signs symptom symptoms manifestation
    manifestations manifested manifesting characterized potentiate potentiates additive detected
    diagnosed throughout compared frequent your once twice requiring presenting present presented
    consistent suggestive indicate indicating suggest require required requiring requires necessary
    needed involving persisted excluding followed history historical prior previous previously
    preexisting pre-existing underlying concomitant concurrent coexisting existing appear appears
    appeared began resolved resolve resolves continue continued remain remained postmarketing
    post-marketing approval safety event reaction-related drug-related predispose contraindicated
    recommended indicated based term terms preferred respectively approximately identified defined
    documented adjudicated mean small largest average additional notable specific infrequent usual
    typical getting certain select selected predominantly collectively overt established emerging
    treatment-related treatment-emergent non-serious immediate critical summarizes shows lists
    """
)
# Words behind a condition that belong to its name; in running text no others do.
TAIL = word_set(
    """
    increased decreased abnormal upper lower delayed generalized peripheral papular allergic
    recurrent exacerbation exacerbations relapse formation reaction reactions syndrome infection
    infections disorder disorders elevation elevations increase increases decrease decreases changes
    prolongation prolonged hemorrhage haemorrhage bleeding rupture pain failure toxicity lesion
    lesions injury loss disease crisis episodes attack attacks episode impairment dysfunction
    reactivation flare tenderness swelling complications events positive symptoms death deaths
    suicide ideation behavior perforation ulceration neuropathy retention deficiency extremity
    """
)
GENERIC = AnyCase(
    r"(?:(?:adverse|side|drug|laboratory|toxic|treatment-emergent|undesirable|medical|systemic|"
    r"body|complications?|type|other|frequent|additional|important|selected|lists|displays|emergent|"
    r"expected|reflects|corresponding|acute|milder|unusual|further|mean|local|"
    r"decreasing|increased|reduced|decreased|increasing|worsening|key|postmarketing|"
    r"[\w-]+-(?:related|emergent|reported|associated)|"
    r"progressive|advanced|hypersensitivity testing)[ -]+)*"
    r"(?:reactions?|events?|effects?|experiences?|symptoms?|complications?|toxicit(?:y|ies)|"
    r"disorders?|diseases?|conditions?|illness|syndromes?|overdos(?:e|age)s?|findings?|incidence|"
    r"abnormalit(?:y|ies)|changes?|increases?|decreases?|elevations?|reductions?|outcomes?|levels?|"
    r"adrs?|risks?|deficienc(?:y|ies)|episodes?|attacks?|lesions?|problems?|frequency|damage|exposure|"
    r"intolerance|discomfort|recurrence|relapse|progression|resistance|immunosuppression)",
)
# The classes of organs that head tables and lists.
CLASS = AnyCase(
    r"(?:.*\b(?:blood|lymphatic|cardiac|cardiovascular|congenital|familial|genetic|ear|labyrinth|"
    r"endocrine|eye|gastrointestinal|general|hepatobiliary|hepatic|system|metabolic|metabolism|"
    r"nutrition|nutritional|musculoskeletal|tissue|psychiatric|renal|urinary|reproductive|breast|"
    r"respiratory|thoracic|mediastinal|skin|vascular|site) (?:disorders?|conditions?)|"
    r"infections and infestations|infections(?= and infest)|infestations|investigations|"
    r"neoplasms?.*|procedural complications|body as a whole)",
)
JOINS = AnyCase(r" (?:of|in|to) (?:the )?")
CALLS_FOR_MORE = AnyCase(
    r".*\b(?:loss|swelling|pain|inflammation|worsening|exacerbations?|increases?|decreases?|"
    r"elevations?|reductions?|impairment|damage|disorders?|disturbances?|changes?|sensation|"
    r"discoloration|edema|angioedema|infections?|perforations?|bleeding|hemorrhage|thrombosis|"
    r"feelings?|reactivation|prolongation|abnormalit(?:y|ies)|deterioration|disease|cancer|"
    r"carcinoma|ulceration|obstruction|inhibition|suppression|shortness|difficulty|necrosis|"
    r"rupture|irritation|dryness|narrowing|weakness|numbness|increased|decreased|elevated|"
    r"heaviness|tightness|lack|embolism|stiffness|redness|occlusion|detachment|aggravation|"
    r"involvement|accumulation|retention|hyperplasia|progression|recurrence|failure|failed)",
)
# Before a phrase: it is denied, treated, or was there before.
NO_REACTION = AnyCase(
    r"\b(?:no|not|without|never|neither|nor|history of|treatment of|treat(?:ing|ment for)?|"
    r"indicated for|(?:patients?|subjects?|women|men|adults?|children|infants?|those|persons|"
    r"individuals) (?:\w+ )?(?:with|who have|having)|diagnosis of|prophylaxis (?:of|for|against)|"
    r"prevent(?:ion of|ing)?|prior|pre-?existing|underlying|exclud(?:ed|ing)|"
    r"management of|manage|candidates|vaccines?|if|monitor(?:ed|ing)?|evaluate|instruct|stop|"
    r"until|assess|signs|symptoms of|suggestive of|suspected|unless|risk factors?|should|"
    r"discontinue|interrupt|withhold)\b",
)
SIGNS = ("signs", "symptoms of")
"""Of these, the words behind which stands a reaction where readers are told when to call."""
# Lines that say what to do, or speak to the patient: what they name need not have happened.
ADVISES = AnyCase(
    r"\b(?:should|if|unless|at baseline|vaccin(?:e|es|ation)|you have|your (?:doctor|health\w*))\b",
)
COMMANDS = AnyCase(
    r"(?:^|[:.(;])\s*(?:do not|avoid|consider|monitor|discontinue|withhold|interrupt|stop|test|"
    r"screen|evaluate|assess|treat|advise|inform|instruct|include|perform|measure|obtain|check|counsel|"
    r"report|tell|keep|take)\b",
)
# Before a phrase: it is what is studied, made less likely, or told by signs.
STUDIED = AnyCase(
    r"\b(?:(?:stud(?:y|ies)|trials?|experience) (?:in|of|for)(?: \w+){0,3}|"
    r"(?:reduc\w+|lower\w*|decreas\w+) (?:\w+ ){0,2}(?:risk|incidence|rate|chances?) of"
    r"(?: \w+){0,3}|"
    r"(?:may|that) (?:indicate|suggest|represent|mask|mimic)\b[^.;]{0,60})\s*$",
)
# Behind a phrase: it is what the people of a study have, or a heading over them.
PEOPLE_WITH = AnyCase(
    r"\s*(?:\([^()]{0,40}\) )?(?:clinical )?(?:stud(?:y|ies)|trials?|program|population|patients|"
    r"subjects|women|men|children|infants|adults)\b|"
    r"[^.;:]{0,30}:\s*(?:the )?(?:most )?(?:common|frequent)",
)
# "Call your doctor at once if you have chest pain": what the drug may do to its reader.
CALLS = AnyCase(
    r"\b(?:(?:call|contact|phone|see|seek|get|go to|stop|tell)\b[^.;:\n]{0,150}?"
    r"\b(?:at once|right away|immediate(?:ly)?|straight ?away|emergency|urgent(?:ly)?|"
    r"as soon as possible|911|999|112)\b[^.;:\n]{0,100}?\b(?P<cue>if|when)\b|"
    r"(?:call|contact|phone) (?:your|a|the) (?:doctor|physician|pharmacist|nurse|health\w*)\b"
    r"[^.;:\n]{0,100}?\b(?P<later>if|when)\b|"
    r"(?:tell|ask|talk to|see|inform) (?:your|a|the) \w+[^.;:\n]{0,100}?\b(?P<last>if|when) "
    r"(?=(?:you|your child|he or she|they|the patient) (?:\w+ )?(?:gets?|develops?|notices?|"
    r"experiences?)\b))"
    r"(?: ?(?:you|your child|he or she|they|the patient)(?: \w+)?? (?:have|has|gets?|develops?|"
    r"notices?|experiences?|feels?|start)\b)?",
)
# "Side effects may include: nausea, rash": the colon does not end what the line hedges.
HEDGED_LEAD = AnyCase(
    r"\b(?P<cue>may|might|could|possible|potential)\b[^.;:\n]{0,80}\b(?:includ(?:e|ing)|causes?|"
    r"experience|have|following|effects?|reactions?|events?|symptoms?|are|is|as|occur|happen|seen|"
    r"reported|notice|develop)\s*:",
)
LEAD_ENDS = re.compile(r"[.?!]\s+(?=[A-Z])")
HALT = AnyCase(
    r"[.;:]\s|with or without|\b(?:may|can|could|might|have|has|had|were|was|is|are|who|"
    r"experienced|developed|reported|occur\w*|includ\w+|increase[sd]?)\b",
)
OPENS_ITEM = AnyCase(
    r"(?:^|[,;:(•*–—-]|\b(?:and|or|including|include|includes|were|are|was|of|as|e\.g\.,))[\s\"]*$",
)
CLOSES_ITEM = re.compile(r"[\s\"]*(?:$|[,;.()\[]|(?:and|or)\b|\s{2,})")
FATAL = AnyCase(r"(?<![-\w])fatal(?=\b(?!-))")
