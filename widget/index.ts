/** The package's entry: names only. Importing it defines nothing and touches no page. */
export { LeadForm } from "./lead-form.ts";
export type { FormValues } from "./controls.ts";
export type { LeadFormStatus } from "./courier.ts";
export type { ErrorCode, LeadFormEventDetails, LeadFormEventMap } from "./events.ts";
export type { Messages, Texts } from "./messages/en.ts";
export type { LeadFormProps } from "./props.ts";
export type { FieldCode, FieldErrors, ProblemCode, Receipt } from "../proxy/contract.ts";
