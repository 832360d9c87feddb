/**
 * Keeps what is typed: in this browser at once, on the server a moment later. A copy leaves the browser only
 * when the server has confirmed exactly these words, so nothing is lost with a crash, a closed tab or an
 * ended session. No document here: `composer.js` gives it the form, tests give it what they like.
 *
 * `send(content)` resolves to {kept_at, …}, or rejects; a rejection with `.signedOut` means: sign in first.
 * `storage` is like localStorage, `timer` like {set, clear, now}. `show(state, answer)`: `kept`, `waiting`,
 * `signed-out`.
 */

const PAUSE_MS = 1500;
const LONGEST_MS = 8000;
const RETRIES_MS = [3000, 10000, 30000];

export class Keeper {
  constructor({ key, send, storage, timer, show }) {
    Object.assign(this, { key, send, storage, timer, show });
    this.content = null;
    this.confirmed = null;
    this.since = null;
    this.failures = 0;
    this.pending = null;
    this.isSending = false;
    this.isStopped = false;
  }

  /** What the form says as it was loaded: the server has it already. */
  begin(content) {
    this.content = content;
    this.confirmed = content;
  }

  /** The form says something else now. */
  typed(content) {
    if (this.isStopped || content === this.content) return;
    this.content = content;
    if (content === this.confirmed) {
      this.storage.removeItem(this.key);
      return;
    }
    this.storage.setItem(this.key, JSON.stringify({ content, at: this.timer.now() }));
    this.since ??= this.timer.now();
    const waited = this.timer.now() - this.since;
    if (this.failures === 0) this.schedule(Math.max(0, Math.min(PAUSE_MS, LONGEST_MS - waited)));
  }

  schedule(milliseconds) {
    if (this.pending !== null) this.timer.clear(this.pending);
    this.pending = this.timer.set(() => {
      this.pending = null;
      return this.flush();
    }, milliseconds);
  }

  /** Send now, if there is something to send. */
  async flush() {
    if (this.isStopped || this.isSending || this.content === this.confirmed) return;
    const sent = this.content;
    this.isSending = true;
    try {
      const answer = await this.send(sent);
      this.isSending = false;
      this.arrived(sent, answer);
    } catch (error) {
      this.isSending = false;
      this.failed(error);
    }
  }

  arrived(sent, answer) {
    if (this.isStopped) return;
    this.confirmed = sent;
    this.failures = 0;
    this.since = null;
    if (this.content === sent) this.storage.removeItem(this.key);
    else this.schedule(PAUSE_MS);
    this.show("kept", answer);
  }

  failed(error) {
    const pause = RETRIES_MS[Math.min(this.failures, RETRIES_MS.length - 1)];
    this.failures += 1;
    this.show(error?.signedOut ? "signed-out" : "waiting", null);
    if (!this.isStopped) this.schedule(pause);
  }

  /** The same words under another name: the server gave them one. */
  rename(key) {
    const kept = this.storage.getItem(this.key);
    this.storage.removeItem(this.key);
    this.key = key;
    if (kept !== null) this.storage.setItem(key, kept);
  }

  /** Saved for good, or let go: nothing is kept in this browser any more. */
  stop() {
    this.isStopped = true;
    if (this.pending !== null) this.timer.clear(this.pending);
    this.storage.removeItem(this.key);
  }
}

/** What this browser still holds for a form, under `name`, unless the form says the same already. */
export function leftBehind(storage, key, content) {
  for (const name of [`${key}${ASIDE}`, key]) {
    const kept = readKept(storage, name);
    if (kept && kept.content !== content) return kept;
    if (kept) storage.removeItem(name);
  }
  return null;
}

const ASIDE = ":found";

/** Out of the way of what is typed now, until somebody decides; says under which name. */
export function setAside(storage, key, kept) {
  if (kept.name !== key) return kept;
  const name = `${key}${ASIDE}`;
  storage.setItem(name, JSON.stringify({ content: kept.content, at: kept.at }));
  storage.removeItem(key);
  return { ...kept, name };
}

/** What is kept under a name; what cannot be read is let go. */
export function readKept(storage, name) {
  let kept = null;
  try {
    kept = JSON.parse(storage.getItem(name) ?? "null");
  } catch {
    storage.removeItem(name);
  }
  return typeof kept?.content === "string" ? { name, content: kept.content, at: kept.at } : null;
}

const ORPHANED_MS = 15000;

/**
 * Words of a new post whose tab is gone. `key` ends in the tab's own name; an item that was not touched for a
 * while belongs to no tab that still writes.
 */
export function orphan(storage, key, now) {
  const family = key.slice(0, key.lastIndexOf(":") + 1);
  if (!family.endsWith("-new:")) return null;
  const names = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  return names
    .filter((name) => name.startsWith(family) && name !== key)
    .map((name) => readKept(storage, name))
    .filter((one) => one && now - one.at > ORPHANED_MS)
    .sort((one, two) => two.at - one.at)[0] ?? null;
}

/** The first words of what is kept, to be recognised by. */
export function excerpt(content, most = 140) {
  const texts = JSON.parse(content).filter(([name]) => /-(text|part|title)$|^text-\d+$/.test(name)).map(([, value]) => value.trim());
  const text = texts.find((one) => one !== "") ?? "";
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

// `text` and `passage` are a comment on the post, not the post.
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "files", "history", "view", "look", "do", "revision", "copy", "written-in", "own-post", "text", "passage"]);

/** The words of a form, as text that two forms can be compared by. */
export function wordsOf(entries) {
  const kept = [...entries].filter(([name, value]) => !NOT_KEPT.has(name) && !name.startsWith("plan-") && name !== "when" && typeof value === "string");
  return JSON.stringify(kept);
}
