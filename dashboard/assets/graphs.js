/* What is done to a figure between its answer and plotly: what would make plotly draw it twice is settled before, and
   what the browser already holds is not sent again. */
(function () {
  "use strict";

  /* --- figures follow the size of their box, and are drawn again only when it has really changed: Dash asks for a
     second drawing of every graph it has just made, and plotly draws it all again even at the same size */

  const LEAST = 1; // pixels: plotly takes no less for a change

  function fits(graph) {
    const drawn = graph._fullLayout;
    return !graph.offsetWidth || !drawn || // nothing shows, or nothing is drawn yet
      (Math.abs(graph.offsetWidth - drawn.width) <= LEAST && Math.abs(graph.offsetHeight - drawn.height) <= LEAST);
  }

  /* --- room for the labels of axes: plotly draws everything, measures them, and draws everything again if they had no
     room; known before, once is enough (it still does so where this falls short) */

  const PAD = 12; // pixels that plotly leaves at the edge
  const LINE = 1.3; // height of a line, in sizes of its letters
  const TICK = 8;
  const APART = 80; // pixels between two dates, where plotly chooses how many
  const HALF_YEAR = 183 * 24 * 3600 * 1000; // between two ticks: from there they are years, on a line of their own
  const pen = document.createElement("canvas").getContext("2d");

  function numberOf(axis) {
    const top = Math.max.apply(null, axis.range.map(Math.abs));
    const number = top < 5 && !axis.tickformat ? "0,5" : Math.floor(top).toLocaleString("fr-FR");
    return (axis.range[0] < 0 ? "−" : "") + number + (axis.ticksuffix || "");
  }

  function texts(axis, places) {
    if (axis.ticktext) { return axis.ticktext; }
    if (axis.type === "category") { return places; }
    return axis.range ? [numberOf(axis)] : [];
  }

  function sizeOf(axis, font) { return (axis.tickfont && axis.tickfont.size) || font.size; }

  function width(axis, places, font) {
    pen.font = sizeOf(axis, font) + "px " + font.family;
    const widths = texts(axis, places).map(function (text) { return pen.measureText(text).width; });
    return Math.ceil(Math.max.apply(null, [0].concat(widths))) + (axis.ticklabelstandoff || 0) + 1 + PAD;
  }

  function lines(axis, places, long) {
    if (axis.type === "multicategory") { return 2; }
    if (axis.type === "date") {
      const ends = (axis.range || [places[0], places[places.length - 1]]).map(Date.parse);
      const ticks = axis.nticks || Math.min(9, Math.max(4, long / APART)) + 1;
      return (ends[1] - ends[0]) / ticks > HALF_YEAR ? 1 : 2;
    }
    return Math.max.apply(null, [0].concat(texts(axis, places).map(function (text) {
      return String(text).split("<br>").length;
    })));
  }

  function height(axis, places, font, long) {
    return Math.ceil(lines(axis, places, long) * sizeOf(axis, font) * LINE) + (axis.ticks ? TICK : 0) + PAD;
  }

  function axesOf(layout) { return Object.keys(layout).filter(function (name) { return /^[xy]axis/.test(name); }); }

  function roomy(layout, data, box) {
    const margin = Object.assign({}, layout.margin);
    const first = data[0] || {};
    axesOf(layout).sort().reverse().forEach(function (name) { // those of y first: they leave less to those of x
      const axis = layout[name];
      if (!axis.automargin || axis.showticklabels === false) { return; }
      if (name.startsWith("yaxis")) {
        margin.l = Math.max(margin.l, width(axis, first.y || [], layout.font));
      } else {
        const side = axis.side === "top" ? "t" : "b";
        const under = ((layout[(axis.anchor || "y").replace("y", "yaxis")] || {}).domain || [0])[0]; // for panels
        const high = height(axis, first.x || [], layout.font, box.width - margin.l - margin.r);
        const room = (high - under * (box.height - margin.t)) / (1 - under);
        margin[side] = Math.max(margin[side], Math.ceil(room));
      }
    });
    return margin;
  }

  /* --- maps: the outlines are sent once (layout.meta), then only the class of each area. Areas of a class are one
     shape, the first class being those that are not shown */

  const OUTSIDE = "0";

  function mapped(figure) {
    const meta = figure.layout.meta;
    const paths = figure.layout.shapes.map(function () { return ""; });
    const shown = [];
    meta.classes.split("").forEach(function (rank, area) {
      paths[rank] += meta.paths[area];
      if (rank !== OUTSIDE) { shown.push(meta.middles[area]); }
    });
    const shapes = figure.layout.shapes.map(function (shape, rank) {
      return Object.assign({}, shape, shape.path ? {} : { path: paths[rank] || "M0,0Z" });
    });
    const names = Object.assign({}, figure.data[0], {
      x: shown.map(function (middle) { return middle[0]; }),
      y: shown.map(function (middle) { return middle[1]; })
    });
    return {
      data: [names].concat(figure.data.slice(1)),
      layout: Object.assign({}, figure.layout, { shapes: shapes, meta: undefined })
    };
  }

  /* --- what many figures share is sent once, with the configuration of each graph, and named after */

  function unfolded(figure) {
    const looks = (figure.config && figure.config.looks) || {};
    function whole(part) { return part && part.like ? Object.assign({}, looks[part.like], part) : part; }
    const layout = Object.assign({}, whole(figure.layout));
    axesOf(layout).forEach(function (name) { layout[name] = whole(layout[name]); });
    return Object.assign({}, figure, { data: figure.data.map(whole), layout: layout });
  }

  function finished(short, box) {
    const figure = unfolded(short);
    const whole = figure.layout.meta ? Object.assign({}, figure, mapped(figure)) : figure;
    const layout = Object.assign({}, whole.layout, { margin: roomy(whole.layout, whole.data, box) });
    axesOf(layout).forEach(function (name) { // there is room: else each label is measured again for every other one
      layout[name] = Object.assign({ ticklabeloverflow: "allow" }, layout[name]);
    });
    return Object.assign({}, whole, { layout: layout });
  }

  /* --- charts in view are drawn at once, the others in one go after the browser has shown them: what the reader looks at
     does not wait for what lies below. Of a chart that waits only the latest figure counts */

  const waiting = new Map(); // graph -> { figure, done }: what to draw, and whom to tell

  function inView(graph) {
    const box = graph.getBoundingClientRect();
    return box.width > 0 && box.top < window.innerHeight && box.bottom > 0;
  }

  function drawWaiting(draw, graph) {
    const asked = waiting.get(graph);
    waiting.delete(graph);
    graph.classList.remove("is-waiting");
    const drawn = graph.isConnected ? draw(graph, asked.figure) : graph;
    asked.done.forEach(function (done) { done(drawn); });
  }

  function drawAll(draw) { [...waiting.keys()].forEach(function (graph) { drawWaiting(draw, graph); }); }

  function later(draw, graph, figure) {
    if (!waiting.size) { setTimeout(drawAll, 0, draw); }
    const former = waiting.get(graph);
    return new Promise(function (done) {
      waiting.set(graph, { figure: figure, done: former ? former.done.concat(done) : [done] });
      graph.classList.add("is-waiting");
    });
  }

  /* --- plotly comes with a script of its own: the light bundle, or the whole one that Dash fetches where it is absent */

  function own(plotly) {
    const plots = plotly.Plots;
    const react = plotly.react;
    const toImage = plotly.toImage;
    const resize = plots.resize; // waits until the size has been the same for 100 ms

    const boxes = new ResizeObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.target.isConnected) {
          boxes.unobserve(entry.target);
        } else if (!fits(entry.target)) {
          resize(entry.target);
        }
      });
    });

    plots.resize = function (graph) { // Dash's call, once for each graph
      boxes.observe(graph);
      return fits(graph) ? Promise.resolve(graph) : resize(graph);
    };
    function draw(graph, figure) {
      const whole = finished(figure, { width: graph.offsetWidth, height: graph.offsetHeight });
      if (graph._fullLayout) {
        graph._fullLayout._pushmargin = {}; // the room that the labels before these took
        delete whole.config; // always the same: plotly would compare its thousand words
      }
      return react(graph, whole);
    }

    plotly.react = function (graph, figure) {
      const now = inView(graph);
      if (now && !waiting.has(graph)) { return draw(graph, figure); }
      const drawn = later(draw, graph, figure);
      if (now) { drawWaiting(draw, graph); }
      return drawn;
    };
    window.addEventListener("beforeprint", function () { drawAll(draw); }, true);
    plotly.toImage = function (figure, size) { return toImage(finished(figure, size), size); };
    plotly.finishes = true;
  }

  document.addEventListener("load", function () {
    if (window.Plotly && !window.Plotly.finishes) { own(window.Plotly); }
  }, true);
}());
