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

const CHECK = "#composer .composer";
const isDrawnAnew = () => document.querySelector(`#composer.htmx-request, #composer ${REDRAWS}.htmx-request`) !== null;
const draws = ({ detail: { target, requestConfig } }) => target?.id === "composer" && !requestConfig.elt.matches(CHECK);

document.addEventListener("htmx:beforeRequest", (event) => {
  // The form that is on its way comes checked; a check of what it will show has no place to say so yet.
  if (event.target.matches(CHECK) && isDrawnAnew()) event.preventDefault();
});

document.addEventListener("htmx:beforeSend", (event) => {
  if (draws(event)) sent.set(event.detail.xhr, states());
});

document.addEventListener("htmx:beforeSwap", (event) => {
  if (!draws(event) || !event.detail.shouldSwap) return;
  // What an older check still has to say would stand over the form that comes.
  window.htmx.trigger(document.querySelector(CHECK), "htmx:abort");
  const before = sent.get(event.detail.xhr);
  const now = [...states()].filter(([key, state]) => before.has(key) && before.get(key) !== state);
  if (now.length > 0) changed.set(event.detail.xhr, new Map(now));
});

document.addEventListener("htmx:afterSettle", (event) => {
  const mine = changed.get(event.detail.xhr);
  const form = document.getElementById("composer");
  if (!mine || !form) return;
  changed.delete(event.detail.xhr);
  const fields = [...form.querySelectorAll(FIELDS)].filter((field) => mine.has(keyOf(field)));
  for (const field of fields) put(field, mine.get(keyOf(field)));
  // Kept, checked, drawn anew like anything that somebody types or chooses.
  for (const field of fields) {
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  }
});
