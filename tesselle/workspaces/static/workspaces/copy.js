// Copies what a field shows. <input readonly id="link"> <button type="button" data-copies="link" data-copied="Copied">
for (const button of document.querySelectorAll("[data-copies]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copies).value);
    button.querySelector("[data-copy-word]").textContent = button.dataset.copied;
  });
}
