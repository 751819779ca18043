/**
 * Owns the meaning of a vendor's answer to a check: whether it was reached, whether it took the key. Must not hold
 * a text of the vendor, or of a person.
 */
import type { FieldErrors } from "../shared/contract.ts";
import type { Checked } from "../vendors/vendor.ts";

/** What an operator is told. Null: the answer does not tell. */
export interface Proof {
  /** The vendor's address answered. */
  reached: boolean;
  key_accepted: boolean | null;
  /** Its validation looked at the lead, and would have taken the rest of it. */
  validated: boolean;
  /** A code, as leads have it; null where nothing is in the way. */
  reason: string | null;
  /** What the vendor has against single fields. */
  fields?: FieldErrors;
  /** The key of the vendor's form that is to be filled, or to go. */
  vendor_key?: string;
}

const SILENT = { reached: false, key_accepted: null, validated: false } as const;
const REACHED = { ...SILENT, reached: true };
const KNOWN = { ...REACHED, key_accepted: true };
const REFUSED = { ...REACHED, key_accepted: false };

/** Cloudflare's 521 to 530 speak of a vendor that was not reached. */
const answered = (status: number | undefined) => (status === undefined ? SILENT : REACHED);

export const proofOf = (checked: Checked): Proof => {
  switch (checked.kind) {
    case "validated":
      return { ...KNOWN, validated: true, reason: null };
    case "created":
      // No document allows for it: somebody has to look there.
      return { ...KNOWN, reason: "test_created" };
    case "duplicate":
      return { ...KNOWN, reason: "duplicate" };
    case "invalid":
      return { ...KNOWN, reason: "invalid", fields: checked.fields };
    case "drift":
      return { ...REACHED, reason: checked.reason };
    case "unexplained": {
      const { reason, fields } = checked;
      return { ...REACHED, reason, ...(fields && { fields }) };
    }
    case "misconfigured":
      return { ...proofOfFault(checked), reason: checked.reason };
    case "later":
      return {
        ...(checked.reason === "origin_down" ? SILENT : answered(checked.status)),
        reason: checked.reason,
      };
    case "doubt":
      return { ...answered(checked.status), reason: checked.reason };
  }
};

const proofOfFault = ({
  reason,
  vendorKey,
}: Extract<Checked, { kind: "misconfigured" }>): Omit<Proof, "reason"> => {
  switch (reason) {
    case "key_refused":
    case "token_refused":
    case "forbidden":
      return REFUSED;
    case "no_form":
      return KNOWN;
    case "form_changed":
      return { ...KNOWN, ...(vendorKey && { vendor_key: vendorKey }) };
    case "wrong_path":
    case "redirect":
    case "request_refused":
      return REACHED;
    case "unreachable":
      return SILENT;
  }
};
