// What is selected, in full; and where nothing is, the overview of the text.

function startDetail() {
  byId("show-overview").addEventListener("click", () => {
    select(null);
    byId("workspace").classList.add("with-overview");
    byId("detail").focus();
  });
}

function showDetail() {
  const pane = byId("detail");
  const chosen = state.selection;
  byId("workspace").classList.toggle("with-selection", chosen !== null);
  if (chosen !== null) byId("workspace").classList.remove("with-overview");
  const views = {claim: claimDetail, arrow: arrowDetail, concept: conceptDetail, sentence: sentenceDetail, tension: tensionDetail, path: pathDetail, answer: answerDetail};
  const isFirst = !pane.firstChild; // then there is nothing to scroll back from
  fill(pane, chosen === null ? overview() : views[chosen.kind](chosen));
  if (!isFirst) pane.scrollTop = 0;
}

const closer = () => button("×", () => {
  select(null);
  byId("workspace").classList.remove("with-overview");
}, {class: "close", "aria-label": "Close"});

const head = (kind, title, ...rest) => make("header", {class: "detail-head"}, make("p", {class: "kind"}, kind), make("h2", {dir: "auto"}, title), rest, closer());

const conceptButton = (name) => button([symbol(CONCEPTS[name].category), string(labelOf(name))], () => select({kind: "concept", id: name}), {class: "concept", mouseenter: () => hover({kind: "concept", id: name}), mouseleave: () => hover(null)});

function symbol(category, isHollow = false) {
  return make("svg", {viewBox: "0 0 16 16", width: 14, height: 14, "aria-hidden": "true", class: `symbol hue-${HUES[category]}${isHollow ? " hollow" : ""}`}, make("path", {d: SYMBOLS[category]}));
}

const sign = (voice) => (TERMS.signs[voice] ? make("span", {class: "sign", "aria-hidden": "true"}, TERMS.signs[voice]) : null);

const badge = (text, name, note) => make("span", {class: `badge ${name}`, title: note || false}, text);

const voiceBadge = (voice) => badge([sign(voice), voice === "asserted" ? null : " ", VOICES[voice]], `voice-${voice}`, VOICE_NOTES[voice]);

/** A claim in one line that can be chosen. */
function claimLine(claim, {from = null, isPlaced = false} = {}) {
  const parts = from === null
    ? [string(claimSubject(claim)), " ", make("span", {class: `verb rel-${TERMS.relation[claim.relation].group}`}, phraseOf(claim.relation)), " ", string(claimObject(claim))]
    : from === "subject"
      ? [make("span", {class: `verb rel-${TERMS.relation[claim.relation].group}`}, phraseOf(claim.relation)), " ", string(claimObject(claim))]
      : [string(claimSubject(claim)), " ", make("span", {class: `verb rel-${TERMS.relation[claim.relation].group}`}, phraseOf(claim.relation))];
  return button([sign(claim.voice), parts, claim.voice === "asserted" ? null : make("span", {class: "how"}, ` ${VOICES[claim.voice]}`), isPlaced ? make("span", {class: "how"}, ` · ${placeOf(claim)}`) : null], () => select({kind: "claim", id: claim.id}), {
    class: `claim-line${claim.voice === "denied" ? " denied" : ""}`,
    mouseenter: () => hover({kind: "claim", id: claim.id}),
    mouseleave: () => hover(null),
  });
}

/** A list that shows its first items, and more of them when asked. */
function longList(rows, show, {name = "plain", first = 30} = {}) {
  const list = listOf(rows.slice(0, first).map(show), name);
  if (rows.length <= first) return list;
  let count = first;
  const more = button("", () => {
    list.append(...rows.slice(count, count + 100).map((row) => make("li", {}, show(row))));
    count = Math.min(rows.length, count + 100);
    say();
  }, {class: "more"});
  const say = () => {
    more.textContent = `Show more (${grouped(count)} of ${grouped(rows.length)})`;
    more.hidden = count >= rows.length;
  };
  say();
  return [list, more];
}

