// @ts-check
// Passkeys: asks the browser for one and sends what it answers. Without this script, or in a browser that has none, the button stays
// hidden and a password works as ever.

/** @param {string} text */
const bytes = text => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), letter => letter.charCodeAt(0));

/** @param {ArrayBuffer | null | undefined} buffer */
const base64url = buffer => buffer
  ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "") : undefined;

/** As the newer browsers do themselves. @param {any} options */
function parsed(options) {
  options.challenge = bytes(options.challenge);
  if (options.user) options.user.id = bytes(options.user.id);
  for (const list of [options.excludeCredentials, options.allowCredentials])
    for (const one of list ?? []) one.id = bytes(one.id);
  return options;
}

/** @param {any} credential */
function json(credential) {
  const answer = credential.response;
  return {
    id: credential.id, rawId: base64url(credential.rawId), type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: {
      clientDataJSON: base64url(answer.clientDataJSON), attestationObject: base64url(answer.attestationObject),
      authenticatorData: base64url(answer.authenticatorData ?? answer.getAuthenticatorData?.()),
      signature: base64url(answer.signature), userHandle: base64url(answer.userHandle), transports: answer.getTransports?.(),
    },
  };
}

/** @param {string} address @param {any} body */
async function post(address, body) {
  const answer = await fetch(address, {
    method: "POST", credentials: "same-origin", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  if (!answer.ok) throw Object.assign(new Error("refused"), { status: answer.status });
  return answer.status === 204 ? null : answer.json();
}

async function signIn() {
  const options = parsed(await post("/api/v1/sign-in/passkey/options", {}));
  const credential = await navigator.credentials.get({ publicKey: options });
  await post("/api/v1/sign-in/passkey", { credential: json(credential) });
}

/** @param {HTMLElement} part */
async function add(part) {
  const field = (/** @type {string} */ name) => /** @type {HTMLInputElement | null} */ (part.querySelector(`[name="${name}"]`));
  const options = parsed(await post("/api/v1/me/passkeys/options", { password: field("Passkey.Password")?.value ?? "" }));
  const credential = await navigator.credentials.create({ publicKey: options });
  await post("/api/v1/me/passkeys", { credential: json(credential), name: field("Passkey.Name")?.value ?? "" });
}

for (const part of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-passkey]"))) {
  if (!window.PublicKeyCredential || !window.isSecureContext) continue;
  part.hidden = false;
  /** @type {HTMLElement | null} */ (part.closest("[data-passkey-fold]"))?.removeAttribute("hidden");
  const button = /** @type {HTMLButtonElement} */ (part.querySelector("button"));
  const error = /** @type {HTMLElement} */ (part.querySelector("[data-failed]"));
  const act = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (button.disabled) return;
    button.disabled = true;
    error.hidden = true;
    try {
      await (part.dataset.passkey === "add" ? add(part) : signIn());
      location.assign(part.dataset.target ?? "/");
    } catch (problem) {
      const status = /** @type {any} */ (problem).status;
      const why = status === 403 ? error.dataset.password : status === 429 ? error.dataset.wait : undefined;
      error.textContent = why ?? error.dataset.failed ?? "";
      error.hidden = false;
      button.disabled = false;
    }
  };
  if (part instanceof HTMLFormElement) part.addEventListener("submit", act);
  else button.addEventListener("click", act);
}
