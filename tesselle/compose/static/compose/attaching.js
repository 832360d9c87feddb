// Each file that has arrived becomes a picture of the post: one request after the other, since each answer is
// the form anew. An answer that would take away what was typed meanwhile is thrown away, and asked for again.
import { wordsOf } from "./keeping.js";

const SOON_MS = 400;
const LATER_MS = 5000;
const arrived = [];
let asked = null;

const composer = () => document.getElementById("composer");
const words = () => wordsOf(new FormData(composer()));

async function attachNext() {
  if (asked !== null || arrived.length === 0 || !composer()) return;
  const ours = { act: `attach:shared:${arrived[0]}`, words: words(), pause: LATER_MS };
  asked = ours;
  const options = { source: composer(), target: "#composer", swap: "outerHTML", values: { do: ours.act } };
  await window.htmx.ajax("POST", composer().getAttribute("action"), options).catch(() => {});
  asked = null;
  if (arrived.length > 0) setTimeout(attachNext, ours.pause);
}

const isOurs = (event) => asked !== null && event.detail.requestConfig?.parameters?.do === asked.act;

document.addEventListener("library:uploaded", (event) => {
  if (!event.target.closest("#composer")) return;
  arrived.push(event.detail.id);
  attachNext();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.target.id !== "composer" || !isOurs(event) || event.detail.xhr.status !== 200) return;
  asked.pause = SOON_MS;
  if (words() === asked.words) arrived.shift();
  else event.detail.shouldSwap = false;
});
