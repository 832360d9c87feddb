// Pictures by dropping and pasting, and how far the upload is. Everything else is plain HTML and htmx.

function give(files) {
  const input = document.getElementById("files");
  const pictures = [...files].filter((file) => /^(image|video)\//.test(file.type));
  if (!input || pictures.length === 0) return false;
  const transfer = new DataTransfer();
  for (const file of pictures) transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  return true;
}

document.addEventListener("dragover", (event) => {
  const zone = event.target.closest?.("[data-drop]");
  if (!zone) return;
  event.preventDefault();
  zone.dataset.over = "yes";
});
document.addEventListener("dragleave", (event) => {
  const zone = event.target.closest?.("[data-drop]");
  if (zone) delete zone.dataset.over;
});
document.addEventListener("drop", (event) => {
  const zone = event.target.closest?.("[data-drop]");
  if (!zone) return;
  event.preventDefault();
  delete zone.dataset.over;
  give(event.dataTransfer.files);
});
document.addEventListener("paste", (event) => {
  if (event.clipboardData?.files.length && event.target.closest?.("#composer") && give(event.clipboardData.files)) {
    event.preventDefault();
  }
});
document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.closest?.("[data-drop]")?.querySelector("progress");
  if (!bar || !event.detail.lengthComputable) return;
  bar.hidden = false;
  bar.value = Math.round((100 * event.detail.loaded) / event.detail.total);
});
