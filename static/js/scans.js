// Scans on their way to the office. Each is kept in the browser's store before it is sent, and taken out when the
// office has answered: neither a dead line nor a reload loses one. They are sent one at a time, in the order in which
// they were made, by one tab; and each carries an operation id of its own, so one that arrives twice counts once.
// People without a ticket go the same way: each press is a scan of its own.
//   in: luot:scan {code, way, people}     out: luot:said {kind, words}, luot:reason {code} where one is asked for
(() => {
  "use strict";
  const scanner = document.getElementById("scanner");
  if (!scanner) return;
  const { address } = scanner.dataset;
  const PATIENCE = 10000, SLOW = 1000, SOONEST = 2000, LATEST = 10000, LEASE = 15000; // milliseconds

  // --- the store: one entry a scan, so that two tabs never write the same one --------------------
  const OWN = `scan ${address} `, SAID = `said ${address}`, TURN = `turn ${address}`; // each door its own
  const store = (() => {
    try {
      localStorage.setItem(TURN + "?", "");
      localStorage.removeItem(TURN + "?");
      return localStorage;
    } catch { // a private window may refuse: kept as long as the page is open
      return Object.create({ setItem(key, value) { this[key] = value; }, removeItem(key) { delete this[key]; }, getItem(key) { return this[key] ?? null; } });
    }
  })();
  const keys = () => Object.keys(store).filter((key) => key.startsWith(OWN)).sort();
  const read = (key) => JSON.parse(store.getItem(key) ?? "null");
  const write = (key, value) => store.setItem(key, JSON.stringify(value));
  const all = () => keys().map((key) => ({ ...read(key), key })).filter(({ id }) => id);
  const waiting = () => all().filter((scan) => !scan.refused);

  const random = () => [...crypto.getRandomValues(new Uint8Array(12))].map((n) => n.toString(16).padStart(2, "0")).join("");
  const me = random();
  const clock = () => { const now = new Date(); return [now.getHours(), now.getMinutes()].map((n) => String(n).padStart(2, "0")).join(":"); };
  // What the guide may see of a scan: the number, or the end of the code, which is the visitor's secret.
  const label = (code) => (code.length > 12 ? scanner.dataset.code.replace("{end}", "…" + code.slice(-4)) : code.toUpperCase());

  // The order is counted, never read from a clock.
  function keep({ code, way, people }) {
    const id = random();
    const place = 1 + Number(keys().at(-1)?.slice(OWN.length).split(" ")[0] ?? 0);
    const key = `${OWN}${String(place).padStart(9, "0")} ${id}`;
    write(key, { id, code, way, people, label: label(code), at: clock() });
    mine.add(id);
    if (down) tellKept();
    else setTimeout(tellKept, SLOW, [id]);
    drain();
  }

  // --- what the guide is told ------------------------------------------------------------------
  const mine = new Set(); // scans of this tab that have not been answered
  const tell = (kind, words) => document.dispatchEvent(new CustomEvent("luot:said", { detail: { kind, words } }));

  // Said at once to who waits for an answer that does not come.
  function tellKept(ids = null) {
    const late = waiting().filter((scan) => !scan.late && (!ids || ids.includes(scan.id)));
    for (const { key, ...scan } of late) write(key, { ...scan, late: true });
    const last = late.filter(({ id }) => mine.has(id)).at(-1);
    if (last) tell("kept", scanner.dataset.kept.replace("{code}", last.label));
    draw();
  }

  function settle({ key, code, ...scan }, { said, kind, changed, reason }) {
    if (kind === "error" && scan.late) write(key, { ...scan, refused: said });
    else store.removeItem(key);
    const answer = { id: scan.id, kind: kind === "ok" && !changed ? "known" : kind, words: said };
    if (reason && mine.has(scan.id)) document.dispatchEvent(new CustomEvent("luot:reason", { detail: { code } }));
    write(SAID, answer); // for the tab in which it was scanned
    hear(answer);
  }

  function hear({ id, kind, words }) {
    if (mine.delete(id)) tell(kind, words);
    draw();
  }

  function draw() {
    const shown = all().filter(({ late, refused }) => late || refused);
    const count = shown.filter(({ refused }) => !refused).length;
    scanner.querySelector(".scan-kept").hidden = !shown.length && !signedOut;
    scanner.querySelector(".scan-signin").hidden = !signedOut;
    scanner.querySelector(".scan-count").textContent = count ? scanner.dataset.waiting.replace("{n}", count) : "";
    document.getElementById("scan-list").replaceChildren(...shown.map(item));
  }

  const copy = (id) => document.getElementById(id).content.firstElementChild.cloneNode(true);

  function item({ key, way, label, at, refused }) {
    const line = copy(`scan-${way}`);
    line.querySelector("b").textContent = label;
    line.querySelector("time").textContent = at;
    if (!refused) return line;
    const words = copy("scan-refused");
    words.querySelector("span").textContent = refused;
    words.querySelector("button").addEventListener("click", () => { store.removeItem(key); draw(); });
    line.classList.add("is-refused");
    line.append(words);
    return line;
  }

  // --- sending ---------------------------------------------------------------------------------
  class SignedOut extends Error {}
  let draining = false, down = false, signedOut = false, timer = 0, pause = SOONEST;

  async function drain() {
    if (draining) return;
    draining = true;
    clearTimeout(timer);
    const sent = await alone(async (still) => {
      for (let [scan] = waiting(); scan && still(); [scan] = waiting()) settle(scan, await answerTo(scan));
    }).then((had) => { if (had) { down = signedOut = false; pause = SOONEST; } return had; }, fail);
    draining = false;
    draw();
    if (!waiting().length) return;
    timer = setTimeout(drain, sent ? 0 : pause);
    if (!sent) pause = Math.min(pause * 1.5, LATEST);
  }

  function fail(reason) {
    down = true;
    signedOut = reason instanceof SignedOut;
    tellKept();
    return false;
  }

  // The office's own answer. Throws where there is none: what a proxy says, or an office that can't save, is none.
  async function answerTo(scan, again = true) {
    const what = scan.way === "walkins" ? { change: scan.code } : { code: scan.code, people: scan.people };
    const form = new URLSearchParams({ csrf_token: token(), operation: scan.id, ...what });
    const answer = await ask(`${address}/${scan.way}`, { method: "POST", body: form, headers: { Accept: "application/json" } });
    if (answer.status === 401 || answer.status === 403) throw new SignedOut();
    if (answer.status === 400 && again) { await renew(); return answerTo(scan, false); }
    if (answer.status >= 500 || !answer.headers.get("Content-Type")?.startsWith("application/json")) throw new Error("no answer");
    return answer.json();
  }

  async function ask(where, how = {}) {
    const stop = new AbortController();
    const late = setTimeout(() => stop.abort(), PATIENCE);
    try { return await fetch(where, { ...how, cache: "no-store", signal: stop.signal }); } finally { clearTimeout(late); }
  }

  const token = () => document.querySelector('#scan input[name="csrf_token"]').value;

  // A page that has been open for long has an old token; the door's page has the new one, for all its forms.
  async function renew() {
    const page = await ask(address);
    if (page.redirected && new URL(page.url).pathname === "/session") throw new SignedOut();
    const fresh = /name="csrf_token" value="([^"]+)"/.exec(await page.text())?.[1];
    if (!fresh) throw new Error("no answer");
    document.querySelectorAll('input[name="csrf_token"]').forEach((field) => { field.value = fresh; });
    document.body.setAttribute("hx-headers:inherited", JSON.stringify({ "X-CSRFToken": fresh }));
  }

  // --- one tab at a time -----------------------------------------------------------------------
  // Returns whether it was this tab's turn. What a tab takes out of the store reaches the others a little later, so
  // one that has just heard of another's work looks again before it sends. (A scan sent twice would count once.)
  let heard = -Infinity;
  const HEARD = 1000, LOOK = 150;
  const lookAgain = () => new Promise((done) => setTimeout(done, performance.now() - heard < HEARD ? LOOK : 0));

  function alone(work) {
    if (!navigator.locks) return inTurn(work);
    return navigator.locks.request(TURN, { ifAvailable: true }, async (lock) => {
      if (!lock) return false;
      await lookAgain();
      await work(() => true);
      return true;
    });
  }

  // Over plain http the browser has no locks to give: then a turn in the store, which runs out by itself.
  async function inTurn(work) {
    const held = read(TURN), left = (held?.until ?? 0) - Date.now();
    if (held && held.tab !== me && left > 0 && left <= LEASE) return false;
    const take = () => write(TURN, { tab: me, until: Date.now() + LEASE });
    const still = () => { const own = read(TURN)?.tab === me; if (own) take(); return own; };
    take();
    await new Promise((done) => setTimeout(done, 30 + 40 * Math.random())); // whoever wrote last has it
    await lookAgain();
    if (!still()) return false;
    try { await work(still); return true; } finally { if (read(TURN)?.tab === me) store.removeItem(TURN); }
  }

  // --- when to try -----------------------------------------------------------------------------
  const soon = () => { pause = SOONEST; if (waiting().length) drain(); };
  document.addEventListener("luot:scan", (event) => keep(event.detail));
  window.addEventListener("online", soon);
  window.addEventListener("storage", ({ key, newValue }) => {
    if (!key?.startsWith(OWN) && key !== SAID && key !== TURN) return;
    heard = performance.now();
    if (key === SAID && newValue) hear(JSON.parse(newValue));
    draw();
    if (key === TURN && !newValue) soon();
  });
  new MutationObserver(() => { if (document.body.dataset.line === "up") soon(); }).observe(document.body, { attributeFilter: ["data-line"] });
  tellKept(); // what an earlier page has left
  soon();
})();
