/**
 * Owns the element: attributes in, events out, and one status between them. Holds no rule about a
 * lead, no text, no look; those are beside it.
 */
import { html, LitElement, type PropertyValues } from "lit";
import {
  type FieldErrors,
  type FieldName,
  HONEYPOT_FIELD,
  type Receipt,
} from "../proxy/contract.ts";
import { keepCampaign, readAttribution } from "./attribution.ts";
import { ENDPOINT, VERSION } from "./build-info.ts";
import { type Control, type FormValues, readControls, writeControls } from "./controls.ts";
import { Courier, type LeadFormStatus } from "./courier.ts";
import { type DataLayerEntry, pushToDataLayer } from "./data-layer.ts";
import { emit } from "./events.ts";
import { orderFields, readList, readTokens } from "./fields.ts";
import { followLanguage, type Language, readLanguage, refreshLanguages } from "./language.ts";
import { styles } from "./lead-form.styles.ts";
import {
  addLocale,
  fill,
  findText,
  formatSeconds,
  type MessageKey,
  type Texts,
} from "./messages.ts";
import { PhoneField } from "./phone-field.ts";
import { type Failure, isRetryable } from "./send.ts";
import { themes } from "./themes.ts";
import { linkTo, visitable } from "./urls.ts";
import { checkField, type Rules, validate } from "./validate.ts";
import { formTemplate, frameTemplate } from "./view-form.ts";
import { successTemplate } from "./view-panels.ts";

const STATES = ["sending", "accepted", "error", "offline"] as const;

/** Set properties reflect, defaults do not: the page's markup stays as its author wrote it. */
const TEXT = { reflect: true, useDefault: true } as const;
const FLAG = { ...TEXT, type: Boolean } as const;
const named = (attribute: string) => ({ ...TEXT, attribute });

/** A lead form. See the README for its attributes, events, slots and parts. */
export class LeadForm extends LitElement {
  static override styles = [styles, themes];
  static formAssociated = true;
  static readonly version = VERSION;

  // `static properties` instead of decorators saves 0.5 kB of the script (30 properties, brotli).
  static override properties = {
    target: TEXT,
    endpoint: TEXT,
    fallbackEndpoint: named("fallback-endpoint"),
    project: TEXT,
    projects: TEXT,
    fields: TEXT,
    required: TEXT,
    country: TEXT,
    countries: TEXT,
    withoutCountrySelect: { ...FLAG, attribute: "without-country-select" },
    lang: TEXT,
    dir: TEXT,
    heading: TEXT,
    submitLabel: named("submit-label"),
    successMessage: named("success-message"),
    successUrl: named("success-url"),
    privacyUrl: named("privacy-url"),
    consent: TEXT,
    consentVersion: named("consent-version"),
    contactPhone: named("contact-phone"),
    presentation: TEXT,
    open: FLAG,
    theme: TEXT,
    scheme: TEXT,
    attribution: TEXT,
    dataLayer: named("data-layer"),
    disabled: FLAG,
    messages: { attribute: false },
  };

  /** Registers the element, unless the name is taken already. */
  static define(tag = "lead-form"): void {
    if (!customElements.get(tag))
      customElements.define(tag, tag === "lead-form" ? LeadForm : class extends LeadForm {});
  }

  /** Adds a language, or texts for one, to every form of the page. */
  static addLocale(lang: string, messages: Texts): void {
    addLocale(lang, messages);
    refreshLanguages();
  }

