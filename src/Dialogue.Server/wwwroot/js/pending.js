// @ts-check
// The outbox. An entry is written before it is sent and the box is emptied after that; it goes out again with the same id after each
// reconnection until the server has accepted or refused it. So nothing is lost and nothing is done twice.

import * as drafts from "./drafts.js";
import { read } from "./forms.js";
import { alert, ownComing, say } from "./say.js";
import * as sealed from "./sealed.js";
import * as store from "./store.js";
import { refusal, word } from "./words.js";

/**
 * @typedef {object} Entry
 * @property {string} id @property {number} at @property {string} form @property {Record<string, string>} fields @property {string} [said]
 * @property {any} [command] @property {string} [box] @property {string | null} [ticket] @property {any} [sealed]
 * @property {string[]} [ticked] @property {number} closes @property {string} [leave]
 */

/** @type {import("./hub.js").Hub} */
let hub;
/** @type {(through: number) => void} */
let reached = () => {};
let busy = false;
let last = 0;

/** crypto.randomUUID does not exist on http over a network. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = [...bytes].map(byte => byte.toString(16).padStart(2, "0")).join("");
  return `${text.slice(0, 8)}-${text.slice(8, 12)}-${text.slice(12, 16)}-${text.slice(16, 20)}-${text.slice(20)}`;
}

/** @returns {Entry[]} in the order of sending */
const entries = () => store.keys("out.").map(key => store.get(key)).filter(Boolean).sort((a, b) => a.at - b.at);
export const unsent = () => store.keys("out.").length;

/** @param {import("./hub.js").Hub} connection @param {(through: number) => void} whenReached */
export function start(connection, whenReached) {
  hub = connection;
  reached = whenReached;
  sealed.start(connection);
  sealed.onTakeBack((box, ticket) => add({ form: "", fields: {}, box, ticket, sealed: null }));
  show();
}

/** @param {HTMLFormElement} form @param {HTMLElement | null} submitter */
export function submit(form, submitter) {
  clearError(form);
  const values = read(form, submitter);
  const phase = form.dataset.phase;
  /** @type {Partial<Entry>} */
  const entry = { form: form.id, said: form.dataset.said, leave: form.dataset.leave };
  if (form.dataset.sealed) {
    entry.box = phase;
    entry.ticket = form.dataset.ticket ?? null;
    entry.sealed = { $type: form.dataset.sealed, ...values };
    delete form.dataset.ticket;
  } else entry.command = { $type: form.dataset.command, ...(phase ? { phase } : {}), ...values };
  drafts.state(form, word("sending"));
  // First the outbox, then the box: a crash in between leaves the text twice, never nowhere.
  add({
    ...entry,
    fields: Object.fromEntries([...form.elements].filter(drafts.isText).map(field => [field.name, field.value])),
    ticked: [...form.querySelectorAll("input[type=checkbox]:checked")].map(box => box.id),
  });
  drafts.take(form);
}

/** @param {Partial<Entry>} entry */
function add(entry) {
  last = Math.max(last + 1, Date.now());
  const whole = { id: newId(), at: last, form: "", fields: {}, closes: 0, ...entry };
  // Chosen here, once: whichever tab sends it, it is the same entry.
  if (whole.box && !whole.ticket) whole.ticket = sealed.ticketFor(whole.box, whole.id) ?? null;
  store.set(`out.${whole.id}`, whole);
  show();
  void flush();
}

export async function flush() {
  if (busy) return;
  busy = true;
  try {
    for (let entry = entries()[0]; entry && hub.up; entry = entries()[0]) {
      const began = Date.now();
      try {
        const answer = await send(entry);
        if (answer === null) { await new Promise(go => setTimeout(go, 1000 + Math.random() * 1000)); continue; }
        settle(entry, answer);
      } catch {
        // Signed out, nothing is lost and nothing is given back: it goes out after signing in.
        if (hub.state === "signed-out" || (entry.box && await hub.ask() === "signed-out")) break;
        if (hub.up) { await new Promise(go => setTimeout(go, 1000)); entry.closes += 0.25; }
        // A command that makes the server close the connection at once is not sent for ever.
        else if (Date.now() - began < 3000) entry.closes += 1;
        if (entry.closes >= 2) giveBack(entry, word("lost")); else store.set(`out.${entry.id}`, entry);
      }
    }
  } finally { busy = false; show(); }
}

