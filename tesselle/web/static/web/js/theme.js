// Switches the theme without leaving the page and keeps the choice in the cookie the server reads.
// <form data-theme-switch method="post"><button name="theme" value="dark" aria-pressed="false">
import { fresh } from "./find.js";

const YEAR_SECONDS = 31536000;

function choose(theme) {
  document.documentElement.dataset.theme = theme;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `tesselle_theme=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax${secure}`;
  for (const button of document.querySelectorAll("[data-theme-switch] button")) {
    button.setAttribute("aria-pressed", String(button.value === theme));
  }
}

export function bind(root) {
  for (const form of fresh(root, "[data-theme-switch]", bind)) {
    form.addEventListener("submit", (event) => {
      if (!event.submitter) return;
      event.preventDefault();
      choose(event.submitter.value);
    });
  }
}
