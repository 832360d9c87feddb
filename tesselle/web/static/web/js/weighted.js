/**
 * Weighted length, as X counts: the same rules and patterns as `tesselle/domain/text/weighted.py`, which
 * tells them in words. The cases in `tesselle/domain/tests/cases/weighted.json` run against both.
 */

import { knownPart } from "./domains.js";
import { asciiLength } from "./punycode.js";

const EMOJI_WEIGHT = 2;
const MAX_LABEL = 63;
const MAX_ADDRESS = 4096;

const INVISIBLE = "\\uFFFE\\uFEFF\\uFFFF\\u202A-\\u202E\\u061C\\u200E\\u200F\\u2066-\\u2069";
const SPACES = "\\t-\\r \\x85\\xA0\\u1680\\u180E\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000";
const HOST_SIGN = `[^!'#%&\\(\\)*+,\\\\\\-.\\/:;<=>?@\\[\\]\\^_\\{\\|\\}~$${SPACES}${INVISIBLE}]`;
const LABEL = `${HOST_SIGN}+(?:[_\\-]+${HOST_SIGN}+)*`;
const LATIN =
  "a-zA-Z0-9\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u024F\\u0253\\u0254\\u0256\\u0257\\u0259\\u025B\\u0263\\u0268\\u026F\\u0272" +
  "\\u0289\\u028B\\u02BB\\u0300-\\u036F\\u1E00-\\u1EFF";
const PATH_SIGN = `[${LATIN}\\u0400-\\u04FF!*';:=+,.$\\/%#\\[\\]\\-\\u2013_~@\\|&]`;
const BALANCED = `\\((?:${PATH_SIGN}+|${PATH_SIGN}*\\(${PATH_SIGN}+\\)${PATH_SIGN}*)\\)`;
const PATH = `(?<path>\\/(?:${PATH_SIGN}|${BALANCED})*(?<=[${LATIN}\\u0400-\\u04FF+\\-=_#\\/\\)]))?`;
const QUERY = "(?:\\?[a-zA-Z0-9!?*'@\\(\\);:&=+$\\/%#\\[\\]\\-_.,~\\|]*(?<=[a-zA-Z0-9\\-_&=#\\/]))?";
const FREE = "(?<![A-Za-z0-9@＠$#＃\\uFFFE\\uFEFF\\uFFFF])";
const SCHEME = "[hH][tT][tT][pP][sS]?:\\/\\/";
const ADDRESS = `${FREE}(?<scheme>${SCHEME})?(?<host>${LABEL}(?:\\.${LABEL})+)`;
const HERE = new RegExp(ADDRESS, "yu");
const LATER = new RegExp(`(?:(?<!${FREE}${HOST_SIGN})|(?=${SCHEME}))${ADDRESS}`, "gu");
const TAIL = new RegExp(`(?::[0-9]+)?${PATH}${QUERY}`, "yu");
const LATIN_HOST = new RegExp(`(?:[\\-${LATIN}]+\\.)+`, "gu");
const GLUED_SCHEME = /(?<=.)[hH][tT][tT][pP][sS]?$/u;
const NOT_BEFORE_BARE = "-_./";

const HEAVY = /[^\0-\u10FF\u2000-\u200D\u2010-\u201F\u2032-\u2037]/gu;
const ONE_PICTURE =
  "(?:\\p{Emoji_Modifier_Base}\\p{Emoji_Modifier}|(?![0-9#*\\xA9\\xAE]|\\p{Regional_Indicator})\\p{Emoji}\\uFE0F?" +
  "|[\\xA9\\xAE]\\uFE0F)[\\u{E0020}-\\u{E007F}]*";
const EMOJI = new RegExp(
  `\\p{Regional_Indicator}{2}|[0-9#*]\\uFE0F?\\u20E3|${ONE_PICTURE}(?:\\u200D${ONE_PICTURE})*`,
  "gu",
);

