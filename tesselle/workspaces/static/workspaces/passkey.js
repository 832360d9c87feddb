// Makes or uses a passkey, then sends the form. Without script or support the form says what it says.
// <form method="post" data-passkey="create|get" data-options="{json}" | data-options-url="/…"
//   data-failed="…" data-unsupported="…"> <input type="hidden" name="credential"> <button>
// A checkbox named "passwordless" asks for a key that signs in by itself.
import { show } from "../web/js/toast.js";

const supported = () => typeof window.PublicKeyCredential?.parseRequestOptionsFromJSON === "function";

async function optionsOf(form) {
  if (form.dataset.options) return JSON.parse(form.dataset.options).publicKey;
  const answer = await fetch(form.dataset.optionsUrl, {
    headers: { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" },
  });
  if (!answer.ok) throw new Error(`no options: ${answer.status}`);
  return (await answer.json()).request_options.publicKey;
}

async function create(form) {
  const options = await optionsOf(form);
  const passwordless = form.elements.namedItem("passwordless")?.checked;
  options.authenticatorSelection = {
    ...options.authenticatorSelection,
    residentKey: passwordless ? "required" : "discouraged",
    requireResidentKey: Boolean(passwordless),
    ...(passwordless ? { userVerification: "required" } : {}),
  };
  return navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) });
}

async function get(form) {
  const options = await optionsOf(form);
  return navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
}

async function onSubmit(event) {
  const form = event.target;
  const credential = form.elements.namedItem("credential");
  if (credential.value) return;
  event.preventDefault();
  if (!supported()) return show(form.dataset.unsupported);
  try {
    const made = await (form.dataset.passkey === "create" ? create(form) : get(form));
    credential.value = JSON.stringify(made.toJSON());
  } catch (error) {
    console.warn(error);
    return show(form.dataset.failed);
  }
  form.submit();
}

for (const form of document.querySelectorAll("form[data-passkey]")) form.addEventListener("submit", onSubmit);
