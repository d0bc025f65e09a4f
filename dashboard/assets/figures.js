/* A figure of the server made whole for plotly: presets and outlines that the browser already holds are put in, and the
   margins that would make plotly draw twice are computed before. The server draws with the same code (dashboard/drawing). */
(function () {
  "use strict";

  /* --- margins for the labels of axes: plotly draws everything, measures the labels, and draws everything again when
     the margin is too small; a margin computed before saves the second drawing (plotly corrects it where it falls short) */

  const EDGE_PIXELS = 12; // that plotly leaves at the edge
  const LINE_HEIGHT = 1.3; // in font sizes
  const TICK_PIXELS = 8;
  const DATE_PIXELS = 80; // between two dates, where plotly chooses their number
  const HALF_YEAR = 183 * 24 * 3600 * 1000; // ms between two ticks: beyond it the labels are years, on one line
  const context = document.createElement("canvas").getContext("2d");

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
    context.font = fontSize(axis, font) + "px " + font.family;
    const widths = labelTexts(axis, categories).map(function (text) { return context.measureText(text).width; });
    return Math.ceil(Math.max.apply(null, [0].concat(widths))) + (axis.ticklabelstandoff || 0) + 1 + EDGE_PIXELS;
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
    return Math.ceil(labelLines(axis, categories, axisLength) * fontSize(axis, font) * LINE_HEIGHT) + (axis.ticks ? TICK_PIXELS : 0) + EDGE_PIXELS;
  }

  function axesOf(layout) { return Object.keys(layout).filter(function (name) { return /^[xy]axis/.test(name); }); }

  function marginsFor(layout, data, box) {
    const margin = Object.assign({}, layout.margin);
    const first = data[0] || {};
    axesOf(layout).sort().reverse().forEach(function (name) { // y axes first: their margins narrow the x axes
      const axis = layout[name];
      if (!axis.automargin || axis.showticklabels === false) { return; }
      if (name.startsWith("yaxis")) {
        margin.l = Math.max(margin.l, labelWidth(axis, first.y || [], layout.font));
      } else {
        const side = axis.side === "top" ? "t" : "b";
        const domainStart = ((layout[(axis.anchor || "y").replace("y", "yaxis")] || {}).domain || [0])[0]; // > 0 for panels above others
        const labelSize = labelHeight(axis, first.x || [], layout.font, box.width - margin.l - margin.r);
        const room = (labelSize - domainStart * (box.height - margin.t)) / (1 - domainStart);
        margin[side] = Math.max(margin[side], Math.ceil(room));
      }
    });
    return margin;
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
    const whole = figure.layout.meta ? Object.assign({}, figure, expandMap(figure)) : figure;
    const layout = Object.assign({}, whole.layout, { margin: marginsFor(whole.layout, whole.data, box) });
    axesOf(layout).forEach(function (name) { // margins are known: without this plotly compares each label with every other one
      layout[name] = Object.assign({ ticklabeloverflow: "allow" }, layout[name]);
    });
    return Object.assign({}, whole, { layout: layout });
  }

  window.completeFigure = completeFigure;
}());
