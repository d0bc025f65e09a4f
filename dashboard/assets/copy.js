/* « Copier l’image » and « Copier la phrase » in the menu of a chart: the picture that the server makes, and the sentence
   of the card with what is measured, its sources and its dates (components/export_menu.py). */
(function () {
  "use strict";

  const SPACE = "\u202f";

  function sentence(card) {
    const text = function (selector) { return card.querySelector(selector).textContent.trim(); };
    const day = new Date().toLocaleDateString("fr-FR");
    return text(".card-title") + " (" + text(".card-subtitle") + "). " + text(".source-text") + " · consulté le " + day +
      " · " + location.href;
  }

  async function picture(menu) {
    const response = await fetch(menu.querySelector("a[id^='export-png-']").href);
    if (!response.ok) { throw new Error("refused"); }
    return response.blob();
  }

  function copy(button) {
    const menu = button.closest(".export-menu");
    return button.dataset.copy === "picture"
      ? navigator.clipboard.write([new ClipboardItem({ "image/png": picture(menu) })])
      : navigator.clipboard.writeText(sentence(button.closest(".card")));
  }

  document.addEventListener("click", async function (event) {
    const button = event.target.closest && event.target.closest("button[data-copy]");
    if (!button) { return; }
    const name = button.dataset.copy === "picture" ? "Image copiée" : "Phrase copiée";
    button.closest(".export-menu").open = false;
    try {
      await copy(button);
      window.showMessage(name + SPACE + ": collez-la où vous voulez.");
    } catch (error) {
      window.showMessage("La copie n’a pas pu se faire" + SPACE + ": ce navigateur la refuse, ou le serveur est occupé. " +
        "Les fichiers du menu «" + SPACE + "Exporter" + SPACE + "» restent possibles.");
    }
  });
}());
