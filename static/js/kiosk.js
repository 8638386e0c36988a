// The kiosk: prints, and goes back to the start by itself. The pages change inside #main (htmx), so
// everything here asks the page as it is now.
(() => {
  "use strict";
  const IDLE = 60; // seconds without a touch, on any page but the start
  let left = 0;

  const typed = () => [...document.querySelectorAll("#find [name=q]")];
  const forget = () => typed().forEach((field) => { field.value = ""; field.blur(); }); // what was typed is the visitor's
  const start = () => { forget(); return htmx.ajax("GET", document.body.dataset.start, { target: "#main", select: "#main", swap: "outerMorph" }); };

  function reset() {
    const page = document.getElementById("main");
    const home = page?.hasAttribute("data-home") && !typed().some((field) => field.value);
    left = home ? 0 : Number(document.querySelector("[data-return]")?.dataset.return) || IDLE;
    document.querySelectorAll("[data-print]").forEach((button) => { button.hidden = false; });
    count();
  }

  function count() {
    const place = document.querySelector("[data-count]");
    if (place) place.textContent = left ? place.dataset.count.replace("{s}", left) : "";
  }

  setInterval(() => {
    if (!left) return;
    left -= 1;
    count();
    if (left) return;
    start();
    left = IDLE; // the server may be away: try again
  }, 1000);

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
  document.addEventListener("pointerdown", reset);
  document.addEventListener("keydown", reset);
  document.addEventListener("htmx:after:swap", (event) => {
    const source = event.detail.ctx.sourceElement;
    if (!event.detail.ctx.response || source.dataset?.panel) return;
    if (source.name !== "q") window.scrollTo(0, 0);
    reset();
  });
  reset();
})();
