// What is typed is never lost: the browser keeps it until the server has confirmed exactly these words.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Keeper, excerpt, leftBehind, orphan, setAside, wordsOf } from "../static/compose/keeping.js";

const KEY = "tesselle:words:1-1-new";

function stage(answers = []) {
  const stored = new Map();
  const storage = {
    getItem: (key) => stored.get(key) ?? null,
    setItem: (key, value) => stored.set(key, value),
    removeItem: (key) => stored.delete(key),
    key: (index) => [...stored.keys()][index],
    get length() { return stored.size; },
  };
  const tasks = [];
  let now = 0;
  const timer = {
    set: (task, ms) => tasks.push({ task, at: now + ms }) - 1,
    clear: (id) => { tasks[id].task = null; },
    now: () => now,
  };
  const sent = [];
  const shown = [];
  const send = async (content) => {
    sent.push(content);
    const answer = answers.shift() ?? { kept_at: "14:05" };
    if (answer instanceof Error) throw answer;
    return answer instanceof Promise ? answer : answer;
  };
  const keeper = new Keeper({ key: KEY, send, storage, timer, show: (state) => shown.push(state) });
  const pass = async (ms) => {
    now += ms;
    for (const one of tasks) {
      if (!one.task || one.at > now) continue;
      const { task } = one;
      one.task = null;
      await task();
    }
  };
  return { keeper, storage, sent, shown, pass };
}

test("words are in the browser at once and leave it when the server has them", async () => {
  const { keeper, storage, sent, shown, pass } = stage();
  keeper.begin("");

  keeper.typed("Zellige");
  assert.equal(JSON.parse(storage.getItem(KEY)).content, "Zellige");
  await pass(1500);

  assert.deepEqual(sent, ["Zellige"]);
  assert.deepEqual(shown, ["kept"]);
  assert.equal(storage.getItem(KEY), null);
});

test("who never pauses is kept all the same", async () => {
  const { keeper, sent, pass } = stage();
  keeper.begin("");

  for (let sign = 1; sign <= 20; sign += 1) {
    keeper.typed("a".repeat(sign));
    await pass(1000);
  }

  assert.ok(sent.length >= 2);
});

test("what was typed while the server answered stays in the browser and follows", async () => {
  let release;
  const slow = new Promise((resolve) => { release = resolve; });
  const { keeper, storage, sent, pass } = stage([slow]);
  keeper.begin("");
  keeper.typed("un");
  const first = pass(1500);

  keeper.typed("un deux");
  release({ kept_at: "14:05" });
  await first;
  assert.equal(JSON.parse(storage.getItem(KEY)).content, "un deux");
  await pass(1500);

  assert.deepEqual(sent, ["un", "un deux"]);
  assert.equal(storage.getItem(KEY), null);
});

test("a server that does not answer loses nothing, and gets the latest words when it is back", async () => {
  const { keeper, storage, sent, shown, pass } = stage([new Error("gone"), new Error("gone")]);
  keeper.begin("");
  keeper.typed("un");
  await pass(1500);
  keeper.typed("un deux");
  await pass(3000);
  assert.equal(JSON.parse(storage.getItem(KEY)).content, "un deux");
  await pass(10000);

  assert.deepEqual(sent, ["un", "un deux", "un deux"]);
  assert.deepEqual(shown, ["waiting", "waiting", "kept"]);
  assert.equal(storage.getItem(KEY), null);
});

test("an ended session is told apart from a silent server", async () => {
  const { keeper, shown, pass } = stage([Object.assign(new Error("401"), { signedOut: true })]);
  keeper.begin("");
  keeper.typed("un");
  await pass(1500);

  assert.deepEqual(shown, ["signed-out"]);
});

test("going back to what the server has leaves nothing behind", async () => {
  const { keeper, storage, sent, pass } = stage();
  keeper.begin("Zellige");

  keeper.typed("Zellige !");
  keeper.typed("Zellige");
  await pass(5000);

  assert.equal(storage.getItem(KEY), null);
  assert.deepEqual(sent, []);
});

test("after saving nothing is kept or sent any more", async () => {
  const { keeper, storage, sent, pass } = stage();
  keeper.begin("");
  keeper.typed("un");

  keeper.stop();
  keeper.typed("deux");
  await pass(60000);

  assert.equal(storage.getItem(KEY), null);
  assert.deepEqual(sent, []);
});

test("what a closed page left behind is found, unless the form says it already", () => {
  const { keeper, storage } = stage();
  keeper.begin("");
  keeper.typed("un");

  assert.equal(leftBehind(storage, KEY, "").content, "un");
  assert.equal(leftBehind(storage, KEY, "un"), null);
  assert.equal(storage.getItem(KEY), null);
  storage.setItem(KEY, "{broken");
  assert.equal(leftBehind(storage, KEY, ""), null);
});

test("words of a new post whose tab is gone are found by the next tab, once", () => {
  const { keeper, storage } = stage();
  keeper.key = "tesselle:words:1-1-new:gone";
  keeper.begin("");
  keeper.typed("un");
  const mine = "tesselle:words:1-1-new:mine";

  assert.equal(orphan(storage, mine, 5000), null);
  assert.equal(orphan(storage, "tesselle:words:1-1-7", 60000), null);
  assert.equal(orphan(storage, "tesselle:words:2-1-new:mine", 60000), null);
  const found = orphan(storage, mine, 60000);
  assert.equal(found.content, "un");
  storage.removeItem(found.name);
  assert.equal(orphan(storage, mine, 60000), null);
});

test("what was found waits beside what is typed meanwhile, until somebody decides", () => {
  const { keeper, storage } = stage();
  storage.setItem(KEY, JSON.stringify({ content: "before the crash", at: 1 }));
  keeper.begin("");
  const found = setAside(storage, KEY, leftBehind(storage, KEY, ""));
  keeper.typed("something else");

  assert.equal(leftBehind(storage, KEY, "something else").content, "before the crash");
  storage.removeItem(found.name);
  assert.equal(leftBehind(storage, KEY, "something else"), null);
});

test("an excerpt shows the first words that there are", () => {
  const content = JSON.stringify([["channels", "1"], ["shared-text", " "], ["c7-text", "Le zellige de Fès"]]);
  assert.equal(excerpt(content), "Le zellige de Fès");
  assert.equal(excerpt(content, 6), "Le ze…");
  assert.equal(excerpt("[]"), "");
  assert.equal(excerpt(JSON.stringify([["asset", "12"], ["alt-12", "Sol"], ["text-12", "Un sol"]])), "Un sol");
});

test("words move along when the server gives the copy a name", async () => {
  const { keeper, storage } = stage();
  keeper.begin("");
  keeper.typed("un");

  keeper.rename("tesselle:words:1-1-copy7");

  assert.equal(storage.getItem(KEY), null);
  assert.equal(JSON.parse(storage.getItem("tesselle:words:1-1-copy7")).content, "un");
});

test("only words count: not the token, the files, the view, a comment, or when it is planned", () => {
  const entries = [["csrfmiddlewaretoken", "x"], ["shared-text", "Zellige"], ["view", "write"], ["plan-date", "2026-11-25"], ["when", "at"], ["files", {}], ["text", "A comment"], ["passage", "Zel"]];

  assert.equal(wordsOf(entries), JSON.stringify([["shared-text", "Zellige"]]));
});
