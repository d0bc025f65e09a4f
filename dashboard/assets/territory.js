/* « Mon territoire »: stored on this device only. Called by client-side callbacks (components/territory_follow.py). A
   browser without storage (private window) shows a message in French. */
(function () {
  "use strict";

  const KEY = "mon-territoire";
  const CODE = /^(normandie|\d{2}|\d{9})$/;
  const SPACE = "\u202f";
  const FOLLOW = "Définir comme mon territoire";
  const UNFOLLOW = "Ne plus suivre ce territoire";
  const NO_STORAGE = "Ce navigateur ne garde rien (fenêtre privée" + SPACE + "?)" + SPACE +
    ": l’adresse de cette page peut servir de raccourci.";

  /* {code, name, short}, or null: nothing stored, storage not readable, or another content. */
  function storedTerritory() {
    try {
      const stored = JSON.parse(window.localStorage.getItem(KEY));
      const isValid = stored && typeof stored.name === "string" && typeof stored.short === "string" && typeof stored.code === "string" && CODE.test(stored.code);
      return isValid ? { code: stored.code, name: stored.name, short: stored.short } : null;
    } catch (error) {
      return null;
    }
  }

  /* Stores the territory, or removes it (null); returns whether the browser did. */
  function storeTerritory(territory) {
    try {
      if (territory) { window.localStorage.setItem(KEY, JSON.stringify(territory)); } else { window.localStorage.removeItem(KEY); }
      const stored = storedTerritory();
      return territory ? Boolean(stored) && stored.code === territory.code : !stored;
    } catch (error) {
      return false;
    }
  }

  /* Of the header's link: `href`, classes, title (the whole name), and the short name of its territory. */
  function headerLink(query) {
    const mine = storedTerritory();
    const parameters = new URLSearchParams(query || "");
    if (mine) { ["dep", "epci"].forEach(function (key) { parameters.delete(key); }); }
    const filters = window.pageAddress.filterQuery(parameters.toString()); // assets/navigation.js
    return [
      "/territoires" + (mine ? "/" + mine.code : "") + (filters ? "?" + filters : ""),
      mine ? "my-territory is-chosen" : "my-territory",
      mine ? "Mon territoire" + SPACE + ": " + mine.name : "Choisir mon territoire",
      mine ? mine.short : SPACE + ": à choisir"
    ];
  }

  function updateHeaderLink(query) {
    const [href, className, title, name] = headerLink(query);
    window.dash_clientside.set_props("my-territory", { href: href, className: className, title: title });
    window.dash_clientside.set_props("my-territory-name", { children: name });
  }

  /* The outputs of the button: its label, its classes and the message. */
  function buttonOutputs(territory, message) {
    const mine = storedTerritory();
    const isFollowed = mine && mine.code === territory.code;
    return [isFollowed ? UNFOLLOW : FOLLOW, "button follow is-ready" + (isFollowed ? " is-followed" : ""), message];
  }

  function toggleFollow(clicks, value, query) {
    const territory = JSON.parse(value);
    if (!clicks) { return buttonOutputs(territory, ""); }
    const mine = storedTerritory();
    const isFollowed = mine && mine.code === territory.code;
    if (!storeTerritory(isFollowed ? null : territory)) { return buttonOutputs(territory, NO_STORAGE); }
    updateHeaderLink(query);
    return buttonOutputs(territory, isFollowed ? "Ce n’est plus votre territoire."
      : "C’est noté sur cet appareil" + SPACE + ": «" + SPACE + "Mon territoire" + SPACE + "», en haut de chaque page, mène ici.");
  }

  /* Changed in another window of the same browser. */
  window.addEventListener("storage", function (event) {
    if (event.key === KEY && window.dash_clientside.set_props) { updateHeaderLink(window.location.search.slice(1)); }
  });

  /* Chosen in the search of the header (assets/search.js), which then opens its sheet. */
  function choose(territory) {
    if (storeTerritory(territory)) { updateHeaderLink(window.location.search.slice(1)); } else { window.showMessage(NO_STORAGE); }
  }

  window.myTerritory = { stored: storedTerritory, choose: choose };
  window.dash_clientside = Object.assign({}, window.dash_clientside, { territory: { headerLink: headerLink, toggleFollow: toggleFollow } });
}());
