// A picture of many concepts. Some are drawn at first, best connected first; the reader adds others.
// Each lane is a grid that grows downwards, so that nothing moves. Around one concept, what is left
// is laid out anew, close together. The rules for places are those of chart.py.

const isChart = DATA.isChart;
const STEP = 40; // neighbours drawn at once
const MOST_DRAWN = 2000;
const CELL = {w: 180, h: 48};
const SIZE = {w: 164, h: 34};
const TITLE_HEIGHT = 40;
const INSET = 14;
const LANE_GAP = 84;
const FIRST = BOXES.length;
const FRAMES = DATA.frames;
const frameByLane = new Map(FRAMES.map((frame) => [frame.lane, frame]));
const countInLane = (lane) => BOXES.reduce((sum, box) => sum + (box.lane === lane ? 1 : 0), 0);
const FIRST_COUNTS = new Map(FRAMES.map(({lane}) => [lane, countInLane(lane)]));
const counts = new Map(FIRST_COUNTS);

const cellOf = (frame, number) => ({
  x: frame.box[0] + INSET + (number % frame.columns) * CELL.w + SIZE.w / 2,
  y: frame.box[1] + TITLE_HEIGHT + Math.floor(number / frame.columns) * CELL.h + SIZE.h / 2,
});
const heightFor = (number, columns) => TITLE_HEIGHT + Math.ceil(number / columns) * CELL.h + INSET;

/** Draw a concept that is not drawn, at the end of its lane. */
function addBox(name) {
  if (!isChart || boxByConcept.has(name) || BOXES.length >= MOST_DRAWN) return false;
  const {lane, label} = CONCEPTS[name];
  const frame = frameByLane.get(lane);
  const number = counts.get(lane);
  counts.set(lane, number + 1);
  frame.box[3] = Math.max(frame.box[3], heightFor(number + 1, frame.columns));
  const box = {concept: name, lines: [label], lane, size: [SIZE.w, SIZE.h], index: BOXES.length, ...cellOf(frame, number)};
  BOXES.push(box);
  boxByConcept.set(name, box);
  drawnArrows = null;
  return true;
}

/** Draw what a selection is about. */
function bringIn(names) {
  for (const name of new Set(names)) if (addBox(name)) state.drawn.push(name);
}

const isDrawn = (name) => boxByConcept.has(name);
const hiddenNeighbours = (name) => (isChart ? neighboursOf(name).filter((near) => !isDrawn(near)) : []);

/** Draw the next neighbours of a concept, best connected first. */
function grow(name) {
  addBox(name);
  const next = hiddenNeighbours(name).slice(0, STEP);
  if (next.filter(addBox).length) state.drawn.push(`+${name}`);
}

/** Go back to what is drawn at first, and add what the address names. */
function recallDrawn(entries) {
  for (const box of BOXES.splice(FIRST)) boxByConcept.delete(box.concept);
  for (const frame of FRAMES) {
    if (isChart) frame.box[3] = heightFor(FIRST_COUNTS.get(frame.lane), frame.columns);
    counts.set(frame.lane, FIRST_COUNTS.get(frame.lane));
  }
  drawnArrows = null;
  state.drawn = [];
  for (const entry of entries.slice(0, MOST_DRAWN)) {
    if (entry.startsWith("+") && isConcept(entry.slice(1))) grow(entry.slice(1));
    else if (isConcept(entry)) bringIn([entry]);
  }
}

let drawnArrows = null;

/** The arrows between concepts that are drawn, those that rest on most first. */
function arrowsDrawn() {
  if (!isChart) return ARROWS;
  if (drawnArrows === null) {
    const weight = (arrow) => arrow.count + (arrow.origin === "text" ? 0.5 : 0);
    drawnArrows = BOXES.flatMap((box) => arrowsOf(box.concept).filter((arrow) => arrow.subject === box.concept && isDrawn(arrow.object)));
    drawnArrows.sort((a, b) => weight(b) - weight(a) || a.index - b.index);
  }
  return drawnArrows;
}

/** Lay out some concepts as close together as their number allows. */
function packAround(names) {
  const lanes = FRAMES.map(({lane, title}) => ({lane, title, names: names.filter((name) => CONCEPTS[name].lane === lane)})).filter((each) => each.names.length);
  const longest = Math.max(1, ...lanes.map((each) => each.names.length));
  const widthFor = (rows) => lanes.reduce((sum, each) => sum + Math.ceil(each.names.length / rows) * CELL.w, (lanes.length - 1) * LANE_GAP);
  const misfit = (rows) => {
    const filled = Math.max(...lanes.map((each) => Math.ceil(each.names.length / Math.ceil(each.names.length / rows))));
    const shape = widthFor(rows) / (filled * CELL.h + TITLE_HEIGHT);
    return Math.max(shape, 1 / shape);
  };
  let rows = 1;
  for (let tried = 2; tried <= longest; tried += 1) if (misfit(tried) < misfit(rows)) rows = tried;
  const wide = widthFor(rows);
  const places = new Map();
  let x = -Math.floor(wide / 2);
  const frames = lanes.map(({lane, title, names: inside}) => {
    const columns = Math.ceil(inside.length / rows);
    const frame = {lane, title, columns, box: [x, 0, columns * CELL.w - CELL.w + SIZE.w + 2 * INSET, heightFor(inside.length, columns)]};
    inside.forEach((name, number) => places.set(name, {...cellOf(frame, number), ...SIZE, lane}));
    x += columns * CELL.w + LANE_GAP;
    return frame;
  });
  return {frames, places};
}

/** Where everything stands now. */
function standing(positions) {
  if (!isChart) return {frames: FRAMES, places: boxesAt(positions)};
  if (state.only === null) return {frames: FRAMES, places: new Map(BOXES.map((box) => [box.concept, {x: box.x, y: box.y, w: box.size[0], h: box.size[1], lane: box.lane}]))};
  const left = BOXES.map((box) => box.concept).filter((name) => shown.concepts.has(name));
  left.sort((a, b) => (b === state.only) - (a === state.only) || CONCEPTS[a].index - CONCEPTS[b].index);
  return packAround(left);
}
