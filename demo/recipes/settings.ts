/**
 * Owns the settings of the demo's targets, those that the recipes need among them. Must not name an address: where
 * vendors and pages stand, whoever starts them knows.
 */

/** What each kind of home asks for, whichever office sells it. */
const HOMES = [
  {
    name: "budget",
    type: "number",
    as: "budget",
    min: 100_000,
    label: { en: "Budget, EGP", ar: "الميزانية بالجنيه", ru: "Бюджет, EGP" },
    hint: { en: "Roughly is enough", ar: "رقم تقريبي يكفي", ru: "Примерно" },
  },
  {
    name: "rooms",
    type: "select",
    as: "rooms",
    label: { en: "Rooms", ar: "عدد الغرف", ru: "Комнат" },
    options: [
      "1",
      "2",
      { value: "3+", label: { en: "3 or more", ar: "3 أو أكثر", ru: "3 и больше" } },
    ],
  },
  {
    name: "call_day",
    type: "date",
    as: "callbackDay",
    min: "today",
    label: { en: "Day of the call", ar: "يوم المكالمة", ru: "День звонка" },
  },
  {
    name: "call_time",
    type: "select",
    as: "callbackTime",
    label: { en: "Time of the call", ar: "وقت المكالمة", ru: "Время звонка" },
    options: ["9–12", "12–15", "15–18"],
  },
  { name: "unit", type: "hidden", as: "unit", from: "query:unit" },
  { name: "campaign", type: "hidden", as: "campaignId", from: "query:campaign_id" },
  { name: "visitor", type: "hidden", as: "visitorId", from: "cookie:visitor_id" },
];

const PROJECTS = ["Downtown Tower", "Palm Hills", "Nile View"];

/** By key, without `baseUrl`, `origins`, `storage` and `limits`. */
export const DEMO_TARGETS = {
  sakneen: {
    vendor: "sakneen",
    country: "EG",
    projects: PROJECTS,
    routes: { "Palm Hills": "north" },
    fields: HOMES,
  },
  north: { vendor: "sakneen", country: "EG", projects: PROJECTS, fields: HOMES },
  brainysoft: {
    vendor: "brainysoft",
    country: "RU",
    extra: { channel: "LOAN_APPLICATION", periodUnit: "DAYS" },
    fields: [
      {
        name: "amount",
        type: "range",
        as: "amount",
        min: 1000,
        max: 30_000,
        step: 1000,
        label: { en: "Amount, RUB", ar: "المبلغ بالروبل", ru: "Сумма, ₽" },
      },
      {
        name: "term",
        type: "range",
        as: "period",
        min: 7,
        max: 30,
        label: { en: "Term, days", ar: "المدة بالأيام", ru: "Срок, дней" },
      },
      {
        name: "city",
        type: "text",
        as: "extraFields.city",
        max: 60,
        label: { en: "City", ar: "المدينة", ru: "Город" },
      },
    ],
  },
} as const;
