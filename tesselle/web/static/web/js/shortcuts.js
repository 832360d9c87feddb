// Keys that press what stands on the page: <button data-shortcut="ctrl+enter" data-shortcut-label="Plan">.
// "?" opens <dialog id="shortcuts"> with the list of those that are there now. Keys pressed alone stay quiet while
// somebody types, and <input type="checkbox" data-single-keys> in the dialog switches them off for good.
import { fresh } from "./find.js";

const OFF = "tesselle:no-single-keys";
const TYPED_IN = "input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select, [contenteditable]";

/** How a key press is written: "ctrl+enter". The Mac's command key counts as ctrl. */
export function written(event) {
  const mods = [event.ctrlKey || event.metaKey ? "ctrl" : "", event.altKey ? "alt" : ""].filter(Boolean);
  return [...mods, event.key.toLowerCase()].join("+");
}

/** The element that answers to the keys: the last visible one, since a dialog stands above its page. */
export function targetOf(keys, candidates) {
  return candidates.filter((one) => one.dataset.shortcut === keys && !one.disabled && isShown(one)).at(-1) ?? null;
}

function isShown(element) {
  return element.getClientRects().length > 0;
}

function isOff() {
  return localStorage.getItem(OFF) === "yes";
}

function fill(dialog) {
  const list = dialog.querySelector("[data-shortcut-list]");
  const shown = [...document.querySelectorAll("[data-shortcut][data-shortcut-label]")].filter(isShown);
  list.replaceChildren(...shown.flatMap((element) => {
    const term = document.createElement("dt");
    for (const [index, key] of element.dataset.shortcut.split("+").entries()) {
      if (index) term.append(" + ");
      const kbd = document.createElement("kbd");
      kbd.textContent = dialog.dataset[`key${key[0].toUpperCase()}${key.slice(1)}`] ?? key.toUpperCase();
      term.append(kbd);
    }
    const meaning = document.createElement("dd");
    meaning.textContent = element.dataset.shortcutLabel;
    return [term, meaning];
  }));
}

export function bind(root) {
  for (const box of fresh(root, "[data-single-keys]", bind)) {
    box.checked = !isOff();
    box.addEventListener("change", () => {
      if (box.checked) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "yes");
    });
  }
  for (const opener of fresh(root, "[data-opens=shortcuts]", fill)) {
    opener.addEventListener("click", () => fill(document.getElementById("shortcuts")));
  }
}

if (typeof document !== "undefined") {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const keys = written(event);
    if (keys === "?" && !isOff() && !event.target.closest?.(TYPED_IN)) {
      const dialog = document.getElementById("shortcuts");
      if (!dialog || document.querySelector("dialog:modal")) return;
      event.preventDefault();
      fill(dialog);
      dialog.showModal();
      return;
    }
    if (keys.length === 1 && (isOff() || event.shiftKey || event.target.closest?.(TYPED_IN) || document.querySelector("dialog:modal"))) return;
    const target = targetOf(keys, [...document.querySelectorAll("[data-shortcut]")]);
    if (!target) return;
    if (!target.dispatchEvent(new CustomEvent("tesselle:shortcut", { bubbles: true, cancelable: true }))) return;
    event.preventDefault();
    target.click();
  });
}
