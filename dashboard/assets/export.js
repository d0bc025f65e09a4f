/* The « Exporter » menus close when the attention goes elsewhere. */
(function () {
  "use strict";

  function closeMenus(except) {
    document.querySelectorAll("details.export-menu[open]").forEach(function (menu) {
      if (menu !== except) { menu.open = false; }
    });
  }

  document.addEventListener("click", function (event) {
    const target = event.target.closest ? event.target : document.body;
    closeMenus(target.closest("details.export-menu"));
  });

  document.addEventListener("focusin", function (event) { closeMenus(event.target.closest("details.export-menu")); });

  document.addEventListener("keydown", function (event) {
    const menu = event.key === "Escape" && event.target.closest && event.target.closest("details.export-menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
})();
