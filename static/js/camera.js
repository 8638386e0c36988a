// The camera as a scanner. Browsers allow it only on https and on the machine itself: elsewhere the button says so.
//   out: luot:code {code}, luot:said {kind, words}
(() => {
  "use strict";
  const button = document.getElementById("camera");
  if (!button) return;
  const scanner = document.getElementById("scanner");
  const view = document.getElementById("viewfinder");
  const video = view.querySelector("video");
  const EVERY = 120, GONE = 3000; // milliseconds: between two looks; a code out of sight for so long is scanned anew
  const SIDE = 480; // dots a side of what is looked at: the middle of the picture
  const canvas = Object.assign(document.createElement("canvas"), { width: SIDE, height: SIDE });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const seen = new Map(); // what was read, and what a scan meant then → the moment at which it was last in sight
  let stream = null, reader = null, opening = false;

  const emit = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

  async function open() {
    opening = true;
    try {
      if (!navigator.mediaDevices) throw new DOMException("", "SecurityError");
      stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: "environment", width: { ideal: 1280 } } });
      video.srcObject = stream;
      show(true);
      reader ??= await aReader();
      await video.play();
      look();
    } catch (error) {
      close();
      emit("luot:said", { kind: "error", words: button.dataset[why(error)] });
    }
    opening = false;
  }

  function why({ name }) {
    if (!window.isSecureContext || name === "SecurityError") return "insecure";
    return { NotAllowedError: "denied", NotFoundError: "none", OverconstrainedError: "none" }[name] ?? "failed";
  }

  function close() {
    stream?.getTracks().forEach((track) => track.stop());
    stream = video.srcObject = null;
    show(false);
  }

  function show(on) {
    view.hidden = !on;
    scanner.classList.toggle("is-seeing", on);
    button.setAttribute("aria-pressed", String(on));
    button.setAttribute("aria-label", button.querySelector(on ? ".camera-off" : ".camera-on").textContent.trim());
  }

  // The browser's own reader where it has one, else ours, fetched when it is first needed.
  async function aReader() {
    const own = window.BarcodeDetector;
    const formats = await own?.getSupportedFormats().catch(() => []);
    const Reader = formats?.includes("qr_code") ? own : (await import(button.dataset.decoder)).BarcodeDetector;
    return new Reader({ formats: ["qr_code"] });
  }

  async function look() {
    if (!stream) return;
    const { videoWidth: width, videoHeight: height } = video, side = Math.min(width, height);
    if (side) {
      pen.drawImage(video, (width - side) / 2, (height - side) / 2, side, side, 0, 0, SIDE, SIDE);
      const found = await reader.detect(canvas).catch(() => []);
      if (found[0]?.rawValue) read(found[0].rawValue);
    }
    setTimeout(look, EVERY);
  }

  function read(code) {
    const errand = `${document.querySelector("#ways :checked").value} ${code}`;
    const now = performance.now();
    const isNew = now - (seen.get(errand) ?? -GONE) >= GONE;
    seen.set(errand, now);
    if (isNew && stream) emit("luot:code", { code });
  }

  button.addEventListener("click", () => {
    if (stream) close();
    else if (!opening) open();
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden && stream) close(); });
})();
