/* What every script does with addresses: which are pages, what of a query are filters, a change without a reload. The
   callback then draws the page (callbacks/navigation.py), and the focus goes where it belongs once that is done. */
(function () {
  "use strict";

  const { pages, pageParameters } = document.documentElement.dataset; // web/document.py
  const FIRST_SEGMENTS = pages.split(" "); // "" of the home page
  const PAGE_PARAMETERS = pageParameters.split(" ");
  const MAX_WAIT = 5000; // ms; later, the change that comes is another one

  function draw() { window.dispatchEvent(new CustomEvent("_dashprivate_pushstate")); }

  /* Whether Dash has drawn the page: before, links are those of a plain document (assets/first_view.js) */
  function isInteractive() { return !document.getElementById("first-view"); }

  /* To a new address, with an entry of its own in the history. */
  function navigate(address) {
    if (!isInteractive()) {
      location.assign(address);
      return;
    }
    history.pushState({}, "", address);
    draw();
  }

  function replaceAddress(address) {
    if (!isInteractive()) {
      location.replace(address);
      return;
    }
    history.replaceState({}, "", address);
    draw();
  }

  function isPagePath(path) { return FIRST_SEGMENTS.includes(path.split("/")[1]); }

  /* The query of the filters alone, without what belongs to one page or to a list. */
  function filterQuery(query) {
    const parameters = new URLSearchParams(query || "");
    [...parameters.keys()].forEach(function (key) {
      if (key.includes("-") || PAGE_PARAMETERS.includes(key)) { parameters.delete(key); } // "-": of a list or a form
    });
    return parameters.toString().replace(/%2C/g, ",");
  }

  /* A click that opens no tab or window, and downloads nothing. */
  function isPlainClick(event) {
    return !event.button && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  }

  /* Calls back at the first change inside an element. Options: `observed` (attributes, beside texts and children),
     `isReady` (the first change after which it is true), `maxWait` in ms (null: for ever). */
  function whenUpdated(element, callback, options) {
    const { observed = {}, isReady = function () { return true; }, maxWait = MAX_WAIT } = options || {};
    const observer = new MutationObserver(function () {
      if (!isReady()) { return; }
      observer.disconnect();
      callback();
    });
    observer.observe(element, Object.assign({ childList: true, subtree: true, characterData: true }, observed));
    if (maxWait) { setTimeout(function () { observer.disconnect(); }, maxWait); }
  }

  window.pageAddress = {
    navigate: navigate, replace: replaceAddress, isInteractive: isInteractive, isPagePath: isPagePath, filterQuery: filterQuery,
    isPlainClick: isPlainClick, whenUpdated: whenUpdated
  };
}());
