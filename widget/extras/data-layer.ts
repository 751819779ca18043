/** Owns the entries for a page's tag manager, which no event of a shadow tree reaches. Must not hold a typed value. */
import type { AttributesElement } from "../element/attributes.ts";
import type { ErrorCode } from "../sending/send.ts";

interface Entry {
  event: "lead_form_start" | "lead_form_submit" | "lead_form_error" | "generate_lead";
  target: string;
  receipt?: string;
  code?: ErrorCode;
}

/** Receipts that were pushed: the same content sent again is answered with the first receipt. */
const counted = new Set<string>();

const attached = new WeakSet<AttributesElement>();

/** Appends a form's events to the global array that its `data-layer` names. */
export const pushToDataLayer = (form: AttributesElement, started: boolean): void => {
  if (attached.has(form)) return;
  attached.add(form);
  const push = (event: Entry["event"], more?: Partial<Entry>) => {
    const page = globalThis as unknown as Record<string, Entry[]>;
    if (form.dataLayer) (page[form.dataLayer] ??= []).push({ event, target: form.target, ...more });
  };
  form.addEventListener("lead-form-start", () => push("lead_form_start"));
  form.addEventListener("lead-form-submit", () => push("lead_form_submit"));
  form.addEventListener("lead-form-error", ({ detail }) =>
    push("lead_form_error", { code: detail.code }),
  );
  form.addEventListener("lead-form-success", ({ detail: { receipt } }) => {
    if (!counted.has(receipt)) push("generate_lead", { receipt });
    counted.add(receipt);
  });
  if (started) push("lead_form_start");
};
