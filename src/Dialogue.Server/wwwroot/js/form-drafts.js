// @ts-check
// Plain pages: what people type in a form stays on this device until the server says that it is done. Counts characters, tells what a
// browser could not read, and warns before a session ends. Without this script every form works; with storage blocked it says that
// nothing is kept.

const day = 24 * 60 * 60 * 1000;
const start = "dialogue.form.";
/** @type {Storage | null} */
let disk = null;
try {
  window.localStorage.setItem("dialogue.try", "1");
  window.localStorage.removeItem("dialogue.try");
  disk = window.localStorage;
} catch { /* blocked: nothing is kept, and the page says so */ }

const words = document.getElementById("form-words")?.dataset ?? {};
/** @type {HTMLFormElement[]} */
const forms = [...document.querySelectorAll("form[data-draft]")].map(form => /** @type {HTMLFormElement} */ (form));

/** @typedef {{ at: number, base: string | null, sent: string | null, values: Record<string, string | boolean> }} Draft */

/** @param {HTMLFormElement} form @param {string} name @returns {string} */
const hidden = (form, name) =>
  /** @type {HTMLInputElement | null} */ (form.querySelector(`input[type=hidden][name="${name}"]`))?.value ?? "";
/** @param {HTMLFormElement} form */
const keyOf = form => `${start}${hidden(form, "_who")}.${location.pathname}.${form.dataset.draft}`;
/** @param {HTMLFormElement} form */
const idOf = form => hidden(form, "_form") || hidden(form, "_draft");

/** @param {Element} one @returns {one is HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} */
const isTyped = one => (one instanceof HTMLTextAreaElement && !one.readOnly) || one instanceof HTMLSelectElement
  || (one instanceof HTMLInputElement && !one.readOnly && !["hidden", "password", "submit", "button", "file"].includes(one.type));

/** @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} one */
const isBox = one => one instanceof HTMLInputElement && (one.type === "checkbox" || one.type === "radio");
/** @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} one */
const nameOf = one => one instanceof HTMLInputElement && one.type === "radio" ? `${one.name}#${one.value}` : one.name;
/** @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} one */
const now = one => isBox(one) ? /** @type {HTMLInputElement} */ (one).checked : one.value;
/** @param {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} one @returns {string | boolean} */
function before(one) {
  if (isBox(one)) return /** @type {HTMLInputElement} */ (one).defaultChecked;
  if (one instanceof HTMLSelectElement)
    return [...one.options].find(option => option.defaultSelected)?.value ?? one.options[0]?.value ?? "";
  return one.defaultValue;
}

/** @param {string} key @returns {Draft | null} */
function read(key) {
  try { return JSON.parse(disk?.getItem(key) ?? "null"); } catch { return null; }
}

/** @param {string} key @param {Draft} draft @returns {boolean} whether it could be kept */
function write(key, draft) {
  try { disk?.setItem(key, JSON.stringify(draft)); return disk !== null; } catch { return false; } // full
}

/** @returns {string[]} */
const keys = () => !disk ? []
  : Array.from({ length: disk.length }, (_, index) => disk?.key(index) ?? "").filter(key => key.startsWith(start));

/** Deletes drafts. @param {(key: string, draft: Draft | null) => boolean} which */
function forget(which) {
  for (const key of keys()) if (which(key, read(key))) disk?.removeItem(key);
}

/** The form of which the server said that it is done. */
function clearDone() {
  const done = /(?:^|; )form-done=([\w-]+)/.exec(document.cookie)?.[1];
  if (!done) return;
  forget((_, draft) => draft?.sent === done);
  document.cookie = "form-done=; Max-Age=0; Path=/";
}

/** @param {HTMLFormElement} form */
function keep(form) {
  /** @type {Draft["values"]} */
  const values = {};
  const key = keyOf(form);
  // What came back from the server with faults is in the form already, and not saved anywhere but here.
  const kept = read(key)?.values ?? {};
  for (const one of form.elements)
    if (isTyped(one) && one.name && (now(one) !== before(one) || nameOf(one) in kept)) values[nameOf(one)] = now(one);
  if (Object.keys(values).length === 0) { disk?.removeItem(key); return; }
  const done = write(key, { at: Date.now(), base: hidden(form, "_base") || null, sent: read(key)?.sent ?? null, values });
  if (!done) say(form, words.notkept ?? "");
}

/** One line of the form about its draft, read aloud. @param {HTMLFormElement} form @param {string} text @param {() => void} [discard] */
function say(form, text, discard) {
  let line = /** @type {HTMLElement | null} */ (form.querySelector(".form-kept"));
  if (line?.dataset.text === text) return;
  line?.remove();
  line = document.createElement("div");
  line.className = "notice form-kept";
  line.setAttribute("role", "status");
  line.dataset.text = text;
  form.prepend(line);
  const words_ = document.createElement("p");
  words_.textContent = text;
  line.append(words_);
  if (!discard) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link-button";
  button.textContent = words.discard ?? "";
  button.addEventListener("click", discard);
  line.append(button);
}

