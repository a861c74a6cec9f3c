// What is selected, filtered and in view. It lives in the address, so that a link shows the same.

const FACETS = {
  relation: (claim) => claim.relation,
  voice: (claim) => claim.voice,
  type: (claim) => claim.type,
  section: (claim) => (isCorpus ? claim.sectionKind : String(claim.section)),
  method: (claim) => claim.method,
};

const state = {
  view: "graph",
  selection: null,
  off: new Set(),
  plain: false,
  only: null, // a concept; what is within `reach` steps of it stays
  reach: 1,
  source: null, // of many texts, the one whose claims stay
  drawn: [], // of many concepts, those drawn beside the first: a name, or + and a name for its neighbours
  theme: "",
  ask: "", // a query of the project by its name, or another in full
};
const MAX_REACH = 3;
let hovered = null;

const listeners = [];
const onChange = (listener) => listeners.push(listener);
const notify = (what) => listeners.forEach((listener) => listener(what));

const isSame = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** Select something, or nothing. Selections are steps of the browser's history. */
function select(selection, {speak = true} = {}) {
  if (isSame(selection, state.selection)) return;
  state.selection = selection;
  hovered = null;
  if (selection) bringIn(anchorsOf(selection));
  remember(true);
  notify("selection");
  if (speak && selection) announce(selectionName(selection));
}

function hover(selection) {
  if (isSame(selection, hovered)) return;
  hovered = selection;
  notify("hover");
}

function show(view) {
  if (view === state.view) return;
  state.view = view;
  remember(true);
  notify("view");
}

function filter(change) {
  change();
  remember(false);
  notify("filter");
}

const resetFilters = () =>
  filter(() => {
    state.off.clear();
    state.plain = false;
    state.only = null;
    state.source = null;
  });

/** Keep only what is around a concept, or everything again. */
const showAround = (concept, reach = 1) =>
  filter(() => {
    state.only = concept;
    state.reach = reach;
    if (concept !== null && isChart && neighboursOf(concept).filter((name) => boxByConcept.has(name)).length < STEP) grow(concept);
  });

const isFiltered = () => state.off.size > 0 || state.plain || state.only !== null || state.source !== null;

// ── What is shown ─────────────────────────────────────────────────────────────────────────────

const isOff = (facet, value) => state.off.has(`${facet}.${value}`);

function isClaimShown(claim) {
  if (state.plain && claim.voice !== "asserted") return false;
  if (isOff("origin", "text")) return false;
  if (state.source !== null && claim.text.id !== state.source) return false;
  if (offFacets.some(([facet, value]) => isOff(facet, value(claim)))) return false;
  const ends = [claim.subject.concept, claim.object.concept];
  return ends.every((name) => name === null || isConceptAllowed(name)) && isNear(...ends);
}

const isConceptAllowed = (name) => !isOff("category", CONCEPTS[name]?.category);

let cores = new Set(); // the concepts all of whose arrows stay

/** Find what is fewer than `reach` steps from the one concept. */
function computeCores() {
  cores = new Set(state.only === null ? [] : [state.only]);
  for (let step = 1; step < state.reach; step += 1) {
    for (const name of [...cores]) for (const arrow of arrowsOf(name)) cores.add(arrow.subject).add(arrow.object);
  }
}

const isNear = (...ends) => state.only === null || ends.some((name) => cores.has(name));

/** Whether a chain or a background statement stays; an arrow of the text stays if a claim of it does. */
function isArrowShown(arrow) {
  if (isOff("origin", arrow.origin)) return false;
  if (![arrow.subject, arrow.object].every(isConceptAllowed)) return false;
  if (isOff("relation", arrow.relation)) return false;
  if (!isNear(arrow.subject, arrow.object)) return false;
  if (arrow.origin === "background") return true;
  return arrow.claims.some((pair) => pair.every((id) => !state.plain || claimById.get(id).voice === "asserted")) &&
    arrow.claims.some((pair) => (state.source === null || claimById.get(pair[1]).text.id === state.source) && !offFacets.some(([facet, value]) => isOff(facet, value(claimById.get(pair[1])))));
}

