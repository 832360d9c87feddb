// Pictures that are chosen here are added at once; the button beside the field does the same without a script.
// <input type="file" data-adds> <button name="do" value="add" data-add>
//
// What is typed is held by this browser until the server keeps it: the page knows each of its forms by the name in
// `once`, and the server tells which of them became posts.
import { token } from "../../web/js/csrf.js";
import { offer } from "../../compose/offering.js";
import { showKept } from "../../compose/keptline.js";
import { Keeper, orphan, readKept, wordsOf } from "../../compose/keeping.js";

const field = document.querySelector("[data-adds]");

field?.addEventListener("change", () => {
  if (field.files.length > 0) field.form.requestSubmit(field.form.querySelector("[data-add]"));
});

const form = document.querySelector("[data-kept-as]");
const family = `tesselle:pictures:${form.dataset.keptAs}-new:`;
const key = `${family}${form.elements.once.value}`;
const words = () => wordsOf(new FormData(form));
const TAB = "tesselle:pictures:tab";
// What the server drew after something was typed is typed, too: it stands nowhere else yet. So is what was typed
// before this ran.
const isTyped = "typed" in form.dataset || [...form.querySelectorAll("textarea")].some((one) => one.value !== one.defaultValue);

async function send() {
  const data = new FormData(form);
  data.delete("files");
  data.delete("do");
  const headers = { "X-CSRFToken": token(), "HX-Request": "true" };
  // A request that outlives its page may carry no more than 64 KiB.
  const keepalive = words().length < 30000;
  const options = { method: "POST", body: data, headers, credentials: "same-origin", redirect: "error", keepalive };
  const response = await fetch(form.dataset.keep, options);
  if (!response.ok) throw Object.assign(new Error(String(response.status)), { signedOut: [401, 403].includes(response.status) });
  return response.json();
}

function tell(state, answer) {
  if (answer?.kept) form.elements.kept.value = answer.kept;
  showKept(form.querySelector("[data-kept-line]"), state, answer);
}

const timer = { set: (task, ms) => setTimeout(task, ms), clear: (id) => clearTimeout(id), now: () => Date.now() };
const keeper = new Keeper({ key, send, storage: localStorage, timer, show: tell });

function hold() {
  keeper.typed(words());
  sessionStorage.setItem(TAB, key);
}

async function isMade(name) {
  const address = `${form.dataset.made}?once=${encodeURIComponent(name.slice(family.length))}`;
  const answer = await fetch(address, { credentials: "same-origin", redirect: "error" });
  return (await answer.json()).made;
}

const besideOnce = (content) => JSON.stringify(JSON.parse(content).filter(([name]) => name !== "once" && name !== "kept"));

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

keeper.begin(isTyped ? null : words());
if (isTyped) hold();
form.addEventListener("input", hold);
addEventListener("pagehide", () => keeper.flush());
document.addEventListener("visibilitychange", () => keeper.flush());
addEventListener("online", () => keeper.flush());
const first = () => form.querySelector("textarea, input[type=file]");
find().then((found) => found && offer(document.querySelector("[data-found]"), found, putBack, first)).catch(() => {});  // nobody answers: it is offered the next time
