// Painting the graph on a canvas, or on anything that takes the same strokes (see export.js).

const FONT = '"Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans Condensed", Arial, sans-serif';

// One symbol for each kind of thing, in a field of 16 by 16: told apart by shape, not by colour.
const SYMBOLS = {
  Drug: "M5 4h6a4 4 0 0 1 0 8H5a4 4 0 0 1 0-8z",
  DrugClass: "M4.5 2h7a2.6 2.6 0 0 1 0 5.2h-7a2.6 2.6 0 0 1 0-5.2zM4.5 8.8h7a2.6 2.6 0 0 1 0 5.2h-7a2.6 2.6 0 0 1 0-5.2z",
  Condition: "M8 2a6 6 0 0 1 0 12A6 6 0 0 1 8 2z",
  MolecularTarget: "M4.5 2h7L15 8l-3.5 6h-7L1 8z",
  BiologicalProcess: "M8 1l7 7-7 7-7-7z",
  AnatomicalEntity: "M8 1.5l6.7 4.9-2.6 7.8H3.9L1.3 6.4z",
  Exposure: "M1.5 2.5h13L8 14.5z",
  PharmacologicalProperty: "M2.5 2.5h11v11h-11z",
  Outcome: "M8 1l2.1 4.6 5 .6-3.7 3.4 1 4.9L8 12l-4.4 2.5 1-4.9L.9 6.2l5-.6z",
  ClinicalPractice: "M6 1.5h4V6h4.5v4H10v4.5H6V10H1.5V6H6z",
  ClinicalFactor: "M8 1.5l6.5 12h-13z",
  Intervention: "M2 3h7l5 5-5 5H2l4-5z",
};
const HUES = {
  Drug: "substance",
  DrugClass: "substance",
  Intervention: "substance",
  Condition: "condition",
  Exposure: "condition",
  MolecularTarget: "body",
  BiologicalProcess: "body",
  AnatomicalEntity: "body",
  PharmacologicalProperty: "quality",
  Outcome: "care",
  ClinicalPractice: "care",
  ClinicalFactor: "care",
};

// Heads say what is done: a bar lowers or keeps off, a ring binds, an open head is a kind.
const HEADS = {decreases: "bar", limits: "bar", prevents: "bar", contraindicatedFor: "bar", bindsTo: "ring", isKindOf: "open"};
const DASHES = {
  chain: [1.5, 3.5],
  background: [1.5, 4],
  hedged: [7, 5],
  plain: [],
};

const dashOf = (arrow) => {
  if (arrow.origin !== "text") return DASHES[arrow.origin];
  return ["asserted", "recommended"].includes(arrow.voice) ? DASHES.plain : DASHES.hedged;
};

let theme = {};

/** Read the colours from the style sheet, for the theme in force. */
function readTheme(root = document.documentElement) {
  const style = getComputedStyle(root);
  const colour = (name) => style.getPropertyValue(`--${name}`).trim();
  const names = ["ink", "muted", "paper", "surface", "line", "accent", "lane", "on-accent"];
  theme = Object.fromEntries(names.map((name) => [name, colour(name)]));
  for (const group of ["help", "harm", "mechanism", "property", "advice", "kind"]) theme[group] = colour(`rel-${group}`);
  for (const hue of new Set(Object.values(HUES))) theme[`hue-${hue}`] = colour(`hue-${hue}`);
}

const isLit = ({arrow}, scene) => scene.focus.arrows.has(arrow.index) || scene.hover.arrows.has(arrow.index);
const isPainted = (route, scene) => !route.isFaint || isLit(route, scene);

/**
 * Paint everything. `scene` says what is shown, lit and hovered; `scale` how far we are in; `view`
 * what can be seen, where not all is asked for.
 */
