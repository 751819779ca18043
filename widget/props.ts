/**
 * Owns the attributes of `<lead-form>` in a template, for the types of frameworks. Must
 * not be part of a script.
 */
import type { FormValues } from "./fields/controls.ts";
import type { LeadFormEventMap } from "./element/events.ts";
import type { Texts } from "../proxy/shared/messages/en.ts";
import type { Attributes } from "./element/attributes.ts";

/** `submitLabel` as its attribute: `submit-label`. */
type Kebab<Name extends string> = Name extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? Head : `-${Lowercase<Head>}`}${Kebab<Tail>}`
  : "";

/** Attributes by property or by attribute, values and texts, and a listener `onlead-form-…` for each event. */
export type LeadFormProps = Partial<Attributes> & {
  [Name in keyof Attributes as Kebab<Name>]?: Attributes[Name];
} & {
  [Name in keyof LeadFormEventMap as `on${Name}`]?: (event: LeadFormEventMap[Name]) => void;
} & { values?: FormValues; messages?: Texts };
