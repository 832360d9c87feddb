// Toasts leave by themselves, except errors and those that offer an undo while it has the pointer or focus.
// <div data-toast data-seconds="8"> … <button data-close-toast> … <form data-undo> (posted by htmx if it is there)
import { fresh } from "./find.js";

const DEFAULT_SECONDS = 8;

export function bind(root) {
  for (const toast of fresh(root, "[data-toast]", bind)) {
    toast.querySelector("[data-close-toast]")?.addEventListener("click", () => toast.remove());
    if (toast.dataset.seconds !== "0") leaveByItself(toast);
  }
}

function leaveByItself(toast) {
  const seconds = Number(toast.dataset.seconds ?? DEFAULT_SECONDS);
  const leave = () => {
    if (toast.matches(":hover, :focus-within")) setTimeout(leave, 1000);
    else toast.remove();
  };
  setTimeout(leave, seconds * 1000);
}

// Shows a toast drawn from the template of the page: <template id="toast-template">.
export function show(text, { tone = "error", seconds = 0 } = {}) {
  const region = document.getElementById("toasts");
  const template = document.getElementById("toast-template");
  if (!region || !template) return;
  const toast = template.content.firstElementChild.cloneNode(true);
  toast.classList.add(`toast--${tone}`);
  toast.dataset.seconds = String(seconds);
  toast.querySelector("p").textContent = text;
  region.append(toast);
  bind(toast);
}
