/** Owns the markup of the form as a whole: the order in which its parts stand. */
import { html, nothing } from "lit";
import { HONEYPOT_FIELD } from "../proxy/contract.ts";
import type { LeadFormStatus } from "./courier.ts";
import type { InputName } from "./fields.ts";
import {
  type ConsentView,
  consentTemplate,
  fieldTemplate,
  honeypot,
  type Text,
} from "./view-fields.ts";
import {
  type FailureView,
  failureTemplate,
  type SummaryView,
  summaryTemplate,
} from "./view-panels.ts";

export interface FormView extends ConsentView, SummaryView, FailureView {
  fields: readonly InputName[];
  status: LeadFormStatus;
  busy: boolean;
  slow: boolean;
  submit: (event: SubmitEvent) => void;
  input: (event: Event) => void;
  enter: () => void;
  leave: (event: FocusEvent) => void;
  cancel: () => void;
}

/** What the status region says. It stands before its text does, or it would not be read. */
const said = ({ status, slow, text }: FormView): string => {
  switch (status) {
    case "sending":
      return text(slow ? "still_sending" : "sending");
    case "retrying":
    case "offline":
      return text(status);
    default:
      return "";
  }
};

const submitLabel = ({ busy, failure, text }: FormView): string => {
  if (busy) return text("sending");
  return text(failure ? "again" : "submit");
};

export const formTemplate = (view: FormView) =>
  html`<form
    part="form"
    novalidate
    aria-label=${view.text("heading")}
    @submit=${view.submit}
    @input=${view.input}
    @focusin=${view.enter}
    @focusout=${view.leave}
  >
    <slot name="heading"><h2 class="heading" part="heading">${view.text("heading")}</h2></slot>
    <slot name="description" part="description" class="description"></slot>
    ${summaryTemplate(view)} ${failureTemplate(view)}
    <slot name="before-fields"></slot>
    <div class="fields">${view.fields.map((field) => fieldTemplate(view, field))}</div>
    ${honeypot(HONEYPOT_FIELD)}
    <slot name="after-fields"></slot>
    ${consentTemplate(view)}
    <slot name="captcha"></slot>
    <button
      class="submit"
      part="submit"
      ?disabled=${view.disabled}
      aria-disabled=${view.busy || view.wait ? "true" : nothing}
    >
      ${view.busy ? html`<span class="spinner" part="spinner" aria-hidden="true"></span>` : nothing}
      ${submitLabel(view)}
    </button>
    <div class=${view.status === "sending" ? "sr" : "status"} part="status">
      <span role="status">${said(view)}</span>
      ${
        view.status === "offline"
          ? html`<button type="button" class="link" @click=${view.cancel}>
              ${view.text("cancel")}
            </button>`
          : nothing
      }
    </div>
  </form>`;

/** The frame: language and direction stand inside the root, since `:lang()` does not look out of it everywhere. */
export interface FrameView {
  text: Text;
  lang: string;
  dir: string;
  dialog: boolean;
  close: () => void;
  closed: () => void;
}

export const frameTemplate = (view: FrameView, content: unknown) => {
  const base = html`<div class="root" lang=${view.lang} dir=${view.dir}>
    <div class="base" part="base">
      ${
        view.dialog
          ? html`<button
              type="button"
              class="close"
              part="close"
              aria-label=${view.text("close")}
              @click=${view.close}
            ></button>`
          : nothing
      }
      ${content}
      <slot name="footer"></slot>
    </div>
  </div>`;
  return html`<slot hidden></slot> ${
      view.dialog
        ? html`<dialog
            part="dialog"
            closedby="any"
            aria-label=${view.text("heading")}
            @close=${view.closed}
          >
            ${base}
          </dialog>`
        : base
    }`;
};
