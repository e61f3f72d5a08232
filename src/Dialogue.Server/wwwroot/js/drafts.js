// @ts-check
// Whatever is typed is on this device at each keystroke. It comes back after a reload, after a phase and back, and after a region
// was drawn again; it goes away when the server has accepted it.

import * as store from "./store.js";
import { word } from "./words.js";

/** Fields that somebody changed: drawing a region again leaves them as they are. @type {WeakSet<Element>} */
export const touched = new WeakSet();

/** @param {Element} element @returns {element is HTMLInputElement | HTMLTextAreaElement} */
export const isText = element => element instanceof HTMLTextAreaElement
  || (element instanceof HTMLInputElement && ["text", "email", "date"].includes(element.type));

/** A choice that goes with a text, such as a column. @param {Element} element @returns {element is HTMLInputElement} */
const isChoice = element => element instanceof HTMLInputElement && element.type === "radio";

/** @param {HTMLFormElement} form @param {HTMLInputElement | HTMLTextAreaElement} field */
const key = (form, field) => `${isChoice(field) ? "choice" : "draft"}.${form.id}/${field.name}`;

/** @param {HTMLFormElement} form @param {string} text */
export function state(form, text) {
  const place = form.querySelector("[data-state]");
  if (place) place.textContent = text;
}

export function watch() {
  document.addEventListener("input", event => {
    const field = /** @type {Element} */ (event.target);
    const form = field instanceof HTMLElement ? field.closest("form") : null;
    if (!form || !form.id || !("name" in field)) return;
    touched.add(field);
    if (isChoice(field) && field.checked) store.set(key(form, field), field.value);
    if (!isText(field)) return;
    if (field.value) store.set(key(form, field), field.value); else store.remove(key(form, field));
    const left = field.maxLength > 0 ? field.maxLength - field.value.length : Infinity;
    state(form, left <= 400 ? word("characters", left) : field.value && store.durable ? word("writing") : "");
  });
}

/** Puts drafts back where nobody is typing. @param {ParentNode} [root] */
export function restore(root = document) {
  for (const form of root.querySelectorAll("form[id]")) {
    for (const field of /** @type {HTMLFormElement} */ (form).elements) {
      if (touched.has(field)) continue;
      const kept = isText(field) || isChoice(field) ? store.get(key(/** @type {HTMLFormElement} */ (form), field)) : null;
      if (isChoice(field)) { if (kept === field.value) { field.checked = true; touched.add(field); } continue; }
      if (!isText(field)) continue;
      if (typeof kept !== "string" || kept === field.value) continue;
      field.value = kept;
      touched.add(field);
      for (let fold = field.closest("details"); fold; fold = fold.parentElement?.closest("details") ?? null) fold.open = true;
    }
  }
  orphans();
}

/** Text of a form that is not on the page now, because the room went on: shown, so that nobody thinks it is gone. */
function orphans() {
  const list = document.getElementById("pending");
  if (!list) return;
  list.querySelectorAll("[data-orphan]").forEach(one => one.remove());
  /** @type {Map<string, string[]>} */
  const kept = new Map();
  for (const one of store.keys("draft.")) {
    const form = one.slice("draft.".length, one.lastIndexOf("/"));
    if (!document.getElementById(form)) kept.set(form, [...(kept.get(form) ?? []), store.get(one)]);
  }
  for (const texts of kept.values()) {
    const item = document.createElement("li");
    item.dataset.orphan = "";
    item.textContent = `${word("kept")}: ${texts.join(" – ")}`;
    list.append(item);
  }
}

/** The text of a form, to be put back when it is refused. @param {HTMLFormElement} form @returns {Record<string, string>} */
export function take(form) {
  /** @type {Record<string, string>} */
  const fields = {};
  for (const field of form.elements) {
    if (!isText(field)) {
      if (field instanceof HTMLInputElement && field.type === "checkbox" && field.checked) field.checked = false;
      if (isChoice(field)) store.remove(key(form, field));
      touched.delete(field);
      continue;
    }
    if (field.value !== field.defaultValue) fields[field.name] = field.value;
    store.remove(key(form, field));
    touched.delete(field);
    if (field.defaultValue === "") field.value = "";
  }
  return fields;
}

/**
 * @param {string} id of the form @param {Record<string, string>} fields @param {string[]} [ticked]
 * @returns {boolean} whether the form is there
 */
export function putBack(id, fields, ticked = []) {
  const form = document.getElementById(id);
  for (const [name, text] of Object.entries(fields)) {
    const field = form instanceof HTMLFormElement ? form.elements.namedItem(name) : null;
    const kept = () => store.get(`draft.${id}/${name}`) ?? "";
    const now = field instanceof Element && isText(field) ? (field.value !== field.defaultValue ? field.value : "") : kept();
    const whole = now && now !== text ? `${text}\n\n${now}` : text;
    if (whole) store.set(`draft.${id}/${name}`, whole);
    if (field instanceof Element && isText(field)) { field.value = whole; touched.add(field); }
  }
  for (const one of ticked) {
    const box = document.getElementById(one);
    if (box instanceof HTMLInputElement) { box.checked = true; touched.add(box); }
  }
  return form instanceof HTMLFormElement;
}
