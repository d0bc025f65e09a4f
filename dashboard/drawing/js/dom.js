/* The part of the DOM that plotly needs to draw a static figure: a tree of elements, written out as SVG at the end.
   Nothing is laid out; text.js gives boxes from the widths of the font. Layout of the tree: each node knows its parent,
   its siblings, its first and last child. */
(function () {
  "use strict";

  const ELEMENT = 1, TEXT = 3, DOCUMENT = 9, FRAGMENT = 11;
  const XHTML = "http://www.w3.org/1999/xhtml";
  const PREFIXES = { "http://www.w3.org/1999/xlink": "xlink", "http://www.w3.org/2000/xmlns/": "xmlns" };
  const STYLE_NAMES = ["background", "color", "cursor", "display", "fill", "height", "left", "opacity", "position", "stroke", "top", "visibility", "width"];

  class Node {
    constructor(nodeType, ownerDocument) {
      this.nodeType = nodeType;
      this.ownerDocument = ownerDocument;
      this.parentNode = this.firstChild = this.lastChild = this.previousSibling = this.nextSibling = null;
    }
    get childNodes() {
      const nodes = [];
      for (let node = this.firstChild; node; node = node.nextSibling) { nodes.push(node); }
      return nodes;
    }
    get children() { return this.childNodes.filter(function (node) { return node.nodeType === ELEMENT; }); }
    get parentElement() { return this.parentNode && this.parentNode.nodeType === ELEMENT ? this.parentNode : null; }
    get isConnected() { return this.ownerDocument.contains(this); }
    hasChildNodes() { return this.firstChild !== null; }
    contains(other) {
      for (let node = other; node; node = node.parentNode) { if (node === this) { return true; } }
      return false;
    }
    appendChild(node) { return this.insertBefore(node, null); }
    insertBefore(node, next) {
      if (node.nodeType === FRAGMENT) {
        node.childNodes.forEach(function (child) { this.insertBefore(child, next); }, this);
        return node;
      }
      if (node === next) { return node; }
      if (node.parentNode) { node.parentNode.removeChild(node); }
      const previous = next ? next.previousSibling : this.lastChild;
      node.parentNode = this;
      node.previousSibling = previous;
      node.nextSibling = next || null;
      if (previous) { previous.nextSibling = node; } else { this.firstChild = node; }
      if (next) { next.previousSibling = node; } else { this.lastChild = node; }
      return node;
    }
    removeChild(node) {
      const previous = node.previousSibling, next = node.nextSibling;
      if (previous) { previous.nextSibling = next; } else { this.firstChild = next; }
      if (next) { next.previousSibling = previous; } else { this.lastChild = previous; }
      node.parentNode = node.previousSibling = node.nextSibling = null;
      return node;
    }
    replaceChild(node, former) {
      this.insertBefore(node, former);
      return this.removeChild(former);
    }
    remove() { if (this.parentNode) { this.parentNode.removeChild(this); } }
    get textContent() { return this.childNodes.map(function (node) { return node.textContent; }).join(""); }
    set textContent(text) {
      while (this.firstChild) { this.removeChild(this.firstChild); }
      if (text !== null && text !== undefined && text !== "") { this.appendChild(this.ownerDocument.createTextNode(text)); }
    }
    addEventListener() {}
    removeEventListener() {}
    dispatchEvent() { return true; }
  }

  class Text extends Node {
    constructor(ownerDocument, text) {
      super(TEXT, ownerDocument);
      this.data = String(text);
      this.nodeName = "#text";
    }
    get textContent() { return this.data; }
    set textContent(text) { this.data = String(text); }
    get nodeValue() { return this.data; }
    set nodeValue(text) { this.data = String(text); }
    cloneNode() { return new Text(this.ownerDocument, this.data); }
  }

  class Style {
    constructor() { this.values = new Map(); }
    setProperty(name, value) {
      if (value === null || value === undefined || value === "") { this.values.delete(name); } else { this.values.set(name, String(value)); }
    }
    getPropertyValue(name) { return this.values.get(name) || ""; }
    removeProperty(name) { this.values.delete(name); }
    get cssText() { return Array.from(this.values, function (pair) { return pair[0] + ": " + pair[1] + ";"; }).join(" "); }
    set cssText(text) {
      this.values.clear();
      for (const match of String(text).matchAll(/([\w-]+)\s*:\s*((?:"[^"]*"|'[^']*'|[^;"'])+)/g)) { this.values.set(match[1], match[2].trim()); }
    }
  }
  STYLE_NAMES.forEach(function (name) {
    Object.defineProperty(Style.prototype, name, {
      get() { return this.getPropertyValue(name); },
      set(value) { this.setProperty(name, value); }
    });
  });

  class ClassList {
    constructor(element) { this.element = element; }
    names() { return (this.element.getAttribute("class") || "").split(/\s+/).filter(Boolean); }
    contains(name) { return this.names().includes(name); }
    add(...names) { this.element.setAttribute("class", [...new Set([...this.names(), ...names])].join(" ")); }
    remove(...names) { this.element.setAttribute("class", this.names().filter(function (name) { return !names.includes(name); }).join(" ")); }
    toggle(name, force) { if (force === undefined ? !this.contains(name) : force) { this.add(name); } else { this.remove(name); } }
  }

  class Element extends Node {
    constructor(ownerDocument, namespaceURI, name) {
      super(ELEMENT, ownerDocument);
      this.namespaceURI = namespaceURI;
      this.localName = name;
      this.nodeName = this.tagName = namespaceURI === XHTML ? name.toUpperCase() : name;
      this.attributeValues = new Map();
      this.style = new Style();
    }
    getAttribute(name) {
      if (name === "style") { return this.style.cssText || null; }
      const value = this.attributeValues.get(name);
      return value === undefined ? null : value;
    }
    setAttribute(name, value) { if (name === "style") { this.style.cssText = value; } else { this.attributeValues.set(name, String(value)); } }
    removeAttribute(name) { if (name === "style") { this.style.cssText = ""; } else { this.attributeValues.delete(name); } }
    hasAttribute(name) { return this.getAttribute(name) !== null; }
    getAttributeNS(namespace, name) { return this.getAttribute(qualifiedName(namespace, name)); }
    setAttributeNS(namespace, name, value) { this.setAttribute(qualifiedName(namespace, name), value); }
    removeAttributeNS(namespace, name) { this.removeAttribute(qualifiedName(namespace, name)); }
    get id() { return this.getAttribute("id") || ""; }
    set id(value) { this.setAttribute("id", value); }
    get className() { return this.getAttribute("class") || ""; }
    set className(value) { this.setAttribute("class", value); }
    get classList() { return new ClassList(this); }
    matches(selector) { return selectors.matches(this, selector); }
    closest(selector) {
      for (let node = this; node && node.nodeType === ELEMENT; node = node.parentNode) { if (node.matches(selector)) { return node; } }
      return null;
    }
    querySelector(selector) { return selectors.first(this, selector); }
    querySelectorAll(selector) { return selectors.all(this, selector); }
    getElementsByTagName(name) { return selectors.all(this, name); }
    getElementsByClassName(name) { return selectors.all(this, "." + name); }
    cloneNode(deep) {
      const copy = new Element(this.ownerDocument, this.namespaceURI, this.localName);
      this.attributeValues.forEach(function (value, name) { copy.attributeValues.set(name, value); });
      this.style.values.forEach(function (value, name) { copy.style.values.set(name, value); });
      if (deep) { this.childNodes.forEach(function (node) { copy.appendChild(node.cloneNode(true)); }); }
      return copy;
    }
    get innerHTML() { return this.childNodes.map(serialize).join(""); }
    set innerHTML(text) { this.textContent = decodeEntities(text); } // plotly gives it entities, never elements
    get offsetWidth() { return 0; }
    get offsetHeight() { return 0; }
    getBoundingClientRect() { return boxes.rectangle(this); }
    getBBox() { return boxes.rectangle(this); }
    getComputedTextLength() { return boxes.rectangle(this).width; }
    getContext() { return boxes.canvasContext(); } // of a canvas
  }

  class Document extends Node {
    constructor() {
      super(DOCUMENT, null);
      this.ownerDocument = this;
      this.documentElement = this.appendChild(this.createElement("html"));
      this.head = this.documentElement.appendChild(this.createElement("head"));
      this.body = this.documentElement.appendChild(this.createElement("body"));
    }
    createElement(name) {
      const element = new Element(this, XHTML, String(name).toLowerCase());
      if (name === "style") { element.sheet = { insertRule() {} }; }
      return element;
    }
    createElementNS(namespace, name) { return new Element(this, namespace, name); }
    createTextNode(text) { return new Text(this, text); }
    createDocumentFragment() { return new Node(FRAGMENT, this); }
    getElementById(id) { return selectors.first(this, "#" + id); }
    querySelector(selector) { return selectors.first(this, selector); }
    querySelectorAll(selector) { return selectors.all(this, selector); }
  }

  function qualifiedName(namespace, name) {
    const prefix = PREFIXES[namespace];
    return prefix && prefix !== name && !name.startsWith(prefix + ":") ? prefix + ":" + name : name;
  }

  /* --- written out */

  const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", "\"": "&quot;" };
  const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: "\"", apos: "'", nbsp: "\u00a0" };

  function escape(text) { return text.replace(/[&<>"]/g, function (found) { return ESCAPES[found]; }); }

  function decodeEntities(text) {
    return String(text).replace(/&(?:#(\d+)|#x([\da-f]+)|(\w+));/gi, function (whole, decimal, hexadecimal, name) {
      const code = decimal ? parseInt(decimal, 10) : hexadecimal ? parseInt(hexadecimal, 16) : 0;
      return code ? String.fromCodePoint(code) : ENTITIES[name] || whole;
    });
  }

  function serialize(node) {
    if (node.nodeType === TEXT) { return escape(node.data); }
    let attributes = "";
    node.attributeValues.forEach(function (value, name) { attributes += " " + name + "=\"" + escape(value) + "\""; });
    const style = node.style.cssText;
    if (style) { attributes += " style=\"" + escape(style) + "\""; }
    const content = node.innerHTML;
    return "<" + node.localName + attributes + (content ? ">" + content + "</" + node.localName + ">" : "/>");
  }

  /* --- selectors: compound names (tag, #id, .class, [attribute], :not(…)) with descendants and children */

  const selectors = (function () {
    const compiled = new Map();
    const SIMPLE = /([.#]?)([\w-]+)|\[([\w-]+)(?:([\^$*~]?)="?([^\]"]*)"?)?\]|:not\(([^)]*)\)|:(first|last)-child|\*/y;

    function simpleTest(match) {
      const [, kind, name, attribute, operator, value, excluded, end] = match;
      if (end) { return function (node) { return node.parentNode.children.at(end === "first" ? 0 : -1) === node; }; }
      if (excluded) { return function (node) { return !matches(node, excluded); }; }
      if (attribute) {
        return function (node) {
          const found = node.getAttribute(attribute);
          if (found === null || value === undefined) { return found !== null; }
          return operator === "^" ? found.startsWith(value) : operator === "$" ? found.endsWith(value) : operator === "*" ? found.includes(value) : found === value;
        };
      }
      if (kind === ".") {
        return function (node) {
          const found = node.attributeValues.get("class");
          return found !== undefined && (found === name || (" " + found + " ").includes(" " + name + " "));
        };
      }
      if (kind === "#") { return function (node) { return node.attributeValues.get("id") === name; }; }
      return name ? function (node) { return node.localName === name.toLowerCase() || node.localName === name; } : function () { return true; };
    }

    function compound(text) {
      const tests = [];
      SIMPLE.lastIndex = 0;
      while (SIMPLE.lastIndex < text.length) {
        const match = SIMPLE.exec(text);
        if (!match) { throw new Error("selector not supported: " + text); }
        tests.push(simpleTest(match));
      }
      return function (node) { return tests.every(function (test) { return test(node); }); };
    }

    function compile(selector) {
      if (!compiled.has(selector)) {
        compiled.set(selector, selector.split(",").map(function (one) {
          return one.trim().replace(/\s*>\s*/g, " > ").split(/\s+/).map(function (part) { return part === ">" ? part : compound(part); });
        }));
      }
      return compiled.get(selector);
    }

    function matchesFrom(node, parts, at) {
      if (!parts[at](node)) { return false; }
      if (at === 0) { return true; }
      const isChild = parts[at - 1] === ">";
      const next = isChild ? at - 2 : at - 1;
      for (let parent = node.parentNode; parent && parent.nodeType === ELEMENT; parent = parent.parentNode) {
        if (matchesFrom(parent, parts, next)) { return true; }
        if (isChild) { return false; }
      }
      return false;
    }

    function matches(node, selector) { return compile(selector).some(function (parts) { return matchesFrom(node, parts, parts.length - 1); }); }

    function* descendants(root) {
      for (let node = root.firstChild; node; node = node.nextSibling) {
        if (node.nodeType === ELEMENT) {
          yield node;
          yield* descendants(node);
        }
      }
    }

    return {
      matches: matches,
      first(root, selector) {
        for (const node of descendants(root)) { if (matches(node, selector)) { return node; } }
        return null;
      },
      all(root, selector) { return Array.from(descendants(root)).filter(function (node) { return matches(node, selector); }); }
    };
  }());

  const boxes = { rectangle() { throw new Error("text.js is missing"); }, canvasContext() { return null; } };
  globalThis.drawingDom = { Document: Document, Element: Element, Node: Node, Style: Style, serialize: serialize, boxes: boxes, ELEMENT: ELEMENT, TEXT: TEXT };
}());
