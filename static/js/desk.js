// The desk's keys: 1 call next, 2 call again, 3 begin, 4 finish, 5 not here, 6 pause. A clerk may turn them off.
(() => {
  "use strict";
  const toggle = document.querySelector("[data-keys]");
  const kept = (value) => { // private windows may refuse storage
    try { return value === undefined ? localStorage.getItem("keys") : localStorage.setItem("keys", value); } catch { return null; }
  };
  let on = kept() !== "off";

  function show() {
    document.body.dataset.shortcuts = on ? "on" : "off";
    toggle?.setAttribute("aria-pressed", String(on));
    if (toggle) toggle.hidden = false;
  }

  toggle?.addEventListener("click", () => { on = !on; kept(on ? "on" : "off"); show(); });

  document.addEventListener("keydown", (event) => {
    if (!on || event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    const key = /^(?:Digit|Numpad)([1-6])$/.exec(event.code)?.[1];
    if (key) document.querySelector(`[data-key="${key}"]`)?.click();
  });
  show();

  // The list of papers to fetch, on paper.
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });
})();
