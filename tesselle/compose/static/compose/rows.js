// What stands in a row changes its order, parts of a thread and pictures: by drag on their grip, or with Alt and an
// arrow while one types. The server does it, as for the buttons beside them, so that it can be undone like these.
const OURS = "application/x-tesselle-row";
let dragged = null;

const boxOf = (element) => element?.closest?.("#composer [data-row]");
const rowOf = ({ dataset }) =>
  [...document.querySelectorAll(`#composer [data-row="${dataset.row}"]`)].filter((one) => one.dataset.of === dataset.of);

async function move(box, to) {
  const { row, of, place } = box.dataset;
  const form = document.getElementById("composer");
  if (place === to || !form) return;
  const options = { source: form, target: "#composer", swap: "outerHTML", values: { do: `move_${row}:${of}:${place}-${to}` } };
  await window.htmx.ajax("POST", form.getAttribute("action"), options).catch(() => {});
  const there = rowOf(box).find((one) => one.dataset.place === to);
  (row === "part" ? there?.querySelector("textarea") : there)?.focus();
}

function mark(target) {
  for (const box of document.querySelectorAll(".composing-box--target")) if (box !== target) box.classList.remove("composing-box--target");
  target?.classList.add("composing-box--target");
}

document.addEventListener("dragstart", (event) => {
  const box = event.target.closest?.(".composing-grip") ? boxOf(event.target) : null;
  if (!box) return;
  dragged = box;
  event.dataTransfer.setData(OURS, box.dataset.place);
  event.dataTransfer.effectAllowed = "move";
});
const fits = (event) => {
  const box = dragged && event.dataTransfer?.types.includes(OURS) ? boxOf(event.target) : null;
  return box && box.dataset.row === dragged.dataset.row && box.dataset.of === dragged.dataset.of ? box : null;
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
  move(dragged, box.dataset.place);
});
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || !["ArrowUp", "ArrowDown"].includes(event.key)) return;
  const box = event.target.matches?.("textarea, [data-row]") ? boxOf(event.target) : null;
  if (!box) return;
  event.preventDefault();
  const to = Number(box.dataset.place) + (event.key === "ArrowUp" ? -1 : 1);
  if (to >= 0 && to < rowOf(box).length) move(box, String(to));
});