let shown = {claims: new Set(), arrows: new Set(), concepts: new Set()};

/** A set of everything, which need not be made. */
const all = (size) => ({size, has: () => true});

let offFacets = []; // of the facets of claims, those of which something is left out

function computeShown() {
  computeCores();
  offFacets = Object.entries(FACETS).filter(([facet]) => [...state.off].some((key) => key.startsWith(`${facet}.`)));
  if (!isFiltered()) {
    shown = {claims: all(CLAIMS.length), arrows: all(ARROWS.length), concepts: all(NAMES.length)};
    return;
  }
  const [claims, arrows, concepts] = [new Set(), new Set(), new Set()];
  CLAIMS.forEach((claim, index) => {
    if (!isClaimShown(claim)) return;
    claims.add(claim.id);
    if (CLAIM_COLUMNS.arrow[index] >= 0) arrows.add(CLAIM_COLUMNS.arrow[index]);
    else if (claim.subject.concept !== null) concepts.add(claim.subject.concept);
  });
  ARROWS.forEach((arrow) => {
    if (arrow.origin !== "text" && isArrowShown(arrow)) arrows.add(arrow.index);
  });
  for (const index of arrows) concepts.add(ARROWS[index].subject).add(ARROWS[index].object);
  if (state.only !== null) concepts.add(state.only);
  shown = {claims, arrows, concepts};
}

// ── What a selection lights up ────────────────────────────────────────────────────────────────

function focusOf(selection) {
  const focus = {claims: new Set(), arrows: new Set(), concepts: new Set()};
  if (selection === null) return focus;
  const addClaim = (id) => {
    const claim = claimById.get(id);
    if (!claim) return;
    focus.claims.add(id);
    for (const name of [claim.subject.concept, claim.object.concept]) if (name !== null) focus.concepts.add(name);
    const arrow = arrowOfClaim.get(id);
    if (arrow) focus.arrows.add(arrow.index);
  };
  const addArrow = (arrow) => {
    focus.arrows.add(arrow.index);
    focus.concepts.add(arrow.subject).add(arrow.object);
    claimIdsOf(arrow).forEach((id) => focus.claims.add(id));
  };
  if (selection.kind === "claim") addClaim(selection.id);
  if (selection.kind === "answer") {
    selection.claims.forEach(addClaim);
    selection.concepts.forEach((name) => focus.concepts.add(name));
  }
  if (selection.kind === "arrow") addArrow(ARROWS[selection.id]);
  if (selection.kind === "concept") {
    focus.concepts.add(selection.id);
    arrowsOf(selection.id).filter((arrow) => shown.arrows.has(arrow.index)).forEach(addArrow);
    CONCEPTS[selection.id].statements.forEach((id) => focus.claims.add(id));
  }
  if (selection.kind === "sentence") claimsOfSentence(selection.id).forEach((claim) => addClaim(claim.id));
  if (selection.kind === "tension") [TENSIONS[selection.id].first, TENSIONS[selection.id].second].forEach(addClaim);
  if (selection.kind === "path") {
    const path = findPaths(selection.from, selection.to)[selection.id];
    path?.forEach((step) => {
      step.arrows.forEach(addArrow);
      focus.concepts.add(step.subject).add(step.object);
    });
    if (!path) {
      focus.concepts.add(selection.from).add(selection.to);
      findTie(selection.from, selection.to).forEach(addArrow);
    }
  }
  return focus;
}

function claimsOfSentence(key) {
  const {text, number} = sentenceByKey(key);
  return text.claims.filter((claim) => claim.sentence === number);
}

/** The concepts that have to be drawn for a selection to be seen. */
function anchorsOf(selection) {
  if (selection.kind === "concept") return [selection.id];
  if (selection.kind === "path") return [selection.from, selection.to, ...focusOf(selection).concepts];
  return [...focusOf(selection).concepts].slice(0, STEP);
}

