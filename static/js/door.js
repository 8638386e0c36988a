// The scan box. A scanner types fast and ends with Enter: what it types anywhere on the page goes to the field, and
// Enter does what the switch says. The field keeps the focus for a keyboard, and leaves it to a finger, so that the
// keyboard on the screen comes only when the field itself is touched.
//   in: luot:code {code} from the camera, luot:said {kind, words}, luot:reason {code}     out: luot:scan {code, way, people}
(() => {
  "use strict";
  const scanner = document.getElementById("scanner");
  if (!scanner) return;
  const form = document.getElementById("scan");
  const ways = document.getElementById("ways");
  const { code: field, people } = form.elements;
  const way = () => ways.querySelector(":checked").value;
  let finger = matchMedia("(hover: none)").matches;

  function scan(code, how, party = "") {
    if (!code.trim()) return;
    document.dispatchEvent(new CustomEvent("luot:scan", { detail: { code: code.trim(), way: how, people: how === "entries" ? party : "" } }));
  }

  function send(how) {
    scan(field.value, how, people.value);
    field.value = people.value = "";
    if (!finger) field.focus({ preventScroll: true });
  }

  form.noValidate = true; // an empty scan is no mistake worth a word
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(event.submitter?.dataset.way ?? way());
  });

  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    send(way());
  });

  // --- keys typed elsewhere --------------------------------------------------------------------
  const taken = (target, key) => target.closest("select") ? /\d/.test(key) : target.closest("input:not([type=radio]), textarea, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    const letter = event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (letter) finger = false;
    if (!letter || taken(event.target, event.key)) return;
    field.inputMode = "none";
    field.focus({ preventScroll: true }); // and the letter falls into it
  });

  document.addEventListener("pointerdown", (event) => {
    finger = event.pointerType !== "mouse";
    if (event.target === field) field.inputMode = "text";
  }, true);

  // --- the switch, remembered while the tab is open --------------------------------------------
  const kept = (value) => { // private windows may refuse storage
    try { return value ? sessionStorage.setItem("way", value) : sessionStorage.getItem("way"); } catch { return null; }
  };
  const before = ways.querySelector(`[value="${kept() === "exits" ? "exits" : "entries"}"]`);
  before.checked = true;
  ways.addEventListener("change", () => kept(way()));

  // --- what has come of it ---------------------------------------------------------------------
  const TONES = { ok: [[880, 0]], known: [[880, 0], [660, 0.15]], kept: [[660, 0]], error: [[330, 0], [330, 0.2]] }; // hertz, seconds
  let audio = null;

  function sound(kind) {
    if (!navigator.userActivation?.hasBeenActive) return; // before the first touch a browser refuses, and says so
    navigator.vibrate?.(kind === "ok" ? 60 : [90, 60, 90]);
    audio ??= new AudioContext();
    for (const [pitch, after] of TONES[kind]) {
      const tone = new OscillatorNode(audio, { frequency: pitch }), quiet = new GainNode(audio, { gain: 0.15 });
      tone.connect(quiet).connect(audio.destination);
      tone.start(audio.currentTime + after);
      tone.stop(audio.currentTime + after + 0.1);
    }
  }

  document.addEventListener("luot:said", ({ detail: { kind, words } }) => {
    const line = document.getElementById(`said-${kind}`).content.firstElementChild.cloneNode(true);
    line.querySelector("span").textContent = words;
    document.getElementById("said").replaceChildren(line);
    sound(kind);
    if (kind !== "kept") show();
  });

  // The office has answered, though the open line may be down still: then the panel fetches what has changed.
  let showing = 0;
  function show() {
    clearTimeout(showing);
    showing = setTimeout(() => {
      if (document.body.dataset.line !== "down") return;
      document.querySelectorAll("[data-panel]").forEach((panel) => htmx.trigger(panel, "live:refresh"));
    }, 300);
  }

  // --- without a ticket, and before their turn ---------------------------------------------------
  // Every press counts one, also while the line is down: so each is a scan of its own.
  document.addEventListener("submit", (event) => {
    const change = event.target.closest(".walkin")?.elements.change.value;
    if (!change) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    scan(change, "walkins");
  }, true);

  // Not asked in yet: the form for "let in anyway" opens with the ticket in it, and waits for the reason.
  document.addEventListener("luot:reason", ({ detail: { code } }) => {
    const anyway = document.getElementById("anyway");
    if (!anyway) return;
    anyway.open = true;
    document.getElementById("anyway-code").value = code;
    anyway.scrollIntoView({ block: "center" });
    if (!finger) document.getElementById("anyway-why").focus({ preventScroll: true });
  });

  // --- who is overdue: asked in, and the place is kept for less than another minute -----------------
  const LAST = 60; // seconds
  setInterval(() => {
    for (const line of document.querySelectorAll("[data-until]")) {
      const late = Date.now() / 1000 > line.dataset.until - LAST;
      line.classList.toggle("is-late", late);
      line.querySelector(".late").hidden = !late;
    }
  }, 2000);

  document.addEventListener("luot:code", ({ detail: { code } }) => scan(code, way()));
  scanner.querySelector(".scan-tools").hidden = false;
})();