const listOf = (items, name = "plain") => make("ul", {class: name}, items.map((item) => make("li", {}, item)));

// ── A claim ───────────────────────────────────────────────────────────────────────────────────

function claimDetail({id}) {
  const claim = claimById.get(id);
  const siblings = arrowOfClaim.get(id) ? claimIdsOf(arrowOfClaim.get(id)).filter((other) => other !== id) : [];
  return [
    head("Claim", [string(claimSubject(claim)), make("span", {class: `verb rel-${TERMS.relation[claim.relation].group}`}, ` ${phraseOf(claim.relation)} `), string(claimObject(claim))]),
    claimBody(claim),
    siblings.length ? make("section", {}, make("h3", {}, "Said elsewhere too"), longList(siblings, (other) => claimLine(claimById.get(other), {isPlaced: true}))) : null,
  ];
}

function claimBody(claim) {
  const qualifiers = claim.qualifiers.map(([type, ...span]) => [type, claim.words(span)]);
  const rows = [
    ["Subject", [claim.subject.concept ? conceptButton(claim.subject.concept) : null, saying(claim.subject)]],
    ["Object", [claim.object.concept ? conceptButton(claim.object.concept) : null, saying(claim.object)]],
    ...qualifiers.map(([name, value]) => [name, quoted(value, "qualifier")]),
    claim.cue.length ? ["Cue", quoted(claim.words(claim.cue), "cue")] : null,
    claim.via.length ? ["Works through", listOf(claim.via.filter((id) => claimById.has(id)).map((id) => claimLine(claimById.get(id))))] : null,
    claim.because.length ? ["Because", listOf(claim.because.filter((id) => claimById.has(id)).map((id) => claimLine(claimById.get(id))))] : null,
    ["Evidence", TERMS.evidence[claim.evidence]],
    ["Found by", claim.method === "reviewed" ? "a person's review" : `${TERMS.method[claim.method]}${claim.confidence === null ? "" : `, confidence ${claim.confidence}`}`],
    isCorpus ? ["Text", button(string(claim.text.title), () => select({kind: "sentence", id: sentenceKey(claim.text, claim.sentence)}), {class: "claim-line"})] : null,
    ["Where", [`sentence ${grouped(claim.sentence)}, `, string(sectionName(claim.text, claim.section)), make("span", {class: "code"}, ` [${claim.quote.join(", ")})`)]],
  ].filter(Boolean);
  const iri = DATA.bases.claim + claim.id;
  return make(
    "article",
    {class: "claim"},
    make("p", {class: "badges"}, badge(typeLabel(claim.type), `type rel-${TERMS.relation[claim.relation].group}`, TERMS.type[claim.type].definition), voiceBadge(claim.voice), claim.polarity === "negated" && claim.voice !== "denied" ? voiceBadge("denied") : null),
    sentenceOf(claim),
    make("dl", {class: "facts"}, rows.map(([name, value]) => [make("dt", {}, name), make("dd", {}, value)])),
    make("p", {class: "iri"}, make("code", {}, iri), button("Copy", () => copy(iri, "Identifier"), {"aria-label": "Copy the claim's identifier"}), button("Turtle", () => copy(turtleOf([claim]), "Turtle"), {"aria-label": "Copy the claim as Turtle", title: "Copy the claim as Turtle"})),
  );
}

const saying = (mention) => (mention.span.length ? quoted(words(mention.span, mention.text), "mention") : make("span", {class: "implied"}, "implied, not named in the sentence"));
const quoted = (text, name) => make("q", {class: name}, string(text));

