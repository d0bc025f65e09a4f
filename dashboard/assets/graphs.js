/* Figures follow the size of their box, and are drawn again only when it has really changed: Dash asks for a second
   drawing of every graph it has just made, and plotly draws it all again even at the same size. */
(function () {
  "use strict";

  const LEAST = 1; // pixels: plotly takes no less for a change

  function fits(graph) {
    const drawn = graph._fullLayout;
    return !graph.offsetWidth || !drawn || // nothing shows, or nothing is drawn yet
      (Math.abs(graph.offsetWidth - drawn.width) <= LEAST && Math.abs(graph.offsetHeight - drawn.height) <= LEAST);
  }

  function own(plots) {
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
    plots.followed = true;
  }

  // Plotly comes with a script of its own: the light bundle, or the whole one that Dash fetches where that is absent.
  document.addEventListener("load", function () {
    if (window.Plotly && !window.Plotly.Plots.followed) { own(window.Plotly.Plots); }
  }, true);
}());
