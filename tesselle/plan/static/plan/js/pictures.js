// Pictures that are chosen here are added at once; the button beside the field does the same without a script.
// <input type="file" data-adds> <button name="do" value="add" data-add>
//
// What is typed is held by this browser until its posts are made: the page knows each of its forms by the name in
// `once`, and the server tells which of them were carried out.
import { token } from "../../web/js/csrf.js";
import { offer } from "../../compose/offering.js";
import { orphan, readKept, wordsOf } from "../../compose/keeping.js";

const field = document.querySelector("[data-adds]");

field?.addEventListener("change", () => {
  if (field.files.length > 0) field.form.requestSubmit(field.form.querySelector("[data-add]"));
});

const form = document.querySelector("[data-kept-as]");
const family = `tesselle:pictures:${form.dataset.keptAs}-new:`;
const key = `${family}${form.elements.once.value}`;
const words = () => wordsOf(new FormData(form));
const loaded = words();
const TAB = "tesselle:pictures:tab";
// What the server drew after something was typed is typed, too: it stands nowhere else yet. So is what was typed
// before this ran.
const isTyped = "typed" in form.dataset || [...form.querySelectorAll("textarea")].some((one) => one.value !== one.defaultValue);

function hold() {
  const content = words();
  if (content === loaded && !isTyped) return localStorage.removeItem(key);
  localStorage.setItem(key, JSON.stringify({ content, at: Date.now() }));
  sessionStorage.setItem(TAB, key);
}

async function isMade(name) {
  const address = `${form.dataset.made}?once=${encodeURIComponent(name.slice(family.length))}`;
  const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
  return (await answer.json()).made;
}

const besideOnce = (content) => JSON.stringify(JSON.parse(content).filter(([name]) => name !== "once"));

/** Of this tab, or of one that is gone; what became posts meanwhile, or stands here already, is let go. */
async function find() {
  const mine = sessionStorage.getItem(TAB);
  let found = mine && mine !== key && mine.startsWith(family) ? readKept(localStorage, mine) : null;
  for (found ??= orphan(localStorage, key, Date.now()); found; found = orphan(localStorage, key, Date.now())) {
    const isHere = besideOnce(found.content) === besideOnce(words());
    if (!isHere && !(await isMade(found.name))) return found;
    localStorage.removeItem(found.name);
  }
  return null;
}

/** The server draws the page as that form would have had it drawn. */
function putBack(found) {
  const again = Object.assign(document.createElement("form"), { method: "post", action: form.action });
  const entries = [["csrfmiddlewaretoken", token()], ["do", "put_back"], ...JSON.parse(found.content)];
  for (const [name, value] of entries) {
    again.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.body.append(again);
  again.submit();
}

if (isTyped) hold();
form.addEventListener("input", hold);
const first = () => form.querySelector("textarea, input[type=file]");
find().then((found) => found && offer(document.querySelector("[data-found]"), found, putBack, first)).catch(() => {});  // nobody answers: it is offered the next time
