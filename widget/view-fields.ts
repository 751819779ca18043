/** Owns the markup of the fields: labels, hints, errors and native controls, tied together by id. */
import { html, nothing, type TemplateResult } from "lit";
import type { FieldErrors, FieldName } from "../proxy/contract.ts";
import { FIELD_KINDS, type InputName } from "./fields.ts";
import type { MessageKey } from "./messages.ts";

export type Text = (key: MessageKey, values?: Record<string, string>) => string;

export interface FieldsView {
  text: Text;
  errors: FieldErrors;
  required: readonly string[];
  disabled: boolean;
  projects: readonly string[];
  /** `EG +20`, or "" for a phone field without a country select. */
  country: string;
  /** The phone number as it was understood, or "". */
  understood: string;
  /** Typed phone number, for the question whether it is right. */
  phone: string;
  openCountries: (event: Event) => void;
}

/** The message for a field that needs another look. */
export const errorText = (
  view: Pick<FieldsView, "text" | "errors" | "phone">,
  field: FieldName,
) => {
  const code = view.errors[field];
  return code ? view.text(code, { phone: view.phone }) : "";
};

export const errorOf = (view: FieldsView, field: FieldName) =>
  view.errors[field]
    ? html`<p class="error" part="error" id="e-${field}">
        <span class="icon" aria-hidden="true"></span
        ><span class="sr">${view.text("error")} </span>${errorText(view, field)}
      </p>`
    : nothing;

const invalid = (view: FieldsView, field: FieldName) => (view.errors[field] ? "true" : nothing);

const describedBy = (view: FieldsView, field: FieldName) =>
  [view.errors[field] && `e-${field}`, field === "phone" && view.understood && "h-phone"]
    .filter(Boolean)
    .join(" ") || nothing;

const required = (view: FieldsView, field: FieldName) =>
  view.required.includes(field) ? "true" : nothing;

/** Personal data stays out of session recorders: Yandex Metrica by class, Clarity and Hotjar by attribute. */
const input = (view: FieldsView, name: InputName) => {
  const { type, autocomplete, capitalize } = FIELD_KINDS[name];
  return html`<input
    class="input ym-disable-keys"
    part="input ${name}"
    id="f-${name}"
    name=${name}
    type=${type}
    autocomplete=${autocomplete}
    autocapitalize=${capitalize}
    spellcheck="false"
    data-clarity-mask="true"
    data-hj-suppress
    ?disabled=${view.disabled}
    aria-required=${required(view, name)}
    aria-invalid=${invalid(view, name)}
    aria-describedby=${describedBy(view, name)}
  />`;
};

const phone = (view: FieldsView) =>
  html`<div class="row">
      ${input(view, "phone")}
      ${
        view.country
          ? html`<div class="country" part="country">
              <bdi class="face" dir="ltr" aria-hidden="true">${view.country}</bdi>
              <select
                name="country"
                autocomplete="tel-country-code"
                aria-label=${view.text("country")}
                ?disabled=${view.disabled}
                @focus=${view.openCountries}
                @pointerdown=${view.openCountries}
              ></select>
            </div>`
          : nothing
      }
    </div>
    ${
      view.understood
        ? html`<p class="hint" part="hint" id="h-phone">
            ${view.text("understood", { phone: view.understood })}
          </p>`
        : nothing
    }`;

const project = (view: FieldsView) =>
  view.projects.length === 0
    ? input(view, "project")
    : html`<select
        class="input"
        part="input project"
        id="f-project"
        name="project"
        ?disabled=${view.disabled}
        aria-required=${required(view, "project")}
        aria-invalid=${invalid(view, "project")}
        aria-describedby=${describedBy(view, "project")}
      >
        <option value="">${view.text("choose")}</option>
        ${view.projects.map((name) => html`<option value=${name}>${name}</option>`)}
      </select>`;

const control = (view: FieldsView, field: InputName): TemplateResult => {
  switch (field) {
    case "phone":
      return phone(view);
    case "project":
      return project(view);
    default:
      return input(view, field);
  }
};

export const fieldTemplate = (view: FieldsView, field: InputName): TemplateResult =>
  html`<div class="field" part="field">
    <label class="label" part="label" for="f-${field}"
      >${view.text(field)}
      ${
        view.required.includes(field)
          ? nothing
          : html`<span class="optional">(${view.text("optional")})</span>`
      }</label
    >
    ${errorOf(view, field)} ${control(view, field)}
  </div>`;

/** Filled by machines only: clipped rather than hidden, named so that no autofill knows it. */
export const honeypot = (name: string) =>
  html`<div class="sr" aria-hidden="true">
    <label for="f-hp">Leave this field empty</label>
    <input id="f-hp" name=${name} tabindex="-1" autocomplete="off" />
  </div>`;

export interface ConsentView extends FieldsView {
  consent: string;
  privacyUrl: string;
}

/** A notice, or a box of its own that nobody ticks but the visitor. */
export const consentTemplate = (view: ConsentView) => {
  if (view.consent !== "notice" && view.consent !== "checkbox") return nothing;
  const ticked = view.consent === "checkbox";
  const words = html`<slot name="consent">${view.text(ticked ? "consent" : "notice")}</slot>`;
  return html`<div class="consent" part="consent">
    ${
      ticked
        ? html`${errorOf(view, "consent")}<label class="tick"
              ><input
                type="checkbox"
                id="f-consent"
                name="consent"
                value="1"
                ?disabled=${view.disabled}
                aria-required=${required(view, "consent")}
                aria-invalid=${invalid(view, "consent")}
                aria-describedby=${describedBy(view, "consent")}
              /><span>${words}</span></label
            >`
        : words
    }
    ${
      view.privacyUrl
        ? html`<a href=${view.privacyUrl} target="_blank" rel="noopener"
            >${view.text("privacy")}</a
          >`
        : nothing
    }
  </div>`;
};
