// The graph pane: vis-network gives view and nodes, we paint and find what is under the pointer.

let network = null;
let scene = null; // what to paint now
let lay = null; // where everything is; kept while only the selection changes

function startGraph() {
  const {nodes, options} = DATA.drawing;
  // vis-network places the boxes and moves the view; painting them and the arrows is ours.
  const clear = "rgba(0,0,0,0)";
  // In a chart nothing is dragged, and it does not have to know the boxes.
  const bare = (isChart ? [] : nodes).map((node, index) => {
    const [width, height] = BOXES[index].size;
    return {...node, shape: "box", margin: 0, widthConstraint: {minimum: width, maximum: width}, heightConstraint: {minimum: height}, color: {background: clear, border: clear}};
  });
  const container = byId("canvas");
  network = new vis.Network(container, {nodes: new vis.DataSet(bare), edges: new vis.DataSet([])}, options);
  for (const element of container.querySelectorAll("[tabindex]")) element.tabIndex = -1;
  container.tabIndex = 0;
  container.setAttribute("role", "application");
  container.setAttribute("aria-label", "Graph. Arrow keys walk from concept to concept, Enter reads the selection, plus and minus zoom, 0 shows all, Escape clears. All claims are also in the table.");
  network.on("beforeDrawing", () => refreshScene());
  network.on("afterDrawing", (ctx) => paint(ctx, scene, network.getScale(), inView()));
  network.on("click", ({pointer}) => choose(pointer.canvas));
  network.on("doubleClick", ({pointer}) => {
    const box = boxAt(pointer.canvas);
    if (box) showAround(state.only === box ? null : box);
  });
  network.on("dragging", () => isChart || invalidate(true));
  container.addEventListener("mousemove", (event) => {
    const found = findAt(canvasPoint(event));
    container.style.cursor = found ? "pointer" : "grab";
    hover(found);
  });
  container.addEventListener("mouseleave", () => hover(null));
  container.addEventListener("keydown", walk);
  byId("zoom-in").addEventListener("click", () => zoom(1.25));
  byId("zoom-out").addEventListener("click", () => zoom(0.8));
  byId("zoom-fit").addEventListener("click", () => fit());
  if (!CLAIMS.length) byId("graph").append(make("p", {class: "empty"}, NO_CLAIM));
  invalidate(true);
}

/** The part of the picture that can be seen, in its own coordinates. */
function inView() {
  const {width, height} = byId("canvas").getBoundingClientRect();
  const {x: left, y: top} = network.DOMtoCanvas({x: 0, y: 0});
  const {x: right, y: bottom} = network.DOMtoCanvas({x: width, y: height});
  return {left, top, right, bottom};
}

function canvasPoint(event) {
  const bounds = byId("canvas").getBoundingClientRect();
  return network.DOMtoCanvas({x: event.clientX - bounds.left, y: event.clientY - bounds.top});
}

function invalidate(isMoved = false) {
  scene = null;
  if (isMoved) lay = null;
}

const MOST_ARROWS = 500; // drawn at once in a chart

function refreshLay() {
  const {frames, places} = standing(network.getPositions());
  const drawn = routes(places, arrowsDrawn().filter((arrow) => shown.arrows.has(arrow.index) && places.has(arrow.subject) && places.has(arrow.object)));
  // Of very many arrows those that rest on least are drawn only where the reader looks.
  if (isChart) drawn.forEach((route, rank) => (route.isFaint = rank >= MOST_ARROWS));
  const incoming = new Map();
  drawn.forEach((route) => {
    if (!incoming.has(route.arrow.object)) incoming.set(route.arrow.object, []);
    incoming.get(route.arrow.object).push(route);
  });
  lay = {frames, places, routes: drawn, incoming, tags: []};
}

