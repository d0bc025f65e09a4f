/* The page of the report: each button changes the draft and writes it into the address; the callback then draws the page
   (pages/report). The browser's Back button therefore undoes a change. Edits take turns, from the newest address. */
(function () {
  "use strict";

  const PREVIEW_PAUSE = 400; // ms without a change before the preview is asked for
  const tools = function () { return window.reportDraft; }; // assets/report_draft.js
  const SPACE = "\u202f";
  let queue = Promise.resolve();
  let isMoving = false; // the numbers of blocks on screen are no longer those of the draft
  let unsaved = null; // a draft too long for an address

  /* --- changes */

  async function shownDraft() { return tools().decode(tools().shownText()); }

  /* Shows a draft; false when it is too long, which leaves the page as it is. */
  async function open(draft, isOther) {
    const text = await tools().encode(draft);
    if (text.length > tools().MAX_LETTERS || draft.blocs.length > tools().MAX_BLOCKS) {
      unsaved = draft;
      window.showMessage("Ce rapport est trop long pour une adresse" + SPACE + ": raccourcissez ses textes ou faites-en deux. " +
        "Votre dernier changement n’est pas pris en compte.",
        ["button", { type: "button", className: "button", "data-report": "save-unsaved" }, "L’enregistrer en fichier"]);
      return false;
    }
    tools().store(text, draft.blocs.length, isOther);
    tools().show(text);
    window.showMessage("");
    return true;
  }

  function edit(change) {
    queue = queue.then(async function () {
      const before = tools().shownText();
      const draft = await shownDraft();
      change(draft);
      const current = tools().stored(tools().KEY);
      return open(draft, Boolean(current) && current.text !== before);
    });
    return queue;
  }

  function whenDrawn(callback) {
    const page = document.querySelector(".page.report");
    window.pageAddress.whenUpdated(page, function () { requestAnimationFrame(callback); }, {
      observed: { attributes: true }, maxWait: null // blocks stay locked until then
    });
  }

  function focusBlock(at, action) {
    const usable = function (name) {
      return document.querySelector(".report-move[data-report='" + name + "'][data-block='" + at + "']:not([disabled])");
    };
    const target = usable(action) || usable(action === "up" ? "down" : "up") || usable("remove") || document.getElementById("report-title");
    target.focus();
  }

  function move(at, to, action) {
    if (isMoving) { return; }
    isMoving = true;
    whenDrawn(function () {
      isMoving = false;
      focusBlock(to, action);
    });
    edit(function (draft) { draft.blocs.splice(to, 0, draft.blocs.splice(at, 1)[0]); });
  }

  function remove(at) {
    if (isMoving) { return; }
    isMoving = true;
    whenDrawn(function () {
      isMoving = false;
      focusBlock(Math.max(0, at - 1), "remove");
    });
    edit(function (draft) { draft.blocs.splice(at, 1); }).then(function () {
      window.showMessage("Bloc retiré.", undoButton());
    });
  }

  function addText(kind) {
    edit(function (draft) { draft.blocs.push([kind, kind === "titre" ? "Nouveau titre" : "Nouveau texte"]); });
    whenDrawn(function () {
      const fields = document.querySelectorAll(".report-blocks [data-report='text']");
      const field = fields[fields.length - 1];
      field.focus();
      field.select();
    });
  }

  function undoButton() { return ["button", { type: "button", className: "button", "data-report": "undo" }, "Annuler"]; }

  function clear() {
    queue = queue.then(function () {
      tools().store(null, 0, true);
      tools().show("");
      window.showMessage("Rapport effacé de ce navigateur.", undoButton());
    });
  }

  /* The address before the last change has the former draft. */
  function undo() {
    window.showMessage("");
    history.back();
    window.addEventListener("popstate", async function () {
      const draft = await shownDraft().catch(function () { return null; });
      if (draft) { tools().store(tools().shownText(), draft.blocs.length, false); }
    }, { once: true });
  }

  /* --- files */

  function save(draft) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([JSON.stringify(draft, null, 1)], { type: "application/json" }));
    link.download = "tiers-lieux_rapport_brouillon.json";
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 1000);
  }

  async function openFile(field) {
    const draft = tools().parse(await field.files[0].text());
    field.value = "";
    if (draft) { await open(draft, true); } else { window.showMessage("Ce fichier n’est pas un brouillon de rapport."); }
  }

  async function copyAddress() {
    try {
      await navigator.clipboard.writeText(location.href);
      window.showMessage("Adresse du rapport copiée.");
    } catch (error) {
      window.showMessage("Ce navigateur ne permet pas la copie" + SPACE + ": copiez l’adresse dans sa barre.");
    }
  }

  /* The link of a file was drawn before a text that has just been typed. */
  async function download(link) {
    await queue;
    const address = new URL(link.href);
    address.searchParams.set("brouillon", tools().shownText());
    location.assign(address);
  }

  async function start(link) {
    const text = new URL(link.href).searchParams.get("brouillon");
    tools().store(text, (await tools().decode(text)).blocs.length, true);
    tools().show(text);
  }

  /* --- events */

  const ACTIONS = {
    up: function (button) { move(Number(button.dataset.block), Number(button.dataset.block) - 1, "up"); },
    down: function (button) { move(Number(button.dataset.block), Number(button.dataset.block) + 1, "down"); },
    remove: function (button) { remove(Number(button.dataset.block)); },
    "add-title": function () { addText("titre"); },
    "add-text": function () { addText("texte"); },
    clear: clear,
    undo: undo,
    save: function () { queue.then(shownDraft).then(save); },
    "save-unsaved": function () { save(unsaved); },
    copy: function () { queue.then(copyAddress); },
    download: download,
    start: start
  };

  document.addEventListener("click", function (event) {
    const target = event.target.closest && event.target.closest("button[data-report], a[data-report]");
    if (!target || !window.pageAddress.isPlainClick(event)) { return; }
    event.preventDefault();
    ACTIONS[target.dataset.report](target);
  });

  document.addEventListener("change", function (event) {
    const field = event.target;
    const action = field.dataset && field.dataset.report;
    if (action === "open" && field.files.length) { openFile(field); }
    if (action === "title") { edit(function (draft) { draft.titre = field.value; }); }
    if (action === "text") { edit(function (draft) { draft.blocs[Number(field.dataset.block)][1] = field.value; }); }
  });

  /* --- preview: the file of HTML of the draft, asked for when it has not changed for a moment */

  let latest = 0;
  let former = null; // the request of the former preview

  async function fetchPreview(text) {
    former = new AbortController();
    const response = await fetch("/exports/rapport.html?brouillon=" + text, { signal: former.signal });
    return response.ok ? response.text() : null;
  }

  function resumeLinks() {
    const links = [[tools().KEY, "Reprendre le rapport en cours"], [tools().FORMER_KEY, "Rouvrir le rapport précédent"]];
    const items = links.filter(function (link) { return tools().stored(link[0]); }).map(function (link) {
      const found = tools().stored(link[0]);
      return ["li", ["a", { href: tools().address(found.text, location.search.slice(1)), "data-report": "start" },
        link[1] + " (" + found.blocks + ")"]];
    });
    return items.length ? [["ul", ...items]] : [["p", { className: "muted" }, "Ce navigateur ne garde pas encore de rapport."]];
  }

  /* The outputs: the frame, the state of the preview, the links to take up a report. */
  async function preview(text) {
    const number = latest += 1;
    const unchanged = window.dash_clientside.no_update;
    if (former) { former.abort(); }
    if (!text) { return ["", "", resumeLinks()]; }
    window.dash_clientside.set_props("report-preview-status", { children: "Aperçu en préparation…" });
    await new Promise(function (resolve) { setTimeout(resolve, PREVIEW_PAUSE); });
    const page = number === latest ? await fetchPreview(text).catch(function () { return null; }) : null;
    if (number !== latest) { return [unchanged, unchanged, unchanged]; }
    return page === null
      ? [unchanged, "L’aperçu n’a pas pu être préparé" + SPACE + ": le serveur est occupé ou ne répond pas. Rechargez la page dans une minute.", unchanged]
      : [page, "", unchanged];
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    report: Object.assign({}, (window.dash_clientside || {}).report, { preview: preview })
  });
}());
