/* `drawSvg(json, width, height, prefix)`: a figure (`data`, `layout` of plotly, as the page receives it) drawn as SVG.
   The same figure gives the same text: ids come from a fixed series, and `prefix` sets them apart from those of other
   drawings. Figures are completed by the page's own code (assets/figures.js). */
(function () {
  "use strict";

  function fixedSeries() { // mulberry32
    let state = 1;
    return function () {
      state = (state + 0x6d2b79f5) | 0;
      let t = Math.imul(state ^ (state >>> 15), 1 | state);
      t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    };
  }

  /* --- clips that clip nothing are left out: each costs an image of the whole plot when the drawing becomes pixels */

  const EDGE_PIXELS = 3; // half of a thick line on the edge of the plot

  function removeIdleClips(graph) {
    graph.querySelectorAll("[clip-path]").forEach(function (element) {
      const name = /#([^"')]+)/.exec(element.getAttribute("clip-path"));
      const clip = name && graph.querySelector("#" + name[1] + " > rect");
      if (clip && isInside(drawingDom.ownBox(element), drawingDom.ownBox(clip))) { element.removeAttribute("clip-path"); }
    });
  }

  function isInside(box, clip) {
    return !box || (box[0] >= clip[0] - EDGE_PIXELS && box[1] >= clip[1] - EDGE_PIXELS && box[2] <= clip[2] + EDGE_PIXELS && box[3] <= clip[3] + EDGE_PIXELS);
  }

  /* --- what serves the pointer, or is not seen, is left out for the same reason */

  function isInvisible(tag) {
    const hasStroke = /stroke: /.test(tag) && !/stroke-opacity: 0;|stroke-width: 0(px)?;/.test(tag);
    return /[^-]opacity: 0;/.test(tag) || (/fill-opacity: 0;/.test(tag) && !hasStroke);
  }

  function withoutInvisible(svg) {
    return svg.replace(/<(?:path|rect) [^>]*\/>/g, function (tag) { return isInvisible(tag) ? "" : tag; });
  }

  /* --- a tenth of a pixel is enough: coordinates with all their digits are half of a map */

  function withShortNumbers(svg) {
    return svg.replace(/ d="[^"]*"/g, function (path) {
      return path.replace(/-?\d+\.\d{2,}/g, function (number) { return String(Math.round(number * 10) / 10); });
    });
  }

  function finished(svg, prefix) { // spaces before a label keep it off its mark; the word joiners of plain texts have served
    return withShortNumbers(withoutInvisible(svg)).replace(/(\sid="|url\((?:&quot;|['"])?#|href="#)/g, "$1" + prefix)
      .replace(/\u2060/g, "")
      .replace("<svg ", "<svg xml:space=\"preserve\" ");
  }

  globalThis.drawSvg = function (json, width, height, prefix) {
    const figure = globalThis.completeFigure(JSON.parse(json), { width: width, height: height });
    const graph = document.createElement("div");
    const size = { width: width, height: height, autosize: false };
    Math.random = fixedSeries();
    document.body.appendChild(graph);
    try {
      Plotly.newPlot(graph, figure.data, Object.assign({}, figure.layout, size), Object.assign({}, globalThis.drawingConfig, { staticPlot: true }));
      removeIdleClips(graph);
      return finished(Plotly.Snapshot.toSVG(graph, "svg", 1), prefix);
    } finally {
      if (graph._fullLayout && graph._fullLayout._paper) { Plotly.purge(graph); }
      graph.remove();
    }
  };
}());
