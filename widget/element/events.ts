/** Owns the names and shapes of the events. Must not put what a visitor typed into a `detail`. */
import type { FieldCode } from "../../proxy/shared/contract.ts";
import type { ErrorCode } from "../sending/send.ts";

export interface LeadFormEventDetails {
  /** The form is drawn and can be filled. */
  "lead-form-ready": null;
  /** The visitor has typed the first character. */
  "lead-form-start": null;
  /** Checked, about to be sent. Cancelable: then nothing is sent. */
  "lead-form-submit": { target: string };
  /** Fields with mistakes, found by the form or the proxy. */
  "lead-form-invalid": { fields: Readonly<Record<string, FieldCode | undefined>> };
  /** Sent again automatically; the first repetition is attempt 1. */
  "lead-form-retry": { attempt: number };
  /** Delivered or safely stored. Cancelable: then `success-url` is not visited. */
  "lead-form-success": { receipt: string; target: string };
  /** Not sent; the next attempt is the visitor's. */
  "lead-form-error": { code: ErrorCode; status: number; retryable: boolean };
  "lead-form-reset": null;
  /** The dialog has opened, and closed. */
  "lead-form-show": null;
  "lead-form-hide": null;
}

export type LeadFormEventName = keyof LeadFormEventDetails;

export type LeadFormEventMap = {
  [Name in LeadFormEventName]: CustomEvent<LeadFormEventDetails[Name]>;
};

/** @returns false if a listener cancelled it */
export const emit = <Name extends LeadFormEventName>(
  host: EventTarget,
  name: Name,
  detail: LeadFormEventDetails[Name],
): boolean =>
  host.dispatchEvent(
    new CustomEvent(name, {
      bubbles: true,
      composed: true,
      cancelable: /submit|success/.test(name),
      detail,
    }),
  );

declare global {
  interface HTMLElementEventMap extends LeadFormEventMap {}
}
