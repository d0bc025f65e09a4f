/* Trees of plain elements, drawn by React in one component (elements/serializer.py says why). A node is a text, the number of
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

  /* --- pages that a browser has translated: it puts elements of its own in the place of each text. React would change
     the texts that it knows, which nobody sees any more, or fail to remove them. It replaces a text that stands alone in
     its element with all that is there; an element that holds texts beside other things is made anew when they differ,
     by its key */

  function hasAttributes(node) { return node[1] !== null && typeof node[1] === "object" && !Array.isArray(node[1]); }

  function isText(node) { return typeof node === "string"; }

  function standsAlone(nodes) { return nodes.length === 1 && isText(nodes[0]); }

  function shape(node) {
    if (!Array.isArray(node)) { return String(node); }
    const nodes = node.slice(hasAttributes(node) ? 2 : 1);
    return node[0] + "(" + (standsAlone(nodes) ? "" : nodes.map(shape).join("|")) + ")";
  }

  function keyed(told, nodes, at) {
    if (standsAlone(nodes) || !nodes.some(isText)) { return told; }
    return Object.assign({}, told, { key: [at, (told && told.key) || "", ...nodes.map(shape)].join("|") });
  }

  function element(node, at, live, query) {
    if (isText(node)) { return node; }
    if (typeof node === "number") { return live[node]; }
    const told = hasAttributes(node) ? attributes(node[1], query) : null;
    const nodes = node.slice(told ? 2 : 1);
    const inner = nodes.map(function (one, place) { return element(one, place, live, query); });
    return React.createElement(node[0], keyed(told, nodes, at), ...inner);
  }

  function outermost(node, at, live, query) { // a text here would stand beside others in an element that we do not know
    return isText(node) ? React.createElement("span", null, node) : element(node, at, live, query);
  }

  function HtmlTree(props) {
    const around = React.useContext(Query);
    const query = typeof props.query === "string" ? props.query : around;
    const live = Array.isArray(props.children) ? props.children : [props.children];
    const nodes = props.content.map(function (one, at) { return outermost(one, at, live, query); });
    return React.createElement(Query.Provider, { value: query }, ...nodes);
  }

  window.dashboard = { HtmlTree: HtmlTree };
}());
