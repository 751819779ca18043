/** Owns what a page's tag manager is told, which no event in a shadow tree reaches by itself: never a typed value. */
import type { ErrorCode } from "../element/events.ts";
import type { OptionsElement } from "../element/attributes.ts";

interface Entry {
  event: "lead_form_start" | "lead_form_submit" | "lead_form_error" | "generate_lead";
  target: string;
  receipt?: string;
  code?: ErrorCode;
}

/** Receipts that were told: the same content sent again is answered with the first one's. */
const counted = new Set<string>();

const attached = new WeakSet<OptionsElement>();

/** Appends a form's events to the global array that its `data-layer` names. */
export const tellDataLayer = (form: OptionsElement, started: boolean): void => {
  if (attached.has(form)) return;
  attached.add(form);
  const tell = (event: Entry["event"], more?: Partial<Entry>) => {
    const page = globalThis as unknown as Record<string, Entry[]>;
    if (form.dataLayer) (page[form.dataLayer] ??= []).push({ event, target: form.target, ...more });
  };
  form.addEventListener("lead-form-start", () => tell("lead_form_start"));
  form.addEventListener("lead-form-submit", () => tell("lead_form_submit"));
  form.addEventListener("lead-form-error", ({ detail }) =>
    tell("lead_form_error", { code: detail.code }),
  );
  form.addEventListener("lead-form-success", ({ detail: { receipt } }) => {
    if (!counted.has(receipt)) tell("generate_lead", { receipt });
    counted.add(receipt);
  });
  if (started) tell("lead_form_start");
};
