// Taking things away: the picture as PNG or SVG, the claims shown as CSV or Turtle, the link.

function startExport() {
  const menu = byId("export");
  const entry = (label, action) =>
    make("li", {}, button(label, () => {
      menu.open = false;
      action();
    }));
  fill(
    menu.querySelector("ul"),
    entry("Link to this view", () => copy(location.href, "Link")),
    entry("Picture (PNG)", savePng),
    entry("Picture (SVG)", () => download(`${DATA.text.id}.svg`, "image/svg+xml", toSvg())),
    entry("Claims shown (CSV)", () => download(`${DATA.text.id}-claims.csv`, "text/csv;charset=utf-8", toCsv(rowsShown()))),
    entry("Claims shown (Turtle)", () => download(`${DATA.text.id}-claims.ttl`, "text/turtle;charset=utf-8", turtleOf(CLAIMS.filter((claim) => shown.claims.has(claim.id))))),
  );
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) menu.open = false;
  });
}

/** The field that what is shown takes up, with a margin. */
function field() {
  refreshScene();
  const boxes = [...scene.places].filter(([name]) => shown.concepts.has(name)).map(([, box]) => box);
  const frames = scene.frames.filter((frame) => BOXES.some((box) => box.lane === frame.lane && shown.concepts.has(box.concept))).map(({box: [x, y, w, h]}) => ({x: x + w / 2, y: y + h / 2, w, h}));
  const all = [...boxes, ...frames];
  if (!all.length) return {x: 0, y: 0, w: 100, h: 100};
  const left = Math.min(...all.map((b) => b.x - b.w / 2)) - 24;
  const top = Math.min(...all.map((b) => b.y - b.h / 2)) - 24;
  return {x: left, y: top, w: Math.max(...all.map((b) => b.x + b.w / 2)) + 24 - left, h: Math.max(...all.map((b) => b.y + b.h / 2)) + 24 - top};
}

function savePng() {
  const {x, y, w, h} = field();
  const factor = Math.min(2, 8000 / Math.max(w, h));
  const canvas = make("canvas", {width: Math.round(w * factor), height: Math.round(h * factor)});
  const ctx = canvas.getContext("2d");
  ctx.fillStyle = theme.paper;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.scale(factor, factor);
  ctx.translate(-x, -y);
  paint(ctx, scene, 1);
  canvas.toBlob((blob) => blob && download(`${DATA.text.id}.png`, "image/png", blob), "image/png");
}

/** Takes the strokes that paint.js makes and writes them as SVG. */
class SvgBrush {
  constructor() {
    this.root = make("svg", {});
    this.measure = make("canvas").getContext("2d");
    this.saved = [];
    this.dash = [];
    Object.assign(this, {globalAlpha: 1, fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, font: "", textAlign: "left", textBaseline: "middle", lineCap: "butt", lineJoin: "round"});
  }

  save() {
    const {globalAlpha, fillStyle, strokeStyle, lineWidth, font, textAlign, lineCap, dash} = this;
    this.saved.push({globalAlpha, fillStyle, strokeStyle, lineWidth, font, textAlign, lineCap, dash});
  }

  restore() {
    Object.assign(this, this.saved.pop());
  }

  add(tag, attributes, ...children) {
    const element = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) if (value !== null) element.setAttribute(name, String(value));
    element.append(...children);
    this.root.append(element);
  }

  beginPath() {
    this.d = "";
  }

  run(letter, ...numbers) {
    this.d += letter + numbers.map((number) => Math.round(number * 100) / 100).join(" ");
  }

  moveTo(...at) {
    this.run("M", ...at);
  }

  lineTo(...at) {
    this.run("L", ...at);
  }

  bezierCurveTo(...at) {
    this.run("C", ...at);
  }

  quadraticCurveTo(...at) {
    this.run("Q", ...at);
  }

  closePath() {
    this.d += "Z";
  }

  arc(x, y, r) {
    this.run("M", x - r, y);
    this.run("A", r, r, 0, 1, 0, x + r, y);
    this.run("A", r, r, 0, 1, 0, x - r, y);
  }

  fill() {
    this.add("path", {d: this.d, fill: this.fillStyle, opacity: this.globalAlpha});
  }

  stroke() {
    this.add("path", {d: this.d, fill: "none", stroke: this.strokeStyle, "stroke-width": this.lineWidth, "stroke-dasharray": this.dash.join(" ") || null, "stroke-linecap": this.lineCap, opacity: this.globalAlpha});
  }

  fillRect(x, y, width, height) {
    this.add("rect", {x, y, width, height, fill: this.fillStyle, opacity: this.globalAlpha});
  }

  fillText(text, x, y, most = Infinity) {
    const [, style, weight, size] = /^(italic )?(\d+ )?([\d.]+)px/.exec(this.font) ?? [];
    const width = this.measureText(text).width;
    this.add("text", {x, y, fill: this.fillStyle, opacity: this.globalAlpha, "font-family": FONT.replaceAll('"', "'"), "font-size": size, "font-weight": (weight ?? "400").trim(), "font-style": style ? "italic" : null, "text-anchor": this.textAlign === "center" ? "middle" : "start", "dominant-baseline": "central", textLength: width > most ? most : null, lengthAdjust: width > most ? "spacingAndGlyphs" : null}, text);
  }

  measureText(text) {
    this.measure.font = this.font;
    return this.measure.measureText(text);
  }

  setLineDash(dash) {
    this.dash = dash;
  }

  symbol(path, x, y, scale, colour, isHollow) {
    this.add("path", {d: path, transform: `translate(${x} ${y}) scale(${scale})`, fill: isHollow ? "none" : colour, stroke: isHollow ? colour : null, "stroke-width": isHollow ? 1.8 : null, opacity: this.globalAlpha});
  }
}

