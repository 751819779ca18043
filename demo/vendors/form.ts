/**
 * Owns the demands of a simulated vendor's own form beside name and phone, and the language of its texts. Must not
 * know how a vendor wraps a refusal.
 */
import type { Order } from "./state.ts";

/** The texts of a refusal, by the key that they are about. */
export interface Texts {
  missing: (key: string) => string;
  unknown: (key: string) => string;
  phone: string;
  exists: string;
}

export const ENGLISH: Texts = {
  missing: (key) => `${key} field is missing from body`,
  unknown: (key) => `property ${key} should not exist`,
  phone: "Invalid phone number format",
  exists: "Phone number already exists for this organization",
};

/** Labels of the organisation's form stand where the documents have keys. */
const ARABIC: Texts = {
  missing: () => "هذا الحقل مطلوب",
  unknown: () => "هذا الحقل غير معروف",
  phone: "صيغة رقم الهاتف غير صحيحة",
  exists: "رقم الهاتف موجود بالفعل في هذه المؤسسة",
};

const RUSSIAN: Texts = {
  missing: () => "Поле обязательно для заполнения",
  unknown: () => "Неизвестное поле",
  phone: "Неверный формат номера телефона",
  exists: "Этот номер телефона уже существует в организации",
};

/** @param wish of the request's header: a language tag, or a list of them */
export const textsOf = ({ form }: Order, wish: string | undefined, usual: "ar" | "ru"): Texts => {
  if (form !== "localised") return ENGLISH;
  const language = /^(?:ar|ru)/.exec(wish ?? "")?.[0] ?? usual;
  return language === "ar" ? ARABIC : RUSSIAN;
};

const DEFAULT_KEY = "budget";

const isFilled = (value: unknown): boolean => value !== undefined && value !== null && value !== "";

/**
 * What the form has against a lead.
 * @param valueOf the lead's value under a key, wherever this vendor has it
 */
export const complaintOf = (
  { form, key = DEFAULT_KEY }: Order,
  valueOf: (key: string) => unknown,
): { key: string; about: "missing" | "unknown" } | undefined => {
  if (!form) return undefined;
  const value = valueOf(key);
  if (form === "refused_key") return value === undefined ? undefined : { key, about: "unknown" };
  return isFilled(value) ? undefined : { key, about: "missing" };
};
