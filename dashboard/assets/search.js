/* The search in the header: « / » goes to its field, suggestions while somebody types, the page of results on Enter. It
   also chooses « Mon territoire » (assets/territory.js). Without this file its form leads to the page of results. */
(function () {
  "use strict";

  const FIELD = "search";
  const SPACE = "\u202f";
  const LABEL = "Rechercher dans le site";
  const TERRITORY_LABEL = "Votre commune ou intercommunalité";
  const address = function () { return window.pageAddress; }; // assets/navigation.js
  let forTerritory = false;
  let before = null; // what had the focus

  function field() { return document.getElementById(FIELD); }

  function form() { return field().closest("form"); }

  function filters() { return address().filterQuery(location.search.slice(1)); }

  function withFilters(path, text) {
    const query = filters();
    return path + "?q=" + encodeURIComponent(text) + (query ? "&" + query : "");
  }

  function resultsAddress(text) { return withFilters("/recherche", text); }

  /* --- open and closed */

  function open(territory) {
    const active = document.activeElement;
    if (active !== field()) { before = active; }
    forTerritory = Boolean(territory);
    form().classList.add("is-open");
    form().classList.toggle("is-for-territory", forTerritory);
    document.getElementById(FIELD + "-label").textContent = forTerritory ? TERRITORY_LABEL : LABEL;
    field().placeholder = forTerritory ? "Caen, 14200, Cotentin…" : form().dataset.help;
    field().focus();
    field().select();
  }

  function shut() {
    form().classList.remove("is-open", "is-for-territory");
    forTerritory = false;
    document.getElementById(FIELD + "-label").textContent = LABEL;
    field().placeholder = form().dataset.help;
  }

  function goBack() {
    field().value = "";
    shut();
    if (before && before.isConnected && before !== document.body) { before.focus(); } else { field().blur(); }
  }

  /* --- to a result */

  function go(href) {
    const target = new URL(href, location.href);
    field().value = "";
    shut();
    field().blur();
    if (target.pathname === location.pathname && target.search === location.search) {
      location.hash = target.hash;
    } else {
      address().navigate(target.href);
    }
  }

  function choose(result) {
    if (forTerritory && result.territory) { window.myTerritory.choose(result.territory); }
    go(result.href);
  }

  function groups(answer) {
    const shown = answer.groups.reduce(function (sum, group) { return sum + group.results.length; }, 0);
    const all = { label: "Tous les résultats", detail: "(" + answer.total + ")", href: resultsAddress(answer.q) };
    return forTerritory || shown === answer.total ? answer.groups : [...answer.groups, { label: "", results: [all] }];
  }

  function status(answer) {
    if (!answer.total) {
      return "Aucun résultat pour «" + SPACE + answer.q + SPACE + "». " + (forTerritory
        ? "Essayez le début de son nom, ou son code postal."
        : "Essayez le début d’un mot, un code postal, la référence d’un dossier.");
    }
    return answer.total + (answer.total > 1 ? " résultats" : " résultat") + SPACE + ": flèches pour choisir.";
  }

  window.combobox.add(FIELD, {
    minimum: 2,
    address: function (text) { return withFilters(forTerritory ? "/api/recherche/territoires" : "/api/recherche", text); },
    groups: groups,
    status: status,
    choose: choose,
    choosesFirst: function () { return forTerritory; }
  });

  document.addEventListener("submit", function (event) {
    if (!field() || event.target !== form()) { return; }
    event.preventDefault();
    const text = field().value.trim();
    if (!text) { open(); } else if (!forTerritory) { go(resultsAddress(text)); }
  });

  /* --- the shortcut « / », which one can do without (/accessibilite) */

  const WITHOUT_KEY = "sans-raccourci";
  const root = document.documentElement;

  function storedWithoutKey() {
    try { return Boolean(window.localStorage.getItem(WITHOUT_KEY)); } catch (error) { return false; }
  }

  function useKey(isUsed) {
    try {
      if (isUsed) { window.localStorage.removeItem(WITHOUT_KEY); } else { window.localStorage.setItem(WITHOUT_KEY, "1"); }
    } catch (error) { // a browser without storage: until the next visit
    }
    root.classList.toggle("without-shortcut", !isUsed);
    const shown = document.querySelector(isUsed ? ".shortcut-off" : ".shortcut-on");
    if (shown) { shown.focus(); }
  }

  root.classList.toggle("without-shortcut", storedWithoutKey());

  document.addEventListener("click", function (event) {
    const button = event.target.closest && event.target.closest(".shortcut-off, .shortcut-on");
    if (button) { useKey(button.classList.contains("shortcut-on")); }
  });

  function isTyping(target) { return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName); }

  document.addEventListener("keydown", function (event) {
    if (!field()) { return; }
    const isShortcut = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
    if (isShortcut && !root.classList.contains("without-shortcut")) {
      event.preventDefault();
      open();
    } else if (event.key === "Escape" && form().contains(event.target)) {
      goBack();
    }
  });

  document.addEventListener("focusout", function (event) {
    if (field() && form().contains(event.target) && !form().contains(event.relatedTarget) && document.hasFocus()) { shut(); }
  });

  document.addEventListener("click", function (event) {
    if (!event.target.closest || !field()) { return; }
    if (event.target.closest(".search-close")) { goBack(); }
    const link = event.target.closest("#my-territory");
    const asked = event.target.closest(".follow-change") || (link && address().isPlainClick(event) && !window.myTerritory.stored());
    if (!asked) { return; }
    event.preventDefault();
    open(true);
  }, true);
}());
