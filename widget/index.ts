/** Owns the package's names. Must not define the element or touch the page. */
export { LeadForm } from "./element/lead-form.ts";
export type { FormValues } from "./fields/controls.ts";
export type { LeadFormStatus } from "./sending/submission.ts";
export type { ErrorCode } from "./sending/send.ts";
export type { LeadFormEventDetails, LeadFormEventMap } from "./element/events.ts";
export type { Messages, Texts } from "../proxy/shared/messages/en.ts";
export type { LeadFormProps } from "./props.ts";
export type { FieldCode, FieldErrors, ProblemCode, Receipt } from "../proxy/shared/contract.ts";
