/**
 * Counts a text as its network does, while it is being typed. The same rules as `tesselle/domain/text`:
 * the cases in `tesselle/domain/tests/cases/counting.json` run against both.
 *
 * Expected HTML:
 *
 *   <script type="application/json" id="limits-7">{"texts": [{"maximum": 500, "unit": "graphemes", …}], …}</script>
 *   <script type="application/json" id="endings">["com", "org", …]</script>
 *   <textarea id="text-0"></textarea>
 *   <span data-counts="text-0" data-limits="limits-7" data-endings="endings" data-part="0"
 *         data-link="link" data-options="c7-option-" data-near="…" data-over="…">
 *     <span data-counted></span> / <span data-limit></span> <span data-left></span>
 *     <span data-announce class="visually-hidden" aria-live="polite"></span>
 *   </span>
 *
 * `data-limits` names the network's limits (`Limits.to_json()`), `data-endings` the top-level domains
 * (`known_endings()`). `data-caption`: media go with this part, so the caption's limit holds. `data-link`
 * names the field of the post's link and `data-options` begins the ids of the channel's option fields: some
 * networks count these with the text (`with_link`, `with_option`). Several counters may count one field.
 * The counter's element gets `data-state` (`ok`, `near`, `over`). `data-near` and `data-over` are the
 * sentences to announce, with `{left}` and `{over}`; they are said only when the state changes.
 */

import { knownPart } from "./domains.js";
import { weigh } from "./weighted.js";

const WORD = "[\\p{L}\\p{M}\\p{N}]+";
const HOST = `${WORD}(?:[_\\-]+${WORD})*(?:\\.${WORD}(?:[_\\-]+${WORD})*)+`;
const PICTURE = "\\p{Extended_Pictographic}\\p{Regional_Indicator}\\p{Emoji_Modifier}";
const PATH_SIGN = `[^\\p{White_Space}${PICTURE}<>()?"\\\\\\^\`\\{\\}]`;
const BALANCED = `\\((?:${PATH_SIGN}|\\(${PATH_SIGN}*\\))+\\)`;
const PATH = `(?:/(?:${PATH_SIGN}|${BALANCED})*(?<![=$~|+]|[^\\P{P}\\-_#/)]))?`;
const QUERY = `(?:\\?[^\\p{White_Space}${PICTURE}<>"\\\\\\^\`\\{\\}]*(?<=[\\p{L}\\p{M}\\p{N}_&=#/\\-]))?`;
const ADDRESS = new RegExp(
  `(?<![A-Za-z0-9@＠$#＃])[hH][tT][tT][pP][sS]?://(?<host>${HOST})(?<tail>(?::[0-9]+)?${PATH}${QUERY})`,
  "gu",
);
const REMOTE_NAME =
  /(?<![=/\p{L}\p{M}\p{N}\p{Pc}])@(?<name>[A-Za-z0-9_]+(?:[A-Za-z0-9_.\-]+[A-Za-z0-9_]+)?)@[A-Za-z0-9.\-]+[A-Za-z0-9]/gu;
const SAYS_SOMETHING = /[^\p{White_Space}\x1c-\x1f]/u;
// What emoji are made of: each weighs its UTF-8 bytes where emoji do.
const OF_EMOJI =
  /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\u200D\u20E3\uFE0F\u{E0020}-\u{E007F}]/gu;
const NEAR_RATE = 0.9;
const ROOMY = 10000;

const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
const encoder = new TextEncoder();

/** How much of `limit` (one entry of the limits JSON) the text uses up; `endings` is a Set. */
export function count(text, limit, endings) {
  if (limit.unit === "weighted") return weigh(text, limit.url_weight, endings);
  const signs = limit.doubled ?? "";
  const again = signs ? [...text].filter((sign) => signs.includes(sign)).length : 0;
  return measure(asCounted(text, limit, endings), limit.unit) + again;
}

/** The strictest of `limits`: the one with the least room left; null if there are none. */
export function strictest(text, limits, endings) {
  const entries = limits.map((limit) => {
    const counted = count(text, limit, endings);
    return { counted, limit: limit.maximum, left: limit.maximum - counted };
  });
  entries.sort((one, two) => one.left - two.left || one.limit - two.limit);
  return entries[0] ?? null;
}

/** `ok`, `near` (nine tenths used) or `over`. */
export function stateOf({ counted, limit }) {
  if (counted > limit) return "over";
  return counted >= limit * NEAR_RATE ? "near" : "ok";
}

/** The limits that hold for one part. */
export function limitsOfPart(limits, isCaption) {
  return isCaption && limits.caption ? [limits.caption] : limits.texts;
}

/** What an option and an appended link leave of `limit`; `beside` says what stands in the form besides the text. */
export function room(limit, text, beside, endings) {
  let taken = 0;
  const option = limit.with_option ? beside.option(limit.with_option) : "";
  if (option) taken += count(option, { ...limit, url_weight: null, local_mentions: false }, endings);
  if (limit.with_link && beside.part === 0) taken += count(appendedLink(text, beside.link), limit, endings);
  return taken ? { ...limit, maximum: limit.maximum - taken } : limit;
}

