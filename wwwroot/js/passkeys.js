// Passkeys: the browser's own dialog between two questions to the console. Each function answers nothing, or why it did not go.
const ask = async (path, body) => {
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}) });
  const text = await answer.text();
  const said = text ? JSON.parse(text) : null;
  if (!answer.ok) { throw new Error(said?.detail ?? "The console did not take it."); }
  return said;
};

const tell = async work => {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) { return "This browser has no passkeys, or the address is not one for which it allows them."; }
  try {
    await work();
    return null;
  } catch (fault) {
    return fault.name === "NotAllowedError" ? "It was cancelled, or took too long." : fault.name === "InvalidStateError" ? "This device has a passkey for you already." : fault.message;
  }
};

const shown = async () => {
  const options = PublicKeyCredential.parseRequestOptionsFromJSON(await ask("/sign-in/passkey/options"));
  return JSON.stringify(await navigator.credentials.get({ publicKey: options }));
};

export const enrol = name => tell(async () => {
  const options = PublicKeyCredential.parseCreationOptionsFromJSON(await ask("/api/v1/account/passkeys/options"));
  const credential = await navigator.credentials.create({ publicKey: options });
  await ask("/api/v1/account/passkeys", { name, credential: JSON.stringify(credential) });
});

export const confirm = () => tell(async () => ask("/api/v1/account/passkeys/confirm", { credential: await shown() }));

// On the sign-in page there is no circuit: its button says itself where it leads.
const button = document.querySelector("[data-passkey]");
button?.addEventListener("click", async () => {
  button.disabled = true;
  const fault = await tell(async () => ask("/sign-in/passkey", { credential: await shown() }));
  if (!fault) { location.assign(button.dataset.passkey); return; }
  button.disabled = false;
  const note = document.getElementById("passkey-fault");
  note.textContent = fault;
  note.hidden = false;
});
