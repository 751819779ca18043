/**
 * Owns the element: attributes in, events out, one status between them. Holds no rule about a lead, no
 * text and no look; those are beside it.
 */
import {
  type FieldErrors,
  type FieldName,
  HONEYPOT_FIELD,
  type Receipt,
} from "../proxy/contract.ts";
import type { PhoneReading } from "../proxy/rules.ts";
import { VERSION } from "./build-info.ts";
import {
  type Control,
  controlsOf,
  type FormValues,
  readControls,
  writeControls,
} from "./controls.ts";
import { defaultCountry } from "./country.ts";
import { Courier, type LeadFormStatus } from "./courier.ts";
import { emit } from "./events.ts";
import { extras } from "./extras-door.ts";
import { FIELD_KINDS, type InputName, orderFields, readTokens } from "./fields.ts";
import { type Language, readLanguage } from "./language.ts";
import { sheet } from "./lead-form.styles.ts";
import { addLocale, fill, findText, type MessageKey, type Texts } from "./messages.ts";
import { ATTRIBUTES, OptionsElement } from "./options.ts";
import { phoneRules } from "./phone.ts";
import { type Failure, isRetryable } from "./send.ts";
import { readUrl } from "./urls.ts";
import { checkField, type Rules, validate } from "./validate.ts";
import { type View, view } from "./view.ts";

/** Every form on the page, to tell them of a language. */
const forms = new Set<LeadForm>();

/** A list as short as this may be what was typed so far; it is soon built again. */
const FEW_COUNTRIES = 9;

const STATES = ["sending", "accepted", "error", "offline"] as const;

/** A form that hands one lead to one target. Its attributes, events, slots and parts are listed in the README. */
export class LeadForm extends OptionsElement {
  static readonly formAssociated = true;
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

  readonly #internals = this.attachInternals();
  readonly #courier = new Courier(() => this.requestUpdate());
  #language: Language = readLanguage(this);
  #messages: Texts = {};
  /** What was typed. The controls own their values; this brings them back when they are drawn anew. */
  #draft: FormValues = {};
  /** What is wrong now, and what was found at the last submit. */
  #errors: FieldErrors = {};
  #found: FieldErrors = {};
  /** The phone number, with its country, that the visitor was last asked about. */
  #asked = "";
  #ready = false;
  #started = false;
  #fieldsetDisabled = false;

  /** Where the form stands. */
  get status(): LeadFormStatus {
    return this.#courier.status;
  }

  /** The last lead's id, and whether the vendor has it (`created`) or is going to get it (`accepted`). */
  get receipt(): { id: string; status: Receipt["status"] } | null {
    const { receipt } = this.#courier;
    return receipt ? { id: receipt.receipt, status: receipt.status } : null;
  }

