/* Trees of plain elements, drawn by React in one component (components/drawn.py says why). A node is a text, the number of
   one of the live components given as children, or [tag, {attributes}?, ...nodes]. Texts stay texts: nothing is parsed. */
(function () {
  "use strict";

  const React = window.React;

  function element(node, live) {
    if (typeof node === "string") { return node; }
    if (typeof node === "number") { return live[node]; }
    const has = node[1] !== null && typeof node[1] === "object" && !Array.isArray(node[1]);
    const inner = node.slice(has ? 2 : 1).map(function (one) { return element(one, live); });
    return React.createElement(node[0], has ? node[1] : null, ...inner);
  }

  function Drawn(props) {
    const live = Array.isArray(props.children) ? props.children : [props.children];
    return React.createElement(React.Fragment, null, ...props.content.map(function (one) { return element(one, live); }));
  }

  window.tiers_lieux = { Drawn: Drawn };
}());
