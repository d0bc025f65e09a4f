/* The search key of a name, equal to the key that the server stores for each name (data.i18n.search_key): no case,
   accents or ligatures, hyphens and apostrophes as spaces, « st » as « saint ». */
(function () {
  "use strict";

  const LIGATURES = { "œ": "oe", "æ": "ae", "ß": "ss" };

  window.searchKey = function (text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
      .replace(/[œæß]/g, function (letter) { return LIGATURES[letter]; })
      .replace(/[’'-]/g, " ").replace(/\s+/g, " ").trim().replace(/\bst(e?)\b/g, "saint$1");
  };
}());
