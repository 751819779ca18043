/** Owns the messages between QA's list and the page in its frame. Must not touch either page. */
import type { SeenForm } from "./model.ts";

export type StageOrder =
  | { kind: "fill"; values: Readonly<Record<string, string>> }
  | { kind: "network"; network: string };

export type StageReport =
  | { kind: "ready"; version: string }
  | { kind: "form"; form: SeenForm }
  | { kind: "answer"; answer: string }
  | { kind: "height"; pixels: number };

/**
 * What a step asks of that page stands in its address, under names that no attribute has. `list` is the origin of the
 * list: the page may be of another one.
 */
export const STAGE_KEYS = {
  network: "_network",
  trapped: "_trapped",
  endpoint: "_endpoint",
  list: "_list",
} as const;
