"""Find what a sentence speaks of: names of the lexicon, and conditions by the shape of their words.

Conditions that no list holds are found by their heads ("skin eruption", "adrenal suppression"),
their endings ("dacryolithiasis"), by changes of what should be steady ("decreased vision", "platelet
count decreased") and by the abbreviation behind a condition's name ("haemolytic uraemic syndrome
(HUS)"). They are concepts of their own, named after their words, without an identifier; names of
body parts, processes and the like may lie inside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from claimgraph.extract.view import Found
from claimgraph.lexicon import Entry, Lexicon
from claimgraph.model import Category, Concept, Span

UNLISTED = "unlisted"
"""Detail of a mention that no lexicon holds."""

_MODIFIERS = 3  # words before a head that may belong to it
_REACH = 4  # words behind a word of change that may name what changed
# What no shape may swallow; a body part or a process may lie inside a condition.
_FREE, _TAKEN, _DRUG = b"\1", b"\0", b"\2"
_SOLID = (Category.CONDITION, Category.DRUG, Category.DRUG_CLASS)

# Heads that say too little alone: "skin lesions" is a condition, "lesions" is not.
_WIDE_HEADS = frozenset(
    """
    toxicity toxicities reaction reactions eruption eruptions damage injury injuries failure
    dysfunction impairment insufficiency suppression aplasia lesion lesions disturbance
    disturbances abnormality abnormalities symptom symptoms complication complications changes
    episode episodes attack attacks crisis malformation malformations defect defects deficiency
    deficiencies infiltrate infiltrates effusion effusions block blockade obstruction occlusion
    rupture perforation infection infections disorder disorders disease diseases syndrome
    syndromes disability disabilities event events involvement phenomenon phenomena arrest
    collapse loss nodule nodules spots discomfort irritation resistance intolerance accumulation
    deposit deposits manifestation manifestations discoloration discolouration retention problems
    shock instability deterioration insult enlargement thickening opacity opacities narrowing
    ulceration depletion compromise distress exacerbation exacerbations reactivation prolongation
    constriction stasis exfoliation crusting hypoplasia carcinomas dehiscence bleeds extravasation
    """.split()
)
_HEADS = frozenset(
    """
    myelosuppression immunosuppression teratogenicity hypersensitivity pigmentation
    hyperpigmentation swelling perspiration sweating unresponsiveness death deaths fatality
    fatalities relapse overdose overdosage poisoning intoxication bleeding bruising flushing
    itching burning redness stinging dryness peeling blistering cramp cramps spasm spasms weakness
    numbness tingling soreness tenderness stiffness lethargy malaise fibrillation hallucination
    hallucinations hypertrophy hyperplasia lipohypertrophy augmentation hemorrhage haemorrhage
    hemorrhages haemorrhages thirst teratogenic irritability papules vesicles pustules blisters
    warmth tightness sluggishness clumsiness excoriation phlebitis
    """.split()
)
_ENDINGS = (
    "itis", "itides", "emia", "emias", "aemia", "aemias", "osis", "oses", "opathy", "opathies",
    "algia", "algias", "penia", "penias", "cytosis", "rrhea", "rrhoea", "rrhage", "rrhagia", "uria",
    "plegia", "paresis", "edema", "oedema", "ectasia", "toxicity", "toxicities", "megaly",
    "stenosis", "dystonia", "dystonias", "kinesia", "kinesias", "rrhythmia", "rrhythmias", "cardia",
    "pnea", "pnoea", "phobia", "somnia", "thermia", "atrophy", "trophy", "dysplasia", "phasia",
    "phagia", "esthesia", "esthesias", "aesthesia", "opsia", "carcinoma", "sarcoma", "lymphoma",
    "adenoma", "blastoma", "eosinophilia", "rhabdomyolysis", "hemolysis", "haemolysis", "spasm",
    "otoxic", "constriction",
)  # fmt: skip
# What ends like a condition and is none.
_NO_CONDITIONS = frozenset(
    """
    diagnosis diagnoses prognosis hypothesis hypotheses synthesis biosynthesis analysis analyses
    basis emphasis dosis dialysis hemodialysis haemodialysis anesthesia anaesthesia mitosis osmosis
    apoptosis genesis academia hypnosis doses overdoses physiopathology symbiosis meiosis
    metamorphosis homeostasis hemostasis haemostasis phagocytosis endocytosis exocytosis
    anastomosis anastomoses photocoagulation
    """.split()
)
_CHANGES = frozenset(
    """
    increase increased increases increasing decrease decreased decreases decreasing elevated
    elevation elevations reduced reduction raised lowered prolonged prolongation abnormal impaired
    impairment delayed worsening exacerbation loss rise fall drop difficulty inability altered
    blurred deteriorating reductions
    """.split()
)
_CHANGE_NEEDS = ("of", "in", "to", "with")
_NO_CHANGE = frozenset(
    """
    use dose doses dosage number risk age interest evidence need incidence frequency rate tendency
    time awareness likelihood probability mortality survival exposure doses monitoring availability
    possibility occurrence prevalence
    """.split()
)
# What is measured: its change behind it is a condition ("platelet count decreased").
_MEASURED = frozenset(
    """
    count counts level levels enzyme enzymes pressure rate interval weight appetite output volume
    temperature function hemoglobin haemoglobin libido creatinine transaminase transaminases
    bilirubin phosphatase aminotransferase platelets neutrophils lymphocytes leukocytes acuity
    cholesterol triglycerides glucose potassium sodium calcium phosphate albumin amylase lipase
    urea acid protein time hematocrit haematocrit transferase kinase cells magnesium wbc rbc hgb ast alt
    """.split()
)
_WHERE_MEASURED = ("serum", "plasma", "blood", "urinary")
_CHANGED = re.compile(r"(?:increase|decrease|elevat|reduc|prolong|abnormal|declin)\w*")
_STOP = frozenset(
    """
    the a an of in on at to for by with from and or as is are was were be been being has have had
    this that these those which who whom whose its their his her our my no not any some other such more
    most all both each may can could might should will would must after during following before due
    than into when while if induced induces related associated caused causes cause including
    without under against per via but also it they we he she i one two three four five case cases
    patient patients report reported reports develop developed development developing develops
    experienced experiencing treatment therapy drug drugs between about only s there been very common
    similar severe potential possible clinical adverse several many new first second known serious
    occur occurs occurred compared greater your throughout within until despite regardless requiring
    observed noted seen lists additional if once twice detected
    possibly probably images showed revealed documented significant occurring resulting leading
    """.split()
)
_TOKEN = re.compile(r"[^\W\d_][\w'’-]*")
_ABBREVIATION = re.compile(r" \((?P<short>[A-Z][A-Za-z]{0,2}[A-Z][A-Za-z]{0,3})\)")


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a sentence: where each begins and ends, and in small letters.

    `free` tells of every character whether a shape may take it (1), or a condition (0) or a drug
    (2) stands there.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[str]
    free: bytearray

    def follow(self, index: int) -> bool:
        """Tell whether a single space stands between a word and the one before it."""
        return (
            self.starts[index] - self.ends[index - 1] == 1
            and self.text[self.ends[index - 1]] == " "
        )


def find_mentions(text: str, lexicon: Lexicon, known: Iterable[str] = ()) -> tuple[Found, ...]:
    """Find the mentions of a sentence, in text order.

    No two overlap, but for names that lie inside a condition that is not listed.

    Args:
        text: the sentence.
        lexicon: the names.
        known: ambiguous names that the document has defined, such as abbreviations in parentheses
            behind their long form; they count here.

    Returns:
        Mentions with spans in the sentence.
    """
    defined = frozenset(known)
    found: list[Found] = []
    for match in lexicon.find(text):
        words = match.span.cut(text)
        entry = _choose(match.entries, words in defined)
        if entry is not None:
            found.append(Found(match.span, words, entry.concept))
    found += _shaped(text, found)
    found += list(_abbreviated(text, found))
    return tuple(sorted(found, key=lambda mention: (mention.span.start, -mention.span.end)))


def _choose(entries: tuple[Entry, ...], defined: bool) -> Entry | None:
    """Choose the meaning of a name: the first that is not ambiguous, or that the text defines."""
    for entry in entries:
        if not entry.ambiguous or defined:
            return entry
    return None


def _abbreviated(text: str, found: list[Found]) -> Iterator[Found]:
    """Find abbreviations in parentheses behind the condition that they stand for."""
    if "(" not in text:
        return
    taken = {mention.span.start for mention in found}
    for mention in found:
        if mention.concept.category is not Category.CONDITION:
            continue
        match = _ABBREVIATION.match(text, mention.span.end)
        if match and match.start("short") not in taken and _stands_for(match["short"], mention):
            yield Found(
                Span(*match.span("short")), match["short"], mention.concept, mention.detail
            )


def _stands_for(short: str, mention: Found) -> bool:
    """Tell whether an abbreviation takes its letters, in their order, from the mention's words."""
    letters = iter(mention.text.lower())
    return all(letter in letters for letter in short.lower().removesuffix("s"))


