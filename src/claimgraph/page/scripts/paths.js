// Mechanism paths, by the same rules as claimgraph.network.mechanism_paths.

const CERTAINTIES = ["asserted", "possible", "projected", "intended"];
const MAX_STEPS = 9;
const MAX_PATHS = 6;
let pathFrom = null;

const stepsFrom = new Map();
for (const step of DATA.steps) {
  if (!stepsFrom.has(step.subject)) stepsFrom.set(step.subject, []);
  stepsFrom.get(step.subject).push(step);
}

const compareNames = (a, b) => {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) if (a[i] !== b[i]) return a[i] < b[i] ? -1 : 1;
  return a.length - b.length;
};

/** The shortest paths: short before long, the text's own before background, then by name. */
function findPaths(from, to, isTextOnly = isOff("origin", "background")) {
  if (from === to) return [];
  const found = [];
  let layer = [{steps: [], names: [from]}];
  for (let length = 1; length <= MAX_STEPS && layer.length && found.length < MAX_PATHS; length += 1) {
    const next = [];
    for (const path of layer) {
      for (const step of stepsFrom.get(path.names.at(-1)) ?? []) {
        if ((isTextOnly && step.origin === "background") || path.names.includes(step.object)) continue;
        const longer = {steps: [...path.steps, step], names: [...path.names, step.object]};
        if (step.object === to) found.push(longer);
        else if (next.length < 5000) next.push(longer);
      }
    }
    layer = next;
  }
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
  const starts = [...new Set(DATA.steps.map((step) => step.subject))];
  const ends = [...new Set(DATA.steps.map((step) => step.object))];
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

/** A condition that the drug treats and a path reaches: the question most readers have. */
function preferredEnd() {
  const treated = ARROWS.filter((arrow) => arrow.relation === "treats" && arrow.subject === DATA.hub).map((arrow) => arrow.object);
  const reachable = new Set(DATA.steps.map((step) => step.object));
  return treated.find((name) => reachable.has(name)) ?? DATA.steps[0]?.object;
}