  /** What was typed, as it was typed. Setting it fills in the fields that are named. */
  get values(): FormValues {
    return { ...this.#draft };
  }
  set values(values: FormValues) {
    this.#draft = { ...this.#draft, ...values };
    this.requestUpdate();
  }

  /** Texts of this form, before any other. */
  get messages(): Texts {
    return this.#messages;
  }
  set messages(messages: Texts) {
    this.#messages = messages;
    this.requestUpdate();
  }

  attributeChangedCallback(): void {
    this.#language = readLanguage(this);
    this.requestUpdate();
  }

  connectedCallback(): void {
    this.adopt();
    this.#takeOver(this.querySelector("form"));
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

  formDisabledCallback(disabled: boolean): void {
    this.#fieldsetDisabled = disabled;
    this.requestUpdate();
  }

  formResetCallback(): void {
    this.reset();
  }

  /** Back and Forward: the browser hands back what it was given, and no storage was touched. */
  formStateRestoreCallback(state: unknown): void {
    if (typeof state === "string") this.values = JSON.parse(state) as FormValues;
  }

  /** Checks and sends, as if the visitor had pressed the button. */
  requestSubmit(): void {
    void this.#submit();
  }

  /** Empties the form and forgets what was going on. */
  reset(): void {
    this.#draft = {};
    this.#started = false;
    this.#asked = "";
    this.#accuse({});
    this.#internals.setFormValue(null, null);
    this.#form?.reset();
    this.#courier.reset();
    emit(this, "lead-form-reset", null);
  }

  /** Whether what is typed makes a lead. Shows nothing. */
  checkValidity(): boolean {
    return Object.keys(validate(this.#read(), this.#rules)).length === 0;
  }

  /** The same, and shows what does not. */
  reportValidity(): boolean {
    const errors = validate(this.#read(), this.#rules);
    return Object.keys(errors).length === 0 || this.#refuse(errors);
  }

  /** To the first field. `delegatesFocus` would answer a tap on any text of the form with the keyboard. */
  override focus(options?: FocusOptions): void {
    this.#focusOn("[id^=f-]", options);
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
      values: this.#draft,
      text: this.#text,
      disabled: this.#disabled,
      errors: this.#errors,
      found: this.#found,
      face: this.withoutCountrySelect ? "" : this.#face,
      reading: this.#reading,
      on: this.#on,
    });
  }

  protected drawn(): void {
    const { status } = this.#courier;
    this.setAttribute("status", status);
    for (const state of STATES) this.#internals.states[state === status ? "add" : "delete"](state);
    writeControls(this.#form, { ...this.#draft, country: this.#country });
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

  get #form(): HTMLFormElement | null {
    return this.find("form");
  }

  get #disabled(): boolean {
    return this.disabled || this.#fieldsetDisabled;
  }

  /** In the order they are tried; the second may be "". */
  get #endpoints(): [string, string] {
    return [this.endpoint, this.fallbackEndpoint];
  }

  /** The visitor's choice, else the page's. Without a select nobody could correct a guess, so none is made. */
  get #ownCountry(): string {
    if (this.withoutCountrySelect) return this.country.toUpperCase();
    return this.#draft.country || defaultCountry(this.country, this.countries);
  }

  /** How the phone number is understood, where the rules are there. */
  get #reading(): PhoneReading | undefined {
    return phoneRules.part?.readPhone(this.#draft.phone ?? "", this.#ownCountry);
  }

  /** A number that names its country beats the select. */
  get #country(): string {
    return this.#reading?.country ?? this.#ownCountry;
  }

  get #face(): string {
    const code = phoneRules.part?.callingCodes[this.#country];
    return this.#country + (code ? ` +${code}` : "");
  }

  get #rules(): Rules {
    const fields: FieldName[] = orderFields(this.fields, this.projects);
    return {
      fields: this.consent === "checkbox" ? [...fields, "consent"] : fields,
      required: readTokens(this.required),
      exact: extras.part,
      readPhone: phoneRules.part && ((raw) => phoneRules.part?.readPhone(raw, this.#ownCountry)),
    };
  }

  /** Fetches what is better had from the first key on. */
  readonly #load = (): void => {
    // Also where another form has loaded them: this one has yet to be drawn with them.
    for (const door of [phoneRules, extras])
      void door.load(this.#endpoints[0]).then(() => this.requestUpdate());
  };

  /** The plain form inside may have been typed into before the script came. */
  #takeOver(plain: HTMLFormElement | null): void {
    for (const { name, value } of controlsOf(plain))
      if (Object.hasOwn(FIELD_KINDS, name)) this.#draft[name as InputName] ??= value;
    if (plain?.contains(document.activeElement))
      this.#focusOn(`[name=${(document.activeElement as Control).name}]`);
  }

  /** The controls are the truth: an autofill may have told nobody. */
  #read(): Record<string, string> {
    const values = readControls(this.#form);
    const { country: _, consent: __, [HONEYPOT_FIELD]: ___, ...typed } = values;
    this.#draft = { ...this.#draft, ...typed };
    return values;
  }

