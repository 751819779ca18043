/**
 * Owns the packing of the readable texts into the catalogs that travel. Must not decide what a text says.
 *
 * Packed, the texts cost 0.7 kB less of the script: each key stands once, and a letter is one byte.
 */
import * as ar from "../../proxy/shared/messages/ar.ts";
import * as en from "../../proxy/shared/messages/en.ts";
import * as ru from "../../proxy/shared/messages/ru.ts";
import type { Packed } from "../i18n/unpack.ts";
import type { Generated } from "./generated-file.ts";

/** The readable texts, by language. */
export const READABLE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: { ...en.labels, ...en.answers },
  ar: { ...ar.labels, ...ar.answers },
  ru: { ...ru.labels, ...ru.answers },
};

/** In a packed text what is before "?" stands for itself or is a token; letters begin at "?". */
const TOKENS = ["…", "{phone}", "{name}", "{time}", "name@example.com", "ё", "?", "،", "؟", "—"];
const FIRST_LETTER: Readonly<Record<string, number>> = { ar: 0x621, ru: 0x410 };

const pack = (lang: string, text: string): string => {
  const first = FIRST_LETTER[lang];
  if (!first) return text;
  const tokens = TOKENS.reduce((rest, token, i) => rest.replaceAll(token, `${i}`), text);
  return tokens.replace(/[^\0-\x7F]/g, (letter) => {
    const code = letter.charCodeAt(0) - first + 63;
    if (code < 63 || code >= 127) throw new Error(`${lang}: ${letter} cannot be packed`);
    return String.fromCharCode(code);
  });
};

/** Texts that are shown only once the extras are loaded. */
const EXTRA_KEYS = ["understood", "offline", "cancel", "wait", "close"];

const packAll = (isWanted: (key: string) => boolean): Packed => {
  const keys = Object.keys(READABLE["en"]!).filter(isWanted);
  // Keys with the same text in every language share a place.
  const textsOf = (key: string) => Object.values(READABLE).map((texts) => texts[key]);
  const groups = [...Map.groupBy(keys, (key) => textsOf(key).join("\n")).values()];
  const texts = (lang: string) =>
    groups.map(([key]) => pack(lang, READABLE[lang]![key!]!)).join(";");
  return {
    keys: groups.map((group) => group.join(" ")).join(";"),
    ...Object.fromEntries(Object.keys(READABLE).map((lang) => [lang, texts(lang)])),
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

export const packCatalogs = (): Generated[] =>
  [
    {
      file: "widget/i18n/catalogs.generated.ts",
      name: "CATALOGS",
      head: "Owns the texts of the form, packed from proxy/shared/messages/.",
      types: "./unpack.ts",
      packed: packAll((key) => !EXTRA_KEYS.includes(key)),
    },
    {
      file: "widget/extras/catalogs.generated.ts",
      name: "EXTRA_CATALOGS",
      head: "Owns the texts of the extras, packed from proxy/shared/messages/.",
      types: "../i18n/unpack.ts",
      packed: packAll((key) => EXTRA_KEYS.includes(key)),
    },
  ].map((catalog) => ({ file: catalog.file, text: sourceOf(catalog) }));
