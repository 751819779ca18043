/** Owns the markup: labels, hints, errors and native controls, tied together by id, and the panels around them. */
import { html, nothing } from "lit/html.js";
import { type FieldErrors, type FieldName, HONEYPOT_FIELD } from "../../proxy/shared/contract.ts";
import type { FormValues } from "../fields/controls.ts";
import type { Courier } from "../sending/submission.ts";
import { extras } from "../lazy/extras.ts";
import {
  FIELD_KINDS,
  type InputName,
  orderFields,
  readList,
  readTokens,
} from "../fields/fields.ts";
import type { Language } from "../i18n/language.ts";
import type { MessageKey } from "../../proxy/shared/messages/en.ts";
import type { OptionsElement } from "./attributes.ts";
import type { PhoneField } from "../fields/phone-field.ts";
import { REST_OF_PAGE } from "./unclosed-tag.ts";
import { readUrl } from "./urls.ts";

export interface View {
  form: OptionsElement & { hide: () => void };
  courier: Courier;
  language: Language;
  values: FormValues;
  text: (key: MessageKey, values?: Record<string, string>) => string;
  disabled: boolean;
  /** What is wrong now; what was found at the last submit: that list stands still while it is worked off. */
  errors: FieldErrors;
  found: FieldErrors;
  phone: PhoneField;
  on: Readonly<
    Record<
      "submit" | "input" | "leave" | "enter" | "countries" | "link" | "again",
      (event: Event) => void
    >
  >;
}

/** Focused, a named group is read once and whole; a status with focus is read twice, or not at all. */
const panel = (id: string, part: string, title: string, content: unknown) =>
  html`<div
    class="panel"
    part=${part}
    id=${id}
    role="group"
    tabindex="-1"
    aria-labelledby="t-${id}"
    aria-describedby="d-${id}"
  >
    <p class="title" id="t-${id}">${title}</p>
    ${content}
  </div>`;

/** The number as it reads best. */
const phoneOf = ({ phone, values }: View) => phone.reading?.formatted || values.phone || "";

/** The number as it will be called, or "" while that is not sure. */
const understood = ({ errors, phone: { reading } }: View) =>
  (!errors.phone && reading?.likely && reading.formatted) || "";

const summary = (view: View) =>
  panel(
    "summary",
    "summary",
    view.text("summary"),
    html`<ul id="d-summary">
      ${Object.entries(view.found).map(
        ([field, code]) =>
          html`<li class=${view.errors[field as FieldName] ? "" : "done"}>
            <a href="#f-${field}" @click=${view.on.link}
              >${view.text(code, { phone: phoneOf(view) })}</a
            >
          </li>`,
      )}
    </ul>`,
  );

const failure = ({ text, form, courier, language }: View) => {
  const { contactPhone: phone } = form;
  // One text: a space between two would not be read.
  const time = courier.wait && extras.part?.formatWait(language.locale, courier.wait);
  const why = text(courier.failure!.code) + (time ? ` ${text("wait", { time })}` : "");
  return panel(
    "failure",
    "summary",
    text("failed"),
    html`<p id="d-failure">${why}</p>
      ${
        phone
          ? html`<a href="tel:${phone.replace(/[^+\d]/g, "")}">${text("call", { phone })}</a>`
          : nothing
      }`,
  );
};

const success = (view: View) =>
  panel(
    "success",
    "success",
    view.text("thanks", { name: view.values.name ?? "" }),
    html`<div id="d-success">
        <slot name="success">${view.text("success", { phone: phoneOf(view) })}</slot>
      </div>
      <button type="button" class="link" @click=${view.on.again}>${view.text("another")}</button>`,
  );

const error = (view: View, field: FieldName) => {
  const code = view.errors[field];
  return code
    ? html`<p class="error" part="error" id="e-${field}">
        <span
          ><span class="sr">${view.text("error")} </span>${view.text(code, {
            phone: phoneOf(view),
          })}</span
        >
      </p>`
    : nothing;
};

const input = (view: View, field: FieldName, projects: string[] = []) => {
  const { form, errors, disabled, text } = view;
  const needed = readTokens(form.required).includes(field) || nothing;
  const wrong = errors[field] ? "true" : nothing;
  const hint = field === "phone" && understood(view) ? "h-phone" : nothing;
  const described = errors[field] ? `e-${field}` : hint;
  const [type, autocomplete] = field === "consent" ? ["checkbox", "off"] : FIELD_KINDS[field];
  return projects.length > 0
    ? html`<select
        class="input"
        part="input"
        id="f-${field}"
        name=${field}
        ?disabled=${disabled}
        aria-required=${needed}
        aria-invalid=${wrong}
        aria-describedby=${described}
      >
        <option value="">${text("choose")}</option>
        ${projects.map((project) => html`<option>${project}</option>`)}
      </select>`
    : html`<input
        class=${field === "consent" ? "" : "input ym-disable-keys"}
        part="input ${field}"
        id="f-${field}"
        name=${field}
        type=${type}
        autocomplete=${autocomplete}
        spellcheck="false"
        ?disabled=${disabled}
        aria-required=${needed}
        aria-invalid=${wrong}
        aria-describedby=${described}
      />`;
};

