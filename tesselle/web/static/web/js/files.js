// Says in our words which files are chosen; the field itself, which a screen reader hears, does so in the browser's.
// <div class="file-drop"><input type="file"><span class="button">…</span><span class="file-drop-hint">…</span></div>
// A field that hands its files over at once ([data-upload]) has nothing chosen afterwards.
import { fresh } from "./find.js";

function say(zone, field, unchosen) {
  const names = [...field.files].map((file) => file.name);
  zone.toggleAttribute("data-chosen", names.length > 0);
  zone.querySelector(".file-drop-hint").textContent = names.length > 0 ? names.join(", ") : unchosen;
}

export function bind(root) {
  for (const zone of fresh(root, ".file-drop", bind)) {
    const field = zone.querySelector("input[type=file]");
    const hint = zone.querySelector(".file-drop-hint");
    if (!field || !hint || zone.closest("[data-upload]")) continue;
    const unchosen = hint.textContent;
    field.addEventListener("change", () => say(zone, field, unchosen));
    field.form?.addEventListener("reset", () => setTimeout(() => say(zone, field, unchosen)));
    if (field.files.length > 0) say(zone, field, unchosen); // gone back to: the browser kept them
  }
}