function paint(ctx, scene, scale, view = null) {
  ctx.save();
  ctx.lineJoin = "round";
  ctx.textBaseline = "middle";
  scene.frames.forEach((frame) => paintFrame(ctx, frame, scene, scale));
  const order = (route) => (scene.focus.arrows.has(route.arrow.index) ? 1 : 0) + (scene.hover.arrows.has(route.arrow.index) ? 2 : 0);
  const painted = scene.routes.filter((route) => isPainted(route, scene)).sort((a, b) => order(a) - order(b) || a.arrow.index - b.arrow.index);
  const isSeen = ({x, y, w, h}) => view === null || (x + w / 2 >= view.left && x - w / 2 <= view.right && y + h / 2 + 20 >= view.top && y - h / 2 - 20 <= view.bottom);
  const seen = BOXES.filter((box) => shown.concepts.has(box.concept) && scene.places.has(box.concept) && isSeen(scene.places.get(box.concept)));
  const strength = painted.length > 150 ? 0.2 : 0.32; // of an arrow of a chart
  if (isChart) {
    // What is lit lies above what is not: an arrow may cross the whole chart.
    const isNear = (box) => scene.focus.concepts.has(box.concept) || scene.hover.concepts.has(box.concept);
    const rank = (concept) => (concept === scene.chosen ? 1 : 0);
    painted.filter((route) => !isLit(route, scene)).forEach((route) => paintArrow(ctx, route, scene, scale, strength));
    seen.filter((box) => !isNear(box)).forEach((box) => paintChip(ctx, box, scene, scale));
    painted.filter((route) => isLit(route, scene)).forEach((route) => paintArrow(ctx, route, scene, scale, strength));
    seen.filter(isNear).sort((a, b) => rank(a.concept) - rank(b.concept)).forEach((box) => paintChip(ctx, box, scene, scale));
  } else {
    painted.forEach((route) => paintArrow(ctx, route, scene, scale));
    seen.forEach((box) => paintBox(ctx, box, scene));
  }
  scene.tags = [];
  seen.forEach((box) => paintTags(ctx, box, scene, scale));
  ctx.restore();
}

function paintFrame(ctx, frame, scene, scale) {
  if (!BOXES.some((box) => box.lane === frame.lane && shown.concepts.has(box.concept))) return;
  const [x, y, w, h] = frame.box;
  ctx.globalAlpha = 1;
  rounded(ctx, x, y, w, h, 14);
  ctx.fillStyle = theme.lane;
  ctx.fill();
  ctx.fillStyle = theme.muted;
  ctx.globalAlpha = scene.isDimmed ? 0.55 : 1;
  ctx.font = `600 ${isChart ? Math.min(22, Math.max(12.5, 11.5 / scale)) : 12.5}px ${FONT}`;
  ctx.textAlign = "left";
  ctx.fillText(frame.title, x + 14, y + (isChart ? 19 : 16), w - 20);
}

function rounded(ctx, x, y, w, h, r) {
  const c = Math.min(r, w / 2, h / 2);
  ctx.beginPath();
  ctx.moveTo(x + c, y);
  ctx.lineTo(x + w - c, y);
  ctx.quadraticCurveTo(x + w, y, x + w, y + c);
  ctx.lineTo(x + w, y + h - c);
  ctx.quadraticCurveTo(x + w, y + h, x + w - c, y + h);
  ctx.lineTo(x + c, y + h);
  ctx.quadraticCurveTo(x, y + h, x, y + h - c);
  ctx.lineTo(x, y + c);
  ctx.quadraticCurveTo(x, y, x + c, y);
  ctx.closePath();
}

function paintArrow(ctx, route, scene, scale, strength = 0.3) {
  const {arrow, from, c1, c2, to} = route;
  const isBright = isLit(route, scene);
  const base = isChart ? strength : arrow.voice === "recommended" || arrow.origin !== "text" ? 0.62 : 0.9;
  ctx.globalAlpha = isBright ? 1 : scene.isDimmed ? (isChart ? 0.05 : 0.1) : base;
  ctx.strokeStyle = ctx.fillStyle = theme[arrow.group];
  ctx.lineWidth = (arrow.origin === "text" ? 1.3 + Math.min(1.2, (arrow.count - 1) * 0.4) : 1.2) + (isBright ? 1.1 : 0);
  ctx.setLineDash(dashOf(arrow));
  ctx.lineCap = arrow.origin === "text" ? "butt" : "round";
  const head = HEADS[arrow.relation] ?? "full";
  const size = isBright ? 8.5 : 7;
  const angle = Math.atan2(to.y - c2.y, to.x - c2.x);
  const back = head === "bar" ? 0 : head === "ring" ? 6 : size * 0.8;
  const end = {x: to.x - Math.cos(angle) * back, y: to.y - Math.sin(angle) * back};
  ctx.beginPath();
  ctx.moveTo(from.x, from.y);
  ctx.bezierCurveTo(c1.x, c1.y, c2.x, c2.y, end.x, end.y);
  ctx.stroke();
  ctx.setLineDash([]);
  if (isChart && !isBright && scale < 0.7) return; // too small to be seen
  paintHead(ctx, head, to, angle, size);
  if (arrow.voice === "denied") paintStrike(ctx, route);
}

