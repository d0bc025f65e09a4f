/* The agenda: months, and the addresses of its files.

   The links to other months change the address of the page, and the callback updates the page (callbacks/navigation.py)
   without a reload. The focus goes to the name of the month that comes. */
(function () {
  "use strict";

  const address = function () { return window.pageAddress; }; // assets/navigation.js, loaded after this file

  function monthTitle() { return document.getElementById("agenda-month"); }

  function focusMonth(former) {
    address().whenUpdated(document.querySelector(".page"), function () { monthTitle().focus({ preventScroll: true }); }, {
      isReady: function () { return monthTitle() && monthTitle().textContent !== former; }
    });
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("a.month-link");
    if (!link || !address().isPlainClick(event)) { return; }
    event.preventDefault();
    focusMonth(monthTitle().textContent);
    address().navigate(link.href);
  });

  document.addEventListener("click", async function (event) {
    const button = event.target.closest && event.target.closest("button.feed-copy");
    if (!button) { return; }
    const feed = button.parentElement.querySelector("a").href;
    try {
      await navigator.clipboard.writeText(feed);
      window.showMessage("Adresse copiée\u202f: collez-la dans votre agenda ou votre lecteur de flux.");
    } catch (error) {
      window.showMessage("La copie n’a pas pu se faire. L’adresse est\u202f: " + feed);
    }
  });
}());
