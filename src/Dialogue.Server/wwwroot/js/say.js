// @ts-check
// Two live regions and no more. One's own act is said at once; what others do is a count, seldom, and not while somebody types.

const polite = document.getElementById("say-polite");
const alerts = document.getElementById("say-alert");
const every = 15_000, quiet = 5_000;
/** @type {string[]} */
const waiting = [];
let speaking = false, typedAt = 0, countedAt = 0, fresh = 0, own = 0;
/** @type {number | undefined} */
let timer;

/** @param {string} text */
export function say(text) {
  if (!polite || !text) return;
  waiting.push(text);
  if (!speaking) next();
}

function next() {
  const text = waiting.shift();
  speaking = text !== undefined;
  if (text === undefined || !polite) return;
  polite.textContent = "";
  setTimeout(() => { polite.textContent = text; setTimeout(next, 1500); }, 100);
}

/** Only when something of one's own was refused. @param {string} text */
export function alert(text) {
  if (!alerts) return;
  alerts.textContent = "";
  setTimeout(() => { alerts.textContent = text; }, 100);
}

/** The next note that appears is one's own, and was said already. */
export function ownComing() { own++; }

/** Notes appeared on the board. @param {number} count @param {(count: number) => string} words */
export function others(count, words) {
  const mine = Math.min(own, count);
  own -= mine;
  fresh += count - mine;
  const wanted = /** @type {HTMLInputElement | null} */ (document.getElementById("say-others"));
  if (fresh === 0 || !wanted?.checked || timer !== undefined) return;
  const speak = () => {
    const now = Date.now();
    const wait = Math.max(countedAt + every - now, typedAt + quiet - now);
    if (wait > 0) { timer = setTimeout(speak, wait); return; }
    timer = undefined;
    countedAt = now;
    const number = fresh;
    fresh = 0;
    if (number > 0) say(words(number));
  };
  speak();
}

document.addEventListener("keydown", () => { typedAt = Date.now(); }, true);
