/** Owns made-up visitors: what they fill into a form. Must not draw or send. */
import { textIn } from "../../proxy/shared/own-fields.ts";
import type { Definitions, OwnField } from "../../proxy/shared/own-fields.ts";
import type { VendorName } from "./backend.ts";

/** By target; with `+`, since the tester's country is another. */
export const VISITORS: Readonly<Record<VendorName, Readonly<Record<string, string>>>> = {
  sakneen: { name: "أحمد علي", phone: "+20 100 123 4567", email: "ahmed@example.com" },
  brainysoft: { name: "Фридрих Иванов", phone: "+7 977 620-07-77", email: "f@example.com" },
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
      return textIn(field.label, "en") || field.name;
  }
};

/** What a visitor may have filled in. */
export const samplesOf = ({ fields }: Definitions): Record<string, string> =>
  Object.fromEntries(
    fields.map((field) => [field.name, sampleOf(field)]).filter(([, value]) => value),
  );
