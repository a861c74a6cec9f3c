// The page's data, and the ways from one part of it to another. They travel compressed and as
// columns (see columns.py); here they become the records that the other scripts read. There may be a
// hundred thousand of them: a record looks up its column when it is asked, and what few ask for is
// worked out when it is first asked for.

function fromBase64(text) {
  if (Uint8Array.fromBase64) return Uint8Array.fromBase64(text);
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let at = 0; at < binary.length; at += 1) bytes[at] = binary.charCodeAt(at);
  return bytes;
}

async function readPacked(element) {
  const bytes = fromBase64(element.textContent);
  element.remove();
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"))).json();
}

if (typeof DecompressionStream === "undefined") {
  byId("status").textContent = "This page needs a browser of 2023 or later.";
  return;
}
const DATA = await readPacked(byId("data"));
const {terms: TERMS} = DATA;

// ── Texts ─────────────────────────────────────────────────────────────────────────────────────

// Offsets count code points; a string counts UTF-16 units. A text with characters of two units is
// cut by code points.
class Text {
  constructor({sentences: {section, gap, length}, ...record}, index) {
    Object.assign(this, record, {index, firstClaim: 0, lastClaim: 0, points: null, made: null});
    this.isWide = /[\ud800-\udbff]/.test(this.content);
    this.sectionOf = section;
    this.lengths = length;
    let end = 0;
    this.starts = gap.map((each, at) => {
      const start = end + each;
      end = start + length[at];
      return start;
    });
  }

  words([start, end]) {
    if (!this.isWide) return this.content.slice(start, end);
    this.points ??= Array.from(this.content);
    return this.points.slice(start, end).join("");
  }

  get sentences() {
    this.made ??= this.starts.map((start, at) => ({text: this, number: at + 1, key: sentenceKey(this, at + 1), section: this.sectionOf[at], span: [start, start + this.lengths[at]]}));
    return this.made;
  }

  get claims() {
    return CLAIMS.slice(this.firstClaim, this.lastClaim);
  }

  section(number) {
    return this.sections.find((section) => section.number === number);
  }
}

const TEXTS = DATA.texts.map((record, index) => new Text(record, index));
const isCorpus = TEXTS.length > 1;
const textById = new Map(TEXTS.map((text) => [text.id, text]));

/** How the address names a sentence: by its number, where there is more than one text with its text. */
function sentenceKey(text, number) {
  return isCorpus ? `${number}@${text.id}` : String(number);
}

function sentenceByKey(key) {
  const [, number, name] = /^(\d{1,9})(?:@(.*))?$/s.exec(key ?? "") ?? [];
  const text = isCorpus ? textById.get(name) : TEXTS[0];
  return text?.sentences[Number(number) - 1];
}

/** The words of a span; nothing where there is no span. */
const words = (span, text) => (span.length === 2 ? text.words(span) : "");

// ── Columns ───────────────────────────────────────────────────────────────────────────────────

const CLAIM_COLUMNS = DATA.claims;
const ARROW_COLUMNS = DATA.arrows;
const NAMES = DATA.concepts.ids; // of concepts, best connected first

CLAIM_COLUMNS.text.forEach((text, index) => {
  if (index === 0 || CLAIM_COLUMNS.text[index - 1] !== text) TEXTS[text].firstClaim = index;
  TEXTS[text].lastClaim = index + 1;
});

/** Group numbers by what they belong to: which of `count` groups each of `groups` says, none if < 0. */
function group(count, ...groups) {
  const starts = new Int32Array(count + 1);
  for (const column of groups) for (const each of column) if (each >= 0) starts[each + 1] += 1;
  for (let at = 0; at < count; at += 1) starts[at + 1] += starts[at];
  const ends = starts.slice();
  const members = new Int32Array(starts[count]);
  const length = groups[0]?.length ?? 0;
  for (let index = 0; index < length; index += 1) {
    for (const column of groups) if (column[index] >= 0) members[ends[column[index]]++] = index;
  }
  return (each) => members.subarray(starts[each], starts[each + 1]);
}

/** Work something out when it is first asked for. */
function lazily(make) {
  let made;
  return () => (made ??= make());
}

const claimsOfArrow = lazily(() => group(ARROW_COLUMNS.look.length, CLAIM_COLUMNS.arrow));
const arrowsAt = lazily(() => group(NAMES.length, ARROW_COLUMNS.subject, ARROW_COLUMNS.object.map((object, index) => (object === ARROW_COLUMNS.subject[index] ? -1 : object))));
const statementsOf = lazily(() => group(NAMES.length, CLAIM_COLUMNS.subject.map((subject, index) => (CLAIM_COLUMNS.arrow[index] < 0 ? subject : -1))));

// ── Concepts ──────────────────────────────────────────────────────────────────────────────────

