// A row of pages that is longer than the screen begins with the page that is open in its middle, not with the first;
// whoever walks through it by keyboard sees each one whole. The page itself stays where it is, which
// `scrollIntoView` would not promise.
const ROWS = "nav.segments, .tab-list";

function inTheMiddle(row, one) {
  const before = one.getBoundingClientRect().left - row.getBoundingClientRect().left + row.scrollLeft;
  row.scrollLeft = before - (row.clientWidth - one.offsetWidth) / 2;
}

export function bind(root) {
  for (const row of root.querySelectorAll(ROWS)) {
    const current = row.querySelector("[aria-current]");
    if (current) inTheMiddle(row, current);
  }
}

document.addEventListener("focusin", ({ target }) => {
  const row = target.closest?.(ROWS);
  if (row && target.matches(":focus-visible")) inTheMiddle(row, target);
});
