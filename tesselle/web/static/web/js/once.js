// What was sent is not sent again while its answer is on its way, and nothing more is asked of a page that leaves:
// a double click would do twice what was wanted once. After a while it may be tried again, since an answer can be
// a file, for which the page stays.
import { staysHere } from "./answers.js";

const PATIENCE_MS = 10000;
const sent = new WeakMap();
let leftAt = -Infinity;

const isRecent = (instant) => performance.now() - instant < PATIENCE_MS;

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.getAttribute("method")?.toLowerCase() !== "post" || staysHere(event)) return;
  if (isRecent(sent.get(form) ?? -Infinity)) event.preventDefault();
  else sent.set(form, performance.now());
});

document.addEventListener("htmx:beforeOnLoad", ({ detail: { xhr } }) => {
  const url = xhr.status < 300 && xhr.getResponseHeader("HX-Redirect");
  const isElsewhere = url && new URL(url, location).href.split("#")[0] !== location.href.split("#")[0];
  if (isElsewhere || (url && !url.includes("#"))) leftAt = performance.now();
});
document.addEventListener("htmx:beforeRequest", (event) => { if (isRecent(leftAt)) event.preventDefault(); });
// A page taken back from the browser's cache can be used again.
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  leftAt = -Infinity;
  for (const form of document.forms) sent.delete(form);
});
