/** Owns the made-up own fields of the gallery: one of each type, in three languages. Must not be a recipe. */

const text = (en: string, ar: string, ru: string) => ({ en, ar, ru });

/** As a proxy would tell them. */
export const OWN_FIELDS = {
  version: "gallery",
  fields: [
    {
      name: "budget",
      type: "number",
      label: text("Budget, EGP", "الميزانية بالجنيه", "Бюджет, EGP"),
      hint: text("Roughly is enough", "تقديري يكفي", "Примерно"),
      required: true,
      min: 500_000,
      max: 50_000_000,
    },
    {
      name: "term",
      type: "range",
      label: text("Term, months", "المدة بالأشهر", "Срок, месяцев"),
      min: 3,
      max: 36,
      step: 3,
    },
    {
      name: "rooms",
      type: "select",
      label: text("Rooms", "عدد الغرف", "Комнат"),
      required: true,
      options: [
        { value: "1" },
        { value: "2" },
        { value: "3+", label: text("3 or more", "3 أو أكثر", "3 и больше") },
      ],
    },
    {
      name: "use",
      type: "radio",
      label: text("What is it for?", "ما الغرض؟", "Для чего?"),
      required: true,
      options: [
        { value: "home", label: text("To live in", "للسكن", "Для жизни") },
        { value: "rent", label: text("To rent out", "للتأجير", "Для аренды") },
      ],
    },
    {
      name: "visit",
      type: "date",
      label: text("Day of your visit", "يوم الزيارة", "День визита"),
      min: "2026-01-01",
    },
    {
      name: "city",
      type: "text",
      label: text("City", "المدينة", "Город"),
      autofill: "address-level2",
    },
    {
      name: "note",
      type: "textarea",
      label: text("Anything else?", "هل تود إضافة شيء؟", "Что-то ещё?"),
    },
    {
      name: "news",
      type: "checkbox",
      label: text("Send me offers", "أرسلوا لي العروض", "Присылайте предложения"),
    },
    { name: "unit", type: "hidden", label: {} },
  ],
} as const;

type OwnField = (typeof OWN_FIELDS.fields)[number];

/** What a form needs to show some of them. */
export const attributesOf = (fields: readonly OwnField[]): Readonly<Record<string, string>> => ({
  definitions: JSON.stringify({ ...OWN_FIELDS, fields }),
  fields: ["name", "phone", ...fields.map(({ name }) => name)].join(" "),
  "field-unit": "A-12",
});

export const OWN_ATTRIBUTES = attributesOf(OWN_FIELDS.fields);

/** A filled one. */
export const OWN_VALUES = {
  budget: "3000000",
  term: "12",
  rooms: "3+",
  use: "home",
  visit: "2026-12-24",
  city: "Cairo",
  note: "After six, please",
  news: "1",
};
