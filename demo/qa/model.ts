/** Owns the shape of a step of QA's list, and of what is seen of it. Must not hold more than types. */
import type { LeadFormStatus } from "../../widget/sending/submission.ts";
import type { MessageKey } from "../../proxy/shared/messages/en.ts";
import type { Faults } from "../vendors/modes.ts";
import type { QaTarget } from "./targets.ts";

export type VendorName = "sakneen" | "brainysoft";

/** As the stage plays them; "" is a connection that works. */
export type Network = "" | "offline" | "lost";

export type OperatorCall =
  | "replay"
  | "release"
  | "erase"
  | "pause"
  | "resume"
  | "correct"
  | "test"
  | "remove_test";

/** What a tester does with the form itself. */
export type VisitorMove = "look" | "fill" | "submit" | "another" | "change" | "keyboard";

/** A visitor's move is done by hand; each of the others has a button in the list. */
export type Move =
  | { visitor: VisitorMove }
  | { vendor: Faults }
  | { network: Network }
  | { operator: OperatorCall }
  | { requests: true };

/** What must be seen; what is left out does not matter. */
export interface Expected {
  visitor?: {
    status?: LeadFormStatus;
    /** Status and code of the proxy's last answer: `202 accepted`. */
    answer?: string;
    /** Fields that are marked. */
    invalid?: readonly string[];
    /** Texts of the form. */
    shows?: readonly MessageKey[];
    dir?: "rtl";
  };
  vendor?: { leads: number; holds?: string };
  operator?: {
    /** How many since the step was set up. */
    leads: number;
    state?: string;
    reason?: string;
    in_doubt?: boolean;
    test?: true;
  };
  /** Each raw request has got the answer that belongs to it. */
  requests?: true;
}

export interface Act {
  move: Move;
  sees: Expected;
}

export interface Step {
  id: string;
  /** Rows of the README's tables: codes of an answer, outcomes of a delivery. */
  covers: readonly string[];
  target: QaTarget | "nowhere";
  /** The target that the lead ends at, where a route leads there. */
  delivers?: Step["target"];
  /** Attributes of the form beside its target. */
  form: Readonly<Record<string, string>>;
  /** What stands in the form already; nothing where the tester types. */
  filled: boolean;
  faults?: Faults;
  network?: Network;
  paused?: true;
  /** The honeypot is filled in, as a robot does it. */
  trapped?: true;
  /** The page with the form is one of another origin. */
  foreign?: true;
  /** Requests of this address are used up before. */
  spent?: true;
  acts: readonly Act[];
}

export interface Chapter {
  id: string;
  steps: readonly Step[];
}

/** What a look at the form shows. */
export interface SeenForm {
  status: string;
  invalid: readonly string[];
  text: string;
  dir: string;
}

/** A lead as the operator's list has it. */
export interface SeenLead {
  id: string;
  target: string;
  state: string;
  reason: string | null;
  in_doubt: boolean;
  attempts: number;
  created_at: string;
  phone: string | null;
  test?: boolean;
}

export interface Seen {
  form: SeenForm;
  /** Of the proxy, newest last: `202 accepted`. */
  answers: readonly string[];
  /** Bodies as the vendor holds them. */
  vendor: readonly Readonly<Record<string, unknown>>[];
  /** Newest first. */
  operator: readonly SeenLead[];
  /** Answers to the raw requests, by their code. */
  requests: Readonly<Record<string, string>>;
}
