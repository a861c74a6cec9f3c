"""The shapes of the names of conditions: heads, endings, words of change, and adjectives."""

from __future__ import annotations

import re


def word_set(text: str) -> frozenset[str]:
    """Make a set of the words of a text.

    >>> sorted(word_set("rash  fever"))
    ['fever', 'rash']
    """
    return frozenset(text.split())


# Heads that say too little alone: "skin lesions" is a condition, "lesions" is not.
WIDE_HEADS = word_set(
    """
    toxicity toxicities reaction reactions eruption eruptions damage injury injuries failure
    dysfunction impairment insufficiency suppression aplasia lesion lesions disturbance disturbances
    abnormality abnormalities symptom symptoms complication complications changes episode episodes
    attack attacks crisis malformation malformations defect defects deficiency deficiencies
    infiltrate infiltrates effusion effusions block blockade obstruction occlusion rupture
    perforation infection infections disorder disorders disease diseases syndrome syndromes
    disability disabilities event events involvement phenomenon phenomena arrest collapse loss
    nodule nodules spots discomfort irritation resistance intolerance accumulation deposit deposits
    manifestation manifestations discoloration discolouration retention problems shock instability
    deterioration insult enlargement thickening opacity opacities narrowing ulceration depletion
    compromise distress exacerbation exacerbations reactivation prolongation constriction stasis
    exfoliation crusting hypoplasia carcinomas dehiscence bleeds extravasation
    """
)
# Of these, the ones that lexicons list alone: "wound infection" is one name all the same.
OPEN_HEADS = word_set(
    "infection infections injury injuries eruption eruptions irritation discomfort"
)
HEADS = word_set(
    """
    myelosuppression immunosuppression teratogenicity hypersensitivity pigmentation
    hyperpigmentation swelling perspiration sweating unresponsiveness death deaths fatality
    fatalities relapse overdose overdosage poisoning intoxication bleeding bruising flushing itching
    burning redness stinging dryness peeling blistering cramp cramps spasm spasms weakness numbness
    tingling soreness tenderness stiffness lethargy malaise fibrillation hallucination
    hallucinations hypertrophy hyperplasia lipohypertrophy augmentation hemorrhage haemorrhage
    hemorrhages haemorrhages thirst teratogenic irritability papules vesicles pustules blisters
    warmth tightness sluggishness clumsiness excoriation phlebitis
    """
)
ENDINGS = (
    "itis", "itides", "emia", "emias", "aemia", "aemias", "osis", "oses", "opathy", "opathies",
    "algia", "algias", "penia", "penias", "cytosis", "rrhea", "rrhoea", "rrhage", "rrhagia", "uria",
    "plegia", "paresis", "edema", "oedema", "ectasia", "toxicity", "toxicities", "megaly",
    "stenosis", "dystonia", "dystonias", "kinesia", "kinesias", "rrhythmia", "rrhythmias", "cardia",
    "pnea", "pnoea", "phobia", "somnia", "thermia", "atrophy", "trophy", "dysplasia", "phasia",
    "phagia", "esthesia", "esthesias", "aesthesia", "opsia", "carcinoma", "sarcoma", "lymphoma",
    "adenoma", "blastoma", "eosinophilia", "rhabdomyolysis", "hemolysis", "haemolysis", "spasm",
    "otoxic", "constriction", "iasis", "iases",
)  # fmt: skip
# What ends like a condition and is none.
NO_CONDITIONS = word_set(
    """
    diagnosis diagnoses prognosis hypothesis hypotheses synthesis biosynthesis analysis analyses
    basis emphasis dosis dialysis hemodialysis haemodialysis anesthesia anaesthesia mitosis osmosis
    apoptosis genesis academia hypnosis doses overdoses physiopathology symbiosis meiosis
    purposes metamorphosis homeostasis hemostasis haemostasis phagocytosis endocytosis exocytosis
    anastomosis
    anastomoses photocoagulation
    """
)
CHANGES = word_set(
    """
    increase increased increases increasing decrease decreased decreases decreasing elevated
    elevation elevations reduced reduction raised lowered prolonged prolongation abnormal impaired
    impairment delayed worsening exacerbation loss rise fall drop difficulty inability altered
    blurred deteriorating reductions
    """
)
CHANGE_NEEDS = ("of", "in", "to", "with")
NO_CHANGE = word_set(
    """
    use dose doses dosage number risk age interest evidence need incidence frequency rate tendency
    time awareness likelihood probability mortality survival exposure doses monitoring availability
    possibility occurrence prevalence release administration infusion pollen pollens extremities
    """
)
# What is measured: its change behind it is a condition ("platelet count decreased").
MEASURED = word_set(
    """
    count counts level levels enzyme enzymes pressure rate interval weight appetite output volume
    temperature function hemoglobin haemoglobin libido creatinine transaminase transaminases
    bilirubin phosphatase aminotransferase platelets neutrophils lymphocytes leukocytes acuity
    cholesterol triglycerides glucose potassium sodium calcium phosphate albumin amylase lipase urea
    acid protein time hematocrit haematocrit transferase kinase cells magnesium wbc rbc hgb ast alt
    """
)
# What was measured ends here.
LEVELS = word_set("level levels concentration concentrations count counts")
WHERE_MEASURED = ("serum", "plasma", "blood", "urinary")
CHANGED = re.compile(r"(?:increase|decrease|elevat|reduc|prolong|abnormal|declin)\w*")
STOP = word_set(
    """
    the a an of in on at to for by with from and or as is are was were be been being has have had
    this that these those which who whom whose its their his her our my no not any some other such
    more most all both each may can could might should will would must after during following before
    due than into when while if induced induces related associated caused causes cause including
    without under against per via but also it they we he she i one two three four five case cases
    patient patients report reported reports develop developed development developing develops
    experienced experiencing treatment therapy drug drugs between about only s there been very
    common similar severe potential possible clinical adverse several many new first second known
    serious occur occurs occurred compared greater your throughout within until despite regardless
    requiring observed noted seen lists additional if once twice detected possibly probably images
    showed revealed documented significant occurring resulting leading relieve relieves relieving
    help helps helping prevent prevents preventing reduce reduces reducing improve improves
    improving ameliorate ameliorates alleviate alleviates eliminate eliminates minimize minimizes
    treat treats treating control controls controlling maintain maintains initiate include includes
    receive receives received show shows showing exhibit exhibits exhibited exhibiting experience
    experiences having undergone undergoing involving accompanying delay delays ruling lighten
    lightens fade fades offset offsetting exceed exceeds help manage manages managing because where
    temporarily tablet tablets capsule capsules usp medicine medicines medication ingredients
    chemotherapy certain further subsequent six seven eight nine ten month months
    """
)

