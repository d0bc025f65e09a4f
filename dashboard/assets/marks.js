/* Touching a mark of a chart (bar, point, cell, area) opens a menu of what it leads to; dragging along a time axis chooses a
   period. The server answers for the row of the chart's table (components/mark_menu.py), which traces give in `meta`
   (figures/base.py). The rows of « Voir les données » open the same menu, and are plain links without script. */
(function () {
  "use strict";

  const TAP_PIXELS = 8; // a longer move is a drag, or scrolls the page
  const REACH_PIXELS = 24; // around a mark: the nearest one is meant
  const EDGE_PIXELS = 8; // around a menu
  const MAX_WAIT = 5000; // ms, for a chart that is not drawn yet

  const address = function () { return window.pageAddress; }; // assets/navigation.js, loaded after this file

  /* --- the row of the mark at a point of a graph */

  function away(value, ends) { return Math.max(Math.min(...ends) - value, 0, value - Math.max(...ends)); }

  function pixels(axis, values) { return values.map(function (value) { return axis._offset + axis.c2p(value); }); }

  /* The distance that decides, then the one between equals: a bar owns its band, a value of a curve its abscissa. */
  function distances(point, trace, mark, xaxis, yaxis) {
    if (trace.type === "bar") {
      const isRow = trace.orientation === "h";
      const x = away(point.x, pixels(xaxis, isRow ? [mark.s0, mark.s1] : [mark.p0, mark.p1]));
      const y = away(point.y, pixels(yaxis, isRow ? [mark.p0, mark.p1] : [mark.s0, mark.s1]));
      const ordered = isRow ? [y, x] : [x, y];
      return ordered[0] > REACH_PIXELS ? [Infinity, 0] : ordered;
    }
    const x = away(point.x, pixels(xaxis, [mark.x]));
    const y = away(point.y, pixels(yaxis, [mark.y]));
    if (trace.mode.includes("lines")) { return [x, y]; }
    return Math.hypot(x, y) > 2 * REACH_PIXELS ? [Infinity, 0] : [Math.hypot(x, y), 0];
  }

  function isInPanel(point, { xaxis, yaxis }) {
    return [[point.x, xaxis], [point.y, yaxis]].every(function ([value, axis]) {
      return away(value, [axis._offset, axis._offset + axis._length]) < REACH_PIXELS;
    });
  }

  function rowOf(rows, index) { return rows.length > 2 ? rows[index] : rows[0] + index * (rows[1] || 0); } // mark_rows

  /* -1 without a mark */
  function rowAt(graph, clientX, clientY) {
    const box = graph.getBoundingClientRect();
    const point = { x: clientX - box.left, y: clientY - box.top };
    const area = window.areaAt(graph, point);
    if (area !== null) { return area < 0 ? -1 : rowOf(graph._fullData[0].meta, area); }
    let best = [Infinity, Infinity, -1];
    graph.calcdata.forEach(function (marks) {
      const trace = marks[0].trace;
      const panel = graph._fullLayout._plots[(trace.xaxis || "") + (trace.yaxis || "")];
      if (!Array.isArray(trace.meta) || !panel || !isInPanel(point, panel)) { return; }
      marks.forEach(function (mark, index) {
        const [first, second] = distances(point, trace, mark, panel.xaxis, panel.yaxis);
        if (first < best[0] || (first === best[0] && second < best[1])) { best = [first, second, rowOf(trace.meta, index)]; }
      });
    });
    return best[2];
  }

  /* the end of a drag, in the panel where it began */
  function withinPanel(graph, x, y, endX) {
    const { left, top } = graph.getBoundingClientRect();
    const panel = Object.values(graph._fullLayout._plots).findLast(function (one) { return isInPanel({ x: x - left, y: y - top }, one); });
    if (!panel) { return endX; }
    const start = left + panel.xaxis._offset;
    return Math.min(Math.max(endX, start), start + panel.xaxis._length);
  }

  /* --- the menu: one at a time */

  let menu = null; // { element, opener }

  function close(focusOpener) {
    if (!menu) { return; }
    const { element, opener } = menu;
    menu = null;
    element.remove();
    if (focusOpener && opener.isConnected) { opener.focus({ preventScroll: true }); }
  }

  function create(tag, className, text, attributes) {
    const element = Object.assign(document.createElement(tag), { className: className, textContent: text || "" });
    Object.entries(attributes || {}).forEach(function ([name, value]) { element.setAttribute(name, value); });
    return element;
  }

  function createMenu(content) {
    const element = create("div", "mark-menu", "", { tabindex: -1 });
    element.append(create("p", "mark-menu-title", content.title, { id: "mark-menu-title" }));
    const lines = content.actions.length ? content.lines : content.lines.concat("Rien de plus à ouvrir ici.");
    element.append(...lines.map(function (line) { return create("p", "mark-menu-line", line); }));
    if (content.actions.length) {
      const items = create("div", "mark-menu-actions", "", { role: "menu", "aria-labelledby": "mark-menu-title" });
      items.append(...content.actions.map(function (action) {
        return create("a", "mark-menu-action", action.label, { role: "menuitem", tabindex: -1, href: action.href });
      }));
      element.append(items);
    }
    return element;
  }

  function show(content, at, opener) {
    close(false);
    const element = createMenu(content);
    menu = { element: element, opener: opener };
    document.getElementById("contenu").append(element);
    const left = Math.min(at.left, document.documentElement.clientWidth - element.offsetWidth - EDGE_PIXELS);
    const isBelow = at.bottom + element.offsetHeight + 2 * EDGE_PIXELS < window.innerHeight || at.top < element.offsetHeight;
    const top = isBelow ? at.bottom + EDGE_PIXELS : at.top - EDGE_PIXELS - element.offsetHeight;
    element.style.left = Math.max(EDGE_PIXELS, left) + window.scrollX + "px";
    element.style.top = top + window.scrollY + "px";
    (element.querySelector("a") || element).focus({ preventScroll: true });
  }

  /* --- the answers of the server, for the page and the filters of the address */

  let latest = 0; // only the latest answer is shown

  function ask(card, rows, callback) {
    const number = latest += 1;
    const query = new URLSearchParams(location.search);
    Object.entries({ page: location.pathname, ...rows }).forEach(function ([name, value]) { query.set(name, value); });
    fetch("/graphiques/" + card.id.replace("card-", "") + ".json?" + query).then(function (response) {
      return response.ok ? response.json() : Promise.reject(new Error(response.status));
    }).then(function (content) {
      if (number === latest) { callback(content); }
    }, function () { window.showMessage("Cette demande n’a pas abouti\u202f: réessayez."); });
  }

  function follow(href) {
    const { pathname, href: whole } = new URL(href, location.href);
    close(false);
    if (address().isPagePath(pathname)) { address().navigate(whole); } else { location.assign(whole); }
  }

  /* --- fingers and mice on charts */

  let press = null; // { box, x, y, opener, band }: the opener is what had the focus

  function endPress() {
    if (press && press.band) { press.band.remove(); }
    press = null;
  }

  /* the graph of a box, once plotly has drawn it: the box of the first response gives way to another one */
  function whenDrawn(box, callback, start = Date.now()) {
    const graph = document.getElementById(box.id).querySelector(".js-plotly-plot");
    if (graph && graph._fullLayout && graph.calcdata) {
      callback(graph);
    } else if (Date.now() - start < MAX_WAIT) {
      setTimeout(whenDrawn, 100, box, callback, start);
    }
  }

  function drawBand(x) {
    press.band = press.band || press.box.appendChild(create("div", "mark-band"));
    press.band.style.left = Math.min(press.x, x) - press.box.getBoundingClientRect().left + "px";
    press.band.style.width = Math.abs(x - press.x) + "px";
  }

  document.addEventListener("pointerdown", function (event) {
    if (menu && !menu.element.contains(event.target)) { close(false); }
    const box = !event.button && event.target.closest && event.target.closest(".card-image[data-drill]");
    if (box) { press = { box: box, x: event.clientX, y: event.clientY, opener: document.activeElement, band: null }; }
  }, true);

  document.addEventListener("pointermove", function (event) {
    if (!press || press.box.dataset.drill !== "period") { return; }
    if (press.band || Math.abs(event.clientX - press.x) > TAP_PIXELS) { drawBand(event.clientX); }
  }, true);

  document.addEventListener("pointerup", function (event) {
    if (!press) { return; }
    const { box, x, y, opener, band } = press;
    const [endX, endY] = [event.clientX, event.clientY];
    endPress();
    if (!band && Math.hypot(endX - x, endY - y) > TAP_PIXELS) { return; }
    whenDrawn(box, function (graph) {
      const rows = [rowAt(graph, x, y), rowAt(graph, band ? withinPanel(graph, x, y, endX) : endX, y)];
      if (Math.min(...rows) < 0) { return; }
      const card = graph.closest(".card");
      if (band) {
        ask(card, { ligne: rows[0], "derniere-ligne": rows[1] }, function (action) { follow(action.href); });
      } else {
        ask(card, { ligne: rows[0] }, function (content) { show(content, { left: endX, top: endY, bottom: endY }, opener); });
      }
    });
  }, true);

  document.addEventListener("pointercancel", endPress, true); // the finger scrolls the page

  /* --- links of tables and of menus, keys */

  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest(".card a.mark-link, a.mark-menu-action");
    if (!link || !address().isPlainClick(event)) { return; }
    event.preventDefault();
    if (link.matches(".mark-menu-action")) { follow(link.href); return; }
    const row = new URL(link.href).searchParams.get("ligne");
    ask(link.closest(".card"), { ligne: row }, function (content) { show(content, link.getBoundingClientRect(), link); });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && (press || menu)) {
      event.stopPropagation();
      endPress();
      close(true);
    } else if (menu && event.key === "Tab") {
      close(true); // then to what follows
    } else if (menu && menu.element.contains(event.target)) {
      const links = [...menu.element.querySelectorAll("a")];
      const at = links.indexOf(event.target);
      const target = { ArrowDown: (at + 1) % links.length, ArrowUp: at > 0 ? at - 1 : links.length - 1, Home: 0, End: links.length - 1 }[event.key];
      if (!links[target]) { return; }
      event.preventDefault();
      links[target].focus({ preventScroll: true });
    }
  }, true);

  ["popstate", "_dashprivate_pushstate"].forEach(function (name) { window.addEventListener(name, function () { close(false); }); });
}());
