/** What stands around the caret, and what becomes of the text when something is put there. No document here. */

const BEGUN = /(?:^|[\s(])([@#][\p{L}\p{N}_.@-]*|:\p{L}[\p{L}\p{N}_-]*)$/u;

/** A selection or a word begun with @, # or : (an emoji) is replaced, and looked for; nothing else is. A colon
 *  alone is one of the sentence's own. */
export function around(text, start, end) {
  if (start !== end) return { start, end, query: text.slice(start, end).slice(0, 60) };
  const begun = text.slice(0, start).match(BEGUN)?.[1] ?? "";
  return { start: start - begun.length, end: start, query: begun };
}

/** A space before and after where words would grow together. */
export function merged(text, { start, end }, piece) {
  const before = text.slice(0, start);
  const after = text.slice(end);
  const lead = before && !/[\s(]$/.test(before) ? " " : "";
  const trail = /^[\p{L}\p{N}@#]/u.test(after) ? " " : "";
  const added = `${lead}${piece}${trail}`;
  return { value: `${before}${added}${after}`, caret: before.length + added.length };
}
