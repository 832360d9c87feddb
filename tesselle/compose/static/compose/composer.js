// The composer beyond plain HTML and htmx: keeping what is typed, where the focus goes after a button, undo by
// keyboard, and "see more" in previews. Pictures come from the library's upload.js through `attaching.js`.
import { announce } from "../web/js/announce.js";
import { token } from "../web/js/csrf.js";
import "./attaching.js";
import "./inserting.js";
import "./meanwhile.js";
import "./rows.js";
import { offer } from "./offering.js";
import { showKept } from "./keptline.js";
import { Keeper, leftBehind, orphan, setAside, wordsOf } from "./keeping.js";

const composer = () => document.getElementById("composer");
const words = (form) => wordsOf(new FormData(form));

// --- Keeping ---

const timer = { set: (task, ms) => setTimeout(task, ms), clear: (id) => clearTimeout(id), now: () => Date.now() };

async function send() {
  const form = composer();
  const data = new FormData(form);
  data.delete("files");
  data.delete("history");
  const headers = { "X-CSRFToken": token(), "HX-Request": "true" };
  // A request that outlives its page may carry no more than 64 KiB.
  const keepalive = words(form).length < 30000;
  const options = { method: "POST", body: data, headers, credentials: "same-origin", redirect: "error", keepalive };
  const response = await fetch(form.dataset.keep, options);
  if (!response.ok) throw Object.assign(new Error(String(response.status)), { signedOut: [401, 403].includes(response.status) });
  return response.json();
}

let lastTold = null;

function tell(state, answer) {
  lastTold = [state, answer];
  const line = composer()?.querySelector("[data-kept-line]");
  showKept(line, state, answer);
  if (line && state === "kept") remember(answer);
}

function remember({ copy, newer }) {
  const field = composer().querySelector("[data-copy]");
  if (copy && field && field.value !== String(copy)) {
    field.value = copy;
    keeper.rename(`${PREFIX}${ownerOf(composer())}-copy${copy}`);
    if (location.pathname.endsWith("/new")) history.replaceState(history.state, "", `?copy=${copy}`);
  }
  const note = composer().querySelector("[data-newer]");
  if (!note || !newer || document.getElementById("overtaken")) return;
  note.querySelector("[data-newer-text]").textContent = newer;
  if (note.hidden) announce(newer);
  note.hidden = false;
}

function tabKey() {
  let mine = sessionStorage.getItem("tesselle:tab");
  if (!mine) sessionStorage.setItem("tesselle:tab", (mine = Math.random().toString(36).slice(2)));
  return mine;
}

const PREFIX = "tesselle:words:";
const ownerOf = (form) => form.dataset.keptAs.split("-").slice(0, 2).join("-");

function keyOf(form) {
  const name = `${PREFIX}${form.dataset.keptAs}`;
  return form.dataset.keptAs.endsWith("-new") ? `${name}:${tabKey()}` : name;
}

// What this browser still holds is put back at once, to be undone, unless the server knows something newer:
// then it is only offered. It leaves the browser when it stands in the form, or when somebody lets it go.

async function putBack(found) {
  const form = composer();
  const options = { source: form, target: "#composer", swap: "outerHTML", values: { do: "put_back", found: found.content } };
  await window.htmx.ajax("POST", form.getAttribute("action"), options).catch(() => {});
  if (composer().dataset.act !== "put_back") return;
  if (found.name !== keeper.key) localStorage.removeItem(found.name);
}

let keeper = null;

function beginKeeping() {
  const form = composer();
  if (!form) return;
  const key = keyOf(form);
  keeper = new Keeper({ key, send, storage: localStorage, timer, show: tell });
  keeper.begin(words(form));
  const kept = leftBehind(localStorage, key, words(form)) ?? orphan(localStorage, key, timer.now());
  if (!kept) return;
  const found = setAside(localStorage, key, kept);
  offer(composer().querySelector("[data-found]"), found, putBack, () => composer().querySelector("textarea"));
  if (found.at > Number(form.dataset.known ?? 0) * 1000) putBack(found);
}

