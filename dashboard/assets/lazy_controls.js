/* The controls of dash-bootstrap-components stand in closed panels: their bundle comes when the page is interactive, or
   when a panel is about to be opened. Until then Dash meets these components in their place. */
(function () {
  "use strict";

  const NAMES = ["Checklist", "RadioItems", "Input"]; // components/filter_bar.py
  const RETRY = 5000; // ms
  const address = document.getElementById("_dash-renderer").dataset.controls; // web/factory.py
  let isRequested = false;
  let resolveBundle = null;
  const bundle = new Promise(function (resolve) { resolveBundle = resolve; });

  function load() {
    if (isRequested) { return; }
    isRequested = true;
    const script = document.createElement("script");
    script.src = address;
    script.addEventListener("load", function () {
      resolveBundle(window.dash_bootstrap_components);
      window.dash_bootstrap_components = lazyComponents; // React would make others in the place of those already drawn
    });
    script.addEventListener("error", function () {
      script.remove();
      isRequested = false;
      setTimeout(load, RETRY);
    });
    document.head.append(script);
  }

  function loadAtTouch(event) {
    if (event.target.closest && event.target.closest(".filters")) { load(); }
  }

  ["pointerover", "pointerdown", "focusin"].forEach(function (name) { document.addEventListener(name, loadAtTouch, { passive: true }); });

  function lazyComponent(name) {
    let Component = null;
    return function (props) {
      const React = window.React;
      Component = Component || React.lazy(function () {
        return bundle.then(function (components) { return { default: components[name] }; });
      });
      return React.createElement(React.Suspense, { fallback: null }, React.createElement(Component, props));
    };
  }

  window.lazyControls = { load: load, bundle: bundle };
  const lazyComponents = Object.fromEntries(NAMES.map(function (name) { return [name, lazyComponent(name)]; }));
  window.dash_bootstrap_components = lazyComponents;
}());
