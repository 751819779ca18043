/** Owns the frame of each page: head, header, search, languages, footer. Must not hold the content of one. */
import { escapeText } from "../html.ts";
import {
  LANGUAGES,
  NAMES,
  directionOf,
  inReadersLanguage,
  linkFrom,
  prefixOf,
} from "../languages.ts";
import type { Language } from "../languages.ts";
import { TEXTS } from "../texts/index.ts";

export interface Shell {
  lang: Language;
  url: string;
  title: string;
  description: string;
  /** Its class names the kind of page. */
  kind: "front" | "guide" | "document";
  main: string;
  /** All addresses of the site: a link to a page that is missing is not printed. */
  pages: ReadonlySet<string>;
  /** The same page in each language; the front page where it is missing. */
  inLanguages: Readonly<Record<Language, string>>;
  /** Scripts at the end of the page, by their names in `assets/`. */
  scripts: readonly string[];
  /** Also loaded here is the form's own script, before any other. */
  hasForm?: boolean;
}

/**
 * Nothing leaves the page: no foreign file, no request, no form that posts. The printed form brings a style of
 * its own, and code has none.
 */
const POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; form-action 'none'; base-uri 'none'";

/** The same mark in the corner and in the tab. */
const MARK =
  '<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true" focusable="false"><rect width="32" height="32" rx="8" fill="var(--accent)"/><path d="M8 9.5h10M8 16h7M8 22.5h5" stroke="var(--on-accent)" stroke-width="2.5" stroke-linecap="round"/><path d="m17.5 20 3.5 3.5 6-8" fill="none" stroke="var(--on-accent)" stroke-width="2.75" stroke-linecap="round" stroke-linejoin="round"/></svg>';
const ICON = encodeURIComponent(
  MARK.replaceAll("var(--accent)", "#1f56d8")
    .replaceAll("var(--on-accent)", "#fff")
    .replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" '),
);

const MAGNIFIER =
  '<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false"><circle cx="8.5" cy="8.5" r="5.5" fill="none" stroke="currentColor" stroke-width="1.75"/><path d="m13 13 4.5 4.5" stroke="currentColor" stroke-width="1.75" stroke-linecap="round"/></svg>';

type Place = Pick<Shell, "lang" | "url" | "pages">;

const navigation = ({ lang, url, pages }: Place, current: string): string => {
  const t = TEXTS[lang];
  const links: [string, string][] = [
    [`${prefixOf(lang)}guide/`, t.guides],
    ["/docs/", t.docs],
    ["/playground/", t.playground],
    ["/playground/gallery.html", t.gallery],
  ];
  return links
    .filter(([to]) => pages.has(to))
    .map(([to, text]) => {
      const isHere = to === current ? ' aria-current="true"' : "";
      return `<li><a href="${linkFrom(url, inReadersLanguage(to, lang))}"${isHere}>${text}</a></li>`;
    })
    .join("");
};

const searchBox = ({ lang, url }: Place): string => {
  const t = TEXTS[lang];
  return `<search class="search" hidden data-index="${linkFrom(url, `/assets/search-${lang}.json`)}" data-root="${linkFrom(url, "/")}" data-none="${escapeText(t.search_none)}" data-found="${escapeText(t.search_found)}">
<label class="search-field">${MAGNIFIER}<span class="unseen">${t.search}</span><input type="search" placeholder="${escapeText(t.search_hint)}" autocomplete="off" spellcheck="false" enterkeyhint="search" aria-controls="results"></label>
<p class="unseen" role="status"></p>
<ul id="results" class="results" hidden></ul>
</search>`;
};

const languageLinks = ({ lang, url, inLanguages }: Pick<Shell, "lang" | "url" | "inLanguages">) =>
  LANGUAGES.map((each) => {
    const isHere = each === lang ? ' aria-current="true"' : "";
    return `<li><a href="${linkFrom(url, inLanguages[each])}" lang="${each}" hreflang="${each}" dir="${directionOf(each)}"${isHere}>${NAMES[each]}</a></li>`;
  }).join("");

const current = ({ kind, lang }: Shell): string => {
  if (kind === "guide") return `${prefixOf(lang)}guide/`;
  return kind === "document" ? "/docs/" : "";
};

const head = ({ lang, url, title, description, inLanguages, hasForm }: Shell): string => {
  const alternates = LANGUAGES.filter((each) => each !== lang).map(
    (each) =>
      `<link rel="alternate" hreflang="${each}" href="${linkFrom(url, inLanguages[each])}">`,
  );
  return `<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeText(title)}</title>
<meta name="description" content="${escapeText(description)}">
<link rel="icon" href="data:image/svg+xml,${ICON}">
${alternates.join("\n")}
<link rel="stylesheet" href="${linkFrom(url, "/assets/site.css")}">
${hasForm ? `<script src="${linkFrom(url, "/lead-form.js")}" async></script>` : ""}
</head>`;
};

export const renderShell = (page: Shell): string => {
  const { lang, url, kind, main, scripts } = page;
  const t = TEXTS[lang];
  const loaded = ["site.js", ...scripts]
    .map((name) => `<script type="module" src="${linkFrom(url, `/assets/${name}`)}"></script>`)
    .join("\n");
  return `<!doctype html>
<html lang="${lang}" dir="${directionOf(lang)}" class="${kind}" data-copy="${t.copy}" data-copied="${t.copied}">
${head(page)}
<body>
<a class="skip" href="#main">${t.skip}</a>
<header class="top"><div class="bar">
<a class="brand" href="${linkFrom(url, prefixOf(lang))}">${MARK}<span>${t.home}</span></a>
<nav class="sections" aria-label="${t.menu}"><ul>${navigation(page, current(page))}</ul></nav>
${searchBox(page)}
<nav class="languages" aria-label="${t.language}"><ul>${languageLinks(page)}</ul></nav>
</div></header>
<main id="main" tabindex="-1">
${main}
</main>
<footer class="bottom"><div class="bar">
<p>${t.footer}</p>
<p>${t.licence}</p>
</div></footer>
${loaded}
</body>
</html>
`;
};