function paintHead(ctx, head, tip, angle, size) {
  const at = (along, across) => [
    tip.x - Math.cos(angle) * along + Math.sin(angle) * across,
    tip.y - Math.sin(angle) * along - Math.cos(angle) * across,
  ];
  ctx.lineWidth = Math.max(1.4, ctx.lineWidth);
  ctx.beginPath();
  if (head === "bar") {
    ctx.lineWidth += 1;
    ctx.moveTo(...at(0, size * 0.72));
    ctx.lineTo(...at(0, -size * 0.72));
    ctx.stroke();
  } else if (head === "ring") {
    ctx.arc(...at(3, 0), 3.2, 0, Math.PI * 2);
    ctx.stroke();
  } else if (head === "open") {
    ctx.moveTo(...at(size, size * 0.55));
    ctx.lineTo(...at(0, 0));
    ctx.lineTo(...at(size, -size * 0.55));
    ctx.closePath();
    const filled = ctx.fillStyle;
    ctx.fillStyle = theme.surface;
    ctx.fill();
    ctx.fillStyle = filled;
    ctx.stroke();
  } else {
    ctx.moveTo(...at(size, size * 0.5));
    ctx.lineTo(...at(0, 0));
    ctx.lineTo(...at(size, -size * 0.5));
    ctx.lineTo(...at(size * 0.72, 0));
    ctx.closePath();
    ctx.fill();
  }
}

/** Strike through what the text denies. */
function paintStrike(ctx, route) {
  const {x, y} = pointAt(route, 0.5);
  ctx.lineWidth = 2;
  ctx.beginPath();
  for (const sign of [1, -1]) {
    ctx.moveTo(x - 5, y - 5 * sign);
    ctx.lineTo(x + 5, y + 5 * sign);
  }
  ctx.stroke();
}

function paintBox(ctx, box, scene) {
  const {x, y, w, h} = scene.places.get(box.concept);
  const concept = CONCEPTS[box.concept];
  const isHub = box.concept === DATA.hub;
  const isChosen = scene.chosen === box.concept;
  const isLit = scene.focus.concepts.has(box.concept) || scene.hover.concepts.has(box.concept);
  const hue = theme[`hue-${HUES[concept.category]}`];
  const alpha = isLit || !scene.isDimmed ? 1 : 0.3;
  ctx.globalAlpha = 1;
  rounded(ctx, x - w / 2, y - h / 2, w, h, isHub ? h / 2 : 8);
  ctx.fillStyle = theme.surface;
  ctx.fill();
  ctx.globalAlpha = alpha;
  if (isHub) {
    ctx.fillStyle = hue;
    ctx.fill();
  }
  ctx.strokeStyle = isChosen || isLit ? theme.accent : isHub ? hue : theme.line;
  ctx.lineWidth = isChosen ? 3 : isLit ? 2 : 1.2;
  ctx.setLineDash(concept.origin === "background" ? [3, 3] : []);
  ctx.stroke();
  ctx.setLineDash([]);
  const size = isHub ? 18 : 13;
  const left = x - w / 2 + (isHub ? 16 : 9);
  paintSymbol(ctx, SYMBOLS[concept.category], left, y - size / 2, size, isHub ? theme["on-accent"] : hue, concept.origin === "background");
  ctx.fillStyle = isHub ? theme["on-accent"] : theme.ink;
  ctx.font = `${isHub ? "700 17px" : `${concept.origin === "background" ? "italic " : ""}13px`} ${FONT}`;
  ctx.textAlign = "left";
  const step = isHub ? 19 : 15;
  const room = w - (left - (x - w / 2)) - size - 12;
  box.lines.forEach((line, index) => ctx.fillText(line, left + size + 6, y + (index - (box.lines.length - 1) / 2) * step + 0.5, room));
  if (concept.statements.length) paintRemark(ctx, x + w / 2, y + h / 2, concept.statements.length);
}

