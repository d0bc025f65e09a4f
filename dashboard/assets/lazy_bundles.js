/* Bundles that come after the page: plotly weighs more than all the rest, and the controls of dash-bootstrap-components
   stand in closed panels. A page shows its charts (drawings of the server) and its filters without them: they come when it
   is interactive and idle (assets/first_view.js), at the first touch of what needs them, or with the first change. */
(function () {
  "use strict";

  /* A script that is fetched once, at the first call of `load` or the first touch inside `selector`; a fetch that failed
     is tried again at the next one, and after `retry` ms if given. `whenLoaded` is called once. */
  function lazyScript(readAddress, selector, whenLoaded, retry) {
    let isRequested = false;

    function load() {
      if (isRequested) { return; }
      isRequested = true;
      const script = document.createElement("script");
      script.src = readAddress();
      script.addEventListener("load", whenLoaded);
      script.addEventListener("error", function () {
        isRequested = false;
        script.remove();
        if (retry) { setTimeout(load, retry); }
      });
      document.head.append(script);
    }

    function loadAtTouch(event) {
      if (event.target.closest && event.target.closest(selector)) { load(); }
    }

    ["pointerover", "pointerdown", "focusin"].forEach(function (name) { document.addEventListener(name, loadAtTouch, { passive: true }); });
    return load;
  }

  /* --- controls: until their bundle has come, Dash meets these components in their place */

  const CONTROLS = ["Checklist", "RadioItems", "Input"]; // components/filter_bar.py
  const RETRY = 5000; // ms
  let resolveControls = null;
  const controls = new Promise(function (resolve) { resolveControls = resolve; });

  function lazyComponent(name) {
    let Component = null;
    return function (props) {
      const React = window.React;
      Component = Component || React.lazy(function () {
        return controls.then(function (components) { return { default: components[name] }; });
      });
      return React.createElement(React.Suspense, { fallback: null }, React.createElement(Component, props));
    };
  }

  const lazyComponents = Object.fromEntries(CONTROLS.map(function (name) { return [name, lazyComponent(name)]; }));
  window.dash_bootstrap_components = lazyComponents;

  const loadControls = lazyScript(
    function () { return document.getElementById("_dash-renderer").dataset.controls; }, // web/factory.py
    ".filters",
    function () {
      resolveControls(window.dash_bootstrap_components);
      window.dash_bootstrap_components = lazyComponents; // React would make others in the place of those already drawn
    },
    RETRY
  );

  /* --- plotly: dcc.Graph waits for `window.Plotly`, here a promise until then. Without it the drawings stay */

  const waiting = []; // graphs to be told
  window.Plotly = { then: function (resolve) { waiting.push(resolve); } };

  const fetchPlotly = lazyScript(
    function () {
      loadControls(); // they define `regeneratorRuntime`, which dcc.Graph needs
      return document.documentElement.dataset.plotly; // web/document.py
    },
    ".card-image",
    function () {
      window.patchPlotly(window.Plotly); // assets/graphs.js
      controls.then(function () { waiting.forEach(function (resolve) { resolve(window.Plotly); }); });
    }
  );

  /* all of them, unless the visitor saves data: then plotly comes at the first touch of a chart */
  function loadWhenIdle() {
    loadControls();
    if (!navigator.connection || !navigator.connection.saveData) { fetchPlotly(); }
  }

  /* Other numbers came: the drawings of the server are of the former ones. */
  function replaceDrawings() {
    document.querySelectorAll(".drawing").forEach(function (drawing) { drawing.remove(); });
    fetchPlotly();
  }

  window.lazyBundles = { loadWhenIdle: loadWhenIdle, replaceDrawings: replaceDrawings };
}());
