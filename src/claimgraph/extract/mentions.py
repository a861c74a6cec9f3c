"""Find what a sentence speaks of: names of the lexicon, and conditions by the shape of their words.

Conditions that no list holds are found by their heads ("skin eruption", "adrenal suppression"),
their endings ("dacryolithiasis") and by changes of what should be steady ("decreased vision").
They are concepts of their own, named after their words, without an identifier.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from claimgraph.extract.view import Found
from claimgraph.lexicon import Entry, Lexicon
from claimgraph.model import Category, Concept, Span

UNLISTED = "unlisted"
"""Detail of a mention that no lexicon holds."""

_MODIFIERS = 3  # words before a head that may belong to it
_REACH = 4  # words behind a word of change that may name what changed

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
    deposit deposits manifestation manifestations discoloration discolouration retention
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
    hemorrhages haemorrhages
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
)  # fmt: skip
# What ends like a condition and is none.
_NO_CONDITIONS = frozenset(
    """
    diagnosis diagnoses prognosis hypothesis hypotheses synthesis biosynthesis analysis analyses
    basis emphasis dosis dialysis hemodialysis haemodialysis anesthesia anaesthesia mitosis osmosis
    apoptosis genesis academia hypnosis doses overdoses physiopathology symbiosis meiosis
    metamorphosis homeostasis hemostasis haemostasis phagocytosis endocytosis exocytosis
    """.split()
)
_CHANGES = frozenset(
    """
    increase increased increases increasing decrease decreased decreases decreasing elevated
    elevation elevations reduced reduction raised lowered prolonged prolongation abnormal impaired
    impairment delayed worsening exacerbation loss rise fall drop difficulty inability
    """.split()
)
_CHANGE_NEEDS = ("of", "in", "to", "with")
_NO_CHANGE = frozenset("use dose doses dosage number risk age interest evidence need".split())
_STOP = frozenset(
    """
    the a an of in on at to for by with from and or as is are was were be been being has have had
    this that these those which who whom its their his her our my no not any some other such more
    most all both each may can could might should will would must after during following before due
    than into when while if induced induces related associated caused causes cause including
    without under against per via but also it they we he she i one two three four five case cases
    patient patients report reported reports develop developed development developing develops
    experienced treatment therapy drug drugs between about only s there been very common similar
    severe potential possible clinical adverse several many new first second known serious
    """.split()
)
_TOKEN = re.compile(r"[^\W\d_][\w'’-]*")


def find_mentions(text: str, lexicon: Lexicon, known: Iterable[str] = ()) -> tuple[Found, ...]:
    """Find the mentions of a sentence, in text order, none overlapping another.

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
    return tuple(sorted([*found, *_shaped(text, found)], key=lambda m: m.span))


def _choose(entries: tuple[Entry, ...], defined: bool) -> Entry | None:
    """Choose the meaning of a name: the first that is not ambiguous, or that the text defines."""
    for entry in entries:
        if not entry.ambiguous or defined:
            return entry
    return None


def _shaped(text: str, found: list[Found]) -> Iterator[Found]:
    """Find conditions by the shape of their words, where no name of the lexicon stands."""
    tokens = [(m.start(), m.end(), m.group().lower()) for m in _TOKEN.finditer(text)]
    free = _free(text, found)
    done = 0
    for index, (start, end, word) in enumerate(tokens):
        if start < done or not free[start]:
            continue
        wide = word in _WIDE_HEADS
        if wide or word in _HEADS or (word.endswith(_ENDINGS) and word not in _NO_CONDITIONS):
            first = _modifiers(text, tokens, index, free, done)
            if wide and first == index:
                continue
            span = Span(tokens[first][0], end)
        elif word in _CHANGES:
            last = _changed(text, tokens, index, free)
            if last == index:
                continue
            span = Span(start, tokens[last][1])
        else:
            continue
        done = span.end
        words = span.cut(text)
        yield Found(span, words, unlisted(words, Category.CONDITION), UNLISTED)


def _free(text: str, found: list[Found]) -> bytearray:
    """Mark the characters that no mention has taken."""
    free = bytearray(b"\1") * (len(text) + 1)
    for mention in found:
        free[mention.span.start : mention.span.end] = bytes(mention.span.end - mention.span.start)
    return free


_Token = tuple[int, int, str]


def _modifiers(
    text: str, tokens: list[_Token], index: int, free: bytearray, done: int
) -> int:
    """Walk back from a head over the words that belong to it; give the first one's index."""
    first = index
    while first > 0 and index - first < _MODIFIERS:
        start, end, word = tokens[first - 1]
        gap = text[end : tokens[first][0]]
        if gap != " " or word in _STOP or start < done or not free[start]:
            break
        first -= 1
    return first


def _changed(text: str, tokens: list[_Token], index: int, free: bytearray) -> int:
    """Walk on from a word of change over what has changed; give the last word's index."""
    last = index
    for following in range(index + 1, min(len(tokens), index + 1 + _REACH)):
        start, _, word = tokens[following]
        if text[tokens[following - 1][1] : start] != " " or not free[start]:
            break
        if word in _CHANGE_NEEDS and following == index + 1:
            continue
        if word == "the" and following == index + 2:
            continue
        if word in _STOP or word in _NO_CHANGE:
            break
        last = following
    return last


def unlisted(words: str, category: Category) -> Concept:
    """Make a concept of words that no lexicon holds.

    >>> unlisted("Skin  eruption", Category.CONDITION).id
    'unlisted-skin-eruption'
    """
    label = " ".join(words.lower().split())
    slug = re.sub(r"[^a-z0-9]+", "-", label).strip("-") or "x"
    return Concept(f"{UNLISTED}-{slug}", label, category)
