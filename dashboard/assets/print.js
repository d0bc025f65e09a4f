/* Printing: a figure is drawn in pixels, so it is drawn again at the width of an A4 card just before printing, and at the
   size of the screen after. A style sheet alone would scale the text too. */
(function () {
  "use strict";

  const WIDTH = 640; // pixels: A4 minus the margins of the page and of the card
  const HEIGHT = 290; // pixels: two cards per page

  function visibleGraphs() {
    return [...document.querySelectorAll(".js-plotly-plot")].filter(function (graph) { return graph.offsetWidth; });
  }

  window.addEventListener("beforeprint", function () {
    visibleGraphs().forEach(function (graph) {
      graph.screenSize = [graph.offsetWidth, graph.offsetHeight];
      window.Plotly.relayout(graph, { width: WIDTH, height: HEIGHT });
    });
  });

  window.addEventListener("afterprint", function () {
    visibleGraphs().filter(function (graph) { return graph.screenSize; }).forEach(function (graph) {
      window.Plotly.relayout(graph, { width: graph.screenSize[0], height: graph.screenSize[1] });
      window.Plotly.relayout(graph, { width: null, height: null, autosize: true });
      delete graph.screenSize;
    });
  });
}());
