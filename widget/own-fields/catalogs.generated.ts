/** Owns the texts about own fields, packed from proxy/shared/messages/. Must not be edited: `npm run generate` writes it. */
import type { Language } from "../../proxy/shared/contract.ts";

export const OWN_CATALOGS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    i: "Check your answer",
    m: "An answer is needed",
    r: "From < to >",
    t: "At most > characters",
  },
  ar: {
    i: "تحقق من إجابتك",
    m: "الإجابة مطلوبة",
    r: "من < إلى >",
    t: "> حرف على الأكثر",
  },
  ru: {
    i: "Проверьте ответ",
    m: "Нужен ответ",
    r: "От < до >",
    t: "Не больше > символов",
  },
};