/** A concept of a chart: one size, and a label that grows as the picture shrinks. */
function paintChip(ctx, box, scene, scale) {
  const {x, y, w, h} = scene.places.get(box.concept);
  const concept = CONCEPTS[box.concept];
  const isChosen = scene.chosen === box.concept;
  const isNear = scene.focus.concepts.has(box.concept) || scene.hover.concepts.has(box.concept);
  const hue = theme[`hue-${HUES[concept.category]}`];
  ctx.globalAlpha = 1;
  rounded(ctx, x - w / 2, y - h / 2, w, h, 8);
  ctx.fillStyle = theme.surface;
  ctx.fill();
  ctx.globalAlpha = isNear || !scene.isDimmed ? 1 : 0.35;
  ctx.strokeStyle = isChosen || isNear ? theme.accent : theme.line;
  ctx.lineWidth = isChosen ? 3.5 : isNear ? 2 : 1.2;
  ctx.stroke();
  const size = Math.round(Math.min(19, Math.max(13, 10 / scale)));
  const left = x - w / 2 + 8;
  paintSymbol(ctx, SYMBOLS[concept.category], left, y - size / 2, size, hue, concept.origin === "background");
  if (size * scale < 4) return; // no one could read it
  ctx.fillStyle = theme.ink;
  ctx.font = `${concept.index < PROMINENT ? "700" : concept.origin === "background" ? "italic 400" : "400"} ${size}px ${FONT}`;
  ctx.textAlign = "left";
  const lines = fitLabel(ctx, concept, size, w - size - 21);
  lines.forEach((line, at) => ctx.fillText(line, left + size + 6, y + (at - (lines.length - 1) / 2) * (size + 1) + 0.5));
}

const PROMINENT = Math.min(30, NAMES.length / 12); // the best connected, in bold
const fitted = new Map();

/** Cut a label to one line, or at reading size to two. */
function fitLabel(ctx, {id, label}, size, room) {
  const key = `${size} ${id}`;
  if (!fitted.has(key)) {
    const clean = label.slice(0, 120).replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
    const fits = (text) => ctx.measureText(text).width <= room;
    const cut = (text) => {
      if (fits(text)) return text;
      const points = Array.from(text);
      let [low, high] = [0, points.length];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (fits(`${points.slice(0, middle).join("")}…`)) low = middle;
        else high = middle - 1;
      }
      return `${points.slice(0, low).join("").trimEnd()}…`;
    };
    const parts = clean.split(" ");
    let first = clean;
    if (size <= 14 && !fits(clean) && fits(parts[0])) {
      let count = 1;
      while (count < parts.length && fits(parts.slice(0, count + 1).join(" "))) count += 1;
      first = parts.slice(0, count).join(" ");
    }
    const rest = clean.slice(first.length).trim();
    fitted.set(key, rest ? [first, cut(rest)] : [cut(first)]);
  }
  return fitted.get(key);
}

const shapes = new Map();

function paintSymbol(ctx, path, x, y, size, colour, isHollow) {
  if (ctx.symbol) {
    ctx.symbol(path, x, y, size / 16, colour, isHollow);
    return;
  }
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(size / 16, size / 16);
  if (!shapes.has(path)) shapes.set(path, new Path2D(path));
  const shape = shapes.get(path);
  ctx.fillStyle = ctx.strokeStyle = colour;
  ctx.lineWidth = 1.8;
  if (isHollow) ctx.stroke(shape);
  else ctx.fill(shape);
  ctx.restore();
}

/** A corner that says: the text also remarks on this in words that are no arrow. */
function paintRemark(ctx, right, bottom, count) {
  const label = count > 1 ? `“ ”${count}` : "“ ”";
  ctx.font = `600 10px ${FONT}`;
  const width = ctx.measureText(label).width + 9;
  rounded(ctx, right - width - 4, bottom - 8, width, 14, 7);
  ctx.fillStyle = theme.surface;
  ctx.strokeStyle = theme.property;
  ctx.lineWidth = 1;
  ctx.fill();
  ctx.stroke();
  ctx.fillStyle = theme.property;
  ctx.textAlign = "center";
  ctx.fillText(label, right - 4 - width / 2, bottom - 0.5);
}

