/** Owns the texts about own fields, packed from proxy/shared/messages/. Must not be edited: `npm run generate` writes it. */
import type { Language } from "../../proxy/shared/contract.ts";

/** In this order: field_invalid field_missing field_range field_too_long. */
export const OWN_CATALOGS: Readonly<Record<Language, string>> = {
  en: "Check your answer;An answer is needed;From < to >;At most > characters",
  ar: "تحقق من إجابتك;الإجابة مطلوبة;من < إلى >;> حرف على الأكثر",
  ru: "Проверьте ответ;Нужен ответ;От < до >;Не больше > символов",
};
