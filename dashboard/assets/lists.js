/* Lists: sorting, pages and search go to another address of the same page, which the application then follows
   (callbacks/follow.py) without loading the page again. Links stay links: they open in a tab, copy and share. */
(function () {
  "use strict";

  function go(address) {
    history.pushState({}, "", address);
    window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("a.list-link");
    if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) { return; }
    event.preventDefault();
    go(link.href);
  });

  document.addEventListener("submit", function (event) {
    const form = event.target.closest("form.list-search");
    if (!form) { return; }
    event.preventDefault();
    const address = new URL(location.href);
    const field = form.querySelector("input[type=search]");
    if (field.value.trim()) { address.searchParams.set(field.name, field.value.trim()); } else { address.searchParams.delete(field.name); }
    address.searchParams.delete("page-" + form.dataset.list);
    go(address.href);
  });
})();
