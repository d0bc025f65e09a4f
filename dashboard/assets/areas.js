/* Maps: the area under a point, anywhere in its outline, and its text beside the pointer. Outlines are in the figure of the
   server (`layout.meta`: assets/figures.js); plotly itself would only know the centre of an area. */
(function () {
  "use strict";

  const UNSELECTED = "0"; // assets/figures.js
  const GAP_PIXELS = 14; // between the pointer and the text
  const context = document.createElement("canvas").getContext("2d");
  const shapes = new WeakMap(); // paths of a figure -> Path2D of each

  function shapesOf(paths) {
    if (!shapes.has(paths)) { shapes.set(paths, paths.map(function (path) { return new Path2D(path); })); }
    return shapes.get(paths);
  }

  /* the rank, among the areas shown, of the one at a point of the graph; -1 outside all, null for another figure */
  window.areaAt = function (graph, point) {
    const meta = graph.outlines;
    if (!meta || !meta.paths) { return null; }
    const { xaxis, yaxis } = graph._fullLayout._plots.xy;
    const x = xaxis.p2c(point.x - xaxis._offset);
    const y = yaxis.p2c(point.y - yaxis._offset);
    const all = shapesOf(meta.paths);
    let rank = -1;
    for (let area = 0; area < all.length; area += 1) {
      if (meta.classes[area] === UNSELECTED) { continue; }
      rank += 1;
      if (context.isPointInPath(all[area], x, y, "evenodd")) { return rank; }
    }
    return -1;
  };

  /* --- the text of the area under the pointer */

  let tip = null;

  function hide() {
    if (tip) { tip.remove(); }
    tip = null;
  }

  function show(text, event) {
    const lines = text.split("<br>").map(function (line) { return line.replace(/<\/?b>/g, ""); });
    if (!tip) {
      tip = document.createElement("div");
      tip.className = "area-tip";
      tip.setAttribute("aria-hidden", "true"); // the map has its own description
      document.body.append(tip);
    }
    tip.replaceChildren(...lines.map(function (line, index) {
      const element = document.createElement(index ? "p" : "strong");
      element.textContent = line;
      return element;
    }));
    const left = Math.min(event.clientX + GAP_PIXELS, document.documentElement.clientWidth - tip.offsetWidth - GAP_PIXELS);
    tip.style.left = Math.max(0, left) + window.scrollX + "px";
    tip.style.top = event.clientY + GAP_PIXELS + window.scrollY + "px";
  }

  document.addEventListener("pointermove", function (event) {
    const graph = event.pointerType !== "touch" && event.target.closest && event.target.closest(".js-plotly-plot");
    if (!graph || !graph.outlines || !graph._fullLayout) { hide(); return; }
    const box = graph.getBoundingClientRect();
    const area = window.areaAt(graph, { x: event.clientX - box.left, y: event.clientY - box.top });
    const text = area === null || area < 0 || graph.querySelector(".hoverlayer .hovertext") ? "" : graph._fullData[0].text[area];
    if (text) { show(text, event); } else { hide(); }
  });
  document.addEventListener("pointerdown", hide);
  document.addEventListener("scroll", hide, true);
}());