/** The sentence, with the quote and in it the cue and the qualifiers marked. What hedges an item of a list may stand in the line above it, which is shown before the item. */
function sentenceOf(claim) {
  const sentence = claim.text.sentences[claim.sentence - 1];
  if (!sentence) return null;
  const spans = [[claim.quote, "quoted lit"], [claim.cue, "cue"], ...claim.qualifiers.map(([, ...span]) => [span, "qualifier"])].filter(([span]) => span.length === 2);
  const lines = claim.text.sentences.slice(0, claim.sentence - 1).filter((line) => spans.some(([span]) => line.span[0] <= span[0] && span[1] <= line.span[1]));
  const parts = [...lines, sentence].flatMap(({span: [start, end]}, number) => {
    const edges = [...new Set([start, end, ...spans.flatMap(([span]) => span)])].filter((at) => at >= start && at <= end).sort((a, b) => a - b);
    const marked = edges.slice(1).map((to, index) => {
      const names = spans.filter(([span]) => span[0] <= edges[index] && span[1] >= to).map(([, name]) => name);
      return make(names.length ? "mark" : "span", {class: names.join(" ") || false}, claim.words([edges[index], to]));
    });
    return number ? [make("br"), ...marked] : marked;
  });
  return make("blockquote", {lang: claim.text.language, dir: "auto"}, parts);
}

// ── An arrow ──────────────────────────────────────────────────────────────────────────────────

function arrowDetail({id}) {
  const arrow = ARROWS[id];
  const title = [string(labelOf(arrow.subject)), make("span", {class: `verb rel-${arrow.group}`}, ` ${phraseOf(arrow.relation)} `), string(labelOf(arrow.object))];
  if (arrow.origin === "background") return [head("Background, not said by the text", title), make("div", {class: "ends"}, conceptButton(arrow.subject), conceptButton(arrow.object)), arrow.background.map(backgroundBody)];
  if (arrow.origin === "chain") return [head("A chain of two claims", [string(labelOf(arrow.subject)), make("span", {class: "verb"}, " then "), string(labelOf(arrow.object))]), arrow.claims.map(chainBody)];
  const claims = claimIdsOf(arrow).map((each) => claimById.get(each));
  return [head(evidenceOf(arrow), title), longList(claims, claimBody, {name: "bodies", first: 20})];
}

function backgroundBody(key) {
  const {source, comment} = DATA.background[key];
  return make("article", {class: "claim"}, make("p", {class: "badges"}, badge("background", "background")), comment ? make("p", {dir: "auto"}, comment) : null, make("p", {}, "Source: ", link(source, source)));
}

function chainBody([earlier, later]) {
  return make("article", {class: "claim"}, make("p", {}, "The text works its way from one to the other:"), listOf([earlier, later].map((id) => [claimLine(claimById.get(id)), sentenceOf(claimById.get(id))])));
}

// ── A concept ─────────────────────────────────────────────────────────────────────────────────

function conceptDetail({id}) {
  const concept = CONCEPTS[id];
  const {index} = concept;
  const out = CLAIMS.filter((_, at) => CLAIM_COLUMNS.subject[at] === index);
  const into = CLAIMS.filter((_, at) => CLAIM_COLUMNS.object[at] === index && CLAIM_COLUMNS.subject[at] !== index);
  const beside = arrowsOf(id).filter((arrow) => arrow.origin === "background");
  const chains = arrowsOf(id).filter((arrow) => arrow.origin === "chain");
  const iri = DATA.bases.concept + id;
  return [
    head(TERMS.category[concept.category].label, [symbol(concept.category, concept.origin === "background"), " ", string(concept.label)]),
    make(
      "p",
      {class: "actions"},
      state.only === id ? button("Show everything", () => showAround(null)) : button("Only what touches it", () => showAround(id)),
      state.only === id && state.reach < MAX_REACH ? button("One step further", () => showAround(id, state.reach + 1)) : null,
      stepsFrom(id).length ? button("Path from here", () => beginPath(id)) : null,
    ),
    concept.origin === "background" ? make("p", {class: "note"}, "The text does not name this; it comes from the background.") : null,
    concept.definition ? make("p", {dir: "auto"}, concept.definition) : null,
    concept.synonyms.length ? make("p", {class: "note"}, "Also: ", concept.synonyms.map((name, index) => [index ? ", " : "", string(name)])) : null,
    isChart ? neighbours(id) : null,
    isCorpus
      ? section(`The texts say (${plural(out.length + into.length, "claim")})`, arrowsBySupport(id), (arrow) => evidenceLine(arrow, id))
      : section(`The text says (${out.length + into.length})`, [...out.map((claim) => [claim, "subject"]), ...into.map((claim) => [claim, "object"])], ([claim, from]) => claimLine(claim, {from})),
    isCorpus ? section("In words only", CONCEPTS[id].statements, (each) => claimLine(claimById.get(each), {from: "subject", isPlaced: true})) : null,
    section("In a chain", chains.map((arrow) => button(`${labelOf(arrow.subject)} → ${labelOf(arrow.object)}`, () => select({kind: "arrow", id: arrow.index}), {class: "claim-line"}))),
    section("In the background", beside.map((arrow) => button(arrowSentence(arrow).replace(`, ${ORIGINS.background}`, ""), () => select({kind: "arrow", id: arrow.index}), {class: "claim-line background"}))),
    concept.identifiers.length ? make("section", {}, make("h3", {}, "Elsewhere"), identifiers(concept.identifiers)) : make("p", {class: "note"}, "No identifier elsewhere is known to mean this."),
    make("p", {class: "iri"}, make("code", {}, iri), button("Copy", () => copy(iri, "Identifier"), {"aria-label": "Copy the concept's identifier"})),
  ];
}

