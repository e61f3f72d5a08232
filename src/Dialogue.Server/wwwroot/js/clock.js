// @ts-check
// The server names the end; this page counts. At zero nothing is taken away. Said at half time, two minutes, thirty seconds and the end.

import { say } from "./say.js";
import { word } from "./words.js";

let offset = 0;
/** @type {{deadline: number, left: number} | null} */
let before = null;
/** @type {number | undefined} */
let timer;

/** The server's clock, as it came with a batch or the page. @param {number} now */
export function serverNow(now) { offset = now - Date.now(); }

/** @param {number} left in milliseconds */
function spoken(left) {
  const seconds = Math.max(0, Math.round(left / 1000));
  if (seconds < 60) return word("seconds", seconds);
  const minutes = Math.round(seconds / 60);
  return word(minutes === 1 ? "minute" : "minutes", minutes);
}

/** @param {number} time */
function digits(time) {
  const seconds = Math.abs(Math.ceil(time / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

function read() {
  const element = /** @type {HTMLElement | null} */ (document.querySelector("[data-deadline]"));
  if (!element) return null;
  const deadline = Number(element.dataset.deadline);
  const now = element.dataset.paused ? Number(element.dataset.paused) : Date.now() + offset;
  const whole = deadline - Number(element.dataset.opened);
  return { element, deadline, left: deadline - now, whole, paused: Boolean(element.dataset.paused) };
}

export function tick() {
  clearTimeout(timer);
  const clock = read();
  if (clock) {
    const { element, deadline, left, whole } = clock;
    const text = left < 0 ? word("over", digits(left)) : "bare" in element.dataset ? digits(left) : word("left", digits(left));
    if (element.textContent !== text) element.textContent = text;
    element.classList.toggle("clock--over", left < 0);
    if (before && before.deadline === deadline && !clock.paused) {
      const passed = [whole / 2, 120_000, 30_000, 0].find(mark => before && before.left > mark && left <= mark);
      if (passed !== undefined) say(word("spoken", spoken(passed)));
    }
    before = { deadline, left };
  }
  timer = setTimeout(tick, clock ? 1000 - ((Date.now() + offset) % 1000) + 20 : 1000);
}

export function sayLeft() {
  const clock = read();
  if (clock) say(clock.left >= 0 ? word("spoken", spoken(clock.left)) : word("over", spoken(-clock.left)));
}
