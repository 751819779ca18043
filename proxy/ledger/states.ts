/** Owns the states of a stored lead: one table, and every list of states. Must not hold SQL. */

interface Facts {
  /** The sealed payload is still there. */
  payload: boolean;
  /** It waits, for time or for a person; after 30 days it expires. */
  waits: boolean;
  /** A person may ask for another try. */
  replayable: boolean;
  /** The answer to a repeat of the same submission. */
  told: "created" | "accepted" | "rejected";
}

/**
 * A new state is one line here. The table of the store, the operator's filters, the page and the
 * exports read this table; a store that was made before is rebuilt at its next start.
 */
const FACTS = {
  sending: { payload: true, waits: false, replayable: false, told: "accepted" },
  delivered: { payload: false, waits: false, replayable: false, told: "created" },
  rejected: { payload: false, waits: false, replayable: false, told: "rejected" },
  queued: { payload: true, waits: true, replayable: true, told: "accepted" },
  held: { payload: true, waits: true, replayable: true, told: "accepted" },
  quarantined: { payload: true, waits: true, replayable: false, told: "accepted" },
  dead: { payload: true, waits: true, replayable: true, told: "accepted" },
  expired: { payload: false, waits: false, replayable: false, told: "accepted" },
} as const satisfies Record<string, Facts>;

export type State = keyof typeof FACTS;

export const STATES = Object.keys(FACTS) as readonly State[];

const statesWith = (fact: "payload" | "waits" | "replayable"): readonly State[] =>
  STATES.filter((state) => FACTS[state][fact]);

/** Another try is possible: the lead waits for the vendor, or for a person to send it there again. */
export const REPLAYABLE = statesWith("replayable");
/** It waits, for time or for a person. */
export const WAITING = statesWith("waits");
/** Its payload is still there. */
export const UNDELIVERED = statesWith("payload");
/** Nearly all leads of a store are in these states; the lists of a person read the others. */
export const COMMON: readonly State[] = ["sending", "delivered"];

/** @param state of a row, which may come from a later version of this table */
export const toldOf = (state: string): Facts["told"] =>
  Object.hasOwn(FACTS, state) ? FACTS[state as State].told : "accepted";
