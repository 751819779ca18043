/** Owns what the proxy asks of a store, wherever it stands: the ledger's calls, made asynchronous. */
import type { Outcome } from "../vendors/vendor.ts";
import type { Desk } from "./operations.ts";
import type { Begun, Finished, Submission } from "./types.ts";

export interface Store {
  begin: (submission: Submission) => Promise<Begun>;
  finish: (id: string, attempt: number, outcome: Outcome) => Promise<Finished>;
}

/** What a person asks of a store: the desk's calls, made asynchronous. */
export type OperatorStore = {
  [Name in keyof Desk]: (...args: Parameters<Desk[Name]>) => Promise<ReturnType<Desk[Name]>>;
};
