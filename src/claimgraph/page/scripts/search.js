// Finding a concept by its names, or a claim by its words.

const ENTRIES = [
  ...BOXES.map(({concept}) => ({
    selection: {kind: "concept", id: concept},
    title: labelOf(concept),
    note: [TERMS.category[CONCEPTS[concept].category].label, ...CONCEPTS[concept].synonyms].join(" · "),
    category: CONCEPTS[concept].category,
    texts: [labelOf(concept), ...CONCEPTS[concept].synonyms, ...CONCEPTS[concept].identifiers.map((each) => each.id)].map((text) => text.toLowerCase()),
  })),
  ...CLAIMS.map((claim) => ({
    selection: {kind: "claim", id: claim.id},
    title: claim.label,
    note: words(claim.quote),
    category: null,
    texts: [claim.label, words(claim.quote), typeLabel(claim.type), ...claim.qualifiers.map(([, ...span]) => words(span))].map((text) => text.toLowerCase()),
  })),
];
const MOST = 14;
let options = [];
let active = -1;

function search(query) {
  const wanted = query.trim().toLowerCase();
  if (!wanted) return [];
  const score = ({texts}) => {
    const best = texts.map((text) => (text === wanted ? 0 : text.startsWith(wanted) ? 1 : text.includes(` ${wanted}`) ? 2 : text.includes(wanted) ? 3 : 9));
    return Math.min(...best);
  };
  return ENTRIES.map((entry, index) => ({entry, index, rank: score(entry)}))
    .filter(({rank}) => rank < 9)
    .sort((a, b) => (a.entry.category === null) - (b.entry.category === null) || a.rank - b.rank || a.index - b.index)
    .slice(0, MOST)
    .map(({entry}) => entry);
}

function startSearch() {
  const field = byId("find");
  field.addEventListener("input", () => showFound(search(field.value)));
  field.addEventListener("focus", () => showFound(search(field.value)));
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
  select(entry.selection);
  byId("detail").focus();
}

function closeFound() {
  byId("found").hidden = true;
  byId("find").setAttribute("aria-expanded", "false");
  byId("find").removeAttribute("aria-activedescendant");
}
