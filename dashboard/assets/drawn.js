/* Trees of plain elements, drawn by React in one component (components/drawn.py says why). A node is a text, the number of
   one of the live components given as children, or [tag, {attributes}?, ...nodes]; an address may be [before, after] the
   query of the whole tree. Texts stay texts: nothing is parsed. */
(function () {
  "use strict";

  const React = window.React;

  function attributes(told, query) {
    return Array.isArray(told.href) ? Object.assign({}, told, { href: told.href.join("?" + query) }) : told;
  }

  function element(node, live, query) {
    if (typeof node === "string") { return node; }
    if (typeof node === "number") { return live[node]; }
    const has = node[1] !== null && typeof node[1] === "object" && !Array.isArray(node[1]);
    const inner = node.slice(has ? 2 : 1).map(function (one) { return element(one, live, query); });
    return React.createElement(node[0], has ? attributes(node[1], query) : null, ...inner);
  }

  function Drawn(props) {
    const live = Array.isArray(props.children) ? props.children : [props.children];
    const nodes = props.content.map(function (one) { return element(one, live, props.query); });
    return React.createElement(React.Fragment, null, ...nodes);
  }

  window.tiers_lieux = { Drawn: Drawn };
}());
