/**
 * Owns the typed values, as the page and the browser's Back button know them. Must not overrule a
 * control: an autofill may have filled it without any event.
 */
import { OWN_PREFIX } from "../../proxy/shared/contract.ts";
import { type FormValues, readTyped, writeControls } from "../fields/controls.ts";
import { toWireName } from "../fields/fields.ts";

export class Draft {
  readonly #internals: ElementInternals;
  readonly #form: () => HTMLFormElement | null;
  #values: FormValues = {};
  /** What Back would bring back. */
  #state = "{}";

  /** @param form the form as it is drawn now; null while there is none */
  constructor(internals: ElementInternals, form: () => HTMLFormElement | null) {
    this.#internals = internals;
    this.#form = form;
  }

  get values(): FormValues {
    return { ...this.#values };
  }

  /** Fills in the fields that are named. A page may hand over numbers. */
  fill(values: FormValues): void {
    const texts = Object.entries(values).map(([name, value]) => [
      name === "country" || name.startsWith(OWN_PREFIX) ? name : toWireName(name),
      String(value ?? ""),
    ]);
    this.capture();
    this.keep(Object.fromEntries(texts) as FormValues);
    this.restore();
  }

  /** Reads the controls, before they are drawn anew or sent. A field nobody has touched is no part of it. */
  capture(form = this.#form()): void {
    const typed = Object.entries(readTyped(form));
    this.keep(Object.fromEntries(typed.filter(([name, value]) => value || name in this.#values)));
  }

  /**
   * Gives each control its value back after a drawing. Only a new control, or a select with new options,
   * can have lost it.
   * @param country what the country select shows; a guess is not part of the draft
   */
  restore(country = this.#values.country): void {
    writeControls(this.#form(), { ...this.#values, ...(country && { country }) });
  }

  /** Has the browser forget the values: Back must not bring back what was sent. */
  forget(): void {
    this.#state = "{}";
    this.#internals.setFormValue(null, null);
  }

  empty(): void {
    this.#values = {};
    this.forget();
    this.#form()?.reset();
  }

  /** Under the names of the wire. The value is null, so that it takes part in no form around this one; the state is for Back. */
  keep(values: FormValues): void {
    this.#values = { ...this.#values, ...values };
    const state = JSON.stringify(this.#values);
    if (state !== this.#state) this.#internals.setFormValue(null, (this.#state = state));
  }
}
