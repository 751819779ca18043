/**
 * Owns the fields a form can show: their order, input types and autofill tokens. Must not touch the DOM.
 */
import { OWN_PREFIX, type OwnName } from "../../proxy/shared/contract.ts";

/** A field that every form knows; consent is asked for in its own way. */
export type InputName = "name" | "phone" | "email" | "project";

/** Input type and autofill token. `tel`, never `tel-national`: only the whole number is right in any country. */
export const FIELD_KINDS: Readonly<
  Record<InputName, readonly [type: string, autocomplete: AutoFill]>
> = {
  name: ["text", "name"],
  phone: ["tel", "tel"],
  email: ["email", "email"],
  project: ["text", "off"],
};

/** Tokens separated by spaces or commas. */
export const readTokens = (text: string): string[] => text.split(/[\s,]+/).filter(Boolean);

/** Names separated by commas, which may hold spaces. */
export const readList = (text: string): string[] =>
  text
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean);

export const isInput = (name: string): name is InputName => Object.hasOwn(FIELD_KINDS, name);

/** On the wire a field of the target's own has a name that no other field can have. */
export const toWireName = (name: string): InputName | OwnName =>
  isInput(name) ? name : `${OWN_PREFIX}${name}`;

/** Under the names that the page knows. */
export const toPageNames = <T>(values: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name.replace(/^x_/, ""), value]),
  );

/** The fields to show. A list of projects shows their select, whether or not it is asked for by name. */
export const orderFields = (fields: string, projects: string): (InputName | OwnName)[] => {
  const names = new Set(readTokens(fields));
  if (readList(projects).length > 0) names.add("project");
  return [...names].map(toWireName);
};

/** Those that are checked when the visitor leaves them: a slip in them is likely, and can be seen. */
export const isCheckedEarly = (name: string): name is "phone" | "email" =>
  name === "phone" || name === "email";
