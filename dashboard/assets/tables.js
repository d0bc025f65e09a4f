/* « Voir les données » : tells the application which tables are open, so that only these are filled
   (callbacks/tables.py) and follow the filters. The event says it however the element was opened: mouse, keyboard, a script. */
(function () {
  "use strict";

  document.addEventListener("toggle", function (event) {
    if (event.target.matches("details.card-data")) {
      const open = Array.from(document.querySelectorAll("details.card-data[open]"), function (box) { return box.dataset.chart; });
      window.dash_clientside.set_props("open-tables", { data: open });
    }
  }, true); // it does not bubble
})();
