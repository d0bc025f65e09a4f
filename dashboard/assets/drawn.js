/* Trees of plain elements, drawn by React in one component (components/drawn.py says why). A node is a text, the number of
   one of the live components given as children, or [tag, {attributes}?, ...nodes]; an address that keeps the filters may
   be [path, what it asks besides]: the query is that of the whole tree, or of the one around it. Texts stay texts: nothing
   is parsed. */
(function () {
  "use strict";

  const React = window.React;
  const Query = React.createContext("");

  function address(path, besides, query) {
    const asked = [query, besides].filter(Boolean).join("&");
    return asked ? path + "?" + asked : path;
  }

  function attributes(told, query) {
    return Array.isArray(told.href) ? Object.assign({}, told, { href: address(told.href[0], told.href[1], query) }) : told;
  }

  function element(node, live, query) {
    if (typeof node === "string") { return node; }
    if (typeof node === "number") { return live[node]; }
    const has = node[1] !== null && typeof node[1] === "object" && !Array.isArray(node[1]);
    const inner = node.slice(has ? 2 : 1).map(function (one) { return element(one, live, query); });
    return React.createElement(node[0], has ? attributes(node[1], query) : null, ...inner);
  }

  function Drawn(props) {
    const around = React.useContext(Query);
    const query = typeof props.query === "string" ? props.query : around;
    const live = Array.isArray(props.children) ? props.children : [props.children];
    const nodes = props.content.map(function (one) { return element(one, live, query); });
    return React.createElement(Query.Provider, { value: query }, ...nodes);
  }

  window.dashboard = { Drawn: Drawn };
}());
