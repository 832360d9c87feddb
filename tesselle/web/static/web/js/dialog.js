// Opens a native dialog. <a href="/same/thing/as/a/page" data-opens="confirm-1"> … <dialog id="confirm-1">
// <button data-closes> inside it closes; so do Escape and a click on the veil.
import { fresh } from "./find.js";

export function bind(root) {
  for (const opener of fresh(root, "[data-opens]", bind)) {
    opener.addEventListener("click", (event) => {
      const dialog = document.getElementById(opener.dataset.opens);
      if (!dialog) return;
      event.preventDefault();
      dialog.showModal();
    });
  }
  for (const dialog of fresh(root, "dialog", bind)) {
    dialog.addEventListener("click", (event) => {
      if (event.target === dialog || event.target.closest("[data-closes]")) dialog.close();
    });
  }
}
