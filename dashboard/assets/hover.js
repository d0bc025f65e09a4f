/* What hovering says beyond plotly: on maps, the area under the pointer, anywhere in its outline (plotly knows its centre only);
   on time axes, the value of the year before. */
(function () {
  "use strict";

  const UNSELECTED = "0"; // assets/figures.js
  const GAP_PIXELS = 14; // between the pointer and the text
  const context = document.createElement("canvas").getContext("2d");
  const outlines = new WeakMap(); // paths of a figure -> Path2D of each
  const graphMeta = new WeakMap(); // graph -> `meta` of its figure

  /* the rank, among the areas shown, of the one at a point of a graph; -1 outside all, null where there is no map */
  function areaAt(graph, point) {
    const { paths, classes } = graphMeta.get(graph) || {};
    if (!paths) { return null; }
    if (!outlines.has(paths)) { outlines.set(paths, paths.map(function (path) { return new Path2D(path); })); }
    const { xaxis, yaxis } = graph._fullLayout._plots.xy;
    const [x, y] = [xaxis.p2c(point.x - xaxis._offset), yaxis.p2c(point.y - yaxis._offset)];
    const shown = outlines.get(paths).filter(function (_outline, area) { return classes[area] !== UNSELECTED; });
    return shown.findIndex(function (outline) { return context.isPointInPath(outline, x, y, "evenodd"); });
  }

  let tip = null;

  function hide() {
    if (tip) { tip.remove(); }
    tip = null;
  }

  function show(text, event) {
    tip = tip || document.body.appendChild(Object.assign(document.createElement("div"), { className: "area-tip", ariaHidden: "true" }));
    tip.replaceChildren(...text.split("<br>").map(function (line, rank) {
      return Object.assign(document.createElement(rank ? "p" : "strong"), { textContent: line.replace(/<\/?b>/g, "") });
    }));
    const left = Math.min(event.clientX + GAP_PIXELS, document.documentElement.clientWidth - tip.offsetWidth - GAP_PIXELS);
    tip.style.left = Math.max(0, left) + window.scrollX + "px";
    tip.style.top = event.clientY + GAP_PIXELS + window.scrollY + "px";
  }

  document.addEventListener("pointermove", function (event) {
    const graph = event.pointerType !== "touch" && event.target.closest && event.target.closest(".js-plotly-plot");
    const box = graph && graph._fullLayout && graph.getBoundingClientRect();
    const area = box ? areaAt(graph, { x: event.clientX - box.left, y: event.clientY - box.top }) : null;
    const isPlace = area !== null && graph.querySelector(".hovertext"); // the name of a place: plotly's
    if (area === null || area < 0 || isPlace) { hide(); } else { show(graph._fullData[0].text[area], event); }
  });
  document.addEventListener("pointerdown", hide);
  document.addEventListener("scroll", hide, true);

  /* --- « ; mars 2019 : 2 310 », where the template of a trace has %{customdata} and the trace none */

  const MONTH = { month: "long", year: "numeric", timeZone: "UTC" };
  const DAY = { timeZone: "UTC" };

  function yearBefore(day) { return String(day.slice(0, 4) - 1) + day.slice(4); }

  function textBefore(trace, day) {
    const isStock = trace.line.shape === "hv"; // the value of a stock lasts until the next one
    const before = yearBefore(day);
    const at = isStock ? trace.x.findLastIndex(function (other) { return other <= before; }) : trace.x.indexOf(before);
    if (at < 0 || trace.y[at] === null) { return ""; }
    const when = new Date(before).toLocaleDateString("fr-FR", isStock ? DAY : MONTH);
    return "\u202f; " + when + "\u202f: " + trace.y[at].toLocaleString("fr-FR");
  }

  /* A whole figure (assets/figures.js), with the values of the year before. */
  function hoveredFigure(graph, figure, meta) {
    graphMeta.set(graph, meta);
    const data = figure.data.map(function (trace) {
      const isMissing = !trace.customdata && (trace.hovertemplate || "").includes("%{customdata}");
      return isMissing ? Object.assign({}, trace, { customdata: trace.x.map(function (day) { return textBefore(trace, day); }) }) : trace;
    });
    return Object.assign({}, figure, { data: data });
  }

  window.areaAt = areaAt;
  window.hoveredFigure = hoveredFigure;
}());
