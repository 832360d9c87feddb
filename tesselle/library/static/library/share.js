// What the telephone shared waits on a shelf of the service worker: taken from there into the form, and off the shelf.
import { announce } from "../web/js/announce.js";

const field = document.querySelector("[data-takes-shared]");

async function take() {
  const shelf = await caches.open("tesselle-shared");
  const basket = new DataTransfer();
  for (const request of await shelf.keys()) {
    const kept = await shelf.match(request);
    const blob = await kept.blob();
    basket.items.add(new File([blob], decodeURIComponent(kept.headers.get("X-Name") ?? "photo"), { type: blob.type }));
  }
  await caches.delete("tesselle-shared");
  if (basket.files.length === 0) return;
  field.files = basket.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  announce([...basket.files].map((file) => file.name).join(", "));
}

if (field && "caches" in window) take();
