// Reads the pieces of a page again when what they show has changed.
// <body data-live-url="/live" data-live-at="1764063900.25">
// <section id="calendar" data-live="delivery post" hx-get="…" hx-trigger="tesselle:live" hx-target="this" hx-swap="outerHTML">
// One stream for the page, only while it is looked at: browsers allow few connections to one server.
import { concerns, Pace, patience } from "./listening.js";
import { isAsked } from "./turns.js";

const TYPED_IN = "input, textarea, select, [contenteditable]";
const HIDDEN_MS = 20000;

const timer = { set: (task, ms) => setTimeout(task, ms), now: () => Date.now() };
const pace = new Pace({ read, isBusy, timer });
let source = null;
let failures = 0;
let at = "";
let hiding = null;

const pieces = () => [...document.querySelectorAll("[data-live]")];

function read(id) {
  const piece = document.getElementById(id);
  if (piece) window.htmx?.trigger(piece, "tesselle:live");
}

function isBusy(id) {
  const piece = document.getElementById(id);
  if (!piece) return false;
  const focused = document.activeElement;
  if (isAsked(piece) || (piece.contains(focused) && focused.matches(TYPED_IN))) return true;
  const fields = [...piece.querySelectorAll(TYPED_IN)];
  return piece.matches(".htmx-request") || fields.some(isChanged) || piece.querySelector("dialog[open], [popover]:popover-open") !== null;
}

function isChanged(field) {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  return "defaultValue" in field && field.type !== "hidden" && field.value !== field.defaultValue;
}

// A session that has ended is told when somebody does something, not behind their back.
document.addEventListener("htmx:beforeOnLoad", (event) => {
  const isOurs = event.detail.requestConfig?.triggeringEvent?.type === "tesselle:live";
  if (isOurs && event.detail.xhr.status === 401) event.preventDefault();
});

// Called off for something that somebody asked for: it is read again after that.
document.addEventListener("htmx:sendAbort", ({ target }) => { if (target.matches("[data-live]")) pace.want(target.id); });

// What was unfolded stays unfolded, and what had the focus keeps it; htmx sees to that where it has an id.
const ITSELF = "[data-live], [data-polled]";
let unfolded = [];
let focused = null;
const likenessOf = (one) => [one.tagName, one.getAttribute("href"), one.getAttribute("name"), one.textContent.trim()].join("\n");
const alike = (root, likeness) => [...root.querySelectorAll("a, button, summary")].filter((one) => likenessOf(one) === likeness);

document.addEventListener("htmx:beforeSwap", ({ target }) => {
  if (!target.matches?.(ITSELF)) return;
  unfolded = [...target.querySelectorAll("details[open][id]")].map((one) => one.id);
  const active = document.activeElement;
  const likeness = !active.id && target.contains(active) && likenessOf(active);
  focused = likeness ? { id: target.id, likeness, place: alike(target, likeness).indexOf(active) } : null;
});
document.addEventListener("htmx:afterSwap", () => {
  for (const id of unfolded.splice(0)) document.getElementById(id)?.setAttribute("open", "");
  const piece = focused && document.getElementById(focused.id);
  if (piece && document.activeElement === document.body) alike(piece, focused.likeness)[focused.place]?.focus({ preventScroll: true });
  focused = null;
});

function refresh(changes) {
  for (const piece of pieces()) {
    if (changes === null || concerns(piece.dataset.live, changes)) pace.want(piece.id);
  }
}

function listen() {
  const url = document.body.dataset.liveUrl;
  if (!url || source || document.hidden || pieces().length === 0) return;
  source = new EventSource(`${url}?at=${at}`);
  const heard = (event) => {
    failures = 0;
    const data = JSON.parse(event.data);
    at = data.at;
    return data;
  };
  source.addEventListener("hello", heard);
  source.addEventListener("change", (event) => refresh(heard(event).changes));
  source.addEventListener("reread", (event) => { heard(event); refresh(null); });
  source.addEventListener("error", () => {
    // Our own patience instead of the browser's: it gives up for good after an answer such as 503.
    stop();
    failures += 1;
    setTimeout(listen, patience(failures));
  });
}

function stop() {
  source?.close();
  source = null;
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(hiding);
  if (document.hidden) hiding = setTimeout(stop, HIDDEN_MS);
  else listen();
});
addEventListener("pagehide", stop);
addEventListener("pageshow", (event) => { if (event.persisted) listen(); });

export function bind(root) {
  if (root !== document) return;
  at = document.body.dataset.liveAt ?? "";
  listen();
}
