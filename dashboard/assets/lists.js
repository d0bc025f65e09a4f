/* Lists: sorting, pages and search go to another address of the same page, which the application then follows
   (callbacks/follow.py) without loading the page again. Links stay links: they open in a tab, copy and share.
   What had the focus is drawn again, so the focus is given back: to the same header, to the rows of a new page. */
(function () {
  "use strict";

  const PATIENCE = 5000; // ms

  function go(address) {
    history.pushState({}, "", address);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  function whenDrawn(box, then) {
    const observer = new MutationObserver(function () {
      observer.disconnect();
      then();
    });
    observer.observe(box, { childList: true, subtree: true, characterData: true });
    setTimeout(function () { observer.disconnect(); }, PATIENCE);
  }

  /* another search is another field (components/listing.py) */
  function focusField(list) {
    const field = function () { return list.querySelector("input[type=search]"); };
    whenDrawn(list.querySelector(".list-field"), function () { field().focus({ preventScroll: true }); });
    field().focus();
  }

  function keepFocus(link) {
    const list = link.closest(".list");
    const row = link.closest("thead tr");
    if (row) {
      const at = link.closest("th").cellIndex;
      whenDrawn(row, function () { row.cells[at].querySelector("a").focus({ preventScroll: true }); });
    } else if (link.closest(".pager")) {
      whenDrawn(list.querySelector("tbody"), function () {
        list.scrollIntoView({ block: "start" });
        list.querySelector(".list-box").focus({ preventScroll: true });
      });
    } else {
      focusField(list);
    }
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("a.list-link");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) { return; }
    event.preventDefault();
    keepFocus(link);
    go(link.href);
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
    go(address.href);
  });
})();
