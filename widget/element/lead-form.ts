/**
 * Owns the element: attributes in, events out, one status between them. Holds no rule about a lead, no
 * text and no look; those are beside it.
 */
import {
  type FieldErrors,
  type FieldName,
  HONEYPOT_FIELD,
  type Receipt,
} from "../../proxy/shared/contract.ts";
import { VERSION } from "./build-info.ts";
import { type Control, writeControls } from "../fields/controls.ts";
import { Courier, type LeadFormStatus } from "../sending/submission.ts";
import { DraftElement } from "./draft-element.ts";
import { emit } from "./events.ts";
import { extras } from "../lazy/extras.ts";
import { type Language, readLanguage } from "../i18n/language.ts";
import { composeLead } from "./compose-lead.ts";
import { sheet } from "./styles.ts";
import { addLocale, fill, findText } from "../i18n/localize.ts";
import type { MessageKey, Texts } from "../../proxy/shared/messages/en.ts";
import { ATTRIBUTES } from "./attributes.ts";
import { phoneRules } from "../lazy/phone.ts";
import { type PhoneField, readPhoneField } from "../fields/phone-field.ts";
import { rulesOf } from "../fields/validation-rules.ts";
import { type Failure, isRetryable } from "../sending/send.ts";
import { visit } from "./urls.ts";
import { checkField, type Rules, validate } from "../fields/validate.ts";
import { type View, view } from "./view.ts";

/** Every form on the page, to tell them of a language. */
const forms = new Set<LeadForm>();

/** A form that hands one lead to one target. Its attributes, events, slots and parts are listed in the README. */
export class LeadForm extends DraftElement {
  static readonly observedAttributes = ATTRIBUTES;
  static readonly version: string = VERSION;

  /** Registers the element, unless the name is taken already. */
  static define(tag = "lead-form"): void {
    if (!customElements.get(tag))
      customElements.define(tag, tag === "lead-form" ? LeadForm : class extends LeadForm {});
  }

  /** Adds a language, or texts to one, for every form of the page. */
  static addLocale(lang: string, messages: Texts): void {
    addLocale(lang, messages);
    for (const form of forms) form.attributeChangedCallback();
  }

  readonly #courier = new Courier(() => this.requestUpdate());
  #language: Language = readLanguage(this);
  #messages: Texts = {};
  /** What is wrong now, and what was found at the last submit. */
  #errors: FieldErrors = {};
  #found: FieldErrors = {};
  /** The phone number, with its country, that the visitor was last asked about. */
  #asked = "";
  #ready = false;
  #started = false;

  /** Where the form stands. */
  get status(): LeadFormStatus {
    return this.#courier.status;
  }

  /** The last lead's id, and whether the vendor has it (`created`) or is going to get it (`accepted`). */
  get receipt(): { id: string; status: Receipt["status"] } | null {
    const { receipt } = this.#courier;
    return receipt ? { id: receipt.receipt, status: receipt.status } : null;
  }

  /** Texts of this form, before any other. */
  get messages(): Texts {
    return this.#messages;
  }
  set messages(messages: Texts) {
    this.#messages = { ...messages };
    this.requestUpdate();
  }

  attributeChangedCallback(): void {
    this.#language = readLanguage(this);
    this.requestUpdate();
  }

