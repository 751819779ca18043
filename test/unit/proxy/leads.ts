/**
 * Owns the made-up leads of the unit tests, as they come to the ledger and as a store returns them. Must
 * not read a clock.
 */
import type { SealedLead } from "../../../proxy/ledger/inspection.ts";
import type { Policy, Submission } from "../../../proxy/ledger/types.ts";

export const idOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

/** The defaults of a target's settings. */
export const POLICY: Policy = {
  receivers: [],
  doubt: "retry",
  retain: { days: 30 },
  limits: {
    perAddressPerMinute: 60,
    perTargetPerMinute: 600,
    perPhonePerDay: 5,
    tellAfterMinutes: 5,
  },
};

/** The same without a limit. */
export const UNLIMITED: Policy = {
  ...POLICY,
  limits: {
    ...POLICY.limits,
    perAddressPerMinute: 1e9,
    perTargetPerMinute: 1e9,
    perPhonePerDay: 1e9,
  },
};

/** The n-th of them; none shares anything with another. */
export const submissionOf = (n: number, values: Partial<Submission> = {}): Submission => ({
  id: idOf(n),
  fps: [`fp${n}`],
  phoneHashes: [`phone${n}`],
  phoneTail: "+20…78",
  keyId: "k1",
  box: `box${n}`,
  kept: `kept${n}.k1`,
  address: undefined,
  light: false,
  counted: false,
  refused: 0,
  suspicion: undefined,
  stampRefused: false,
  consent: undefined,
  ...values,
});

/** One that the vendor refused after its visitor had left. */
export const DEAD: SealedLead = {
  id: idOf(1),
  state: "dead",
  reason: "invalid",
  inDoubt: false,
  attempts: 1,
  nextAt: null,
  createdAt: 1_795_000_000_000,
  phone: null,
  fields: null,
  vendorKey: null,
  consent: null,
  doneAt: null,
  vendorRef: null,
  sealed: null,
  kept: null,
};
