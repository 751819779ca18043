/** Owns the panels around the fields: summary, failure, success. Must not hold a field. */
import { html, nothing } from "lit/html.js";
import type { ErrorField, FieldCode } from "../../../proxy/shared/contract.ts";
import { extras } from "../../lazy/extras.ts";
import type { Failure } from "../../sending/send.ts";
import { describe, formatPhone, type View } from "./model.ts";

/** With focus, screen readers read a named group once and whole, a status twice or not at all. */
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

export const summaryPanel = (view: View) =>
  panel(
    "summary",
    "summary",
    view.text("summary"),
    html`<ul id="d-summary">
      ${(Object.entries(view.found) as [ErrorField, FieldCode][]).map(
        ([field, code]) =>
          html`<li class=${view.errors[field] ? "" : "done"}>
            <a href="#f-${field}" @click=${view.on.link}>${describe(view, field, code)}</a>
          </li>`,
      )}
    </ul>`,
  );

/** Beside a form that cannot send: the page's own number. Its words come with the essentials. */
export const callLink = ({ text, form: { contactPhone: phone } }: View) =>
  phone
    ? html`<a href="tel:${phone.replace(/[^+\d]/g, "")}">${text("call", { phone }) || phone}</a>`
    : nothing;

export const failurePanel = (view: View, { code }: Failure) => {
  const { text, submission, language } = view;
  const time = submission.wait && extras.part?.formatWait(language.locale, submission.wait);
  return panel(
    "failure",
    "summary",
    text("failed"),
    // One text node: a screen reader would not read the space between two.
    html`<p id="d-failure">
        ${(text(code) || text("unavailable")) + (time ? ` ${text("wait", { time })}` : "")}
      </p>
      ${callLink(view)}`,
  );
};

export const successPanel = (view: View) =>
  panel(
    "success",
    "success",
    view.text("thanks", { name: view.values.name ?? "" }),
    html`<div id="d-success">
        <slot name="success">${view.text("success", { phone: formatPhone(view) })}</slot>
      </div>
      <button type="button" class="link" @click=${view.on.again}>${view.text("another")}</button>`,
  );