  connectedCallback(): void {
    this.adopt();
    if (!this.#ready) this.takeOver(this.querySelector("form"));
    forms.add(this);
    this.attributeChangedCallback();
    // What the page asks for is wanted at once. Where idle time is not told (WebKit), the first focus loads.
    if (this.matches("[theme],[consent],[presentation],[attribution],[data-layer]")) this.#load();
    else globalThis.requestIdleCallback?.(this.#load);
  }

  disconnectedCallback(): void {
    forms.delete(this);
    // A move is a removal too: only a form that stays away stops waiting.
    queueMicrotask(() => this.isConnected || this.#courier.cancel());
  }

  /** Checks and sends, as if the visitor had pressed the button. */
  requestSubmit(): void {
    void this.#submit();
  }

  /** Empties the form and forgets what was going on. */
  reset(): void {
    this.#started = false;
    this.#asked = "";
    this.#accuse({});
    this.empty();
    this.#courier.reset();
    emit(this, "lead-form-reset", null);
  }

  /** Whether what is typed makes a lead. Shows nothing. */
  checkValidity(): boolean {
    return Object.keys(this.#check()).length === 0;
  }

  /** The same, and shows what does not. */
  reportValidity(): boolean {
    const errors = this.#check();
    return Object.keys(errors).length === 0 || this.#refuse(errors);
  }

  /** To the first field. `delegatesFocus` would answer a tap on any text of the form with the keyboard. */
  override focus(options?: FocusOptions): void {
    this.focusOn("[id^=f-]", options);
  }

  /** Opens the dialog, where `presentation` is `dialog`. */
  show(): void {
    this.open = true;
  }

  /** Closes it. */
  hide(): void {
    this.open = false;
  }

  protected get sheets(): CSSStyleSheet[] {
    return [sheet(), ...(extras.part ? [extras.part.extraSheet] : [])];
  }

  protected template(): unknown {
    return view({
      form: this,
      courier: this.#courier,
      language: this.#language,
      values: this.values,
      text: this.#text,
      disabled: this.matches(":disabled"),
      errors: this.#errors,
      found: this.#found,
      phone: this.#phone,
      on: this.#on,
    });
  }

  protected drawn(): void {
    this.mark(this.status);
    writeControls(this.inner, { ...this.values, country: this.#phone.country });
    extras.part?.attend(this, forms, this.#started);
    if (this.#ready) return;
    this.#ready = Boolean(this.target);
    if (this.#ready) emit(this, "lead-form-ready", null);
    else console.error("[lead-form] no target", this);
  }

  readonly #text = (key: MessageKey, values?: Record<string, string>): string => {
    const attributes: Texts = {
      heading: this.heading,
      submit: this.submitLabel,
      success: this.successMessage,
    };
    const own = this.#messages[key] || attributes[key];
    return fill(own || findText(this.#language.locale, key), values);
  };

  /** In the order they are tried; the second may be "". */
  get #endpoints(): [string, string] {
    return [this.endpoint, this.fallbackEndpoint].map((each) => each.replace(/\/$/, "")) as [
      string,
      string,
    ];
  }

  get #phone(): PhoneField {
    return readPhoneField(this, this.values);
  }

  get #rules(): Rules {
    return rulesOf(this, this.#phone.own);
  }

  #check(values = this.read()): FieldErrors {
    const errors = validate(values, this.#rules);
    if (errors.phone === "phone_unlikely" && this.#asked === this.#phone.country + values["phone"])
      delete errors.phone;
    return errors;
  }

  /** Fetches what is better had from the first key on. */
  readonly #load = (): void => {
    // Also where another form has loaded them: this one has yet to be drawn with them.
    for (const door of [phoneRules, extras])
      void door.load(this.#endpoints[0]).then(() => this.requestUpdate());
  };

  /** What the visitor does. */
  readonly #on: View["on"] = {
    enter: () => this.#load(),
    input: (event) => {
      const { name, value } = event.target as Control;
      if (name === HONEYPOT_FIELD) return;
      if (name !== "consent") this.values = { [name]: value };
      if (!this.#started) {
        this.#started = true;
        this.#courier.prepare(this.target, this.#endpoints[0]);
        emit(this, "lead-form-start", null);
      }
      // What is wrong is looked at with every key, so that the message goes the moment it is right.
      const field = name === "country" ? "phone" : (name as FieldName);
      if (this.#errors[field]) this.#judge(field);
      this.requestUpdate();
    },
    // Only what was filled in is looked at: an empty field may yet be filled.
    leave: (event) => {
      const { name, value } = event.target as Control;
      if (/phone|email/.test(name) && value.trim() && !this.#errors[name as FieldName])
        this.#judge(name as FieldName);
    },
    submit: (event) => {
      event.preventDefault();
      void this.#submit();
    },
    link: (event) => {
      // A fragment would wake the router of a single-page application.
      event.preventDefault();
      this.focusOn((event.target as HTMLAnchorElement).hash);
    },
    countries: (event) => {
      const select = event.target as HTMLSelectElement;
      const codes = phoneRules.part?.callingCodes;
      extras.part?.fillCountries(select, this.countries, this.#language.tag, codes);
    },
    again: () => {
      this.reset();
      this.focus();
    },
  };

  /** Whether an unlikely number is right is asked at the submit only. */
  #judge(field: FieldName): void {
    const code = checkField(field, this.read()[field] ?? "", this.#rules);
    const { [field]: _, ...others } = this.#errors;
    this.#errors = code && code !== "phone_unlikely" ? { ...others, [field]: code } : others;
    this.requestUpdate();
  }

  /** Check, ask the page, send, tell. A second Enter or click ends in the first line. */
  async #submit(): Promise<void> {
    const courier = this.#courier;
    if (courier.busy || courier.wait || this.matches(":disabled") || !this.target) return;
    const values = this.read();
    const sent = this.values;
    const { country } = this.#phone;
    const confirmed = this.#asked === country + values["phone"];
    const errors = this.#check(values);
    if (Object.keys(errors).length > 0) return void this.#refuse(errors);
    this.#accuse({});
    const { target } = this;
    if (!emit(this, "lead-form-submit", { target })) return;
    const { locale } = this.#language;
    const lead = composeLead(this, values, country, confirmed ? "1" : "", locale);
    const context = () => extras.part?.readAttribution(this.attribution);
    const outcome = await courier.deliver(this.#endpoints, lead, context, (attempt) =>
      emit(this, "lead-form-retry", { attempt }),
    );
    if (!outcome) return;
    if ("receipt" in outcome) {
      this.values = sent;
      this.#celebrate(outcome.receipt, target);
    } else if (outcome.fields) this.#refuse(outcome.fields);
    else this.#regret(outcome);
  }

  /** Shows what needs another look. @returns false */
  #refuse(fields: FieldErrors): false {
    if (fields.phone === "phone_unlikely") this.#asked = this.#phone.country + this.values.phone;
    this.#accuse(fields);
    emit(this, "lead-form-invalid", { fields });
    this.focusOn("#summary");
    return false;
  }

  #accuse(fields: FieldErrors): void {
    this.#errors = this.#found = fields;
    this.requestUpdate();
  }

  #regret(failure: Failure): void {
    const { code, status } = failure;
    emit(this, "lead-form-error", { code, status, retryable: isRetryable(failure) });
    this.#leadTo("#failure");
  }

  #celebrate(receipt: string, target: string): void {
    this.forget();
    this.#leadTo("#success");
    const go = emit(this, "lead-form-success", { receipt, target });
    if (go) visit(this.successUrl);
  }

  /** Where the answer is told; but whoever has gone on to another part of the page is left there. */
  #leadTo(selector: string): void {
    if (document.activeElement === document.body || this.matches(":focus-within"))
      this.focusOn(selector);
  }
}
