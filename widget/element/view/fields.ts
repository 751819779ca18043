/** Owns the markup of the fields: label, error, native control and hint, tied by id. Must not hold a rule. */
import { html, nothing } from "lit/html.js";
import type { FieldName } from "../../../proxy/shared/contract.ts";
import { FIELD_KINDS, type InputName, readList } from "../../fields/fields.ts";
import { asksConsent, isRequired } from "../../fields/validation-rules.ts";
import { readUrl } from "../urls.ts";
import { formatPhone, isDisabled, type View } from "./model.ts";

/** The number as it will be called, or "" while that is not sure. */
const understood = ({ errors, phone: { reading } }: View) =>
  (!errors.phone && reading?.likely && reading.formatted) || "";

const error = (view: View, field: FieldName) => {
  const code = view.errors[field];
  return code
    ? html`<p class="error" part="error" id="e-${field}">
        <span
          ><span class="sr">${view.text("error")} </span>${view.text(code, {
            phone: formatPhone(view),
          })}</span
        >
      </p>`
    : nothing;
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
  return html`<select
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
  </select>`;
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

/** A native select, transparent over its face: the country's code and calling code. */
const countryPicker = (view: View) => {
  const { text, on, phone } = view;
  return html`<div class="country" part="country">
    <bdi dir="ltr" aria-hidden="true">${phone.face}</bdi
    ><select
      name="country"
      autocomplete="tel-country-code"
      aria-label=${text("country")}
      ?disabled=${isDisabled(view)}
      @focus=${on.countries}
      @mousedown=${on.countries}
    ></select>
  </div>`;
};

const phone = (view: View) => {
  const number = understood(view);
  return html`<div class="row">
      ${input(view, "phone")} ${view.phone.face ? countryPicker(view) : nothing}
    </div>
    ${
      number
        ? html`<p class="muted hint" part="hint" id="h-phone">
            ${view.text("understood", { phone: number })}
          </p>`
        : nothing
    }`;
};

const control = (view: View, name: InputName) => {
  if (name === "phone") return phone(view);
  const projects = name === "project" ? readList(view.form.projects) : [];
  return projects.length > 0 ? select(view, name, projects) : input(view, name);
};

export const fieldView = (view: View, name: InputName) =>
  html`<div part="field">
    <label part="label" for="f-${name}"
      >${view.text(name)}${
        isRequired(view.form, name)
          ? nothing
          : html`<span class="muted"> (${view.text("optional")})</span>`
      }</label
    >
    ${error(view, name)} ${control(view, name)}
  </div>`;

/** A notice, or a separate box that only the visitor ticks. */
export const consentView = (view: View) => {
  const { text, form } = view;
  const ticked = asksConsent(form.consent);
  const privacy = readUrl(form.privacyUrl);
  const words = html`<span
    ><slot name="consent">${text(ticked ? "consent" : "notice")}</slot></span
  >`;
  return ticked || form.consent === "notice"
    ? html`<div class="muted" part="consent">
        ${error(view, "consent")}
        ${ticked ? html`<label class="tick">${input(view, "consent")} ${words}</label>` : words}
        ${
          privacy
            ? html`<a href=${privacy.href} target="_blank" rel="noopener">${text("privacy")}</a>`
            : nothing
        }
      </div>`
    : nothing;
};
