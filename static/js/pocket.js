// The phone: after one touch it rings and trembles when the visitor is asked in or called.
(() => {
  "use strict";
  const root = () => document.querySelector("[data-alert]");
  const key = (turn) => (turn?.dataset.alert ? `${turn.dataset.alert} ${turn.dataset.stamp}` : "");
  let rung = key(root());
  let sound = null;

  function ring() {
    if (!sound) return;
    sound.currentTime = 0;
    sound.play().catch(() => {});
    navigator.vibrate?.([300, 150, 300, 150, 600]);
  }

  function look() {
    const turn = root();
    if (!turn) return;
    document.title = turn.dataset.title;
    if (key(turn) && key(turn) !== rung) ring();
    rung = key(turn);
  }

  // The page is drawn again under us, so the button is looked for each time.
  function bell() {
    const place = document.querySelector("[data-bell]");
    if (!place) return;
    place.hidden = !["waiting", "admitted", "inside", "called", "held"].includes(root()?.dataset.status);
    if (!sound) return;
    const words = place.querySelector("[data-on]");
    words.textContent = words.dataset.on;
    place.querySelector("button").setAttribute("aria-pressed", "true");
  }

  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-bell] button") || sound) return;
    sound = new Audio(document.getElementById("main").dataset.chime);
    ring(); // the touch that allows it, and a taste of it
    bell();
  });
  document.addEventListener("htmx:after:swap", () => { look(); bell(); });
  look();
  bell();
})();
