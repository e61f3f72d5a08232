// @ts-check
// The only module that turns text into elements, through the one Trusted Types policy. Everything else uses textContent.
// Drawing a region again keeps focus, what was typed, what was folded open, and the order of the board while focus is in it.

import { touched } from "./drafts.js";
import { word } from "./words.js";

/** @typedef {{do: string, target: string, html?: string, into?: string}} Change */

const trusted = /** @type {any} */ (window).trustedTypes;
const asItIs = { createHTML: (/** @type {string} */ html) => html };
const policy = trusted ? trusted.createPolicy("dialogue", asItIs) : asItIs;
const isScreen = document.getElementById("room")?.dataset.role === "scherm";

/** New things for the board that wait until focus has left it. @type {Map<string, {element: Element, into: string}>} */
const held = new Map();

/** @param {string} html @returns {Element | null} */
function parse(html) {
  const page = new DOMParser().parseFromString(policy.createHTML(html), "text/html");
  page.querySelectorAll("script,iframe,object,embed,link,style,base,meta").forEach(one => one.remove());
  const element = page.body.firstElementChild;
  return element ? document.adoptNode(element) : null;
}

/** @param {Change[]} changes @param {(text: string) => void} say @returns {number} how many notes are new */
export function apply(changes, say) {
  let fresh = 0;
  for (const change of changes) {
    try {
      if (change.do === "say") say(change.html ?? "");
      else if (change.do === "remove") remove(change.target);
      else if (place(change)) fresh++;
    } catch (error) { console.error("change", change.target, error); }
  }
  fillValues();
  showHeld();
  return fresh;
}

/** @param {Change} change @returns {boolean} whether a note is new */
function place(change) {
  const element = parse(change.html ?? "");
  const target = document.getElementById(change.target);
  if (!element) return false;
  if (change.target === "board") held.clear();
  if (target) {
    keepingFocus(target, () => {
      morph(target, element);
      const now = document.getElementById(change.target);
      if (change.into && now && now.parentElement?.id !== change.into) document.getElementById(change.into)?.append(now);
    });
    return false;
  }
  if (change.do !== "put" || !change.into) return false;
  const into = document.getElementById(change.into);
  if (!into && !held.has(change.target)) return false;
  // Only notes wait: what is put inside one, such as a value, moves nothing.
  if (!isScreen && change.target.startsWith("item-") && (held.has(change.target) || boardHasFocus(into)))
    held.set(change.target, { element, into: change.into });
  else into?.append(element);
  return change.target.startsWith("item-");
}

/** @param {string} id */
function remove(id) {
  held.delete(id);
  const target = document.getElementById(id);
  if (!target) return;
  const hadFocus = target.contains(document.activeElement);
  const next = /** @type {HTMLElement | null} */ (target.nextElementSibling ?? target.previousElementSibling ?? target.closest("section"));
  target.remove();
  if (hadFocus) focus(next);
}

/** @param {Element | null} into */
function boardHasFocus(into) {
  const board = document.getElementById("board");
  const active = document.activeElement;
  return Boolean(board && into && board.contains(into) && active && active !== board && board.contains(active));
}

/** @param {Element} target @param {Element} element */
function morph(target, element) {
  /** @type {any} */ (window).Idiomorph.morph(target, element, {
    morphStyle: "outerHTML",
    callbacks: {
      beforeNodeMorphed: (/** @type {any} */ old, /** @type {any} */ now) => {
        if (!(old instanceof HTMLElement)) return true;
        if (old.matches("[data-state], select[data-values]")) return false;
        if (touched.has(old)) {
          if (old instanceof HTMLInputElement && (old.type === "radio" || old.type === "checkbox")) now.checked = old.checked;
          else if ("value" in old) now.value = old.value;
        }
        return true;
      },
      beforeNodeRemoved: (/** @type {any} */ old) => !(old instanceof HTMLElement && "keep" in old.dataset),
      beforeAttributeUpdated: (/** @type {string} */ name, /** @type {any} */ old) =>
        !(name === "open" && (old instanceof HTMLDetailsElement || old instanceof HTMLDialogElement)) &&
        !(name === "hidden" && old instanceof HTMLFormElement),
    },
  });
}

/** @param {Element} target @param {() => void} change */
function keepingFocus(target, change) {
  const active = /** @type {HTMLElement | null} */ (document.activeElement);
  const inside = active && active !== document.body && target.contains(active);
  const id = active?.id;
  const region = target.id;
  change();
  if (!inside || (document.activeElement && document.activeElement !== document.body)) return;
  focus((id ? document.getElementById(id) : null) ?? (active.isConnected ? active : null) ?? document.getElementById(region));
}

/** @param {HTMLElement | null} element */
function focus(element) {
  if (!element) return;
  if (element.tabIndex < 0 && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** A button that says how many new things wait. */
function showHeld() {
  const board = document.getElementById("board");
  let button = /** @type {HTMLButtonElement | null} */ (document.getElementById("show-new"));
  if (held.size === 0 || !board) { button?.remove(); return; }
  if (!button) {
    button = document.createElement("button");
    button.type = "button";
    button.id = "show-new";
    button.dataset.keep = "";
    button.className = "show-new utrecht-button utrecht-button--secondary-action";
    button.addEventListener("click", () => { const first = release(); focus(first); });
    board.append(button);
  }
  const text = word(held.size === 1 ? "show-one" : "show-many", held.size);
  if (button.textContent !== text) button.textContent = text;
}

/** @returns {HTMLElement | null} the first that appeared */
function release() {
  let first = null;
  for (const { element, into } of held.values()) {
    document.getElementById(into)?.append(element);
    first ??= /** @type {HTMLElement} */ (element);
  }
  held.clear();
  fillValues();
  showHeld();
  return first;
}

document.addEventListener("focusout", event => {
  const board = document.getElementById("board");
  if (held.size > 0 && board && !board.contains(/** @type {Node | null} */ (event.relatedTarget)) && event.relatedTarget) release();
});

/** The vocabulary is on the page once; each list of values that is open gets a copy. */
export function fillValues() {
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById("t-values"));
  if (!template) return;
  for (const select of document.querySelectorAll("select[data-values]")) {
    if (select.childElementCount > 1 || select.closest("details:not([open])")) continue;
    select.append(template.content.cloneNode(true));
  }
}
document.addEventListener("toggle", fillValues, true);
