// Each file that has arrived becomes a picture of the post: one request after the other, since each answer is
// the form anew. One that was not answered is asked for again.
const AGAIN_MS = 5000;
const arrived = [];
let asked = null;

const composer = () => document.getElementById("composer");

async function attachNext() {
  if (asked !== null || arrived.length === 0 || !composer()) return;
  asked = `attach:shared:${arrived[0]}`;
  const waiting = arrived.length;
  const options = { source: composer(), target: "#composer", swap: "outerHTML", values: { do: asked } };
  await window.htmx.ajax("POST", composer().getAttribute("action"), options).catch(() => {});
  asked = null;
  if (arrived.length > 0) setTimeout(attachNext, arrived.length < waiting ? 0 : AGAIN_MS);
}

document.addEventListener("library:uploaded", (event) => {
  if (!event.target.closest("#composer")) return;
  arrived.push(event.detail.id);
  attachNext();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const isOurs = asked !== null && event.detail.requestConfig?.parameters?.do === asked;
  if (isOurs && event.target.id === "composer" && event.detail.xhr.status === 200) arrived.shift();
});
