/* The globals of a browser that plotly looks for when it is loaded. Nothing runs later: a drawing is made in one go. */
(function () {
  "use strict";

  const dom = globalThis.drawingDom;
  const document = new dom.Document();
  function ignore() { return 0; }

  Object.assign(globalThis, {
    window: globalThis,
    self: globalThis,
    document: document,
    console: { log: ignore, info: ignore, warn: ignore, error: ignore, trace: ignore },
    navigator: { userAgent: "" },
    location: { href: "", protocol: "file:" },
    Node: dom.Node,
    Element: dom.Element,
    HTMLElement: dom.Element,
    SVGElement: dom.Element,
    CSSStyleDeclaration: dom.Style,
    DOMParser: class { parseFromString() { return new dom.Document(); } },
    XMLSerializer: class { serializeToString(node) { return dom.serialize(node); } },
    URL: { createObjectURL: ignore },
    Blob: class {}, // these five are for the full bundle: maps and WebGL look for them when they are loaded
    TextDecoder: class { decode() { return ""; } },
    TextEncoder: class { encode() { return new Uint8Array(0); } },
    Image: class {},
    performance: { now: ignore },
    getComputedStyle: dom.computedStyle,
    matchMedia() { return { matches: true, addListener: ignore, addEventListener: ignore }; },
    requestAnimationFrame: ignore,
    cancelAnimationFrame: ignore,
    setTimeout: ignore,
    clearTimeout: ignore,
    addEventListener: ignore,
    removeEventListener: ignore,
    devicePixelRatio: 1,
    innerWidth: 1440,
    innerHeight: 900
  });
}());
