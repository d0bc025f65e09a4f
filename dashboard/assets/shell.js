/* The shell in the browser: in-site links, filter menus, search in long lists, busy and failed states. All handlers are
   delegated from the document, so that a new page needs no new ones. */
(function () {
  "use strict";

  const searchKey = window.searchKey; // assets/search_key.js
  const { filterQuery, isPagePath, isPlainClick, navigate } = window.pageAddress; // assets/navigation.js

  /* --- links inside the site: callbacks/navigation.py draws the page, the browser keeps address and history */

  function isPageLink(link) {
    return link.origin === location.origin && !link.target &&
      isPagePath(link.pathname) && (link.pathname !== location.pathname || link.matches(".view-link"));
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("a[href]");
    if (link && !event.defaultPrevented && isPlainClick(event) && isPageLink(link)) {
      event.preventDefault();
      navigate(link.href);
    }
  });

  /* --- filter menus: one open at a time, closed by Escape or a click outside. In the drawer of a phone they stay open:
     closing the one above would move the element under the finger, and the tap would be lost */

  function isFloating(menu) {
    return getComputedStyle(menu.querySelector(".filter-panel")).position === "absolute";
  }

  function closeFilters(except) {
    document.querySelectorAll("details.filter[open]").forEach(function (menu) {
      if (menu !== except && isFloating(menu)) { menu.open = false; }
    });
  }

  function setDrawer(toggle, open) {
    toggle.setAttribute("aria-expanded", String(open));
    toggle.closest(".filters").classList.toggle("is-open", open);
  }

  /* the form of the filters serves before this script, and without it; then each change is applied at once */
  document.addEventListener("submit", function (event) {
    if (event.target.matches("form.filters-panel") && window.pageAddress.isInteractive()) { event.preventDefault(); }
  });

  document.addEventListener("click", function (event) {
    const clear = event.target.closest && event.target.closest("#clear-filters");
    if (clear && window.pageAddress.isInteractive()) { event.preventDefault(); } // a callback clears them
    closeFilters(event.target.closest && event.target.closest("details.filter"));
    const toggle = event.target.closest && event.target.closest("#filters-toggle");
    if (toggle) { setDrawer(toggle, toggle.getAttribute("aria-expanded") !== "true"); }
    if (event.target.closest && event.target.closest("#failure-retry")) { location.reload(); }
  });

  document.addEventListener("focusin", function (event) {
    closeFilters(event.target.closest("details.filter"));
  });

  document.addEventListener("keydown", function (event) {
    const filters = event.key === "Escape" && event.target.closest && event.target.closest(".filters");
    if (!filters) { return; }
    const menu = event.target.closest("details.filter[open]");
    const toggle = document.getElementById("filters-toggle");
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    } else if (toggle.getAttribute("aria-expanded") === "true") {
      setDrawer(toggle, false);
      toggle.focus();
    }
  });

  /* --- search in a long list */

  /* code of an intercommunalité -> search keys of its communes; fetched once, at the first search */
  let communes = null;

  function fetchCommunes(field) {
    if (communes || field.id !== "filter-epci-search") { return; }
    communes = {};
    fetch("/api/communes").then(function (response) { return response.ok ? response.json() : {}; }).then(function (names) {
      Object.keys(names).forEach(function (code) {
        communes[code] = names[code].map(function (name) { return " " + searchKey(name); });
      });
      filterOptions(field);
    }, function () { communes = null; });
  }

  function filterOptions(field) {
    const panel = field.closest(".filter-panel");
    const text = searchKey(field.value);
    const words = text.split(" ").filter(Boolean);
    const communesByCode = (text && field.id === "filter-epci-search" && communes) || {};
    let matches = 0;
    panel.querySelectorAll(".form-check").forEach(function (item) {
      const label = searchKey(item.textContent);
      const itsCommunes = communesByCode[item.querySelector("input").value] || [];
      const isMatch = words.every(function (word) { return label.includes(word); }) ||
        itsCommunes.some(function (name) { return name.includes(" " + text); });
      item.hidden = !isMatch;
      matches += isMatch ? 1 : 0;
    });
    panel.querySelector(".filter-no-match").hidden = matches > 0;
  }

  document.addEventListener("input", function (event) {
    if (!event.target.classList.contains("filter-search")) { return; }
    fetchCommunes(event.target);
    filterOptions(event.target);
  });

  /* --- busy and failed states, which Dash does not show */

  const nativeFetch = window.fetch;

  function showResult(failed, reason) {
    const main = document.getElementById("contenu");
    const failure = document.getElementById("failure");
    if (main) { main.removeAttribute("aria-busy"); }
    if (failure) {
      document.getElementById("failure-reason").textContent = reason;
      failure.hidden = !failed;
    }
  }

  /* A response holds the differences from the state that the browser declared in its request (callbacks/navigation.py,
     the only callback on the server). After a newer request, older responses must not be drawn, nor their failures
     shown; Dash alone would draw them in the order of arrival */
  const NO_UPDATE = 204; // Dash: nothing to update
  let latest = 0; // number of the last request

  let shownValues = {}; // "filter-dep.value" -> value of the control for the page shown

  /* Replaces a failed response: sets the controls back to the page shown, as a response of the server would, without a
     new request */
  function resetControls() {
    const properties = {};
    Object.keys(shownValues).forEach(function (name) {
      const [id, property] = name.split(".");
      properties[id] = { [property]: shownValues[name] };
    });
    return new Response(JSON.stringify({ multi: true, response: properties }), { headers: { "Content-Type": "application/json" } });
  }

  async function completeResponse(promise) {
    try {
      const response = await promise;
      return new Response(response.status === NO_UPDATE ? null : await response.arrayBuffer(), response);
    } catch (error) {
      return null; // no response, or not all of it
    }
  }

  async function errorReason(response) {
    try {
      return (await response.json()).error || "";
    } catch (error) {
      return ""; // no response, or that of a proxy
    }
  }

  async function latestOnly(promise, number) {
    const response = await completeResponse(promise);
    if (number !== latest) { return new Response(null, { status: NO_UPDATE }); }
    const failed = !response || !response.ok;
    if (!failed && response.status !== NO_UPDATE) { window.lazyBundles.replaceDrawings(); }
    showResult(failed, failed ? await errorReason(response) : "");
    return failed ? resetControls() : response;
  }

  window.fetch = function (resource) {
    const address = String(resource.url || resource);
    if (!address.includes("_dash-update-component")) { return nativeFetch.apply(window, arguments); }
    const main = document.getElementById("contenu");
    if (main) { main.setAttribute("aria-busy", "true"); }
    latest += 1;
    return latestOnly(nativeFetch.apply(window, arguments), latest);
  };

  /* --- client-side callbacks: after a new page, and after a change of filters */

  let allOptions = null; // of the intercommunalités, as the page came with them

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    shell: {
      /* the links of the menu keep the filters, without a response of the server */
      updateMenuLinks: function (query) {
        const filters = filterQuery(query);
        document.querySelectorAll(".menu a").forEach(function (link) {
          const path = link.getAttribute("href").split("?")[0];
          link.setAttribute("href", filters ? path + "?" + filters : path);
        });
      },
      /* the query has changed: a response has just set the controls */
      storeControlValues: function () { shownValues = Object.assign({}, window.dash_clientside.callback_context.states); },
      /* the options of the intercommunalités: those in the chosen départements, and those already chosen */
      narrowEpciOptions: function (query, current, departements) {
        allOptions = allOptions || current;
        const parameters = new URLSearchParams(query || "");
        const chosenDepartements = (parameters.get("dep") || "").split(",").filter(Boolean);
        const chosenEpcis = (parameters.get("epci") || "").split(",");
        const options = allOptions.filter(function (option, index) {
          return !chosenDepartements.length || chosenEpcis.includes(option.value) || !departements[index].length ||
            departements[index].some(function (code) { return chosenDepartements.includes(code); });
        });
        const isSame = options.length === current.length &&
          options.every(function (option, index) { return option.value === current[index].value; });
        return isSame ? window.dash_clientside.no_update : options;
      },
      /* the title of the document; a new page also resets the scroll and moves the focus, to the element that the hash
         of the address names, or to the title */
      showTitle: function (data) {
        const [title, isNewPage] = data;
        document.title = title;
        if (!isNewPage) { return; }
        /* at once: Bootstrap scrolls smoothly, and the menu below would be brought into view from half way */
        window.scrollTo({ left: 0, top: 0, behavior: "instant" });
        requestAnimationFrame(function () {
          const currentLink = document.querySelector(".menu [aria-current='page'], .menu [aria-current='true']");
          if (currentLink) { currentLink.scrollIntoView({ block: "nearest", inline: "nearest" }); }
          const target = location.hash && document.getElementById(location.hash.slice(1));
          if (target) { target.scrollIntoView(); } // which may take no focus
          const heading = target || document.querySelector("#contenu h1");
          (heading || document.getElementById("contenu")).focus({ preventScroll: !target });
        });
      }
    }
  });
}());
