/* The message after a click (components/message.py): what a button did, then links and buttons (nodes of
   assets/html_tree.js), until « Fermer » or the next message. */
(function () {
  "use strict";

  function showMessage(text, ...nodes) {
    const close = ["button", { type: "button", className: "button", "data-message": "close" }, "Fermer"];
    window.dash_clientside.set_props("message", { content: text ? [["p", text], ...nodes, close] : [] });
  }

  document.addEventListener("click", function (event) {
    if (event.target.closest && event.target.closest("[data-message='close']")) { showMessage(""); }
  });

  window.showMessage = showMessage;
}());
