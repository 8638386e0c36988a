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

  function say() {
    if (!socket?.connected) return;
    socket.timeout(5000).emit("health", { version: pages, sound: sound() }, (error, answer) => {
      if (error) return;
      if (!answer.known) location.assign("/device");
      else if (answer.version !== pages) loadAnew();
    });
  }

  document.addEventListener("luot:line", (event) => { socket = event.detail; say(); });
  document.addEventListener("luot:sound", say);
  setInterval(say, EVERY);
})();
