// Which pieces of a page are read again, and how often.

import assert from "node:assert/strict";
import { test } from "node:test";

import { concerns, Pace, patience } from "../static/web/js/listening.js";

test("a piece names kinds, or one thing of a kind", () => {
  assert.ok(concerns("delivery post", [["post", 3]]));
  assert.ok(concerns("delivery:7", [["delivery", 3], ["delivery", 7]]));
  assert.ok(!concerns("delivery:7", [["delivery", 70], ["post", 7]]));
  assert.ok(!concerns("", [["delivery", 7]]));
});

function stage(isBusy = () => false) {
  let now = 0;
  const tasks = [];
  const read = [];
  const timer = { set: (task, ms) => tasks.push({ task, at: now + ms }), now: () => now };
  const pace = new Pace({ read: (key) => read.push([key, now]), isBusy, timer });
  const pass = (ms) => {
    const end = now + ms;
    for (;;) {
      const next = tasks.filter((one) => one.task && one.at <= end).sort((one, two) => one.at - two.at)[0];
      if (!next) break;
      now = next.at;
      const { task } = next;
      next.task = null;
      task();
    }
    now = end;
  };
  return { pace, pass, read };
}

test("a burst is read once at once, then every two seconds, and its end is not left out", () => {
  const { pace, pass, read } = stage();

  for (let step = 0; step < 50; step += 1) {
    pace.want("calendar");
    pass(100);
  }
  pass(10000);

  assert.deepEqual(read.map(([, at]) => at), [200, 2200, 4200, 6200]);
});

test("who types in a piece is not interrupted, and sees the change afterwards", () => {
  let busy = true;
  const { pace, pass, read } = stage(() => busy);

  pace.want("delivery");
  pass(6000);
  assert.deepEqual(read, []);
  busy = false;
  pass(2000);

  assert.equal(read.length, 1);
});

test("pieces do not wait for one another", () => {
  const { pace, pass, read } = stage();

  pace.want("calendar");
  pace.want("needs-count");
  pass(300);

  assert.equal(read.length, 2);
});

test("patience grows to a minute and no further", () => {
  assert.equal(patience(1, () => 1), 2000);
  assert.equal(patience(50, () => 1), 60000);
  assert.ok(patience(50, () => 0) >= 30000);
});
