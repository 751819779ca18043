/**
 * Owns the way between the demo's pages: one list of links, the same on each. Must not know what a page
 * shows, nor that a proxy is there: a page says which of them it can reach, and links nav.css.
 */
export type DemoPage = "playground" | "gallery" | "qa" | "operator";
export type NavLanguage = "en" | "ar" | "ru";

/** Beside each other in one folder, but for the operator's page, which the proxy serves. */
const ADDRESSES: Readonly<Record<DemoPage, string>> = {
  playground: "./",
  gallery: "./gallery.html",
  qa: "./qa.html",
  operator: "/operator",
};

const TEXTS: Readonly<Record<NavLanguage, Readonly<Record<DemoPage | "label", string>>>> = {
  en: {
    label: "Demo",
    playground: "Playground",
    gallery: "Gallery",
    qa: "QA list",
    operator: "Operator",
  },
  ar: {
    label: "العرض التجريبي",
    playground: "ساحة التجربة",
    gallery: "المعرض",
    qa: "قائمة الفحص",
    operator: "المشغّل",
  },
  ru: {
    label: "Демонстрация",
    playground: "Песочница",
    gallery: "Галерея",
    qa: "Список проверок",
    operator: "Оператор",
  },
};

/** Where `npm start` says that the vendors and the receiver are: each page needs it. */
const KEPT = ["sakneen", "brainysoft", "receiver"];

/** By which parameter a page is told its own language; the gallery's are those of its forms. */
const LANGUAGE: Partial<Readonly<Record<DemoPage, string>>> = { playground: "ui", qa: "lang" };

const addressOf = (page: DemoPage, search: string, lang: NavLanguage): string => {
  if (page === "operator") return ADDRESSES.operator;
  const given = new URLSearchParams(search);
  const kept = new URLSearchParams([...given].filter(([name]) => KEPT.includes(name)));
  const language = LANGUAGE[page];
  if (language) kept.set(language, lang);
  const query = kept.toString();
  return ADDRESSES[page] + (query && `?${query}`);
};

export interface NavOptions {
  current: DemoPage;
  lang?: NavLanguage;
}

const ALL: readonly DemoPage[] = ["playground", "gallery", "qa", "operator"];

/** Those that this page can reach, where its markup names them: a static site has no operator. */
export const reachable = ({ dataset }: HTMLElement): DemoPage[] => {
  const named = dataset["pages"]?.split(" ");
  return ALL.filter((page) => !named || named.includes(page));
};

/** Fills an element with the links. It may be called again, in another language. */
export const drawNav = (place: HTMLElement, { current, lang = "en" }: NavOptions): void => {
  const links = reachable(place).map((page) => {
    const link = document.createElement("a");
    link.href = addressOf(page, location.search, lang);
    link.textContent = TEXTS[lang][page];
    if (page === current) link.setAttribute("aria-current", "page");
    if (page === "operator") link.target = "operator";
    return link;
  });
  place.classList.add("demo-nav");
  place.setAttribute("aria-label", TEXTS[lang].label);
  place.replaceChildren(...links);
};
