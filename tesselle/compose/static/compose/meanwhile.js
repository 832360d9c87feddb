// What is typed or ticked while an answer is on its way stands in the answer's form too: the answer knows only
// what was sent, and whoever goes on writing must not see it taken away. Two answers are never on their way to
// the same form, since the first would take the place that the second is for: a button calls off what only draws
// the form anew, and what draws it anew waits for a button's answer (`hx-sync="closest form:abort"`). The answer
// settles at once (`settle:0ms`), or its older state would show for a moment.

const FIELDS = "textarea, select, input:not([type=hidden], [type=file], [type=submit])";
const REDRAWS = `[hx-sync="closest form:abort"]`;
const sent = new WeakMap();
const changed = new WeakMap();

const isCheckable = (field) => field.type === "checkbox" || field.type === "radio";
const keyOf = (field) => field.id || (isCheckable(field) ? `${field.name}=${field.value}` : field.name);
const stateOf = (field) => (isCheckable(field) ? field.checked : field.value);

function states() {
  const fields = document.querySelectorAll(`#composer :is(${FIELDS})`);
  return new Map(Array.from(fields, (field) => [keyOf(field), stateOf(field)]));
}

function put(field, state) {
  if (isCheckable(field)) field.checked = state;
  else field.value = state;
}

const isDrawnAnew = () => document.querySelector(`#composer.htmx-request, #composer ${REDRAWS}.htmx-request`) !== null;

document.addEventListener("htmx:beforeRequest", (event) => {
  // The form that is on its way comes checked; a check of what it will show has no place to say so yet.
  if (event.target.matches("#composer .composer") && isDrawnAnew()) event.preventDefault();
});

const isComposer = (event) => event.detail.target?.id === "composer";

document.addEventListener("htmx:beforeSend", (event) => {
  if (isComposer(event)) sent.set(event.detail.xhr, states());
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const before = isComposer(event) && sent.get(event.detail.xhr);
  if (!before || !event.detail.shouldSwap) return;
  const now = [...states()].filter(([key, state]) => before.has(key) && before.get(key) !== state);
  if (now.length > 0) changed.set(event.detail.xhr, new Map(now));
});

document.addEventListener("htmx:afterSettle", (event) => {
  const mine = changed.get(event.detail.xhr);
  const form = document.getElementById("composer");
  if (!mine || !form) return;
  changed.delete(event.detail.xhr);
  let chosen = null;
  for (const field of form.querySelectorAll(FIELDS)) {
    if (!mine.has(keyOf(field))) continue;
    put(field, mine.get(keyOf(field)));
    if (field.closest(REDRAWS)) chosen = field;
  }
  // Drawn anew like anything that is chosen, or kept and checked like anything that is typed.
  if (chosen) chosen.dispatchEvent(new Event("change", { bubbles: true }));
  else form.querySelector(".composer")?.dispatchEvent(new Event("input", { bubbles: true }));
});
