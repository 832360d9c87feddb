// The parts of a thread change their order: by drag on their grip, or with Alt and an arrow while one types. The
// server does it, as for the buttons beside them, so that it can be undone like these.
const OURS = "application/x-tesselle-part";
let dragged = null;

const boxOf = (element) => element?.closest?.("#composer [data-part-at]");

async function move(owner, from, to) {
  const form = document.getElementById("composer");
  if (from === to || !form) return;
  const options = { source: form, target: "#composer", swap: "outerHTML", values: { do: `move_part:${owner}:${from}-${to}` } };
  await window.htmx.ajax("POST", form.getAttribute("action"), options).catch(() => {});
  const prefix = owner === "shared" ? "shared" : `c${owner}`;
  document.getElementById(`${prefix}-text-${to}`)?.focus();
}

function mark(target) {
  for (const box of document.querySelectorAll(".composing-box--target")) if (box !== target) box.classList.remove("composing-box--target");
  target?.classList.add("composing-box--target");
}

document.addEventListener("dragstart", (event) => {
  const box = event.target.closest?.(".composing-grip") ? boxOf(event.target) : null;
  if (!box) return;
  dragged = box;
  event.dataTransfer.setData(OURS, box.dataset.partAt);
  event.dataTransfer.effectAllowed = "move";
});
const fits = (event) => {
  const box = dragged && event.dataTransfer?.types.includes(OURS) ? boxOf(event.target) : null;
  return box?.dataset.partOf === dragged?.dataset.partOf ? box : null;
};
document.addEventListener("dragover", (event) => {
  const box = fits(event);
  mark(box);
  if (box) event.preventDefault();
});
document.addEventListener("dragend", () => {
  mark(null);
  dragged = null;
});
document.addEventListener("drop", (event) => {
  const box = fits(event);
  mark(null);
  if (!box) return;
  event.preventDefault();
  move(box.dataset.partOf, dragged.dataset.partAt, box.dataset.partAt);
});
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const box = event.target.matches?.("textarea") ? boxOf(event.target) : null;
  if (!box) return;
  event.preventDefault();
  const to = Number(box.dataset.partAt) + (event.key === "ArrowUp" ? -1 : 1);
  const all = document.querySelectorAll(`#composer [data-part-of="${CSS.escape(box.dataset.partOf)}"]`);
  if (to >= 0 && to < all.length) move(box.dataset.partOf, box.dataset.partAt, String(to));
});