function appendedLink(text, link) {
  if (!link || text.includes(link)) return "";
  return SAYS_SOMETHING.test(text) ? `\n\n${link}` : link;
}

/** Limits so wide that a counter says nothing before half of them is used. */
export function isRoomy({ counted, limit }) {
  return limit >= ROOMY && counted * 2 < limit;
}

function measure(text, unit) {
  switch (unit) {
    case "graphemes":
      return [...segmenter.segment(text)].length;
    case "code_points":
      return [...text].length;
    case "utf16":
      return text.length;
    case "bytes":
      return encoder.encode(text).length;
    case "emoji_bytes":
      return [...text].length + (text.match(OF_EMOJI) ?? []).reduce((sum, sign) => sum + encoder.encode(sign).length - 1, 0);
    default:
      throw new Error(`Unknown unit: ${unit}`);
  }
}

function asCounted(text, limit, endings) {
  const found = [];
  if (limit.url_weight !== null && limit.url_weight !== undefined) {
    for (const [start, end] of urls(text, endings)) found.push([start, end, "x".repeat(limit.url_weight)]);
  }
  if (limit.local_mentions) {
    for (const match of text.matchAll(REMOTE_NAME)) {
      found.push([match.index, match.index + match[0].length, `@${match.groups.name}`]);
    }
  }
  found.sort((one, two) => one[0] - two[0]);
  let result = "";
  let done = 0;
  for (const [start, end, standIn] of found) {
    if (start < done) continue; // an address goes before a mention inside it
    result += text.slice(done, start) + standIn;
    done = end;
  }
  return result + text.slice(done);
}

function* urls(text, endings) {
  let position = 0;
  for (;;) {
    ADDRESS.lastIndex = position;
    const match = ADDRESS.exec(text);
    if (!match) return;
    const end = knownEnd(text, match, endings);
    // What was not taken may hold the next address.
    position = end || match.index + match[0].indexOf("://") + 3;
    if (end) yield [match.index, end];
  }
}

function knownEnd(text, match, endings) {
  const { host, tail } = match.groups;
  const length = knownPart(host, endings);
  const whole = match.index + match[0].length;
  const hostEnd = whole - tail.length;
  if (length === 0) return 0;
  if (length < host.length) return hostEnd - host.length + length;
  return "@+-".includes(text[hostEnd] ?? " ") ? 0 : whole;
}

function readJson(root, id) {
  const element = id ? root.getElementById(id) : null;
  return element ? JSON.parse(element.textContent) : null;
}

/** Keeps one counter's element true to the field it counts; binding it twice does nothing more. */
export function bind(output) {
  const page = output.ownerDocument;
  const area = page.getElementById(output.dataset.counts);
  const limits = readJson(page, output.dataset.limits);
  if (!area || !limits || output.dataset.counterBound) return;
  output.dataset.counterBound = "yes";
  const endings = new Set(readJson(page, output.dataset.endings) ?? []);
  const held = limitsOfPart(limits, "caption" in output.dataset);
  const link = output.dataset.link ? page.getElementById(output.dataset.link) : null;
  const optionOf = (name) => page.getElementById(`${output.dataset.options ?? ""}${name}`);
  const show = () => {
    const beside = {
      part: Number(output.dataset.part ?? 0),
      link: link?.value.trim() ?? "",
      option: (name) => optionOf(name)?.value ?? "",
    };
    render(output, strictest(area.value, held.map((limit) => room(limit, area.value, beside, endings)), endings));
  };
  const options = held.filter((limit) => limit.with_option).map((limit) => optionOf(limit.with_option));
  for (const field of new Set([area, link, ...options])) field?.addEventListener("input", show);
  show();
}

/** As the page's language writes it: 1 000 000, with the same space as the server's. */
function grouped(number, language) {
  return number.toLocaleString(language || "en").replaceAll("\u202f", "\u00a0");
}

/** Writes an entry of `strictest` into a counter's element; speaks only when the state changes. */
export function render(output, entry) {
  output.hidden = entry === null || isRoomy(entry);
  if (entry === null) return;
  const before = output.dataset.state;
  const state = stateOf(entry);
  const inWords = (number) => grouped(number, output.ownerDocument.documentElement.lang);
  const write = (hook, words) => {
    const element = output.querySelector(`[data-${hook}]`);
    if (element) element.textContent = words;
  };
  output.dataset.state = state;
  write("counted", inWords(entry.counted));
  write("limit", inWords(entry.limit));
  write("left", inWords(entry.left));
  if (before !== undefined && before !== state) {
    const sentence = state === "ok" ? "" : (output.dataset[state] ?? "");
    write("announce", sentence.replace("{left}", inWords(entry.left)).replace("{over}", inWords(-entry.left)));
  }
}

/** Binds every counter in a piece of the page. */
export function bindAll(root) {
  for (const output of root.querySelectorAll("[data-counts]")) bind(output);
}

if (typeof document !== "undefined") {
  const start = () => bindAll(document);
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
  document.addEventListener("htmx:load", (event) => bindAll(event.detail.elt.parentNode ?? event.target));
}
