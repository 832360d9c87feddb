// Where what is typed is kept by now: <p data-kept-line data-kept="…{time}" data-waiting=… data-signed-out=… >
import { announce } from "../web/js/announce.js";

/** `state` and `answer` as a Keeper gives them; `answer.kept_at` is the server's time. */
export function showKept(line, state, answer) {
  if (!line) return;
  const before = line.dataset.state;
  line.dataset.state = state;
  if (state === "kept") {
    if (answer.kept_at) line.textContent = line.dataset.kept.replace("{time}", answer.kept_at);
    return;
  }
  line.textContent = state === "signed-out" ? line.dataset.signedOut : line.dataset.waiting;
  if (state === "signed-out") line.append(" ", signIn(line));
  if (before !== state) announce(line.textContent);
}

function signIn(line) {
  const link = document.createElement("a");
  link.href = line.dataset.signIn;
  link.target = "_blank";
  link.textContent = line.dataset.signInLabel;
  return link;
}
