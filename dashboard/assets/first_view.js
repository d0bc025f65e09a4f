/* The page is readable before this script: the server has written it whole in #first-view (web/first_response.py), with
   its layout as data. Dash draws the same page in a hidden element, and one page takes the place of the other between two
   frames: what was open, typed, chosen or focused stays, and drawings of charts stay until plotly has drawn. */
(function () {
  "use strict";

  const view = document.getElementById("first-view");
  const entry = document.getElementById("react-entry-point");
  const nativeFetch = window.fetch;
  const IDLE_TIMEOUT = 3000; // ms

  /* --- Dash's first two requests are answered from the document */

  const EMBEDDED = { "_dash-layout": "page-layout", "_dash-dependencies": "page-dependencies" };

  window.fetch = function (resource) {
    const name = String(resource.url || resource).split("/").pop();
    if (!EMBEDDED[name]) { return nativeFetch.apply(window, arguments); }
    const body = document.getElementById(EMBEDDED[name]).textContent;
    return Promise.resolve(new Response(body, { headers: { "Content-Type": "application/json" } }));
  };

  /* --- from one page to the other: both have the same elements in the same order */

  function elementsOf(root, selector) { return [...root.querySelectorAll(selector)]; }

  function openDetails() {
    return elementsOf(view, "details").flatMap(function (details, index) { return details.open ? [index] : []; });
  }

  function typedValues() {
    return elementsOf(view, "input[id], textarea[id]").filter(function (field) {
      return !field.form && field.value !== field.defaultValue;
    }).map(function (field) { return [field.id, field.value]; });
  }

  function focusedElement() {
    const element = document.activeElement;
    return view.contains(element) ? [element.localName, elementsOf(view, element.localName).indexOf(element)] : null;
  }

  /* the last click on a button that only scripts know: it is done again on the button of React */
  let clickedButton = null;

  view.addEventListener("click", function (event) {
    const button = event.target.closest("button[type=button]:not(#filters-toggle)");
    if (!button) { return; }
    event.stopPropagation();
    clickedButton = elementsOf(view, "button").indexOf(button);
  }, true);

  /* the address of filters that were chosen and not yet applied, or null */
  function chosenAddress() {
    const form = view.querySelector("form.filters-panel");
    const isChanged = form && [...form.elements].some(function (field) {
      return field.type === "checkbox" || field.type === "radio" ? field.checked !== field.defaultChecked
        : field.name && field.value !== field.defaultValue;
    });
    return isChanged ? location.pathname + "?" + new URLSearchParams(new FormData(form)) : null;
  }

  function moveDrawings() {
    elementsOf(view, ".card-drawing").forEach(function (box) {
      const target = entry.querySelector("#" + box.parentElement.id + " .card-drawing");
      if (target) { target.append(...box.querySelectorAll(".drawing")); }
    });
  }

  function restore(open, typed, focused) {
    const details = elementsOf(entry, "details");
    open.forEach(function (index) { if (details[index]) { details[index].open = true; } });
    typed.forEach(function (field) {
      const input = document.getElementById(field[0]);
      if (input) { input.value = field[1]; }
    });
    const element = focused && elementsOf(entry, focused[0])[focused[1]];
    if (element) { element.focus({ preventScroll: true }); }
    if (clickedButton !== null) { setTimeout(function () { elementsOf(entry, "button")[clickedButton].click(); }); }
  }

  function whenIdle(callback) {
    if (window.requestIdleCallback) { window.requestIdleCallback(callback, { timeout: IDLE_TIMEOUT }); } else { setTimeout(callback, 0); }
  }

  function takeOver() {
    const state = [openDetails(), typedValues(), focusedElement()];
    const address = chosenAddress();
    moveDrawings();
    view.remove();
    entry.hidden = false;
    restore(...state);
    if (address) { window.pageAddress.navigate(address); }
    whenIdle(window.lazyBundles.loadWhenIdle);
  }

  const observer = new MutationObserver(function () { // its callback runs before the browser paints
    if (!entry.querySelector("#contenu h1")) { return; }
    observer.disconnect();
    takeOver();
  });

  /* Deferred scripts have run, or failed: without Dash the page stays as the server has written it */
  document.addEventListener("DOMContentLoaded", function () {
    document.documentElement.classList.add("has-scripts");
    if (!window.DashRenderer) { return; }
    observer.observe(entry, { childList: true, subtree: true });
    new window.DashRenderer();
  });
}());
