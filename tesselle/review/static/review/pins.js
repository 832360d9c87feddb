// Pinning a comment: words selected in the preview go into the form; a click on a picture, in the preview or in
// the form, or its two sliders, say where. Without script a list of sentences and the sliders do the same.
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

// Where a comment would go: into what stands open, else into “change this”, which then opens.
function fieldsOf(paper) {
  const all = [...paper.querySelectorAll("[data-pin]")];
  return all.find((one) => one.checkVisibility()) ?? all.find((one) => "pinFirst" in one.dataset) ?? all[0];
}

function open(fields) {
  for (let one = fields; one; one = one.parentElement?.closest("details")) one.open = true;
}

function bindSelection(paper) {
  if (!paper.querySelector("[data-pin-passage]")) return;
  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    const words = selection.toString().replace(/\s+/g, " ").trim().slice(0, 400);
    const around = selection.anchorNode?.parentElement?.closest(".papers-previews");
    if (!words || !around || !paper.contains(around)) return;
    const fields = fieldsOf(paper);
    const list = fields.querySelector("[data-pin-passage]");
    // Names and dates around the text are the network's: nothing of them can be changed.
    const text = [...list.options].filter((one) => !("own" in one.dataset)).map((one) => one.value).join(" ");
    if (!text.includes(words)) return;
    let own = list.querySelector("[data-own]");
    if (!own) {
      own = document.createElement("option");
      own.dataset.own = "";
      list.append(own);
    }
    own.value = words;
    own.textContent = words.length > 90 ? `${words.slice(0, 89)}…` : words;
    list.value = words;
    open(fields);
  });
}

// What a preview shows of a picture may be cut: back to the place on the whole one, in percents.
function placeOn(picture, event) {
  const box = picture.getBoundingClientRect();
  const { naturalWidth, naturalHeight } = picture;
  const { objectFit, objectPosition } = getComputedStyle(picture);
  const fits = { cover: Math.max, contain: Math.min }[objectFit];
  const scale = fits?.(box.width / naturalWidth, box.height / naturalHeight);
  const wide = scale ? naturalWidth * scale : box.width;
  const high = scale ? naturalHeight * scale : box.height;
  const [x, y] = objectPosition.split(" ").map((one) => (one.endsWith("%") ? parseFloat(one) / 100 : 0.5));
  const percent = (at, start, room, size, share) =>
    Math.max(0, Math.min(100, Math.round((100 * (at - start - (room - size) * share)) / size)));
  return [percent(event.clientX, box.left, box.width, wide, x), percent(event.clientY, box.top, box.height, high, y)];
}

// Each has an address of its own for a while; what stands behind the token is the file.
const fileOf = (picture) => new URL(picture.src).pathname.replace(/^\/m\/[^/]+/, "");

function bindPreviews(paper) {
  const known = new Map([...paper.querySelectorAll("[data-pin-picture]")].map((one) => [fileOf(one), one.dataset.pinPicture]));
  for (const picture of paper.querySelectorAll(".papers-previews img")) {
    if (!known.has(fileOf(picture))) continue;
    picture.classList.add("can-be-pinned");
    picture.addEventListener("click", (event) => {
      const fields = fieldsOf(paper);
      const choice = [...fields.querySelectorAll("[data-pin-asset]")].find((one) => one.value === known.get(fileOf(picture)));
      [fields.querySelector("[data-pin-across]").value, fields.querySelector("[data-pin-down]").value] = placeOn(picture, event);
      choice.checked = true;
      choice.dispatchEvent(new Event("change", { bubbles: true }));
      open(fields);
      const words = fields.closest("form").querySelector("textarea");
      words.focus({ preventScroll: true });
      words.scrollIntoView({ block: "center" });
    });
  }
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
for (const paper of document.querySelectorAll(".paper, .papers-member")) {
  bindSelection(paper);
  bindPreviews(paper);
}
bindComposer();