  /** Key of the configured target that receives the lead. */
  target = "";
  /** Origin of the proxy. */
  endpoint = ENDPOINT;
  /** Tried once when the endpoint cannot be reached. */
  fallbackEndpoint = "";
  /** Sent as the project, not shown. */
  project = "";
  /** Comma list of projects to choose from. */
  projects = "";
  /** Which fields, in which order. */
  fields = "name phone email";
  /** Which of them must be filled. */
  required = "name phone";
  /** ISO 3166 code by which a national number is read. */
  country = "";
  /** List of ISO codes that restricts the country select. */
  countries = "";
  withoutCountrySelect = false;
  override lang = "";
  override dir = "";
  heading = "";
  submitLabel = "";
  successMessage = "";
  /** Where to go after success: https, or this origin. */
  successUrl = "";
  privacyUrl = "";
  /** `none`, `notice` or `checkbox`. */
  consent = "none";
  /** Stored with the lead. */
  consentVersion = "";
  /** Shown where the form cannot send. */
  contactPhone = "";
  /** `inline` or `dialog`. */
  presentation = "inline";
  open = false;
  /** `estate`, `fintech`, `ink`, or none. */
  theme = "";
  /** `auto` follows the page's color-scheme; or `light`, `dark`. */
  scheme = "auto";
  /** `off`, `page` or `session`. */
  attribution = "page";
  /** Name of a global array that events are pushed to. */
  dataLayer = "";
  disabled = false;
  /** Texts of this form, before any other. */
  messages: Texts = {};

