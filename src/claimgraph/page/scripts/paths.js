// Mechanism paths, by the same rules as claimgraph.network.mechanism_paths.

const CERTAINTIES = ["asserted", "possible", "projected", "intended"];
const MAX_STEPS = 9;
const MAX_PATHS = 6;
const MAX_FOUND = 500; // compared with one another
const MAX_WORK = 400_000; // steps tried
let pathFrom = null;

/** The steps that a mechanism may take, by where they lead from and to. */
const allSteps = lazily(() => {
  const [from, to] = [new Map(), new Map()];
  for (const step of DATA.steps.map((row) => new Step(row))) {
    for (const [map, end] of [[from, step.subject], [to, step.object]]) {
      if (!map.has(end)) map.set(end, []);
      map.get(end).push(step);
    }
  }
  return {from, to};
});
const stepsFrom = (name) => allSteps().from.get(name) ?? [];
const stepsTo = (name) => allSteps().to.get(name) ?? [];

const compareNames = (a, b) => {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return a.length - b.length;
};

/** How many steps it is at least from each concept to one. */
function stepsLeft(to, mayUse) {
  const left = new Map([[to, 0]]);
  const reached = [to];
  for (const name of reached) {
    for (const step of stepsTo(name)) {
      if (left.has(step.subject) || !mayUse(step)) continue;
      left.set(step.subject, left.get(name) + 1);
      reached.push(step.subject);
    }
  }
  return left;
}

/** The shortest way over claims of any kind, whatever their direction: arrows, or nothing. */
function findTie(from, to) {
  const came = new Map([[from, null]]);
  const reached = [from];
  for (const name of reached) {
    if (name === to) break;
    for (const arrow of arrowsOf(name)) {
      const other = arrow.subject === name ? arrow.object : arrow.subject;
      if (came.has(other) || arrow.origin === "chain") continue;
      came.set(other, arrow);
      reached.push(other);
    }
  }
  if (from === to || !came.has(to)) return [];
  const arrows = [];
  for (let name = to; name !== from; ) {
    const arrow = came.get(name);
    arrows.unshift(arrow);
    name = arrow.subject === name ? arrow.object : arrow.subject;
  }
  return arrows;
}

/** The shortest paths: short before long, the text's own before background, then by name. */
function findPaths(from, to, isTextOnly = isOff("origin", "background")) {
  const asked = JSON.stringify([from, to, isTextOnly]);
  if (lastPaths.asked !== asked) lastPaths = {asked, paths: from === to ? [] : searchPaths(from, to, isTextOnly)};
  return lastPaths.paths;
}

let lastPaths = {asked: null, paths: []}; // asked for again by each view

function searchPaths(from, to, isTextOnly) {
  const mayUse = (step) => !(isTextOnly && step.origin === "background");
  const left = stepsLeft(to, mayUse);
  const found = [];
  let work = 0;
  const walk = (steps, names, length) => {
    for (const step of stepsFrom(names.at(-1))) {
      work += 1;
      if (work > MAX_WORK || found.length >= MAX_FOUND) return;
      // No way on from here is short enough, or it comes back to where it was.
      if (!mayUse(step) || !((left.get(step.object) ?? Infinity) < length - steps.length) || names.includes(step.object)) continue;
      if (step.object !== to) walk([...steps, step], [...names, step.object], length);
      else if (steps.length + 1 === length) found.push({steps: [...steps, step], names: [...names, to]});
    }
  };
  for (let length = left.get(from) ?? Infinity; length <= MAX_STEPS && found.length < MAX_PATHS && work <= MAX_WORK; length += 1) walk([], [from], length);
  const background = (path) => path.steps.filter((step) => step.origin === "background").length;
  found.sort((a, b) => a.steps.length - b.steps.length || background(a) - background(b) || compareNames(a.names, b.names));
  return found.slice(0, MAX_PATHS).map((path) => path.steps);
}

const weakest = (steps) => CERTAINTIES[Math.max(...steps.map((step) => CERTAINTIES.indexOf(step.certainty)))];

/** Begin a path at a concept; the next concept chosen ends it. */
function beginPath(from) {
  pathFrom = from;
  const hint = byId("hint");
  fill(hint, "Path from ", string(labelOf(from), "strong"), ": choose where it leads. ", button("Cancel", cancelPath));
  hint.hidden = false;
  announce(`Path from ${labelOf(from)}: choose where it leads`);
}

function cancelPath() {
  pathFrom = null;
  byId("hint").hidden = true;
}

function finishPath(to) {
  const from = pathFrom;
  cancelPath();
  if (from !== to) select({kind: "path", from, to, id: 0});
}

function pathForm(from, to) {
  if (isChart) return wideForm(from ?? DATA.hub, to ?? preferredEnd());
  const starts = [...allSteps().from.keys()];
  const ends = [...allSteps().to.keys()];
  const chooser = (id, names, chosen) => {
    const list = [...new Set([...names, chosen].filter(Boolean))].sort((a, b) => (labelOf(a) < labelOf(b) ? -1 : 1));
    return make("select", {id}, list.map((name) => make("option", {value: name, selected: name === chosen}, labelOf(name))));
  };
  const first = chooser("path-from", starts, from ?? DATA.hub);
  const last = chooser("path-to", ends, to ?? preferredEnd());
  return make(
    "form",
    {
      class: "path-form",
      submit: (event) => {
        event.preventDefault();
        select({kind: "path", from: first.value, to: last.value, id: 0});
      },
    },
    make("label", {for: "path-from"}, "From"),
    first,
    make("label", {for: "path-to"}, "to"),
    last,
    make("button", {type: "submit"}, "Show paths"),
  );
}

/** The same where there are too many concepts for a menu: their names are typed. */
function wideForm(from, to) {
  const names = make("datalist", {id: "path-names"});
  const field = (id, chosen) =>
    make("input", {
      id,
      value: chosen ? labelOf(chosen) : "",
      list: "path-names",
      autocomplete: "off",
      spellcheck: "false",
      input: (event) => fill(names, matchNames(event.target.value).map((name) => make("option", {value: labelOf(name)}))),
    });
  const [first, last] = [field("path-from", from), field("path-to", to)];
  return make(
    "form",
    {
      class: "path-form wide",
      submit: (event) => {
        event.preventDefault();
        const [start, end] = [first, last].map((each) => matchNames(each.value)[0]);
        if (start && end) select({kind: "path", from: start, to: end, id: 0});
        else announce("No concept of that name");
      },
    },
    make("label", {for: "path-from"}, "From"),
    first,
    make("label", {for: "path-to"}, "to"),
    last,
    make("button", {type: "submit"}, "Show paths"),
    names,
  );
}

/** A condition that the drug treats and a path reaches: the question most readers have. */
function preferredEnd() {
  const treated = arrowsOf(DATA.hub).filter((arrow) => arrow.relation === "treats" && arrow.subject === DATA.hub).map((arrow) => arrow.object);
  const objects = new Set(DATA.steps.map(([arrow]) => ARROW_COLUMNS.object[arrow]));
  return treated.find((name) => objects.has(CONCEPTS[name].index)) ?? ARROWS[DATA.steps[0]?.[0]]?.object;
}
