// A paired device says every minute how it is. Taken back, it shows a code again; after an upgrade it loads itself anew.
(() => {
  "use strict";
  const EVERY = 60000;
  const BETWEEN = 300000; // between two loads, should two servers differ for a while
  const { pages } = document.documentElement.dataset;
  let socket = null;

  const sound = () => (document.body.dataset.audio ? document.body.dataset.audio === "on" : null);

  // The wall and the sign at any time, the kiosk while nobody uses it, the door never by itself: scans may be waiting.
  function loadAnew() {
    const last = Number(sessionStorage.getItem("luot-loaded"));
    const free = document.querySelector("#main[data-home], .board, .sign");
    if (!free || Date.now() - last < BETWEEN) return;
    sessionStorage.setItem("luot-loaded", String(Date.now()));
    location.reload();
  }

  // Told twice at the same moment, by its health and by a panel: it goes once.
  let left = 0;
  function leave() {
    clearTimeout(left);
    if (!left) location.assign("/device");
    left = setTimeout(() => { left = 0; }, 10000);
  }

  function say() {
    if (!socket?.connected) return;
    socket.timeout(5000).emit("health", { version: pages, sound: sound() }, (error, answer) => {
      if (error) return;
      if (!answer.known) leave();
      else if (answer.version !== pages) loadAnew();
    });
  }

  document.addEventListener("luot:line", (event) => { socket = event.detail; say(); });
  document.addEventListener("luot:sound", say);
  document.addEventListener("luot:leave", leave);
  setInterval(say, EVERY);
})();
