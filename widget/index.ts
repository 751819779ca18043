/** The package's entry: names only. Importing it defines nothing and touches no page. */
export { LeadForm } from "./element/lead-form.ts";
export type { FormValues } from "./fields/controls.ts";
export type { LeadFormStatus } from "./sending/submission.ts";
export type { ErrorCode, LeadFormEventDetails, LeadFormEventMap } from "./element/events.ts";
export type { Messages, Texts } from "../proxy/shared/messages/en.ts";
export type { LeadFormProps } from "./props.ts";
export type { FieldCode, FieldErrors, ProblemCode, Receipt } from "../proxy/shared/contract.ts";
