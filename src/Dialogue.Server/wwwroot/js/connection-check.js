// @ts-check
// Tries what a room needs from this network and this browser, and shows which of the words on the page are true.

/** @typedef {"good" | "fair" | "bad"} Result */

const page = /** @type {HTMLElement} */ (document.getElementById("connection-check"));
const patience = 8000;
const narrow = 320;
const text = "echo-" + Math.random().toString(36).slice(2);
/** @type {string[]} */
let lines = [];

/** @template T @param {Promise<T>} promise @param {string} what @returns {Promise<T>} */
function within(promise, what) {
  return Promise.race([
    promise,
    new Promise((_, fail) => { setTimeout(() => fail(new Error(`${what}: no answer in ${patience / 1000} s`)), patience); }),
  ]);
}

/** @returns {Promise<string>} the key of a connection */
async function negotiate() {
  const answer = await fetch("/hubs/check/negotiate?negotiateVersion=1", { method: "POST", cache: "no-store" });
  if (!answer.ok) throw new Error(`negotiate: ${answer.status}`);
  return (await answer.json()).connectionToken;
}

async function sockets() {
  const id = await negotiate();
  const address = `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/hubs/check?id=${encodeURIComponent(id)}`;
  await new Promise((done, fail) => {
    const socket = new WebSocket(address);
    socket.onopen = () => socket.send(text);
    socket.onmessage = async message => {
      const got = typeof message.data === "string" ? message.data : await message.data.text();
      if (got === text) done(true); else fail(new Error("web socket: other words came back"));
      socket.close();
    };
    socket.onerror = () => fail(new Error("web socket: error"));
    socket.onclose = event => fail(new Error(`web socket: closed with ${event.code}`));
    setTimeout(() => socket.close(), patience);
  });
}

async function polling() {
  const id = await negotiate();
  const address = `/hubs/check?id=${encodeURIComponent(id)}`;
  await fetch(address, { cache: "no-store" }); // the first poll opens the connection
  const poll = fetch(address + "&_=1", { cache: "no-store" });
  const sent = await fetch(address, { method: "POST", body: text });
  if (!sent.ok) throw new Error(`long polling: sending gave ${sent.status}`);
  const got = await (await poll).text();
  if (got !== text) throw new Error("long polling: other words came back");
  void fetch(address, { method: "DELETE" });
}

async function upload() {
  const answer = await fetch("/api/v1/connection", { method: "POST", body: "x".repeat(16 * 1024) });
  if (!answer.ok || (await answer.json()).bytes !== 16 * 1024) throw new Error(`upload: ${answer.status}`);
}

async function clock() {
  await fetch("/api/v1/connection", { cache: "no-store" });
  const began = Date.now();
  const answer = await (await fetch("/api/v1/connection", { cache: "no-store" })).json();
  const off = Math.round((answer.now - (began + Date.now()) / 2) / 1000);
  show("cookies", answer.cookie ? "good" : "bad");
  show("clock", Math.abs(off) <= 30 ? "good" : "fair", Math.abs(off));
}

function storage() {
  try {
    localStorage.setItem("dialogue.try", "1");
    localStorage.removeItem("dialogue.try");
    show("storage", "good");
  } catch { show("storage", "fair"); }
}

/** @param {string} check @param {Result} result @param {string | number} [value] @param {string} [more] */
function show(check, result, value = "", more = "") {
  const row = /** @type {HTMLElement} */ (page.querySelector(`[data-check="${check}"]`));
  row.dataset.outcome = result;
  for (const mark of row.querySelectorAll("[data-result]")) {
    /** @type {HTMLElement} */ (mark).hidden = /** @type {HTMLElement} */ (mark).dataset.result !== result;
  }
  let said = "";
  for (const words of row.querySelectorAll("[data-words]")) {
    const one = /** @type {HTMLElement} */ (words);
    one.dataset.text ??= one.textContent ?? "";
    one.hidden = one.dataset.words !== result;
    one.textContent = one.dataset.text.replace("{0}", String(value));
    if (!one.hidden) said = one.textContent;
  }
  lines.push(`${row.querySelector("strong")?.textContent}: ${result}. ${said} ${more}`.trim());
}

/** @param {string} check @param {() => Promise<void>} attempt */
async function attempt(check, attempt) {
  const began = Date.now();
  try {
    await within(attempt(), check);
    if (check !== "clock") show(check, "good", "", `(${Date.now() - began} ms)`);
  } catch (fault) {
    show(check, "bad", "", `(${fault instanceof Error ? fault.message : fault})`);
    if (check === "clock") show("cookies", "bad");
  }
}

async function run() {
  lines = [];
  for (const row of page.querySelectorAll("[data-check]")) {
    for (const one of row.querySelectorAll("[data-result], [data-words]")) {
      /** @type {HTMLElement} */ (one).hidden = /** @type {HTMLElement} */ (one).dataset.result !== "busy";
    }
  }
  storage();
  show("screen", screen.width >= narrow ? "good" : "fair", window.innerWidth);
  await Promise.all([attempt("sockets", sockets), attempt("polling", polling), attempt("upload", upload), attempt("clock", clock)]);
  verdict();
}

function verdict() {
  const outcome = (/** @type {string} */ check) =>
    /** @type {HTMLElement} */ (page.querySelector(`[data-check="${check}"]`)).dataset.outcome;
  const line = outcome("sockets") === "good" || outcome("polling") === "good";
  const must = line && ["upload", "cookies"].every(check => outcome(check) === "good");
  const all = [...page.querySelectorAll("[data-check]")].every(row => /** @type {HTMLElement} */ (row).dataset.outcome === "good");
  const result = !must ? "bad" : all ? "good" : "fair";
  for (const words of page.querySelectorAll("[data-verdict]")) {
    const one = /** @type {HTMLElement} */ (words);
    one.hidden = one.dataset.verdict !== result;
    if (!one.hidden) /** @type {HTMLElement} */ (page.querySelector("[data-said]")).textContent = one.textContent;
  }
  page.dataset.outcome = result;
  const summary = /** @type {HTMLTextAreaElement} */ (page.querySelector("[data-summary]"));
  summary.value = [location.origin, new Date().toISOString(), navigator.userAgent, ...lines].join("\n");
}

/** @type {HTMLElement} */ (page.querySelector("[data-script]")).hidden = false;
page.querySelector("[data-again]")?.addEventListener("click", () => { void run(); });
page.querySelector("[data-copy]")?.addEventListener("click", async () => {
  const summary = /** @type {HTMLTextAreaElement} */ (page.querySelector("[data-summary]"));
  summary.select();
  try { await navigator.clipboard.writeText(summary.value); } catch { document.execCommand("copy"); }
  /** @type {HTMLElement} */ (page.querySelector("[data-copied]")).hidden = false;
});
void run();
