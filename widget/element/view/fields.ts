/** Owns the markup of the fields: label, error, native control and hint, tied by id. Must not hold a rule. */
import { html, nothing } from "lit/html.js";
import type { ErrorField, FieldName, OwnName } from "../../../proxy/shared/contract.ts";
import {
  FIELD_KINDS,
  type InputName,
  isCheckedEarly,
  isInput,
  readList,
} from "../../fields/fields.ts";
import { asksConsent, isRequired } from "../../fields/validation-rules.ts";
import { essentials } from "../../lazy/essentials.ts";
import { ownFields } from "../../lazy/own-fields.ts";
import { readUrl } from "../urls.ts";
import { describe, isDisabled, type View } from "./model.ts";

/** Undefined until the essentials are loaded. */
const understood = (view: View) => essentials.part?.understood(view);

const error = (view: View, field: ErrorField) => {
  const code = view.errors[field];
  return code
    ? html`<p class="error" part="error" id="e-${field}">
        <span><span class="sr">${view.text("error")} </span>${describe(view, field, code)}</span>
      </p>`
    : nothing;
};

/**
 * The line beneath a field that is checked while the form is filled in. It is there from the beginning, so
 * that neither a hint nor a mistake moves what the visitor is about to press.
 */
const note = (view: View, field: FieldName) => {
  const number = field === "phone" && understood(view);
  return html`<div class="note">
    ${
      number
        ? html`<p class="muted" part="hint" id="h-phone">${view.node("hint", number)}</p>`
        : error(view, field)
    }
  </div>`;
};

/** What every control says to assistive technology (WCAG 3.3.1, 4.1.2). */
const state = (view: View, field: FieldName) => ({
  needed: isRequired(view.form, field) || nothing,
  wrong: view.errors[field] ? "true" : nothing,
  described: view.errors[field]
    ? `e-${field}`
    : field === "phone" && understood(view)
      ? "h-phone"
      : nothing,
});

const select = (view: View, field: FieldName, options: string[]) => {
  const { needed, wrong, described } = state(view, field);
  return html`<div class="choice">
    <select
      class="input"
      part="input"
      id="f-${field}"
      name=${field}
      ?disabled=${isDisabled(view)}
      aria-required=${needed}
      aria-invalid=${wrong}
      aria-describedby=${described}
    >
      <option value="">${view.text("choose")}</option>
      ${options.map((option) => html`<option>${option}</option>`)}
    </select>
  </div>`;
};

const input = (view: View, field: FieldName) => {
  const { needed, wrong, described } = state(view, field);
  const [type, autocomplete] = field === "consent" ? ["checkbox", "off"] : FIELD_KINDS[field];
  return html`<input
    class=${field === "consent" ? "" : "input ym-disable-keys"}
    part="input ${field}"
    id="f-${field}"
    name=${field}
    type=${type}
    autocomplete=${autocomplete}
    spellcheck="false"
    ?disabled=${isDisabled(view)}
    aria-required=${needed}
    aria-invalid=${wrong}
    aria-describedby=${described}
  />`;
};

/** The picker comes with the essentials; until then its place is kept. */
const picker = (view: View) =>
  html`<div class="country" part="country">
    ${essentials.part?.countryPicker(html, view) ?? nothing}
  </div>`;

const phone = (view: View) =>
  html`<div class="row">
    ${input(view, "phone")} ${view.form.withoutCountrySelect ? nothing : picker(view)}
  </div>`;

const control = (view: View, name: InputName) => {
  if (name === "phone") return phone(view);
  const projects = name === "project" ? readList(view.form.projects) : [];
  return projects.length > 0 ? select(view, name, projects) : input(view, name);
};

const optional = (view: View) => html`<span class="muted"> (${view.text("optional")})</span>`;

/** Until its part is there, its place is kept. */
const ownView = (view: View, name: OwnName) => {
  ownFields.want(() => view.form.requestUpdate());
  return (
    ownFields.part?.fieldView(html, view, name, error, optional) ??
    (ownFields.failed ? nothing : html`<div class="own"></div>`)
  );
};

const inputView = (view: View, name: InputName) =>
  html`<div part="field">
    <label part="label" for="f-${name}"
      >${view.text(name)}${isRequired(view.form, name) ? nothing : optional(view)}</label
    >
    ${control(view, name)} ${isCheckedEarly(name) ? note(view, name) : error(view, name)}
  </div>`;

export const fieldView = (view: View, name: InputName | OwnName) =>
  isInput(name) ? inputView(view, name) : ownView(view, name);

/** A notice, or a separate box that only the visitor ticks. */
export const consentView = (view: View) => {
  const { text, form } = view;
  const ticked = asksConsent(form.consent);
  if (!ticked && form.consent !== "notice") return nothing;
  const privacy = readUrl(form.privacyUrl);
  const words = html`<span
    ><slot name="consent">${text(ticked ? "consent" : "notice")}</slot>
    ${form.consent === "optional" ? `(${text("optional")})` : nothing}</span
  >`;
  return html`<div class="muted" part="consent">
    ${ticked ? html`<label class="tick">${input(view, "consent")} ${words}</label>` : words}
    ${error(view, "consent")}
    ${
      privacy
        ? html`<a href=${privacy.href} target="_blank" rel="noopener">${text("privacy")}</a>`
        : nothing
    }
  </div>`;
};
