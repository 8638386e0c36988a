// The wall's chime: one for each call, one after the other, none lost. A browser that wants a touch
// first shows a button; what was called more than 30 s ago is then no longer chimed.
(() => {
  "use strict";
  const STALE = 30000;
  const Context = window.AudioContext;
  const button = document.querySelector("[data-sound]");
  if (!Context) return;

  const audio = new Context();
  const held = []; // when each call came that has not been chimed yet
  let bell = null;
  let free = 0; // the moment, on the audio's clock, at which the last chime ends

  async function load() {
    try {
      const file = await fetch(document.getElementById("main").dataset.chime);
      bell = await audio.decodeAudioData(await file.arrayBuffer());
      ring();
    } catch {
      setTimeout(load, 10000);
    }
  }

  function ring() {
    if (!bell || audio.state !== "running") return;
    for (const came of held.splice(0)) {
      if (Date.now() - came > STALE) continue;
      const chime = audio.createBufferSource();
      chime.buffer = bell;
      chime.connect(audio.destination);
      const at = Math.max(audio.currentTime, free);
      chime.start(at);
      free = at + bell.duration + 0.25;
    }
  }

  function state() {
    const on = audio.state === "running";
    if (button) button.hidden = on || document.querySelector("[data-letters='']");
    document.body.dataset.audio = on ? "on" : "off";
    document.dispatchEvent(new Event("luot:sound"));
    ring();
  }

  const mine = (number) => {
    const letters = document.querySelector("[data-letters]")?.dataset.letters; // none named: all calls are for here
    return letters === undefined || letters.includes(number[0]);
  };
  document.addEventListener("luot:call", ({ detail }) => { if (mine(detail.ticket)) { held.push(Date.now()); ring(); } });
  document.addEventListener("click", () => audio.resume()); // any touch will do
  audio.addEventListener("statechange", state);
  state();
  load();
})();

// One at a time, calmly: the ways and notices beside the calls. What is shown stays its full time, also when the
// panel is drawn again without it.
(() => {
  "use strict";
  const STAY = 15000;
  let own = null; // a copy of what is shown
  let since = 0;

  const list = () => document.querySelector(".turning");

  function show(item, came) {
    for (const other of list().children) {
      other.toggleAttribute("data-now", other === item);
      other.toggleAttribute("data-came", came && other === item);
    }
  }

  function turn() {
    const items = list() ? [...list().children] : [];
    if (!items.length) { own = null; return; }
    const at = items.findIndex((item) => item.id === own?.id);
    const next = items[(at + 1) % items.length];
    since = performance.now();
    show(next, next.id !== own?.id);
    items.filter((item) => item.hasAttribute("data-gone") && item !== next).forEach((item) => item.remove());
    own = next.cloneNode(true);
  }

  // A drawing has come: the marks are gone from it, and perhaps the item too.
  function keep() {
    if (!list() || !own) { turn(); return; }
    let item = [...list().children].find((one) => one.id === own.id);
    if (!item) {
      item = list().appendChild(own.cloneNode(true));
      item.setAttribute("data-gone", "");
    }
    show(item, false);
  }

  document.addEventListener("htmx:after:swap", keep);
  turn();
  setInterval(() => { if (performance.now() - since >= STAY) turn(); }, 500);
})();
