/**
 * Owns the list of states that the gallery shows, by group: the way to each, and the answers of the
 * made-up proxy. Must not touch a page.
 */

import { attributesOf, OWN_ATTRIBUTES, OWN_FIELDS, OWN_VALUES } from "./own-fields.ts";

interface Suggestion {
  phone: string;
  country: string;
}

/** What the made-up proxy does: one entry for each attempt, the last one again and again. */
export type Answer =
  | { status: number; body: unknown; headers?: Readonly<Record<string, string>> }
  | "hang"
  | "fail";

export interface State {
  attributes?: Readonly<Record<string, string>>;
  /** Custom properties of the element. */
  tokens?: Readonly<Record<string, string>>;
  /** Texts of the page in slots of the form: tag, slot, text. */
  slots?: readonly (readonly [tag: "p" | "h2", slot: string, text: string])[];
  values?: Readonly<Record<string, string>>;
  /** Absent: the form is not sent. */
  answers?: readonly Answer[];
  /** What shows that the state is reached: a value of `status`, an event, or a part that is drawn. */
  until?: { status: string } | { event: string } | { drawn: string };
  /** Needs of the whole page what others must not see: a clock that comes to ten seconds, or no connection. */
  turn?: "late" | "offline";
  /** Modal: shown only when it is asked for alone. */
  alone?: true;
}

const problem = (
  status: number,
  code: string,
  more: Readonly<Record<string, unknown>> = {},
): Answer => ({
  status,
  body: { type: "about:blank", title: code, status, code, ...more },
  ...(typeof more["retry_after"] === "number" && {
    headers: { "retry-after": String(more["retry_after"]) },
  }),
});

const refused = (fields: Readonly<Record<string, string>>, suggestion?: Suggestion): Answer =>
  problem(422, "invalid", { fields, suggestion });

const taken: Answer = {
  status: 201,
  body: { receipt: "3f2b8c52-7a0e-4d6b-9c55-0b6a1f7e2d11", status: "created" },
};

const PHONE = { "contact-phone": "+20 2 2345 6789" };
const PROJECTS = { projects: "Downtown Tower, Palm Hills, Nile View" };
const PRIVACY = { "privacy-url": "https://www.example.com/privacy" };
const MONA = { name: "Mona Adel", phone: "+20 100 123 4567" };

type States = Readonly<Record<string, State>>;

/** One form for each type of an own field, filled in. */
const ownStates: States = Object.fromEntries(
  OWN_FIELDS.fields.map((field) => [
    `own_${field.type}`,
    { attributes: attributesOf([field]), values: { ...MONA, ...OWN_VALUES } },
  ]),
);