def _shaped(text: str, found: list[Found]) -> Iterator[Found]:
    """Find conditions by the shape of their words, where no name of the lexicon stands."""
    words = _cut_words(text, found)
    done = 0
    for index, (start, word) in enumerate(zip(words.starts, words.words, strict=True)):
        if start < done or words.free[start] != 1:
            continue
        bounds = _shape(words, index, word, done)
        if bounds is not None:
            span = Span(words.starts[bounds[0]], words.ends[bounds[1]])
            done = span.end
            if words.free.find(0, span.start, span.end) < 0:
                name = span.cut(text)
                yield Found(span, name, unlisted(name, Category.CONDITION), UNLISTED)


def _shape(words: _Words, index: int, word: str, done: int) -> tuple[int, int] | None:
    """Give the first and the last word of the condition whose head stands at `index`."""
    if word in _CHANGES:
        last = _changed(words, index)
        if last > index:
            return index, last
        if _CHANGED.fullmatch(word) and index > 0 and words.words[index - 1] in _MEASURED:
            first = _modifiers(words, index, done)
            return (first, index) if first < index else None
    if word in _WIDE_HEADS:
        first = _modifiers(words, index, done)
        return (first, index) if first < index else None
    if word in _HEADS or (word.endswith(_ENDINGS) and word not in _NO_CONDITIONS):
        return _modifiers(words, index, done), index
    return None


