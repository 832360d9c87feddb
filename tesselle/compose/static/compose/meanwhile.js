// What is typed or ticked while an answer is on its way stands in the answer's form too: the answer knows only
// what was sent, and whoever goes on writing must not see it taken away.

const FIELDS = "textarea, select, input:not([type=hidden], [type=file], [type=submit])";
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
  for (const field of form.querySelectorAll(FIELDS)) if (mine.has(keyOf(field))) put(field, mine.get(keyOf(field)));
  // Kept and checked like anything that is typed.
  form.querySelector(".composer")?.dispatchEvent(new Event("input", { bubbles: true }));
});
