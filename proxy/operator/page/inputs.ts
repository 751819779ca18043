/**
 * Owns the inputs of the correction: label, type and direction of each field. Must not check a
 * value.
 */
import { LEAD_FIELDS } from "../../vendors/vendor.ts";
import type { LeadField } from "../../vendors/vendor.ts";

interface Input {
  label: string;
  type: "text" | "tel" | "email";
  dir: "auto" | "ltr";
}

const INPUTS: Readonly<Record<LeadField, Input>> = {
  name: { label: "Name", type: "text", dir: "auto" },
  phone: { label: "Phone", type: "tel", dir: "ltr" },
  email: { label: "Email", type: "email", dir: "ltr" },
  project: { label: "Project", type: "text", dir: "auto" },
  extension: { label: "Extension", type: "text", dir: "ltr" },
};

/** In the order of the form. */
export const inputs = LEAD_FIELDS.map((name) => ({ name, ...INPUTS[name] }));