/** @param {HTMLFormElement} form */
function restore(form) {
  const key = keyOf(form);
  const draft = read(key);
  if (!draft) return;
  let changed = 0;
  for (const one of form.elements) {
    if (!isTyped(one) || !(nameOf(one) in draft.values)) continue;
    const kept = draft.values[nameOf(one)];
    if (now(one) === kept) continue;
    // What the server just sent back is newer than what is kept here.
    if (form.querySelector(".form-summary, .form-return") && now(one) !== "" && !isBox(one)) continue;
    if (isBox(one)) /** @type {HTMLInputElement} */ (one).checked = Boolean(kept); else one.value = String(kept);
    changed++;
    for (let fold = one.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
  }
  if (changed === 0) return;
  const base = /** @type {HTMLInputElement | null} */ (form.querySelector("input[name=_base]"));
  if (base && draft.base && !form.querySelector(".form-summary")) base.value = draft.base; // a conflict is then seen by the server
  say(form, words.restored ?? "", () => { disk?.removeItem(key); location.assign(location.pathname + location.search); });
}

/** What the browser shows but cannot read is told to the server, so that it is a fault and not nothing. @param {HTMLFormElement} form */
function tellUnreadable(form) {
  form.querySelectorAll("input[name=_unreadable]").forEach(one => one.remove());
  for (const one of form.elements) {
    if (!(one instanceof HTMLInputElement) || !one.validity.badInput) continue;
    const note = document.createElement("input");
    note.type = "hidden";
    note.name = "_unreadable";
    note.value = one.name;
    form.append(note);
  }
}

/** Counts as the server does; says it only near the limit. */
function count() {
  for (const line of document.querySelectorAll("[data-count]")) {
    const field = document.getElementById(/** @type {HTMLElement} */ (line).dataset.count ?? "");
    if (!(field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) || field.maxLength < 0) continue;
    const most = field.maxLength;
    field.removeAttribute("maxlength"); // pasted text is not cut unseen: one sees how much is too much
    const show = () => {
      const left = most - field.value.normalize("NFC").length;
      const near = left < Math.max(20, most / 5);
      /** @type {HTMLElement} */ (line).hidden = !near;
      line.classList.toggle("field__count--over", left < 0);
      const text = (left < 0 ? /** @type {HTMLElement} */ (line).dataset.over : /** @type {HTMLElement} */ (line).dataset.left) ?? "";
      line.textContent = near ? text.replace("{0}", String(Math.abs(left))) : "";
    };
    field.addEventListener("input", show);
    show();
  }
}

/** Five minutes before a session ends; other tabs that talk to the server count too. */
function watchSession() {
  const idle = Number(document.querySelector("form[data-idle]")?.getAttribute("data-idle"));
  if (!idle) return;
  let seen = Date.now();
  const mark = () => { seen = Date.now(); try { disk?.setItem("dialogue.seen", String(seen)); } catch { /* full */ } };
  mark();
  const warn = document.createElement("div");
  warn.className = "notice notice--warn session-end";
  warn.setAttribute("role", "status");
  document.getElementById("inhoud")?.append(warn);
  warn.hidden = true;
  const text = document.createElement("p");
  const stay = document.createElement("button");
  stay.type = "button";
  stay.className = "utrecht-button utrecht-button--secondary-action";
  stay.textContent = words.stay ?? "";
  stay.addEventListener("click", async () => {
    try {
      const answer = await fetch("/api/v1/me", { headers: { Accept: "application/json" }, cache: "no-store" });
      if (answer.ok) { mark(); text.textContent = words.stays ?? ""; stay.hidden = true; return; }
      if (answer.status === 401) ended(); else text.textContent = words.failed ?? "";
    } catch { text.textContent = words.failed ?? ""; }
  });
  const signIn = document.createElement("a");
  signIn.href = `/inloggen?terug=${encodeURIComponent(location.pathname + location.search)}`;
  signIn.className = "utrecht-link";
  signIn.textContent = words.signin ?? "";
  signIn.hidden = true;
  warn.append(text, stay, signIn);
  function ended() {
    text.textContent = words.ended ?? "";
    stay.hidden = true;
    signIn.hidden = false;
  }
  // The server notes once a minute that somebody was there: a session may end a minute early.
  const over = (idle - 60) * 1000;
  setInterval(() => {
    const last = Math.max(seen, Number(disk?.getItem("dialogue.seen") ?? 0));
    const left = last + over - Date.now();
    if (left > 5 * 60 * 1000) { if (!stay.hidden) warn.hidden = true; return; }
    if (left > 0) {
      if (!warn.hidden && !stay.hidden) return;
      warn.hidden = stay.hidden = false;
      text.textContent = words.ends ?? "";
      return;
    }
    if (signIn.hidden) { warn.hidden = false; ended(); }
  }, 5000);
}

clearDone();
const who = forms.map(form => hidden(form, "_who")).find(one => one && one !== "guest");
const isTheirs = (/** @type {string} */ key) => Boolean(who) && !key.startsWith(`${start}${who}.`) && !key.startsWith(`${start}guest.`);
forget((key, draft) => !draft || Date.now() - draft.at > day || isTheirs(key));
for (const form of document.querySelectorAll('form[action$="/uitloggen"]'))
  form.addEventListener("submit", () => forget(key => !key.startsWith(`${start}guest.`)));
for (const form of forms) {
  form.noValidate = true;
  restore(form);
  if (!disk) say(form, words.notkept ?? "");
  form.addEventListener("input", () => keep(form));
  form.addEventListener("change", () => keep(form));
  form.addEventListener("submit", () => {
    tellUnreadable(form);
    keep(form);
    const key = keyOf(form);
    const draft = read(key);
    if (draft) write(key, { ...draft, sent: idOf(form) });
  });
}
count();
watchSession();
/** @type {HTMLElement | null} */ (document.querySelector(".form-summary, .form-return, .kept-text"))?.focus();
