/* The draft of a report: {titre, blocs: [[kind, content, query?]]} (reports/draft.py), as text of an address, in the
   storage of this browser, and the number of its blocks in the header. Never on the server. */
(function () {
  "use strict";

  const KEY = "rapport";
  const FORMER_KEY = "rapport-precedent"; // the report before « Effacer » or before another was started
  const PARAMETER = "brouillon";
  const PATH = "/rapport";
  const MAX_LETTERS = 3000; // reports/draft.py: MAX_ADDRESS_LETTERS
  const SPACE = "\u202f";
  const { filterQuery, navigate } = window.pageAddress; // assets/navigation.js

  async function pipe(bytes, transform) {
    return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(transform)).arrayBuffer());
  }

  async function encode(draft) {
    const packed = await pipe(new TextEncoder().encode(JSON.stringify(draft)), new CompressionStream("deflate"));
    return btoa(String.fromCharCode(...packed)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  async function decode(text) {
    const packed = Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), function (letter) { return letter.charCodeAt(0); });
    return parse(new TextDecoder().decode(await pipe(packed, new DecompressionStream("deflate"))));
  }

  /* The draft of a file, or null; the server checks the rest. */
  function parse(content) {
    try {
      const draft = JSON.parse(content);
      return draft && Array.isArray(draft.blocs) ? { titre: String(draft.titre || ""), blocs: draft.blocs } : null;
    } catch (error) {
      return null;
    }
  }

  /* {text, blocks}, or null: nothing stored, storage not readable, or another content. */
  function stored(key) {
    try {
      const found = JSON.parse(window.localStorage.getItem(key));
      return found && /^[\w-]+$/.test(found.text) && Number.isInteger(found.blocks) ? found : null;
    } catch (error) {
      return null;
    }
  }

  function write(key, found) {
    try {
      if (found) { window.localStorage.setItem(key, JSON.stringify(found)); } else { window.localStorage.removeItem(key); }
    } catch (error) { /* private window: the address keeps the draft */ }
  }

  /* Makes a text (null: none) the report of this browser; `isOther`: the former one can be taken up again. */
  function store(text, blocks, isOther) {
    const current = stored(KEY);
    if (isOther && current && current.text !== text) { write(FORMER_KEY, current); }
    write(KEY, text ? { text: text, blocks: blocks } : null);
    updateLink();
    return text ? Boolean(stored(KEY)) : true;
  }

  function address(text, query) {
    const parts = [filterQuery(query), text && PARAMETER + "=" + text].filter(Boolean);
    return PATH + (parts.length ? "?" + parts.join("&") : "");
  }

  function headerLink(query) {
    const current = stored(KEY);
    return [address(current && current.text, query), current ? "\u00a0(" + current.blocks + ")" : ""];
  }

  function updateLink() {
    const [href, count] = headerLink(location.search.slice(1));
    window.dash_clientside.set_props("report-link", { href: href });
    window.dash_clientside.set_props("report-count", { children: count });
  }

  function show(text) {
    navigate(address(text, location.search.slice(1)));
  }

  function shownText() { return new URLSearchParams(location.search).get(PARAMETER) || ""; }

  window.addEventListener("storage", function (event) { // changed in another window of the same browser
    if (event.key === KEY && window.dash_clientside.set_props) { updateLink(); }
  });

  window.reportDraft = {
    KEY: KEY, FORMER_KEY: FORMER_KEY, MAX_LETTERS: MAX_LETTERS, MAX_BLOCKS: 60, SPACE: SPACE,
    encode: encode, decode: decode, parse: parse, stored: stored, store: store, address: address,
    show: show, shownText: shownText
  };
  window.dash_clientside = Object.assign({}, window.dash_clientside, {
    report: Object.assign({}, (window.dash_clientside || {}).report, { headerLink: headerLink })
  });
}());