  /** What the visitor does. */
  readonly #on: View["on"] = {
    enter: () => this.#load(),
    input: (event) => {
      const { name, value } = event.target as Control;
      if (name === HONEYPOT_FIELD) return;
      if (name !== "consent") {
        this.#draft = { ...this.#draft, [name]: value };
        this.#internals.setFormValue(null, JSON.stringify(this.#draft));
      }
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
      if (/phone|email/.test(name) && value.trim()) this.#judge(name as FieldName);
    },
    submit: (event) => {
      event.preventDefault();
      void this.#submit();
    },
    link: (event) => {
      // A fragment would wake the router of a single-page application.
      event.preventDefault();
      this.#focusOn((event.target as HTMLAnchorElement).hash);
    },
    countries: (event) => {
      const select = event.target as HTMLSelectElement;
      const codes = phoneRules.part?.callingCodes;
      if (select.length < FEW_COUNTRIES)
        extras.part?.fillCountries(select, this.countries, this.#language.tag, codes);
    },
    again: () => {
      this.reset();
      this.focus();
    },
  };

  /** Whether an unlikely number is right is asked at the submit only. */
  #judge(field: FieldName): void {
    const code = checkField(field, this.#read()[field] ?? "", this.#rules);
    const { [field]: _, ...others } = this.#errors;
    this.#errors = code && code !== "phone_unlikely" ? { ...others, [field]: code } : others;
    this.requestUpdate();
  }

  /** Check, ask the page, send, tell. A second Enter or click ends in the first line. */
  async #submit(): Promise<void> {
    const courier = this.#courier;
    if (courier.busy || courier.wait || this.#disabled || !this.target) return;
    const { project, ...values } = this.#read();
    const country = this.#country;
    const confirmed = this.#asked === country + values["phone"];
    const errors = validate({ ...values, project: project ?? "" }, this.#rules);
    if (confirmed && errors.phone === "phone_unlikely") delete errors.phone;
    if (Object.keys(errors).length > 0) return void this.#refuse(errors);
    this.#accuse({});
    const { target } = this;
    if (!emit(this, "lead-form-submit", { target })) return;
    const lead = {
      ...values,
      target,
      country: values["phone"] && country,
      phone_confirmed: confirmed ? "1" : "",
      project: project || this.project,
      lang: this.#language.locale,
      consent_version: this.consentVersion,
    };
    const context = () => extras.part?.readAttribution(this.attribution);
    const outcome = await courier.deliver(this.#endpoints, lead, context, (attempt) =>
      emit(this, "lead-form-retry", { attempt }),
    );
    if (!outcome) return;
    if ("receipt" in outcome) this.#celebrate(outcome.receipt, target);
    else if (outcome.fields) this.#refuse(outcome.fields);
    else this.#regret(outcome, target);
  }

  /** Shows what needs another look. @returns false */
  #refuse(fields: FieldErrors): false {
    if (fields.phone === "phone_unlikely") this.#asked = this.#country + this.#draft.phone;
    this.#accuse(fields);
    emit(this, "lead-form-invalid", { fields });
    this.#focusOn("#summary");
    return false;
  }

  #accuse(fields: FieldErrors): void {
    this.#errors = this.#found = fields;
    this.requestUpdate();
  }

  #regret(failure: Failure, target: string): void {
    const { code, status } = failure;
    emit(this, "lead-form-error", { code, status, retryable: isRetryable(failure) });
    if (code === "network" && navigator.onLine)
      console.warn(`[lead-form] Is ${location.origin} an origin of "${target}"?`);
    this.#leadTo("#failure");
  }

  #celebrate(receipt: string, target: string): void {
    this.#internals.setFormValue(null, null);
    this.#leadTo("#success");
    const go = emit(this, "lead-form-success", { receipt, target });
    const url = readUrl(this.successUrl);
    if (!go || !url || (url.protocol === "http:" && url.origin !== location.origin)) return;
    // Two frames, so that the thanks are seen where the next page is slow.
    requestAnimationFrame(() => requestAnimationFrame(() => location.assign(url)));
  }

  /** Where the answer is told; but whoever has gone on to another part of the page is left there. */
  #leadTo(selector: string): void {
    if (document.activeElement === document.body || this.matches(":focus-within"))
      this.#focusOn(selector);
  }

  #focusOn(selector: string, options?: FocusOptions): void {
    void this.updateComplete.then(() => this.find<HTMLElement>(selector)?.focus(options));
  }
}
