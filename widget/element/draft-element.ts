/**
 * Owns what was typed as the browser and the page know it: the values, the draft that Back brings back,
 * the states a style sheet can ask for. Knows nothing of sending.
 */
import {
  type Control,
  type FormValues,
  readControls,
  readTyped,
  writeControls,
} from "../fields/controls.ts";
import { OptionsElement } from "./attributes.ts";

export abstract class DraftElement extends OptionsElement {
  static readonly formAssociated = true;

  readonly #internals = this.attachInternals();
  /** The controls own their values; this brings them back when they are drawn anew. */
  #draft: FormValues = {};

  /** What was typed, as it was typed. Setting it fills in the fields that are named. */
  get values(): FormValues {
    return { ...this.#draft };
  }
  set values(values: FormValues) {
    writeControls(this.inner, (this.#draft = { ...this.#draft, ...values }));
    // The value is null, so that it takes part in no form around this one; the state is for Back.
    this.#internals.setFormValue(null, JSON.stringify(this.#draft));
    this.requestUpdate();
  }

  abstract reset(): void;

  /** A form around this one is reset. */
  formResetCallback(): void {
    this.reset();
  }

  /** By its attribute or by a fieldset around it. */
  formDisabledCallback(): void {
    this.requestUpdate();
  }

  /** Back and Forward: the browser hands back what it was given, and no storage was touched. */
  formStateRestoreCallback(state: unknown): void {
    if (typeof state === "string") this.values = JSON.parse(state) as FormValues;
  }

  protected get inner(): HTMLFormElement | null {
    return this.find("form");
  }

  /** The controls are the truth: an autofill may have told nobody. */
  protected read(): Record<string, string> {
    this.values = readTyped(this.inner);
    return readControls(this.inner);
  }

  /** The plain form inside may have been typed into before the script came. */
  protected takeOver(plain: HTMLFormElement | null): void {
    this.values = { ...readTyped(plain), ...this.values };
    // `:focus-within` does not match any more: the shadow tree has just come between.
    if (plain?.contains(document.activeElement))
      this.focusOn(`[name=${(document.activeElement as Control).name}]`);
  }

  /** Has the browser forget the draft. */
  protected forget(): void {
    this.#internals.setFormValue(null, null);
  }

  protected empty(): void {
    this.#draft = {};
    this.forget();
    this.inner?.reset();
  }

  protected mark(status: string): void {
    this.setAttribute("status", status);
    this.#internals.states.clear();
    this.#internals.states.add(status);
  }

  protected focusOn(selector: string, options?: FocusOptions): void {
    void this.updateComplete.then(() => this.find<HTMLElement>(selector)?.focus(options));
  }
}
