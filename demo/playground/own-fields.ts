/** Owns the own fields of a target as the demo's proxy tells them, and made-up values for them. Must not draw. */
import { FIELDS_PATH } from "../../proxy/shared/contract.ts";
import type { Definitions, OwnField } from "../../proxy/shared/own-fields.ts";

const NOTHING: Definitions = { version: "", fields: [] };

const told = new Map<string, Promise<Definitions>>();

const ask = async (target: string): Promise<Definitions> => {
  const answer = await fetch(FIELDS_PATH + encodeURIComponent(target));
  return answer.ok ? answer.json() : NOTHING;
};

/** Asked for once; a target that the proxy does not know has none. */
export const definitionsOf = (target: string): Promise<Definitions> => {
  const known = told.get(target) ?? ask(target).catch(() => NOTHING);
  told.set(target, known);
  return known;
};

/** In the middle, so that a slider shows that it was moved. */
const amountBetween = ({ min, max, step = 1 }: OwnField): number => {
  const [least, most] = [Number(min ?? 0), Number(max ?? Number(min ?? 0) * 10)];
  return least + Math.floor((most - least) / 2 / step) * step;
};

const sampleOf = (field: OwnField): string => {
  switch (field.type) {
    case "number":
    case "range":
      return String(amountBetween(field));
    case "select":
    case "radio":
      return field.options?.at(-1)?.value ?? "";
    case "checkbox":
      return "1";
    case "date":
      return new Date().toLocaleDateString("sv-SE");
    case "hidden":
      return "";
    default:
      return field.label.en ?? field.name;
  }
};

/** What a visitor may have filled in. */
export const samplesOf = ({ fields }: Definitions): Record<string, string> =>
  Object.fromEntries(
    fields.map((field) => [field.name, sampleOf(field)]).filter(([, value]) => value),
  );
