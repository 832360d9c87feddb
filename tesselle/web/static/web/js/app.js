// Binds every behaviour, on the page and on what htmx brings later. One file per behaviour; each
// exports bind(root) and marks what it bound, so that it survives being swapped in twice.
import * as announce from "./announce.js";
import * as dialog from "./dialog.js";
import * as files from "./files.js";
import * as inSight from "./in-sight.js";
import * as live from "./live.js";
import * as localTime from "./local-time.js";
import * as shortcuts from "./shortcuts.js";
import * as theme from "./theme.js";
import * as toast from "./toast.js";
import "./csrf.js";
import "./failure.js";
import "./install.js";
import "./once.js";
import "./progress.js";

const behaviours = [announce, dialog, files, inSight, live, localTime, shortcuts, theme, toast];

function bindAll(root) {
  for (const behaviour of behaviours) behaviour.bind(root);
}

document.documentElement.classList.add("has-script");
bindAll(document);
document.addEventListener("htmx:load", (event) => bindAll(event.detail.elt));