  readonly #internals = this.attachInternals();
  readonly #courier = new Courier(() => this.requestUpdate());
  readonly #phone = new PhoneField(
    () => ({
      endpoint: this.#endpoints[0],
      country: this.country,
      countries: this.countries,
      withoutCountrySelect: this.withoutCountrySelect,
      tag: this.#language.tag,
      phone: this.#draft.phone ?? "",
      chosen: this.#draft.country ?? "",
    }),
    () => this.requestUpdate(),
  );
  #language: Language = { locale: "en", tag: "en", dir: "ltr" };
  /** What was typed. The controls own their values; this brings them back when they are drawn anew. */
  #draft: FormValues = {};
  /** What is wrong now, and what was found at the last submit. */
  #errors: FieldErrors = {};
  #found: FieldErrors = {};
  #ready = false;
  #started = false;
  #fieldsetDisabled = false;
  #unfollow: (() => void) | undefined;

  /** Where the form stands. */
  get status(): LeadFormStatus {
    return this.#courier.status;
  }

  /** The last lead's id, and whether the vendor has it (`created`) or is going to get it (`accepted`). */
  get receipt(): { id: string; status: Receipt["status"] } | null {
    const receipt = this.#courier.receipt;
    return receipt ? { id: receipt.receipt, status: receipt.status } : null;
  }

  /** What was typed, as it was typed. Setting it fills in the fields that are named. */
  get values(): FormValues {
    return { ...this.#draft };
  }
  set values(values: FormValues) {
    this.#draft = { ...this.#draft, ...values };
    this.#restore();
    this.requestUpdate();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const follow = () => {
      this.#language = readLanguage(this);
      this.requestUpdate();
    };
    follow();
    this.#unfollow = followLanguage(this, follow);
    if (this.attribution === "session") keepCampaign();
    // Where this is missing (WebKit), the first focus loads the rules.
    if (typeof requestIdleCallback === "function") requestIdleCallback(this.#loadRules);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#unfollow?.();
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
    this.#phone.forget();
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

  /**
   * To the first field. Not by `delegatesFocus`, which would answer a tap on any text of the form with
   * the keyboard.
   */
  override focus(options?: FocusOptions): void {
    this.#focusOn("[id^=f-]", options);
  }

  /** Opens the dialog, where `presentation` is `dialog`. */
  show(): void {
    this.open = true;
  }

  hide(): void {
    this.open = false;
  }

  protected override firstUpdated(): void {
    if (!this.target)
      console.error("[lead-form] A target is missing, so nothing can be sent.", this);
  }

  protected override updated(changed: PropertyValues): void {
    const { status } = this.#courier;
    this.setAttribute("status", status);
    for (const state of STATES) this.#internals.states[state === status ? "add" : "delete"](state);
    this.#restore();
    this.#syncDialog(changed);
    if (!this.target || this.#ready) return;
    this.#ready = true;
    emit(this, "lead-form-ready", null);
  }

  protected override render(): unknown {
    if (!this.target) return html`<slot></slot>`;
    const { tag, dir } = this.#language;
    return frameTemplate(
      {
        text: this.#text,
        lang: tag,
        dir,
        dialog: this.#isDialog,
        close: () => this.hide(),
        closed: this.#closed,
      },
      this.status === "accepted" ? this.#renderSuccess() : this.#renderForm(),
    );
  }

  #renderSuccess() {
    const { name = "", phone = "" } = this.#draft;
    return successTemplate({
      text: this.#text,
      name,
      phone: this.#phone.understood || phone,
      another: this.#another,
    });
  }

  #renderForm() {
    const { status, failure, busy, slow, wait } = this.#courier;
    return formTemplate({
      text: this.#text,
      status,
      failure,
      busy,
      slow,
      wait: wait ? formatSeconds(this.#language.tag, wait) : "",
      fields: orderFields(this.fields, this.projects),
      required: readTokens(this.required),
      projects: readList(this.projects),
      errors: this.#errors,
      found: this.#found,
      disabled: this.#isDisabled,
      country: this.#phone.face,
      understood: this.#phone.understood,
      phone: this.#phone.readable,
      consent: this.consent,
      privacyUrl: linkTo(this.privacyUrl),
      contactPhone: this.contactPhone,
      submit: this.#onSubmit,
      input: this.#onInput,
      enter: this.#loadRules,
      leave: this.#onLeave,
      cancel: () => this.#courier.cancel(),
      goTo: this.#goTo,
      openCountries: (event) => this.#phone.open(event.target as HTMLSelectElement),
    });
  }

  readonly #text = (key: MessageKey, values?: Record<string, string>): string => {
    const attributes: Partial<Record<MessageKey, string>> = {
      heading: this.heading,
      submit: this.submitLabel,
      success: this.successMessage,
    };
    const { locale } = this.#language;
    return fill(findText(locale, key, this.messages[key], attributes[key]), values);
  };

  get #form(): HTMLFormElement | null {
    return this.renderRoot.querySelector("form");
  }

  get #isDialog(): boolean {
    return this.presentation === "dialog";
  }

  get #isDisabled(): boolean {
    return this.disabled || this.#fieldsetDisabled;
  }

  get #rules(): Rules {
    const consent = this.consent === "checkbox" ? (["consent"] as const) : [];
    return {
      fields: [...orderFields(this.fields, this.projects), ...consent],
      required: readTokens(this.required),
      readPhone: this.#phone.read,
    };
  }

  readonly #loadRules = (): void => this.#phone.load();

  /** The controls are the truth: an autofill may have told nobody. */
  #read(): Record<string, string> {
    const { country: _, lf_hp: __, consent: ___, ...typed } = readControls(this.#form);
    this.#draft = { ...this.#draft, ...typed };
    return readControls(this.#form);
  }

  #restore(): void {
    writeControls(this.#form, this.#draft);
    this.#phone.sync(this.renderRoot.querySelector("select[name=country]"));
  }

  readonly #onInput = (event: Event): void => {
    const control = event.target as Control;
    const { name, value } = control;
    if (name === HONEYPOT_FIELD) return;
    if (name !== "consent") {
      this.#draft = { ...this.#draft, [name]: value };
      this.#internals.setFormValue(null, JSON.stringify(this.#draft));
    }
    if (!this.#started) {
      this.#started = true;
      this.#courier.prepare(this.#target);
      emit(this, "lead-form-start", null);
      this.#tell("lead_form_start");
    }
    // What is wrong is looked at again with every key, so that the message goes the moment it is right.
    const field = name === "country" ? "phone" : (name as FieldName);
    if (this.#errors[field]) this.#judge(field);
    this.requestUpdate();
  };

  /** Leaving a field tells only of what no further typing elsewhere can mend. */
  readonly #onLeave = (event: FocusEvent): void => {
    const { name, value } = event.target as Control;
    if ((name === "phone" || name === "email") && value.trim()) this.#judge(name);
  };

  #judge(field: FieldName): void {
    const { [field]: _, ...others } = this.#errors;
    const code = checkField(field, this.#read()[field] ?? "", this.#rules);
    // Whether a number is right is asked once, at the submit.
    this.#errors = code && code !== "phone_unlikely" ? { ...others, [field]: code } : others;
    this.requestUpdate();
  }

  readonly #onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void this.#submit();
  };

  /** Check, ask the page, send, tell. Enter and a double click end in the first line. */
  async #submit(): Promise<void> {
    if (this.#courier.busy || this.#courier.wait || this.#isDisabled || !this.target) return;
    const values = this.#read();
    const errors = validate(values, this.#rules);
    const confirmed = errors.phone === "phone_unlikely" && this.#phone.confirmed;
    if (confirmed) delete errors.phone;
    if (Object.keys(errors).length > 0) return void this.#refuse(errors);
    this.#accuse({});
    const target = this.#target;
    if (!emit(this, "lead-form-submit", { target })) return;
    this.#tell("lead_form_submit");
    const { locale } = this.#language;
    const { name, phone, email, project, consent, [HONEYPOT_FIELD]: trap } = values;
    const outcome = await this.#courier.deliver(
      this.#endpoints,
      {
        target,
        name,
        phone,
        country: phone && this.#phone.country,
        phone_confirmed: this.#phone.confirmed ? "1" : "",
        email,
        project: project || this.project,
        lang: locale,
        consent,
        consent_version: this.consent === "none" ? "" : this.consentVersion,
        [HONEYPOT_FIELD]: trap,
      },
      { ...readAttribution(this.attribution) },
      (status, attempt) => {
        if (status === "retrying") emit(this, "lead-form-retry", { attempt });
      },
    );
    if (!outcome) return;
    if ("receipt" in outcome) this.#celebrate(outcome.receipt, target);
    else if (outcome.fields) this.#refuse(outcome.fields);
    else this.#regret(outcome, target);
  }

  /** Shows what needs another look. @returns false */
  #refuse(fields: FieldErrors): false {
    if (fields.phone === "phone_unlikely") this.#phone.ask();
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
    this.#tell("lead_form_error", { code });
    if (code === "network" && navigator.onLine)
      console.warn(
        `[lead-form] No answer could be read. Is ${location.origin} on the list of origins of "${target}"?`,
      );
    this.#focusOn("#failure");
  }

  #celebrate(receipt: string, target: string): void {
    this.#internals.setFormValue(null, null);
    this.#tell("generate_lead", { receipt });
    this.#focusOn("#success");
    const stay = !emit(this, "lead-form-success", { receipt, target });
    const url = visitable(this.successUrl);
    // Two frames, so that the thanks are seen where the next page is slow.
    if (url && !stay)
      requestAnimationFrame(() => requestAnimationFrame(() => location.assign(url)));
  }

  readonly #another = (): void => {
    this.reset();
    this.focus();
  };

  readonly #goTo = (event: Event): void => {
    // A fragment would wake the router of a single-page application.
    event.preventDefault();
    this.#focusOn((event.target as HTMLAnchorElement).hash);
  };

  /** Once it is drawn, and only if the visitor has not gone to another part of the page. */
  #focusOn(selector: string, options?: FocusOptions): void {
    void this.updateComplete.then(() =>
      this.renderRoot.querySelector<HTMLElement>(selector)?.focus(options),
    );
  }

  /** For the page's tag manager, which no event in a shadow tree reaches by itself. */
  #tell(event: DataLayerEntry["event"], more?: Partial<DataLayerEntry>): void {
    pushToDataLayer(this.dataLayer, { event, target: this.#target, ...more });
  }

  /** Word processors turn the quotes of pasted markup into part of the value. */
  get #target(): string {
    return this.target.replace(/[\u00AB\u00BB\u2018-\u201F"']/g, "").trim();
  }

  get #endpoints(): [string, string?] {
    const origin = (address: string) => address.replace(/\/+$/, "");
    const main = origin(this.endpoint || ENDPOINT);
    return this.fallbackEndpoint ? [main, origin(this.fallbackEndpoint)] : [main];
  }

  #syncDialog(changed: PropertyValues): void {
    const dialog = this.renderRoot.querySelector("dialog");
    if (!dialog || dialog.open === this.open) return;
    if (!this.open) return dialog.close();
    dialog.showModal();
    if (changed.has("open")) emit(this, "lead-form-show", null);
  }

  readonly #closed = (): void => {
    this.open = false;
    emit(this, "lead-form-hide", null);
  };
}
