// The legend is the filter: what a mark means, how often it occurs, and whether it is shown.

const GROUP_NAMES = {help: "helps", harm: "harms or risks", mechanism: "acts", property: "is like", advice: "calls for", kind: "is, occurs"};

const add = (counted, value, count = 1) => counted.set(value, (counted.get(value) ?? 0) + count);

const claimsOfKind = lazily(() => {
  const counted = new Array(CLAIM_COLUMNS.kinds.length).fill(0);
  for (const kind of CLAIM_COLUMNS.kind) counted[kind] += 1;
  return counted;
});

/** How many claims have each value of what many claims have alike. */
function countsOf(name) {
  const counted = new Map();
  const first = CLAIM_COLUMNS.kinds.map((_, kind) => CLAIMS[CLAIM_COLUMNS.kind.indexOf(kind)]);
  claimsOfKind().forEach((count, kind) => add(counted, first[kind][name], count));
  return counted;
}

function startLegend() {
  const relations = countsOf("relation");
  const voices = countsOf("voice");
  const types = countsOf("type");
  const methods = countsOf("method");
  const sections = new Map();
  for (const text of TEXTS) {
    const names = new Map(text.sections.map(({number, kind}) => [number, isCorpus ? kind : String(number)]));
    for (let index = text.firstClaim; index < text.lastClaim; index += 1) add(sections, names.get(text.sectionOf[CLAIM_COLUMNS.sentence[index] - 1]));
  }
  const categories = new Map();
  for (const category of DATA.concepts.category) add(categories, DATA.concepts.categories[category]);
  const origins = new Map();
  for (const look of ARROW_COLUMNS.look) add(origins, ARROW_COLUMNS.looks[look][1]);
  const byGroup = Object.keys(GROUP_NAMES).flatMap((group) => [...relations].filter(([relation]) => TERMS.relation[relation].group === group).sort((a, b) => b[1] - a[1]));
  fill(
    byId("legend"),
    make("h2", {}, "Legend", button("Reset", resetFilters, {id: "reset", hidden: true})),
    make("label", {class: "switch"}, make("input", {type: "checkbox", id: "plain", role: "switch", change: (event) => filter(() => (state.plain = event.target.checked))}), make("span", {}, "Asserted only")),
    facet("relation", "Arrows", byGroup.map(([relation, count]) => ({value: relation, count, label: phraseOf(relation).length > 18 ? TERMS.relation[relation].caption : phraseOf(relation), mark: stroke({relation, voice: "asserted", origin: "text"}), note: TERMS.relation[relation].definition}))),
    facet("voice", "How it is said", Object.keys(VOICES).filter((voice) => voices.has(voice)).map((voice) => ({value: voice, count: voices.get(voice), label: VOICES[voice], mark: stroke({relation: "leadsTo", voice, origin: "text"}, "mono"), sign: TERMS.signs[voice], note: VOICE_NOTES[voice]}))),
    facet("origin", "Where from", Object.keys(ORIGINS).filter((origin) => origins.has(origin)).map((origin) => ({value: origin, count: origins.get(origin), label: {text: "the text", chain: "chains in it", background: "background"}[origin], mark: stroke({relation: "leadsTo", voice: "asserted", origin}, "mono"), note: ORIGINS[origin]}))),
    facet("category", "Things", Object.keys(SYMBOLS).filter((category) => categories.has(category)).map((category) => ({value: category, count: categories.get(category), label: TERMS.category[category].label, mark: symbol(category), note: TERMS.category[category].definition}))),
    facet("type", "Claim types", [...types].sort((a, b) => b[1] - a[1]).map(([type, count]) => ({value: type, count, label: typeLabel(type), note: TERMS.type[type].definition})), false),
    facet("section", "Sections", sectionEntries(sections), false),
    methods.size > 1 ? facet("method", "Found by", [...methods].map(([method, count]) => ({value: method, count, label: TERMS.method[method]})), false) : null,
  );
}

