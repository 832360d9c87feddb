// The browser's counter against the cases it shares with tesselle/domain/text.
// COUNTING_CASES names another file, {"endings": [...], "cases": [...]}: test_counters_agree.py draws one.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { bind, count, isRoomy, limitsOfPart, render, room, stateOf, strictest } from "../../tesselle/web/static/web/js/counters.js";

const SHARED = ["counting", "weighted"].map(
  (name) => new URL(`../../tesselle/domain/tests/cases/${name}.json`, import.meta.url),
);
const ENDINGS = ["co", "com", "org", "social", "рф"];

const drawn = process.env.COUNTING_CASES && JSON.parse(readFileSync(process.env.COUNTING_CASES, "utf8"));
const cases = drawn ? drawn.cases : SHARED.flatMap((file) => JSON.parse(readFileSync(file, "utf8")));
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

const ROOM = new URL("../../tesselle/domain/tests/cases/room.json", import.meta.url);

test("what an option and an appended link take away, the browser counts as the check does", () => {
  const wrong = JSON.parse(readFileSync(ROOM, "utf8"))
    .map((one) => {
      const beside = { part: one.part, link: one.link, option: (name) => one.options[name] ?? "" };
      const limit = room(one.limit, one.text, beside, endings);
      return { ...one, browser: { counted: count(one.text, limit, endings), limit: limit.maximum } };
    })
    .filter((one) => one.browser.counted !== one.expected.counted || one.browser.limit !== one.expected.limit);

  assert.deepEqual(wrong, []);
});

test("a limit nobody reaches keeps quiet until half of it is used", () => {
  assert.ok(isRoomy({ counted: 500, limit: 1000000 }));
  assert.ok(!isRoomy({ counted: 500001, limit: 1000000 }));
  assert.ok(!isRoomy({ counted: 5, limit: 500 }));
});

/** As much of a page as the counter touches. */
function page(value, language = "en") {
  const hooks = {};
  for (const hook of ["counted", "limit", "left", "announce"]) hooks[`[data-${hook}]`] = { textContent: "" };
  const limits = {
    texts: [{ maximum: 10, unit: "graphemes", url_weight: null, local_mentions: false, with_option: "warning" }],
  };
  const listeners = [];
  const field = (text) => ({ value: text, addEventListener: (_, listener) => listeners.push(listener) });
  const elements = { area: field(value), "c7-option-warning": field(""), lim: { textContent: JSON.stringify(limits) } };
  const output = {
    dataset: { counts: "area", limits: "lim", options: "c7-option-", near: "{left} left", over: "{over} too many" },
    hidden: false,
    ownerDocument: { documentElement: { lang: language }, getElementById: (id) => elements[id] ?? null },
    querySelector: (selector) => hooks[selector],
  };
  const type = (text, id = "area") => {
    elements[id].value = text;
    for (const listener of listeners) listener();
  };
  return { output, listeners, type, shown: (hook) => hooks[`[data-${hook}]`].textContent };
}

test("a bound counter shows its count at once and says only crossings", () => {
  const { output, type, shown } = page("Bonjour");
  bind(output);
  assert.equal(output.dataset.state, "ok");
  assert.equal(shown("counted"), "7");
  assert.equal(shown("announce"), "");

  type("Bonjour !");
  assert.equal(shown("announce"), "1 left");
  type("Bonjour !!");
  assert.equal(shown("left"), "0");
  assert.equal(shown("announce"), "1 left");
  type("Bonjour !!!!");
  assert.equal(output.dataset.state, "over");
  assert.equal(shown("announce"), "2 too many");
});

test("typing a content warning takes room from the text at once", () => {
  const { output, type, shown } = page("Bonjour");
  bind(output);

  type("Vertige", "c7-option-warning");

  assert.equal(shown("limit"), "3");
  assert.equal(output.dataset.state, "over");
});

test("binding twice listens once", () => {
  const { output, listeners } = page("");

  bind(output);
  bind(output);

  assert.equal(listeners.length, 2);
});

test("thousands stand apart as the page's language writes them", () => {
  for (const [language, written] of [["fr", "1\u00a0000\u00a0000"], ["en", "1,000,000"]]) {
    const { output, shown } = page("", language);
    render(output, { counted: 600_000, limit: 1_000_000, left: 400_000 });
    assert.equal(shown("limit"), written);
  }
});
