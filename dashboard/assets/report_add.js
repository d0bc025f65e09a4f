/* « + rapport » on cards, tiles, lists and sheets: adds a block, with the filters of the moment, to the report of this
   browser, wherever it was left (components/report_button.py). */
(function () {
  "use strict";

  let queue = Promise.resolve(); // one addition after the other, however fast the clicks

  function filtersAround(button) {
    const box = button.closest("[data-query]");
    return box ? box.dataset.query : window.pageAddress.filterQuery(location.search.slice(1));
  }

  function blockOf(button) {
    const [kind, content] = button.dataset.add.split("/");
    const query = filtersAround(button);
    return query ? [kind, content, query] : [kind, content];
  }

  async function currentDraft() {
    const tools = window.reportDraft;
    const current = tools.stored(tools.KEY);
    const draft = current && await tools.decode(current.text).catch(function () { return null; });
    return draft || { titre: "Rapport sur les tiers-lieux", blocs: [] };
  }

  function reportLink(text, count) {
    return ["a", { href: window.reportDraft.address(text, location.search.slice(1)) }, "Voir le rapport (" + count + ")"];
  }

  async function add(block, name) {
    const tools = window.reportDraft;
    const draft = await currentDraft();
    const known = draft.blocs.some(function (other) { return JSON.stringify(other) === JSON.stringify(block); });
    if (!known) { draft.blocs.push(block); }
    const text = await tools.encode(draft);
    const count = draft.blocs.length;
    if (known) {
      window.showMessage("Déjà dans le rapport, avec les mêmes filtres" + name + ".", reportLink(text, count));
    } else if (count > tools.MAX_BLOCKS || text.length > tools.MAX_LETTERS) {
      const former = tools.stored(tools.KEY);
      window.showMessage("Le rapport est plein" + tools.SPACE + ": téléchargez-le, puis commencez-en un autre.", reportLink(former.text, former.blocks));
    } else if (tools.store(text, count, false)) {
      window.showMessage("Ajouté au rapport" + name + ".", reportLink(text, count));
    } else {
      window.showMessage("Ce navigateur ne garde rien (fenêtre privée" + tools.SPACE + "?)" + tools.SPACE +
        ": gardez l’adresse du rapport.", reportLink(text, count));
    }
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest && event.target.closest("button[data-add]");
    if (!button) { return; }
    const block = blockOf(button);
    const name = button.querySelector(".visually-hidden").textContent;
    queue = queue.then(function () { return add(block, name); });
  });
}());
