// @ts-check
// Anonymous entries. The right to drop one is a ticket; ticket and text stay on this device and nowhere else, so that the author can
// change or take back the entry until the round closes.

import { fill } from "./forms.js";
import * as store from "./store.js";
import { word } from "./words.js";

/** @typedef {{ticket: string, entry: any}} Dropped */

const ticketLength = 32;
const padLength = 10 * ticketLength;
/** @type {import("./hub.js").Hub | undefined} */
let hub;
/** @type {string | undefined} the box of which the tickets are being drawn, or were refused on this device */
let asked;
/** @type {string | undefined} the box of which another device of this person has the tickets */
let elsewhere;

const bytes = (/** @type {string} */ text) => Uint8Array.from(atob(text), one => one.charCodeAt(0));
const base64 = (/** @type {Uint8Array} */ some) => btoa(String.fromCharCode(...some));

/** @param {import("./hub.js").Hub} connection */
export function start(connection) { hub = connection; }

/**
 * Draws the tickets of this device as soon as a round is open, so that drawing tells nothing about writing. They come hidden under random
 * bytes that only this device has: when the answer is lost, the same bytes get the same tickets. @param {string} box
 */
export async function draw(box) {
  if (!box || !hub?.up || asked === box || store.get(`tickets.${box}`)) return;
  asked = box;
  try {
    const pad = store.get(`pad.${box}`) ?? base64(crypto.getRandomValues(new Uint8Array(padLength)));
    store.set(`pad.${box}`, pad);
    const answer = await hub.tickets(box, pad);
    if (answer.tickets) {
      const mask = bytes(pad);
      const plain = bytes(answer.tickets).map((one, index) => one ^ mask[index]);
      store.set(`tickets.${box}`, Array.from({ length: plain.length / ticketLength }, (_, index) =>
        base64(plain.subarray(index * ticketLength, (index + 1) * ticketLength))));
      store.remove(`pad.${box}`);
    } else if (answer.refused === "ticket-unknown") {
      elsewhere = box; // Drawn by another device, or by another tab, which stores them for both.
      return;
    }
    asked = undefined;
  } catch { asked = undefined; /* the connection fell: asked again after the next one */ }
}

/** @param {string} box */
export const isElsewhere = box => elsewhere === box;

/**
 * The ticket of one entry, always the same for the same entry: two tabs that send it put it in once.
 * @param {string} box @param {string} entry @returns {string | null | undefined} null when all are used; undefined when none were drawn yet
 */
export function ticketFor(box, entry) {
  const tickets = /** @type {string[] | null} */ (store.get(`tickets.${box}`));
  if (!tickets) return undefined;
  const used = /** @type {Record<string, string>} */ (store.get(`used.${box}`) ?? {});
  const first = parseInt(entry.slice(0, 8), 16) % tickets.length;
  const order = [...tickets.slice(first), ...tickets.slice(0, first)];
  const ticket = order.find(one => used[one] === entry) ?? order.find(one => !used[one]) ?? null;
  if (ticket) store.set(`used.${box}`, { ...used, [ticket]: entry });
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
    const used = store.get(`used.${box}`) ?? {};
    delete used[ticket];
    store.set(`used.${box}`, used);
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
  void draw(box);
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
