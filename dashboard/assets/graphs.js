/* When figures are drawn: at the size of their box, once, those in view first. */
(function () {
  "use strict";

  /* --- figures follow the size of their box, and are drawn again only when it has really changed: Dash requests a
     second drawing of every graph that it has just made, and plotly draws everything again even at the same size */

  const SETTLED = 100; // ms without a change of size
  const MIN_CHANGE = 1; // pixels: plotly ignores a smaller change of size

  function sizeIsCurrent(graph) {
    const layout = graph._fullLayout;
    return !graph.offsetWidth || !layout || // hidden, or not drawn yet
      (Math.abs(graph.offsetWidth - layout.width) <= MIN_CHANGE && Math.abs(graph.offsetHeight - layout.height) <= MIN_CHANGE);
  }

  /* --- charts in view are drawn at once, the others together after the browser has shown these: the visible part of the
     page does not wait for the rest. Only the latest figure of a pending chart is drawn */

  /* the drawings of the server (web/first_response.py), until plotly has drawn the chart */
  function removeDrawings(graph) {
    const box = graph.closest(".card-drawing");
    if (box) { box.querySelectorAll(".drawing").forEach(function (drawing) { drawing.remove(); }); }
  }

  const pending = new Map(); // graph -> { figure, resolvers }: the figure to draw, the promises to resolve

  function isInView(graph) {
    const box = graph.getBoundingClientRect();
    return box.width > 0 && box.top < window.innerHeight && box.bottom > 0;
  }

  function drawPending(draw, graph) {
    const entry = pending.get(graph);
    pending.delete(graph);
    graph.classList.remove("is-pending");
    const promise = graph.isConnected ? draw(graph, entry.figure) : graph;
    entry.resolvers.forEach(function (resolve) { resolve(promise); });
  }

  function drawAllPending(draw) { [...pending.keys()].forEach(function (graph) { drawPending(draw, graph); }); }

  function drawLater(draw, graph, figure) {
    if (!pending.size) { setTimeout(drawAllPending, 0, draw); }
    const former = pending.get(graph);
    return new Promise(function (resolve) {
      pending.set(graph, { figure: figure, resolvers: former ? former.resolvers.concat(resolve) : [resolve] });
      graph.classList.add("is-pending");
    });
  }

  /* --- to be called once, when plotly is loaded (assets/lazy_bundles.js) */

  function patchPlotly(plotly) {
    const plots = plotly.Plots;
    const react = plotly.react;
    const resize = plots.resize; // waits until the size has not changed for 100 ms
    const figures = new WeakMap(); // graph -> its figure as the server sent it, in light colours

    function drawAgain(graph) { // what fits in a figure depends on its size
      if (graph.isConnected && figures.has(graph) && !sizeIsCurrent(graph)) { draw(graph, figures.get(graph)); }
    }

    const boxes = new ResizeObserver(function (entries) {
      entries.forEach(function (entry) {
        if (!entry.target.isConnected) {
          boxes.unobserve(entry.target);
        } else if (!sizeIsCurrent(entry.target)) {
          clearTimeout(entry.target.resizeTimer);
          entry.target.resizeTimer = setTimeout(drawAgain, SETTLED, entry.target);
        }
      });
    });

    plots.resize = function (graph) { // Dash's call, once for each graph
      boxes.observe(graph);
      return sizeIsCurrent(graph) ? Promise.resolve(graph) : resize(graph);
    };
    function draw(graph, figure, size) {
      figures.set(graph, figure);
      const box = size || { width: graph.offsetWidth, height: graph.offsetHeight };
      const completed = window.completeFigure(figure, box);
      const whole = window.themedFigure(window.hoveredFigure(graph, completed, figure.layout.meta));
      if (size) { Object.assign(whole.layout, size); }
      if (graph._fullLayout) {
        graph._fullLayout._pushmargin = {}; // the margins of the former labels
        delete whole.config; // never changes: plotly would compare all of it
      }
      const promise = react(graph, whole);
      removeDrawings(graph);
      return promise;
    }

    plotly.react = function (graph, figure) {
      const isVisible = isInView(graph);
      if (isVisible && !pending.has(graph)) { return draw(graph, figure); }
      const promise = drawLater(draw, graph, figure);
      if (isVisible) { drawPending(draw, graph); }
      return promise;
    };
    window.addEventListener("beforeprint", function () { drawAllPending(draw); }, true);
    window.drawGraphAt = function (graph, size) { // assets/print.js
      draw(graph, figures.get(graph), size);
      return plotly.relayout(graph, size); // moves a legend that has fewer lines at this width
    };
    window.addEventListener("colourmode", function () { // assets/theme.js
      document.querySelectorAll(".js-plotly-plot").forEach(function (graph) {
        if (figures.has(graph) && graph._fullLayout) { draw(graph, figures.get(graph)); }
      });
    });
  }

  window.patchPlotly = patchPlotly;
}());
