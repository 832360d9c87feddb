// This browser takes messages while the page is closed: asked for by a button, never by itself.
// <button data-push-key="…" data-push-to="/settings/devices">
const button = document.querySelector("[data-push-key]");

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/").padEnd(Math.ceil(text.length / 4) * 4, "="));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

function called() {
  const system = /iPhone|iPad|Android|Windows|Macintosh|Linux/.exec(navigator.userAgent)?.[0] ?? "";
  const browser = /Firefox|Edg|Chrome|Safari/.exec(navigator.userAgent)?.[0]?.replace("Edg", "Edge") ?? "";
  return [browser, system].filter(Boolean).join(" · ");
}

function complain(text) {
  let line = document.getElementById("push-trouble");
  if (!line) {
    line = document.createElement("p");
    line.id = "push-trouble";
    line.className = "form-errors";
    line.setAttribute("role", "alert");
    button.after(line);
  }
  line.textContent = text;
}

async function subscribe() {
  if ((await Notification.requestPermission()) !== "granted") return complain(button.dataset.pushRefused);
  const worker = await navigator.serviceWorker.ready;
  await (await worker.pushManager.getSubscription())?.unsubscribe();
  const key = bytes(button.dataset.pushKey);
  const made = await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  const token = document.querySelector("input[name=csrfmiddlewaretoken]").value;
  const answer = await fetch(button.dataset.pushTo, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body: JSON.stringify({ ...made.toJSON(), name: called() }),
  });
  if (answer.ok) return location.reload();
  return complain((await answer.json()).said);
}

if (button) {
  const able = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
  button.hidden = !able;
  document.querySelector("[data-push-none]").hidden = able;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await subscribe();
    } catch {
      complain(button.dataset.pushFailed);
    } finally {
      button.disabled = false;
    }
  });
}