const section = (title, rows, show = (row) => row) => (rows.length ? make("section", {}, make("h3", {}, title), longList(rows, show)) : null);

/** How much of what a concept is tied to is drawn, and a button that draws more. */
function neighbours(id) {
  const left = hiddenNeighbours(id).length;
  if (!left) return null;
  return make("p", {class: "actions grow"}, make("span", {class: "note"}, `${drawnOf(id)} neighbours shown `), button(`Show ${Math.min(STEP, left)} more`, () => growAround(id), {id: "grow"}));
}

/** What is said of a concept, what most claims say first. */
const arrowsBySupport = (id) => arrowsOf(id).filter((arrow) => arrow.origin === "text").sort((a, b) => b.count - a.count || a.index - b.index);

/** What some claims say alike, in one line with their number. */
function evidenceLine(arrow, id) {
  const verb = make("span", {class: `verb rel-${arrow.group}`}, phraseOf(arrow.relation));
  const parts = arrow.subject === id ? [verb, " ", string(labelOf(arrow.object))] : [string(labelOf(arrow.subject)), " ", verb];
  const how = [arrow.voice === "asserted" ? null : VOICES[arrow.voice], evidenceOf(arrow)].filter(Boolean).join(" · ");
  return button([sign(arrow.voice), parts, make("span", {class: "how"}, ` ${how}`)], () => select({kind: "arrow", id: arrow.index}), {
    class: `claim-line${arrow.voice === "denied" ? " denied" : ""}`,
    mouseenter: () => hover({kind: "arrow", id: arrow.index}),
    mouseleave: () => hover(null),
  });
}

const STRENGTHS = {exactMatch: "same", closeMatch: "close", narrowMatch: "narrower", broadMatch: "broader", relatedMatch: "related"};

function identifiers(rows) {
  return make(
    "table",
    {class: "identifiers"},
    make("thead", {}, make("tr", {}, ["Identifier", "Name there", "Match"].map((name) => make("th", {scope: "col"}, name)))),
    make(
      "tbody",
      {},
      rows.map((row) =>
        make("tr", {class: row.isRefused ? "refused" : false, title: row.note || false}, make("td", {}, link(row.iri, row.id || row.iri)), make("td", {dir: "auto"}, row.label), make("td", {}, row.isRefused ? "not the same" : STRENGTHS[row.strength] ?? row.strength)),
      ),
    ),
  );
}

// ── A sentence, a tension, a path ─────────────────────────────────────────────────────────────

