// Adds the visitor's own time where it differs from the workspace's.
// <time datetime="2026-03-02T08:00:00+00:00" data-local-time="09:00" data-label="{time} where you are">
import { fresh } from "./find.js";

const format = new Intl.DateTimeFormat(document.documentElement.lang, {
  hour: "2-digit", minute: "2-digit", hourCycle: "h23",
});

export function bind(root) {
  for (const element of fresh(root, "time[data-local-time]", bind)) {
    const here = format.format(new Date(element.dateTime));
    if (here === element.dataset.localTime) continue;
    const added = document.createElement("span");
    added.className = "muted";
    added.textContent = ` (${element.dataset.label.replace("{time}", here)})`;
    element.append(added);
  }
}
