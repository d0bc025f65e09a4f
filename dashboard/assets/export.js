/* Images of charts: the server draws the figure for the filters shown (/exports/<chart>.json), with its title, sources
   and dates; the browser turns it into a file. No other host receives anything. Also: the « Exporter » menus. */
(function () {
  "use strict";

  const SCALE = 2;  // pixels of a PNG file for each CSS pixel

  function save(address, name) {
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
  }

  function announce(button, text) {
    const status = document.getElementById("status");
    if (status) { status.textContent = text; }
    button.disabled = false;
  }

  function fileName(response, extension) {
    const match = /filename="?([^";]+)/.exec(response.headers.get("Content-Disposition") || "");
    return (match ? match[1] : "graphique.json").replace(/json$/, extension);
  }

  function exportImage(button) {
    const extension = button.dataset.picture;
    const csvLink = button.closest(".export-menu").querySelector("a[href]");
    let name = "";
    button.disabled = true;
    fetch(csvLink.href.replace(/\.\w+(?=\?|$)/, ".json"))
      .then(function (response) {
        if (!response.ok) { throw new Error(response.status); }
        name = fileName(response, extension);
        return response.json();
      })
      .then(function (figure) {
        const size = { format: extension, width: figure.layout.width, height: figure.layout.height, scale: extension === "svg" ? 1 : SCALE };
        return window.Plotly.toImage(figure, size);
      })
      .then(function (address) {
        save(address, name);
        announce(button, "Image enregistrée\u202f: " + name);
      })
      .catch(function () { announce(button, "L’image n’a pas pu être faite."); });
  }

  function closeMenus(except) {
    document.querySelectorAll("details.export-menu[open]").forEach(function (menu) {
      if (menu !== except) { menu.open = false; }
    });
  }

  document.addEventListener("click", function (event) {
    const target = event.target.closest ? event.target : document.body;
    const button = target.closest("button[data-picture]");
    if (button) { exportImage(button); }
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