const isBeside = new Set(DATA.concepts.background);

class Concept {
  constructor(index) {
    this.index = index;
    this.near = null;
  }

  get id() {
    return NAMES[this.index];
  }

  get label() {
    return DATA.concepts.labels[this.index];
  }

  get category() {
    return DATA.concepts.categories[DATA.concepts.category[this.index]];
  }

  get lane() {
    return DATA.concepts.lanes[DATA.concepts.lane[this.index]] ?? "";
  }

  get origin() {
    return isBeside.has(this.index) ? "background" : "text";
  }

  get statements() {
    return Array.from(statementsOf()(this.index), (index) => CLAIMS[index].id);
  }

  get arrows() {
    return Array.from(arrowsAt()(this.index), (index) => ARROWS[index]);
  }

  get definition() {
    return DATA.concepts.more[this.index]?.definition ?? "";
  }

  get synonyms() {
    return DATA.concepts.more[this.index]?.synonyms ?? [];
  }

  get identifiers() {
    return (DATA.concepts.more[this.index]?.identifiers ?? []).map((each) => ({id: "", iri: "", label: "", note: "", isRefused: false, ...each}));
  }
}

const CONCEPTS = Object.create(null); // a concept may be called __proto__
NAMES.forEach((id, index) => (CONCEPTS[id] = new Concept(index)));
const isConcept = (name) => name !== null && name !== undefined && name in CONCEPTS;
const labelOf = (concept) => CONCEPTS[concept]?.label ?? concept;

// ── Claims ────────────────────────────────────────────────────────────────────────────────────

class Mention {
  constructor(claim, concept, at, length) {
    this.text = claim.text;
    this.concept = concept < 0 ? null : NAMES[concept];
    this.span = length ? claim.spanOf([at, length]) : [];
  }

  get label() {
    return this.concept === null ? words(this.span, this.text) : labelOf(this.concept);
  }
}

class Claim {
  constructor(index) {
    this.index = index;
  }

  get id() {
    return CLAIM_COLUMNS.ids.slice(16 * this.index, 16 * this.index + 16);
  }

  get text() {
    return TEXTS[CLAIM_COLUMNS.text[this.index]];
  }

  get sentence() {
    return CLAIM_COLUMNS.sentence[this.index];
  }

  get subject() {
    return new Mention(this, CLAIM_COLUMNS.subject[this.index], CLAIM_COLUMNS.subjectAt[this.index], CLAIM_COLUMNS.subjectLength[this.index]);
  }

  get object() {
    return new Mention(this, CLAIM_COLUMNS.object[this.index], CLAIM_COLUMNS.objectAt[this.index], CLAIM_COLUMNS.objectLength[this.index]);
  }

  get quote() {
    return this.spanOf([CLAIM_COLUMNS.at[this.index], CLAIM_COLUMNS.length[this.index]]);
  }

  /** A span, written as its distance from the start of the sentence and its length. */
  spanOf([at, length]) {
    const start = this.text.starts[this.sentence - 1] + at;
    return [start, start + length];
  }

  get cue() {
    const cue = CLAIM_COLUMNS.cue[this.index];
    return cue ? this.spanOf(cue) : [];
  }

  get qualifiers() {
    return (CLAIM_COLUMNS.qualifiers[this.index] ?? []).map(([type, ...place]) => [type, ...this.spanOf(place)]);
  }

  get key() {
    return CLAIM_COLUMNS.key[this.index] ?? "";
  }

  get via() {
    return (CLAIM_COLUMNS.via[this.index] ?? []).map((index) => CLAIMS[index].id);
  }

  get because() {
    return (CLAIM_COLUMNS.because[this.index] ?? []).map((index) => CLAIMS[index].id);
  }

  get section() {
    return this.text.sectionOf[this.sentence - 1];
  }

  get sectionKind() {
    return this.text.section(this.section)?.kind ?? "other";
  }

  get label() {
    return describe(this);
  }

  words(span) {
    return words(span, this.text);
  }
}

// What many claims have alike is written once.
["relation", "type", "polarity", "certainty", "modality", "evidence", "method", "confidence", "voice"].forEach((name, at) => {
  Object.defineProperty(Claim.prototype, name, {
    get() {
      return CLAIM_COLUMNS.kinds[CLAIM_COLUMNS.kind[this.index]][at];
    },
  });
});

const CLAIMS = CLAIM_COLUMNS.text.map((_, index) => new Claim(index));
const claimNumbers = lazily(() => new Map(CLAIMS.map((claim) => [claim.id, claim])));
const claimById = {
  get: (id) => claimNumbers().get(id),
  has: (id) => Boolean(id) && claimNumbers().has(id),
};

// ── Arrows ────────────────────────────────────────────────────────────────────────────────────

class Arrow {
  constructor(index) {
    this.index = index;
  }

