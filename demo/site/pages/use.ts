/** Owns the sections of the front page that lead on: what to paste, and where to go. Must not write a snippet. */
import { highlight } from "../highlight.ts";
import { inReadersLanguage, linkFrom, prefixOf } from "../languages.ts";
import type { Language } from "../languages.ts";
import { TEXTS } from "../texts/index.ts";
import type { FrontFacts } from "./sections.ts";

export const renderUse = (lang: Language, url: string, { snippets }: FrontFacts): string => {
  const t = TEXTS[lang];
  const cards = (["tag", "fast", "div", "gtm"] as const).map(
    (name) =>
      `<section class="snippet"><h3>${t[`use_${name}`]}</h3><p>${t[`use_${name}_text`]}</p>${highlight(snippets[name], "html")}</section>`,
  );
  return `<section id="use" class="use"><div class="heading"><h2>${t.use_title}</h2><p>${t.use_text}</p></div>
<div class="snippets">${cards.join("")}</div>
<p><a class="more" href="${linkFrom(url, `${prefixOf(lang)}guide/`)}">${t.use_more}</a></p></section>`;
};

export const renderNext = (lang: Language, url: string, { pages }: FrontFacts): string => {
  const t = TEXTS[lang];
  const places = [
    [`${prefixOf(lang)}guide/`, t.guides, t.next_guides],
    ["/playground/", t.playground, t.next_playground],
    ["/playground/gallery.html", t.gallery, t.next_gallery],
    ["/playground/qa.html", t.qa, t.next_qa],
    ["/docs/", t.docs, lang === "en" ? t.next_docs : `${t.next_docs} ${t.in_english}`],
    ["/docs/recipes/", t.recipes, t.next_recipes],
  ] as const;
  const cards = places
    .filter(([to]) => pages.has(to))
    .map(
      ([to, name, text]) =>
        `<li><a href="${linkFrom(url, inReadersLanguage(to, lang))}">${name}</a><p>${text}</p></li>`,
    );
  return `<section class="next"><div class="heading"><h2>${t.next_title}</h2></div><ul class="cards">${cards.join("")}</ul></section>`;
};