function selectionName(selection) {
  if (selection.kind === "claim") return `Claim: ${claimById.get(selection.id).label}`;
  if (selection.kind === "arrow") return arrowSentence(ARROWS[selection.id]);
  if (selection.kind === "concept") return `${labelOf(selection.id)}, ${plural(arrowsOf(selection.id).length, "arrow")}`;
  if (selection.kind === "sentence") return `Sentence ${sentenceByKey(selection.id).number}`;
  if (selection.kind === "tension") return TENSIONS[selection.id].reason;
  return `Paths from ${labelOf(selection.from)} to ${labelOf(selection.to)}`;
}

// ── The address ───────────────────────────────────────────────────────────────────────────────

function toHash() {
  const parts = new URLSearchParams();
  if (state.view !== "graph") parts.set("view", state.view);
  const chosen = state.selection;
  if (state.ask) parts.set("ask", state.ask);
  if (chosen && chosen.kind !== "answer") parts.set(chosen.kind, chosen.kind === "path" ? [chosen.from, chosen.to, chosen.id].join("|") : chosen.id);
  if (state.off.size) parts.set("off", [...state.off].sort().join(","));
  if (state.plain) parts.set("asserted", "only");
  if (state.only !== null) parts.set("around", state.only);
  if (state.only !== null && state.reach > 1) parts.set("reach", state.reach);
  if (state.source !== null) parts.set("in", state.source);
  if (state.drawn.length) parts.set("drawn", state.drawn.join("|"));
  if (state.theme) parts.set("theme", state.theme);
  return `#${parts}`;
}

let known = null;

function remember(isStep) {
  const hash = toHash();
  if (hash === known) return;
  known = hash;
  try {
    if (isStep) history.pushState(null, "", hash);
    else history.replaceState(null, "", hash);
  } catch {
    // In a frame of a notebook the page has no address of its own to keep it in.
  }
}

/** Read the address; what it names and the page does not have is left out. */
function recall() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const number = (text, limit) => (/^\d{1,9}$/.test(text ?? "") && Number(text) < limit ? Number(text) : null);
  state.view = ["table", "text", ...(byId("ask") ? ["ask"] : [])].includes(parts.get("view")) ? parts.get("view") : "graph";
  state.theme = ["dark", "light"].includes(parts.get("theme")) ? parts.get("theme") : "";
  state.ask = parts.get("ask") ?? "";
  state.plain = parts.get("asserted") === "only";
  state.only = isConcept(parts.get("around")) ? parts.get("around") : null;
  state.source = textById.has(parts.get("in")) ? parts.get("in") : null;
  state.reach = Math.max(1, number(parts.get("reach"), MAX_REACH + 1) ?? 1);
  state.off = new Set((parts.get("off") ?? "").split(",").filter(Boolean));
  state.selection = null;
  const [from, to, rank] = (parts.get("path") ?? "").split("|");
  if (claimById.has(parts.get("claim"))) state.selection = {kind: "claim", id: parts.get("claim")};
  else if (isConcept(parts.get("concept"))) state.selection = {kind: "concept", id: parts.get("concept")};
  else if (number(parts.get("arrow"), ARROWS.length) !== null) state.selection = {kind: "arrow", id: Number(parts.get("arrow"))};
  else if (sentenceByKey(parts.get("sentence"))) state.selection = {kind: "sentence", id: sentenceByKey(parts.get("sentence")).key};
  else if (number(parts.get("tension"), TENSIONS.length) !== null) state.selection = {kind: "tension", id: Number(parts.get("tension"))};
  else if (isConcept(from) && isConcept(to)) state.selection = {kind: "path", from, to, id: number(rank, 99) ?? 0};
  recallDrawn((parts.get("drawn") ?? "").split("|"));
  if (state.selection) bringIn(anchorsOf(state.selection));
  known = toHash();
  hovered = null;
}
