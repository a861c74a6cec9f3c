// The table: every claim the filters leave, in full. It is the equal of the graph, not its index.

const COLUMNS = [
  {name: "Sentence", value: (claim) => (isCorpus ? `${claim.text.id} ${claim.sentence}` : claim.sentence), key: (claim) => claim.index},
  {name: "Type", value: (claim) => typeLabel(claim.type)},
  {name: "Subject", value: claimSubject},
  {name: "Relation", value: (claim) => phraseOf(claim.relation)},
  {name: "Object", value: claimObject},
  {name: "How", value: (claim) => VOICES[claim.voice]},
  {name: "Words", value: (claim) => claim.words(claim.quote)},
];
let sorting = {column: 0, isDown: false};
let needle = "";
const PAGE = 100; // rows shown at once, where there are many
const FEW = 500; // up to this many are all shown
let rows = [];
let page = 0;

function startTable() {
  const field = make("input", {
    type: "search",
    id: "table-filter",
    placeholder: "Filter the rows",
    input: () => {
      needle = field.value.trim().toLowerCase();
      page = 0;
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
      make("p", {class: "empty", id: "no-rows", hidden: true}),
    ),
    make(
      "nav",
      {class: "pages", id: "pages", "aria-label": "Pages of the table", hidden: true},
      button("First", () => turnTo(0)),
      button("Previous", () => turnTo(page - 1)),
      make("label", {}, "Page ", make("input", {type: "number", min: 1, id: "page", change: (event) => turnTo(Math.trunc(Number(event.target.value)) - 1)})),
      make("span", {id: "page-count"}),
      button("Next", () => turnTo(page + 1)),
      button("Last", () => turnTo(Infinity)),
    ),
  );
}

const lastPage = () => (rows.length <= FEW ? 0 : Math.ceil(rows.length / PAGE) - 1);

/** Show a page of the table. */
function turnTo(wanted) {
  page = Math.max(0, Math.min(lastPage(), wanted || 0));
  showPage();
  byId("table").querySelector(".scroll").scrollTop = 0;
  announce(`Page ${grouped(page + 1)} of ${grouped(lastPage() + 1)}`);
}

function showPage() {
  page = Math.min(page, lastPage());
  const isPaged = lastPage() > 0;
  const from = isPaged ? page * PAGE : 0;
  const here = isPaged ? rows.slice(from, from + PAGE) : rows;
  const table = byId("table").querySelector("table");
  table.setAttribute("aria-rowcount", String(rows.length + 1));
  fill(table.querySelector("tbody"), here.map((claim, at) => row(claim, from + at + 2)));
  byId("no-rows").textContent = CLAIMS.length ? "No claim is left. Take back a filter, or what is typed above." : NO_CLAIM;
  byId("no-rows").hidden = rows.length > 0;
  byId("pages").hidden = !isPaged;
  byId("page").value = String(page + 1);
  byId("page").max = String(lastPage() + 1);
  byId("page-count").textContent = `of ${grouped(lastPage() + 1)}, rows ${grouped(from + 1)} to ${grouped(from + here.length)}`;
  byId("pages").querySelectorAll("button").forEach((each, at) => (each.disabled = at < 2 ? page === 0 : page === lastPage()));
  markTable();
}

function rowsShown() {
  const left = CLAIMS.filter((claim) => shown.claims.has(claim.id)).filter((claim) => !needle || COLUMNS.some((column) => String(column.value(claim)).toLowerCase().includes(needle)));
  const {key, value} = COLUMNS[sorting.column];
  if (!key) {
    const keyed = left.map((claim) => ({claim, of: String(value(claim)).toLowerCase()}));
    keyed.sort((a, b) => (a.of < b.of ? -1 : a.of > b.of ? 1 : a.claim.index - b.claim.index));
    keyed.forEach(({claim}, at) => (left[at] = claim));
  }
  return sorting.isDown ? left.reverse() : left;
}

function sortBy(column) {
  page = 0;
  sorting = {column, isDown: sorting.column === column && !sorting.isDown};
  fillRows();
  announce(`Sorted by ${COLUMNS[column].name.toLowerCase()}, ${sorting.isDown ? "descending" : "ascending"}`);
}

/** Work out the rows; while the table is not seen, only their number. */
function fillRows() {
  isStale = state.view !== "table";
  if (!isStale || CLAIMS.length <= FEW) rows = rowsShown();
  byId("table").querySelectorAll("th").forEach((cell, index) => {
    if (index === sorting.column) cell.setAttribute("aria-sort", sorting.isDown ? "descending" : "ascending");
    else cell.removeAttribute("aria-sort");
  });
  byId("row-count").textContent = rows.length === CLAIMS.length ? plural(rows.length, "claim") : `${grouped(rows.length)} of ${plural(CLAIMS.length, "claim")}`;
  showPage();
}

let isStale = true;

/** Bring the table up to date when it comes into view. */
function showTable() {
  if (isStale) fillRows();
  scrollTable();
}

// Roles are said outright: on a small screen the rows are laid out as cards.
const cell = (attributes, ...children) => make("td", {role: "cell", ...attributes}, ...children);

function row(claim, number) {
  const open = () => select({kind: "claim", id: claim.id});
  return make(
    "tr",
    {role: "row", "aria-rowindex": number, "data-claim": claim.id, click: open, mouseenter: () => hover({kind: "claim", id: claim.id}), mouseleave: () => hover(null)},
    cell({}, button(String(claim.sentence), open, {title: isCorpus && claim.text.title, "aria-label": `${isCorpus ? `${claim.text.title}, s` : "S"}entence ${claim.sentence}, show the claim ${claim.label}`})),
    cell({class: "type"}, make("span", {class: `dot rel-${TERMS.relation[claim.relation].group}`, "aria-hidden": "true"}), typeLabel(claim.type)),
    cell({class: "side"}, string(claimSubject(claim))),
    cell({class: `side rel-${TERMS.relation[claim.relation].group}${claim.voice === "denied" ? " denied" : ""}`}, phraseOf(claim.relation)),
    cell({class: "side"}, string(claimObject(claim))),
    cell({class: `how voice-${claim.voice}`}, sign(claim.voice), ` ${VOICES[claim.voice]}`),
    cell({class: "words", lang: claim.text.language}, string(claim.words(claim.quote)), isCorpus ? make("span", {class: "from"}, string(claim.text.title)) : null),
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

/** Bring the rows of what is selected into view, from another page if need be. */
function scrollTable() {
  if (state.view !== "table") return;
  const find = () => byId("table").querySelector("tr.lit");
  if (!find() && lastPage() > 0) {
    const focus = focusOf(state.selection).claims;
    const at = focus.size ? rows.findIndex((claim) => focus.has(claim.id)) : -1;
    if (at >= 0) {
      page = Math.floor(at / PAGE);
      showPage();
    }
  }
  const line = find();
  if (line) line.scrollIntoView({block: "nearest", behavior: calm() ? "auto" : "smooth"});
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
