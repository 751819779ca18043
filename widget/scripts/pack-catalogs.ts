/**
 * Owns the packing of the readable texts into the catalogs that travel. Must not decide what a text says.
 *
 * Packed, the texts cost 0.7 kB less of the script: each key stands once, and a letter is one byte.
 */
import { LANGUAGES, type Language } from "../../proxy/shared/contract.ts";
import type { MessageKey, Messages } from "../../proxy/shared/messages/en.ts";
import { own } from "../../proxy/shared/messages/en.ts";
import { CATALOGS } from "../../proxy/shared/messages/index.ts";
import { FIRST_LETTER, type Packed, TOKENS } from "../i18n/unpack.ts";
import type { Generated } from "./generated-file.ts";

const packLetters = (lang: Language, text: string): string =>
  text.replace(/[^\0-\x7F]/g, (letter) => {
    const code = letter.charCodeAt(0) - FIRST_LETTER[lang] + 63;
    if (code < 63 || code >= 127) throw new Error(`${lang}: ${letter} cannot be packed`);
    return String.fromCharCode(code);
  });

/** In a packed text what is before "?" stands for itself or is a token; letters begin at "?". */
const pack = (lang: Language, text: string): string => {
  const first = FIRST_LETTER[lang];
  if (!first) return text;
  const tokens = TOKENS.reduce(
    (rest, token, i) => (token ? rest.replaceAll(token, String.fromCharCode(48 + i)) : rest),
    text,
  );
  return packLetters(lang, tokens);
};

/** Texts that are shown only once the essentials are loaded. */
export const LATER_KEYS: readonly MessageKey[] = [
  "understood",
  "extension",
  "call",
  "network",
  "offline",
  "slow",
  "cancel",
  "wait",
  "close",
  "phone_incomplete",
  "country",
];

/** Texts of the part with a target's own fields. */
const OWN_KEYS = Object.keys(own) as MessageKey[];

/** What failed is said by the text of "unavailable", where no part has a text of its own for it. */
const UNAVAILABLE_KEYS: readonly MessageKey[] = [
  "malformed",
  "origin_refused",
  "unknown_target",
  "not_found",
  "method_refused",
  "too_large",
  "unsupported_type",
  "invalid",
  "stamp_refused",
  "id_reused",
  "rate_limited",
  "timeout",
  "network",
];

/** Rare texts are in the essentials too; until those are loaded another text stands in. */
const STAND_INS: Partial<Record<MessageKey, MessageKey>> = {
  name_too_long: "name_missing",
  phone_not_mobile: "phone_invalid",
  project_missing: "choose",
  project_unknown: "choose",
  retrying: "sending",
  another: "submit",
  again: "submit",
  summary: "failed",
  phone_unlikely: "phone_invalid",
  consent_missing: "consent",
  email_missing: "email",
  email_invalid: "email",
};

/** Texts of what the extras do, and of what waits for them: a form that was set up wrongly, a wait, a box. */
const EXTRA_KEYS: readonly MessageKey[] = [
  "phone_incomplete",
  "close",
  "wait",
  "consent_missing",
  "malformed",
  "origin_refused",
  "unknown_target",
  "not_found",
  "method_refused",
  "too_large",
  "unsupported_type",
  "invalid",
];

const KEYS = Object.keys(CATALOGS[LANGUAGES[0]]) as MessageKey[];

/** The readable texts of one catalog, by language. */
export type Readable = Readonly<Record<Language, Partial<Messages>>>;

const select = (keys: readonly MessageKey[], textOf: (key: MessageKey) => MessageKey): Readable =>
  Object.fromEntries(
    LANGUAGES.map((lang) => [
      lang,
      Object.fromEntries(keys.map((key) => [key, CATALOGS[lang][textOf(key)]])),
    ]),
  ) as Readable;

