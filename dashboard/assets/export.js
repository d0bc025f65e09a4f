/* PNG export, wholly in the browser: the figure on white, with its title, what it measures, its sources, filters and
   dates written around it. Nothing is sent anywhere. Called by a clientside callback (components/chart_card.py). */
(function () {
  "use strict";

  const WIDTH = 960;
  const HEIGHT = 500; // of the figure itself
  const MARGIN = 28;
  const SCALE = 2;
  const PARTS = [ // what is written, in order; the figure comes after the first two
    { selector: ".card-title", font: "700 24px ", line: 31, colour: "#1c2330" },
    { selector: ".card-measured", font: "15px ", line: 21, colour: "#5b6472" },
    { selector: ".source-text", font: "13px ", line: 18, colour: "#5b6472" }
  ];

  /* The text of a part, in lines that fit. */
  function linesOf(pen, part, card) {
    const found = card.querySelector(part.selector);
    pen.font = part.font + getComputedStyle(card).fontFamily;
    const lines = [];
    (found ? found.textContent.trim() : "").split(" ").forEach(function (word) {
      const longer = lines.length ? lines[lines.length - 1] + " " + word : word;
      if (lines.length && pen.measureText(longer).width <= WIDTH - 2 * MARGIN) { lines[lines.length - 1] = longer; } else { lines.push(word); }
    });
    return lines;
  }

  function write(pen, part, lines, card, top) {
    pen.font = part.font + getComputedStyle(card).fontFamily;
    pen.fillStyle = part.colour;
    lines.forEach(function (text, index) { pen.fillText(text, MARGIN, top + index * part.line); });
    return top + lines.length * part.line;
  }

  function compose(image, card) {
    const canvas = document.createElement("canvas");
    const pen = canvas.getContext("2d");
    const texts = PARTS.map(function (part) { return linesOf(pen, part, card); });
    const words = texts.reduce(function (sum, lines, index) { return sum + lines.length * PARTS[index].line; }, 0);
    canvas.width = WIDTH * SCALE;
    canvas.height = (words + HEIGHT + 2 * MARGIN + 24) * SCALE;
    pen.scale(SCALE, SCALE);
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, WIDTH, canvas.height);
    pen.textBaseline = "top";
    let top = write(pen, PARTS[0], texts[0], card, MARGIN);
    top = write(pen, PARTS[1], texts[1], card, top);
    pen.drawImage(image, MARGIN, top + 12, WIDTH - 2 * MARGIN, HEIGHT);
    write(pen, PARTS[2], texts[2], card, top + HEIGHT + 24);
    return canvas;
  }

  function load(address) {
    const image = new Image();
    image.src = address;
    return image.decode().then(function () { return image; });
  }

  function save(canvas, name) {
    const link = document.createElement("a");
    link.href = canvas.toDataURL("image/png");
    link.download = name;
    document.body.appendChild(link);
    link.click();
    link.remove();
  }

  function png(clicks, figure, id) {
    const card = document.getElementById(id);
    const plot = card && card.querySelector(".js-plotly-plot");
    if (!clicks || !plot || !figure) { return; }
    const name = card.querySelector("a[download]").getAttribute("download").replace(/\.csv$/, ".png");
    const layout = Object.assign({}, figure.layout, { autosize: false });
    const config = { locale: "fr", locales: plot._context.locales };
    const size = { format: "png", width: WIDTH - 2 * MARGIN, height: HEIGHT, scale: SCALE };
    window.Plotly.toImage({ data: figure.data, layout: layout, config: config }, size)
      .then(load)
      .then(function (image) { save(compose(image, card), name); });
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { exports: { png: png } });
})();
