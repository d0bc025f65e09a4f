/* The finder of places (pages/finder): suggestions of communes while the visitor types, and its links and form without a
   reload. Without this file all of it works by ordinary requests. The search is the server's (/recherche/communes), so
   that names are compared in one way only. */
(function () {
  "use strict";

  const PAUSE = 120; // ms between two letters
  const address = function () { return window.pageAddress; }; // assets/navigation.js, loaded after this file
  const FIELD = "finder-town";
  let latest = 0; // number of the last search
  let timer = 0;

  function suggestionList() { return document.getElementById("finder-suggestions"); }

  function options() { return [...suggestionList().querySelectorAll("[role=option]")]; }

  function activeOption() { return suggestionList().querySelector("[aria-selected=true]"); }

  /* --- addresses */

  function focusHeadline() {
    const focus = function () {
      const headline = document.getElementById("headline");
      if (headline) { headline.focus(); }
    };
    address().whenUpdated(document.getElementById("page"), function () { requestAnimationFrame(focus); }, {
      observed: { attributes: true, attributeFilter: ["href"] }
    });
  }

  function search(name, value) {
    const shown = new URL(location.href);
    ["commune", "ville"].forEach(function (parameter) { shown.searchParams.delete(parameter); });
    if (value) { shown.searchParams.set(name, value); }
    closeSuggestions();
    focusHeadline();
    address().navigate(shown.href);
  }

  /* --- suggestions */

  function closeSuggestions() {
    const list = suggestionList();
    const field = document.getElementById(FIELD);
    latest += 1; // a response on its way comes too late
    if (!list) { return; }
    list.hidden = true;
    list.replaceChildren();
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  }

  function optionOf(found, index) {
    const option = document.createElement("li");
    option.id = "finder-suggestion-" + index;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.code = found.code;
    option.append(found.label);
    if (found.other) {
      const other = document.createElement("small");
      other.textContent = " " + found.other;
      option.append(other);
    }
    return option;
  }

  function showSuggestions(communes) {
    const list = suggestionList();
    list.replaceChildren(...communes.map(optionOf));
    list.hidden = !communes.length;
    document.getElementById(FIELD).setAttribute("aria-expanded", String(Boolean(communes.length)));
    document.getElementById("finder-suggestions-status").textContent = communes.length
      ? communes.length + (communes.length > 1 ? " communes proposées" : " commune proposée")
      : "Aucune commune de Normandie ne répond à ce nom";
  }

  function suggest(field) {
    latest += 1;
    const number = latest;
    const text = field.value.trim();
    if (text.length < 2) {
      closeSuggestions();
      return;
    }
    fetch("/recherche/communes?q=" + encodeURIComponent(text)).then(function (response) {
      return response.ok ? response.json() : [];
    }).then(function (communes) {
      if (number === latest && suggestionList()) { showSuggestions(communes); }
    }, function () {}); // the form still works
  }

  function activate(option) {
    const previous = activeOption();
    if (previous) { previous.setAttribute("aria-selected", "false"); }
    if (!option) { return; }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    document.getElementById(FIELD).setAttribute("aria-activedescendant", option.id);
  }

  document.addEventListener("input", function (event) {
    if (event.target.id !== FIELD) { return; }
    clearTimeout(timer);
    timer = setTimeout(suggest, PAUSE, event.target);
  });

  document.addEventListener("keydown", function (event) {
    if (event.target.id !== FIELD) { return; }
    const shown = options();
    const at = shown.indexOf(activeOption());
    if (event.key === "Escape") { closeSuggestions(); }
    if (!shown.length || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) { return; }
    event.preventDefault();
    const step = event.key === "ArrowDown" ? 1 : -1;
    activate(shown[at < 0 && step < 0 ? shown.length - 1 : (at + step + shown.length) % shown.length]);
  });

  document.addEventListener("submit", function (event) {
    const form = event.target.closest("form.finder-search");
    if (!form) { return; }
    event.preventDefault();
    clearTimeout(timer);
    const chosen = activeOption();
    if (chosen) { search("commune", chosen.dataset.code); } else { search("ville", document.getElementById(FIELD).value.trim()); }
  });

  /* a tap would first take the focus out of the field, and close the list */
  document.addEventListener("mousedown", function (event) {
    if (event.target.closest && event.target.closest("#finder-suggestions")) { event.preventDefault(); }
  });

  document.addEventListener("focusout", function (event) {
    if (event.target.id === FIELD) { closeSuggestions(); }
  });

  document.addEventListener("click", function (event) {
    if (!event.target.closest || !address().isPlainClick(event)) { return; }
    const option = event.target.closest("#finder-suggestions [role=option]");
    if (option) { search("commune", option.dataset.code); }
    const link = event.target.closest("a[data-finder]");
    if (!link) { return; }
    event.preventDefault();
    if (!link.classList.contains("finder-chip")) { focusHeadline(); } // a chip stays where it is, with the focus
    address().navigate(link.href);
  });
}());
