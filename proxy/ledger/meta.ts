/**
 * Owns the small values of a store, by name. Must not read one twice: each lead asks for several, and no other
 * process writes them.
 */
import type { Sql } from "./sql.ts";

export const readMeta = ({ all, memory }: Sql, key: string): string | undefined => {
  if (memory.has(key)) return memory.get(key);
  const value = all("SELECT value FROM meta WHERE key = ?", key)[0]?.["value"];
  const known = typeof value === "string" ? value : undefined;
  memory.set(key, known);
  return known;
};

export const writeMeta = ({ all, memory }: Sql, key: string, value: string): void => {
  all("INSERT OR REPLACE INTO meta VALUES (?, ?)", key, value);
  memory.set(key, value);
};

export const removeMeta = ({ all, memory }: Sql, key: string): void => {
  all("DELETE FROM meta WHERE key = ?", key);
  memory.set(key, undefined);
};