  get relation() {
    return ARROW_COLUMNS.looks[ARROW_COLUMNS.look[this.index]][0];
  }

  get origin() {
    return ARROW_COLUMNS.looks[ARROW_COLUMNS.look[this.index]][1];
  }

  get voice() {
    return ARROW_COLUMNS.looks[ARROW_COLUMNS.look[this.index]][2];
  }

  get group() {
    return TERMS.relation[this.relation].group;
  }

  get subject() {
    return NAMES[ARROW_COLUMNS.subject[this.index]];
  }

  get object() {
    return NAMES[ARROW_COLUMNS.object[this.index]];
  }

  get slot() {
    return ARROW_COLUMNS.slot[this.index] ?? 0;
  }

  get background() {
    return ARROW_COLUMNS.background[this.index] ?? [];
  }

  /** What it rests on: ids of claims, of two claims for each chain, the earlier and the later. */
  get claims() {
    const chains = ARROW_COLUMNS.chain[this.index];
    if (chains) return chains.map((pair) => pair.map((claim) => CLAIMS[claim].id));
    return Array.from(claimsOfArrow()(this.index), (claim) => [CLAIMS[claim].id]);
  }

  get count() {
    return ARROW_COLUMNS.chain[this.index]?.length ?? claimsOfArrow()(this.index).length;
  }

  /** How many texts say it; claims stand in the order of their texts. */
  get texts() {
    let [count, last] = [0, -1];
    for (const claim of claimsOfArrow()(this.index)) {
      if (CLAIM_COLUMNS.text[claim] !== last) count += 1;
      last = CLAIM_COLUMNS.text[claim];
    }
    return count;
  }
}

const ARROWS = ARROW_COLUMNS.look.map((_, index) => new Arrow(index));
const arrowOfClaim = {get: (id) => ARROWS[CLAIM_COLUMNS.arrow[claimById.get(id)?.index]]};
const arrowsOf = (name) => CONCEPTS[name]?.arrows ?? [];
const claimIdsOf = (arrow) => [...new Set(arrow.claims.flat())];

/** What a concept is tied to, best connected first. */
function neighboursOf(name) {
  const concept = CONCEPTS[name];
  if (!concept.near) {
    const near = new Set();
    for (const index of arrowsAt()(concept.index)) near.add(ARROW_COLUMNS.subject[index]).add(ARROW_COLUMNS.object[index]);
    near.delete(concept.index);
    concept.near = [...near].sort((a, b) => a - b).map((index) => NAMES[index]);
  }
  return concept.near;
}

class Step {
  constructor(row) {
    this.arrows = row.map((index) => ARROWS[index]);
    const [{subject, object, relation, origin, voice}] = this.arrows;
    Object.assign(this, {subject, object, relation, origin, certainty: voice, isBridge: relation === "isKindOf"});
  }

  get claims() {
    return [...new Set(this.arrows.flatMap((arrow) => arrow.claims.map((ids) => ids.at(-1))))];
  }

  get sources() {
    return [...new Set(this.arrows.flatMap((arrow) => arrow.background.map((key) => DATA.background[key].source)))].filter(Boolean).sort();
  }
}

const TENSIONS = DATA.tensions.map(([kind, first, second, reason]) => ({kind, first: CLAIMS[first].id, second: CLAIMS[second].id, reason}));

// ── What is drawn ─────────────────────────────────────────────────────────────────────────────

// Of many concepts only some are drawn at first; chart.js adds more.
const BOXES = DATA.boxes;
const boxByConcept = new Map();
BOXES.forEach((box, index) => {
  const {x, y} = DATA.drawing.nodes[index];
  Object.assign(box, {index, x, y});
  boxByConcept.set(box.concept, box);
});

// ── Words ─────────────────────────────────────────────────────────────────────────────────────

const sectionName = (text, number) => {
  const section = text.section(number);
  if (!section) return "";
  return section.heading || kindName(section.kind);
};
const kindName = (kind) => kind.charAt(0).toUpperCase() + kind.slice(1).replaceAll("-", " ");
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
  const count = Math.max(arrow.count, arrow.background.length);
  return `${sign ? `${sign} ` : ""}${TERMS.relation[arrow.relation].caption}${count > 1 ? ` ×${grouped(count)}` : ""}`;
}

/** How much an arrow rests on: claims, and where there are many the texts that make them. */
function evidenceOf(arrow) {
  const {count} = arrow;
  return isCorpus ? `${plural(count, "claim")} in ${plural(arrow.texts, "text")}` : plural(count, "claim");
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

const NO_CLAIM = "No claim was found.";

/** Where a claim stands: its sentence, and where there are many texts, in which. */
const placeOf = (claim) => (isCorpus ? `${claim.text.title}, sentence ${claim.sentence}` : `sentence ${claim.sentence}`);
