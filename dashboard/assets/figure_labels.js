/* Labels that fit: the names, values and dates of a figure are wrapped, made smaller or left out by the real widths of the
   font, for the box where they are drawn. The server draws with the same code (dashboard/drawing). */
(function () {
  "use strict";

  const NAME_SHARE = 0.42; // of the width, for the names beside bars
  const LINE_HEIGHT = 1.3; // in font sizes
  const MIN_SIZE = 9, MIN_ROW_SIZE = 10, VERTICAL_SIZE = 11, VERTICAL_ROOM = 100; // pixels
  const MAX_LINES_BESIDE = 2, MAX_LINES_BELOW = 3;
  const GAP = 5; // pixels between two labels
  const END_PIXELS = 8; // between a bar and its value, and after the value
  const MIN_BAR_SHARE = 0.25; // of the width, for the longest bar
  const LEGEND_HEIGHT = 50, AXIS_HEIGHT = { bottom: 50, top: 110 }; // pixels that are not for the rows
  const DATE_GAP = 14; // pixels between two dates
  const LEGEND_PIXELS = 64; // of the symbol of an entry, and at the edges
  const ELLIPSIS = "…";
  const context = document.createElement("canvas").getContext("2d");

  function textWidth(text, size, family) {
    return Math.max.apply(null, String(text).split("<br>").map(function (line) {
      context.font = (line.includes("<b>") ? "bold " : "") + size + "px " + family;
      return context.measureText(line.replace(/<[^>]+>/g, "")).width;
    }));
  }

  function widest(texts, size, family) {
    return Math.max.apply(null, [0].concat(texts.map(function (text) { return textWidth(text, size, family); })));
  }

  function shortened(text, room, measure) {
    let short = text;
    while (short && measure(short + ELLIPSIS) > room) { short = short.slice(0, -1); }
    return short.replace(/[ -]+$/, "") + ELLIPSIS;
  }

  /* the text on lines no wider than the room, cut after spaces and hyphens; a line that is still too wide is shortened */
  function wrapped(text, room, maxLines, measure) {
    if (text.includes("<br>") || measure(text) <= room) { return text; }
    const lines = [""];
    text.match(/[^ -]*[ -]|[^ -]+/g).forEach(function (word) {
      const last = lines.length - 1;
      if (lines.length === maxLines || !lines[last] || measure((lines[last] + word).trimEnd()) <= room) {
        lines[last] += word;
      } else {
        lines.push(word);
      }
    });
    return lines.map(function (line) {
      const whole = line.trimEnd();
      return measure(whole) <= room ? whole : shortened(whole, room, measure);
    }).join("<br>");
  }

  function wrappedNames(names, room, maxLines, size, family) {
    function measure(text) { return textWidth(text, size, family); }
    return names.map(function (name) { return wrapped(String(name), room, maxLines, measure); });
  }

  /* how the texts of a trace fit: "ends", "tops", "titles", "rows" (figures/base.py) */
  function fitOf(layout, index) { return layout.meta && layout.meta.fits && layout.meta.fits[index]; }

  function sizeOf(part, font) { return (part && part.size) || font.size; }

  /* --- names of an axis: its ticks, or the categories of the traces in their order */

  function namesOf(axis, letter, data) {
    if (axis.visible === false || axis.showticklabels === false) { return []; }
    if (axis.ticktext) { return axis.ticktext; }
    if (axis.type !== "category") { return []; }
    return [...new Set(data.flatMap(function (trace) { return trace[letter] || []; }))];
  }

  function withNames(axis, names, texts, size) {
    return Object.assign({}, axis, { tickmode: "array", tickvals: axis.tickvals || names, ticktext: texts },
      { tickfont: Object.assign({}, axis.tickfont, { size: size }) });
  }

  function fitNamesBeside(layout, data, box) {
    const axis = layout.yaxis;
    const names = axis ? namesOf(axis, "y", data) : [];
    if (!names.length) { return layout; }
    const size = sizeOf(axis.tickfont, layout.font);
    const height = box.height - (layout.showlegend ? LEGEND_HEIGHT : 0) - (layout.xaxis.visible === false ? 0 : AXIS_HEIGHT[layout.xaxis.side || "bottom"]);
    const lines = Math.max(1, Math.min(MAX_LINES_BESIDE, Math.floor(height / names.length / (size * LINE_HEIGHT))));
    const texts = wrappedNames(names, box.width * NAME_SHARE, lines, size, layout.font.family);
    return Object.assign({}, layout, { yaxis: withNames(axis, names, texts, size) });
  }

  /* wrapped, else smaller, else vertical */
  function fitNamesBelow(axis, data, font, width) {
    const names = namesOf(axis, "x", data);
    if (!names.length || axis.type === "date") { return axis; }
    const room = width / names.length - GAP;
    const largest = sizeOf(axis.tickfont, font);
    for (let size = largest; size >= MIN_SIZE; size--) {
      const texts = wrappedNames(names, room, MAX_LINES_BELOW, size, font.family);
      if (widest(texts, size, font.family) <= room && !texts.some(function (text) { return text.endsWith(ELLIPSIS); })) {
        return Object.assign(withNames(axis, names, texts, size), { tickangle: 0 });
      }
    }
    const lines = room > 2 * VERTICAL_SIZE * LINE_HEIGHT ? 2 : 1;
    const texts = wrappedNames(names, VERTICAL_ROOM, lines, VERTICAL_SIZE, font.family);
    return Object.assign(withNames(axis, names, texts, Math.min(largest, VERTICAL_SIZE)), { tickangle: -90 });
  }

  /* --- dates: as many as stand apart */

  function fitDates(axis, font, width) {
    if (axis.type !== "date" || axis.tickmode === "array" || axis.showticklabels === false) { return axis; }
    const domain = axis.domain || [0, 1];
    const step = textWidth("sept.", sizeOf(axis.tickfont, font), font.family) + DATE_GAP;
    const count = Math.floor(width * (domain[1] - domain[0]) / step);
    return Object.assign({}, axis, { nticks: Math.max(2, Math.min(axis.nticks || count, count)) });
  }

  function fitAxes(layout, data, width) {
    const axes = {};
    Object.keys(layout).filter(function (name) { return /^xaxis/.test(name); }).forEach(function (name) {
      axes[name] = fitDates(name === "xaxis" ? fitNamesBelow(layout[name], data, layout.font, width) : layout[name], layout.font, width);
    });
    return Object.assign({}, layout, axes);
  }

  /* --- values at the end of bars ("ends"): the axis ends where every value has its room */

  function fitEnds(layout, data, width) {
    const traces = data.filter(function (_trace, index) { return fitOf(layout, index) === "ends"; });
    if (!traces.length) { return layout; }
    const range = layout.xaxis.range;
    const tops = traces.flatMap(function (trace) {
      return trace.text.map(function (text, index) {
        const room = text ? Math.ceil(textWidth(text, trace.textfont.size, layout.font.family)) + END_PIXELS : 0;
        return (trace.x[index] || 0) / Math.max(MIN_BAR_SHARE, 1 - room / width);
      });
    });
    return Object.assign({}, layout, {
      xaxis: Object.assign({}, layout.xaxis, { range: [range[0], Math.max.apply(null, [range[1]].concat(tops))] })
    });
  }

  /* --- values above bars ("tops"): smaller, then only those that do not touch a later one */

  function fitTops(trace, family, width) {
    const room = width / trace.text.length;
    const size = trace.textfont.size;
    const fitting = Math.max(MIN_SIZE, Math.min(size, Math.floor(size * room / (widest(trace.text, size, family) + 1))));
    let free = Infinity;
    const texts = trace.text.map(function (text, index) { return [text, (index + 0.5) * room]; }).reverse().map(function (label) {
      const half = textWidth(label[0], fitting, family) / 2;
      if (label[1] + half > free) { return ""; }
      free = label[1] - half - 1;
      return label[0];
    });
    return { text: texts.reverse(), textfont: Object.assign({}, trace.textfont, { size: fitting }) };
  }

  /* --- titles of panels ("titles"): « <b>name</b> value », from the left of its panel to the left of the next */

  function fitTitle(title, room, size, family) {
    const parts = /^<b>(.*)<\/b>(.*)$/.exec(title);
    if (!parts || textWidth(title, size, family) <= room) { return title; }
    function measure(text) { return textWidth("<b>" + text, size, family); }
    const lines = wrapped(parts[1], room, MAX_LINES_BESIDE, measure).split("<br>");
    const joint = measure(lines[lines.length - 1] + parts[2]) <= room ? "" : "<br>";
    return "<b>" + lines.join("</b><br><b>") + "</b>" + joint + parts[2];
  }

  function fitTitles(trace, family, width) {
    const edges = [...new Set(trace.x)].sort(function (one, other) { return one - other; }).concat(1);
    return {
      text: trace.text.map(function (title, index) {
        const next = edges[edges.indexOf(trace.x[index]) + 1];
        return fitTitle(title, (next - trace.x[index]) * width - GAP, trace.textfont.size, family);
      })
    };
  }

  /* --- texts above bars ("rows"), as wide as the figure: smaller, then their longest part is shortened */

  function fitRows(trace, family, width) {
    const size = trace.textfont.size;
    const fitting = Math.max(MIN_ROW_SIZE, Math.min(size, Math.floor(size * width / widest(trace.text, size, family))));
    return {
      text: trace.text.map(function (text) {
        const parts = text.split(/(<[^>]+>)/);
        const longest = parts.reduce(function (one, other) { return other.length > one.length ? other : one; });
        const others = textWidth(text, fitting, family) - textWidth(longest, fitting, family);
        if (textWidth(text, fitting, family) <= width) { return text; }
        return text.replace(longest, shortened(longest, width - others, function (part) { return textWidth("<b>" + part, fitting, family); }));
      }),
      textfont: Object.assign({}, trace.textfont, { size: fitting })
    };
  }

  const FITS = { tops: fitTops, titles: fitTitles, rows: fitRows };

  function fitTrace(trace, fit, layout, room) {
    const name = trace.name && wrapped(trace.name, room.whole - LEGEND_PIXELS, MAX_LINES_BELOW, function (text) {
      return textWidth(text, sizeOf(layout.legend && layout.legend.font, layout.font), layout.font.family);
    });
    return Object.assign({}, trace, name ? { name: name } : {}, fit ? fit(trace, layout.font.family, room.width) : {});
  }

  /* `room`: the `width` of the plot, and that of the `whole` figure */
  function fitTraces(layout, data, room) { 
    return data.map(function (trace, index) { return fitTrace(trace, FITS[fitOf(layout, index)], layout, room); });
  }

  window.figureLabels = {
    textWidth: textWidth, widest: widest, fitNamesBeside: fitNamesBeside, fitAxes: fitAxes, fitEnds: fitEnds, fitTraces: fitTraces
  };
}());
