import assert from "node:assert/strict";
import { test } from "node:test";

import { around, merged } from "../static/compose/caret.js";

test("a name that was begun is looked for and replaced", () => {
  const text = "Merci à @mar";
  const word = around(text, text.length, text.length);
  assert.equal(word.query, "@mar");
  assert.equal(merged(text, word, "@marie.bsky.social").value, "Merci à @marie.bsky.social");
});

test("an address is no name that was begun", () => {
  const text = "ecrire@mar";
  assert.equal(around(text, text.length, text.length).query, "");
});

test("words do not grow together, and none is lost", () => {
  const word = around("Avantaprès", 5, 5);
  const { value, caret } = merged("Avantaprès", word, "#zellige");
  assert.equal(value, "Avant #zellige après");
  assert.equal(value.slice(caret), "après");
  assert.equal(merged("", around("", 0, 0), "a").value, "a");
});
