// @ts-check
// Words come with the page, in its language; the script has none of its own.

const room = /** @type {HTMLElement} */ (document.getElementById("room"));

/** @param {string} name @param {...(string | number)} values */
export function word(name, ...values) {
  const text = room.getAttribute("data-t-" + name) ?? "";
  return text.replace(/\{(\d)\}/g, (_, index) => String(values[Number(index)] ?? ""));
}

/** The words of a refusal; the plain ones when a fact is lacking. @param {string} code @param {Record<string, string> | null} [facts] */
export function refusal(code, facts) {
  const found = /** @type {HTMLTemplateElement | null} */ (document.querySelector(`template[data-refusal="${CSS.escape(code)}"]`));
  const text = (found?.content.textContent?.trim() || word("failed")).replace(/\{(\w+)\}/g, (whole, name) => facts?.[name] ?? whole);
  return /\{\w+\}/.test(text) ? found?.dataset.plain ?? text : text;
}
