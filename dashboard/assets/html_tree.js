/* Trees of plain elements, drawn by React in one component (elements/serializer.py gives the reason). A node is a text, the
   index of a Dash component in `children`, or [tag, {attributes}?, ...nodes]. An `href` that keeps the filters may be
   [path, other parameters]: the query of the filters is the `query` of the tree, or of the tree around it. Texts are
   never parsed as HTML. */
(function () {
  "use strict";

  let context = null; // made at the first tree: React comes after this file

  function queryContext() {
    context = context || window.React.createContext("");
    return context;
  }

  function address(path, otherParameters, query) {
    const parameters = [query, otherParameters].filter(Boolean).join("&");
    return parameters ? path + "?" + parameters : path;
  }

  function withAddress(attributes, query) {
    const href = attributes.href;
    return Array.isArray(href) ? Object.assign({}, attributes, { href: address(href[0], href[1], query) }) : attributes;
  }

  /* --- pages translated by the browser: it replaces each text node by elements of its own. React would then update text
     nodes that are no longer in the page, or fail to remove them. React replaces the only text of an element with the
     whole content of the element; an element with text among other nodes gets a key made of its content, so that
     React makes a new element when the content differs */

  function hasAttributes(node) { return node[1] !== null && typeof node[1] === "object" && !Array.isArray(node[1]); }

  function isText(node) { return typeof node === "string"; }

  function isOnlyText(nodes) { return nodes.length === 1 && isText(nodes[0]); }

  function contentKey(node) {
    if (!Array.isArray(node)) { return String(node); }
    const nodes = node.slice(hasAttributes(node) ? 2 : 1);
    return node[0] + "(" + (isOnlyText(nodes) ? "" : nodes.map(contentKey).join("|")) + ")";
  }

  function withKey(attributes, nodes, index) {
    if (isOnlyText(nodes) || !nodes.some(isText)) { return attributes; }
    return Object.assign({}, attributes, { key: [index, (attributes && attributes.key) || "", ...nodes.map(contentKey)].join("|") });
  }

  function createElement(node, index, components, query) {
    if (isText(node)) { return node; }
    if (typeof node === "number") { return components[node]; }
    const attributes = hasAttributes(node) ? withAddress(node[1], query) : null;
    const nodes = node.slice(attributes ? 2 : 1);
    const children = nodes.map(function (child, childIndex) { return createElement(child, childIndex, components, query); });
    return window.React.createElement(node[0], withKey(attributes, nodes, index), ...children);
  }

  function createRootElement(node, index, components, query) { // a text would be a sibling of nodes outside the tree
    return isText(node) ? window.React.createElement("span", null, node) : createElement(node, index, components, query);
  }

  function HtmlTree(props) {
    const outerQuery = window.React.useContext(queryContext());
    const query = typeof props.query === "string" ? props.query : outerQuery;
    const components = Array.isArray(props.children) ? props.children : [props.children];
    const nodes = props.content.map(function (node, index) { return createRootElement(node, index, components, query); });
    return window.React.createElement(queryContext().Provider, { value: query }, ...nodes);
  }

  window.dashboard = { HtmlTree: HtmlTree };
}());
