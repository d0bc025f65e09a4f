/* Help that stays out of the way: the tour, the mark of « Quoi de neuf », the view that « Signaler un problème » describes.
   What it remembers stays on this device; a browser without storage (private window) offers nothing. */
(function () {
  "use strict";

  const address = function () { return window.pageAddress; }; // assets/navigation.js, loaded after this file
  const SPACE = "\u202f";
  const TOUR_KEY = "visite-guidee"; // "refusee" or "faite"
  const LOAD_KEY = "dernier-chargement-vu"; // the number of a load
  const OFFER_DELAY = 1500; // ms after the page is there
  const STEPS = [
    [".headline", "La phrase d’abord", "Le titre dit l’essentiel, calculé sur les données. Chaque tuile le détaille, et mène aux lignes qui la font."],
    [".filters", "Les filtres", "Territoire, période, porteur" + SPACE + ": toute la page suit, et l’adresse les retient."],
    [".card", "Un graphique", "«" + SPACE + "Voir les données" + SPACE + "» donne ses chiffres, «" + SPACE + "Exporter" + SPACE + "» ses fichiers, la ligne grise sa source."],
    [".header", "Chercher, suivre un territoire", "La recherche mène à une commune, un lieu ou un dossier. «" + SPACE + "Mon territoire" + SPACE + "» retient le vôtre sur cet appareil."]
  ];

  function read(key) { try { return localStorage.getItem(key); } catch (error) { return undefined; } } // undefined: no storage
  function keep(key, value) { try { localStorage.setItem(key, value); } catch (error) { /* nothing is kept */ } }

  function element(tag, properties, children) {
    const made = Object.assign(document.createElement(tag), properties);
    made.append.apply(made, children || []);
    return made;
  }

  function button(text, action, className) {
    return element("button", { type: "button", textContent: text, className: "button " + (className || ""), onclick: action });
  }

  /* --- the tour: a dialog at the foot of the screen, and an outline around what it speaks of */

  let tour = null; // { box, back, step }

  function outline(target) {
    document.querySelectorAll(".tour-target").forEach(function (one) { one.classList.remove("tour-target"); });
    if (!target) { return; }
    target.classList.add("tour-target");
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.scrollIntoView({ block: "start", behavior: isStill ? "auto" : "smooth" });
  }

  function endTour() {
    outline(null);
    keep(TOUR_KEY, "faite");
    tour.box.remove();
    const back = tour.back.isConnected ? tour.back : document.querySelector("h1");
    tour = null;
    back.focus({ preventScroll: true });
  }

  function showStep(step) {
    const [selector, title, text] = STEPS[step];
    const isLast = step === STEPS.length - 1;
    const next = button(isLast ? "Terminer" : "Suivant", function () { if (isLast) { endTour(); } else { showStep(step + 1); } }, "tour-next");
    const buttons = element("div", { className: "tour-buttons" }, [
      ...(isLast ? [] : [button("Arrêter", endTour)]),
      ...(step ? [button("Précédent", function () { showStep(step - 1); })] : []),
      next
    ]);
    tour.box.replaceChildren(
      element("p", { className: "tour-step", textContent: "Visite guidée, étape " + (step + 1) + " sur " + STEPS.length }),
      element("h2", { id: "tour-title", textContent: title }),
      element("p", { id: "tour-text", textContent: text }),
      buttons
    );
    outline(document.querySelector(selector));
    next.focus({ preventScroll: true });
  }

  function keepFocusInside(event) {
    if (event.key === "Escape") { endTour(); return; }
    if (event.key !== "Tab") { return; }
    const buttons = tour.box.querySelectorAll("button");
    const [first, last] = [buttons[0], buttons[buttons.length - 1]];
    const leaves = event.shiftKey ? document.activeElement === first : document.activeElement === last;
    if (leaves) { event.preventDefault(); (event.shiftKey ? last : first).focus(); }
  }

  function startTour(back) {
    if (tour) { return; }
    const box = element("dialog", { className: "tour no-print", onkeydown: keepFocusInside });
    box.setAttribute("aria-labelledby", "tour-title");
    box.setAttribute("aria-describedby", "tour-text");
    document.body.append(box);
    box.show();
    tour = { box: box, back: back };
    showStep(0);
  }

  function startFromOverview(back) {
    if (location.pathname === "/") { startTour(back); return; }
    const page = document.getElementById("page");
    address().whenUpdated(page, function () { startTour(back); }, { isReady: function () { return page.querySelector(".home .card"); } });
    address().navigate("/");
  }

  /* Offered once, on the overview without filters: whoever follows a link to a view came for that view. */
  function offerTour() {
    if (read(TOUR_KEY) !== null || location.pathname !== "/" || location.search || tour) { return; }
    const offer = element("aside", { className: "tour tour-offer no-print" }, [
      element("p", { textContent: "Première visite" + SPACE + "? Quatre étapes suffisent pour s’y retrouver." }),
      element("div", { className: "tour-buttons" }, [
        button("Non merci", function () { keep(TOUR_KEY, "refusee"); offer.remove(); }),
        button("Commencer", function () { offer.remove(); startTour(document.querySelector("h1")); }, "tour-next")
      ])
    ]);
    offer.setAttribute("aria-label", "Visite guidée");
    document.body.append(offer);
  }

  /* --- « Quoi de neuf »: the last load seen on this device */

  function markNews(link) {
    const seen = Number(read(LOAD_KEY)), last = Number(link.dataset.load);
    if (seen && seen < last && location.pathname !== "/quoi-de-neuf") {
      link.dataset.news = "";
      link.search = "?depuis=" + seen;
    } else {
      keep(LOAD_KEY, String(last));
    }
  }

  /* --- clicks, before those of assets/shell.js follow the links */

  document.addEventListener("click", function (event) {
    const link = event.target.closest && event.target.closest("#whats-new, #report-problem, #tour-start, #problem-copy");
    if (!link) { return; }
    if (link.id === "whats-new") {
      keep(LOAD_KEY, link.dataset.load);
      delete link.dataset.news;
    } else if (link.id === "report-problem") {
      if (location.pathname !== link.pathname) { link.search = "?vue=" + encodeURIComponent(location.pathname + location.search); }
    } else if (link.id === "tour-start") {
      startFromOverview(link);
    } else {
      const text = document.getElementById("problem-text");
      navigator.clipboard.writeText(text.value).then(function () {
        window.showMessage("Texte copié" + SPACE + ": collez-le dans un message.");
      }, function () { text.select(); window.showMessage("La copie est refusée par ce navigateur" + SPACE + ": le texte est sélectionné."); });
    }
  }, true);

  document.documentElement.classList.add("has-help"); // buttons that need this script are hidden until now

  /* of Dash, once it has taken the place of the first view (assets/first_view.js) */
  function newsLink() { return document.querySelector("#react-entry-point:not([hidden]) #whats-new"); }

  document.addEventListener("DOMContentLoaded", function () {
    address().whenUpdated(document.body, function () {
      markNews(newsLink());
      setTimeout(offerTour, OFFER_DELAY);
    }, { isReady: newsLink, maxWait: null });
  });
}());
