// Says what just happened to whoever listens. The sentence stands in what was swapped in, <p data-say>; the
// region that is read out, <div id="announcer" role="status">, never leaves the page.
import { fresh } from "./find.js";

export function announce(text) {
  const region = document.getElementById("announcer");
  if (!region) return;
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 60);
}

export function bind(root) {
  for (const said of fresh(root, "[data-say]", bind)) announce(said.textContent);
}
