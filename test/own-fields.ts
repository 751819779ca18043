/** Owns one own field of each type, in three languages, for tests. Must not hold a vendor's answer. */

const texts = (en: string, ar: string, ru: string) => ({ en, ar, ru });

/** The vendor's keys and the fallbacks are words that stand nowhere else: no page may hold them. */
export const NINE_FIELDS = [
  {
    name: "district",
    type: "text",
    as: "secretdistrict",
    label: texts("District", "الحي", "Район"),
    hint: texts("Where it should be", "أين تريد", "Где искать"),
    max: 40,
  },
  {
    name: "wishes",
    type: "textarea",
    as: "secretwishes",
    label: texts("Wishes", "رغباتك", "Пожелания"),
  },
  {
    name: "budget",
    type: "number",
    as: "secretbudget",
    label: texts("Budget, EGP", "الميزانية بالجنيه", "Бюджет, EGP"),
    required: true,
    min: 100_000,
    fallback: 777_777,
  },
  {
    name: "term",
    type: "range",
    as: "secretterm",
    label: texts("Years", "السنوات", "Лет"),
    min: 1,
    max: 30,
  },
  {
    name: "rooms",
    type: "select",
    as: "secretrooms",
    label: texts("Rooms", "الغرف", "Комнат"),
    required: true,
    options: ["1", "2", { value: "3+", label: texts("3 or more", "3 أو أكثر", "3 и больше") }],
    fallback: "2",
  },
  {
    name: "purpose",
    type: "radio",
    as: "secretpurpose",
    label: texts("Purpose", "الغرض", "Цель"),
    required: true,
    options: [
      { value: "live", label: texts("To live in", "للسكن", "Жить") },
      { value: "rent", label: texts("To let", "للإيجار", "Сдавать") },
    ],
    fallback: "live",
  },
  {
    name: "visit",
    type: "checkbox",
    as: "secretvisit",
    label: texts("I want to see it", "أريد زيارة الموقع", "Хочу посмотреть"),
  },
  {
    name: "from",
    type: "date",
    as: "secretfrom",
    label: texts("Move in from", "الانتقال من", "Заезд с"),
    min: "today",
  },
  { name: "unit", type: "hidden", as: "secretunit", from: "query:unit" },
] as const;
