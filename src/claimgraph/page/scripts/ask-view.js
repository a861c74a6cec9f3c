// The view of asking: a menu of the project's queries, their parameters, and the editor.

let opened = null;

function startAsk() {
  const field = byId("ask-text");
  byId("ask-run").addEventListener("click", ask);
  byId("ask-cancel").addEventListener("click", endEngine);
  byId("ask-menu").addEventListener("change", async (event) => {
    if (!event.target.value) return;
    await chooseQuery(event.target.value);
    askInstead();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      ask();
    } else if (event.key === "Enter" && !event.shiftKey && !event.altKey) {
      const indent = /^[ \t]*/.exec(field.value.slice(field.value.lastIndexOf("\n", field.selectionStart - 1) + 1, field.selectionStart))[0];
      if (!indent) return;
      event.preventDefault();
      insert(`\n${indent}`);
    } else if (event.key === "Escape" && running) endEngine();
  });
  field.addEventListener("input", () => showParameters());
}

/** Called whenever the view is shown, and when the address has changed. */
async function openAsk() {
  if (state.view !== "ask") {
    if (opened !== null) requestAnimationFrame(place); // the graph has the whole pane again
    opened = null;
    return;
  }
  if (opened === null) requestAnimationFrame(place);
  const wanted = state.ask || FIRST_QUERY;
  if (opened === wanted) return;
  opened = wanted;
  readyEngine().catch(() => null); // what is wrong with it shows when it is asked
  try {
    await readPack();
  } catch (error) {
    say(`This browser cannot unpack the queries: ${error.message}`);
    return;
  }
  const {queries, prefixes: known} = await readPack();
  prefixes = Object.entries(known).sort(([, a], [, b]) => b.length - a.length);
  fillMenu(queries);
  if (queries.some(({name}) => name === wanted)) {
    await chooseQuery(wanted);
    askInstead();
  } else {
    // A query that came with a link waits: to run it is for the reader to decide.
    write(wanted);
    say("This query came with the link. Run it with Ctrl+Enter.");
  }
}

function fillMenu(queries) {
  const menu = byId("ask-menu");
  if (menu.options.length) return;
  const group = (label, isCheck) => make("optgroup", {label}, queries.filter((query) => query.isCheck === isCheck).map(({name, summary}) => make("option", {value: name}, summary)));
  fill(menu, make("option", {value: ""}, "Your own query"), group("Questions", false), group("Checks: nothing is to be found", true));
}

async function chooseQuery(name) {
  const {queries} = await readPack();
  const query = queries.find((each) => each.name === name);
  write(query ? bodyOf(query) : "");
}

/** A query without its head: the menu says what it asks. */
const bodyOf = ({text}) => text.replace(/^(?:#\+.*\n)+\n*/, "").trimEnd() + "\n";

function write(text) {
  byId("ask-text").value = text;
  showFrom(/^[ \t]*(?:select|ask|construct|describe)\b/im.exec(text)?.index ?? 0);
  markError(null);
  showParameters();
}

/** Scroll the editor to where the query itself begins, behind its prefixes. */
function showFrom(offset) {
  const field = byId("ask-text");
  field.scrollTop = (field.value.slice(0, offset).split("\n").length - 1) * parseFloat(getComputedStyle(field).lineHeight);
}

/** Put text where the cursor is, as typing would, so that it can be undone. */
function insert(text) {
  const field = byId("ask-text");
  if (document.execCommand("insertText", false, text)) return;
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
}

/** Keep in the address what is asked: a query of the project by its name, another in full. */
async function rememberQuery(text) {
  const {queries} = await readPack();
  const known = queries.find((query) => bodyOf(query) === text);
  opened = known ? known.name : text;
  byId("ask-menu").value = known?.name ?? "";
  if (state.ask === opened) return;
  state.ask = opened;
  remember(true);
}

// ── Parameters ────────────────────────────────────────────────────────────────────────────────

const valuesOf = (text) => [...text.matchAll(/^[ \t]*VALUES \?(\w+) \{ (<[^<>\s]*>|"(?:[^"\\\n]|\\.)*") \}$/gm)].map(([line, name, term]) => ({line, name, term}));

/** Offer a field for each value that the query holds in a line of its own. */
async function showParameters() {
  const {queries} = await readPack();
  const text = byId("ask-text").value;
  const named = new Map(queries.flatMap(({parameters}) => parameters.map(({name, kinds}) => [name, kinds])));
  const found = valuesOf(text).filter(({name}) => named.has(name));
  const row = byId("ask-parameters");
  const key = JSON.stringify(found.map(({name, term}) => [name, term]));
  if (row.dataset.key === key) return;
  row.dataset.key = key;
  fill(row, found.map(({name, term}) => make("label", {}, `${name} `, parameterField(name, term, named.get(name)))));
}

/** The text of a literal; its escapes are those of JSON, and an apostrophe. */
const textOf = (term) => JSON.parse(term.replaceAll("\\'", "'"));

function parameterField(name, term, kinds) {
  const change = (event) => {
    const value = term.startsWith("<") ? `<${DATA.bases.concept}${event.target.value}>` : turtleText(event.target.value);
    const field = byId("ask-text");
    const old = valuesOf(field.value).find((each) => each.name === name);
    if (!old) return;
    field.value = field.value.replace(old.line, () => old.line.replace(old.term, () => value));
    term = value;
    byId("ask-parameters").dataset.key = JSON.stringify(valuesOf(field.value).map((each) => [each.name, each.term]));
    askInstead();
  };
  if (!term.startsWith("<")) return make("input", {type: "text", value: textOf(term), change});
  const chosen = term.slice(1 + DATA.bases.concept.length, -1);
  const names = BOXES.map(({concept}) => concept).filter((concept) => kinds.includes("Entity") || kinds.includes(CONCEPTS[concept].category));
  if (!names.includes(chosen)) names.push(chosen);
  return make("select", {change}, names.sort((a, b) => labelOf(a).localeCompare(labelOf(b), "en")).map((concept) => make("option", {value: concept, selected: concept === chosen}, labelOf(concept))));
}
