/* What every script does that changes the address without a reload: the callback then draws the page (callbacks/
   navigation.py), and the focus goes where it belongs once that is done. */
(function () {
  "use strict";

  const MAX_WAIT = 5000; // ms; later, the change that comes is another one

  function draw() { window.dispatchEvent(new CustomEvent("_dashprivate_pushstate")); }

  /* To a new address, with an entry of its own in the history. */
  function navigate(address) {
    history.pushState({}, "", address);
    draw();
  }

  function replaceAddress(address) {
    history.replaceState({}, "", address);
    draw();
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

  window.pageAddress = { navigate: navigate, replace: replaceAddress, isPlainClick: isPlainClick, whenUpdated: whenUpdated };
}());