/** Work out what is where and what is lit, if anything has changed. */
function refreshScene() {
  if (scene) return;
  if (!lay) refreshLay();
  const focus = focusOf(state.selection);
  scene = Object.assign(lay, {
    focus,
    hover: focusOf(hovered),
    chosen: state.selection?.kind === "concept" ? state.selection.id : null,
    isDimmed: focus.concepts.size > 0,
  });
}

let pending = 0;

/** Paint anew with the next frame, however often asked before it. */
function redraw(isMoved = false) {
  invalidate(isMoved);
  if (pending || !network) return;
  pending = requestAnimationFrame(() => {
    pending = 0;
    network.redraw();
  });
}

const inside = (point, left, top, width, height, slack = 0) =>
  point.x >= left - slack && point.x <= left + width + slack && point.y >= top - slack && point.y <= top + height + slack;

const boxAt = (point) => {
  refreshScene();
  return BOXES.filter((box) => shown.concepts.has(box.concept)).find((box) => {
    const place = scene.places.get(box.concept);
    if (!place) return false;
    const {x, y, w, h} = place;
    return inside(point, x - w / 2, y - h / 2, w, h, 2);
  })?.concept;
};

/** Find a tag, a box or an arrow under a point, in that order: what is painted last is hit first. */
function findAt(point) {
  refreshScene();
  const tag = scene.tags.find(({left, top, width, height}) => inside(point, left, top, width, height));
  if (tag) return tag.arrow ? {kind: "arrow", id: tag.arrow.index} : {kind: "grow", id: tag.concept};
  const box = boxAt(point);
  if (box) return {kind: "concept", id: box};
  const reach = (matchMedia("(pointer: coarse)").matches ? 14 : 6) / network.getScale();
  let best = null;
  for (const route of scene.routes) {
    if (!isPainted(route, scene)) continue;
    const distance = distanceTo(route, point);
    if (distance < reach && (best === null || distance < best.distance)) best = {distance, route};
  }
  return best && {kind: "arrow", id: best.route.arrow.index};
}

function choose(point) {
  const found = findAt(point);
  if (found?.kind === "grow") {
    growAround(found.id);
    return;
  }
  if (found?.kind === "concept" && pathFrom !== null) {
    finishPath(found.id);
    return;
  }
  const claims = found?.kind === "arrow" ? claimIdsOf(ARROWS[found.id]) : [];
  select(ARROWS[found?.id]?.origin === "text" && claims.length === 1 ? {kind: "claim", id: claims[0]} : found);
}

function zoom(factor) {
  network.moveTo({scale: Math.min(3, Math.max(0.15, network.getScale() * factor)), animation: !calm() && {duration: 150}});
}

/** Show all, or on a small screen the drug at a size that can be read. */
function fit({animate = true} = {}) {
  const bounds = byId("canvas").getBoundingClientRect();
  if (!bounds.width || !BOXES.length) return;
  refreshScene();
  const boxes = [...scene.places].filter(([name]) => shown.concepts.has(name)).map(([, box]) => box);
  if (!boxes.length) return;
  const bends = (isChart ? [] : scene.routes).flatMap((route) => pointsOf(route).map(({x}) => x));
  const edges = {
    left: Math.min(...boxes.map((b) => b.x - b.w / 2 - 14), ...bends) - 10,
    right: Math.max(...boxes.map((b) => b.x + b.w / 2 + 14), ...bends) + 10,
    top: Math.min(...boxes.map((b) => b.y - b.h / 2)) - (isChart ? 42 : 50),
    bottom: Math.max(...boxes.map((b) => b.y + b.h / 2)) + 30,
  };
  const foot = isChart ? 34 : 0; // pixels that a chart, which fills the pane, keeps clear for what stands at its foot
  const scale = Math.min(bounds.width / (edges.right - edges.left), (bounds.height - foot) / (edges.bottom - edges.top), 1.4);
  const middle = {x: (edges.left + edges.right) / 2, y: (edges.top + edges.bottom + foot / scale) / 2};
  const isTooSmall = scale < 0.5 && isNarrow();
  const hub = scene.places.get(DATA.hub);
  const below = isChart ? bounds.height / 2 / 0.62 - 70 : 120; // a chart is read from its top
  network.moveTo({
    position: isTooSmall && hub ? {x: hub.x, y: hub.y + below} : middle,
    scale: isTooSmall ? 0.62 : scale,
    animation: animate && !calm() && {duration: 250, easingFunction: "easeInOutQuad"},
  });
}

