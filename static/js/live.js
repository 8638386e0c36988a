// The open line. One socket carries the drawings of all panels on the page; what it can't bring, the
// panels fetch themselves. A screen that may be out of date says since when.
(() => {
  "use strict";
  const line = document.getElementById("line");
  const failed = document.getElementById("failed");
  const panels = () => [...document.querySelectorAll("[data-panel]")];
  const seq = (panel) => Number(panel.dataset.seq);
  const isPanel = (elt) => Boolean(elt?.dataset?.panel);

  // --- what the reader is told -----------------------------------------------------------------
  let lost = false; // the socket is down
  let blind = false; // a panel could not be fetched
  let since = new Date(); // the last moment at which the page was known to be true

  const clock = (d) => [d.getHours(), d.getMinutes()].map((n) => String(n).padStart(2, "0")).join(":");

  function tell() {
    const down = lost || blind;
    document.body.dataset.line = down ? "down" : "up";
    if (!line) return;
    const words = down ? line.dataset.down.replaceAll("{time}", clock(since)) : "";
    if (line.textContent !== words) line.textContent = words;
    line.hidden = !down;
  }

  function setBlind(value) {
    if (value && !blind && !lost) since = new Date();
    blind = value;
    if (!value && lost) since = new Date(); // fetched: true until now, though nothing is pushed
    tell();
  }

  // --- panels that fetch themselves ------------------------------------------------------------
  const refresh = () => panels().forEach((panel) => htmx.trigger(panel, "live:refresh"));

  // The csrf field of a pushed drawing is empty, since it is drawn once for all.
  function fill() {
    const headers = document.body.getAttribute("hx-headers:inherited");
    const token = headers ? JSON.parse(headers)["X-CSRFToken"] : "";
    document.querySelectorAll('input[name="csrf_token"]').forEach((field) => { field.value ||= token; });
  }

  // A panel is no longer ours to see: a device shows its code again, a screen in the lobby goes on without the panel
  // (in public nobody is asked to sign in), and staff sign in again.
  function leave(panel, session) {
    if ("pages" in document.documentElement.dataset) document.dispatchEvent(new Event("luot:leave"));
    else if (!session || panel.dataset.panel.endsWith("/display/here")) {
      if (performance.now() > 5000) location.reload(); // Never again and again, should the page itself be let in.
    } else location.assign(session.replace(/next=[^&]*/, "next=" + encodeURIComponent(location.pathname)));
  }

  document.addEventListener("htmx:before:swap", (event) => {
    const ctx = event.detail.ctx;
    const elt = ctx.sourceElement;
    if (!ctx.response) return; // a push
    if (isPanel(elt)) {
      // An error page or a sign-in page never takes a panel's place, nor does an older drawing.
      const good = ctx.response.status < 400 && ctx.text.includes(`id="${elt.id}"`);
      const drawn = Number(/data-seq="(\d+)"/.exec(ctx.text)?.[1]);
      if (ctx.response.raw?.redirected && new URL(ctx.response.raw.url).pathname === "/session") leave(elt, ctx.response.raw.url);
      if ([403, 404].includes(ctx.response.status) && ctx.text.includes('id="main"')) leave(elt); // The page says why.
      setBlind(!good);
      if (!good || (!lost && drawn < seq(elt))) event.preventDefault();
    } else if (!ctx.text.includes('id="main"')) {
      event.preventDefault(); // no page of ours: a proxy's error
      if (failed) failed.hidden = false;
    } else {
      panels().forEach((panel) => newest.set(panel.id, seq(panel)));
    }
  });

  document.addEventListener("htmx:error", (event) => {
    const elt = event.detail.ctx?.sourceElement;
    if (isPanel(elt)) setBlind(true);
    else if (elt && failed) failed.hidden = false;
  });

  // --- forms whose answer takes the place of #main ---------------------------------------------
  const newest = new Map(); // panel id → the number of the drawing that was here before the answer

  document.addEventListener("htmx:after:swap", (event) => {
    const ctx = event.detail.ctx;
    fill();
    if (!ctx.response || isPanel(ctx.sourceElement)) return;
    const main = document.getElementById("main");
    if (failed) failed.hidden = true;
    if (main?.lang) document.documentElement.lang = main.lang;
    if (ctx.response.status < 400 && ctx.sourceElement.matches("form")) ctx.sourceElement.reset();
    if (document.activeElement === document.body) main?.focus({ preventScroll: true });
    // A push may have overtaken the answer.
    panels().forEach((panel) => {
      if (seq(panel) < newest.get(panel.id)) htmx.trigger(panel, "live:refresh");
    });
    watch();
    heal();
  });

  // A double tap must not press the button that the first tap has put in its place: the same spot, or the same
  // key, twice within a moment, and nothing in between. Two visitors let in one right after the other are two spots.
  const DOUBLE = 600, FINGER = 30; // milliseconds, pixels
  let spot = null; // where the last press came from
  let pressed = null; // where and when the last form was sent
  const same = (a, b) => a && b && (a.key || b.key ? a.key === b.key : Math.hypot(a.x - b.x, a.y - b.y) < FINGER);
  const press = (next) => { spot = next; if (pressed && !same(spot, pressed.spot)) pressed = null; };
  document.addEventListener("pointerdown", (event) => press({ x: event.clientX, y: event.clientY }), true);
  document.addEventListener("keydown", (event) => press({ key: event.code }), true);

  function once(event) {
    const now = performance.now();
    if (pressed && now - pressed.at < DOUBLE && same(spot, pressed.spot)) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else pressed = { at: now, spot };
  }
  document.addEventListener("submit", (event) => { if (event.target.hasAttribute("hx-boost")) once(event); }, true);
  document.addEventListener("click", (event) => { if (event.target.closest?.("#main a[href]")) once(event); }, true);

  // A page that says "try again in n seconds" does so, and never leaves for the browser's own: one that tells of an
  // error, and that of a device which waits to be let in.
  let healing = 0;
  function heal() {
    const page = document.querySelector("[data-retry]");
    clearTimeout(healing);
    if (!page) return;
    healing = setTimeout(async () => {
      const address = location.pathname + location.search;
      const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(10000) }).catch(() => null);
      if (answer?.ok) location.replace(address);
      else heal();
    }, 1000 * (Number(page.dataset.retry) || 5));
  }

  // --- the socket ------------------------------------------------------------------------------
  const fresh = new Set(); // panels whose next push applies whatever its number: we have just (re)connected
  let socket = null;
  let watched = "";

  function watch(again = false) {
    if (!socket && window.io && panels().length) { connect(); return; } // the first panel may come with an answer
    const addresses = panels().map((panel) => panel.dataset.panel);
    if (!socket?.connected || (!again && addresses.join() === watched)) return;
    watched = addresses.join();
    panels().forEach((panel) => fresh.add(panel.id));
    socket.timeout(5000).emit("watch", addresses, (error, answer) => {
      if (error) { socket.disconnect(); socket.connect(); return; }
      lost = blind = false; // what is watched has just been sent
      if (failed) failed.hidden = true;
      tell();
      if (answer?.refused?.length) refresh(); // fetching says why
    });
  }

  function draw({ id, seq: number, html }) {
    const panel = document.getElementById(id);
    if (!isPanel(panel) || (!fresh.delete(id) && number < seq(panel))) return;
    htmx.swap({ sourceElement: panel, target: panel, text: html.trim(), swap: "outerMorph" });
    blind = false;
    tell();
  }

  let grace = 0;
  function drop() {
    if (lost || grace) return;
    const at = new Date();
    grace = setTimeout(() => {
      grace = 0;
      if (socket.connected) return;
      lost = true;
      since = at;
      tell();
    }, 700);
  }

  function connect() {
    socket = io({ transports: ["websocket"], reconnectionDelay: 300, reconnectionDelayMax: 2000, timeout: 5000 });
    socket.on("connect", () => { watch(true); document.dispatchEvent(new CustomEvent("luot:line", { detail: socket })); });
    socket.on("panel", draw);
    socket.on("call", (call) => document.dispatchEvent(new CustomEvent("luot:call", { detail: call })));
    socket.on("connect_error", () => {
      drop();
      if (!socket.active) setTimeout(() => socket.connect(), 2000);
    });
    socket.on("disconnect", () => {
      drop();
      if (!socket.active) setTimeout(() => socket.connect(), 300);
    });
  }

  function wake() {
    if (document.visibilityState === "hidden") return;
    if (socket && !socket.connected) socket.connect();
    refresh();
  }

  // A <details> the reader has opened stays open when its panel is drawn again.
  window.htmx?.registerExtension("keep-open", {
    htmx_before_morph_attr: (elt, { attrName }) => !(elt.tagName === "DETAILS" && attrName === "open"),
  });

  heal();
  if (!window.htmx) return; // an error page: nothing else lives
  fill();
  watch();
  document.addEventListener("visibilitychange", wake);
  window.addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
  let ticks = 0;
  setInterval(() => { if (lost || blind || ++ticks % 2 === 0) refresh(); }, 15000);
})();
