/* Pictures of charts: the server draws the figure again for the filters shown (/exports/<chart>.json), with its title,
   sources and dates; the browser turns it into a file. Nothing is sent anywhere. Also: how « Exporter » opens and closes. */
(function () {
  "use strict";

  const SCALE = 2;  // pixels of a picture for each of the screen; a drawing in vectors has none

  function save(address, name) {
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
  }

  function say(button, words) {
    const status = document.getElementById("status");
    if (status) { status.textContent = words; }
    button.disabled = false;
  }

  function nameOf(answer, kind) {
    const named = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") || "");
    return (named ? named[1] : "graphique.json").replace(/json$/, kind);
  }

  function picture(button) {
    const kind = button.dataset.picture;
    const file = button.closest(".export-menu").querySelector("a[href]");
    let name = "";
    button.disabled = true;
    fetch(file.href.replace(/\.\w+(?=\?|$)/, ".json"))
      .then(function (answer) {
        if (!answer.ok) { throw new Error(answer.status); }
        name = nameOf(answer, kind);
        return answer.json();
      })
      .then(function (figure) {
        const size = { format: kind, width: figure.layout.width, height: figure.layout.height, scale: kind === "svg" ? 1 : SCALE };
        return window.Plotly.toImage(figure, size);
      })
      .then(function (address) {
        save(address, name);
        say(button, "Image enregistrée\u202f: " + name);
      })
      .catch(function () { say(button, "L’image n’a pas pu être faite."); });
  }

  function close(except) {
    document.querySelectorAll("details.export-menu[open]").forEach(function (menu) {
      if (menu !== except) { menu.open = false; }
    });
  }

  document.addEventListener("click", function (event) {
    const target = event.target.closest ? event.target : document.body;
    const button = target.closest("button[data-picture]");
    if (button) { picture(button); }
    close(target.closest("details.export-menu"));
  });

  document.addEventListener("focusin", function (event) { close(event.target.closest("details.export-menu")); });

  document.addEventListener("keydown", function (event) {
    const menu = event.key === "Escape" && event.target.closest && event.target.closest("details.export-menu[open]");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
})();
