// What a change means for the pieces of a page, and when each may be read again. No document here.

/** Whether one of the changes, [kind, id], is about a piece: data-live="delivery:7 channel". */
export function concerns(tokens, changes) {
  const wanted = new Set(tokens.split(" ").filter(Boolean));
  return changes.some(([kind, id]) => wanted.has(kind) || wanted.has(`${kind}:${id}`));
}

/**
 * Not more than one reading in `gap` milliseconds for a piece, and the last change is never left out.
 * `isBusy(piece)`: somebody is typing in it; it is asked again a moment later.
 */
export class Pace {
  constructor({ read, isBusy, timer, gap = 2000, soon = 200 }) {
    Object.assign(this, { read, isBusy, timer, gap, soon });
    this.last = new Map();
    this.planned = new Map();
  }

  want(key) {
    if (this.planned.has(key)) return;
    const since = this.timer.now() - (this.last.get(key) ?? -Infinity);
    this.plan(key, Math.max(this.soon, this.gap - since));
  }

  plan(key, milliseconds) {
    this.planned.set(key, this.timer.set(() => {
      this.planned.delete(key);
      if (this.isBusy(key)) {
        this.plan(key, this.gap);
        return;
      }
      this.last.set(key, this.timer.now());
      this.read(key);
    }, milliseconds));
  }
}

/** How long to wait before connecting again: a second, doubling to a minute, never all at one instant. */
export function patience(failures, random = Math.random) {
  return Math.min(60000, 1000 * 2 ** Math.min(failures, 6)) * (0.5 + random() / 2);
}
