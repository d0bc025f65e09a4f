/* Suggestions under a field while somebody types (WAI-ARIA combobox with a listbox): the search of the header, the
   commune of the finder. Without this file the forms around the fields work by ordinary requests. The answers are the
   server's, so that names are compared in one way only. */
(function () {
  "use strict";

  const PAUSE = 120; // ms between two letters
  const MAX_ANSWERS = 60; // kept, so that a letter taken back asks nothing
  const boxes = {}; // id of a field -> what its script declares
  const answers = new Map(); // address -> JSON
  const results = new WeakMap(); // option -> its result
  let request = null; // the one that is awaited
  let timer = 0;

  function listOf(field) { return document.getElementById(field.getAttribute("aria-controls")); }

  function optionsOf(field) { return [...listOf(field).querySelectorAll("[role=option]")]; }

  function activeOption(field) { return listOf(field).querySelector("[aria-selected=true]"); }

  function say(field, text, isEmpty) {
    const status = document.getElementById(listOf(field).id + "-status");
    status.textContent = text;
    status.classList.toggle("is-empty", Boolean(isEmpty));
  }

  function close(field) {
    clearTimeout(timer);
    if (request) { request.abort(); }
    const list = listOf(field);
    if (!list) { return; }
    list.hidden = true;
    list.replaceChildren();
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
    say(field, "");
  }

  function activate(field, option) {
    const former = activeOption(field);
    if (former) { former.setAttribute("aria-selected", "false"); }
    if (!option) { return; }
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    field.setAttribute("aria-activedescendant", option.id);
  }

  function element(tag, className, text) {
    const made = document.createElement(tag);
    made.className = className;
    made.textContent = text || "";
    return made;
  }

  function optionElement(result, id) {
    const option = element("div", "suggestion", result.label);
    option.id = id;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    if (result.detail) { option.append(" ", element("small", "", result.detail)); }
    results.set(option, result);
    return option;
  }

  function groupElement(group, id) {
    const options = group.results.map(function (result, index) { return optionElement(result, id + "-" + index); });
    if (!group.label) { return options; }
    const box = element("div", "suggestion-group");
    const title = element("div", "suggestion-kind", group.label);
    title.id = id;
    box.setAttribute("role", "group");
    box.setAttribute("aria-labelledby", id);
    box.append(title, ...options);
    return [box];
  }

  /* The groups of an answer, and a sentence about it. */
  function show(field, answer) {
    const box = boxes[field.id];
    const groups = box.groups(answer).filter(function (group) { return group.results.length; });
    const list = listOf(field);
    list.replaceChildren(...groups.flatMap(function (group, index) { return groupElement(group, list.id + "-" + index); }));
    list.hidden = !groups.length;
    list.scrollTop = 0;
    field.setAttribute("aria-expanded", String(Boolean(groups.length)));
    field.removeAttribute("aria-activedescendant");
    say(field, box.status(answer), !groups.length);
    if (groups.length && box.choosesFirst && box.choosesFirst()) { activate(field, optionsOf(field)[0]); }
  }

  async function answerOf(address) {
    if (!answers.has(address)) {
      if (request) { request.abort(); }
      request = new AbortController();
      const response = await fetch(address, { signal: request.signal });
      if (!response.ok) { throw new Error(response.status); }
      const answer = await response.json();
      if (answers.size >= MAX_ANSWERS) { answers.clear(); }
      answers.set(address, answer);
    }
    return answers.get(address);
  }

  async function suggest(field) {
    const text = field.value.trim();
    const box = boxes[field.id];
    if (text.length < box.minimum) {
      close(field);
      return;
    }
    try {
      const answer = await answerOf(box.address(text));
      if (field.value.trim() === text && document.activeElement === field) { show(field, answer); }
    } catch (error) {
      return; // outdated, or no answer: the form still works
    }
  }

  function choose(field, option, event) {
    const result = results.get(option);
    if (result.href && (event.ctrlKey || event.metaKey)) {
      window.open(result.href, "_blank", "noopener");
      return;
    }
    close(field);
    boxes[field.id].choose(result);
  }

  function move(field, key) {
    const shown = optionsOf(field);
    const at = shown.indexOf(activeOption(field));
    const last = shown.length - 1;
    const next = { ArrowDown: at < last ? at + 1 : 0, ArrowUp: at > 0 ? at - 1 : last, Home: 0, End: last }[key];
    activate(field, shown[next]);
  }

  function onKey(event, field) {
    const isOpen = !listOf(field).hidden;
    const active = isOpen && activeOption(field);
    if (event.key === "Escape" && isOpen) {
      close(field);
      event.stopImmediatePropagation();
      event.preventDefault(); // a search field would lose its text
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) { move(field, event.key); } else { suggest(field); }
    } else if (active && (event.key === "Home" || event.key === "End")) {
      event.preventDefault();
      move(field, event.key);
    } else if (active && event.key === "Enter") {
      event.preventDefault();
      choose(field, active, event);
    }
  }

  function fieldAt(event) { return boxes[event.target.id] ? event.target : null; }

  document.addEventListener("input", function (event) {
    const field = fieldAt(event);
    if (!field) { return; }
    clearTimeout(timer);
    timer = setTimeout(suggest, PAUSE, field);
  });

  document.addEventListener("keydown", function (event) {
    const field = fieldAt(event);
    if (field && !event.isComposing) { onKey(event, field); }
  }, true);

  document.addEventListener("focusout", function (event) {
    const field = fieldAt(event);
    if (field) { close(field); }
  });

  /* a tap would first take the focus out of the field, and close the list */
  document.addEventListener("mousedown", function (event) {
    if (event.target.closest && event.target.closest(".suggestions")) { event.preventDefault(); }
  });

  document.addEventListener("click", function (event) {
    const option = event.target.closest && event.target.closest(".suggestion");
    if (!option) { return; }
    const list = option.closest(".suggestions");
    choose(document.querySelector("[aria-controls='" + list.id + "']"), option, event);
  });

  /* Declare a field: `address(text)` of the JSON, `groups(answer)` ([{label, results: [{label, detail, href}]}]),
     `status(answer)` a sentence, `choose(result)`, `minimum` letters, `choosesFirst()` whether Enter takes the first. */
  window.combobox = {
    add: function (id, box) { boxes[id] = box; },
    close: close
  };
}());
