/** Owns the states of a stored lead: one table, and every list of states. Must not hold SQL. */

interface Facts {
  /** The sealed payload is still there. */
  payload: boolean;
  /** It waits, for time or for a person; after 30 days it expires. */
  waits: boolean;
  /** A person may ask for another try. */
  replayable: boolean;
  /** The answer to a repeat of the same submission. */
  answer: "created" | "accepted" | "rejected";
}

/**
 * A new state is one line here. The table of the store, the operator's filters, the page and the
 * exports read this table; a store that was made before is rebuilt at its next start.
 */
const FACTS = {
  sending: { payload: true, waits: false, replayable: false, answer: "accepted" },
  delivered: { payload: false, waits: false, replayable: false, answer: "created" },
  rejected: { payload: false, waits: false, replayable: false, answer: "rejected" },
  queued: { payload: true, waits: true, replayable: true, answer: "accepted" },
  held: { payload: true, waits: true, replayable: true, answer: "accepted" },
  quarantined: { payload: true, waits: true, replayable: false, answer: "accepted" },
  dead: { payload: true, waits: true, replayable: true, answer: "accepted" },
  expired: { payload: false, waits: false, replayable: false, answer: "accepted" },
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
/** Nearly all leads of a store are in these states; a person's lists read the others. */
export const COMMON: readonly State[] = ["sending", "delivered"];

/** @param state of a row, which may come from a later version of this table */
export const answerOf = (state: string): Facts["answer"] =>
  Object.hasOwn(FACTS, state) ? FACTS[state as State].answer : "accepted";