const typed = () => keeper?.typed(words(composer()));

let typedSinceSwap = false;
document.addEventListener("input", (event) => {
  if (!event.target.closest?.("#composer")) return;
  if (event.target.matches("textarea, input:not([type=radio])")) typedSinceSwap = true;
  typed();
});
addEventListener("pagehide", () => keeper?.flush());
document.addEventListener("visibilitychange", () => keeper?.flush());
addEventListener("online", () => keeper?.flush());
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.detail.xhr.status === 401) {
    // Leaving for the sign-in page would take the words away: they stay, and it is said what to do.
    event.preventDefault();
    tell("signed-out", null);
    keeper?.typed(words(composer()));
    return;
  }
  // Saved, planned or put away: the page leaves, and the server has everything.
  if (event.detail.xhr.getResponseHeader("HX-Redirect") && event.detail.xhr.status < 300) keeper?.stop();
});

// --- After a button ---

let lastAct = "";
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("#composer button[name=do]");
  if (button) lastAct = button.value;
}, true);

function focusAfter(act) {
  const [verb, owner] = act.split(":");
  const prefix = owner === "shared" ? "shared" : `c${owner}`;
  const boxes = composer().querySelectorAll(`textarea[id^="${prefix}-text-"]`);
  if (verb === "tailor") return boxes[0];
  if (verb === "add_part") return boxes[boxes.length - 1];
  return document.querySelector("#overtaken, #composer-error") ?? document.querySelector("#composer-undo, #composer-redo");
}

document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.id !== "composer" || !composer()) return;
  typedSinceSwap = false;
  const nowhere = !document.activeElement || document.activeElement === document.body;
  if (lastAct && nowhere) focusAfter(lastAct)?.focus();
  lastAct = "";
  if (lastTold) tell(...lastTold);
  typed();
});

document.addEventListener("tesselle:shortcut", (event) => {
  // While somebody types, the browser's own undo is meant.
  if (event.target.id === "composer-undo" && typedSinceSwap) event.preventDefault();
});

document.addEventListener("htmx:oobBeforeSwap", (event) => {
  // What says the same again is left alone: nothing flickers, nothing is read out twice.
  const { target, fragment } = event.detail;
  const incoming = fragment?.firstElementChild;
  if (incoming && target.innerHTML.trim() === incoming.innerHTML.trim()) event.detail.shouldSwap = false;
});

// --- "See more", at the height at which the network folds a post. Where nobody could unfold it (no script,
// a page of approval) the whole text stands. ---

function measure(fold) {
  const more = fold.nextElementSibling;
  const isLong = !fold.classList.contains("is-open") && fold.scrollHeight > fold.clientHeight + 4;
  more.hidden = !isLong;
  fold.classList.toggle("is-folded", isLong);
}
const measuredAgain = new ResizeObserver((seen) => seen.forEach(({ target }) => measure(target)));

function foldLong(root) {
  for (const fold of root.querySelectorAll("[data-fold]")) {
    if (!fold.nextElementSibling?.matches("[data-fold-more]")) continue;
    fold.classList.add("is-folding");
    measure(fold);
    measuredAgain.observe(fold); // wider, narrower, or shown at last
  }
}
document.addEventListener("click", (event) => {
  const more = event.target.closest?.("[data-fold-more]");
  if (!more) return;
  more.previousElementSibling.classList.add("is-open");
  measure(more.previousElementSibling);
});
const refold = () => foldLong(document);
document.addEventListener("htmx:afterSettle", refold);
document.addEventListener("htmx:oobAfterSwap", () => requestAnimationFrame(refold));
document.addEventListener("change", (event) => { if (event.target.name === "view") refold(); });

beginKeeping();
refold();