/** Bring what is selected into view, if it is not. */
function reveal() {
  const focus = focusOf(state.selection);
  const bounds = byId("canvas").getBoundingClientRect();
  if (!bounds.width || !focus.concepts.size) return;
  refreshScene();
  const {places} = scene;
  const boxes = (isChart ? anchorsOf(state.selection) : [...focus.concepts]).map((name) => places.get(name)).filter(Boolean);
  if (!boxes.length) return;
  const scale = network.getScale();
  const corner = network.canvasToDOM({x: Math.min(...boxes.map((b) => b.x - b.w / 2)), y: Math.min(...boxes.map((b) => b.y - b.h / 2))});
  const opposite = network.canvasToDOM({x: Math.max(...boxes.map((b) => b.x + b.w / 2)), y: Math.max(...boxes.map((b) => b.y + b.h / 2))});
  if (corner.x >= 0 && corner.y >= 0 && opposite.x <= bounds.width && opposite.y <= bounds.height) return;
  const main = state.selection.kind === "concept" ? places.get(state.selection.id) : null;
  const middle = main ?? {x: boxes.reduce((sum, b) => sum + b.x, 0) / boxes.length, y: boxes.reduce((sum, b) => sum + b.y, 0) / boxes.length};
  network.moveTo({position: {x: middle.x, y: middle.y}, scale, animation: !calm() && {duration: 250}});
}

/** Draw more of what a concept is tied to, and say how much of it is drawn. */
function growAround(name) {
  if (!hiddenNeighbours(name).length) return;
  const wasAll = BOXES.length;
  filter(() => grow(name));
  if (BOXES.length > wasAll) fit();
  announce(`${drawnOf(name)} neighbours of ${labelOf(name)} shown`);
}

const drawnOf = (name) => `${grouped(neighboursOf(name).length - hiddenNeighbours(name).length)} of ${grouped(neighboursOf(name).length)}`;

// ── Keys ──────────────────────────────────────────────────────────────────────────────────────

const WAYS = {ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1]};

function walk(event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key in WAYS) {
    event.preventDefault();
    step(...WAYS[event.key]);
  } else if (event.key === "Enter") {
    byId("detail").focus();
  } else if (event.key === "e" && state.selection?.kind === "concept") {
    growAround(state.selection.id);
  } else if (event.key === "+" || event.key === "=") zoom(1.25);
  else if (event.key === "-") zoom(0.8);
  else if (event.key === "0") fit();
}

/** Go to the nearest concept in a direction; what lies straight ahead counts as nearer. */
function step(dx, dy) {
  refreshScene();
  const start = state.selection?.kind === "concept" ? state.selection.id : null;
  const first = isDrawn(DATA.hub) ? DATA.hub : BOXES[0]?.concept;
  const from = scene.places.get(start ?? first);
  if (!from) return;
  if (start === null) {
    select({kind: "concept", id: first});
    return;
  }
  let best = null;
  for (const [name, box] of scene.places) {
    if (name === start || !shown.concepts.has(name)) continue;
    const ahead = (box.x - from.x) * dx + (box.y - from.y) * dy;
    const aside = Math.abs((box.x - from.x) * dy) + Math.abs((box.y - from.y) * dx);
    if (ahead > 4 && (best === null || ahead + 2 * aside < best.cost)) best = {name, cost: ahead + 2 * aside};
  }
  if (best) select({kind: "concept", id: best.name});
}
