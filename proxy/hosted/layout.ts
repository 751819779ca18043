/**
 * Owns the frame of every hosted page, and its two small pages: thanks, and a message. Must not
 * build HTML without `hono/html`, which escapes every value.
 */
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Context } from "hono";
// Texts and themes are those of the widget, so that both forms are the same.
import { CATALOGS } from "../shared/messages/index.ts";
import { findLanguage } from "../shared/language.ts";
import { THEMES } from "../shared/themes.ts";
import { LANGUAGES } from "../shared/contract.ts";
import type { Language, ProblemCode } from "../shared/contract.ts";
import { readWishes } from "../http/wishes.ts";
import { pageStyles } from "./styles.ts";

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Texts of these pages alone. They thank without a name, since no name may be in a URL. */
const THANKS: Readonly<Record<Language, { title: string; text: string }>> = {
  en: { title: "Thank you", text: "We have your request and will call you back soon." },
  ar: { title: "شكرًا لك", text: "وصلنا طلبك وسنتصل بك قريبًا." },
  ru: { title: "Спасибо", text: "Мы получили вашу заявку и скоро вам перезвоним." },
};

/** The appearance of a page, chosen by its address or its form. */
export interface Look {
  lang: Language;
  /** A preset of the widget, or "" for the default. */
  theme: string;
  /** `light`, `dark`, or "" for what the visitor's system says. */
  scheme: string;
  /** What the page's own style and script are known by. */
  nonce: string;
  /** Unix milliseconds: which day a limit means by "today". */
  now: number;
}

/** What a browser likes best of our languages; the first where it names none of them. */
export const chooseLanguage = (acceptLanguage: string): Language =>
  [...readWishes(acceptLanguage)]
    .filter(([, weight]) => weight > 0)
    .toSorted(([, one], [, other]) => other - one)
    .map(([tag]) => findLanguage(tag))
    .find((language) => language !== undefined) ?? LANGUAGES[0];

/** The wish, else what the browser prefers (RFC 9110, 12.5.4), else the first. */
const readLanguage = (c: Context, wish: string | undefined): Language =>
  findLanguage(wish ?? "") ?? chooseLanguage(c.req.header("accept-language") ?? "");

/** @param read a wish by its name: of the page's address, or of the form that was posted */
export const readLook = (
  c: Context,
  { newId, now }: { newId: () => string; now: () => number },
  read: (name: string) => string | undefined,
): Look => {
  const [theme = "", scheme = ""] = [read("theme"), read("scheme")];
  return {
    lang: readLanguage(c, read("lang")),
    theme: Object.hasOwn(THEMES, theme) ? theme : "",
    scheme: /^(?:light|dark)$/.test(scheme) ? scheme : "",
    nonce: newId(),
    now: now(),
  };
};

export const layout = (look: Look, title: string, content: Html, script = ""): Html =>
  html`<!doctype html>
    <html lang="${look.lang}" dir="${look.lang === "ar" ? "rtl" : "ltr"}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href="data:," />
        <title>${title}</title>
        <style nonce="${look.nonce}">
          ${raw(pageStyles(look))}
        </style>
      </head>
      <body>
        <main>${content}</main>
        ${
          script === ""
            ? ""
            : html`<script nonce="${look.nonce}">
                ${raw(script)};
              </script>`
        }
      </body>
    </html>`;

export const thanksPage = (look: Look): Html => {
  const { title, text } = THANKS[look.lang];
  return layout(
    look,
    title,
    html`<section class="success">
      <h1>${title}</h1>
      <p>${text}</p>
    </section>`,
  );
};

/** A refusal that no correction of the form can solve. */
export const messagePage = (look: Look, code: ProblemCode, hint?: string): Html => {
  const t = CATALOGS[look.lang];
  return layout(
    look,
    t.failed,
    html`<section class="summary" role="alert">
      <h1>${t.failed}</h1>
      <p>${t[code]}</p>
      ${hint === undefined ? "" : html`<p lang="en" dir="ltr">${hint}</p>`}
    </section>`,
  );
};
