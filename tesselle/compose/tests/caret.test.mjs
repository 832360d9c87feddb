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

test("an emoji that was begun with a colon is looked for; the colon of a sentence stays", () => {
  const word = around("Bravo :bri", 10, 10);
  assert.equal(word.query, ":bri");
  assert.equal(merged("Bravo :bri", word, "🧱").value, "Bravo 🧱");
  for (const text of ["Horaires :", "Horaires : ", "à 8:30", "https://a.example"]) {
    assert.equal(around(text, text.length, text.length).query, "");
  }
});

test("words do not grow together, and none is lost", () => {
  const word = around("Avantaprès", 5, 5);
  const { value, caret } = merged("Avantaprès", word, "#zellige");
  assert.equal(value, "Avant #zellige après");
  assert.equal(value.slice(caret), "après");
  assert.equal(merged("", around("", 0, 0), "a").value, "a");
});
