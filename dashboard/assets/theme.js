/* Light or dark: the mode of the device, or the one chosen at the foot of the page and stored on this device only. Loaded in the
   head, so that the first paint has it. Style sheets follow the mode by themselves (colours.css); the figures of the server are light,
   and plotly draws them in the colours of the mode (graphs.js). Paper is light. */
(function () {
  "use strict";

  const KEY = "couleurs";
  const LABELS = { light: "Clair", dark: "Sombre", automatic: "Automatique" };
  const root = document.documentElement;
  const device = window.matchMedia("(prefers-color-scheme: dark)");
  const contrastTheme = window.matchMedia("(forced-colors: active)"); // of Windows: its ground is that of charts too
  const darkColours = new Map((root.dataset.darkColours || "").split(" ").map(function (pair) { return pair.split(":"); }));

  function storedChoice() {
    try {
      const choice = window.localStorage.getItem(KEY);
      return choice in LABELS ? choice : "automatic";
    } catch (error) { // a browser without storage
      return "automatic";
    }
  }

  let choice = storedChoice();

  function show(mode) {
    if (root.dataset.bsTheme === mode) { return; }
    root.dataset.bsTheme = mode; // Bootstrap's name
    window.dispatchEvent(new CustomEvent("colourmode"));
  }

  const hasDarkColours = window.CSS.supports("color", "light-dark(#000, #fff)"); // browsers since 2024 (colours.css)

  function showChoice() {
    if (!hasDarkColours) { return; }
    const isChosen = choice !== "automatic" && !contrastTheme.matches;
    show(isChosen ? choice : device.matches ? "dark" : "light");
  }

  /* The buttons, as a tree of elements (elements/serializer.py). */
  function buttons() {
    if (!hasDarkColours) { return []; }
    return Object.keys(LABELS).map(function (name) {
      return ["button", { type: "button", "data-mode": name, "aria-pressed": name === choice ? "true" : "false" }, LABELS[name]];
    });
  }

  function themedFigure(figure) {
    if (root.dataset.bsTheme !== "dark") { return figure; }
    const [data, layout] = [figure.data, figure.layout].map(function (part) {
      return JSON.parse(JSON.stringify(part).replace(/#[0-9a-f]{6}/g, function (colour) { return darkColours.get(colour) || colour; }));
    });
    return Object.assign({}, figure, { data: data, layout: layout });
  }

  showChoice();
  [device, contrastTheme].forEach(function (query) { query.addEventListener("change", showChoice); });
  window.addEventListener("beforeprint", function () { show("light"); });
  window.addEventListener("afterprint", showChoice);
  window.addEventListener("storage", function (event) { // chosen in another window
    if (event.key === KEY) {
      choice = storedChoice();
      showChoice();
    }
  });
  document.addEventListener("click", function (event) {
    const button = event.target.closest && event.target.closest("[data-mode]");
    if (!button) { return; }
    choice = button.dataset.mode;
    try { window.localStorage.setItem(KEY, choice); } catch (error) { /* the choice lasts as long as the page */ }
    showChoice();
    window.dash_clientside.set_props("colour-mode", { content: buttons() });
  });

  window.themedFigure = themedFigure;
  window.dash_clientside = Object.assign({}, window.dash_clientside, { theme: { buttons: buttons } });
}());
