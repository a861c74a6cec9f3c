// The table: every claim the filters leave, in full. It is the equal of the graph, not its index.

const COLUMNS = [
  {name: "Sentence", value: (claim) => claim.sentence, key: (claim) => claim.index},
  {name: "Type", value: (claim) => typeLabel(claim.type)},
  {name: "Subject", value: claimSubject},
  {name: "Relation", value: (claim) => phraseOf(claim.relation)},
  {name: "Object", value: claimObject},
  {name: "How", value: (claim) => VOICES[claim.voice]},
  {name: "Words", value: (claim) => words(claim.quote)},
];
let sorting = {column: 0, isDown: false};
let needle = "";

function startTable() {
  const field = make("input", {
    type: "search",
    id: "table-filter",
    placeholder: "Filter the rows",
    input: () => {
      needle = field.value.trim().toLowerCase();
      fillRows();
    },
  });
  fill(
    byId("table"),
    make(
      "div",
      {class: "table-tools"},
      make("label", {for: "table-filter", class: "unseen"}, "Filter the rows"),
      field,
      make("span", {id: "row-count", role: "status"}),
      button("Copy as CSV", () => copy(toCsv(rowsShown()), "Table")),
      button("Save as CSV", () => download(`${DATA.text.id}-claims.csv`, "text/csv;charset=utf-8", toCsv(rowsShown()))),
    ),
    make(
      "div",
      {class: "scroll", tabindex: 0, role: "region", "aria-label": "Claims"},
      make(
        "table",
        {class: "claims", role: "table"},
        make("caption", {class: "unseen"}, "All claims the filters leave, with the words they rest on"),
        make("thead", {role: "rowgroup"}, make("tr", {role: "row"}, COLUMNS.map((column, index) => make("th", {scope: "col", role: "columnheader"}, button(column.name, () => sortBy(index)))))),
        make("tbody", {role: "rowgroup"}),
      ),
    ),
  );
}

function rowsShown() {
  const rows = CLAIMS.filter((claim) => shown.claims.has(claim.id)).filter((claim) => !needle || COLUMNS.some((column) => String(column.value(claim)).toLowerCase().includes(needle)));
  const {key, value} = COLUMNS[sorting.column];
  const of = key ?? ((claim) => String(value(claim)).toLowerCase());
  rows.sort((a, b) => (of(a) < of(b) ? -1 : of(a) > of(b) ? 1 : a.index - b.index));
  return sorting.isDown ? rows.reverse() : rows;
}

function sortBy(column) {
  sorting = {column, isDown: sorting.column === column && !sorting.isDown};
  fillRows();
  announce(`Sorted by ${COLUMNS[column].name.toLowerCase()}, ${sorting.isDown ? "descending" : "ascending"}`);
}

function fillRows() {
  const rows = rowsShown();
  byId("table").querySelectorAll("th").forEach((cell, index) => {
    if (index === sorting.column) cell.setAttribute("aria-sort", sorting.isDown ? "descending" : "ascending");
    else cell.removeAttribute("aria-sort");
  });
  fill(byId("table").querySelector("tbody"), rows.map(row));
  byId("row-count").textContent = rows.length === CLAIMS.length ? plural(rows.length, "claim") : `${rows.length} of ${plural(CLAIMS.length, "claim")}`;
  markTable();
}

// Roles are said outright: on a small screen the rows are laid out as cards.
const cell = (attributes, ...children) => make("td", {role: "cell", ...attributes}, ...children);

function row(claim) {
  const open = () => select({kind: "claim", id: claim.id});
  return make(
    "tr",
    {role: "row", "data-claim": claim.id, click: open, mouseenter: () => hover({kind: "claim", id: claim.id}), mouseleave: () => hover(null)},
    cell({}, button(String(claim.sentence), open, {"aria-label": `Sentence ${claim.sentence}, show the claim ${claim.label}`})),
    cell({class: "type"}, make("span", {class: `dot rel-${TERMS.relation[claim.relation].group}`, "aria-hidden": "true"}), typeLabel(claim.type)),
    cell({class: "side"}, string(claimSubject(claim))),
    cell({class: `side rel-${TERMS.relation[claim.relation].group}${claim.voice === "denied" ? " denied" : ""}`}, phraseOf(claim.relation)),
    cell({class: "side"}, string(claimObject(claim))),
    cell({class: `how voice-${claim.voice}`}, sign(claim.voice), ` ${VOICES[claim.voice]}`),
    cell({class: "words", lang: DATA.text.language}, string(words(claim.quote))),
  );
}

function markTable() {
  const focus = focusOf(state.selection).claims;
  const over = focusOf(hovered).claims;
  byId("table").querySelectorAll("tbody tr").forEach((line) => {
    line.classList.toggle("lit", focus.has(line.dataset.claim));
    line.classList.toggle("over", over.has(line.dataset.claim));
  });
}

function scrollTable() {
  const line = byId("table").querySelector("tr.lit");
  if (line && state.view === "table") line.scrollIntoView({block: "nearest", behavior: calm() ? "auto" : "smooth"});
}

/** RFC 4180; a cell that a spreadsheet would run gets an apostrophe before it. */
function csvText(lines) {
  const quote = (value) => {
    const text = String(value ?? "");
    const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return lines.map((line) => line.map(quote).join(",")).join("\r\n") + "\r\n";
}

const toCsv = (rows) => csvText([["claim", ...COLUMNS.map((column) => column.name.toLowerCase())], ...rows.map((claim) => [claim.id, ...COLUMNS.map((column) => column.value(claim))])]);