export const GROUPS = {
  rest: {
    idle: { values: {} },
    filled: {},
    disabled: { attributes: { disabled: "" } },
    /** Its own country beats the one that the page has set. */
    foreign: {
      attributes: { country: "US" },
      values: { name: "Jonas Weber", phone: "+49 30 901820" },
    },
    /** Not whole yet. */
    begun: { attributes: { country: "US" }, values: { name: "Jonas Weber", phone: "+49 30 9" } },
  },
  asks: {
    projects: { attributes: { ...PROJECTS, fields: "name phone email project" }, values: {} },
    countries: { attributes: { countries: "EG SA AE" }, values: {} },
    without_picker: { attributes: { "without-country-select": "" }, values: {} },
    notice: { attributes: { consent: "notice", ...PRIVACY }, values: {} },
    checkbox: { attributes: { consent: "checkbox", ...PRIVACY }, values: {} },
    optional: { attributes: { consent: "optional", ...PRIVACY }, values: {} },
  },
  own: {
    own: { attributes: OWN_ATTRIBUTES, values: {} },
    own_filled: { attributes: OWN_ATTRIBUTES, values: { ...MONA, ...OWN_VALUES } },
    ...ownStates,
    own_wrong: {
      attributes: OWN_ATTRIBUTES,
      values: { ...MONA, budget: "5" },
      answers: ["hang"],
      until: { event: "lead-form-invalid" },
    },
  },
  mistakes: {
    empty: {
      attributes: { ...PROJECTS, consent: "checkbox", required: "name phone email project" },
      values: {},
      answers: ["hang"],
      until: { event: "lead-form-invalid" },
    },
    invalid: {
      answers: [refused({ phone: "phone_invalid" })],
      until: { event: "lead-form-invalid" },
    },
    unlikely: {
      answers: [refused({ phone: "phone_unlikely" })],
      until: { event: "lead-form-invalid" },
    },
    /** A national number that the proxy reads by another country than the form may have shown. */
    suggested: {
      attributes: { country: "", countries: "EG RU" },
      values: { name: "Mona Adel", phone: "01012345678" },
      answers: [refused({ phone: "phone_unlikely" }, { phone: "+201012345678", country: "EG" })],
      until: { event: "lead-form-invalid" },
    },
    /** Too short, in a country that the message names. */
    incomplete: {
      attributes: { country: "US" },
      values: { name: "Mona Adel", phone: "0101234" },
      answers: [refused({ phone: "phone_invalid" })],
      until: { event: "lead-form-invalid" },
    },
    /** What only the proxy knows, such as the rules of a target. */
    refused: {
      answers: [
        refused({ name: "name_too_long", phone: "phone_not_mobile", email: "email_invalid" }),
      ],
      until: { event: "lead-form-invalid" },
    },
  },
  way: {
    sending: { answers: ["hang"], until: { status: "sending" } },
    /** After ten seconds. */
    slow: {
      answers: ["hang"],
      until: { drawn: "[part=status]:not(.sr)" },
      turn: "late",
    },
    retrying: {
      answers: [problem(503, "unavailable"), "hang"],
      until: { event: "lead-form-retry" },
    },
    offline: {
      attributes: PHONE,
      answers: ["fail"],
      until: { status: "offline" },
      turn: "offline",
    },
  },
  failures: {
    rate_limited: {
      attributes: PHONE,
      answers: [problem(429, "rate_limited", { retry_after: 75 })],
      until: { status: "error" },
    },
    unavailable: {
      attributes: PHONE,
      answers: [problem(503, "unavailable", { retry_after: 300 })],
      until: { status: "error" },
    },
    misconfigured: {
      attributes: PHONE,
      answers: [problem(403, "origin_refused")],
      until: { status: "error" },
    },
    network: { attributes: PHONE, answers: ["fail"], until: { status: "error" } },
  },
  thanks: {
    accepted: { answers: [taken], until: { status: "accepted" } },
    accepted_words: {
      attributes: { "success-message": "Until then: +20 2 2345 6789." },
      answers: [taken],
      until: { status: "accepted" },
    },
    accepted_slot: {
      slots: [["p", "success", "Until then, see the homes: our brochure is on its way."]],
      answers: [taken],
      until: { status: "accepted" },
    },
  },
  looks: {
    words: {
      attributes: { heading: "A home above the river", "submit-label": "Call me back" },
      values: {},
    },
    slots: {
      slots: [
        ["h2", "heading", "heading"],
        ["p", "description", "description"],
        ["p", "before-fields", "before-fields"],
        ["p", "after-fields", "after-fields"],
        ["p", "footer", "footer"],
      ],
      values: {},
    },
    tokens: {
      tokens: {
        "--lead-form-accent": "light-dark(#8a1c4a, #ff9ec4)",
        "--lead-form-on-accent": "light-dark(#fff, #3a0a1f)",
        "--lead-form-radius": "2px",
        "--lead-form-font": "ui-monospace, monospace",
      },
      values: {},
    },
    dialog: { attributes: { presentation: "dialog", open: "" }, values: {}, alone: true },
  },
} as const satisfies Readonly<Record<string, States>>;

export type Group = keyof typeof GROUPS;

export const STATES: States = Object.assign({}, ...Object.values(GROUPS));

/** A visitor in each language, as typed there. */
export const VISITORS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: { name: "Mona Adel", phone: "+20 100 123 4567", email: "mona@example.com" },
  ar: { name: "منى عادل", phone: "+20 100 123 4567", email: "mona@example.com" },
  ru: { name: "Фридрих Иванов", phone: "+7 977 620-07-77", email: "f.ivanov@example.com" },
};
