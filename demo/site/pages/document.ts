/** Owns a page of text: the list of its kind, the text, its headings, the way on. Must not read Markdown. */
import { escapeText, plainText } from "../html.ts";
import { linkFrom } from "../languages.ts";
import type { Language } from "../languages.ts";
import { TEXTS } from "../texts/index.ts";

/** A page that the list names. */
export interface Listed {
  url: string;
  title: string;
  lang: Language;
}

export interface TextPage {
  lang: Language;
  /** Of the content; a document's is English wherever it is read. */
  url: string;
  content: string;
  /** The heading of the list. */
  section: string;
  list: readonly Listed[];
}

interface Heading {
  level: string;
  id: string;
  text: string;
}

const headingsOf = (html: string): Heading[] =>
  [...html.matchAll(/<h([23]) id="([^"]*)">([^]*?)<\/h\1>/g)].map(
    ([, level = "", id = "", inside = ""]) => ({ level, id, text: plainText(inside) }),
  );

/** A list of one is none. */
const contents = (lang: Language, html: string): string => {
  const headings = headingsOf(html);
  if (headings.length < 2) return "";
  const t = TEXTS[lang];
  const links = headings.map(
    ({ level, id, text }) =>
      `<li class="level-${level}"><a href="#${id}">${escapeText(text)}</a></li>`,
  );
  return `<nav class="contents" aria-labelledby="contents"><h2 id="contents">${t.on_page}</h2><ul>${links.join("")}</ul></nav>`;
};

const siblings = ({ section, list, url }: TextPage): string => {
  const links = list.map(({ url: to, title, lang }) => {
    const isHere = to === url ? ' aria-current="page"' : "";
    return `<li><a href="${linkFrom(url, to)}" lang="${lang}"${isHere}>${escapeText(title)}</a></li>`;
  });
  return `<nav class="siblings" aria-label="${section}"><details open><summary>${section}</summary><ul>${links.join("")}</ul></details></nav>`;
};

const wayOn = ({ lang, list, url }: TextPage): string => {
  const t = TEXTS[lang];
  const here = list.findIndex((each) => each.url === url);
  const link = (at: number, kind: "prev" | "next", word: string): string => {
    const page = here < 0 ? undefined : list[at];
    return page
      ? `<a class="${kind}" rel="${kind}" href="${linkFrom(url, page.url)}"><small>${word}</small><span lang="${page.lang}">${escapeText(page.title)}</span></a>`
      : "";
  };
  const both = link(here - 1, "prev", t.previous) + link(here + 1, "next", t.next);
  return both && `<nav class="way" aria-label="${t.previous} / ${t.next}">${both}</nav>`;
};

export const renderText = (page: TextPage): string =>
  `<div class="columns">${siblings(page)}
<article>${page.content}
${wayOn(page)}</article>
${contents(page.lang, page.content)}</div>`;
