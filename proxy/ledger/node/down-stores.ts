/**
 * Owns the stores that cannot be opened for now: why, in words, and what stands in for them. Must not
 * name a path.
 */
import type { Target } from "../../config/target.ts";
import type { StoreFault } from "../store.ts";
import type { NodeStore } from "./sqlite-store.ts";

const refuse = (): Promise<never> => Promise.reject(new Error("The store is not open."));

/** Whoever calls it gets what a store gives whose disk has failed. */
export const silentStore = new Proxy({} as NodeStore, {
  // Nobody may take it for a promise.
  get: (_, name) => (name === "then" ? undefined : refuse),
});

/** By the codes of the system, and by those of SQLite (https://www.sqlite.org/rescode.html). */
const WORDS: Readonly<Record<string | number, string>> = {
  EACCES: "it may not be written",
  EPERM: "it may not be written",
  EROFS: "it may not be written",
  ENOSPC: "the disk is full",
  EDQUOT: "the disk is full",
  ENOTDIR: "its folder is a file",
  EEXIST: "its folder is a file",
  ENOENT: "its folder cannot be made",
  5: "another server has it open",
  6: "another server has it open",
  8: "it may not be written",
  10: "the disk fails",
  11: "its file is damaged",
  13: "the disk is full",
  26: "its file is damaged",
};

/** SQLite puts more into the upper bits. */
const PRIMARY = 0xff;

const wordsFor = (error: unknown): string => {
  const { code = "", errcode } = error as { code?: string; errcode?: number };
  return WORDS[errcode === undefined ? code : errcode & PRIMARY] ?? "it cannot be opened";
};

export interface Down {
  target: Target;
  error: unknown;
}

/** Each target of which a store is down, and why. */
export const faultsOf = (down: Iterable<Down>): StoreFault[] => {
  const faults = [...down].map(({ target: { key }, error }): StoreFault => {
    const problem = `holds no store for ${key}: ${wordsFor(error)}`;
    return { target: key, setting: "DATA_DIR", problem };
  });
  // Of several shards with the same fault one is enough.
  return [...new Map(faults.map((fault) => [fault.problem, fault])).values()];
};
