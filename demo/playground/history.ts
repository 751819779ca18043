/** Owns the steps that a tester can take back. Must not touch the DOM. */
import type { Settings } from "../settings/protocol.ts";

const isSame = (a: Settings, b: Settings): boolean => {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => a[name] === b[name]);
};

export class History {
  readonly #past: Settings[] = [];
  #now: Settings;
  #by = "";

  constructor(now: Settings) {
    this.#now = now;
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  /** @param by the text that is being typed: all its letters are one step; "" for any other change */
  note(settings: Settings, by: string): void {
    if (isSame(settings, this.#now)) return;
    if (!by || by !== this.#by) this.#past.push(this.#now);
    this.#now = settings;
    this.#by = by;
  }

  /** @returns what was set before, if anything was */
  undo(): Settings | undefined {
    const before = this.#past.pop();
    if (before) this.#now = before;
    this.#by = "";
    return before;
  }
}
