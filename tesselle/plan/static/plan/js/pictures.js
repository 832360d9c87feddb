// Pictures that are chosen here are added at once; the button beside the field does the same without a script.
// <input type="file" data-adds> <button name="do" value="add" data-add>
const field = document.querySelector("[data-adds]");

field?.addEventListener("change", () => {
  if (field.files.length > 0) field.form.requestSubmit(field.form.querySelector("[data-add]"));
});
