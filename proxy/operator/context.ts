/**
 * Owns the tools that all routes of the operator share: stores in sight, JSON answers, the log.
 * Must not hold a route.
 */
import type { Context } from "hono";
import type { Config } from "../config/config.ts";
import type { Operator } from "../config/operators.ts";
import type { Target } from "../config/target.ts";
import type { SealedLead } from "../ledger/inspection.ts";
import type { Keyring } from "../ledger/seal.ts";
import type { Log, OperatorLine } from "../log.ts";
import type { StoreFault } from "../ledger/store.ts";
import type { PhoneDeps } from "../phone/read.ts";
import { createLookup } from "./lookup.ts";
import type { LookupDeps } from "./lookup.ts";
import { openKept, openLead, toDetails } from "./view.ts";
import type { Details, Opened, Remains } from "./view.ts";

/** What the check of the token leaves for the routes. */
export interface OperatorEnv {
  Variables: { operator: Operator };
}
/** The context of one call. */
export type Call = Context<OperatorEnv>;

export interface OperatorDeps extends LookupDeps {
  config: Config;
  keyring: () => Promise<Keyring>;
  /** Milliseconds since the epoch. */
  now: () => number;
  log: Log;
  /** Of stores that the host cannot open at this moment; none where it knows of none. */
  storeFaults?: () => readonly StoreFault[];
  /** Copies all open stores, where the host has files of them; never two at a time. */
  backUp?: () => Promise<{ name: string; stores: number }>;
  /** A built file by its path, or an answer that is not ok: what the page loads. */
  asset: (path: string) => Promise<Response>;
}

export const json = (value: unknown): Response =>
  Response.json(value, { headers: { "content-type": "application/json; charset=utf-8" } });

/** The value if it is known, "unknown" if it is not, undefined if none was given. */
export const oneOf = <T extends string>(
  known: readonly T[],
  value: string | undefined,
): T | "unknown" | undefined =>
  value === undefined || value === "" ? undefined : (known.find((k) => k === value) ?? "unknown");

export type OperatorContext = ReturnType<typeof createContext>;

export const createContext = (deps: OperatorDeps & PhoneDeps) => {
  const { config, keyring, phones, storesOf, storeFaults = () => [], backUp, now, log } = deps;
  const open = async (target: Target, lead: SealedLead): Promise<Opened | Remains> => {
    const ring = await keyring();
    const opened = await openLead(ring, target.key, lead);
    const isGone = "payload" in opened && opened.payload === "gone";
    return isGone ? openKept(ring, target.key, lead) : opened;
  };
  return {
    open,
    config,
    keyring,
    phones,
    storesOf,
    storeFaults,
    backUp,
    now,
    log,
    lookup: (c: Call) => createLookup(deps, c.var.operator),
    /** Logs a look or a move of a person, under the name of the token. */
    note: (
      c: Call,
      action: string,
      facts: Omit<OperatorLine, "event" | "action" | "by"> = {},
    ): void => {
      const { name } = c.var.operator;
      log("info", { event: "operator", action, ...(name && { by: name }), ...facts });
    },
    details: async (target: Target, lead: SealedLead): Promise<Details> =>
      toDetails(target.key, lead, await open(target, lead), target.definitions.fields),
  };
};
