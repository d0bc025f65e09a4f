/* « Voir les données »: sends the list of open tables to the server, which fills and updates only these
   (callbacks/tables.py). The `toggle` event covers mouse, keyboard and scripts. */
(function () {
  "use strict";

  document.addEventListener("toggle", function (event) {
    if (event.target.matches("details.card-data") && window.pageAddress.isInteractive()) {
      const open = Array.from(document.querySelectorAll("details.card-data[open]"), function (details) { return details.dataset.chart; });
      window.dash_clientside.set_props("open-tables", { data: open });
    }
  }, true); // `toggle` does not bubble
})();
