// Two planned pictures of a profile exchange their dates: by drag, or with Shift and an arrow. The plain form does it.
const OURS = "application/x-tesselle-square";
const STEPS = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

const squareOf = (element) => element?.closest?.("[data-grid] [data-square]");
const planned = () => [...document.querySelectorAll("[data-grid] [data-square]")];

function exchange(one, other) {
  const form = document.getElementById("grid-exchange");
  if (!form || !one || !other || one === other) return;
  form.elements.one.value = one;
  form.elements.other.value = other;
  form.requestSubmit();
}

function mark(target) {
  for (const square of planned()) square.classList.toggle("profile-tile--target", square === target);
}

document.addEventListener("dragstart", (event) => {
  const square = squareOf(event.target);
  if (!square) return;
  event.dataTransfer.setData(OURS, square.dataset.square);
  event.dataTransfer.effectAllowed = "move";
});
document.addEventListener("dragover", (event) => {
  const square = event.dataTransfer?.types.includes(OURS) ? squareOf(event.target) : null;
  mark(square);
  if (!square) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "move";
});
document.addEventListener("dragend", () => mark(null));
document.addEventListener("drop", (event) => {
  const square = squareOf(event.target);
  mark(null);
  if (!square || !event.dataTransfer.types.includes(OURS)) return;
  event.preventDefault();
  exchange(event.dataTransfer.getData(OURS), square.dataset.square);
});
document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  const link = event.target.closest?.("[data-movable-square]");
  if (!step || !link || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const all = planned();
  const next = all[all.indexOf(squareOf(link)) + step];
  if (!next) return;
  if (event.shiftKey) exchange(squareOf(link).dataset.square, next.dataset.square);
  else next.querySelector("[data-movable-square]").focus();
});
