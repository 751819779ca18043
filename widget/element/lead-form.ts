/** Owns the public element: attributes, properties, methods, life cycle. Must not hold a rule, a text or a style. */
import type { Receipt } from "../../proxy/shared/contract.ts";
import type { Texts } from "../../proxy/shared/messages/en.ts";
import type { FormValues } from "../fields/controls.ts";
import { toPageNames } from "../fields/fields.ts";
import { readLanguage } from "../i18n/language.ts";
import { addLocale } from "../i18n/localize.ts";
import { essentials } from "../lazy/essentials.ts";
import { extras } from "../lazy/extras.ts";
import { parts } from "../lazy/lazy-part.ts";
import { ownFields } from "../lazy/own-fields.ts";
import type { LeadFormStatus } from "../sending/submission.ts";
import { OBSERVED_ATTRIBUTES } from "./attributes.ts";
import { BaseElement, type Root } from "./base-element.ts";
import { VERSION } from "../lazy/build-info.ts";
import { emit } from "./events.ts";
import { ASKS_EXTRAS, loadParts } from "./load-parts.ts";
import { sheet } from "./styles.ts";
import { elementView } from "./view/view.ts";
import { Visit } from "./visit.ts";

/** Every form on the page, for a change of language. */
const forms = new Set<LeadForm>();

/** A form that hands one lead to one target. Its attributes, events, slots and parts are listed in the README. */
export class LeadForm extends BaseElement {
  static readonly formAssociated = true;
  static readonly observedAttributes = OBSERVED_ATTRIBUTES;
  static readonly version: string = VERSION;

  /** Registers the element, unless the name is taken already. */
  static define(tag = "lead-form"): void {
    if (!customElements.get(tag))
      customElements.define(tag, tag === "lead-form" ? LeadForm : class extends LeadForm {});
  }

  /** Where the parts come from; the baked origin. Only script can set it. */
  static get partsOrigin(): string {
    return parts.origin;
  }
  static set partsOrigin(origin: string) {
    parts.origin = origin.replace(/\/$/, "");
  }

  /** Adds a language, or texts to one, for every form of the page. */
  static addLocale(lang: string, messages: Texts): void {
    addLocale(lang, messages);
    for (const form of forms) form.attributeChangedCallback(lang);
  }

  readonly #internals = this.attachInternals();
  readonly #visit = new Visit(this, this.#internals);
  #ready = false;

  /** Where the form stands. */
  get status(): LeadFormStatus {
    return this.#visit.submission.state.status;
  }

  /** The last lead's id, and whether the vendor has it (`created`) or is going to get it (`accepted`). */
  get receipt(): { id: string; status: Receipt["status"] } | null {
    const { state } = this.#visit.submission;
    if (state.status !== "accepted") return null;
    const { receipt: id, status } = state.receipt;
    return { id, status };
  }

  /** Texts of this form, before any other. */
  get messages(): Texts {
    return this.#visit.messages;
  }
  set messages(messages: Texts) {
    this.#visit.messages = { ...messages };
    this.requestUpdate();
  }

  /** What was typed, as it was typed. Setting it fills in the fields that are named. */
  get values(): FormValues {
    const { draft } = this.#visit;
    draft.capture();
    return toPageNames(draft.values);
  }
  set values(values: FormValues) {
    this.#visit.fill(values);
  }

  /** @param name none where the language or the direction around the form may have changed: mostly it has not */
  attributeChangedCallback(name?: string): void {
    const { language } = this.#visit;
    if (name || JSON.stringify(readLanguage(this)) !== JSON.stringify(language))
      this.requestUpdate();
  }

  connectedCallback(): void {
    this.adopt();
    // Of a printed form too.
    this.shadowRoot!.addEventListener("submit", this.#visit.on.submit);
    this.shadowRoot!.addEventListener("focusin", this.#visit.on.enter);
    forms.add(this);
    this.requestUpdate();
    // What the page asks for is loaded at once, the rest when there is time. Neither before `partsOrigin` is set.
    const isUrgent = this.matches(`[attribution=session],${ASKS_EXTRAS}`);
    const later = (!isUrgent && globalThis.requestIdleCallback) || setTimeout;
    // A form that was removed meanwhile loads nothing.
    later(() => this.isConnected && loadParts(this, isUrgent));
  }

  disconnectedCallback(): void {
    forms.delete(this);
    // A move is a removal too: only a form that stays away stops waiting.
    queueMicrotask(() => this.isConnected || this.#visit.submission.cancel());
  }

  /** A form around this one is reset. */
  formResetCallback(): void {
    this.reset();
  }

  /** Disabled by its attribute or by a fieldset around it. */
  formDisabledCallback(): void {
    this.requestUpdate();
  }

  /** Back and Forward: the browser hands back what it was given, and no storage was touched. */
  formStateRestoreCallback(state: unknown): void {
    if (typeof state === "string") this.values = JSON.parse(state) as FormValues;
  }

  /** Checks and sends, as if the visitor had pressed the button. */
  requestSubmit(): void {
    this.flush();
    void this.#visit.submit();
  }

  /** Empties the form and forgets its submission. */
  reset(): void {
    this.#visit.reset();
  }

  /** Whether what is typed makes a lead. Shows nothing. */
  checkValidity(): boolean {
    this.flush();
    return Object.keys(this.#visit.check()).length === 0;
  }

  /** The same, and shows the mistakes. */
  reportValidity(): boolean {
    this.flush();
    const errors = this.#visit.check();
    const valid = Object.keys(errors).length === 0;
    if (!valid) this.#visit.showErrors(errors);
    return valid;
  }

  /** To the first field. `delegatesFocus` would answer a tap on any text of the form with the keyboard. */
  override focus(options?: FocusOptions): void {
    // Before it returns: iOS opens the keyboard only while a tap is handled.
    this.flush();
    this.shadowRoot!.querySelector<HTMLElement>("[id^=f-]")?.focus(options);
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
    // Prototype.js has a `reduce` of its own.
    return [sheet(), ...[essentials, extras, ownFields].flatMap(({ part }) => part?.sheet ?? [])];
  }

  protected template(): unknown {
    this.#visit.draft.capture();
    this.#visit.language = readLanguage(this);
    return elementView(this.#visit);
  }

  /** Without the part that keeps its controls, or once it is to be sent, a printed form gives way. */
  protected begin(
    root: Root,
    draw: (place: DocumentFragment) => object,
  ): Iterable<ChildNode> | undefined {
    const visit = this.#visit;
    // The parser may be in the middle of it.
    const isPrinted = root.firstElementChild?.localName !== "slot";
    if (isPrinted && essentials.part?.takeOver(this, root, draw, ownFields.part)) return [];
    if (isPrinted && !essentials.failed && !visit.pressed) return undefined;
    const place = isPrinted ? root : (this.closest("div[data-lead-form]") ?? this);
    visit.takeOver(place.querySelector("form"));
    return [...root.childNodes];
  }

  protected drawn(): void {
    this.#markStatus();
    this.#visit.attend(forms);
    if (this.#ready || !this.target) return;
    this.#ready = true;
    emit(this, "lead-form-ready", null);
  }

  #markStatus(): void {
    this.setAttribute("status", this.status);
    try {
      const { states } = this.#internals;
      states.clear();
      states.add(this.status);
    } catch {
      // Chromium 90 to 124 takes only names that begin with two dashes; older engines have no states.
    }
  }
}
