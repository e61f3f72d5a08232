// @ts-check
// Single keys for a guide, on whose page alone this is: off until switched on, and never while somebody types.

const name = "dialogue-keys";
const box = /** @type {HTMLInputElement} */ (document.getElementById("use-keys"));

try { box.checked = localStorage.getItem(name) === "on"; } catch { /* blocked: off */ }
box.addEventListener("change", () => {
  try { localStorage.setItem(name, box.checked ? "on" : "off"); } catch { /* for this page only */ }
});
document.addEventListener("keydown", event => {
  if (!box.checked || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.defaultPrevented) return;
  const target = /** @type {HTMLElement} */ (event.target);
  if (target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
  if (event.key === "?") { box.focus(); box.scrollIntoView(); event.preventDefault(); return; }
  const button = /** @type {HTMLElement | null} */ (document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`));
  if (!button) return;
  event.preventDefault();
  button.click();
});
