// Start, and keep the views in step with the state.

function applyTheme() {
  if (state.theme) document.documentElement.dataset.theme = state.theme;
  else delete document.documentElement.dataset.theme;
  const isDark = state.theme === "dark" || (!state.theme && matchMedia("(prefers-color-scheme: dark)").matches);
  byId("theme").textContent = isDark ? "Light" : "Dark";
  byId("theme").setAttribute("aria-label", isDark ? "Change to light colours" : "Change to dark colours");
  readTheme();
  redraw();
}

function applyView() {
  byId("workspace").dataset.view = state.view;
  document.querySelectorAll("[data-view]").forEach((element) => {
    if (element.matches("button")) element.setAttribute("aria-pressed", String(element.dataset.view === state.view));
  });
  if (state.view === "graph" && !isPlaced) requestAnimationFrame(place);
  if (state.view === "table") showTable();
  if (byId("ask")) openAsk();
}

let isPlaced = false;

/** Show all once the pane has a size; a pane that was hidden has none. */
function place() {
  const bounds = byId("canvas").getBoundingClientRect();
  if (!bounds.width) return;
  network.setSize("100%", "100%");
  fit({animate: false});
  isPlaced = true;
  reveal();
}

let layoutOf = null; // the concept that the chart is laid out around

function refresh(what) {
  if (what === "filter" || what === "all") {
    computeShown();
    fillRows();
    markLegend();
  }
  if (what === "all") {
    applyTheme();
    applyView();
  }
  if (what === "view") applyView();
  if (what !== "view") {
    redraw(what === "filter" || what === "all" || (what === "selection" && isChart));
    markReading();
    markTable();
  }
  if (what === "selection" || what === "all") {
    showDetail();
    scrollReading();
    scrollTable();
    if (isPlaced) reveal();
    if (what === "selection" && isChart) markLegend();
  }
  if (what === "filter" && isChart && isPlaced && layoutOf !== state.only) fit();
  layoutOf = state.only;
  if (what === "filter" && state.selection?.kind === "concept") showDetail();
}

function onKey(event) {
  const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName) && event.target.type !== "checkbox";
  if (event.key === "Escape") {
    if (pathFrom !== null) cancelPath();
    else if (!isTyping) select(null);
    toggleLegend(false);
  } else if (event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey) {
    event.preventDefault();
    byId("find").focus();
  }
}

function toggleLegend(isOpen = !byId("workspace").classList.contains("with-legend")) {
  byId("workspace").classList.toggle("with-legend", isOpen);
  byId("show-legend").setAttribute("aria-expanded", String(isOpen));
}

function start() {
  recall();
  computeShown();
  readTheme();
  startReading();
  startTable();
  startLegend();
  startDetail();
  startSearch();
  startExport();
  startGraph();
  if (byId("ask")) startAsk();
  onChange(refresh);
  refresh("all");
  document.addEventListener("keydown", onKey);
  document.querySelectorAll(".views button").forEach((element) => element.addEventListener("click", () => show(element.dataset.view)));
  byId("theme").addEventListener("click", () => {
    const isDark = state.theme === "dark" || (!state.theme && matchMedia("(prefers-color-scheme: dark)").matches);
    state.theme = isDark ? "light" : "dark";
    remember(false);
    applyTheme();
  });
  byId("show-legend").addEventListener("click", () => toggleLegend());
  byId("skip").addEventListener("click", (event) => {
    event.preventDefault();
    show("table");
    byId("table").focus();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyTheme);
  for (const name of ["popstate", "hashchange"]) {
    addEventListener(name, () => {
      if (location.hash === known || (location.hash === "" && known === "#")) return;
      recall();
      refresh("all");
    });
  }
  let width = 0;
  new ResizeObserver(() => {
    const now = byId("canvas").getBoundingClientRect().width;
    if (!isPlaced) place();
    else if (now && width && Math.abs(now - width) > 120) fit({animate: false});
    else reveal();
    if (now) width = now;
  }).observe(byId("canvas"));
}

start();
