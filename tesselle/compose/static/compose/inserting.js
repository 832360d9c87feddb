// The dialog that inserts a snippet, hashtags or a name where the caret is. The server says what there is, for the
// channels that the text goes to; nothing here knows a network.
import { token } from "../web/js/csrf.js";
import { around, merged } from "./caret.js";

const PAUSE_MS = 200;
const dialog = () => document.getElementById("inserting");
const list = () => document.getElementById("inserting-list");
const wanted = () => document.getElementById("inserting-wanted");

let target = null;
let replaced = { start: 0, end: 0 };
let pending = null;
let asked = 0;

function open(box) {
  target = box;
  const word = around(box.value, box.selectionStart ?? box.value.length, box.selectionEnd ?? box.value.length);
  replaced = word;
  wanted().value = word.query;
  list().replaceChildren();
  dialog().showModal();
  wanted().focus();
  wanted().select();
  look();
}

async function look() {
  const mine = (asked += 1);
  const data = new FormData(document.getElementById("composer"));
  for (const name of ["files", "history"]) data.delete(name);
  data.set("into", target.id);
  data.set("wanted", wanted().value);
  const options = { method: "POST", body: data, headers: { "X-CSRFToken": token(), "HX-Request": "true" }, credentials: "same-origin" };
  const response = await fetch(list().dataset.insertUrl, options).catch(() => null);
  if (mine !== asked || !response?.ok) return;
  const parsed = new DOMParser().parseFromString(await response.text(), "text/html");
  list().replaceChildren(...parsed.body.childNodes);
}

function insert(text) {
  const { value, caret } = merged(target.value, replaced, text);
  const box = document.getElementById(target.id);
  dialog().close();
  box.focus();
  // As if it had been typed: the browser's own undo takes it away again.
  box.setSelectionRange(replaced.start, replaced.end);
  const piece = value.slice(replaced.start, caret);
  if (!document.execCommand?.("insertText", false, piece)) box.setRangeText(piece, replaced.start, replaced.end, "end");
  box.setSelectionRange(caret, caret);
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The nearest one of the next row: below one another or side by side, as the page has laid them. */
function beyond(options, at, down) {
  const here = options[at].getBoundingClientRect();
  const further = down ? options.slice(at + 1) : options.slice(0, at).reverse();
  const places = further.map((one) => [one, one.getBoundingClientRect()]);
  const rows = places.filter(([, box]) => (down ? box.top >= here.bottom - 1 : box.bottom <= here.top + 1));
  const row = rows.filter(([, box]) => Math.abs(box.top - rows[0][1].top) < 2);
  return row.sort(([, one], [, other]) => Math.abs(one.left - here.left) - Math.abs(other.left - here.left))[0]?.[0];
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-insert-into]");
  if (opener) {
    const focused = document.activeElement;
    const box = focused?.matches?.("#composer textarea[id*='-text-']") ? focused : document.getElementById(opener.dataset.insertInto);
    if (box) open(box);
    return;
  }
  const chosen = event.target.closest?.("[data-inserts]");
  if (chosen) insert(chosen.dataset.inserts);
});

document.addEventListener("input", (event) => {
  if (event.target !== wanted()) return;
  clearTimeout(pending);
  pending = setTimeout(look, PAUSE_MS);
});

document.addEventListener("keydown", (event) => {
  if (!dialog()?.open) return;
  const options = [...list().querySelectorAll("[data-inserts]")];
  const at = options.indexOf(document.activeElement);
  if (event.key === "Enter" && event.target === wanted()) {
    event.preventDefault();
    if (options[0]) insert(options[0].dataset.inserts);
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const next = at < 0 ? options[event.key === "ArrowDown" ? 0 : -1] : beyond(options, at, event.key === "ArrowDown");
    (next ?? wanted()).focus();
  } else if (at >= 0 && (event.key === "ArrowRight" || event.key === "ArrowLeft")) {
    event.preventDefault();
    (options[at + (event.key === "ArrowRight" ? 1 : -1)] ?? options[at]).focus();
  }
});
