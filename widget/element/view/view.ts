/** Owns the frame of the form: its order, button and status region. Must not draw a field or a panel itself. */
import { html, nothing } from "lit/html.js";
import { HONEYPOT_FIELD } from "../../../proxy/shared/contract.ts";
import { orderFields } from "../../fields/fields.ts";
import { essentials } from "../../lazy/essentials.ts";
import { extras } from "../../lazy/extras.ts";
import { REST_OF_PAGE } from "../unclosed-tag.ts";
import { consentView, fieldView } from "./fields.ts";
import { isDisabled, type View } from "./model.ts";
import { callLink, failurePanel, successPanel, summaryPanel } from "./panels.ts";

/** What the status region says; "" while there is nothing to report. */
const statusText = ({ submission: { state }, text }: View): string => {
  switch (state.status) {
    case "sending":
      return (state.slow && text("slow")) || text("sending");
    case "retrying":
    case "offline":
      return text(state.status);
    default:
      return "";
  }
};

/** One element in every state: a live region that comes with its text is not announced (WCAG 4.1.3). */
const statusView = (view: View) => {
  const { state } = view.submission;
  const { status } = state;
  const isShown = status === "offline" || status === "retrying" || ("slow" in state && state.slow);
  return html`<div class=${isShown ? "muted" : "sr"} part="status">
    <span role="status">${view.node("status", statusText(view))}</span>
    ${status === "offline" ? [essentials.part?.offlineActions(html, view), callLink(view)] : nothing}
  </div>`;
};

const formView = (view: View) => {
  const { text, on, submission } = view;
  const { busy, state } = submission;
  const failed = state.status === "error";
  return html`<form
    class=${state.status === "accepted" ? "sr" : nothing}
    part="form"
    novalidate
    aria-label=${text("heading")}
    @input=${on.input}
    @focusout=${on.leave}
  >
    <slot name="heading"><h2 part="heading">${text("heading")}</h2></slot>
    <slot name="description" part="description"></slot>
    ${Object.keys(view.found).length > 0 ? summaryPanel(view) : nothing}
    ${failed ? failurePanel(view, state.failure) : nothing}
    <slot name="before-fields"></slot>
    ${orderFields(view.form.fields, view.form.projects).map((name) => fieldView(view, name))}
    <div class="sr" aria-hidden="true">
      <label for="f-hp">Leave this empty</label>
      <input id="f-hp" name=${HONEYPOT_FIELD} tabindex="-1" autocomplete="off" />
    </div>
    <slot name="after-fields"></slot>
    ${consentView(view)}
    <slot name="captcha"></slot>
    <button
      class="submit"
      part="submit"
      ?disabled=${isDisabled(view)}
      aria-disabled=${busy || submission.wait > 0 || nothing}
    >
      ${busy ? html`<span part="spinner"></span>` : nothing}
      <span>${view.node("submit", text(busy ? "sending" : failed ? "again" : "submit"))}</span>
    </button>
    ${statusView(view)}
  </form>`;
};

/** The whole element. Language and direction stand inside the root: Firefox does not match `:lang()` across it. */
export const elementView = (view: View) => {
  const { language, form, submission } = view;
  // Without a target nothing can be sent, so the page's own children stay visible.
  if (!form.target) return html`<slot></slot>`;
  const accepted = submission.state.status === "accepted";
  const base = html`<div class="root" lang=${language.locale} dir=${language.dir}>
    <div class="base" part="base">
      ${accepted ? successPanel(view) : nothing} ${accepted && view.over ? nothing : formView(view)}
      <slot name="footer"></slot>
    </div>
  </div>`;
  return html`<slot ?hidden=${!form.querySelector(REST_OF_PAGE)}></slot> ${
      form.presentation === "dialog" && extras.part
        ? extras.part.dialogTemplate(html, view, base)
        : base
    }`;
};