function sentenceDetail({id}) {
  const sentence = sentenceByKey(id);
  const claims = claimsOfSentence(id);
  const {text, number} = sentence;
  return [head([isCorpus ? `${text.title} · ` : null, sectionName(text, sentence.section)], `Sentence ${number}`), make("blockquote", {lang: text.language, dir: "auto"}, text.words(sentence.span)), section(plural(claims.length, "claim"), claims.map((claim) => claimLine(claim)))];
}

const TENSION_KINDS = {
  "treated-and-caused": "Treated and caused",
  "affirmed-and-denied": "Affirmed and denied",
  "raised-and-lowered": "Raised and lowered",
  "praise-and-harm": "Praise beside harm",
};

function tensionDetail({id}) {
  const tension = TENSIONS[id];
  return [
    head("Two claims that pull apart", TENSION_KINDS[tension.kind]),
    make("p", {dir: "auto"}, tension.reason),
    [tension.first, tension.second].map((each) => make("section", {}, claimLine(claimById.get(each)), sentenceOf(claimById.get(each)))),
    make("p", {class: "note"}, "For a reader to judge; it need not be a contradiction."),
  ];
}

function pathDetail({from, to, id}) {
  const paths = findPaths(from, to);
  return [
    head("How it gets there", [string(labelOf(from)), make("span", {class: "verb"}, " to "), string(labelOf(to))]),
    pathForm(from, to),
    paths.length ? make("ol", {class: "paths"}, paths.map((steps, rank) => make("li", {}, pathButton(steps, rank, {from, to, id}), rank === id ? make("ol", {class: "steps"}, steps.map((each) => make("li", {}, stepBody(each)))) : null))) : [make("p", {class: "note"}, "No mechanism the text or the background describes leads from one to the other."), tieOf(from, to)],
  ];
}

/** Where no mechanism leads on: over which claims two concepts hang together. */
function tieOf(from, to) {
  const arrows = findTie(from, to);
  if (!arrows.length) return make("p", {class: "note"}, "No claims connect them either.");
  return make("section", {}, make("h3", {}, `Connected over ${plural(arrows.length, "statement")}, which is no mechanism`), listOf(arrows.map((arrow) => button(`${arrowSentence(arrow)} · ${arrow.origin === "text" ? evidenceOf(arrow) : "background"}`, () => select({kind: "arrow", id: arrow.index}), {class: "claim-line", dir: "auto"})), "tie"));
}

function pathButton(steps, rank, {from, to, id}) {
  const background = steps.filter((each) => each.origin === "background").length;
  const names = [steps[0].subject, ...steps.map((each) => each.object)];
  return button([names.map((name, index) => [index ? make("span", {class: "then", "aria-hidden": "true"}, " → ") : null, string(labelOf(name))]), make("span", {class: "how"}, ` ${weakest(steps)}${background ? `, ${background} of ${steps.length} steps background` : ", the text alone"}`)], () => select({kind: "path", from, to, id: rank}), {"aria-current": rank === id ? "true" : false, class: "claim-line"});
}

function stepBody(each) {
  const how = each.isBridge ? "is a kind of" : phraseOf(each.relation);
  return [
    make("p", {}, string(labelOf(each.subject), "strong"), each.origin === "chain" ? " → " : make("span", {class: `verb rel-${TERMS.relation[each.relation].group}`}, ` ${how} `), string(labelOf(each.object), "strong"), " ", each.origin === "background" ? badge("background", "background") : each.origin === "chain" ? badge("chain", "chain", ORIGINS.chain) : null),
    each.claims.length ? longList(each.claims, (id) => [sentenceOf(claimById.get(id)), isCorpus ? make("p", {class: "note", dir: "auto"}, placeOf(claimById.get(id))) : null], {first: 3}) : null,
    each.claims.length ? null : each.sources.map((source) => make("p", {class: "note"}, link(source, source))),
  ];
}

// ── The overview ──────────────────────────────────────────────────────────────────────────────

