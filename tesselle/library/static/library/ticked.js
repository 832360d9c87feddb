// What is ticked stays ticked, and in sight, while one looks for more: the pictures that a search brings come behind
// those that were ticked before. What was chosen to be done with them stays too.
const grid = () => document.getElementById("media-grid");
const FIELDS = "#media-chosen :is(select, input:not([type=hidden]), textarea)";
const SORTING = "#media-chosen details";
let kept = null;

document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  if (target.id !== "media") return;
  const tiles = [...grid().children].filter((tile) => tile.querySelector(".media-choose :checked"));
  const fields = Array.from(document.querySelectorAll(FIELDS), (field) => [field.name, field.value]);
  kept = { tiles, fields, isOpen: document.querySelector(SORTING)?.open };
});
document.addEventListener("htmx:afterSettle", ({ target }) => {
  if (!kept || target.id !== "media") return;
  const { tiles, fields, isOpen } = kept;
  kept = null;
  if (tiles.length === 0) return;
  for (const tile of tiles) grid().querySelector(`[data-asset="${CSS.escape(tile.dataset.asset)}"]`)?.remove();
  grid().prepend(...tiles);
  for (const tile of tiles) window.htmx.process(tile);
  if (isOpen) document.querySelector(SORTING).open = true;
  for (const [name, value] of fields) {
    const field = document.querySelector(`#media-chosen [name="${CSS.escape(name)}"]`);
    if (field && field.type !== "checkbox" && field.type !== "radio") field.value = value;
  }
});
