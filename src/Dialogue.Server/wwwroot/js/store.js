// @ts-check
// What stays on this device for one dialogue: drafts, what waits to be sent, anonymous entries. Where the browser forbids
// storage it stays in memory, as long as the page lives. Erased at leaving, at closing, and a day after the last use.

const day = 24 * 60 * 60 * 1000;
/** @type {Map<string, string>} */
const memory = new Map();
/** @type {Storage | null} */
let disk = null;
try {
  window.localStorage.setItem("dialogue.try", "1");
  window.localStorage.removeItem("dialogue.try");
  disk = window.localStorage;
} catch { /* blocked: memory it is */ }

const room = document.getElementById("room");
const prefix = `dialogue.${room?.dataset.dialogue ?? ""}.${room?.dataset.seat ?? ""}.`;

/** Whether what is kept outlives this page. */
export const durable = disk !== null;

/** @param {string} key @returns {any} */
export function get(key) {
  const text = memory.get(prefix + key) ?? disk?.getItem(prefix + key) ?? null;
  try { return text === null ? null : JSON.parse(text); } catch { return null; }
}

/** @param {string} key @param {any} value */
export function set(key, value) {
  const text = JSON.stringify(value);
  try {
    if (!disk) throw new Error("no disk");
    disk.setItem(prefix + key, text);
    disk.setItem(prefix + "at", JSON.stringify(Date.now()));
    memory.delete(prefix + key);
  } catch { memory.set(prefix + key, text); } // full or blocked
}

/** @param {string} key */
export function remove(key) {
  memory.delete(prefix + key);
  disk?.removeItem(prefix + key);
}

/** Keys that begin so, without the prefix of the dialogue. @param {string} start @returns {string[]} */
export function keys(start) {
  const all = new Set(memory.keys());
  for (let index = 0; disk && index < disk.length; index++) all.add(disk.key(index) ?? "");
  return [...all].filter(key => key.startsWith(prefix + start)).map(key => key.slice(prefix.length));
}

export function erase() {
  for (const key of keys("")) remove(key);
}

/** Other dialogues on this device that nobody used for a day. */
export function sweep() {
  if (!disk) return;
  const all = Array.from({ length: disk.length }, (_, index) => disk?.key(index) ?? "");
  for (const key of all.filter(one => /^dialogue\..*\.at$/.test(one))) {
    if (Date.now() - Number(disk.getItem(key)) < day) continue;
    const old = key.slice(0, -"at".length);
    for (const one of all.filter(other => other.startsWith(old))) disk.removeItem(one);
  }
}
