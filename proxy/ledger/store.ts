/**
 * Owns the type of a store: the calls of the ledger and its operations, made asynchronous. Must not
 * know its home.
 */
import type { Fault, Outcome } from "../vendors/vendor.ts";
import type { Operations } from "./operations.ts";
import type { Begun, Finished, Submission } from "./types.ts";

export interface Store {
  begin: (submission: Submission) => Promise<Begun>;
  finish: (id: string, attempt: number, outcome: Outcome, promised?: boolean) => Promise<Finished>;
}

/** A store that its host cannot open, named by its target; never by its path. */
export interface StoreFault extends Fault {
  target: string;
}

/** What a person asks of a store: the calls of its operations, made asynchronous. */
export type OperatorStore = {
  [Name in keyof Operations]: (
    ...args: Parameters<Operations[Name]>
  ) => Promise<ReturnType<Operations[Name]>>;
};
