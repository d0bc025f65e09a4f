/* plotly weighs more than all the rest of a page, which shows its charts without it (drawings of the server): its bundle
   comes when the page is interactive and idle, at the first touch of a chart, or with the first change of the page.
   dcc.Graph waits for `window.Plotly`, here a promise until then. */
(function () {
  "use strict";

  const waiting = []; // graphs to be told
  let isRequested = false;

  window.Plotly = { then: function (resolve) { waiting.push(resolve); } };

  function load() {
    if (isRequested) { return; }
    isRequested = true;
    window.lazyControls.load();
    const script = document.createElement("script");
    script.src = document.documentElement.dataset.plotly; // web/document.py
    script.addEventListener("load", function () {
      window.patchPlotly(window.Plotly); // assets/graphs.js
      window.lazyControls.bundle.then(function () { // it defines `regeneratorRuntime`, which dcc.Graph needs
        waiting.forEach(function (resolve) { resolve(window.Plotly); });
      });
    });
    script.addEventListener("error", function () { // the drawings stay; the next touch tries again
      isRequested = false;
      script.remove();
    });
    document.head.append(script);
  }

  /* unless the visitor saves data: then at the first touch of a chart */
  function loadWhenAllowed() {
    if (!navigator.connection || !navigator.connection.saveData) { load(); }
  }

  function loadAtTouch(event) {
    if (event.target.closest && event.target.closest(".card-image")) { load(); }
  }

  ["pointerover", "pointerdown", "focusin"].forEach(function (name) { document.addEventListener(name, loadAtTouch, { passive: true }); });

  /* Other numbers came: the drawings of the server are of the former ones. */
  function outdateDrawings() {
    document.querySelectorAll(".drawing").forEach(function (drawing) { drawing.remove(); });
    load();
  }

  window.plotlyLoader = { load: load, loadWhenAllowed: loadWhenAllowed, outdateDrawings: outdateDrawings };
}());
