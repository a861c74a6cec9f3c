// The source text, with the words of every claim marked. Quotes nest and overlap: the text is cut
// wherever any of them begins or ends, and each piece knows all claims it belongs to. Of many texts
// one is shown: that of the selected claim, or the one chosen.

let pieces = [];
let reading = null; // the text shown

function startReading() {
  showText(TEXTS[0]);
}

/** Show a text, unless it is shown already. */
function showText(text) {
  if (!text || text === reading) return;
  const isFirst = reading === null; // then there is nothing to scroll back from
  reading = text;
  pieces = [];
  const cuts = new Set();
  const roles = text.claims.flatMap((claim) => [
    {span: claim.quote, claim, role: "quote"},
    {span: claim.cue, claim, role: "cue"},
    {span: claim.subject.span, claim, role: "subject"},
    {span: claim.object.span, claim, role: "object"},
    ...claim.qualifiers.map(([type, ...span]) => ({span, claim, role: "qualifier", type})),
  ]).filter(({span}) => span.length === 2);
  roles.forEach(({span}) => span.forEach((at) => cuts.add(at)));
  const sorted = [...cuts].sort((a, b) => a - b);
  const parts = text.sections.map((section) => readSection(text, section, sorted, roles));
  fill(byId("reading"), isCorpus ? textChooser(text) : make("h2", {}, "The text"), make("div", {class: "prose", lang: text.language}, make("p", {class: "title", dir: "auto"}, text.title), parts), sourceNote(text));
  if (!isFirst) byId("reading").scrollTop = 0;
}

/** Choose a text to read, and whether only its claims are shown. */
function textChooser(text) {
  const list = make("select", {id: "text", change: () => readText(TEXTS[Number(list.value)])}, TEXTS.map((each) => make("option", {value: each.index, selected: each === text}, `${each.title} (${grouped(each.claims.length)})`)));
  const go = (step) => readText(TEXTS[(text.index + step + TEXTS.length) % TEXTS.length]);
  return make(
    "div",
    {class: "chooser"},
    make("label", {for: "text"}, `Text ${grouped(text.index + 1)} of ${grouped(TEXTS.length)}`),
    make("div", {class: "chooser-row"}, button("‹", () => go(-1), {"aria-label": "Text before"}), list, button("›", () => go(1), {"aria-label": "Next text"})),
    button("Only its claims", () => filter(() => (state.source = state.source === text.id ? null : text.id)), {id: "only-text", "aria-pressed": String(state.source === text.id)}),
  );
}

/** Read a text that the reader chose; a claim of another text is let go. */
function readText(text) {
  const chosen = state.selection;
  if (chosen?.kind === "claim" || chosen?.kind === "sentence") select(null);
  if (state.source !== null) filter(() => (state.source = text.id));
  showText(text);
  markReading();
  byId("text")?.focus();
  announce(text.title);
}

/** The text that a selection is to be read in: the one shown, if it has some of its words. */
function textFor(selection) {
  if (selection?.kind === "sentence") return sentenceByKey(selection.id).text;
  const [first, ...rest] = focusOf(selection).claims;
  if (first === undefined) return null;
  const texts = [first, ...rest].map((id) => claimById.get(id).text);
  return texts.includes(reading) ? reading : texts[0];
}

function readSection(text, section, cuts, roles) {
  const sentences = text.sentences.filter((sentence) => sentence.section === section.number);
  const heading = section.heading || (section.isContent ? "" : null);
  if (heading === null) return section.kind === "title" ? null : make("p", {class: "aside", dir: "auto"}, text.words(section.span));
  const paragraphs = [];
  let last = null;
  for (const sentence of sentences) {
    const isNew = last === null || /\n\s*\n/.test(text.words([last.span[1], sentence.span[0]].sort((a, b) => a - b)));
    if (isNew) paragraphs.push(make("p", {dir: "auto"}));
    else paragraphs.at(-1).append(" ");
    paragraphs.at(-1).append(readSentence(sentence, cuts, roles));
    last = sentence;
  }
  return make("section", {}, heading ? make("h3", {dir: "auto"}, heading) : null, paragraphs);
}