const phone = (view: View) => {
  const { text, on } = view;
  const { face } = view.phone;
  return html`<div class="row">
      ${input(view, "phone")}
      ${
        face
          ? html`<div class="country" part="country">
              <bdi dir="ltr" aria-hidden="true">${face}</bdi
              ><select
                name="country"
                autocomplete="tel-country-code"
                aria-label=${text("country")}
                ?disabled=${view.disabled}
                @focus=${on.countries}
                @pointerdown=${on.countries}
              ></select>
            </div>`
          : nothing
      }
    </div>
    ${
      understood(view)
        ? html`<p class="muted hint" part="hint" id="h-phone">
            ${text("understood", { phone: understood(view) })}
          </p>`
        : nothing
    }`;
};

const field = (view: View, name: InputName) =>
  html`<div part="field">
    <label part="label" for="f-${name}"
      >${view.text(name)}${
        readTokens(view.form.required).includes(name)
          ? nothing
          : html`<span class="muted"> (${view.text("optional")})</span>`
      }</label
    >
    ${error(view, name)}
    ${
      name === "phone"
        ? phone(view)
        : input(view, name, name === "project" ? readList(view.form.projects) : [])
    }
  </div>`;

/** A notice, or a box of its own that nobody ticks but the visitor. */
const consent = (view: View) => {
  const { text, form } = view;
  const ticked = form.consent === "checkbox";
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

/** States that are worth a line of their own. */
const isWaiting = (status: string) => /retry|off/.test(status);

/** What the status region says. It stands before its text does, or it would not be read. */
const said = ({ courier: { status, slow }, text }: View) => {
  if (isWaiting(status)) return text(status as MessageKey);
  // Told once more after ten seconds: a changed text is read again.
  return status === "sending" ? text(status) + (slow ? "…" : "") : nothing;
};

const form = (view: View) => {
  const { text, on, courier } = view;
  const { busy, status } = courier;
  return html`<form
    part="form"
    novalidate
    aria-label=${text("heading")}
    @submit=${on.submit}
    @input=${on.input}
    @focusin=${on.enter}
    @focusout=${on.leave}
  >
    <slot name="heading"><h2 part="heading">${text("heading")}</h2></slot>
    <slot name="description" part="description"></slot>
    ${Object.keys(view.found).length > 0 ? summary(view) : nothing}
    ${courier.failure ? failure(view) : nothing}
    <slot name="before-fields"></slot>
    ${orderFields(view.form.fields, view.form.projects).map((name) => field(view, name))}
    <div class="sr" aria-hidden="true">
      <label for="f-hp">Leave this field empty</label>
      <input id="f-hp" name=${HONEYPOT_FIELD} tabindex="-1" autocomplete="off" />
    </div>
    <slot name="after-fields"></slot>
    ${consent(view)}
    <slot name="captcha"></slot>
    <button
      class="submit"
      part="submit"
      ?disabled=${view.disabled}
      aria-disabled=${busy || courier.wait > 0 || nothing}
    >
      ${busy ? html`<span part="spinner"></span>` : nothing}
      ${text(busy ? "sending" : courier.failure ? "again" : "submit")}
    </button>
    <div class=${isWaiting(status) ? "muted" : "sr"} part="status">
      <span role="status">${said(view)}</span>
      ${status === "offline" ? extras.part?.cancelButton(html, view) : nothing}
    </div>
  </form>`;
};

/** The whole. Language and direction stand inside the root: `:lang()` does not look out of it in every engine. */
export const view = (view: View) => {
  const { language } = view;
  // Without a target nothing can be sent, and what the page put inside the element stays visible.
  if (!view.form.target) return html`<slot></slot>`;
  const base = html`<div class="root" lang=${language.locale} dir=${language.dir}>
    <div class="base" part="base">
      ${view.courier.receipt ? success(view) : form(view)}
      <slot name="footer"></slot>
    </div>
  </div>`;
  return html`<slot ?hidden=${!view.form.querySelector(REST_OF_PAGE)}></slot> ${
      view.form.presentation === "dialog" && extras.part
        ? extras.part.dialogTemplate(html, view, base)
        : base
    }`;
};
