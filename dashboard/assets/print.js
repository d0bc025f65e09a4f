/* Printing: a figure is drawn in pixels, so it is drawn again at the width of an A4 card just before printing, and at the
   size of the screen after. A style sheet alone would scale the text too. The paper names the address of the page, and
   Ctrl+P shows lists whole before it prints, then as they were. */
(function () {
  "use strict";

  const WIDTH = 640; // pixels: A4 minus the margins of the page and of the card
  const MAX_HEIGHT = 290; // pixels: two cards per page

  const { replace } = window.pageAddress; // assets/navigation.js
  const WHOLE = "toutes"; // the page of a list with all its rows (lists/state.py)
  const POLL = 50; // ms
  const MAX_WAIT = 5000; // ms, then what is there is printed

  function visibleGraphs() {
    return [...document.querySelectorAll(".js-plotly-plot")].filter(function (graph) { return graph.offsetWidth; });
  }

  /* the links of lists that show one page of theirs (components/listing.py) */
  function wholeListLinks() {
    return [...document.querySelectorAll("a.list-whole")];
  }

  function printWhenWhole(shownAddress, deadline) {
    if (wholeListLinks().length && Date.now() < deadline) {
      setTimeout(printWhenWhole, POLL, shownAddress, deadline);
      return;
    }
    window.addEventListener("afterprint", function () { replace(shownAddress); }, { once: true });
    window.print();
  }

  document.addEventListener("keydown", function (event) {
    const links = wholeListLinks();
    if (event.key !== "p" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey || !links.length) { return; }
    event.preventDefault();
    const shownAddress = location.href;
    const address = new URL(shownAddress);
    links.forEach(function (link) {
      new URL(link.href).searchParams.forEach(function (value, name) {
        if (value === WHOLE) { address.searchParams.set(name, value); }
      });
    });
    replace(address.href);
    printWhenWhole(shownAddress, Date.now() + MAX_WAIT);
  });

  window.addEventListener("beforeprint", function () {
    document.documentElement.style.setProperty("--page-address", JSON.stringify(decodeURI(location.href)));
    visibleGraphs().filter(function (graph) { return !graph.screenSize; }).forEach(function (graph) { // some browsers tell it twice
      graph.screenSize = [graph.offsetWidth, graph.offsetHeight];
      window.drawGraphAt(graph, { width: WIDTH, height: Math.min(MAX_HEIGHT, graph.offsetHeight) });
    });
  });

  window.addEventListener("afterprint", function () {
    visibleGraphs().filter(function (graph) { return graph.screenSize; }).forEach(function (graph) {
      window.drawGraphAt(graph, { width: graph.screenSize[0], height: graph.screenSize[1] });
      window.Plotly.relayout(graph, { width: null, height: null, autosize: true });
      delete graph.screenSize;
    });
  });
}());
