/** Owns the forms of the front page: the live one of each language, and what a page pastes. Must not run one. */
import { printer } from "../../widget/print/index.ts";
import { fastMarkup, toMarkup } from "../../proxy/shared/snippet.ts";
import type { MarkupAttribute } from "../../proxy/shared/snippet.ts";
import type { Language } from "./languages.ts";
import type { FrontFacts } from "./pages/sections.ts";

/** Where a proxy would be; requests to it stay in the page. The documents call it so, too. */
export const PROXY = "https://leads.example.com";

/** What a marketer of each language may have: a home to sell, or a loan to give. */
const FORMS: Readonly<Record<Language, readonly MarkupAttribute[]>> = {
  en: [
    ["target", "sakneen"],
    ["lang", "en"],
    ["country", "EG"],
    ["projects", "Downtown Tower, Palm Hills, Nile View"],
    ["fields", "name phone project"],
  ],
  ar: [
    ["target", "sakneen"],
    ["lang", "ar"],
    ["country", "EG"],
    ["projects", "Downtown Tower, Palm Hills, Nile View"],
    ["fields", "name phone project"],
  ],
  ru: [
    ["target", "brainysoft"],
    ["lang", "ru"],
    ["country", "RU"],
    ["fields", "name phone"],
  ],
};

/** The block of code that follows some words of a document. */
const blockAfter = (text: string, words: string): string => {
  const from = text.indexOf(words);
  const block = /```html\n([^]*?)\n```/.exec(text.slice(from));
  if (from < 0 || !block) throw new Error(`No code follows “${words}”.`);
  return block[1] ?? "";
};

/** The live form as it is printed into the page; it stands before any script. */
export const printLive = async (lang: Language): Promise<string> => {
  const attributes: MarkupAttribute[] = [...FORMS[lang], ["endpoint", PROXY]];
  const markup = await fastMarkup(attributes, { origin: PROXY }, printer);
  return markup.slice(markup.indexOf("<lead-form"));
};

/** @param readme where the snippets for other places stand */
export const printSnippets = async (
  lang: Language,
  readme: string,
): Promise<FrontFacts["snippets"]> => ({
  tag: toMarkup(FORMS[lang], { origin: PROXY }),
  fast: await fastMarkup(FORMS[lang], { origin: PROXY }, printer),
  div: blockAfter(readme, "**Where unknown elements are dropped**"),
  gtm: blockAfter(readme, "**Google Tag Manager.**"),
});
