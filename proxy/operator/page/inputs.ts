/**
 * Owns the inputs of the correction: label, type and direction of each field. Must not check a
 * value.
 */
import { CONTENT_FIELDS } from "../../shared/contract.ts";
import type { ContentField } from "../../shared/contract.ts";

interface Input {
  label: string;
  type: "text" | "tel" | "email";
  dir: "auto" | "ltr";
}

const INPUTS: Readonly<Record<ContentField, Input>> = {
  name: { label: "Name", type: "text", dir: "auto" },
  phone: { label: "Phone", type: "tel", dir: "ltr" },
  email: { label: "Email", type: "email", dir: "ltr" },
  project: { label: "Project", type: "text", dir: "auto" },
};

/** In the order of the form. */
export const inputs = CONTENT_FIELDS.map((name) => ({ name, ...INPUTS[name] }));
