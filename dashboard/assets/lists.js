/* Lists: sorting, pages and search change the address of the page, and the callback updates the page (callbacks/
   navigation.py) without a reload. Links stay links: they can be opened in a tab, copied and shared. The focused element
   is drawn again, so the focus is restored: to the same header, or to the rows of the new page. */
(function () {
  "use strict";

  const address = function () { return window.pageAddress; }; // assets/navigation.js, loaded after this file

  /* a new search makes a new input element (components/listing.py) */
  function focusField(list) {
    const searchField = function () { return list.querySelector("input[type=search]"); };
    address().whenUpdated(list.querySelector(".list-search-field"), function () { searchField().focus({ preventScroll: true }); });
    searchField().focus();
  }

  function restoreFocus(link) {
    const list = link.closest(".list");
    const row = link.closest("thead tr");
    if (row) {
      const columnIndex = link.closest("th").cellIndex;
      address().whenUpdated(row, function () { row.cells[columnIndex].querySelector("a").focus({ preventScroll: true }); });
    } else if (link.closest(".pager")) {
      address().whenUpdated(list.querySelector("tbody"), function () {
        list.scrollIntoView({ block: "start" });
        list.querySelector(".list-scroll").focus({ preventScroll: true });
      });
    } else {
      focusField(list);
    }
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("a.list-link");
    if (!link || !address().isPlainClick(event)) { return; }
    event.preventDefault();
    restoreFocus(link);
    address().navigate(link.href);
  });

  document.addEventListener("submit", function (event) {
    const form = event.target.closest("form.list-search");
    if (!form) { return; }
    event.preventDefault();
    const shown = new URL(location.href);
    const field = form.querySelector("input[type=search]");
    const text = field.value.trim();
    if (document.activeElement === field) { focusField(form.closest(".list")); }
    if (text) { shown.searchParams.set(field.name, text); } else { shown.searchParams.delete(field.name); }
    shown.searchParams.delete("page-" + form.dataset.list);
    address().navigate(shown.href);
  });
})();
