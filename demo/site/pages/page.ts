/** Owns the choice of what a page of each kind is made of. Must not know a file. */
import { plainText } from "../html.ts";
import { LANGUAGES, prefixOf } from "../languages.ts";
import type { Language } from "../languages.ts";
import { TEXTS, fill } from "../texts/index.ts";
import { renderText } from "./document.ts";
import type { Listed } from "./document.ts";
import { renderFront } from "./front.ts";
import { kilobytes } from "./sections.ts";
import type { FrontFacts } from "./sections.ts";
import { renderShell } from "./shell.ts";
import type { Shell } from "./shell.ts";
import { linkFrom } from "../languages.ts";

/** What the front page of each language states, and which pages there are besides. */
export interface SiteFacts {
  front: Readonly<Record<Language, Omit<FrontFacts, "pages">>>;
  /** By others: the playground, the gallery. */
  pages: ReadonlySet<string>;
}

/** A page as the generator knows it. */
interface Entry {
  url: string;
  data: Pick<PageData, "kind" | "lang" | "title" | "order" | "description" | "isIndex">;
}

export interface PageData {
  kind: Shell["kind"];
  lang: Language;
  title: string;
  description?: string;
  /** Among its siblings; a page without one is in no list. */
  order?: number;
  /** It names its siblings in its text. */
  isIndex?: boolean;
  /** There are forms in its text. */
  hasForms?: boolean;
  page: { url: string };
  content: string;
  collections: { all: readonly Entry[] };
}

/** Characters of a description that others show. */
const DESCRIPTION = 160;

const describe = ({ description, content, title }: PageData): string => {
  if (description) return description;
  const paragraph = plainText(/<p>([^]*?)<\/p>/.exec(content)?.[1] ?? title);
  return paragraph.length > DESCRIPTION ? `${paragraph.slice(0, DESCRIPTION)}…` : paragraph;
};

const siblingsOf = ({ kind, lang, collections }: PageData): Entry[] =>
  collections.all
    .filter(({ data }) => data.kind === kind && data.lang === lang && data.order !== undefined)
    .toSorted((a, b) => (a.data.order ?? 0) - (b.data.order ?? 0));

/** The same page in each language, where it is there. */
const inLanguages = ({ page, lang, collections }: PageData): Record<Language, string> => {
  const inside = page.url.slice(prefixOf(lang).length);
  const urls = new Set(collections.all.map(({ url }) => url));
  const entries = LANGUAGES.map((each) => {
    const url = prefixOf(each) + inside;
    return [each, urls.has(url) ? url : prefixOf(each)];
  });
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- one for each language
  return Object.fromEntries(entries) as Record<Language, string>;
};

const cardsOf = (entries: readonly Entry[], url: string): string => {
  const cards = entries
    .filter(({ data }) => !data.isIndex)
    .map(
      ({ url: to, data }) =>
        `<li><a href="${linkFrom(url, to)}">${data.title}</a><p>${data.description ?? ""}</p></li>`,
    );
  return `<ul class="cards">${cards.join("")}</ul>`;
};

const renderMain = (data: PageData, facts: FrontFacts): string => {
  const { kind, lang, content, page } = data;
  const { url } = page;
  if (kind === "front") return renderFront(lang, url, facts);
  const entries = siblingsOf(data);
  const list: Listed[] = entries.map((each) => ({ url: each.url, lang, title: each.data.title }));
  const section = kind === "guide" ? TEXTS[lang].guides : TEXTS[lang].docs;
  const more = data.isIndex ? cardsOf(entries, url) : "";
  return renderText({ lang, url, content: content + more, section, list });
};

/** A text that names the size of the script. */
const withSize = (lang: Language, text: string, { sizes }: Pick<FrontFacts, "sizes">): string =>
  fill(text, kilobytes(lang, sizes["lead-form.js"]?.bytes ?? 0));

export const renderPage = (data: PageData, { front, pages }: SiteFacts): string => {
  const { kind, lang, title, page, collections } = data;
  const known = new Set([...pages, ...collections.all.map(({ url }) => url)]);
  const isFront = kind === "front";
  return renderShell({
    kind,
    lang,
    url: page.url,
    title: isFront ? withSize(lang, title, front[lang]) : `${title} · ${TEXTS[lang].home}`,
    description: isFront ? withSize(lang, TEXTS[lang].intro, front[lang]) : describe(data),
    inLanguages: inLanguages(data),
    pages: known,
    main: renderMain(data, { ...front[lang], pages: known }),
    scripts: isFront ? ["live.js"] : data.hasForms ? ["forms.js"] : [],
    hasForm: isFront || data.hasForms === true,
  });
};
