/**
 * Owns the pages for a browser without script: the form with everything typed still there, the
 * thank-you page, and the page of an error. Plain HTML; `hono/html` escapes every value.
 */
import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
// The words are the widget's: plain data, so that both forms say the same.
import * as ar from "../widget/messages/ar.ts";
import * as en from "../widget/messages/en.ts";
import type { Messages } from "../widget/messages/en.ts";
import * as ru from "../widget/messages/ru.ts";
import type { Target } from "./config.ts";
import { CAMPAIGN_FIELDS, HONEYPOT_FIELD, LANGUAGES, LEADS_PATH } from "./contract.ts";
import type { FieldName, Language, ProblemCode } from "./contract.ts";
import { isPhoneCountry, readPhone } from "./phone.ts";
import { PAGE_STYLES } from "./page.styles.ts";
import type { Refusal } from "./reply.ts";

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

const CATALOGS: Readonly<Record<Language, Messages>> = {
  en: { ...en.labels, ...en.answers },
  ar: { ...ar.labels, ...ar.answers },
  ru: { ...ru.labels, ...ru.answers },
};

/** What only these pages say. A receipt is thanked for without a name: none may stand in a URL. */
const THANKS: Readonly<Record<Language, { title: string; text: string }>> = {
  en: { title: "Thank you", text: "We have your request and will call you back soon." },
  ar: { title: "شكرًا لك", text: "وصلنا طلبك وسنتصل بك قريبًا." },
  ru: { title: "Спасибо", text: "Мы получили вашу заявку и скоро вам перезвоним." },
};

export const readPageLanguage = (value: string | undefined): Language =>
  LANGUAGES.find((language) => language === value) ?? "en";

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "");

const layout = (lang: Language, nonce: string, title: string, content: Html): Html =>
  html`<!doctype html>
    <html lang="${lang}" dir="${lang === "ar" ? "rtl" : "ltr"}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <style nonce="${nonce}">
          ${raw(PAGE_STYLES)}
        </style>
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html>`;

export interface FormPage {
  target: Target | undefined;
  lang: Language;
  /** What was typed, by field. */
  values: ReadonlyMap<string, string>;
  refusal: Refusal;
  nonce: string;
}

/** What travels with the form unseen: so that a second try is the same submission. */
const HIDDEN = ["target", "id", "lang", "country", "consent_version", "page", "referrer"] as const;

const AUTOCOMPLETE = { name: "name", phone: "tel", email: "email" } as const;
const INPUT_TYPE = { name: "text", phone: "tel", email: "email" } as const;

/** The form again, with the mistakes named at their fields and in a summary that links to them. */
export const formPage = ({ target, lang, values, refusal, nonce }: FormPage): Html => {
  const t = CATALOGS[lang];
  const { fields = {}, code } = refusal;
  const value = (name: string): string => values.get(name) ?? "";

  const country = isPhoneCountry(value("country")) ? value("country") : (target?.country ?? "EG");
  const messageOf = (name: FieldName): string => {
    const fieldCode = fields[name];
    if (!fieldCode) return "";
    return fill(t[fieldCode], {
      phone: readPhone(value("phone"), country, target?.country)?.formatted ?? value("phone"),
    });
  };
  const errorOf = (name: FieldName): Html =>
    fields[name]
      ? html`<p class="error" id="${name}-error"><b>${t.error}</b> ${messageOf(name)}</p>`
      : html``;
  const describedBy = (name: FieldName): Html =>
    fields[name] ? html` aria-invalid="true" aria-describedby="${name}-error"` : html``;
  const labelOf = (name: "name" | "phone" | "email" | "project"): Html =>
    html`<label for="${name}"
      >${t[name]}${target?.required.has(name) ? "" : html` <span>(${t.optional})</span>`}</label
    >`;
  const input = (name: "name" | "phone" | "email"): Html =>
    html`<div class="field">
      ${labelOf(name)} ${errorOf(name)}
      <input
        id="${name}"
        name="${name}"
        type="${INPUT_TYPE[name]}"
        autocomplete="${AUTOCOMPLETE[name]}"
        ${name === "name" ? html`dir="auto"` : html`dir="ltr"`}
        value="${value(name)}"
        ${describedBy(name)}
      />
    </div>`;
  const projects = target?.projects ?? [];
  const project: Html =
    projects.length === 0
      ? html`<input type="hidden" name="project" value="${value("project")}" />`
      : html`<div class="field">
          ${labelOf("project")} ${errorOf("project")}
          <select id="project" name="project" ${describedBy("project")}>
            <option value="">${t.choose}</option>
            ${projects.map(
              (name) =>
                html`<option ${name === value("project") ? html`selected` : html``}>
                  ${name}
                </option>`,
            )}
          </select>
        </div>`;
  const consent: Html =
    target?.consent === "required" || target?.required.has("consent")
      ? html`<div class="field">
          ${errorOf("consent")}
          <label class="tick"
            ><input
              type="checkbox"
              id="consent"
              name="consent"
              value="1"
              ${describedBy("consent")}
            />
            ${t.consent}</label
          >
        </div>`
      : html``;

  const wrong = Object.keys(fields) as FieldName[];
  const summary: Html =
    wrong.length > 0
      ? html`<section class="summary" role="alert">
          <h2>${t.summary}</h2>
          <ul>
            ${wrong.map((name) => html`<li><a href="#${name}">${messageOf(name)}</a></li>`)}
          </ul>
        </section>`
      : html`<section class="summary" role="alert">
          <h2>${t.failed}</h2>
          <p>${t[code]}</p>
        </section>`;
  const hidden = [...HIDDEN, ...CAMPAIGN_FIELDS].filter((name) => value(name) !== "");

  return layout(
    lang,
    nonce,
    `${t.error} ${t.heading}`,
    html`<form method="post" action="${LEADS_PATH}" novalidate>
      <h1>${t.heading}</h1>
      ${summary} ${input("name")} ${input("phone")} ${input("email")} ${project} ${consent}
      ${hidden.map((name) => html`<input type="hidden" name="${name}" value="${value(name)}" />`)}
      ${
        fields.phone === "phone_unlikely"
          ? html`<input type="hidden" name="phone_confirmed" value="1" />`
          : html``
      }
      <div class="trap" aria-hidden="true">
        <label
          >Leave this field empty <input name="${HONEYPOT_FIELD}" tabindex="-1" autocomplete="off"
        /></label>
      </div>
      <button>${wrong.length > 0 ? t.submit : t.again}</button>
    </form>`,
  );
};

export const thanksPage = (lang: Language, nonce: string): Html => {
  const { title, text } = THANKS[lang];
  return layout(
    lang,
    nonce,
    title,
    html`<section class="success">
      <h1>${title}</h1>
      <p>${text}</p>
    </section>`,
  );
};

/** A refusal that no form can mend. */
export const messagePage = (lang: Language, code: ProblemCode, nonce: string): Html => {
  const t = CATALOGS[lang];
  return layout(
    lang,
    nonce,
    t.failed,
    html`<section class="summary" role="alert">
      <h1>${t.failed}</h1>
      <p>${t[code]}</p>
    </section>`,
  );
};
