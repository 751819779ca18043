/**
 * Owns one visit to the form, from the first key to the answer: input, checks, submit, outcome. Must not
 * draw, and must not hold a rule.
 */
import {
  type ErrorField,
  type FieldErrors,
  HONEYPOT_FIELD,
  type Suggestion,
} from "../../proxy/shared/contract.ts";
import type { MessageKey, Texts } from "../../proxy/shared/messages/en.ts";
import { type Control, type FormValues, readControls } from "../fields/controls.ts";
import { isCheckedEarly, isInput, toPageNames } from "../fields/fields.ts";
import { type PhoneField, readPhoneField } from "../fields/phone-field.ts";
import { checkField, type Rules, validate } from "../fields/validate.ts";
import { rulesFor } from "../fields/validation-rules.ts";
import { type Language, readLanguage } from "../i18n/language.ts";
import { ARRIVAL, essentials } from "../lazy/essentials.ts";
import { extras } from "../lazy/extras.ts";
import { ownFields } from "../lazy/own-fields.ts";
import { type Failure, isRetryable } from "../sending/send.ts";
import { Submission } from "../sending/submission.ts";
import type { AttributesElement } from "./attributes.ts";
import { composeLead } from "./compose-lead.ts";
import { Draft } from "./draft.ts";
import { emit } from "./events.ts";
import { loadParts, loadPhoneRules } from "./load-parts.ts";
import { leaveFor } from "./urls.ts";
import { type Handlers, type Place, say, type View } from "./view/model.ts";

/** What a visit needs of its element. */
export type VisitedForm = AttributesElement & {
  hide(): void;
  requestUpdate(): void;
  refresh(): void;
  readonly updateComplete: Promise<void>;
};

/**
 * Milliseconds that the form stays behind the thanks. Orca passes over a focus that comes together with the
 * removal of what had it.
 */
const LEAVES_MS = 400;

export class Visit implements View {
  readonly form: VisitedForm;
  readonly draft: Draft;
  readonly submission: Submission;
  language: Language;
  /** Texts of this form, before any other. */
  messages: Texts = {};
  errors: FieldErrors = {};
  found: FieldErrors = {};
  /** The visitor has typed. */
  started = false;
  /** The button was pressed, or Enter. */
  pressed = false;
  /** The phone number, with its country, that the visitor was last asked about. */
  #asked = "";
  readonly #nodes: Partial<Record<Place, Text>> = {};
  /** The number that the proxy asked about, in E.164. */
  suggested = "";
  over = false;
  /** What the last drawing says about the number that is being typed. */
  #shown = "";
  #typing: ReturnType<typeof setTimeout> | undefined;