function toSvg() {
  const {x, y, w, h} = field();
  const brush = new SvgBrush();
  brush.fillStyle = theme.paper;
  brush.fillRect(x, y, w, h);
  paint(brush, scene, 1);
  brush.root.setAttribute("viewBox", `${x} ${y} ${w} ${h}`);
  brush.root.setAttribute("width", w);
  brush.root.setAttribute("height", h);
  const title = document.createElementNS(SVG, "title");
  title.textContent = DATA.text.title;
  brush.root.prepend(title);
  return new XMLSerializer().serializeToString(brush.root);
}

// ── Turtle ────────────────────────────────────────────────────────────────────────────────────

const turtleText = (text) => `"${Array.from(text, (c) => TURTLE_ESCAPES[c] ?? (c < " " || c === "\u007f" ? `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}` : c)).join("")}"`;
const TURTLE_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"};
const turtleIri = (iri) => `<${Array.from(iri, (c) => (/[\u0000-\u0020<>"{}|^`\\]/.test(c) ? encodeURIComponent(c) : c)).join("")}>`;

/** The claims as Turtle, in the terms of the project's vocabulary: what they say and where. */
function turtleOf(claims) {
  const camel = (value) => value.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  const node = (mention) => (mention.concept === null ? turtleText(mention.label) : turtleIri(DATA.bases.concept + mention.concept));
  const blocks = claims.map((claim) => {
    const [start, end] = claim.quote;
    const text = `${DATA.bases.text}${claim.text.id}`;
    const passage = (span) => turtleIri(`${text}/char-${span[0]}-${span[1]}`);
    const lines = [
      ["a", "cg:Claim"],
      ["rdfs:label", `${turtleText(claim.label)}@en`],
      claim.key ? ["dcterms:identifier", turtleText(claim.key)] : null,
      ["rdf:subject", node(claim.subject)],
      ["rdf:predicate", `cg:${claim.relation}`],
      ["rdf:object", node(claim.object)],
      ["cg:claimType", `cg:${camel(claim.type)}Claim`],
      ["cg:polarity", `cg:${claim.polarity}`],
      ["cg:certainty", `cg:${claim.certainty}`],
      ["cg:modality", `cg:${claim.modality}`],
      ["cg:evidenceBasis", `cg:${camel(claim.evidence)}`],
      ["prov:wasQuotedFrom", turtleIri(`${text}/sentence-${claim.sentence}`)],
      ["prov:wasGeneratedBy", turtleIri(`${text}/activity-${claim.method}`)],
      claim.subject.span.length ? ["cg:subjectMention", passage(claim.subject.span)] : null,
      claim.object.span.length ? ["cg:objectMention", passage(claim.object.span)] : null,
      claim.cue.length ? ["cg:cue", passage(claim.cue)] : null,
      ...claim.qualifiers.map(([type, ...span]) => [`cg:${type}Qualifier`, passage(span)]),
      ...claim.via.map((id) => ["cg:via", turtleIri(DATA.bases.claim + id)]),
      ...claim.because.map((id) => ["cg:because", turtleIri(DATA.bases.claim + id)]),
      ["oa:hasTarget", turtleIri(`${text}/target-${start}-${end}`)],
    ].filter(Boolean);
    const quote = turtleIri(`${text}/quote-${start}-${end}`);
    const position = turtleIri(`${text}/position-${start}-${end}`);
    return [
      `${turtleIri(DATA.bases.claim + claim.id)}\n    ${lines.map((line) => line.join(" ")).join(" ;\n    ")} .`,
      `${turtleIri(`${text}/target-${start}-${end}`)} a oa:SpecificResource ; oa:hasSource ${turtleIri(text)} ; oa:hasSelector ${quote} , ${position} .`,
      `${quote} a oa:TextQuoteSelector ; oa:exact ${turtleText(claim.words(claim.quote))} .`,
      `${position} a oa:TextPositionSelector ; oa:start ${start} ; oa:end ${end} .`,
    ].join("\n");
  });
  const prefixes = {cg: DATA.bases.vocabulary, dcterms: "http://purl.org/dc/terms/", oa: "http://www.w3.org/ns/oa#", prov: "http://www.w3.org/ns/prov#", rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#", rdfs: "http://www.w3.org/2000/01/rdf-schema#"};
  return `${Object.entries(prefixes).map(([name, iri]) => `@prefix ${name}: <${iri}> .`).join("\n")}\n\n${blocks.join("\n\n")}\n`;
}
