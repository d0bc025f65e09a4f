/* « Partager » in the header: the device's own sheet of ways to share, else a copy of the link. */
(function () {
  "use strict";

  const SPACE = "\u202f";

  document.documentElement.classList.add("has-share"); // the button is hidden until now

  async function share() {
    const page = { title: document.title, url: location.href };
    if (navigator.share && (!navigator.canShare || navigator.canShare(page))) {
      await navigator.share(page);
    } else {
      await navigator.clipboard.writeText(page.url);
      window.showMessage("Lien copié" + SPACE + ": il mène à cette page, avec ses filtres.");
    }
  }

  document.addEventListener("click", async function (event) {
    if (!event.target.closest || !event.target.closest("#share")) { return; }
    try {
      await share();
    } catch (error) {
      if (error.name === "AbortError") { return; } // the person changed their mind
      window.showMessage("Le lien n’a pas pu être copié" + SPACE + ": il est dans la barre d’adresse du navigateur.");
    }
  });
}());
