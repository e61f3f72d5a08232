// @ts-check
// Starts the room. The page is readable and complete before this runs; this keeps it current and takes what people write.

import { apply, fillValues } from "./apply.js";
import * as clock from "./clock.js";
import * as drafts from "./drafts.js";
import { Hub } from "./hub.js";
import * as pending from "./pending.js";
import { others, say } from "./say.js";
import * as sealed from "./sealed.js";
import { Sequence } from "./sequence.js";
import * as store from "./store.js";
import { word } from "./words.js";

const room = /** @type {HTMLElement} */ (document.getElementById("room"));
const heartbeat = 15_000;

store.sweep();
drafts.watch();
drafts.restore();
fillValues();
clock.serverNow(Number(room.dataset.now));
clock.tick();

const hub = new Hub(room.dataset.dialogue ?? "", room.dataset.role ?? "room");
const sequence = new Sequence(Number(room.dataset.number), batch => {
  const fresh = apply(batch.changes ?? [], say);
  clock.serverNow(batch.now);
  clock.tick();
  drafts.restore();
  sealed.show();
  const all = () => document.querySelectorAll("#board [id^='item-']").length;
  if (fresh > 0) others(fresh, count => word(count === 1 ? "new-one" : "new-many", count, all()));
  whenClosed();
  // Who is no longer at the table needs no line, and does not ask for one for ever.
  if (document.querySelector("#notice [data-left]")) void hub.stop();
}, since => hub.catchUp(since), reload);

hub.onReceive(batch => { clock.serverNow(batch.now); sequence.receive(batch); });
pending.start(hub, through => {
  if (through > sequence.mine) setTimeout(() => { if (through > sequence.mine) void sequence.catchUp(); }, 1000);
});
sealed.show();
whenClosed();

// Said after three seconds, once; small and calm, over the page wherever somebody has scrolled. A refusal is said at once.
const line = document.getElementById("connection");
/** @type {number | undefined} */
let soon;
let told = "";
hub.onChange(up => {
  if (up) {
    clearTimeout(soon);
    soon = undefined;
    if (line) line.hidden = true;
    if (told) say(word("back"));
    told = "";
    void sequence.catchUp().then(() => pending.flush());
    sealed.show();
  } else if (refused()) offline();
  else if (line && !line.hidden) offline();
  // Counted from when the line was lost: each try that fails says so again.
  else soon ??= setTimeout(offline, 3000);
  room.dataset.connected = String(up);
  pending.show();
});
soon = setTimeout(offline, 3000);
hub.start();
setInterval(() => { if (hub.up) { void sequence.catchUp(); void pending.flush(); } }, heartbeat);

function refused() { return hub.state !== "up" && hub.state !== "unreachable"; }

/** What is wrong with the line, in words; with what still waits to be sent. */
function offline() {
  const count = pending.unsent();
  if (!line || (hub.up && count === 0)) return;
  const what = refused() ? hub.state : hub.up ? "slow" : "offline";
  line.textContent = word(what) + (count > 0 ? " " + word("unsent", count) : "");
  if (what === "signed-out") {
    const link = document.createElement("a");
    link.href = "/inloggen?terug=" + encodeURIComponent(location.pathname);
    link.textContent = word("sign-in");
    line.append(" ", link);
  }
  line.hidden = false;
  if (told !== what) say(word(what));
  told = what;
}

/** After an act that has no answer in three seconds: a button must not look as if nothing happened. */
function watchAnswer() {
  setTimeout(() => {
    if (pending.unsent() > 0) { offline(); watchAnswer(); }
    else if (hub.up && line) { line.hidden = true; told = ""; }
  }, 3000);
}

/** The page is the shorter way to what happened; what is being typed stays on the device. Not more often than every ten seconds. */
function reload() {
  const wait = Number(sessionStorage.getItem("reloaded") ?? 0) + 10_000 - Date.now();
  setTimeout(() => { sessionStorage.setItem("reloaded", String(Date.now())); location.reload(); }, Math.max(wait, Math.random() * 1000));
}

/** When the dialogue has ended and nothing waits, nothing stays on this device. */
function whenClosed() {
  if (document.querySelector("#closed > *") && pending.unsent() === 0) store.erase();
}

document.addEventListener("submit", event => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!form.dataset.command && !form.dataset.sealed) return;
  event.preventDefault();
  pending.submit(form, event.submitter);
  form.closest("dialog")?.close();
  if (line && !line.hidden) offline();
  watchAnswer();
});

document.addEventListener("click", event => {
  const button = /** @type {HTMLElement} */ (event.target).closest("button");
  if (!button) return;
  if (button.dataset.open) {
    button.closest("dialog")?.close();
    /** @type {HTMLDialogElement | null} */ (document.getElementById(button.dataset.open))?.showModal();
  } else if ("close" in button.dataset) button.closest("dialog")?.close();
  else if ("sayClock" in button.dataset) clock.sayLeft();
});

document.addEventListener("keydown", event => {
  const field = /** @type {HTMLElement} */ (event.target);
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing || !(field instanceof HTMLTextAreaElement)) return;
  event.preventDefault();
  field.form?.requestSubmit();
});