/** A corner that says how many neighbours are not drawn; it draws some of them. */
function paintMore(ctx, box, place, size, scene) {
  const label = `+${grouped(hiddenNeighbours(box.concept).length)}`;
  ctx.font = `700 ${size}px ${FONT}`;
  const width = ctx.measureText(label).width + 12;
  const [left, top, height] = [place.x + place.w / 2 - width + 6, place.y + place.h / 2 - 5, size + 6];
  ctx.globalAlpha = 1;
  rounded(ctx, left, top, width, height, height / 2);
  ctx.fillStyle = theme.accent;
  ctx.fill();
  ctx.fillStyle = theme["on-accent"];
  ctx.textAlign = "center";
  ctx.fillText(label, left + width / 2, top + height / 2 + 0.5);
  scene.tags.push({arrow: null, concept: box.concept, left, top, width, height});
}

const MORE = 24; // room for "+3"

/** Write what arrives at a box above it, on the side it arrives by; what has no room is counted. */
function paintTags(ctx, box, scene, scale) {
  const place = scene.places.get(box.concept);
  const size = isChart ? Math.min(17, Math.max(11, 9 / scale)) : Math.min(13, Math.max(10.5, 8.2 / scale));
  if (isChart && scene.chosen === box.concept && hiddenNeighbours(box.concept).length) paintMore(ctx, box, place, Math.min(20, 10 / scale), scene);
  if (isChart && size * scale < 7.5) return; // no one could read it
  const top = place.y - place.h / 2 - 4; // clear of the label
  ctx.font = `600 ${size}px ${FONT}`;
  const rank = (route) => (isLit(route, scene) ? 0 : route.arrow.subject === DATA.hub ? 1 : route.arrow.origin === "text" ? 2 : 3);
  const arriving = (scene.incoming.get(box.concept) ?? [])
    .filter((route) => isLit(route, scene) || (!isChart && !scene.isDimmed && route.arrow.origin !== "chain"))
    .sort((a, b) => rank(a) - rank(b) || a.arrow.index - b.arrow.index);
  const at = {left: 0, right: 0};
  const room = place.w - 14;
  let left = arriving.length;
  for (const route of arriving) {
    const width = ctx.measureText(tagLabel(route.arrow)).width + 11;
    if (at.left + at.right + width + (left > 1 ? MORE : 0) > room) break;
    const side = route.toSide === "right" ? "right" : "left";
    const edge = side === "right" ? place.x + place.w / 2 - 7 - at.right : place.x - place.w / 2 + 7 + at.left;
    paintTag(ctx, tagLabel(route.arrow), edge, side, top, theme[route.arrow.group], size, route.arrow, scene, isLit(route, scene));
    at[side] += width;
    left -= 1;
  }
  if (left > 0) {
    const side = at.left ? "left" : "right";
    paintTag(ctx, `+${left}`, side === "left" ? place.x - place.w / 2 + 7 + at.left : place.x + place.w / 2 - 7 - at.right, side, top, theme.muted, size, null, scene, false);
  }
}

const tagLabel = (arrow) => (arrow.origin === "chain" ? `then ${arrowLabel(arrow)}` : arrowLabel(arrow));

function paintTag(ctx, label, x, side, y, colour, size, arrow, scene, isLit) {
  const width = ctx.measureText(label).width + 8;
  const left = side === "left" ? x : x - width;
  const height = size + 4;
  ctx.globalAlpha = 1;
  rounded(ctx, left, y - height / 2, width, height, 5);
  ctx.fillStyle = isLit ? colour : theme.surface;
  ctx.fill();
  ctx.fillStyle = isLit ? theme.surface : colour;
  ctx.textAlign = "left";
  ctx.font = `600 ${size}px ${FONT}`;
  ctx.fillText(label, left + 4, y + 0.5);
  if (arrow?.voice === "denied") {
    ctx.fillRect(left + 3, y - 0.5, width - 6, 1.2);
  }
  if (arrow) scene.tags.push({arrow, left, top: y - height / 2, width, height});
}