  constructor(form: VisitedForm, internals: ElementInternals) {
    this.form = form;
    this.draft = new Draft(internals, () => this.#inner);
    this.submission = new Submission(() => form.requestUpdate());
    this.language = readLanguage(form);
  }

  get values(): FormValues {
    return this.draft.values;
  }

  get phone(): PhoneField {
    return readPhoneField(this.form, this.values);
  }

  readonly text = (key: MessageKey, values?: Record<string, string>): string =>
    say(this, key, values);

  readonly node = (place: Place, text: string): Text => {
    const last = this.#nodes[place];
    return last?.data === text ? last : (this.#nodes[place] = new Text(text));
  };

  /** Fills in the fields that are named. */
  readonly fill = (values: FormValues): void => {
    this.draft.fill(values);
    this.form.requestUpdate();
  };

  /** A form that stood in the page may have been typed into before the script came. */
  takeOver(plain: HTMLFormElement | null): void {
    const { values } = this;
    this.draft.capture(plain);
    this.fill(values);
    const active = plain?.querySelector<Control>(":focus");
    if (active) this.focusOn(`[name=${active.name}]`);
  }

  /** What is done after each drawing. */
  attend(forms: ReadonlySet<Element & { attributeChangedCallback(): void }>): void {
    const { form, submission, phone } = this;
    this.#shown = this.#saying(phone);
    this.draft.restore(phone.country);
    loadPhoneRules(this.form, phone);
    if (essentials.part?.accompany(form, forms, ARRIVAL)) extras.want(() => form.requestUpdate());
    extras.part?.attend(form, this.started, submission);
  }

  reset(): void {
    this.started = false;
    this.#asked = this.suggested = "";
    this.#setErrors({});
    this.draft.empty();
    this.submission.reset();
    emit(this.form, "lead-form-reset", null);
  }

  /** All mistakes, as the controls hold their values now. */
  check(values = this.#read()): FieldErrors {
    const errors = validate(values, this.#rules);
    if (errors.phone === "phone_unlikely" && this.#asked === this.#number) delete errors.phone;
    return errors;
  }

  /** @param suggestion what the proxy would store: it is shown, asked about, and sent with the next press */
  showErrors(fields: FieldErrors, suggestion?: Suggestion): void {
    this.suggested = suggestion?.phone ?? "";
    if (suggestion) this.draft.fill({ country: suggestion.country });
    if (fields.phone === "phone_unlikely") this.#asked = this.#number;
    this.#setErrors(fields);
    emit(this.form, "lead-form-invalid", { fields: toPageNames(fields) });
    this.focusOn("#summary");
  }

  /** Check, ask the page, send, show the answer. A second Enter or click ends in the first line. */
  async submit(): Promise<void> {
    const { form, submission } = this;
    const { target } = form;
    if (submission.busy || submission.wait || form.matches(":disabled") || !target) return;
    const values = this.#read();
    const sent = this.values;
    const { phone } = this;
    const confirmed = this.#asked === this.#number ? "1" : "";
    const errors = this.check(values);
    if (Object.keys(errors).length > 0) return this.showErrors(errors);
    this.#setErrors({});
    if (!emit(form, "lead-form-submit", { target })) return;
    const lead = composeLead(form, values, phone, confirmed, this.language.locale);
    const context = () => essentials.part?.readContext(form, ARRIVAL, extras);
    const outcome = await submission.deliver(this.#endpoints, lead, context, (attempt) =>
      emit(form, "lead-form-retry", { attempt }),
    );
    if (!outcome) return;
    if ("receipt" in outcome) {
      this.fill(sent);
      this.#showSuccess(outcome.receipt, target);
    } else if (outcome.fields) this.showErrors(outcome.fields, outcome.suggestion);
    else this.#showFailure(outcome);
  }

  focusOn(selector: string): void {
    const { form } = this;
    void form.updateComplete.then(() =>
      form.shadowRoot!.querySelector<HTMLElement>(selector)?.focus(),
    );
  }

  /** What the visitor does. */
  readonly on: Handlers = {
    enter: () => loadParts(this.form, true),
    input: (event) => {
      const { name, value, form } = event.target as Control;
      if (name === HONEYPOT_FIELD) return;
      // Most keys change nothing but their own field: only what they change is drawn. A slot may hold a page's field.
      const isTyped = isInput(name) && form === event.currentTarget;
      if (name === "country") this.draft.fill({ country: value });
      else if (isTyped) this.draft.keep({ [name]: value });
      else this.draft.capture();
      if (!this.started || !isTyped) this.form.requestUpdate();
      else if (name === "phone") {
        clearTimeout(this.#typing);
        this.#typing = setTimeout(() => this.#follow(), 150);
      }
      if (!this.started) {
        this.started = true;
        this.submission.prepare(this.form.target);
        emit(this.form, "lead-form-start", null);
      }
      // A field with a mistake is checked with every key, so that its message goes once it is right.
      const field = name === "country" ? "phone" : (name as ErrorField);
      if (this.errors[field]) this.#recheck(field);
    },
    // Only a filled field is checked: an empty one may yet be filled.
    leave: (event) => {
      // An autofill may have filled other fields without any event.
      this.draft.capture();
      const { name, value } = event.target as Control;
      this.#follow();
      if (isCheckedEarly(name) && value.trim() && !this.errors[name]) this.#recheck(name);
    },
    submit: (event) => {
      // A form of the page may stand in a slot.
      if (event.target !== this.#inner) return;
      event.preventDefault();
      this.pressed = true;
      void this.submit();
    },
    link: (event) => {
      // A fragment would wake the router of a single-page application.
      event.preventDefault();
      this.focusOn((event.target as HTMLAnchorElement).hash);
    },
    again: () => {
      this.reset();
      this.form.focus();
    },
  };

  /** Draws the form where it would say something else about the number. */
  #follow(phone = this.phone): void {
    if (this.#shown === this.#saying(phone)) loadPhoneRules(this.form, phone);
    else this.form.requestUpdate();
  }

  #saying(phone: PhoneField): string {
    const { errors, text } = this;
    return phone.country + essentials.part?.understood({ errors, phone, text });
  }

  get #inner(): HTMLFormElement | null {
    return this.form.shadowRoot!.querySelector("form");
  }

  /** In the order they are tried; the second may be "". */
  get #endpoints(): [string, string] {
    const { endpoint, fallbackEndpoint } = this.form;
    return [endpoint, fallbackEndpoint].map((each) => each.replace(/\/$/, "")) as [string, string];
  }

  get #rules(): Rules {
    return rulesFor(this.form, this.phone);
  }

  /** What the visitor is asked about, and confirms: the number as typed, in its country. */
  get #number(): string {
    return this.phone.country + this.values.phone;
  }

  /** Every value as its control holds it now. */
  #read(): Record<string, string> {
    this.draft.capture();
    return { ...readControls(this.#inner), ...ownFields.part?.readHidden(this.form, ARRIVAL) };
  }

  /** An unlikely number is asked about at the submit only. */
  #recheck(field: ErrorField): void {
    const code = checkField(field, this.#read()[field] ?? "", this.#rules);
    const shown = code === "phone_unlikely" ? undefined : code;
    if (shown === this.errors[field] && !this.suggested) return;
    this.suggested = "";
    this.errors = { ...this.errors, [field]: shown };
    this.form.requestUpdate();
  }

  #setErrors(fields: FieldErrors): void {
    this.over = false;
    this.errors = this.found = fields;
    this.form.requestUpdate();
  }

  #showFailure(failure: Failure): void {
    const { code, status } = failure;
    emit(this.form, "lead-form-error", { code, status, retryable: isRetryable(failure) });
    this.#focusOutcome("#failure");
  }

  #showSuccess(receipt: string, target: string): void {
    this.draft.forget();
    this.#focusOutcome("#success");
    const { form } = this;
    setTimeout(() => {
      this.over = true;
      form.requestUpdate();
    }, LEAVES_MS);
    if (emit(form, "lead-form-success", { receipt, target })) leaveFor(form.successUrl);
  }

  /** Moves the focus to the outcome, unless the visitor has gone on to another part of the page. */
  #focusOutcome(selector: string): void {
    if (document.activeElement === document.body || this.form.matches(":focus-within"))
      this.focusOn(selector);
  }
}