def _cut_words(text: str, found: list[Found]) -> _Words:
    """Cut a sentence into words, and mark the characters that no solid mention has taken."""
    free = bytearray(_FREE) * (len(text) + 1)
    for mention in found:
        if mention.concept.category in _SOLID:
            start, end = mention.span.start, mention.span.end
            is_drug = mention.concept.category is not Category.CONDITION
            free[start:end] = (_DRUG if is_drug else _TAKEN) * (end - start)
    tokens = [*_TOKEN.finditer(text)]
    return _Words(
        text,
        [token.start() for token in tokens],
        [token.end() for token in tokens],
        [token.group().lower() for token in tokens],
        free,
    )


def _modifiers(words: _Words, index: int, done: int) -> int:
    """Walk back from a head over the words that belong to it; give the first one's index."""
    first = index
    while first > 0 and index - first < _MODIFIERS and words.follow(first):
        start, word = words.starts[first - 1], words.words[first - 1]
        if word in _STOP or start < done or words.free[start] != 1:
            break
        first -= 1
    return first


def _changed(words: _Words, index: int) -> int:
    """Walk on from a word of change over what has changed; give the last word's index."""
    last = index
    for following in range(index + 1, min(len(words.words), index + 1 + _REACH)):
        word = words.words[following]
        free = words.free[words.starts[following]]
        is_level = free == 2 and words.words[following - 1] in _WHERE_MEASURED
        if not words.follow(following) or (free != 1 and not is_level):
            break
        if word in _CHANGE_NEEDS and following == index + 1:
            continue
        if word == "the" and following == index + 2:
            continue
        if word in _STOP or (last == index and word in _NO_CHANGE):
            break
        last = following
    return last


# Adjectives of course, extent and place that belong to a condition's name.
_COURSE = frozenset(
    """
    severe mild moderate massive diffuse acute subacute chronic transient
    progressive recurrent persistent reversible irreversible bilateral unilateral multiple multifocal
    disseminated generalized generalised localized fulminant symptomatic asymptomatic prolonged
    refractory late-onset early high-grade painful total partial complete upper lower left right
    anterior posterior proximal distal central peripheral deep superficial rapid sudden profound
    paradoxical uncontrolled sustained ruptured perforated mixed additive rebound worsening
    non-convulsive nonconvulsive drug-resistant type fixed lichenoid psoriasiform submassive
    """.split()
)
_ADJECTIVE = re.compile(r"[a-z-]{2,}(?:al|ic|ous|ive|ar|ary|oid|iform|otic|ible|less)")
_NO_ADJECTIVE = frozenset(
    """
    several serious previous potential additional possible typical initial clinical recent several
    various obvious due significant further usual actual final special original similar
    concomitant life-threatening because regular renal-transplant interval medical surgical
    pediatric adult elderly public historical new-onset critical female male animal general
    specific intravenous oral topical systemic intravitreal neonatal postnatal hospital arrival
    trial renal-failure approval removal withdrawal familiar particular popular regimen
    negative positive effective comparative alternative relative seropositive responsive diabetic
    epileptic asthmatic schizophrenic alcoholic geriatric psychiatric unusual
    """.split()
)
_TAILS = re.compile(r" (?:syndromes?|reactions?|attacks?|exacerbations?|lesions?)\b")


def widen(text: str, mention: Found, floor: int, ceiling: int) -> Found:
    """Take the adjectives before a condition, and a head behind it, into its span.

    The concept stays: a severe rash is a rash.

    Args:
        text: the sentence.
        mention: a condition in it.
        floor: where the mention before it ends.
        ceiling: where the mention behind it starts.
    """
    start, end = mention.span.start, mention.span.end
    tail = _TAILS.match(text, end, ceiling)
    if tail and mention.detail != UNLISTED:
        end = tail.end()
    for token in reversed([*_TOKEN.finditer(text, floor, start)][-_MODIFIERS:]):
        word = token.group().lower()
        belongs = word in _COURSE or (
            _ADJECTIVE.fullmatch(word) and word not in _NO_ADJECTIVE and word not in _STOP
        )
        if text[token.end() : start] != " " or not belongs:
            break
        start = token.start()
    if (start, end) == (mention.span.start, mention.span.end):
        return mention
    span = Span(start, end)
    return replace(mention, span=span, text=span.cut(text))


def unlisted(words: str, category: Category) -> Concept:
    """Make a concept of words that no lexicon holds.

    >>> unlisted("Skin  eruption", Category.CONDITION).id
    'unlisted-skin-eruption'
    """
    label = " ".join(words.lower().split())
    slug = re.sub(r"[^a-z0-9]+", "-", label).strip("-") or "x"
    return Concept(f"{UNLISTED}-{slug}", label, category)
