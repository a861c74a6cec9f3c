// Finding a concept by its names, or a claim by its words. What there is to find is gathered when the
// field is first used; of very many claims a part at a time, while the browser has nothing to do.

const MOST = 14;
const PART = 4000; // claims gathered in one go
const lowered = {concepts: null, claims: []};
let options = [];
let active = -1;

const whenIdle = window.requestIdleCallback ?? ((action) => setTimeout(action, 20));

function gatherConcepts() {
  lowered.concepts ??= NAMES.map((name) => {
    const {label, synonyms, identifiers} = CONCEPTS[name];
    return [label, ...synonyms, ...identifiers.map((each) => each.id)].map((text) => text.toLowerCase());
  });
}

function gatherClaims() {
  const from = lowered.claims.length;
  for (const claim of CLAIMS.slice(from, from + PART)) {
    lowered.claims.push([claim.label, claim.words(claim.quote), typeLabel(claim.type), ...claim.qualifiers.map(([, ...span]) => claim.words(span))].map((text) => text.toLowerCase()));
  }
  return lowered.claims.length < CLAIMS.length;
}

/** Gather the rest in idle time, then look again for what was asked meanwhile. */
function gatherRest() {
  if (lowered.claims.length >= CLAIMS.length) return;
  whenIdle(() => {
    if (gatherClaims()) gatherRest();
    else if (byId("find").value.trim() && document.activeElement === byId("find")) showFound(search(byId("find").value));
  });
}

/** How well texts match: 0 is the same, 9 not at all. */
function rankOf(texts, wanted) {
  let best = 9;
  for (const text of texts) {
    const at = text.indexOf(wanted);
    if (at < 0) continue;
    const rank = text.length === wanted.length ? 0 : at === 0 ? 1 : text.includes(` ${wanted}`) ? 2 : 3;
    if (rank < best) best = rank;
  }
  return best;
}

/** The best matches in a list, by their number. */
function bestOf(list, wanted, most) {
  const found = [];
  list.forEach((texts, index) => {
    const rank = rankOf(texts, wanted);
    if (rank < 9) found.push({rank, index});
  });
  return found.sort((a, b) => a.rank - b.rank || a.index - b.index).slice(0, most).map(({index}) => index);
}

const conceptEntry = (name) => ({
  selection: {kind: "concept", id: name},
  title: labelOf(name),
  note: [TERMS.category[CONCEPTS[name].category].label, ...CONCEPTS[name].synonyms, isDrawn(name) ? null : "not drawn yet"].filter(Boolean).join(" · "),
  category: CONCEPTS[name].category,
});
const claimEntry = (claim) => ({
  selection: {kind: "claim", id: claim.id},
  title: claim.label,
  note: isCorpus ? `${claim.text.title}: ${claim.words(claim.quote)}` : claim.words(claim.quote),
  category: null,
});

function search(query) {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return [];
  gatherConcepts();
  if (!lowered.claims.length) gatherClaims();
  const concepts = bestOf(lowered.concepts, wanted, isCorpus ? MOST - 5 : MOST).map((index) => conceptEntry(NAMES[index]));
  const claims = bestOf(lowered.claims, wanted, MOST - concepts.length).map((index) => claimEntry(CLAIMS[index]));
  return [...concepts, ...claims];
}

/** The concepts whose names match best. */
function matchNames(query) {
  gatherConcepts();
  const wanted = query.trim().toLowerCase();
  return wanted ? bestOf(lowered.concepts, wanted, 12).map((index) => NAMES[index]) : [];
}

function startSearch() {
  const field = byId("find");
  field.addEventListener("input", () => showFound(search(field.value)));
  field.addEventListener("focus", () => {
    gatherRest();
    showFound(search(field.value));
  });
  field.addEventListener("blur", () => setTimeout(closeFound, 150));
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      activate(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && options.length) {
      event.preventDefault();
      take(options[Math.max(active, 0)]);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (byId("found").hidden) field.value = "";
      closeFound();
    }
  });
}

function showFound(entries) {
  options = entries;
  active = -1;
  const list = byId("found");
  const isEmpty = !entries.length && byId("find").value.trim() !== "";
  fill(
    list,
    entries.map((entry, index) =>
      make("li", {role: "option", id: `found-${index}`, "aria-selected": "false", mousedown: (event) => { event.preventDefault(); take(entry); }}, entry.category ? symbol(entry.category) : make("span", {class: "quote-mark", "aria-hidden": "true"}, "“"), make("span", {class: "found-title", dir: "auto"}, entry.title), make("span", {class: "found-note", dir: "auto"}, entry.note)),
    ),
    isEmpty ? make("li", {class: "nothing", role: "option", "aria-disabled": "true", "aria-selected": "false"}, "Nothing found") : null,
  );
  list.hidden = !entries.length && !isEmpty;
  byId("find").setAttribute("aria-expanded", String(!list.hidden));
  byId("find").removeAttribute("aria-activedescendant");
  if (!list.hidden) announce(isEmpty ? "Nothing found" : `${plural(entries.length, "result")}`);
}

function activate(index) {
  if (!options.length) return;
  active = (index + options.length) % options.length;
  [...byId("found").children].forEach((item, at) => item.setAttribute("aria-selected", String(at === active)));
  byId("found").children[active].scrollIntoView({block: "nearest"});
  byId("find").setAttribute("aria-activedescendant", `found-${active}`);
}

function take(entry) {
  closeFound();
  byId("find").value = "";
  if (pathFrom !== null && entry.selection.kind === "concept") finishPath(entry.selection.id);
  else select(entry.selection);
  byId("detail").focus();
}

function closeFound() {
  byId("found").hidden = true;
  byId("find").setAttribute("aria-expanded", "false");
  byId("find").removeAttribute("aria-activedescendant");
}
