// Says in words when an answer did not come or was an error; the sentences are on
// <body data-offline data-failed data-full>.
import { show } from "./toast.js";

const EXPECTED_STATUS = 422;
const FULL_DISK_STATUS = 507;

document.addEventListener("htmx:sendError", () => show(document.body.dataset.offline));
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  if (xhr.status === EXPECTED_STATUS || xhr.getResponseHeader("HX-Redirect")) return;
  show(xhr.status === FULL_DISK_STATUS ? document.body.dataset.full : document.body.dataset.failed);
});
