// Pinning a comment: words selected in the preview go into the form; a click on a picture, or its two sliders,
// say where. Without script a list of sentences and the sliders do the same.
function bindPictures(fields) {
  const across = fields.querySelector("[data-pin-across]");
  const down = fields.querySelector("[data-pin-down]");
  if (!across || !down) return;
  const show = () => {
    for (const choice of fields.querySelectorAll("[data-pin-asset]")) {
      const mark = choice.closest("label").querySelector("[data-pin-mark]");
      mark.toggleAttribute("hidden", !choice.checked);
      for (const circle of mark.querySelectorAll("circle")) {
        circle.setAttribute("cx", `${across.value}%`);
        circle.setAttribute("cy", `${down.value}%`);
      }
    }
  };
  for (const picture of fields.querySelectorAll("[data-pin-picture]")) {
    picture.addEventListener("click", (event) => {
      const box = picture.getBoundingClientRect();
      across.value = Math.round((100 * (event.clientX - box.left)) / box.width);
      down.value = Math.round((100 * (event.clientY - box.top)) / box.height);
      picture.closest("label").querySelector("[data-pin-asset]").checked = true;
      show();
    });
  }
  fields.addEventListener("input", show);
  fields.addEventListener("change", show);
}

function bindSelection(paper) {
  const list = paper.querySelector("[data-pin-passage]");
  if (!list) return;
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const words = selection.toString().replace(/\s+/g, " ").trim().slice(0, 400);
    const around = selection.anchorNode?.parentElement?.closest(".papers-previews");
    if (!words || !around || !paper.contains(around)) return;
    let own = list.querySelector("[data-own]");
    if (!own) {
      own = document.createElement("option");
      own.dataset.own = "";
      list.append(own);
    }
    own.value = words;
    own.textContent = words.length > 90 ? `${words.slice(0, 89)}…` : words;
    list.value = words;
    list.closest("details").open = true;
  });
}

// In the composer: what is selected in the text is the passage; a passage is shown where it stands.
// Whatever kind of space, or line end, stands between the words.
function whereIs(passage) {
  const words = passage.split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(words.join("\\s+"));
  for (const field of document.querySelectorAll("#composer textarea:not(#composer-comment)")) {
    const found = pattern.exec(field.value);
    if (found && field.offsetParent) return { field, start: found.index, end: found.index + found[0].length };
  }
  return null;
}

function bindComposer() {
  for (const button of document.querySelectorAll("[data-shows-passage]")) button.hidden = false;
}

document.addEventListener("select", (event) => {
  const taker = document.querySelector("[data-takes-selection]");
  const field = event.target;
  if (!taker || field.tagName !== "TEXTAREA" || field.id === "composer-comment" || !field.closest("#composer")) return;
  taker.value = field.value.slice(field.selectionStart, field.selectionEnd).replace(/\s+/g, " ").trim().slice(0, 400);
});

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-shows-passage]");
  if (!button) return;
  const place = whereIs(button.dataset.showsPassage);
  if (!place) return;
  place.field.focus();
  place.field.setSelectionRange(place.start, place.end);
  place.field.scrollIntoView({ block: "center" });
});

document.addEventListener("htmx:afterSettle", bindComposer);
for (const fields of document.querySelectorAll("[data-pin]")) bindPictures(fields);
for (const paper of document.querySelectorAll(".paper, .papers-member")) bindSelection(paper);
bindComposer();
