// The page's data, and the ways from one part of it to another. What is empty was left out.

const DATA = JSON.parse(byId("data").textContent);
const restore = (records, whole) => records.forEach((record) => Object.assign(record, {...whole(), ...record}));
restore(DATA.claims, () => ({key: "", cue: [], qualifiers: [], confidence: null, via: [], because: [], evidence: "author-statement", method: "reviewed", polarity: "affirmed", certainty: "asserted", modality: "factual"}));
restore(Object.values(DATA.concepts), () => ({statements: [], definition: "", synonyms: [], identifiers: []}));
restore(Object.values(DATA.concepts).flatMap((concept) => concept.identifiers), () => ({id: "", iri: "", label: "", note: "", isRefused: false}));
restore(DATA.arrows, () => ({claims: [], background: [], slot: 0}));
restore(DATA.steps, () => ({claims: [], sources: [], certainty: "asserted", isBridge: false}));
for (const claim of DATA.claims) {
  for (const mention of [claim.subject, claim.object]) {
    const label = mention.concept === undefined ? "" : DATA.concepts[mention.concept].label;
    Object.assign(mention, {concept: null, span: [], label, ...mention});
  }
}

const {claims: CLAIMS, concepts: CONCEPTS, arrows: ARROWS, boxes: BOXES, terms: TERMS} = DATA;

// Offsets count code points; a string counts UTF-16 units. Cut by code points.
const POINTS = Array.from(DATA.text.content);
const words = (span) => (span.length === 2 ? POINTS.slice(span[0], span[1]).join("") : "");

const claimById = new Map(CLAIMS.map((claim) => [claim.id, claim]));
const boxByConcept = new Map(BOXES.map((box, index) => [box.concept, Object.assign(box, {index})]));
const sentenceByNumber = new Map(DATA.sentences.map((sentence) => [sentence.number, sentence]));
const sectionByNumber = new Map(DATA.sections.map((section) => [section.number, section]));
const arrowOfClaim = new Map();
const arrowsOf = new Map(BOXES.map((box) => [box.concept, []]));

ARROWS.forEach((arrow, index) => {
  arrow.index = index;
  arrow.group = TERMS.relation[arrow.relation].group;
  if (arrow.origin === "text") arrow.claims.forEach(([id]) => arrowOfClaim.set(id, arrow));
  for (const name of new Set([arrow.subject, arrow.object])) arrowsOf.get(name).push(arrow);
});

const claimIdsOf = (arrow) => [...new Set(arrow.claims.flat())];
const labelOf = (concept) => CONCEPTS[concept]?.label ?? concept;
const sectionName = (number) => {
  const section = sectionByNumber.get(number);
  if (!section) return "";
  return section.heading || section.kind.charAt(0).toUpperCase() + section.kind.slice(1);
};
const phraseOf = (relation) => TERMS.relation[relation].phrase;
const typeLabel = (type) => type.replace("-", " ");

const VOICES = {
  asserted: "asserted",
  possible: "possible",
  projected: "projected",
  intended: "intended",
  recommended: "recommended",
  denied: "denied",
};
const VOICE_NOTES = {
  asserted: "stated as a fact",
  possible: "hedged: may, can",
  projected: "expected of the future",
  intended: "aimed at",
  recommended: "what ought to be done",
  denied: "the text says it is not so",
};
const ORIGINS = {text: "said by the text", chain: "a chain of two claims", background: "background, not the text"};

/** What an arrow says, in one line. */
function arrowLabel(arrow) {
  const sign = TERMS.signs[arrow.voice];
  const count = Math.max(arrow.claims.length, arrow.background.length);
  return `${sign ? `${sign} ` : ""}${TERMS.relation[arrow.relation].caption}${count > 1 ? ` ×${count}` : ""}`;
}

function arrowSentence(arrow) {
  const voice = arrow.voice === "asserted" ? "" : ` (${VOICES[arrow.voice]})`;
  const from = arrow.origin === "text" ? "" : `, ${ORIGINS[arrow.origin]}`;
  return `${labelOf(arrow.subject)} ${phraseOf(arrow.relation)} ${labelOf(arrow.object)}${voice}${from}`;
}

/** A claim in one line, with the marks that keep it from reading as a fact; as graph.describe. */
function describe(claim) {
  const marks = [claim.polarity === "negated" && "negated", claim.certainty !== "asserted" && claim.certainty, claim.modality === "normative" && "recommended"].filter(Boolean);
  return `${claimSubject(claim)} ${phraseOf(claim.relation)} ${claimObject(claim)}${marks.length ? ` (${marks.join(", ")})` : ""}`;
}

const claimSubject = (claim) => claim.subject.label;
const claimObject = (claim) => (claim.object.concept === null ? `“${claim.object.label}”` : claim.object.label);

CLAIMS.forEach((claim, index) => {
  claim.index = index;
  claim.label = describe(claim);
  claim.section = sentenceByNumber.get(claim.sentence)?.section ?? 0;
});
