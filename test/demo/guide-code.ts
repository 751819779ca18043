/**
 * Owns the code that the site's guides print, and the page that takes it over, where recorders stand in the place of
 * other tools. Must not change a letter of the code but the proxy's address.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { LANGUAGES } from "../../demo/site/languages.ts";
import type { Language } from "../../demo/site/languages.ts";
import { PROXY } from "../../demo/site/snippets.ts";

const CONTENT = "demo/site/content";

export interface Code {
  lang: Language;
  /** The guide's file, without its ending. */
  guide: string;
  /** Among the blocks of its page, from 1. */
  number: number;
  text: string;
}

const FENCE = /^```(\w*)\n([^]*?)\n```$/gm;

/** @param kind what the fence says: `html`, `json`, or nothing for a shortcode */
export const codeOf = (kind: string): Code[] =>
  LANGUAGES.flatMap((lang) =>
    readdirSync(join(CONTENT, lang)).flatMap((file) => {
      const blocks = [...readFileSync(join(CONTENT, lang, file), "utf8").matchAll(FENCE)];
      return blocks.flatMap(([, given = "", text = ""], i) =>
        given === kind ? [{ lang, guide: file.replace(/\.md$/, ""), number: i + 1, text }] : [],
      );
    }),
  );

/** Pages about another form begin with the code of that form. */
export const isBefore = ({ guide, number }: Code): boolean =>
  guide.startsWith("from-") && number === 1;

/** A link to the hosted page has nothing for a page to run. */
export const isRun = (code: Code): boolean =>
  !isBefore(code) && /<lead-form|data-lead-form|lead-form-success|\/lead-form\.js/.test(code.text);

/** Other tools as a page finds them: they call back, and what they are told outlives the page. */
const RECORDERS = `<script>
(function () {
  function tell(name, given) {
    var told = JSON.parse(sessionStorage.getItem("told") || "[]");
    var heard = [].slice.call(given);
    told.push([name].concat(heard.filter(function (each) { return typeof each !== "function"; })));
    sessionStorage.setItem("told", JSON.stringify(told));
    heard.forEach(function (each) { if (typeof each === "function") each(); });
  }
  window.dataLayer = [];
  dataLayer.push = function () { tell("dataLayer", arguments); return Array.prototype.push.apply(this, arguments); };
  window.ym = function () { tell("ym", arguments); };
  window.fbq = function () { tell("fbq", arguments); };
  window.jQuery = function (target) { return { on: function (name, heard) { target.addEventListener(name, heard); } }; };
  addEventListener("lead-form-success", function (event) { sessionStorage.setItem("receipt", event.detail.receipt); });
})();
</script>`;

/** A place for the form where the code has none. */
const FORMS: Readonly<Record<Language, string>> = {
  en: '<div data-lead-form data-target="sakneen" data-country="EG"></div>',
  ar: '<div data-lead-form data-target="sakneen" data-country="EG"></div>',
  ru: '<div data-lead-form data-target="brainysoft" data-country="RU"></div>',
};

const hasForm = (text: string): boolean => /<lead-form[\s>]|data-lead-form/.test(text);

export const bodyWith = (lang: Language, body: string): string =>
  `<!doctype html><html lang="${lang}"><head><meta charset="utf-8"><title>Customer</title>
<link rel="icon" href="data:,">${RECORDERS}</head><body>${body}</body></html>`;

/** @param text the code itself, or what stands for it */
export const pageWithCode = ({ lang, text }: Pick<Code, "lang" | "text">, origin: string): string =>
  bodyWith(
    lang,
    `${text.includes("/lead-form.js") ? "" : `<script src="${PROXY}/lead-form.js" async></script>\n`}${
      hasForm(text) ? "" : FORMS[lang]
    }${text}`.replaceAll(PROXY, origin),
  );

export const VISITOR = { name: "Mona Adel", email: "mona@example.com" };

/** As people of the country write them. */
const PHONES = { EG: "01001234567", RU: "8 916 123-45-67" };

/** What of a visitor nobody else may hear. */
export const PERSONAL = /mona|adel|example\.com|100.?123|916.?123/i;

/** Runs in a page: fills the form in and sends it. */
export const SEND = `(async () => {
  const look = async (find) => {
    for (;;) {
      const found = find();
      if (found) return found;
      await new Promise(requestAnimationFrame);
    }
  };
  const form = await look(() => document.querySelector("lead-form[status=idle]"));
  form.values = { ...${JSON.stringify(VISITOR)}, phone: ${JSON.stringify(PHONES)}[form.country] };
  if (form.consent === "checkbox")
    (await look(() => form.shadowRoot.querySelector("input[type=checkbox]"))).click();
  await form.updateComplete;
  form.requestSubmit();
})()`;

/** Runs in a page that is still there: the same success once more, which counts for nothing. */
export const REPEAT = `document.querySelector("lead-form").dispatchEvent(new CustomEvent("lead-form-success", {
  detail: { receipt: sessionStorage.getItem("receipt"), target: "x" }, bubbles: true, composed: true }))`;

/** Runs in a page. @returns what the other tools were told, each with its name first */
export const TOLD = `JSON.parse(sessionStorage.getItem("told") || "[]")`;
