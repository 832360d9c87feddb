// The browser's counter against the cases it shares with tesselle/domain/text.
// COUNTING_CASES names another file, {"endings": [...], "cases": [...]}: test_counters_agree.py draws one.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { bind, count, limitsOfPart, stateOf, strictest } from "../../tesselle/web/static/web/js/counters.js";

const SHARED = new URL("../../tesselle/domain/tests/cases/counting.json", import.meta.url);
const ENDINGS = ["co", "com", "org", "social", "рф"];

const drawn = process.env.COUNTING_CASES && JSON.parse(readFileSync(process.env.COUNTING_CASES, "utf8"));
const cases = drawn ? drawn.cases : JSON.parse(readFileSync(SHARED, "utf8"));
const endings = new Set(drawn ? drawn.endings : ENDINGS);

test(`the browser counts ${cases.length} texts as the check does`, () => {
  const wrong = cases
    .map((one) => ({ ...one, browser: count(one.text, one, endings) }))
    .filter((one) => one.browser !== one.expected);

  assert.deepEqual(wrong, []);
  assert.ok(cases.length >= 80);
});

test("an unknown unit is an error, never a silent number", () => {
  assert.throws(() => count("a", { unit: "furlongs" }, endings));
});

test("the strictest limit is the one with the least room left", () => {
  const limits = [{ maximum: 300, unit: "graphemes" }, { maximum: 20, unit: "bytes" }];

  assert.deepEqual(strictest("été", limits, endings), { counted: 5, limit: 20, left: 15 });
  assert.equal(strictest("été", [], endings), null);
});

test("the state turns at nine tenths and beyond the limit", () => {
  assert.equal(stateOf({ counted: 8, limit: 10 }), "ok");
  assert.equal(stateOf({ counted: 9, limit: 10 }), "near");
  assert.equal(stateOf({ counted: 10, limit: 10 }), "near");
  assert.equal(stateOf({ counted: 11, limit: 10 }), "over");
});

test("the caption's limit replaces the text's when media go with the part", () => {
  const limits = { texts: [{ maximum: 4096 }], caption: { maximum: 1024 } };

  assert.deepEqual(limitsOfPart(limits, true), [limits.caption]);
  assert.deepEqual(limitsOfPart(limits, false), limits.texts);
  assert.deepEqual(limitsOfPart({ texts: limits.texts, caption: null }, true), limits.texts);
});

/** As much of a page as the counter touches. */
function page(value) {
  const hooks = {};
  for (const hook of ["counted", "limit", "left", "announce"]) hooks[`[data-${hook}]`] = { textContent: "" };
  const output = {
    dataset: { near: "%(left)s left", over: "%(over)s too many" },
    hidden: false,
    querySelector: (selector) => hooks[selector],
  };
  const limits = { texts: [{ maximum: 10, unit: "graphemes", url_weight: null, local_mentions: false }] };
  const elements = { out: output, lim: { textContent: JSON.stringify(limits) } };
  const listeners = [];
  const area = {
    value,
    dataset: { counter: "out", limits: "lim" },
    ownerDocument: { getElementById: (id) => elements[id] ?? null },
    addEventListener: (_, listener) => listeners.push(listener),
  };
  const type = (text) => {
    area.value = text;
    for (const listener of listeners) listener();
  };
  return { area, output, listeners, type, shown: (hook) => hooks[`[data-${hook}]`].textContent };
}

test("a bound textarea shows its count at once and says only crossings", () => {
  const { area, output, type, shown } = page("Bonjour");
  bind(area);
  assert.equal(output.dataset.state, "ok");
  assert.equal(shown("counted"), 7);
  assert.equal(shown("announce"), "");

  type("Bonjour !");
  assert.equal(shown("announce"), "1 left");
  type("Bonjour !!");
  assert.equal(shown("left"), 0);
  assert.equal(shown("announce"), "1 left");
  type("Bonjour !!!!");
  assert.equal(output.dataset.state, "over");
  assert.equal(shown("announce"), "2 too many");
});

test("binding twice listens once", () => {
  const { area, listeners } = page("");

  bind(area);
  bind(area);

  assert.equal(listeners.length, 1);
});
