/** Owns the names and shapes of the events. No `detail` ever holds what a visitor typed. */
import type { FieldErrors, ProblemCode } from "../../proxy/shared/contract.ts";

/** A problem code of the proxy, or what kept an answer from arriving (then `status` is 0). */
export type ErrorCode = ProblemCode | "network" | "timeout";

export interface LeadFormEventDetails {
  /** The form stands and can be filled. */
  "lead-form-ready": null;
  /** The first thing was typed. */
  "lead-form-start": null;
  /** Checked, about to be sent. Cancelable: then nothing is sent. */
  "lead-form-submit": { target: string };
  /** Fields that need another look, found here or by the proxy. */
  "lead-form-invalid": { fields: FieldErrors };
  /** Sent again by itself; the first repetition is attempt 1. */
  "lead-form-retry": { attempt: number };
  /** Delivered or safely stored. Cancelable: then `success-url` is not visited. */
  "lead-form-success": { receipt: string; target: string };
  /** Given up until the visitor tries again. */
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
      cancelable: name === "lead-form-submit" || name === "lead-form-success",
      detail,
    }),
  );

declare global {
  interface HTMLElementEventMap extends LeadFormEventMap {}
}
