// Asking: SPARQL over the page's own triples. The engine is started when the view is first opened.

const ROW_LIMIT = 1000;
const SHOWN_LENGTH = 600; // characters of a cell
const FIRST_ROWS = 20; // in the table at first: to lay out hundreds takes longer than to find them
const MORE_ROWS = 100;
const FIRST_QUERY = "what-does-it-treat";
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%:()*+-;.=,?@^_`{|}~";

let pack = null; // a promise of what came with the page: queries, triples, the worker's program
let engine = null; // a promise of {worker, waiting}
let isReady = false; // it has answered
let answer = null;
let running = null; // a promise of the query that runs now

// The one place where an address becomes a program, and it takes none but our own.
const workerPolicy = globalThis.trustedTypes?.createPolicy("ask", {
  createScriptURL(url) {
    if (!url.startsWith("blob:")) throw new TypeError("only the page's own worker");
    return url;
  },
});

/** Take apart what page/ask.py packed: 85 digits, then gzip. */
async function unpack(id) {
  const values = new Uint8Array(128);
  Array.from(DIGITS, (digit, value) => (values[digit.charCodeAt(0)] = value));
  const text = byId(id).textContent;
  const missing = (5 - (text.length % 5)) % 5;
  const padded = text + "~".repeat(missing);
  const bytes = new Uint8Array((padded.length / 5) * 4);
  const view = new DataView(bytes.buffer);
  for (let from = 0, to = 0; from < padded.length; from += 5, to += 4) {
    let word = 0;
    for (let at = from; at < from + 5; at += 1) word = word * 85 + values[padded.charCodeAt(at)];
    view.setUint32(to, word);
  }
  const packed = new Blob([bytes.subarray(0, bytes.length - missing)]).stream();
  return new Response(packed.pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
}

const readPack = () => (pack ??= unpack("ask-data").then((bytes) => JSON.parse(new TextDecoder().decode(bytes))));

// ── The engine ────────────────────────────────────────────────────────────────────────────────

async function startEngine() {
  const [{worker: program, data}, code] = await Promise.all([readPack(), unpack("ask-engine")]);
  const address = URL.createObjectURL(new Blob([program], {type: "text/javascript"}));
  const worker = new Worker(workerPolicy ? workerPolicy.createScriptURL(address) : address);
  const started = {worker, waiting: new Map()};
  worker.onmessage = ({data: {id, ...reply}}) => {
    started.waiting.get(id)?.resolve(reply);
    started.waiting.delete(id);
  };
  worker.onerror = (event) => {
    event.preventDefault();
    started.waiting.forEach(({resolve}) => resolve({reason: event.message || "the engine could not be started", isBroken: true}));
    started.waiting.clear();
  };
  const reply = await call(started, "start", {engine: code, data}, [code]);
  URL.revokeObjectURL(address);
  if (reply.reason !== undefined) throw new Error(reply.reason);
  return started;
}

let calls = 0;

const call = ({worker, waiting}, kind, given, transfer = []) =>
  new Promise((resolve) => {
    calls += 1;
    waiting.set(calls, {resolve});
    worker.postMessage({id: calls, kind, ...given}, transfer);
  });

const readyEngine = () => (engine ??= startEngine());

/** End the engine, and with it whatever it is doing. The next query starts a new one. */
function endEngine() {
  const ended = engine;
  engine = null;
  isReady = false;
  ended?.then(({worker, waiting}) => {
    worker.terminate();
    waiting.forEach(({resolve}) => resolve({isEnded: true}));
  }, () => null);
}

// ── Asking ────────────────────────────────────────────────────────────────────────────────────

/** Run what the editor holds; one query at a time. */
const ask = () =>
  (running ??= answerQuery().finally(() => {
    running = null;
  }));

/** Run another query in place of the one that may be running. */
async function askInstead() {
  if (running) {
    endEngine();
    await running;
  }
  return ask();
}

async function answerQuery() {
  const text = byId("ask-text").value;
  showRunning(true);
  rememberQuery(text);
  markError(null);
  let reply;
  try {
    const started = await readyEngine();
    const from = performance.now();
    reply = await call(started, "run", {text, limit: ROW_LIMIT});
    reply.time = performance.now() - from;
    isReady = true;
  } catch (error) {
    reply = {reason: error.message, isBroken: true};
  }
  showRunning(false);
  if (reply.isBroken) endEngine();
  if (reply.isEnded) say("Cancelled");
  else if (reply.reason !== undefined) showError(text, reply);
  else showAnswer(reply.found, reply.time);
}

let runningTimer = 0;

/** Say that a query runs; of one that is answered at once nothing shows but its answer. */
function showRunning(isNow) {
  clearTimeout(runningTimer);
  byId("ask-answer").setAttribute("aria-busy", String(isNow));
  const show = () => {
    byId("ask-run").disabled = isNow;
    byId("ask-cancel").hidden = !isNow;
    if (isNow) say(engine ? "Asking …" : "Starting the engine …");
  };
  if (isNow && isReady) runningTimer = setTimeout(show, 150);
  else show();
}

function say(text, isAnnounced = true) {
  byId("ask-note").textContent = text;
  if (isAnnounced) announce(text);
}

// ── Errors ────────────────────────────────────────────────────────────────────────────────────

function showError(text, {reason, isBroken}) {
  const {line, what, prefix} = isBroken ? {line: null, what: `The engine gave up: ${reason.slice(0, 200)}. It starts anew with the next query.`} : explain(text, reason);
  answer = null;
  const message = line === null ? what : `Line ${line}: ${what}`;
  const error = make("p", {role: "alert"}, string(message));
  fill(
    byId("ask-answer"),
    make("div", {class: "ask-error"}, error, line === null ? null : button("Go to the line", () => goToLine(line))),
  );
  readPack().then(({prefixes}) => {
    if (prefix !== undefined && Object.hasOwn(prefixes, prefix)) error.after(button(`Declare ${prefix}:`, () => declare(prefix, prefixes[prefix])));
  });
  markError(line);
  say("", false);
}

function markError(line) {
  const field = byId("ask-text");
  if (line === null) field.removeAttribute("aria-invalid");
  else field.setAttribute("aria-invalid", "true");
}

function goToLine(line) {
  const field = byId("ask-text");
  const lines = field.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  field.focus();
  field.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  field.scrollTop = (line - 3) * parseFloat(getComputedStyle(field).lineHeight);
}

function declare(prefix, iri) {
  write(`PREFIX ${prefix}: <${iri}>\n${byId("ask-text").value}`);
  ask();
}

// ── The answer ────────────────────────────────────────────────────────────────────────────────

function showAnswer(found, time) {
  answer = found;
  const {form, columns, rows, isCut} = found;
  const took = time < 1 ? "under 1 ms" : `${Math.round(time)} ms`;
  const count = plural(rows.length, form === "CONSTRUCT" ? "triple" : "row").replace(/\d{4,}/, (digits) => Number(digits).toLocaleString("en"));
  const note = isCut ? `The first ${count} in ${took}; there are more. Narrow the query, or page with ORDER BY, LIMIT and OFFSET.` : `${count} in ${took}`;
  if (form === "ASK") {
    const yes = rows[0][0].value === "true";
    fill(byId("ask-answer"), make("p", {class: "ask-boolean"}, yes ? "Yes" : "No"));
    say(`${yes ? "Yes" : "No"}, in ${took}`);
    return;
  }
  const name = form === "CONSTRUCT" ? "Triples" : "Rows";
  fill(
    byId("ask-answer"),
    rows.length ? answerTable(name, columns, rows) : make("p", {class: "note"}, "Nothing in the graph answers this."),
    rows.length
      ? make("p", {class: "ask-save"}, button("Copy as CSV", () => copy(answerCsv(), "Answer")), button("Save as CSV", () => download(`${DATA.text.id}-answer.csv`, "text/csv;charset=utf-8", answerCsv())), form === "CONSTRUCT" ? button("Save as N-Triples", () => download(`${DATA.text.id}-answer.nt`, "application/n-triples;charset=utf-8", `${answer.lines.join("\n")}\n`)) : null)
      : null,
  );
  say(hasChain(byId("ask-text").value) ? `${note}. Take care: this engine reads a − b + c as a − (b + c), and a / b * c likewise; write parentheses.` : note);
  if (!isNarrow()) lightLater(found);
}

/** Light up an answer once its rows are seen, unless the reader has gone on by then. */
function lightLater(found) {
  const before = state.selection;
  requestAnimationFrame(() =>
    setTimeout(() => {
      if (answer === found && state.selection === before && state.view === "ask") light(thingsOf(found.rows.flat()));
    }),
  );
}

/** The table of an answer: its first rows, and more as the reader scrolls or asks for them. */
function answerTable(name, columns, rows) {
  const body = make("tbody");
  const more = button("", () => {
    add();
    announce(`${grouped(count)} of ${plural(rows.length, "row")} shown`);
    if (more.hidden) pane.focus();
  }, {class: "more"});
  let count = 0;
  const add = (many = MORE_ROWS) => {
    body.append(...rows.slice(count, count + many).map((row, at) => answerRow(row, count + at + 2)));
    count = Math.min(rows.length, count + many);
    more.textContent = `Show more (${grouped(count)} of ${grouped(rows.length)})`;
    more.hidden = count >= rows.length;
  };
  add(FIRST_ROWS);
  const pane = make(
    "div",
    {class: "scroll", tabindex: 0, role: "region", "aria-label": "Answer", scroll: () => more.hidden || pane.scrollTop + 2 * pane.clientHeight < pane.scrollHeight || add()},
    make(
      "table",
      {class: "answer", "aria-rowcount": rows.length + 1},
      make("caption", {class: "unseen"}, `${name} of the answer`),
      make("thead", {}, make("tr", {"aria-rowindex": 1}, columns.map((column) => make("th", {scope: "col"}, string(column))))),
      body,
    ),
    more,
  );
  return pane;
}

/** The concepts and claims of the page that terms name. */
function thingsOf(terms) {
  const claims = new Set();
  const concepts = new Set();
  for (const term of terms) {
    const thing = term?.type === "uri" ? thingOf(term.value) : null;
    if (thing?.kind === "claim") claims.add(thing.id);
    if (thing?.kind === "concept") concepts.add(thing.id);
  }
  return {kind: "answer", claims: [...claims], concepts: [...concepts]};
}

function thingOf(iri) {
  const {claim, concept} = DATA.bases;
  if (iri.startsWith(claim) && claimById.has(iri.slice(claim.length))) return {kind: "claim", id: iri.slice(claim.length)};
  if (iri.startsWith(concept) && isConcept(iri.slice(concept.length))) return {kind: "concept", id: iri.slice(concept.length)};
  return null;
}

/** Light up in the graph what is in the answer, and bring it near. */
function light(things) {
  select(things.claims.length || things.concepts.length ? things : null, {speak: false});
  const bounds = byId("canvas").getBoundingClientRect();
  const {places} = standing(network.getPositions());
  const boxes = [...focusOf(state.selection).concepts].map((name) => places.get(name)).filter(Boolean);
  if (!bounds.width || !boxes.length) return;
  const [left, right] = [Math.min(...boxes.map((b) => b.x - b.w / 2)), Math.max(...boxes.map((b) => b.x + b.w / 2))];
  const [top, bottom] = [Math.min(...boxes.map((b) => b.y - b.h / 2)), Math.max(...boxes.map((b) => b.y + b.h / 2))];
  const scale = Math.min(bounds.width / (right - left + 60), bounds.height / (bottom - top + 40), 1);
  const at = network.getViewPosition();
  if (Math.abs(network.getScale() - scale) < 0.001 && Math.hypot(at.x - (left + right) / 2, at.y - (top + bottom) / 2) * scale < 1) return;
  network.moveTo({position: {x: (left + right) / 2, y: (top + bottom) / 2}, scale, animation: !calm() && {duration: 250}});
}

function answerRow(terms, number) {
  const things = thingsOf(terms);
  const [claim] = things.claims;
  const [concept] = things.concepts;
  const first = claim !== undefined ? {kind: "claim", id: claim} : concept !== undefined ? {kind: "concept", id: concept} : null;
  // The row is a larger target for the pointer; its buttons are what the keyboard uses.
  const open = (event) => {
    if (first && !event.target.closest("a, button") && !String(getSelection())) select(first);
  };
  return make("tr", {"aria-rowindex": number, ...(first ? {class: "known", click: open, mouseenter: () => hover(things), mouseleave: () => hover(null)} : {})}, terms.map((term) => make("td", {class: isNumber(term) ? "number" : false}, term === null ? null : termBody(term))));
}

const isNumber = (term) => /#(integer|decimal|double|float)$/.test(term?.datatype ?? "");

function termBody(term) {
  const shown = term.value.length > SHOWN_LENGTH ? `${term.value.slice(0, SHOWN_LENGTH)}… (${term.value.length} characters)` : term.value;
  if (term.type !== "uri") return make("bdi", {class: "string", lang: term["xml:lang"] ?? false}, term.type === "bnode" ? `_:${shown}` : shown);
  const thing = thingOf(term.value);
  if (thing?.kind === "concept") return button([symbol(CONCEPTS[thing.id].category), string(labelOf(thing.id))], () => select(thing), {class: "concept", focus: () => hover(thing), blur: () => hover(null)});
  if (thing?.kind === "claim") return button(string(shorten(term.value)), () => select(thing), {class: "concept code", "aria-label": `Show the claim ${claimById.get(thing.id).label}`, focus: () => hover(thing), blur: () => hover(null)});
  return make("span", {class: "code"}, link(term.value, shorten(shown)));
}

let prefixes = [];

function shorten(iri) {
  for (const [prefix, base] of prefixes) if (iri.startsWith(base) && /^[A-Za-z0-9_.-]+$/.test(iri.slice(base.length))) return `${prefix}:${iri.slice(base.length)}`;
  return iri;
}

const answerCsv = () => csvText([answer.columns, ...answer.rows.map((row) => row.map((term) => (term === null ? "" : term.type === "bnode" ? `_:${term.value}` : term.value)))]);
