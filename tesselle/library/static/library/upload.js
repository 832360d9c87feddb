// Files by choosing, dropping and pasting: each goes up alone, with its progress, and can be stopped.
// <div data-upload="/media/upload" [data-upload-into="list-id"] data-upload-cut=… >
//   <input type="file" name="files" multiple> … <ul class="upload-list"></ul>
// </div>
// Files dropped anywhere within [data-upload-around] go to the div inside it.
// For each file that is kept, `library:uploaded` bubbles from the div with {id, html}: the tile, ready to
// be shown. Without `data-upload-into` whoever listens places it. What is refused stays in the list with
// its sentence.
const AT_ONCE = 2;
const MOST_BYTES = 1_001_000_000;
const waiting = [];
let underWay = 0;

const token = () => document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";

function item(zone, file) {
  const row = document.createElement("li");
  row.className = "upload-item";
  const name = document.createElement("span");
  name.className = "upload-name";
  name.textContent = file.name;
  const stop = document.createElement("button");
  stop.type = "button";
  stop.className = "button button--quiet button--icon";
  stop.setAttribute("aria-label", `${zone.dataset.uploadCancel} · ${file.name}`);
  stop.textContent = "×";
  const bar = document.createElement("progress");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  row.append(name, stop, bar);
  zone.querySelector(".upload-list").append(row);
  return { row, bar, stop };
}

function ended(parts, state, sentence) {
  parts.row.dataset.state = state;
  parts.bar.remove();
  parts.stop.remove();
  const words = document.createElement("p");
  words.textContent = sentence;
  parts.row.append(words);
  if (state === "done") setTimeout(() => parts.row.remove(), 4000);
}

function place(zone, id, html) {
  const list = document.getElementById(zone.dataset.uploadInto ?? "");
  if (list) {
    list.querySelector(`[data-asset="${CSS.escape(id)}"]`)?.remove();
    list.insertAdjacentHTML("afterbegin", html);
    tick(list.firstElementChild);
    window.htmx?.process(list.firstElementChild);
  }
  zone.dispatchEvent(new CustomEvent("library:uploaded", { bubbles: true, detail: { id, html } }));
}

/** What was added just now is most likely what something is to be made of. */
function tick(tile) {
  const box = tile?.querySelector(".media-choose input");
  if (box) box.checked = true;
}

function send({ zone, file, parts }) {
  const request = new XMLHttpRequest();
  const words = zone.dataset;
  const next = () => { underWay -= 1; pump(); };
  const form = new FormData();
  form.append("files", file, file.name);
  request.open("POST", words.upload);
  request.setRequestHeader("X-CSRFToken", token());
  request.setRequestHeader("X-Upload", "one");
  request.setRequestHeader("X-File-Size", String(file.size));
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) parts.bar.value = Math.round((100 * event.loaded) / event.total);
  });
  // All bytes are there and the picture is being looked at: a bar without a value moves by itself.
  request.upload.addEventListener("load", () => parts.bar.removeAttribute("value"));
  request.addEventListener("load", () => {
    const id = request.getResponseHeader("X-Asset"); // without one it is the page for signing in
    if (request.status === 200 && id) {
      place(zone, id, request.responseText);
      ended(parts, "done", words.uploadDone);
    } else if (request.status === 413) ended(parts, "failed", words.uploadBig);
    else if (request.status === 507) ended(parts, "failed", document.body.dataset.full);
    else ended(parts, "failed", request.status === 422 ? request.responseText : words.uploadFailed);
    next();
  });
  for (const cut of ["error", "abort", "timeout"]) {
    request.addEventListener(cut, () => { ended(parts, "failed", words.uploadCut); next(); });
  }
  parts.stop.addEventListener("click", () => request.abort());
  request.send(form);
}

function pump() {
  while (underWay < AT_ONCE && waiting.length > 0) {
    underWay += 1;
    send(waiting.shift());
  }
}

function take(zone, files) {
  for (const file of files) {
    const parts = item(zone, file);
    if (file.size > MOST_BYTES) ended(parts, "failed", zone.dataset.uploadBig);
    else waiting.push({ zone, file, parts });
  }
  pump();
}

const zoneOf = (event) =>
  event.target.closest?.("[data-upload]") ??
  event.target.closest?.("[data-upload-around]")?.querySelector("[data-upload]");

function takeFrom(zone, field) {
  take(zone, [...field.files]);
  field.value = ""; // else a form around it would send them once more
}

document.addEventListener("change", (event) => {
  const zone = zoneOf(event);
  if (!zone || event.target.type !== "file") return;
  takeFrom(zone, event.target);
});
document.addEventListener("dragover", (event) => {
  const zone = zoneOf(event);
  if (!zone || !event.dataTransfer.types.includes("Files")) return;
  event.preventDefault();
  zone.dataset.over = "";
});
for (const end of ["dragleave", "drop"]) {
  document.addEventListener(end, (event) => {
    const zone = zoneOf(event);
    if (zone) delete zone.dataset.over;
  });
}
document.addEventListener("drop", (event) => {
  const zone = zoneOf(event);
  if (!zone || event.dataTransfer.files.length === 0) return;
  event.preventDefault();
  take(zone, [...event.dataTransfer.files]);
});
document.addEventListener("paste", (event) => {
  const zone = zoneOf(event) ?? document.querySelector("[data-upload]");
  const files = [...(event.clipboardData?.files ?? [])];
  if (!zone || files.length === 0) return;
  event.preventDefault();
  take(zone, files);
});
addEventListener("beforeunload", (event) => { if (underWay > 0) event.preventDefault(); });

// What was chosen before this script had come.
for (const field of document.querySelectorAll("[data-upload] input[type=file]")) {
  if (field.files.length > 0) takeFrom(field.closest("[data-upload]"), field);
}
