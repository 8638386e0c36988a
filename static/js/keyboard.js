// The kiosk's own keyboard: opens under the search field, types without marks (the search needs none). The page
// changes inside #main, so everything here asks the page as it is now.
(() => {
  "use strict";
  const field = () => document.querySelector("#find [name=q]");
  const keys = () => document.getElementById("keyboard");

  function show(open) {
    const board = keys();
    if (board) board.hidden = !open;
    document.body.toggleAttribute("data-keyboard", Boolean(board && open));
  }

  function press(key) {
    const own = field();
    if (!own) return;
    if (key === "close") { own.blur(); show(false); return; }
    const from = own.selectionStart ?? own.value.length;
    const to = own.selectionEnd ?? from;
    if (key === "clear") own.value = "";
    else if (key === "back") own.setRangeText("", from === to ? Math.max(0, from - 1) : from, to, "end");
    else if (own.value.length < own.maxLength) own.setRangeText(key, from, to, "end");
    own.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // A device's own keyboard must not come up over ours.
  const prepare = () => { const own = field(); if (own && keys()) own.inputMode = "none"; };

  document.addEventListener("focusin", (event) => { if (event.target === field()) show(true); });
  document.addEventListener("pointerdown", (event) => {
    if (event.target.closest("#keyboard")) event.preventDefault(); // the field keeps its cursor
    else if (event.target === field()) show(true);
  });
  document.addEventListener("click", (event) => {
    const key = event.target.closest("[data-key]");
    if (key) press(key.dataset.key);
  });
  document.addEventListener("submit", (event) => { if (event.target.id === "find") { field().blur(); show(false); } });
  document.addEventListener("htmx:after:swap", () => {
    prepare();
    if (!keys() || keys().hidden) show(false);
  });
  prepare();
})();
