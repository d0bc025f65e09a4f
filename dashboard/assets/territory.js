/* « Mon territoire »: kept on this device and nowhere else. Called by clientside callbacks
   (components/territory_follow.py); a browser that keeps nothing (private window) is said so, in French. */
(function () {
  "use strict";

  const KEY = "mon-territoire";
  const CODE = /^(normandie|\d{2}|\d{9})$/;
  const SPACE = "\u202f";
  const FOLLOW = "Définir comme mon territoire";
  const LEAVE = "Ne plus suivre ce territoire";
  const REFUSED = "Ce navigateur ne garde rien (fenêtre privée" + SPACE + "?)" + SPACE +
    ": l’adresse de cette page peut servir de raccourci.";

  /* {code, name}, or null: nothing kept, nothing that may be read, or something that is not ours. */
  function kept() {
    try {
      const found = JSON.parse(window.localStorage.getItem(KEY));
      const ours = found && typeof found.name === "string" && typeof found.code === "string" && CODE.test(found.code);
      return ours ? { code: found.code, name: found.name } : null;
    } catch (error) {
      return null;
    }
  }

  /* Whether the browser really kept it. */
  function keep(territory) {
    try {
      if (territory) { window.localStorage.setItem(KEY, JSON.stringify(territory)); } else { window.localStorage.removeItem(KEY); }
      const found = kept();
      return territory ? Boolean(found) && found.code === territory.code : !found;
    } catch (error) {
      return false;
    }
  }

  /* Where the header's link leads, and its name for those who do not see the page around it. */
  function lead(query) {
    const mine = kept();
    const asked = new URLSearchParams(query || "");
    [...asked.keys()].forEach(function (key) {
      if (key.includes("-") || (mine && (key === "dep" || key === "epci"))) { asked.delete(key); } // a list's own state
    });
    const rest = asked.toString().replace(/%2C/g, ",");
    return [
      "/territoires" + (mine ? "/" + mine.code : "") + (rest ? "?" + rest : ""),
      SPACE + ": " + (mine ? mine.name : "à choisir")
    ];
  }

  function tellHeader(query) {
    const [href, name] = lead(query);
    window.dash_clientside.set_props("my-territory", { href: href });
    window.dash_clientside.set_props("my-territory-name", { children: name });
  }

  /* What the button says now, that it may be shown, and what a press did. */
  function shown(territory, said) {
    const mine = kept();
    return [mine && mine.code === territory.code ? LEAVE : FOLLOW, "button follow is-ready", said];
  }

  function follow(clicks, value, query) {
    const territory = JSON.parse(value);
    if (!clicks) { return shown(territory, ""); }
    const mine = kept();
    const leaves = mine && mine.code === territory.code;
    if (!keep(leaves ? null : territory)) { return shown(territory, REFUSED); }
    tellHeader(query);
    return shown(territory, leaves ? "Ce n’est plus votre territoire."
      : "C’est noté sur cet appareil" + SPACE + ": «" + SPACE + "Mon territoire" + SPACE + "», en haut de chaque page, mène ici.");
  }

  /* Another window of the same browser has changed it. */
  window.addEventListener("storage", function (event) {
    if (event.key === KEY && window.dash_clientside.set_props) { tellHeader(window.location.search.slice(1)); }
  });

  window.dash_clientside = Object.assign({}, window.dash_clientside, { territory: { lead: lead, follow: follow } });
}());
