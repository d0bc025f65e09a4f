/* Touching a mark of a chart (bar, point, cell, area) opens a menu of what it leads to: sheet, filter, rows behind it. The
   server makes the menu (dashboard/components/mark_menu.py) from the row of the chart's table, which each trace gives in
   `meta` (figures/base.py). « Ouvrir » in « Voir les données » opens the same one, by keyboard or without script. */
(function () {
  "use strict";

  const TAP_PIXELS = 8; // a longer move is a drag, or scrolls the page
  const REACH_PIXELS = 24; // from a mark, beside its own size
  const EDGE_PIXELS = 8; // between a menu and the edge of the window
  const MAX_WAIT = 5000; // ms, for a chart that is not drawn yet

  const address = function () { return window.pageAddress; }; // assets/navigation.js, loaded after this file

  /* --- which mark is under a point of the screen; a mark is easier to touch than to point at, so the nearest one counts */

  function distance(value, ends) { return Math.max(Math.min(...ends) - value, 0, value - Math.max(...ends)); }

  function pixels(axis, values) { return values.map(function (value) { return axis._offset + axis.c2p(value); }); }

  /* [distance that decides, distance that decides between equals], null beyond reach */
  function barDistance(point, x, y, bar) {
    const isRow = bar.trace.orientation === "h";
    const along = isRow ? [point.y, pixels(y, [bar.p0, bar.p1])] : [point.x, pixels(x, [bar.p0, bar.p1])];
    const across = isRow ? [point.x, pixels(x, [bar.s0, bar.s1])] : [point.y, pixels(y, [bar.s0, bar.s1])];
    const first = distance(...along);
    return first > REACH_PIXELS ? null : [first, distance(...across)];
  }

  function pointDistance(point, x, y, mark, trace) {
    const dx = Math.abs(point.x - pixels(x, [mark.x])[0]);
    const dy = Math.abs(point.y - pixels(y, [mark.y])[0]);
    if (trace.mode.includes("lines")) { return [dx, dy]; } // the nearest value of a curve, wherever in its panel
    return Math.hypot(dx, dy) > 2 * REACH_PIXELS ? null : [Math.hypot(dx, dy), 0];
  }

  function isInPanel(point, x, y) {
    return distance(point.x, [x._offset, x._offset + x._length]) < REACH_PIXELS &&
      distance(point.y, [y._offset, y._offset + y._length]) < REACH_PIXELS;
  }

  function rowOf(rows, index) { return rows.length > 2 ? rows[index] : rows[0] + index * (rows[1] || 0); } // figures/base.py

  /* the row of the table of the mark at a point of the window, -1 without one */
  function rowAt(graph, clientX, clientY) {
    const layout = graph._fullLayout;
    const box = graph.getBoundingClientRect();
    const point = { x: clientX - box.left, y: clientY - box.top };
    const area = window.areaAt(graph, point);
    if (area !== null) { return area < 0 ? -1 : rowOf(graph._fullData[0].meta, area); }
    let best = null;
    graph.calcdata.forEach(function (marks) {
      const trace = marks[0].trace;
      const panel = layout._plots[(trace.xaxis || "") + (trace.yaxis || "")];
      if (!Array.isArray(trace.meta) || trace.visible !== true || !panel || !isInPanel(point, panel.xaxis, panel.yaxis)) { return; }
      marks.forEach(function (mark, index) {
        const found = trace.type === "bar"
          ? barDistance(point, panel.xaxis, panel.yaxis, Object.assign({ trace: trace }, mark))
          : pointDistance(point, panel.xaxis, panel.yaxis, mark, trace);
        if (found && !found.some(Number.isNaN) && (!best || found[0] < best.at[0] || (found[0] === best.at[0] && found[1] < best.at[1]))) {
          best = { at: found, row: rowOf(trace.meta, index) };
        }
      });
    });
    return best ? best.row : -1;
  }

  /* --- the menu: one at a time */

  let menu = null; // { element, opener }

  function close(focusOpener) {
    if (!menu) { return; }
    const { element, opener } = menu;
    menu = null;
    element.remove();
    if (focusOpener && opener && opener.isConnected) { opener.focus({ preventScroll: true }); }
  }

  function create(tag, className, text) {
    const element = document.createElement(tag);
    element.className = className;
    if (text) { element.textContent = text; }
    return element;
  }

  function fill(element, content) {
    const title = create("p", "mark-menu-title", content.title);
    title.id = "mark-menu-title";
    element.append(title);
    content.lines.forEach(function (line) { element.append(create("p", "mark-menu-line", line)); });
    if (!content.actions.length) {
      element.append(create("p", "mark-menu-line", "Rien de plus à ouvrir ici."));
      return;
    }
    const items = create("div", "mark-menu-actions");
    items.setAttribute("role", "menu");
    items.setAttribute("aria-labelledby", title.id);
    content.actions.forEach(function (action) {
      const link = create("a", "mark-menu-action", action.label);
      link.setAttribute("role", "menuitem");
      link.href = action.href;
      link.tabIndex = -1;
      items.append(link);
    });
    element.append(items);
  }

  function place(element, clientX, clientY) {
    const { offsetWidth: width, offsetHeight: height } = element;
    const left = Math.min(clientX, document.documentElement.clientWidth - width - EDGE_PIXELS);
    const below = clientY + EDGE_PIXELS;
    const fits = below + height <= window.innerHeight - EDGE_PIXELS || clientY - EDGE_PIXELS < height;
    element.style.left = Math.max(EDGE_PIXELS, left) + window.scrollX + "px";
    element.style.top = (fits ? below : clientY - EDGE_PIXELS - height) + window.scrollY + "px";
  }

  function show(content, at, opener) {
    close(false);
    const element = create("div", "mark-menu");
    element.tabIndex = -1;
    fill(element, content);
    (document.getElementById("contenu") || document.body).append(element);
    menu = { element: element, opener: opener };
    place(element, at.x, at.y);
    (element.querySelector("a") || element).focus({ preventScroll: true });
  }

  /* --- what the server answers for a mark, on the page and with the filters of the address */

  function ask(slug, rows) {
    const query = new URLSearchParams(location.search);
    query.set("page", location.pathname);
    Object.keys(rows).forEach(function (name) { query.set(name, rows[name]); });
    return fetch("/graphiques/" + slug + ".json?" + query).then(function (response) {
      if (!response.ok) { throw new Error(String(response.status)); }
      return response.json();
    });
  }

  const asked = { number: 0 }; // only the latest answer is shown

  function openMenu(slug, row, at, opener) {
    const number = asked.number += 1;
    ask(slug, { ligne: row }).then(
      function (content) { if (number === asked.number) { show(content, at, opener); } },
      function () { window.showMessage("Ce qui suit n’a pas pu être lu\u202f: réessayez."); }
    );
  }

  function follow(href) {
    const target = new URL(href, location.href);
    close(false);
    if (address().isPagePath(target.pathname)) { address().navigate(target.href); } else { location.assign(target.href); }
  }

  /* --- charts: a tap opens the menu; a drag along a time axis chooses a period */

  let press = null; // { box, graph, x, y, band }

  function whenDrawn(box, callback) {
    const start = Date.now();
    (function check() {
      const graph = box.querySelector(".js-plotly-plot");
      if (graph && graph._fullLayout) { callback(graph); } else if (Date.now() - start < MAX_WAIT) { setTimeout(check, 100); }
    }());
  }

  function slugOf(box) { return box.closest(".card").id.replace(/^card-/, ""); }

  function endPress() {
    if (press && press.band) { press.band.remove(); }
    press = null;
  }

  function drawBand(event) {
    if (!press.band) {
      press.band = create("div", "mark-band");
      press.box.append(press.band);
    }
    const box = press.box.getBoundingClientRect();
    press.band.style.left = Math.min(press.x, event.clientX) - box.left + "px";
    press.band.style.width = Math.abs(event.clientX - press.x) + "px";
  }

  function choosePeriod(graph, from, to) {
    const rows = [from, to].map(function (point) { return rowAt(graph, point.x, from.y); });
    if (rows.some(function (row) { return row < 0; })) { return; }
    ask(slugOf(graph.closest(".card-image")), { ligne: rows[0], "derniere-ligne": rows[1] }).then(function (action) { follow(action.href); });
  }

  document.addEventListener("pointerdown", function (event) {
    if (menu && !menu.element.contains(event.target)) { close(false); }
    const box = event.target.closest && event.target.closest(".card-image[data-drill]");
    if (!box || event.button || event.target.closest("a, button")) { return; }
    press = { box: box, x: event.clientX, y: event.clientY, band: null };
  }, true);

  document.addEventListener("pointermove", function (event) {
    if (!press || press.box.dataset.drill !== "period") { return; }
    if (press.band || Math.abs(event.clientX - press.x) > TAP_PIXELS) { drawBand(event); }
  }, true);

  document.addEventListener("pointerup", function (event) {
    if (!press) { return; }
    const { box, x, y, band } = press;
    endPress();
    const end = { x: event.clientX, y: event.clientY };
    if (band) {
      whenDrawn(box, function (graph) { choosePeriod(graph, { x: x, y: y }, end); });
    } else if (Math.hypot(end.x - x, end.y - y) <= TAP_PIXELS) {
      const opener = document.activeElement;
      whenDrawn(box, function (graph) {
        const row = rowAt(graph, end.x, end.y);
        if (row >= 0) { openMenu(slugOf(box), row, end, opener); }
      });
    }
  }, true);

  document.addEventListener("pointercancel", endPress, true); // the finger scrolls the page

  /* --- tables, and the menu itself */

  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("a.mark-link, a.mark-menu-action");
    if (!link || !address().isPlainClick(event)) { return; }
    if (link.matches(".mark-menu-action")) {
      event.preventDefault();
      follow(link.href);
    } else if (link.closest(".card")) { // on the page without script it is a plain link
      event.preventDefault();
      const box = link.getBoundingClientRect();
      openMenu(slugOf(link), new URL(link.href).searchParams.get("ligne"), { x: box.left, y: box.bottom }, link);
    }
  });

  const STEPS = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && (press || menu)) {
      event.stopPropagation();
      endPress();
      close(true);
    } else if (menu && event.key === "Tab") {
      close(true);
    } else if (menu && event.key in STEPS && menu.element.contains(event.target)) {
      event.preventDefault();
      const links = [...menu.element.querySelectorAll("a")];
      const next = links.indexOf(document.activeElement) + STEPS[event.key];
      const last = links.length - 1;
      const wrapped = Number.isFinite(next) ? (next + links.length) % links.length : next < 0 ? 0 : last;
      if (links.length) { links[wrapped].focus({ preventScroll: true }); }
    }
  }, true);

  window.addEventListener("popstate", function () { close(false); });
  window.addEventListener("_dashprivate_pushstate", function () { close(false); });
}());
