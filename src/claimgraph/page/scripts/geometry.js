// Where arrows run. Boxes stand where Python put them, or where the reader dragged them.

const GAP = 6; // between an arrow's tip and the box it points at

/** Where every box stands now: {concept: {x, y, w, h}}; positions by vis-network's node id. */
function boxesAt(positions) {
  const places = new Map();
  BOXES.forEach((box, index) => {
    const {x, y} = positions[`n${index}`] ?? {x: 0, y: 0};
    places.set(box.concept, {x, y, w: box.size[0], h: box.size[1], lane: box.lane});
  });
  return places;
}

/** Choose for each arrow the sides it leaves and enters by, then spread what shares a side. */
function routes(places, arrows) {
  const plans = arrows.map((arrow) => plan(arrow, places.get(arrow.subject), places.get(arrow.object)));
  const ports = new Map();
  plans.forEach((route) => {
    for (const [end, other, name] of [["from", "to", route.arrow.subject], ["to", "from", route.arrow.object]]) {
      const key = `${name} ${route[`${end}Side`]}`;
      if (!ports.has(key)) ports.set(key, []);
      ports.get(key).push({route, end, order: places.get(route.arrow[other === "to" ? "object" : "subject"])});
    }
  });
  for (const list of ports.values()) {
    const side = list[0].route[`${list[0].end}Side`];
    const isUpright = side === "top" || side === "bottom";
    list.sort((a, b) => (isUpright ? a.order.x - b.order.x : a.order.y - b.order.y) || a.route.arrow.index - b.route.arrow.index);
    list.forEach(({route, end}, rank) => {
      const box = places.get(end === "from" ? route.arrow.subject : route.arrow.object);
      route[end] = port(box, side, (rank + 1) / (list.length + 1), end === "to" ? GAP : 0);
    });
  }
  plans.forEach(bend);
  return plans;
}

function plan(arrow, from, to) {
  const route = {arrow, fromSide: "right", toSide: "left", depth: 0};
  const clear = Math.abs(to.x - from.x) - (from.w + to.w) / 2;
  if (arrow.subject === arrow.object) return Object.assign(route, {fromSide: "right", toSide: "right", depth: 46});
  if (clear > 12) {
    if (to.x < from.x) Object.assign(route, {fromSide: "left", toSide: "right"});
    return route;
  }
  const drop = Math.abs(to.y - from.y) - (from.h + to.h) / 2;
  if (drop < 26) {
    const isDown = to.y > from.y;
    return Object.assign(route, {fromSide: isDown ? "bottom" : "top", toSide: isDown ? "top" : "bottom"});
  }
  // The same column: round the outside, the further the longer; from the middle alternately.
  const isOutward = from.x === 0 ? arrow.index % 2 === 0 : from.x > 0;
  const side = isOutward ? "right" : "left";
  return Object.assign(route, {fromSide: side, toSide: side, depth: 20 + Math.min(34, drop * 0.09) + arrow.slot * 6});
}

function port(box, side, share, gap) {
  const along = (length) => (share - 0.5) * Math.max(0, length - 12);
  if (side === "left") return {x: box.x - box.w / 2 - gap, y: box.y + along(box.h)};
  if (side === "right") return {x: box.x + box.w / 2 + gap, y: box.y + along(box.h)};
  if (side === "top") return {x: box.x + along(Math.min(box.w, 60)), y: box.y - box.h / 2 - gap};
  return {x: box.x + along(Math.min(box.w, 60)), y: box.y + box.h / 2 + gap};
}

/** Give a route its two control points, and points along it for finding it again. */
function bend(route) {
  const {from, to, fromSide, toSide, depth} = route;
  const reach = depth || Math.max(24, Math.abs(to.x - from.x) * 0.5);
  const out = {left: [-1, 0], right: [1, 0], top: [0, -1], bottom: [0, 1]};
  const upright = fromSide === "top" || fromSide === "bottom";
  const far = upright ? Math.abs(to.y - from.y) * 0.4 : depth ? depth / 0.75 : reach;
  route.c1 = {x: from.x + out[fromSide][0] * far, y: from.y + out[fromSide][1] * far};
  route.c2 = {x: to.x + out[toSide][0] * far, y: to.y + out[toSide][1] * far};
}

function pointAt({from, c1, c2, to}, t) {
  const u = 1 - t;
  const mix = (axis) => u * u * u * from[axis] + 3 * u * u * t * c1[axis] + 3 * u * t * t * c2[axis] + t * t * t * to[axis];
  return {x: mix("x"), y: mix("y")};
}

const pointsOf = (route) => (route.points ??= Array.from({length: 25}, (_, step) => pointAt(route, step / 24)));

function distanceTo(route, {x, y}) {
  pointsOf(route);
  let best = Infinity;
  for (let i = 1; i < route.points.length; i += 1) {
    const a = route.points[i - 1];
    const b = route.points[i];
    const length = (b.x - a.x) ** 2 + (b.y - a.y) ** 2 || 1;
    const t = Math.max(0, Math.min(1, ((x - a.x) * (b.x - a.x) + (y - a.y) * (b.y - a.y)) / length));
    best = Math.min(best, Math.hypot(x - a.x - t * (b.x - a.x), y - a.y - t * (b.y - a.y)));
  }
  return best;
}