/** What the text weighs when each address weighs `addressWeight` (null: as written); `endings` is a Set. */
export function weigh(text, addressWeight, endings) {
  const composed = text.normalize("NFC");
  if (addressWeight === null || addressWeight === undefined) return weighWords(composed);
  let total = 0;
  let done = 0;
  for (const [start, end] of addresses(composed, endings)) {
    total += weighWords(composed.slice(done, start)) + addressWeight;
    done = end;
  }
  return total + weighWords(composed.slice(done));
}

function weighWords(words) {
  const emoji = words.match(EMOJI)?.length ?? 0;
  const others = emoji ? words.replace(EMOJI, "") : words;
  return emoji * EMOJI_WEIGHT + [...others].length + (others.match(HEAVY)?.length ?? 0);
}

function* addresses(text, endings) {
  const second = exec(HERE, text, secondSign(text));
  // A first sign of no account is left out.
  let position = second && hostLength(second, endings) ? second.index : 0;
  for (;;) {
    const match = exec(HERE, text, position) ?? exec(LATER, text, position + 1);
    if (!match) return;
    const length = hostLength(match, endings);
    if (!length) {
      position = nextBeginning(match);
      continue;
    }
    const hostEnd = hostStart(match) + length;
    const tail = exec(TAIL, text, hostEnd);
    const end = tail ? hostEnd + tail[0].length : hostEnd;
    yield* counted(match, length, end, Boolean(tail?.groups.path), endings);
    position = end + 1;
  }
}

function exec(pattern, text, position) {
  pattern.lastIndex = position;
  return pattern.exec(text);
}

function secondSign(text) {
  return text.codePointAt(0) > 0xffff ? 2 : 1;
}

function hostStart(match) {
  return match.index + (match.groups.scheme?.length ?? 0);
}

/** Nothing in a host without a known ending leads to one, but a scheme may be glued to it. */
function nextBeginning(match) {
  const { host } = match.groups;
  const hostEnd = hostStart(match) + host.length;
  const glued = match.input.startsWith("://", hostEnd) ? GLUED_SCHEME.exec(host) : null;
  return glued ? hostStart(match) + glued.index : hostEnd;
}

/** A domain glued to `@`, `+` or `-` is the start of something else: then one before it is sought. */
function hostLength(match, endings) {
  const { host } = match.groups;
  const length = knownPart(host, endings);
  const following = match.input[hostStart(match) + host.length] ?? " ";
  if (length !== host.length || !"@+-".includes(following)) return length;
  return knownPart(host.slice(0, Math.max(host.lastIndexOf("."), 0)), endings);
}

function* counted(match, length, end, hasPath, endings) {
  const begin = hostStart(match);
  const host = match.groups.host.slice(0, length);
  if ([...match.input.slice(match.index, end)].length > MAX_ADDRESS || host.split(".").some(isLong)) return;
  if (match.groups.scheme) {
    yield [match.index, end];
    return;
  }
  if (begin && NOT_BEFORE_BARE.includes(match.input[begin - 1])) return;
  const spans = [...latinHosts(host, endings)];
  for (const [index, [first, last]] of spans.entries()) {
    yield [begin + first, index === spans.length - 1 && hasPath ? end : begin + last];
  }
}

/** The parts of a bare host that are written in Latin letters and lead somewhere. */
function* latinHosts(host, endings) {
  let position = 0;
  for (;;) {
    const match = exec(LATIN_HOST, host, position);
    if (!match) return;
    const matchEnd = match.index + match[0].length;
    const ending = /^[^.]*/u.exec(host.slice(matchEnd))[0];
    const length = knownPart(match[0] + ending, endings);
    if (length) yield [match.index, match.index + length];
    position = Math.max(matchEnd, match.index + length);
  }
}

function isLong(label) {
  return label.length > MAX_LABEL * 2 || asciiLength(label) > MAX_LABEL;
}
