// Ticks all of a form, or none, without asking the server: nothing else that was typed or changed is touched.
// <form> … <button name="tick" value="all|none"> … <input type="checkbox" name="post">
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[name=tick]");
  if (!button) return;
  event.preventDefault();
  for (const box of button.form.querySelectorAll("input[type=checkbox][name=post]")) box.checked = button.value === "all";
});
