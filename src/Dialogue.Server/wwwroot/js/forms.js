// @ts-check
// A form says by its names and data-as what becomes of it, so an activity needs no script of its own.

/** @param {HTMLFormElement} form @param {HTMLElement | null} submitter @returns {Record<string, any>} */
export function read(form, submitter) {
  /** @type {Record<string, any>} */
  const result = {};
  for (const element of form.elements) {
    const field = /** @type {HTMLInputElement} */ (element);
    if (!field.name || field.disabled) continue;
    if ((field.type === "submit" || field.type === "button") && field !== submitter) continue;
    if ((field.type === "radio" || field.type === "checkbox") && !field.checked) continue;
    put(result, field.name.split("."), field);
  }
  return result;
}

/** @param {Record<string, any>} into @param {string[]} path @param {HTMLInputElement} field */
function put(into, path, field) {
  const [name, ...rest] = path;
  if (rest.length > 0) { put(into[name] ??= {}, rest, field); return; }
  const as = field.dataset.as;
  if (as === "list" || as === "numbers") {
    into[name] ??= [];
    if (field.value !== "") into[name].push(as === "numbers" ? Number(field.value) : field.value);
  } else into[name] = value(field, as);
}

/** @param {HTMLInputElement} field @param {string | undefined} as */
function value(field, as) {
  const text = field.value;
  if ("optional" in field.dataset && text.trim() === "") return null;
  switch (as) {
    case "number": return text === "" ? null : Number(text);
    case "bool": return text === "true";
    case "json": return JSON.parse(text);
    default: return text;
  }
}

/** Fills a form from what was read from it. @param {HTMLFormElement} form @param {Record<string, any>} values @param {string} [start] */
export function fill(form, values, start = "") {
  for (const [name, one] of Object.entries(values)) {
    if (one !== null && typeof one === "object") { fill(form, one, `${start}${name}.`); continue; }
    for (const element of form.elements) {
      const field = /** @type {HTMLInputElement} */ (element);
      if (field.name !== start + name || one === null) continue;
      if (field.type === "radio") field.checked = field.value === String(one);
      else field.value = String(one);
    }
  }
}
