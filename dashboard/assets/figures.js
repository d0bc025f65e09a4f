/* A figure of the server made whole for plotly: presets and outlines that the browser already holds are put in, and the
   margins that would make plotly draw twice are computed before. The server draws with the same code (dashboard/drawing). */
(function () {
  "use strict";

  /* --- margins for the labels of axes: plotly draws everything, measures the labels, and draws everything again when
     the margin is too small; a margin computed before saves the second drawing (plotly corrects it where it falls short) */

  const EDGE_PIXELS = 12; // that plotly leaves at the edge
  const LINE_HEIGHT = 1.3; // in font sizes
  const TICK_PIXELS = 8;
  const LEGEND_SHIFT = 0.99; // of the left margin, from the plot towards the edge of the figure: more would widen the margin
  const DATE_PIXELS = 80; // between two dates, where plotly chooses their number
  const HALF_YEAR = 183 * 24 * 3600 * 1000; // ms between two ticks: beyond it the labels are years, on one line
  const labels = window.figureLabels; // assets/figure_labels.js, which comes first by its name

  function longestNumber(axis) {
    const top = Math.max.apply(null, axis.range.map(Math.abs));
    const number = top < 5 && !axis.tickformat ? "0,5" : Math.floor(top).toLocaleString("fr-FR");
    return (axis.range[0] < 0 ? "−" : "") + number + (axis.ticksuffix || "");
  }

  function labelTexts(axis, categories) {
    if (axis.ticktext) { return axis.ticktext; }
    if (axis.type === "category") { return categories; }
    return axis.range ? [longestNumber(axis)] : [];
  }

  function fontSize(axis, font) { return (axis.tickfont && axis.tickfont.size) || font.size; }

  function labelWidth(axis, categories, font) {
    const width = labels.widest(labelTexts(axis, categories), fontSize(axis, font), font.family);
    return Math.ceil(width) + (axis.ticklabelstandoff || 0) + 1 + EDGE_PIXELS;
  }

  function labelLines(axis, categories, axisLength) {
    if (axis.type === "multicategory") { return 2; }
    if (axis.type === "date") {
      const ends = (axis.range || [categories[0], categories[categories.length - 1]]).map(Date.parse);
      const ticks = axis.nticks || Math.min(9, Math.max(4, axisLength / DATE_PIXELS)) + 1;
      return (ends[1] - ends[0]) / ticks > HALF_YEAR ? 1 : 2;
    }
    return Math.max.apply(null, [0].concat(labelTexts(axis, categories).map(function (text) {
      return String(text).split("<br>").length;
    })));
  }

  function labelHeight(axis, categories, font, axisLength) {
    const size = fontSize(axis, font);
    const height = axis.tickangle === -90 ? labels.widest(axis.ticktext, size, font.family)
      : labelLines(axis, categories, axisLength) * size * LINE_HEIGHT;
    return Math.ceil(height) + (axis.ticks ? TICK_PIXELS : 0) + EDGE_PIXELS;
  }

  function axesOf(layout) { return Object.keys(layout).filter(function (name) { return /^[xy]axis/.test(name); }); }

  function measuredAxes(layout, letter) {
    return axesOf(layout).filter(function (name) {
      return name[0] === letter && layout[name].automargin && layout[name].showticklabels !== false;
    }).map(function (name) { return layout[name]; });
  }

  function sideMargins(layout, data) {
    const first = data[0] || {};
    const widths = measuredAxes(layout, "y").map(function (axis) { return labelWidth(axis, first.y || [], layout.font); });
    return Object.assign({}, layout.margin, { l: Math.max.apply(null, [layout.margin.l].concat(widths)) });
  }

  function marginsFor(layout, data, box) {
    const margin = Object.assign({}, layout.margin);
    const first = data[0] || {};
    measuredAxes(layout, "x").forEach(function (axis) {
      const side = axis.side === "top" ? "t" : "b";
      const domainStart = ((layout[(axis.anchor || "y").replace("y", "yaxis")] || {}).domain || [0])[0]; // > 0 for panels above others
      const labelSize = labelHeight(axis, first.x || [], layout.font, box.width - margin.l - margin.r);
      const room = (labelSize - domainStart * (box.height - margin.t)) / (1 - domainStart);
      margin[side] = Math.max(margin[side], Math.ceil(room));
    });
    return margin;
  }

  /* --- bars of rows are no thicker than in a card, however high the box of few rows is */

  const MAX_BAR_PIXELS = 24;

  function thinBars(layout, data, box) {
    const range = (layout.yaxis || {}).range;
    if (!range || layout.yaxis.type === "category") { return data; }
    const pixels = (box.height - layout.margin.t - layout.margin.b) / (range[1] - range[0]);
    return data.map(function (trace) {
      if (trace.orientation !== "h" || !(trace.width * pixels > MAX_BAR_PIXELS)) { return trace; }
      const width = MAX_BAR_PIXELS / pixels;
      return Object.assign({}, trace, { width: width }, trace.offset < 0 ? { offset: trace.offset + trace.width - width } : {});
    });
  }

  /* --- maps: the outlines are sent once (layout.meta), then only the class of each area. The areas of one class make
     one shape; class 0 holds the areas outside the selection */

  const UNSELECTED = "0";

  function expandMap(figure) {
    const meta = figure.layout.meta;
    const paths = figure.layout.shapes.map(function () { return ""; });
    const shown = [];
    meta.classes.split("").forEach(function (rank, area) {
      paths[rank] += meta.paths[area];
      if (rank !== UNSELECTED) { shown.push(meta.middles[area]); }
    });
    const shapes = figure.layout.shapes.map(function (shape, rank) {
      return Object.assign({}, shape, shape.path ? {} : { path: paths[rank] || "M0,0Z" });
    });
    const names = Object.assign({}, figure.data[0], {
      x: shown.map(function (point) { return point[0]; }),
      y: shown.map(function (point) { return point[1]; })
    });
    return {
      data: [names].concat(figure.data.slice(1)),
      layout: Object.assign({}, figure.layout, { shapes: shapes, meta: undefined })
    };
  }

  /* --- presets: parts that many figures share are in the configuration of each graph; a figure names them (`preset`) */

  function expandPresets(figure) {
    const presets = (figure.config && figure.config.presets) || {};
    function expandPart(part) { return part && part.preset ? Object.assign({}, presets[part.preset], part) : part; }
    const layout = Object.assign({}, expandPart(figure.layout));
    axesOf(layout).forEach(function (name) { layout[name] = expandPart(layout[name]); });
    return Object.assign({}, figure, { data: figure.data.map(expandPart), layout: layout });
  }

  function completeFigure(compact, box) {
    const figure = expandPresets(compact);
    if (!figure.layout.font) { return figure; } // none of ours
    const whole = figure.layout.meta && figure.layout.meta.paths ? Object.assign({}, figure, expandMap(figure)) : figure;
    const named = labels.fitNamesBeside(whole.layout, whole.data, box);
    const layout = Object.assign({}, named, { margin: sideMargins(named, whole.data) });
    const width = box.width - layout.margin.l - layout.margin.r;
    Object.assign(layout, labels.fitEnds(labels.fitAxes(layout, whole.data, width), whole.data, width));
    layout.margin = marginsFor(layout, whole.data, box);
    if (layout.showlegend) { layout.legend = Object.assign({}, layout.legend, { x: -LEGEND_SHIFT * layout.margin.l / width }); }
    axesOf(layout).forEach(function (name) { // margins are known: without this plotly compares each label with every other one
      layout[name] = Object.assign({ ticklabeloverflow: "allow" }, layout[name]);
    });
    return Object.assign({}, whole, { data: labels.fitTraces(layout, thinBars(layout, whole.data, box), { width: width, whole: box.width }), layout: layout });
  }

  window.completeFigure = completeFigure;
}());