function overview() {
  const hedged = CLAIMS.length - (countsOf("voice").get("asserted") ?? 0);
  const groups = new Map();
  TENSIONS.forEach((tension, index) => {
    const key = tension.first;
    if (!groups.has(key)) groups.set(key, []);
    groups.get(key).push({tension, index});
  });
  return [
    head("Overview", isCorpus ? "What the texts claim" : "What the text claims"),
    make("p", {}, !CLAIMS.length ? `${NO_CLAIM} ${TEXTS.length > 1 ? "The texts themselves are" : "The text itself is"} here to read.` : `${grouped(CLAIMS.length - hedged)} of ${plural(CLAIMS.length, "claim")} are stated as facts; ${grouped(hedged)} are hedged, hoped for, recommended or denied. Choose a concept, an arrow or words of the text to read more.`),
    DATA.steps.length ? make("section", {}, make("h3", {}, "How does it get there?"), pathForm()) : null,
    isCorpus ? section("Said most often", mostSaid(), (arrow) => button(`${arrowSentence(arrow)} · ${evidenceOf(arrow)}`, () => select({kind: "arrow", id: arrow.index}), {class: "claim-line", dir: "auto"})) : coverage(TEXTS[0]),
    TENSIONS.length
      ? make("section", {}, make("h3", {}, `Claims that pull apart (${grouped(TENSIONS.length)})`), longList([...groups.entries()], ([first, list]) => make("details", {class: "tension"}, make("summary", {dir: "auto"}, `${claimById.get(first).label} (${list.length})${isCorpus ? ` · ${claimById.get(first).text.title}` : ""}`), listOf(list.map(({tension, index}) => button(tension.reason, () => select({kind: "tension", id: index}), {class: "claim-line", dir: "auto"}))))))
      : null,
    byId("no-engine") ? make("p", {class: "note"}, byId("no-engine").content.textContent) : null,
  ];
}

/** What of the graph is in an answer. */
function answerDetail({claims, concepts}) {
  return [
    head("Answer", `${plural(concepts.length, "concept")} and ${plural(claims.length, "claim")} of the graph`),
    concepts.length ? make("section", {}, make("h3", {}, "Concepts"), longList(concepts, conceptButton, {name: "concepts", first: 12})) : null,
    claims.length ? make("section", {}, make("h3", {}, "Claims"), longList(claims, (id) => claimLine(claimById.get(id), {isPlaced: true}), {first: 12})) : null,
  ];
}

/** How many sentences and claims each section of a text has. */
function coverage(text) {
  const rows = text.sections.filter((each) => each.isContent).map((each) => {
    const claims = text.claims.filter((claim) => claim.section === each.number);
    return make("tr", {}, make("th", {scope: "row", dir: "auto"}, sectionName(text, each.number)), make("td", {}, text.sectionOf.filter((number) => number === each.number).length), make("td", {}, claims.length), make("td", {class: "bar-cell"}, bar(claims)));
  });
  return make("section", {}, make("h3", {}, "By section"), make("table", {class: "coverage"}, make("thead", {}, make("tr", {}, ["Section", "Sentences", "Claims", "Kinds"].map((name) => make("th", {scope: "col"}, name)))), make("tbody", {}, rows)));
}

/** What the most texts say. */
function mostSaid() {
  const said = ARROWS.filter((arrow) => arrow.count > 1 && arrow.origin === "text").map((arrow) => ({arrow, texts: arrow.texts}));
  said.sort((a, b) => b.texts - a.texts || b.arrow.count - a.arrow.count || a.arrow.index - b.arrow.index);
  return said.slice(0, 12).map(({arrow}) => arrow);
}

/** The kinds of claims of a section as a strip; its numbers stand in its name. */
function bar(claims) {
  const counts = new Map();
  claims.forEach((claim) => {
    const group = TERMS.relation[claim.relation].group;
    counts.set(group, (counts.get(group) ?? 0) + 1);
  });
  const name = [...counts].map(([group, count]) => `${GROUP_NAMES[group]} ${count}`).join(", ");
  return make("span", {class: "strip", role: "img", "aria-label": name || "no claims", title: name}, [...counts].flatMap(([group, count]) => Array.from({length: count}, () => make("i", {class: `rel-${group}`}))));
}