# Adjectives of course, extent and place that belong to a condition's name.
COURSE = word_set(
    """
    severe mild moderate massive diffuse acute subacute chronic transient progressive recurrent
    persistent reversible irreversible bilateral unilateral multiple multifocal disseminated
    generalized generalised localized fulminant symptomatic asymptomatic prolonged refractory
    late-onset early high-grade painful total partial complete upper lower left right anterior
    posterior
    proximal distal central peripheral deep superficial rapid sudden profound paradoxical
    uncontrolled sustained ruptured perforated mixed additive rebound worsening non-convulsive
    nonconvulsive drug-resistant type fixed lichenoid psoriasiform submassive
    """
)
ADJECTIVE = re.compile(r"[a-z-]{2,}(?:al|ic|ous|ive|ar|ary|oid|iform|otic|ible|less)")
NO_ADJECTIVE = word_set(
    """
    several serious previous potential additional possible typical initial clinical recent several
    various obvious due significant further usual actual final special original similar concomitant
    life-threatening because regular renal-transplant interval medical surgical pediatric adult
    elderly public historical new-onset critical female male animal general specific intravenous
    oral topical systemic intravitreal neonatal postnatal hospital arrival trial renal-failure
    approval removal withdrawal familiar particular popular regimen negative positive effective
    comparative alternative relative seropositive responsive diabetic epileptic asthmatic
    schizophrenic alcoholic geriatric psychiatric unusual
    """
)
TAILS = re.compile(r" (?:syndromes?|reactions?|attacks?|exacerbations?|lesions?)\b")
