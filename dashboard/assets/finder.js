/* The finder of places (pages/finder): suggestions of communes while the visitor types (assets/combobox.js), and its
   links and form without a reload. Without this file all of it works by ordinary requests. */
(function () {
  "use strict";

  const FIELD = "finder-town";
  const address = function () { return window.pageAddress; }; // assets/navigation.js, loaded after this file

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
    window.combobox.close(document.getElementById(FIELD));
    focusHeadline();
    address().navigate(shown.href);
  }

  window.combobox.add(FIELD, {
    minimum: 2,
    address: function (text) { return "/recherche/communes?q=" + encodeURIComponent(text); },
    groups: function (communes) {
      return [{ label: "", results: communes.map(function (one) { return { label: one.label, detail: one.other, code: one.code }; }) }];
    },
    status: function (communes) {
      return communes.length
        ? communes.length + (communes.length > 1 ? " communes proposées" : " commune proposée")
        : "Aucune commune de Normandie ne répond à ce nom";
    },
    choose: function (commune) { search("commune", commune.code); }
  });

  document.addEventListener("submit", function (event) {
    const form = event.target.closest("form.finder-search");
    if (!form) { return; }
    event.preventDefault();
    search("ville", document.getElementById(FIELD).value.trim());
  });

  document.addEventListener("click", function (event) {
    if (!event.target.closest || !address().isPlainClick(event)) { return; }
    const link = event.target.closest("a[data-finder]");
    if (!link) { return; }
    event.preventDefault();
    if (!link.classList.contains("finder-chip")) { focusHeadline(); } // a chip stays where it is, with the focus
    address().navigate(link.href);
  });
}());