/** @param {Entry} entry @returns {Promise<any>} null: later */
async function send(entry) {
  if (entry.command) {
    const answer = await hub.perform(entry.id, entry.command);
    return answer.$type === "refused" && ["busy", "too-fast"].includes(answer.code) ? null : answer;
  }
  const box = /** @type {string} */ (entry.box);
  if (!entry.ticket) {
    await sealed.draw(box);
    const ticket = sealed.ticketFor(box, entry.id);
    if (ticket === undefined) return sealed.isElsewhere(box) ? { $type: "refused", code: "ticket-unknown" } : null;
    if (!ticket) return { $type: "refused", code: "no-points-left" };
    entry.ticket = ticket;
    store.set(`out.${entry.id}`, entry);
  }
  const answer = await hub.drop(box, entry.ticket, entry.sealed);
  return answer.$type === "refused" && ["busy", "too-fast"].includes(answer.code) ? null : answer;
}

/** @param {Entry} entry @param {any} answer */
function settle(entry, answer) {
  if (answer.$type === "refused") { giveBack(entry, refusal(answer.code, answer.facts)); return; }
  store.remove(`out.${entry.id}`);
  const form = document.getElementById(entry.form);
  if (form instanceof HTMLFormElement) drafts.state(form, word("saved"));
  if (entry.box) sealed.accepted(entry.box, /** @type {string} */ (entry.ticket), entry.sealed);
  if (entry.command?.$type === "contribute/add-item") ownComing();
  say(entry.said ?? (entry.box ? word("saved") : ""));
  if (answer.through) reached(answer.through);
  show();
  if (entry.leave) { store.erase(); location.assign(entry.leave); }
}

/** @param {Entry} entry @param {string} reason */
function giveBack(entry, reason) {
  store.remove(`out.${entry.id}`);
  const there = drafts.putBack(entry.form, entry.fields, entry.ticked);
  const form = /** @type {HTMLFormElement | null} */ (document.getElementById(entry.form));
  if (form?.dataset.sealed && entry.ticket && entry.sealed) form.dataset.ticket = entry.ticket;
  const dialog = form?.closest("dialog");
  // Where something must be filled in first, the dialog comes back with it.
  if (form && dialog && "again" in form.dataset && !document.querySelector("dialog[open]")) dialog.showModal();
  if (there && form && (!dialog || dialog.open)) {
    drafts.state(form, "");
    const line = document.createElement("p");
    line.className = "field__error";
    line.setAttribute("role", "alert");
    line.dataset.keep = "";
    form.append(line);
    line.textContent = reason;
  } else {
    alert(reason);
    const item = document.createElement("li");
    item.className = "field__error";
    item.dataset.refused = "";
    item.textContent = [reason, ...(there ? Object.values(entry.fields) : [])].filter(Boolean).join(" – ");
    document.getElementById("pending")?.append(item);
    drafts.restore();
  }
  show();
}

/** @param {HTMLFormElement} form */
function clearError(form) {
  form.querySelectorAll("[data-keep].field__error").forEach(one => one.remove());
  document.querySelectorAll("#pending [data-refused]").forEach(one => one.remove());
}

/** What waits, in words, under the writing box. */
export function show() {
  const list = document.getElementById("pending");
  if (!list) return;
  list.querySelectorAll("[data-out]").forEach(one => one.remove());
  for (const entry of entries()) {
    const text = entry.fields.text ?? entry.fields["draft.text"] ?? entry.fields.reason;
    if (!text) continue;
    const item = document.createElement("li");
    item.dataset.out = "";
    item.textContent = `${text} – ${word(hub?.up ? "sending" : "writing")}`;
    list.append(item);
  }
}