function readSentence(sentence, cuts, roles) {
  const [start, end] = sentence.span;
  const edges = [start, ...cuts.filter((at) => at > start && at < end), end];
  const here = roles.filter(({span}) => span[0] < end && span[1] > start);
  const own = sentence.text.claims.filter((claim) => claim.sentence === sentence.number);
  const parts = edges.slice(1).map((to, index) => {
    const from = edges[index];
    const over = here.filter(({span}) => span[0] <= from && span[1] >= to);
    const quoted = over.filter(({role}) => role === "quote").map(({claim}) => claim);
    // The shortest quote is the innermost: that is the claim a click means.
    quoted.sort((a, b) => a.quote[1] - a.quote[0] - (b.quote[1] - b.quote[0]) || a.index - b.index);
    const piece = make("span", {class: "piece"}, sentence.text.words([from, to]));
    if (quoted.length) {
      piece.addEventListener("click", () => pick(quoted));
      piece.addEventListener("mouseenter", () => hover({kind: "claim", id: (quoted.find((claim) => shown.claims.has(claim.id)) ?? quoted[0]).id}));
      piece.addEventListener("mouseleave", () => hover(null));
    }
    pieces.push({element: piece, quoted, roles: over, sentence: sentence.key});
    return piece;
  });
  const count = own.length
    ? button(String(own.length), () => select({kind: "sentence", id: sentence.key}), {class: "count", "aria-label": `Sentence ${sentence.number}: ${plural(own.length, "claim")}`, title: `Sentence ${sentence.number}: ${plural(own.length, "claim")}`})
    : make("span", {class: "count none", title: "This sentence makes no claim"}, "0");
  return make("span", {class: "sentence", id: `s${sentence.number}`}, parts, count);
}

/** Select the innermost claim of a piece; clicking again goes on to those around it. */
function pick(quoted) {
  const visible = quoted.filter((claim) => shown.claims.has(claim.id));
  if (!visible.length) return;
  const at = visible.findIndex((claim) => state.selection?.kind === "claim" && state.selection.id === claim.id);
  select({kind: "claim", id: visible[(at + 1) % visible.length].id});
}

function sourceNote({known, sha256}) {
  const rows = Object.entries(known).map(([name, value]) => [make("dt", {}, name), make("dd", {}, name === "url" ? link(value, value) : string(value))]);
  return make("footer", {class: "source"}, make("dl", {}, rows, make("dt", {}, "sha256"), make("dd", {class: "code"}, sha256)));
}

/** Mark what the filters leave, what is selected and what the pointer is on. */
function markReading() {
  const focus = focusOf(state.selection).claims;
  const over = focusOf(hovered).claims;
  const one = focus.size === 1 ? [...focus][0] : null;
  const lit = over.size === 1 ? [...over][0] : one;
  for (const {element, quoted, roles} of pieces) {
    const has = (set) => quoted.some((claim) => set.has(claim.id));
    const plays = (role) => roles.some((entry) => entry.role === role && entry.claim.id === lit);
    const name = ["piece", has(shown.claims) && "quoted", has(focus) && "lit", has(over) && "over", plays("cue") && "cue", plays("qualifier") && "qualifier", (plays("subject") || plays("object")) && "mention"].filter(Boolean).join(" ");
    if (element.className !== name) element.className = name;
  }
  for (const sentence of reading.sentences) {
    byId(`s${sentence.number}`)?.classList.toggle("chosen", state.selection?.kind === "sentence" && state.selection.id === sentence.key);
  }
  byId("only-text")?.setAttribute("aria-pressed", String(state.source === reading.id));
}

function scrollReading() {
  const text = textFor(state.selection);
  if (text && text !== reading) {
    showText(text);
    markReading();
  }
  const focus = focusOf(state.selection).claims;
  const target = pieces.find(({quoted, sentence}) => (state.selection?.kind === "sentence" ? sentence === state.selection.id : quoted.some((claim) => focus.has(claim.id))));
  if (!target) return;
  const pane = byId("reading");
  const bounds = pane.getBoundingClientRect();
  const place = target.element.getBoundingClientRect();
  if (!bounds.height) return;
  const isSeen = place.top > bounds.top + 40 && place.bottom < bounds.bottom - 40;
  if (!isSeen) pane.scrollTo({top: pane.scrollTop + place.top - bounds.top - bounds.height * 0.35, behavior: calm() ? "auto" : "smooth"});
}
