/* The shell's behaviour in the browser: in-site links, drawers, search in lists, busy and failed states.
   Everything is delegated from the document, so that nothing is to be bound again when a page is drawn. */
(function () {
  "use strict";

  const searchKey = window.searchKey; // assets/search_key.js

  /* --- links inside the site: callbacks/follow.py draws the page; the browser keeps the address and its history */

  const OUTSIDE = /^\/(api|exports|sante|assets|statique|_dash)/;

  function inSite(link) {
    return link.origin === location.origin && !link.target &&
      !OUTSIDE.test(link.pathname) && link.pathname !== location.pathname;
  }

  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) {
      return;
    }
    if (inSite(link)) {
      event.preventDefault();
      history.pushState({}, "", link.href);
      window.dispatchEvent(new CustomEvent("_dashprivate_pushstate"));
    }
  });

  /* --- lists of filters: one open at a time, closed by Escape or a click elsewhere. In the drawer of a phone they
     stay open: to close the one above moves what is under the finger, and the tap is lost */

  function floats(box) {
    return getComputedStyle(box.querySelector(".filter-panel")).position === "absolute";
  }

  function closeFilters(except) {
    document.querySelectorAll("details.filter[open]").forEach(function (box) {
      if (box !== except && floats(box)) { box.open = false; }
    });
  }

  function setDrawer(toggle, open) {
    toggle.setAttribute("aria-expanded", String(open));
    toggle.closest(".filters").classList.toggle("is-open", open);
  }

  document.addEventListener("click", function (event) {
    closeFilters(event.target.closest && event.target.closest("details.filter"));
    const toggle = event.target.closest && event.target.closest("#filters-toggle");
    if (toggle) { setDrawer(toggle, toggle.getAttribute("aria-expanded") !== "true"); }
    if (event.target.id === "failure-retry") { location.reload(); }
  });

  document.addEventListener("focusin", function (event) {
    const box = event.target.closest("details.filter");
    closeFilters(box);
  });

  document.addEventListener("keydown", function (event) {
    const filters = event.key === "Escape" && event.target.closest && event.target.closest(".filters");
    if (!filters) { return; }
    const box = event.target.closest("details.filter[open]");
    const toggle = document.getElementById("filters-toggle");
    if (box) {
      box.open = false;
      box.querySelector("summary").focus();
    } else if (toggle.getAttribute("aria-expanded") === "true") {
      setDrawer(toggle, false);
      toggle.focus();
    }
  });

  /* --- search in a long list */

  /* The communes of each intercommunalité, asked for once, when someone begins to look for one */
  let communes = null;

  function readCommunes(field) {
    if (communes || field.id !== "filter-epci-search") { return; }
    communes = {};
    fetch("/api/communes").then(function (answer) { return answer.ok ? answer.json() : {}; }).then(function (named) {
      Object.keys(named).forEach(function (code) {
        communes[code] = named[code].map(function (name) { return " " + searchKey(name); });
      });
      find(field);
    }, function () { communes = null; });
  }

  function find(field) {
    const panel = field.closest(".filter-panel");
    const text = searchKey(field.value);
    const words = text.split(" ").filter(Boolean);
    const names = (text && field.id === "filter-epci-search" && communes) || {};
    let found = 0;
    panel.querySelectorAll(".form-check").forEach(function (item) {
      const label = searchKey(item.textContent);
      const within = names[item.querySelector("input").value] || [];
      const fits = words.every(function (word) { return label.includes(word); }) ||
        within.some(function (name) { return name.includes(" " + text); });
      item.hidden = !fits;
      found += fits ? 1 : 0;
    });
    panel.querySelector(".filter-none").hidden = found > 0;
  }

  document.addEventListener("input", function (event) {
    if (!event.target.classList.contains("filter-search")) { return; }
    readCommunes(event.target);
    find(event.target);
  });

  /* --- busy and failed: Dash says neither to the reader */

  const send = window.fetch;

  function settle(failed, reason) {
    const main = document.getElementById("contenu");
    const failure = document.getElementById("failure");
    if (main) { main.removeAttribute("aria-busy"); }
    if (failure) {
      document.getElementById("failure-reason").textContent = reason;
      failure.hidden = !failed;
    }
  }

  /* Without its first answers there is no page to write a message into, and Dash would write its own in English:
     what it waits for never comes */
  function refuse() {
    const entry = document.getElementById("react-entry-point");
    if (!entry.hidden) {
      entry.hidden = true;
      entry.before(document.getElementById("unavailable").content.cloneNode(true));
    }
    return new Promise(function () {});
  }

  function first(asked) {
    return asked.then(function (response) { return response.ok ? response : refuse(); }, refuse);
  }

  /* An answer tells what differs from what the browser showed when it asked (callbacks/follow.py, the one callback that
     asks the server): once another question is asked, those before it are not to be drawn, nor their failure told. Dash
     would draw them, whichever comes last */
  const NOTHING = 204; // Dash: nothing to update
  let latest = 0;

  let held = {}; // "filter-dep.value" -> what the control holds for what is shown

  /* The answer in place of a failed one: controls that say what is shown, and not the choice that failed. The server's
     own answers set them the same way, which asks nothing again */
  function takenBack() {
    const former = {};
    Object.keys(held).forEach(function (name) {
      const [id, property] = name.split(".");
      former[id] = { [property]: held[name] };
    });
    return new Response(JSON.stringify({ multi: true, response: former }), { headers: { "Content-Type": "application/json" } });
  }

  async function received(sent) {
    try {
      const response = await sent;
      return new Response(response.status === NOTHING ? null : await response.arrayBuffer(), response);
    } catch (error) {
      return null; // nothing came, or not all of it
    }
  }

  async function reasonOf(answer) {
    try {
      return (await answer.json()).error || "";
    } catch (error) {
      return ""; // no answer, or that of something between the server and us
    }
  }

  async function inTurn(sent, turn) {
    const answer = await received(sent);
    if (turn !== latest) { return new Response(null, { status: NOTHING }); }
    const failed = !answer || !answer.ok;
    settle(failed, failed ? await reasonOf(answer) : "");
    return failed ? takenBack() : answer;
  }

  window.fetch = function (resource) {
    const address = String(resource.url || resource);
    if (/\/_dash-(layout|dependencies)$/.test(address)) { return first(send.apply(window, arguments)); }
    if (!address.includes("_dash-update-component")) { return send.apply(window, arguments); }
    const main = document.getElementById("contenu");
    if (main) { main.setAttribute("aria-busy", "true"); }
    latest += 1;
    return inTurn(send.apply(window, arguments), latest);
  };

  /* --- after another page is drawn, and after a change of filters */

  let allChoices = null;

  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    shell: {
      /* the menu keeps the filters: its links are told here, and cost no answer */
      keepFilters: function (query) {
        const filters = (query || "").split("&").filter(function (part) { return part && !/^(tri|page|q)-/.test(part); }).join("&");
        document.querySelectorAll(".menu a").forEach(function (link) {
          const path = link.getAttribute("href").split("?")[0];
          link.setAttribute("href", filters ? path + "?" + filters : path);
        });
      },
      /* controls are what the query says: when it changes, an answer has just set them */
      hold: function () { held = Object.assign({}, window.dash_clientside.callback_context.states); },
      /* a list of choices keeps those within the chosen départements, and those already chosen; all come with the page */
      narrow: function (query, shown, narrowing) {
        allChoices = allChoices || shown;
        const asked = new URLSearchParams(query || "");
        const within = (asked.get("dep") || "").split(",").filter(Boolean);
        const chosen = (asked.get("epci") || "").split(",");
        const kept = allChoices.filter(function (choice, at) {
          return !within.length || chosen.includes(choice.value) || !narrowing[at].length ||
            narrowing[at].some(function (code) { return within.includes(code); });
        });
        const same = kept.length === shown.length && kept.every(function (choice, at) { return choice.value === shown[at].value; });
        return same ? window.dash_clientside.no_update : kept;
      },
      /* the title follows the filters; a page just drawn also takes the scroll and the focus, to the list that its
         address names where it names one */
      arrive: function (told) {
        document.title = told[0];
        if (!told[1]) { return; }
        window.scrollTo(0, 0);
        requestAnimationFrame(function () {
          const here = document.querySelector(".menu [aria-current='page'], .menu [aria-current='true']");
          if (here) { here.scrollIntoView({ block: "nearest", inline: "nearest" }); }
          const named = location.hash && document.getElementById(location.hash.slice(1));
          const heading = named || document.querySelector("#contenu h1");
          (heading || document.getElementById("contenu")).focus({ preventScroll: !named });
        });
      }
    }
  });
}());
