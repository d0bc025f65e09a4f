/* Boxes of elements, as a browser gives them: texts by the widths of the font (`fontWidths`, see fonts/widths.json), shapes by
   their attributes, groups by their content, all through their transforms. */
(function () {
  "use strict";

  const dom = globalThis.drawingDom;
  const BOLD_WEIGHT = 600; // from here on the bold file is drawn
  const DEFAULT_SIZE = 16;
  const UNKNOWN_ADVANCE = 620; // of a character that the font lacks
  const IDENTITY = [1, 0, 0, 1, 0, 0];

  function metricsOf(weight) { return globalThis.fontWidths[weight === "bold" || parseInt(weight, 10) >= BOLD_WEIGHT ? "bold" : "regular"]; }

  function textWidth(text, size, weight) {
    const metrics = metricsOf(weight);
    let width = 0, previous = "";
    for (const character of text) {
      const advance = metrics.advances[character];
      width += advance === undefined ? (character === "\u2060" ? 0 : UNKNOWN_ADVANCE) : advance;
      width += metrics.pairs[previous + character] || 0;
      previous = character;
    }
    return width * size / 1000;
  }

  /* --- styles are inherited */

  function inherited(element, name) {
    for (let node = element; node && node.nodeType === dom.ELEMENT; node = node.parentNode) {
      const value = node.style.getPropertyValue(name) || node.getAttribute(name);
      if (value) { return value; }
    }
    return "";
  }

  function computedStyle(element) {
    const values = { getPropertyValue(name) { return inherited(element, name); } };
    return new Proxy(values, { get(target, name) { return name in target ? target[name] : inherited(element, String(name).replace(/[A-Z]/g, "-$&").toLowerCase()); } });
  }

  function length(text, size) { return !text ? 0 : /em$/.test(text) ? parseFloat(text) * size : parseFloat(text); }

  /* --- texts: runs of one style, line after line (plotly makes a tspan of each line) */

  function lineBox(line, text) {
    const lineSize = parseFloat(inherited(line, "font-size")) || DEFAULT_SIZE;
    const isWhole = line === text;
    const x = length(line.getAttribute("x") || text.getAttribute("x"), lineSize);
    const baseline = length(line.getAttribute("y") || text.getAttribute("y"), lineSize) + length(line.getAttribute("dy"), lineSize) + (isWhole ? 0 : length(text.getAttribute("dy"), lineSize));
    let width = 0, top = Infinity, bottom = -Infinity;
    (function addRuns(node, size, weight) {
      for (let child = node.firstChild; child; child = child.nextSibling) {
        if (child.nodeType === dom.TEXT) {
          if (!child.data) { continue; }
          const metrics = metricsOf(weight);
          width += textWidth(child.data, size, weight);
          top = Math.min(top, baseline - Math.round(metrics.ascent * size / 1000));
          bottom = Math.max(bottom, baseline + Math.round(metrics.descent * size / 1000));
        } else {
          addRuns(child, parseFloat(child.style.getPropertyValue("font-size")) || size, child.style.getPropertyValue("font-weight") || weight);
        }
      }
    }(line, lineSize, inherited(line, "font-weight")));
    if (top === Infinity) { return null; }
    const anchor = inherited(line, "text-anchor");
    const left = x - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0);
    return [left, top, left + width, bottom];
  }

  function textBox(text) {
    const lines = text.querySelectorAll("tspan.line");
    return lines.length ? lines.reduce(function (box, line) { return union(box, lineBox(line, text)); }, null) : lineBox(text, text);
  }

  /* --- boxes are [left, top, right, bottom]; null when nothing is drawn */

  function union(one, other) {
    if (!one || !other) { return one || other; }
    return [Math.min(one[0], other[0]), Math.min(one[1], other[1]), Math.max(one[2], other[2]), Math.max(one[3], other[3])];
  }

  function number(element, name) { return parseFloat(element.getAttribute(name)) || 0; }

  function rectBox(element) {
    const x = number(element, "x"), y = number(element, "y");
    return [x, y, x + number(element, "width"), y + number(element, "height")];
  }

  function circleBox(element) {
    const x = number(element, "cx"), y = number(element, "cy"), r = number(element, "r");
    return [x - r, y - r, x + r, y + r];
  }

  function lineElementBox(element) {
    const x = [number(element, "x1"), number(element, "x2")], y = [number(element, "y1"), number(element, "y2")];
    return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
  }

  function pathBox(element) { // the ends of its segments: plotly measures no curve
    let box = null, x = 0, y = 0;
    for (const match of (element.getAttribute("d") || "").matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
      const values = (match[2].match(/-?[\d.]+(?:e-?\d+)?/g) || []).map(Number);
      const name = match[1].toUpperCase(), isRelative = name !== match[1];
      const step = { H: 1, V: 1, C: 6, S: 4, Q: 4, A: 7 }[name] || 2;
      for (let at = 0; at + step <= values.length; at += step) {
        const end = values.slice(at, at + step);
        if (name !== "V") { x = (isRelative ? x : 0) + (name === "H" ? end[0] : end[step - 2]); }
        if (name !== "H") { y = (isRelative ? y : 0) + end[step - 1]; }
        box = union(box, [x, y, x, y]);
      }
    }
    return box;
  }

  const SHAPES = { text: textBox, rect: rectBox, image: rectBox, circle: circleBox, line: lineElementBox, path: pathBox };
  const NOT_DRAWN = new Set(["defs", "clipPath", "style", "title"]);

  function ownBox(element) {
    if (NOT_DRAWN.has(element.localName) || element.style.getPropertyValue("display") === "none") { return null; }
    if (SHAPES[element.localName]) { return SHAPES[element.localName](element); }
    if (element.localName === "tspan") { return lineBox(element, element); }
    let box = null;
    for (let child = element.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === dom.ELEMENT) { box = union(box, transformed(ownBox(child), matrixOf(child))); }
    }
    return box;
  }

  /* --- transforms, as matrices [a, b, c, d, e, f] */

  function product(m, n) {
    return [m[0] * n[0] + m[2] * n[1], m[1] * n[0] + m[3] * n[1], m[0] * n[2] + m[2] * n[3], m[1] * n[2] + m[3] * n[3],
      m[0] * n[4] + m[2] * n[5] + m[4], m[1] * n[4] + m[3] * n[5] + m[5]];
  }

  function stepMatrix(name, v) {
    if (name === "translate") { return [1, 0, 0, 1, v[0], v[1] || 0]; }
    if (name === "scale") { return [v[0], 0, 0, v.length > 1 ? v[1] : v[0], 0, 0]; }
    if (name === "matrix") { return v; }
    if (name !== "rotate") { return IDENTITY; }
    const angle = v[0] * Math.PI / 180, cos = Math.cos(angle), sin = Math.sin(angle), x = v[1] || 0, y = v[2] || 0;
    return [cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y];
  }

  function matrixOf(element) {
    const text = element.getAttribute("transform");
    if (!text) { return IDENTITY; }
    let matrix = IDENTITY;
    for (const match of text.matchAll(/(\w+)\s*\(([^)]*)\)/g)) { matrix = product(matrix, stepMatrix(match[1], match[2].split(/[\s,]+/).filter(Boolean).map(Number))); }
    return matrix;
  }

  function transformed(box, m) {
    if (!box || m === IDENTITY) { return box; }
    const x = [], y = [];
    [[0, 1], [2, 1], [0, 3], [2, 3]].forEach(function (corner) {
      const left = box[corner[0]], top = box[corner[1]];
      x.push(m[0] * left + m[2] * top + m[4]);
      y.push(m[1] * left + m[3] * top + m[5]);
    });
    return [Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)];
  }

  dom.boxes.rectangle = function (element) {
    let box = ownBox(element);
    for (let node = element; box && node && node.nodeType === dom.ELEMENT; node = node.parentNode) { box = transformed(box, matrixOf(node)); }
    const [left, top, right, bottom] = box || [0, 0, 0, 0];
    return { x: left, y: top, left: left, top: top, right: right, bottom: bottom, width: right - left, height: bottom - top };
  };
  dom.boxes.canvasContext = function () {
    return {
      font: "",
      measureText(text) {
        const match = /(bold|[6-9]00)?\s*([\d.]+)px/.exec(this.font) || [];
        return { width: textWidth(String(text), parseFloat(match[2]) || 10, match[1]) };
      }
    };
  };
  dom.computedStyle = computedStyle;
  dom.ownBox = ownBox;
}());