/** What the script holds, what its parts hold. */
export const READABLE = {
  script: select(
    KEYS.filter((key) => ![...LATER_KEYS, ...UNAVAILABLE_KEYS, ...OWN_KEYS].includes(key)),
    (key) => STAND_INS[key] ?? key,
  ),
  essentials: select(
    KEYS.filter(
      (key) => (LATER_KEYS.includes(key) || key in STAND_INS) && !EXTRA_KEYS.includes(key),
    ),
    (key) => key,
  ),
  extras: select(EXTRA_KEYS, (key) => key),
  own: select(OWN_KEYS, (key) => key),
};

const packAll = (readable: Readable): Packed => {
  const keys = Object.keys(readable[LANGUAGES[0]]) as MessageKey[];
  // Keys with the same text in every language share a place.
  const textsOf = (key: MessageKey) => LANGUAGES.map((lang) => readable[lang][key]);
  const groups = [...Map.groupBy(keys, (key) => textsOf(key).join("\n")).values()];
  const texts = (lang: Language) =>
    groups.map(([key]) => pack(lang, readable[lang][key!]!)).join(";");
  return {
    keys: groups.map((group) => group.join(" ")).join(";"),
    ...Object.fromEntries(LANGUAGES.map((lang) => [lang, texts(lang)])),
  } as unknown as Packed;
};

interface Catalog {
  file: string;
  name: string;
  head: string;
  types: string;
  packed: Packed;
}

const sourceOf = ({ name, head, types, packed }: Catalog): string =>
  [
    `/** ${head} Must not be edited: \`npm run generate\` writes it. */`,
    `import type { Packed } from "${types}";`,
    ``,
    `export const ${name}: Packed = {`,
    ...Object.entries(packed).map(([key, text]) => `  ${key}:\n    ${JSON.stringify(text)},`),
    `};`,
    ``,
  ].join("\n");

/** What a form itself says of an own field; the rest is said in these words too. */
const SHOWN_KEYS: readonly MessageKey[] = [
  "field_invalid",
  "field_missing",
  "field_range",
  "field_too_long",
];

/** A text by the first letter behind `field_`, with "<" and ">" for the limits: reading it costs nothing. */
const packOwn = (): Generated => ({
  file: "widget/own-fields/catalogs.generated.ts",
  text: [
    "/** Owns the texts about own fields, packed from proxy/shared/messages/. Must not be edited: `npm run generate` writes it. */",
    `import type { Language } from "../../proxy/shared/contract.ts";`,
    ``,
    `export const OWN_CATALOGS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {`,
    ...LANGUAGES.flatMap((lang) => [
      `  ${lang}: {`,
      ...SHOWN_KEYS.map((key) => {
        const text = READABLE.own[lang][key] ?? "";
        const plain = text.replace("{min}", "<").replace("{max}", ">");
        return `    ${key.charAt("field_".length)}: ${JSON.stringify(plain)},`;
      }),
      `  },`,
    ]),
    `};`,
    ``,
  ].join("\n"),
});

export const packCatalogs = (): Generated[] =>
  [
    {
      file: "widget/i18n/catalogs.generated.ts",
      name: "CATALOGS",
      head: "Owns the texts of the form, packed from proxy/shared/messages/.",
      types: "./unpack.ts",
      packed: packAll(READABLE.script),
    },
    {
      file: "widget/essentials/catalogs.generated.ts",
      name: "ESSENTIAL_CATALOGS",
      head: "Owns the texts of the essentials, packed from proxy/shared/messages/.",
      types: "../i18n/unpack.ts",
      packed: packAll(READABLE.essentials),
    },
    {
      file: "widget/extras/catalogs.generated.ts",
      name: "EXTRA_CATALOGS",
      head: "Owns the texts of the extras, packed from proxy/shared/messages/.",
      types: "../i18n/unpack.ts",
      packed: packAll(READABLE.extras),
    },
  ]
    .map((catalog) => ({ file: catalog.file, text: sourceOf(catalog) }))
    .concat(packOwn());
