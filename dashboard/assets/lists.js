/* Lists: sorting, pages and search change the address of the page, and the callback updates the page (callbacks/
   navigation.py) without a reload. Links stay links: they can be opened in a tab, copied and shared. The focused element
   is drawn again, so the focus is restored: to the same header, or to the rows of the new page. */
(function () {
  "use strict";

  const MAX_WAIT = 5000; // ms

  function navigate(address) {
    history.pushState({}, "", address);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  function whenUpdated(element, callback) {
    const observer = new MutationObserver(function () {
      observer.disconnect();
      callback();
    });
    observer.observe(element, { childList: true, subtree: true, characterData: true });
    setTimeout(function () { observer.disconnect(); }, MAX_WAIT);
  }

  /* a new search makes a new input element (components/listing.py) */
  function focusField(list) {
    const searchField = function () { return list.querySelector("input[type=search]"); };
    whenUpdated(list.querySelector(".list-search-field"), function () { searchField().focus({ preventScroll: true }); });
    searchField().focus();
  }

  function restoreFocus(link) {
    const list = link.closest(".list");
    const row = link.closest("thead tr");
    if (row) {
      const columnIndex = link.closest("th").cellIndex;
      whenUpdated(row, function () { row.cells[columnIndex].querySelector("a").focus({ preventScroll: true }); });
    } else if (link.closest(".pager")) {
      whenUpdated(list.querySelector("tbody"), function () {
        list.scrollIntoView({ block: "start" });
        list.querySelector(".list-scroll").focus({ preventScroll: true });
      });
    } else {
      focusField(list);
    }
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("a.list-link");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) { return; }
    event.preventDefault();
    restoreFocus(link);
    navigate(link.href);
  });

  document.addEventListener("submit", function (event) {
    const form = event.target.closest("form.list-search");
    if (!form) { return; }
    event.preventDefault();
    const address = new URL(location.href);
    const field = form.querySelector("input[type=search]");
    const text = field.value.trim();
    if (document.activeElement === field) { focusField(form.closest(".list")); }
    if (text) { address.searchParams.set(field.name, text); } else { address.searchParams.delete(field.name); }
    address.searchParams.delete("page-" + form.dataset.list);
    navigate(address.href);
  });
})();
