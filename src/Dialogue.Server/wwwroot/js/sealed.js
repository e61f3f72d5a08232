// @ts-check
// Anonymous entries. The right to drop one is a ticket; ticket and text stay on this device and nowhere else, so that the author can
// change or take back the entry until the round closes.

import { fill } from "./forms.js";
import * as store from "./store.js";
import { word } from "./words.js";

/** @typedef {{ticket: string, entry: any}} Dropped */

const dialogue = document.getElementById("room")?.dataset.dialogue ?? "";

/** @param {string} box @returns {Promise<string | null>} null when there are no more; throws when there is no network */
export async function ticketFor(box) {
  let tickets = /** @type {string[] | null} */ (store.get(`tickets.${box}`));
  if (!tickets?.length) {
    if (store.get(`issued.${box}`)) return null;
    const answer = await fetch(`/api/v1/dialogues/${dialogue}/boxes/${encodeURIComponent(box)}/tickets`,
      { method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json" }, body: "{}" });
    // Signed out (401) is not "no more": the entry waits until somebody signed in again.
    if (answer.status >= 500 || answer.status === 429 || answer.status === 401) throw new Error("later");
    if (!answer.ok) return null;
    tickets = /** @type {string[]} */ ((await answer.json()).tickets ?? []);
    store.set(`issued.${box}`, true);
  }
  const ticket = tickets.shift() ?? null;
  store.set(`tickets.${box}`, tickets);
  return ticket;
}

/** @param {string} box @returns {Dropped[]} */
const dropped = box => store.get(`dropped.${box}`) ?? [];

/** The box took it, or (null) gave it back. @param {string} box @param {string} ticket @param {any} entry */
export function accepted(box, ticket, entry) {
  const others = dropped(box).filter(one => one.ticket !== ticket);
  if (entry) store.set(`dropped.${box}`, [...others, { ticket, entry }]);
  else {
    store.set(`dropped.${box}`, others);
    store.set(`tickets.${box}`, [...(store.get(`tickets.${box}`) ?? []), ticket]);
  }
  show();
}

/** @type {(box: string, ticket: string) => void} */
let takeBack = () => {};
/** @param {(box: string, ticket: string) => void} ask */
export function onTakeBack(ask) { takeBack = ask; }

/** Lists what this device dropped in the box that is open now. */
export function show() {
  const list = document.getElementById("mine-device");
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById("t-device"));
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-sealed]"));
  if (!list || !template) return;
  const box = form?.dataset.phase ?? "";
  const mine = form ? dropped(box) : [];
  if (form && "once" in form.dataset && !form.dataset.ticket) form.hidden = mine.length > 0;
  list.replaceChildren(...mine.map(({ ticket, entry }) => {
    const item = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
    const text = item.querySelector("[data-text]");
    if (text) text.textContent = form && "once" in form.dataset ? word("answered") : entry.text;
    item.querySelector("[data-change]")?.addEventListener("click", () => {
      if (!form) return;
      form.hidden = false;
      form.dataset.ticket = ticket;
      fill(form, entry);
      form.querySelector("textarea, input:not([type=hidden])")?.dispatchEvent(new Event("input", { bubbles: true }));
      /** @type {HTMLElement | null} */ (form.querySelector("textarea, input:not([type=hidden])"))?.focus();
    });
    item.querySelector("[data-take-back]")?.addEventListener("click", () => takeBack(box, ticket));
    return item;
  }));
}
