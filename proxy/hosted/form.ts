/**
 * Owns the plain form, blank or again with the typed values and their mistakes. Must not need script, nor know the
 * widget.
 */
import { html } from "hono/html";
import type { Target } from "../config/target.ts";
import { CAMPAIGN_FIELDS, CONTENT_FIELDS, HONEYPOT_FIELD, LEADS_PATH } from "../shared/contract.ts";
import type { ContentField, ErrorField } from "../shared/contract.ts";
import { CATALOGS } from "../shared/messages/index.ts";
import { layout } from "./layout.ts";
import type { Html, Look } from "./layout.ts";
import { isOwnName, ownFieldsOf, ownMessageOf } from "./own-fields.ts";
import type { Values } from "./own-fields.ts";
import { isPhoneCountry } from "../phone/read.ts";
import type { ReadPhone } from "../phone/read.ts";
import type { Refusal } from "../http/reply.ts";

/** Hidden fields, so that a second try is the same submission and has the same appearance. */
const HIDDEN = [
  "target",
  "id",
  "lang",
  "country",
  "country_guess",
  "consent_version",
  "page",
  "referrer",
  "theme",
  "scheme",
  ...CAMPAIGN_FIELDS,
] as const;

/** The control of each field: an input with type, autofill token and direction, or a choice. */
const KINDS: Readonly<Record<ContentField, readonly [string, string, string] | "choice">> = {
  name: ["text", "name", "auto"],
  phone: ["tel", "tel", "ltr"],
  email: ["email", "email", "ltr"],
  project: "choice",
};

export const asksConsent = (target: Target | undefined): boolean =>
  target?.consent === "required" || target?.required.has("consent") === true;

type MessageOf = (name: ErrorField) => string;

/** The number that a visitor is asked about, as people write it. */
export const shownNumber = (
  readPhone: ReadPhone,
  target: Target | undefined,
  values: Values,
  suggested: string | undefined,
): string => {
  const typed = values.get("phone") ?? "";
  const chosen = values.get("country") ?? "";
  const country = isPhoneCountry(chosen) ? chosen : (target?.country ?? "EG");
  return readPhone(suggested ?? typed, country, target?.country)?.formatted ?? typed;
};

/** The message of each mistake; empty for a field without one. */
const createMessages =
  (
    look: Look,
    target: Target | undefined,
    { fields = {} }: Partial<Refusal>,
    number: string,
  ): MessageOf =>
  (name) => {
    const code = fields[name];
    if (!code) return "";
    return isOwnName(name)
      ? target
        ? ownMessageOf(target.definitions, name, code, look)
        : ""
      : CATALOGS[look.lang][code].replace("{phone}", () => number);
  };

/** The fields of a plain form, each with its mistake, if it has one. */
const fieldsOf = (
  look: Look,
  target: Target | undefined,
  values: Values,
  messageOf: MessageOf,
): Html => {
  const t = CATALOGS[look.lang];
  const value = (name: string): string => values.get(name) ?? "";
  const errorOf = (name: ErrorField): Html | "" =>
    messageOf(name) === ""
      ? ""
      : html`<p class="error" id="${name}-error"><b>${t.error}</b> ${messageOf(name)}</p>`;
  const describedBy = (name: ErrorField): Html | "" =>
    messageOf(name) === "" ? "" : html` aria-invalid="true" aria-describedby="${name}-error"`;
  const labelOf = (name: ContentField): Html =>
    html`<label for="${name}"
      >${t[name]}${target?.required.has(name) ? "" : html` <span>(${t.optional})</span>`}</label
    >`;
  const choices = target?.projects ?? [];
  const fieldOf = (name: ContentField): Html => {
    const kind = KINDS[name];
    if (kind === "choice")
      return choices.length === 0
        ? html`<input type="hidden" name="${name}" value="${value(name)}" />`
        : html`<div class="field">
            ${labelOf(name)} ${errorOf(name)}
            <select id="${name}" name="${name}" ${describedBy(name)}>
              <option value="">${t.choose}</option>
              ${choices.map(
                (choice) =>
                  html`<option ${choice === value(name) ? html`selected` : ""}>${choice}</option>`,
              )}
            </select>
          </div>`;
    const [type, autocomplete, dir] = kind;
    return html`<div class="field">
      ${labelOf(name)} ${errorOf(name)}
      <input
        id="${name}"
        name="${name}"
        type="${type}"
        autocomplete="${autocomplete}"
        dir="${dir}"
        value="${value(name)}"
        ${describedBy(name)}
      />
    </div>`;
  };
  const consent = asksConsent(target)
    ? html`<div class="field">
        ${errorOf("consent")}
        <label class="tick"
          ><input
            type="checkbox"
            id="consent"
            name="consent"
            value="1"
            required
            ${describedBy("consent")}
          />
          ${t.consent}</label
        >
      </div>`
    : "";
  const own = target ? ownFieldsOf(target.definitions, look, values, messageOf) : "";
  return html`${CONTENT_FIELDS.map((name) => html`${fieldOf(name)} `)}${own}${consent}`;
};

export const plainForm = (
  look: Look,
  target: Target | undefined,
  values: Values,
  refusal?: Refusal,
  number = "",
): Html => {
  const t = CATALOGS[look.lang];
  const messageOf = createMessages(look, target, refusal ?? {}, number);
  // A visitor who sends the number that the form suggests has chosen its country.
  const repeated = new Map(values);
  if (refusal?.suggestion) {
    repeated.set("country", refusal.suggestion.country);
    repeated.delete("country_guess");
  }
  const wrong = (Object.keys(refusal?.fields ?? {}) as ErrorField[]).filter(messageOf);
  const found =
    refusal &&
    html`<section class="summary" role="alert">
      ${
        wrong.length > 0
          ? html`<h2>${t.summary}</h2>
              <ul>
                ${wrong.map((name) => html`<li><a href="#${name}">${messageOf(name)}</a></li>`)}
              </ul>`
          : html`<h2>${t.failed}</h2>
              <p>${t[refusal.code]}</p>`
      }
    </section>`;
  return html`<form method="post" action="${LEADS_PATH}" novalidate>
    ${found ?? ""} ${fieldsOf(look, target, values, messageOf)}
    ${HIDDEN.filter((name) => repeated.get(name)).map(
      (name) => html`<input type="hidden" name="${name}" value="${repeated.get(name)}" />`,
    )}
    ${
      refusal?.fields?.phone === "phone_unlikely"
        ? html`<input type="hidden" name="phone_confirmed" value="1" />`
        : ""
    }
    <div class="trap" aria-hidden="true">
      <label
        >Leave this empty <input name="${HONEYPOT_FIELD}" tabindex="-1" autocomplete="off"
      /></label>
    </div>
    <button>${refusal && wrong.length === 0 ? t.again : t.submit}</button>
  </form>`;
};

/**
 * The form again. A visitor who posts a plain form runs no script, so none is sent.
 * @param number that the visitor is asked about
 */
export const formAgainPage = (
  look: Look,
  target: Target | undefined,
  values: Values,
  refusal: Refusal,
  number: string,
): Html => {
  const t = CATALOGS[look.lang];
  return layout(
    look,
    `${t.error} ${t.heading}`,
    html`<h1>${t.heading}</h1>
      ${plainForm(look, target, values, refusal, number)}`,
  );
};
