// The legend is the filter: what a mark means, how often it occurs, and whether it is shown.

const GROUP_NAMES = {help: "helps", harm: "harms or risks", mechanism: "acts", property: "is like", advice: "calls for", kind: "is, occurs"};

function countsOf(value) {
  const counts = new Map();
  CLAIMS.forEach((claim) => counts.set(value(claim), (counts.get(value(claim)) ?? 0) + 1));
  return counts;
}

function startLegend() {
  const relations = countsOf(FACETS.relation);
  const voices = countsOf(FACETS.voice);
  const types = countsOf(FACETS.type);
  const sections = countsOf(FACETS.section);
  const methods = countsOf(FACETS.method);
  const categories = new Map();
  BOXES.forEach(({concept}) => categories.set(CONCEPTS[concept].category, (categories.get(CONCEPTS[concept].category) ?? 0) + 1));
  const origins = new Map();
  ARROWS.forEach((arrow) => origins.set(arrow.origin, (origins.get(arrow.origin) ?? 0) + 1));
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
    facet("section", "Sections", DATA.sections.filter((each) => sections.has(String(each.number))).map((each) => ({value: String(each.number), count: sections.get(String(each.number)), label: sectionName(each.number)})), false),
    methods.size > 1 ? facet("method", "Found by", [...methods].map(([method, count]) => ({value: method, count, label: TERMS.method[method]})), false) : null,
  );
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
    make("span", {class: "number"}, count),
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

function markLegend() {
  byId("legend").querySelectorAll("[data-key]").forEach((box) => {
    box.checked = !state.off.has(box.dataset.key);
  });
  byId("plain").checked = state.plain;
  byId("reset").hidden = !isFiltered();
  const parts = [shown.claims.size === CLAIMS.length ? plural(CLAIMS.length, "claim") : `${shown.claims.size} of ${plural(CLAIMS.length, "claim")}`, shown.concepts.size === BOXES.length ? plural(BOXES.length, "concept") : `${shown.concepts.size} of ${plural(BOXES.length, "concept")}`];
  if (state.only !== null) parts.push(`within ${plural(state.reach, "step")} of ${labelOf(state.only)}`);
  fill(byId("status"), parts.join(" · "), isFiltered() ? [" ", button("Show all", resetFilters)] : null);
}
