/** Owns the markup of what the form says as a whole: summary of errors, failure, success. */
import { html, nothing } from "lit";
import type { FieldErrors, FieldName } from "../proxy/contract.ts";
import type { Failure } from "./send.ts";
import { errorText, type Text } from "./view-fields.ts";

/** Panels are named groups: focused, they are read once and whole (a status with focus is read twice or never). */
export interface SummaryView {
  text: Text;
  /** As found at the last submit; the list stands still while it is worked off. */
  found: FieldErrors;
  /** What is still wrong. */
  errors: FieldErrors;
  phone: string;
  goTo: (event: Event) => void;
}

export const summaryTemplate = (view: SummaryView) => {
  const fields = Object.keys(view.found) as FieldName[];
  if (fields.length === 0) return nothing;
  return html`<div
    class="panel summary"
    part="summary"
    id="summary"
    role="group"
    tabindex="-1"
    aria-labelledby="summary-title"
    aria-describedby="summary-list"
  >
    <p class="title" id="summary-title">${view.text("summary")}</p>
    <ul id="summary-list">
      ${fields.map(
        (field) =>
          html`<li class=${view.errors[field] ? "" : "done"}>
            <a href="#f-${field}" @click=${view.goTo}
              >${errorText({ ...view, errors: view.found }, field)}</a
            >
          </li>`,
      )}
    </ul>
  </div>`;
};

export interface FailureView {
  text: Text;
  failure: Failure | undefined;
  /** `21 seconds`, until another attempt makes sense; "" once it does. */
  wait: string;
  contactPhone: string;
}

const callLink = (phone: string, text: Text) =>
  html`<p><a href="tel:${phone.replace(/[^+\d]/g, "")}">${text("call", { phone })}</a></p>`;

export const failureTemplate = ({ text, failure, wait, contactPhone }: FailureView) =>
  failure
    ? html`<div
        class="panel summary"
        part="summary"
        id="failure"
        role="group"
        tabindex="-1"
        aria-labelledby="failure-title"
        aria-describedby="failure-text"
      >
        <p class="title" id="failure-title">${text("failed")}</p>
        <p id="failure-text">${text(failure.code)}</p>
        ${wait ? html`<p>${text("wait", { time: wait })}</p>` : nothing}
        ${contactPhone ? callLink(contactPhone, text) : nothing}
      </div>`
    : nothing;

export interface SuccessView {
  text: Text;
  name: string;
  phone: string;
  another: () => void;
}

export const successTemplate = ({ text, name, phone, another }: SuccessView) =>
  html`<div
    class="panel success"
    part="success"
    id="success"
    role="group"
    tabindex="-1"
    aria-labelledby="success-title"
    aria-describedby="success-text"
  >
    <span class="check" aria-hidden="true"></span>
    <p class="title" id="success-title">${text("thanks", { name })}</p>
    <div id="success-text"><slot name="success">${text("success", { phone })}</slot></div>
    <button type="button" class="link" @click=${another}>${text("another")}</button>
  </div>`;
