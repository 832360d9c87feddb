// Shows the tesserae along the top edge when an answer takes longer than a second.
// <div id="progress" hidden>: its text is read out once it shows.
import { staysHere } from "./answers.js";

const PATIENCE_MS = 1000;
let underWay = 0;
let timer = null;

const strip = () => document.getElementById("progress");

function begin() {
  underWay += 1;
  timer ??= setTimeout(() => { if (strip()) strip().hidden = false; }, PATIENCE_MS);
}

function end() {
  underWay = Math.max(0, underWay - 1);
  if (underWay > 0) return;
  clearTimeout(timer);
  timer = null;
  if (strip()) strip().hidden = true;
}

// Not `htmx:afterRequest`: whoever asked may have left the page by then, and nobody would hear it.
document.addEventListener("htmx:beforeSend", (event) => {
  begin();
  event.detail.xhr.addEventListener("loadend", end);
});
document.addEventListener("submit", (event) => { if (!event.defaultPrevented && !staysHere(event)) begin(); });
// A page taken back from the browser's cache has nothing under way any more.
addEventListener("pageshow", () => { underWay = 0; end(); });
