/** Words that this browser still holds are offered in a note: to be put back, or let go. */
import { announce } from "../web/js/announce.js";
import { excerpt } from "./keeping.js";

/** `putBack` gets what was found; `after` says where the focus goes when it was let go. */
export function offer(note, found, putBack, after) {
  note.querySelector("[data-found-at]").textContent = new Date(found.at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });
  note.querySelector("[data-found-words]").textContent = excerpt(found.content);
  note.hidden = false;
  announce(note.querySelector("strong").textContent);
  note.querySelector("[data-put-back]").addEventListener("click", () => putBack(found));
  note.querySelector("[data-forget]").addEventListener("click", () => {
    localStorage.removeItem(found.name);
    note.hidden = true;
    after()?.focus();
  });
}
