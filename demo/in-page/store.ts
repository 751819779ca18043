/**
 * Owns a store in the memory of a page: it keeps sealed leads, and hands them on when it is told to. Must not
 * pass for the ledger: it has no schedule, breaker or limits.
 */
import type { Begun, Finished, Submission } from "../../proxy/ledger/types.ts";
import type { Outcome } from "../../proxy/vendors/vendor.ts";

export type KeptState = "sending" | "delivered" | "rejected" | "waiting";

/** A stored lead, as its row would have it: nothing personal beside the sealed box. */
export interface KeptLead extends Pick<Submission, "id" | "box" | "keyId" | "phoneTail"> {
  state: KeptState;
  attempt: number;
  /** Why it waits. */
  reason?: string | undefined;
  /** Of its content, hashed with a key. */
  fp: string;
}

export interface MemoryStore {
  leads: () => readonly KeptLead[];
  begin: (submission: Submission) => Promise<Begun>;
  finish: (id: string, attempt: number, outcome: Outcome) => Promise<Finished>;
  get: (id: string) => Promise<KeptLead | undefined>;
}

const answerFor = (lead: KeptLead, id: string): Finished =>
  lead.state === "delivered" ? { kind: "created", id } : { kind: "accepted", id };

const STATES: Partial<Record<Outcome["kind"], KeptState>> = {
  created: "delivered",
  duplicate: "delivered",
  invalid: "rejected",
};

export const createMemoryStore = (onChange: () => void): MemoryStore => {
  const leads = new Map<string, KeptLead>();
  return {
    leads: () => [...leads.values()],
    get: async (id) => leads.get(id),
    begin: async ({ id, box, keyId, phoneTail, fps }) => {
      const [fp = ""] = fps;
      const known = leads.get(id);
      if (known) return known.fp === fp ? answerFor(known, id) : { kind: "id_reused" };
      const twin = [...leads.values()].find((each) => each.fp === fp && each.state !== "rejected");
      if (twin) return answerFor(twin, id);
      leads.set(id, { id, box, keyId, phoneTail, fp, state: "sending", attempt: 1 });
      onChange();
      return { kind: "lease", attempt: 1 };
    },
    finish: async (id, attempt, outcome) => {
      const lead = leads.get(id);
      if (!lead) return { kind: "accepted", id };
      lead.state = STATES[outcome.kind] ?? "waiting";
      lead.attempt = attempt;
      lead.reason = "reason" in outcome ? outcome.reason : undefined;
      // As in the ledger: the content of a lead goes with its end.
      if (lead.state !== "waiting") lead.box = lead.phoneTail = "";
      onChange();
      return outcome.kind === "invalid"
        ? { kind: "rejected", fields: outcome.fields }
        : answerFor(lead, id);
    },
  };
};
