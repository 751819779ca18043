/**
 * Owns the allow-list of the log, one JSON line each, since JSON stops a value from forging a line.
 * Must not log a body, phone, name, key or vendor text.
 */
import type { Fault, Outcome } from "./vendors/vendor.ts";

/** One attempt at a vendor. */
export interface DeliveryLine {
  event: "delivery";
  target: string;
  id: string;
  outcome: Outcome["kind"];
  reason?: string;
  vendor_status?: number;
  vendor_code?: string;
  /** The key of the vendor's form that has to be filled, or to go. */
  vendor_key?: string;
  ms: number;
}
export interface ConfigLine {
  event: "config";
  faults: readonly Fault[];
}
export interface ErrorLine {
  event: "error";
  /** The class of the error only: a message may quote what a visitor typed. */
  error: string;
}
/** The store could not be reached, so nothing but the vendor's own answer vouches for this lead. */
export interface UndurableLine {
  event: "undurable";
  target: string;
  id: string;
}
/** A lead that was kept from the vendor where nothing may be stored: it is lost. */
export interface WithheldLine {
  event: "withheld";
  target: string;
  id: string;
  reason: "honeypot" | "phone_limit";
}
/** Cloudflare did not say what a token is worth: it is down, or refuses our secret. */
export interface TurnstileLine {
  event: "turnstile";
  target: string;
}
/** The numbering plans of other countries could not be read: their numbers are taken by their length. */
export interface PlansLine {
  event: "phone_plans";
}
/** A look or a move of a person. */
export interface OperatorLine {
  event: "operator";
  action: string;
  /** The name of the token, where it has one. */
  by?: string;
  target?: string;
  id?: string;
  leads?: number;
}
export type Line =
  | DeliveryLine
  | ConfigLine
  | ErrorLine
  | UndurableLine
  | WithheldLine
  | TurnstileLine
  | PlansLine
  | OperatorLine;
export type Log = (level: "info" | "warn" | "error", line: Line) => void;

/** What libraries call their errors; a name, too, may have been made up of anything. */
const ERROR_NAME = /^[A-Za-z]{0,40}(?:Error|Exception)$/;

/** An unexpected error, without its message. */
export const logError = (log: Log, error: unknown): void =>
  log("error", {
    event: "error",
    error: error instanceof Error && ERROR_NAME.test(error.name) ? error.name : "unknown",
  });

/** The problems with the settings, once at start. */
export const logConfig = (
  log: Log,
  { faults, warnings }: { faults: readonly Fault[]; warnings: readonly Fault[] },
): void => {
  if (faults.length > 0) log("error", { event: "config", faults });
  if (warnings.length > 0) log("warn", { event: "config", faults: warnings });
};

/** Workers Logs and journald both read the level from the console method or the stream. */
export const consoleLog: Log = (level, line) => console[level](JSON.stringify(line));