/** Of one text its sections; of many, the kinds of section they have. */
function sectionEntries(counted) {
  if (isCorpus) return [...counted].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([kind, count]) => ({value: kind, count, label: kindName(kind)}));
  return TEXTS[0].sections.filter((each) => counted.has(String(each.number))).map((each) => ({value: String(each.number), count: counted.get(String(each.number)), label: sectionName(TEXTS[0], each.number)}));
}

function facet(name, title, entries, isOpen = true) {
  if (!entries.length) return null;
  return make(
    "details",
    {class: "facet", open: isOpen},
    make("summary", {}, title),
    make("fieldset", {}, make("legend", {class: "unseen"}, title), entries.map((entry) => choice(name, entry)), make("p", {class: "facet-tools"}, button("all", () => setAll(name, entries, true), {"aria-label": `Show all: ${title}`}), button("none", () => setAll(name, entries, false), {"aria-label": `Show none: ${title}`}))),
  );
}

function choice(name, {value, count, label, mark, sign: character, note}) {
  const key = `${name}.${value}`;
  return make(
    "label",
    {title: note || false},
    make("input", {type: "checkbox", "data-key": key, change: (event) => filter(() => (event.target.checked ? state.off.delete(key) : state.off.add(key)))}),
    mark ?? null,
    make("span", {class: "name", dir: "auto"}, label, character ? make("span", {class: "sign"}, ` ${character}`) : null),
    make("span", {class: "number"}, grouped(count)),
  );
}

const setAll = (name, entries, isOn) => filter(() => entries.forEach(({value}) => (isOn ? state.off.delete(`${name}.${value}`) : state.off.add(`${name}.${value}`))));

/** A short arrow as the graph draws it. */
function stroke(arrow, name = `rel-${TERMS.relation[arrow.relation].group}`) {
  const head = HEADS[arrow.relation] ?? "full";
  const heads = {full: "M24 3.5L31 7l-7 3.5 2-3.5z", open: "M24 3.5L31 7l-7 3.5z", bar: "M30 2.5v9", ring: "M25 7a3 3 0 1 0 6 0a3 3 0 1 0-6 0"};
  const line = {full: "M1 7h24", open: "M1 7h23", bar: "M1 7h28", ring: "M1 7h23"}[head];
  return make("svg", {viewBox: "0 0 32 14", width: 32, height: 14, "aria-hidden": "true", class: `stroke ${name} voice-${arrow.voice}`}, make("path", {d: line, class: "line", "stroke-dasharray": dashOf(arrow).join(" ") || false}), make("path", {d: heads[head], class: `head-${head}`}), arrow.voice === "denied" ? make("path", {d: "M11 3l8 8M19 3l-8 8", class: "line"}) : null);
}

const ofAll = (count, all, name) => (count === all ? plural(all, name) : `${grouped(count)} of ${plural(all, name)}`);

/** How many concepts are shown; and where not all can be, of how many. */
function conceptsShown() {
  const left = shown.concepts.size;
  const drawn = BOXES.filter((box) => shown.concepts.has(box.concept)).length;
  return drawn < left ? `showing ${grouped(drawn)} of ${plural(left, "concept")}` : ofAll(left, NAMES.length, "concept");
}

function markLegend() {
  byId("legend").querySelectorAll("[data-key]").forEach((box) => {
    box.checked = !state.off.has(box.dataset.key);
  });
  byId("plain").checked = state.plain;
  byId("reset").hidden = !isFiltered();
  const parts = [ofAll(shown.claims.size, CLAIMS.length, "claim"), conceptsShown()];
  if (state.source !== null) parts.push(`in ${textById.get(state.source).title}`);
  if (state.only !== null) parts.push(`within ${plural(state.reach, "step")} of ${labelOf(state.only)}`);
  fill(byId("status"), parts.join(" · "), isFiltered() ? [" ", button("Show all", resetFilters)] : null);
}
