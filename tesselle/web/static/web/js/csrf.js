// Signing in again in another tab changes the token; a page that has stood open meanwhile takes the new one.
const NAME = "csrftoken";

export function token() {
  const found = document.cookie.split("; ").find((pair) => pair.startsWith(`${NAME}=`));
  return found ? found.slice(NAME.length + 1) : "";
}

document.addEventListener("htmx:configRequest", (event) => {
  const fresh = token();
  if (!fresh) return;
  event.detail.headers["X-CSRFToken"] = fresh;
  if ("csrfmiddlewaretoken" in event.detail.parameters) event.detail.parameters.csrfmiddlewaretoken = fresh;
});
