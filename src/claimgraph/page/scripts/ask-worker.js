// The engine's side of asking: it runs in a worker of its own, so that a query can be ended.
// The names `initSync` and `Store` come from Oxigraph, which stands before this.

let store = null;
let nothing = null; // an empty store: its parser says what is well-formed, and asking it is free

const ACTIONS = {
  start({engine, data}) {
    initSync({module: engine});
    nothing = new Store();
    store = new Store();
    // With `no_transaction` this would take longer.
    store.load(writeQuads(data), {format: "application/n-quads", lenient: true});
    return {size: store.size};
  },
  run({text, limit}) {
    const {form, asked, options} = read(text, limit);
    if (form === "CONSTRUCT") return triples(store.query(asked, options), limit);
    const found = JSON.parse(store.query(asked, {...options, results_format: "json"}));
    if (form === "ASK") return {form, columns: ["answer"], rows: [[{type: "literal", value: String(found.boolean), datatype: `${XSD}boolean`}]], isCut: false};
    const {vars} = found.head;
    const rows = found.results.bindings;
    return {form, columns: vars, rows: rows.slice(0, limit).map((row) => vars.map((name) => (Object.hasOwn(row, name) ? row[name] : null))), isCut: rows.length > limit};
  },
};

/** Write out as N-Quads what page/ask.py laid out as columns. */
function writeQuads({terms, graphs, subjects, predicates, objects}) {
  let [graph, subject] = [0, 0];
  const lines = graphs.map((step, at) => {
    graph += step;
    subject += subjects[at];
    return `${terms[subject]} ${terms[predicates[at]]} ${terms[objects[at]]} ${terms[graph]} .\n`;
  });
  return lines.join("");
}

let lastRead = {text: null};

/** Find out what a query is and how to ask it; of the one asked before it is known. */
function read(text, limit) {
  if (lastRead.text === text && lastRead.limit === limit) return lastRead;
  if (needsWord(text, "service") && !syntaxError(text)) throw new Error("SERVICE asks another server, and this page never does");
  const form = formOf(text);
  // As outside the page: a query is about all graphs, unless it says itself which.
  const options = {use_default_graph_as_union: !needsWord(text, "from")};
  const limited = `${text}\nLIMIT ${limit + 1}`;
  lastRead = {text, limit, form, options, asked: syntaxError(limited) ? text : limited};
  return lastRead;
}

/** Whether a query is none any more without a word: then it uses it, and not only as part of a name. */
const needsWord = (text, word) => text.toLowerCase().includes(word) && syntaxError(mask(text, word));

const XSD = "http://www.w3.org/2001/XMLSchema#";
const TYPES = {NamedNode: "uri", BlankNode: "bnode", Literal: "literal"};

/** Each triple once, in order; `text` of a row is the triple as N-Triples has it. */
function triples(quads, limit) {
  const rows = new Map(quads.slice(0, limit).map((quad) => [`${quad.subject} ${quad.predicate} ${quad.object} .`, [quad.subject, quad.predicate, quad.object].map(cell)]));
  const ordered = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  return {form: "CONSTRUCT", columns: ["subject", "predicate", "object"], rows: ordered.map(([, row]) => row), lines: ordered.map(([line]) => line), isCut: quads.length > limit};
}

function cell(term) {
  const plain = {type: TYPES[term.termType] ?? "literal", value: term.termType in TYPES ? term.value : String(term)};
  if (term.termType !== "Literal") return plain;
  return term.language ? {...plain, "xml:lang": term.language} : {...plain, datatype: term.datatype.value};
}

/** What kind of query it is: the answer of an empty store shows it. */
function formOf(text) {
  const answer = nothing.query(text, {results_format: "json"});
  if (answer.startsWith("[")) return "CONSTRUCT";
  return "boolean" in JSON.parse(answer) ? "ASK" : "SELECT";
}

/** Overwrite a word, in any case and anywhere, by letters that mean nothing in SPARQL; as queries/guard.py. */
function mask(text, word) {
  const lower = text.toLowerCase();
  let filler = "q".repeat(word.length);
  for (const letter of "xzjqvk") {
    if (!lower.includes(letter.repeat(word.length))) {
      filler = letter.repeat(word.length);
      break;
    }
  }
  return text.replace(new RegExp(word, "gi"), filler);
}

function syntaxError(text) {
  try {
    nothing.query(text);
  } catch (error) {
    return /^error at \d+:\d+: /.test(error.message);
  }
  return false;
}

self.onmessage = ({data: {id, kind, ...given}}) => {
  try {
    self.postMessage({id, found: ACTIONS[kind](given)});
  } catch (error) {
    // What WebAssembly itself throws leaves the engine unfit for more.
    self.postMessage({id, reason: String(error?.message ?? error), isBroken: error instanceof WebAssembly.RuntimeError || error instanceof RangeError});
  }
};
