/* Paper: a figure is drawn in pixels, so it is drawn again at the width of an A4 card just before printing, and at the
   screen's own size after. Style sheets alone cannot: the lines of text would be scaled with it. */
(function () {
  "use strict";

  const WIDTH = 640; // A4 less its margins and those of the card
  const HEIGHT = 290; // two cards a page

  function figures() {
    return [...document.querySelectorAll(".js-plotly-plot")].filter(function (one) { return one.offsetWidth; });
  }

  window.addEventListener("beforeprint", function () {
    figures().forEach(function (one) {
      one.printedFrom = [one.offsetWidth, one.offsetHeight];
      window.Plotly.relayout(one, { width: WIDTH, height: HEIGHT });
    });
  });

  window.addEventListener("afterprint", function () {
    figures().filter(function (one) { return one.printedFrom; }).forEach(function (one) {
      window.Plotly.relayout(one, { width: one.printedFrom[0], height: one.printedFrom[1] });
      window.Plotly.relayout(one, { width: null, height: null, autosize: true });
      delete one.printedFrom;
    });
  });
}());
