/* The agenda: months, and the addresses of its files.

   The links to other months change the address of the page, and the callback updates the page (callbacks/navigation.py)
   without a reload. The focus goes to the name of the month that comes. */
(function () {
  "use strict";

  const MAX_WAIT = 5000; // ms

  function focusMonth(former) {
    const observer = new MutationObserver(function () {
      const title = document.getElementById("agenda-month");
      if (title && title.textContent !== former) {
        observer.disconnect();
        title.focus({ preventScroll: true });
      }
    });
    observer.observe(document.querySelector(".page"), { childList: true, subtree: true, characterData: true });
    setTimeout(function () { observer.disconnect(); }, MAX_WAIT);
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("a.month-link");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) { return; }
    event.preventDefault();
    focusMonth(document.getElementById("agenda-month").textContent);
    history.pushState({}, "", link.href);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  });

  document.addEventListener("click", async function (event) {
    const button = event.target.closest && event.target.closest("button.feed-copy");
    if (!button) { return; }
    const address = button.parentElement.querySelector("a").href;
    try {
      await navigator.clipboard.writeText(address);
      window.showMessage("Adresse copiée\u202f: collez-la dans votre agenda ou votre lecteur de flux.");
    } catch (error) {
      window.showMessage("La copie n’a pas pu se faire. L’adresse est\u202f: " + address);
    }
  });
}());
