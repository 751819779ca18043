/**
 * Owns a tester's progress through QA's list, kept in the browser. Must not hold what was typed into a form.
 */

export type Result = "passed" | "failed";

export interface Entry {
  result?: Result | undefined;
  note?: string | undefined;
}

export type Progress = Readonly<Record<string, Entry>>;

const KEY = "lead-form-qa";

const isEntry = (value: unknown): value is Entry =>
  typeof value === "object" &&
  value !== null &&
  ["passed", "failed", undefined].includes(Reflect.get(value, "result")) &&
  ["string", "undefined"].includes(typeof Reflect.get(value, "note"));

/** What was stored by an older list, or by hand, is left out. */
export const readProgress = (text: string | null, ids: readonly string[]): Progress => {
  try {
    const stored: unknown = JSON.parse(text ?? "{}");
    if (typeof stored !== "object" || stored === null) return {};
    return Object.fromEntries(
      Object.entries(stored).filter(([id, entry]) => ids.includes(id) && isEntry(entry)),
    ) as Progress;
  } catch {
    return {};
  }
};

export const withEntry = (progress: Progress, id: string, change: Entry): Progress => ({
  ...progress,
  [id]: { ...progress[id], ...change },
});

export interface Counts {
  passed: number;
  failed: number;
  open: number;
}

export const countsOf = (progress: Progress, ids: readonly string[]): Counts => {
  const count = (wanted: Result | undefined) =>
    ids.filter((id) => progress[id]?.result === wanted).length;
  return { passed: count("passed"), failed: count("failed"), open: count(undefined) };
};

/** A browser may forbid storage: the list works, and forgets with the page. */
export class Keeper {
  readonly #ids: readonly string[];
  readonly #storage: () => Storage;
  progress: Progress;

  constructor(ids: readonly string[], storage: () => Storage) {
    this.#ids = ids;
    this.#storage = storage;
    this.progress = readProgress(this.#read(), ids);
  }

  get counts(): Counts {
    return countsOf(this.progress, this.#ids);
  }

  set(id: string, change: Entry): void {
    this.replace(withEntry(this.progress, id, change));
  }

  /** @returns what was there, for an undo */
  replace(progress: Progress): Progress {
    const before = this.progress;
    this.progress = progress;
    try {
      this.#storage().setItem(KEY, JSON.stringify(progress));
    } catch {
      // Forbidden, or full.
    }
    return before;
  }

  #read(): string | null {
    try {
      return this.#storage().getItem(KEY);
    } catch {
      return null;
    }
  }
}
