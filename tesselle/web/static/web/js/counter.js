// Draws what a counting module says about a text.
// <span class="counter" data-counter="id-of-the-textarea" data-limit="300" data-left="{count} left" data-over="{count} too many">
// The counting itself belongs to the network: whoever counts answers the event
// "tesselle:count" on the textarea by setting detail.count; without an answer, user-perceived characters are counted.
import { fresh } from "./find.js";

const NEAR_SHARE = 0.9;
const graphemes = new Intl.Segmenter();

function count(field) {
  const detail = { text: field.value, count: null };
  field.dispatchEvent(new CustomEvent("tesselle:count", { detail, bubbles: true }));
  return detail.count ?? [...graphemes.segment(field.value)].length;
}

function draw(counter, used) {
  const limit = Number(counter.dataset.limit);
  const left = limit - used;
  const level = left < 0 ? "over" : used >= limit * NEAR_SHARE ? "near" : "fine";
  counter.dataset.level = level;
  counter.style.setProperty("--counter-share", String(Math.min(1, used / limit)));
  const label = left < 0 ? counter.dataset.over : counter.dataset.left;
  counter.querySelector("[data-counter-text]").textContent = label.replace("{count}", String(Math.abs(left)));
}

export function bind(root) {
  for (const counter of fresh(root, ".counter[data-counter]", bind)) {
    const field = document.getElementById(counter.dataset.counter);
    if (!field) continue;
    const update = () => draw(counter, count(field));
    field.addEventListener("input", update);
    field.addEventListener("tesselle:recount", update);
    update();
  }
}
