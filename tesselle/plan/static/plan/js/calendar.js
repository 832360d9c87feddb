// Moves posts and begins them, by pointer and by keyboard; the server does the rest through two plain forms.
// <section id="calendar" data-calendar> <li data-day="2026-11-25" data-open> <a data-day-name> <a data-chip data-movable="1,2">
// <form id="calendar-move"> deliveries, day </form> <form id="calendar-begin"> day, files </form>
// Arrows go from day to day; with Shift they take the post along. A drop on a day that has passed is not offered.
const OURS = "application/x-tesselle-deliveries";
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

let focusNext = null; // what gets the focus once the calendar has been drawn anew

const calendar = () => document.querySelector("[data-calendar]");
const days = () => [...(calendar()?.querySelectorAll("[data-day]") ?? [])].filter((day) => day.getClientRects().length > 0);
const nameOf = (day) => day?.querySelector("[data-day-name]");
const shifted = (iso, by) => {
  const day = new Date(`${iso}T12:00:00Z`);
  day.setUTCDate(day.getUTCDate() + by);
  return day.toISOString().slice(0, 10);
};

/** Seven days stand side by side, or one below the other. */
const isGrid = (all) => all.length > 1 && Math.abs(all[0].getBoundingClientRect().top - all[1].getBoundingClientRect().top) < 2;

function move(ids, day) {
  const form = document.getElementById("calendar-move");
  if (!form || !ids) return;
  form.elements.deliveries.value = ids;
  form.elements.day.value = day;
  focusNext = `[data-movable="${CSS.escape(ids)}"]`;
  form.requestSubmit();
}

function begin(files, day) {
  const form = document.getElementById("calendar-begin");
  if (!form || files.length === 0) return;
  form.elements.day.value = day;
  form.elements.files.files = files;
  form.requestSubmit();
}

// --- By pointer ---

const accepts = (event, day) => {
  if (!day || !("open" in day.dataset)) return "";
  const types = event.dataTransfer?.types ?? [];
  if (types.includes(OURS)) return "move";
  return types.includes("Files") && document.getElementById("calendar-begin") ? "copy" : "";
};

function mark(target) {
  for (const day of document.querySelectorAll(".day--target")) if (day !== target) day.classList.remove("day--target");
  target?.classList.add("day--target");
}

document.addEventListener("dragstart", (event) => {
  const chip = event.target.closest?.("[data-movable]");
  if (!chip || !chip.closest("[data-calendar]")) return;
  event.dataTransfer.setData(OURS, chip.dataset.movable);
  event.dataTransfer.effectAllowed = "move";
  calendar().classList.add("is-moving");
});
document.addEventListener("dragend", () => {
  mark(null);
  calendar()?.classList.remove("is-moving");
});
document.addEventListener("dragover", (event) => {
  const day = event.target.closest?.("[data-day]");
  const effect = accepts(event, day);
  mark(effect ? day : null);
  if (!effect) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = effect;
});
document.addEventListener("drop", (event) => {
  const day = event.target.closest?.("[data-day]");
  const effect = accepts(event, day);
  mark(null);
  if (!effect) return;
  event.preventDefault();
  if (effect === "copy") begin(event.dataTransfer.files, day.dataset.day);
  else move(event.dataTransfer.getData(OURS), day.dataset.day);
});

// --- By keyboard ---

document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const at = event.target.closest?.("[data-day-name], [data-chip]");
  const day = at?.closest("[data-calendar] [data-day]");
  if (!day) return;
  event.preventDefault();
  if (event.shiftKey) {
    if (at.dataset.movable) move(at.dataset.movable, shifted(day.dataset.day, step));
  } else {
    walk(day, step);
  }
});

function walk(from, step) {
  const all = days();
  const by = isGrid(all) ? step : Math.sign(step);
  const next = all[all.indexOf(from) + by];
  if (next) return nameOf(next).focus();
  // Over the edge: the stretch before or after, on the day that would have come.
  const wanted = isGrid(all) ? shifted(from.dataset.day, by) : "";
  focusNext = wanted ? `[data-day="${wanted}"] [data-day-name]` : "[data-day-name]";
  document.getElementById(by < 0 ? "calendar-previous" : "calendar-next")?.click();
}

// Other pieces of the page settle meanwhile (the practice clock): only the calendar's own turn counts.
document.addEventListener("htmx:afterSettle", (event) => {
  if (!focusNext || !event.detail.elt?.matches?.("[data-calendar]")) return;
  const target = document.querySelector(`#calendar ${focusNext}`);
  focusNext = null;
  target?.focus();
});
