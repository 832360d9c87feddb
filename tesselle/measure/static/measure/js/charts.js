// Draws a chart above the table that holds its data:
// <div class="chart" data-chart="/static/…/weeks.vl.json" data-axes="|Interactions" hidden></div>
// <details><table><th data-field="week" data-kind="date">…<td data-raw="12">…</table></details>
// Without script the table stays, and says all. Expressions are interpreted, never compiled: the page's
// policy forbids that. Drawn again when the theme changes, in the tokens' colours.
import { expressionInterpreter } from "../../vendor/vega-interpreter.js";

const PAINTS = { ink: "--text", muted: "--text-muted", line: "--line", deep: "--tile-deep", gold: "--tile-gold", ground: "--surface" };

function rowsOf(table) {
  const heads = [...table.tHead.rows[0].cells].map((cell) => [cell.dataset.field, cell.dataset.kind]);
  return [...table.tBodies[0].rows].map((row) =>
    Object.fromEntries(heads.map(([field, kind], place) => [field, valueOf(row.cells[place].dataset.raw, kind)])),
  );
}

function valueOf(raw, kind) {
  if (raw === "") return null;
  return kind === "number" ? Number(raw) : raw;
}

function paint(element) {
  // A colour of light-dark() is settled only where it is used.
  const probe = element.appendChild(document.createElement("i"));
  const colours = Object.fromEntries(
    Object.entries(PAINTS).map(([name, token]) => {
      probe.style.color = `var(${token})`;
      return [name, getComputedStyle(probe).color];
    }),
  );
  probe.remove();
  return colours;
}

function config(colours, font) {
  const axis = { labelColor: colours.muted, titleColor: colours.muted, gridColor: colours.line, domainColor: colours.line, tickColor: colours.line, labelFontSize: 12, titleFontSize: 12, titleFontWeight: 400 };
  return {
    font,
    background: null,
    view: { stroke: null },
    axis,
    bar: { color: colours.deep },
    line: { color: colours.deep, strokeWidth: 2 },
    point: { color: colours.deep, fill: colours.ground, filled: true, stroke: colours.deep, strokeWidth: 2, size: 60 },
    tick: { color: colours.gold },
    rule: { color: colours.gold, strokeWidth: 2, strokeDash: [6, 4] },
  };
}

async function draw(element) {
  const answer = await fetch(element.dataset.chart);
  if (!answer.ok) return;
  const spec = await answer.json();
  const table = element.parentElement.querySelector("table");
  const [x, y] = element.dataset.axes.split("|");
  spec.data = { values: rowsOf(table) };
  spec.description = table.caption.textContent;
  // A step for each row and a width that fits cannot both be asked for: the rows are counted here.
  if (spec.height?.step) spec.height = spec.height.step * table.tBodies[0].rows.length;
  for (const layer of spec.layer ?? [spec]) {
    if (layer.encoding?.x) layer.encoding.x.title = x || null;
    if (layer.encoding?.y) layer.encoding.y.title = y || null;
  }
  element.hidden = false;
  // The sentence above and the table below say it in the reader's words; what the library says of each mark is English.
  element.setAttribute("aria-hidden", "true");
  const colours = paint(element);
  await window.vegaEmbed(element, spec, {
    actions: false,
    ast: true,
    expr: expressionInterpreter,
    renderer: "svg",
    defaultStyle: false,
    tooltip: false,
    config: config(colours, getComputedStyle(element).fontFamily),
    timeFormatLocale: dates(document.documentElement.lang),
    formatLocale: numbers(document.documentElement.lang),
  });
}

function dates(language) {
  const names = (count, option, first) =>
    Array.from({ length: count }, (_, n) => new Intl.DateTimeFormat(language, option).format(first(n)));
  const day = (n) => new Date(2023, 0, 1 + n);
  const month = (n) => new Date(2023, n, 1);
  return {
    dateTime: "%A %e %B %Y, %X", date: "%d.%m.%Y", time: "%H:%M:%S", periods: ["AM", "PM"],
    days: names(7, { weekday: "long" }, day), shortDays: names(7, { weekday: "short" }, day),
    months: names(12, { month: "long" }, month), shortMonths: names(12, { month: "short" }, month),
  };
}

function numbers(language) {
  const parts = new Intl.NumberFormat(language).formatToParts(1234567.5);
  const sign = (type) => parts.find((part) => part.type === type)?.value ?? "";
  const whole = new Intl.NumberFormat(language, { style: "percent" }).format(1);
  return { decimal: sign("decimal"), thousands: sign("group"), grouping: [3], currency: ["", ""], percent: whole.replace(/^\d+/, "") };
}

export function bind(root) {
  for (const element of root.querySelectorAll("[data-chart]:not([data-bound])")) {
    element.dataset.bound = "";
    draw(element);
    new MutationObserver(() => draw(element)).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => draw(element));
  }
}

bind(document);
document.addEventListener("htmx:load", (event) => bind(event.detail.elt));
