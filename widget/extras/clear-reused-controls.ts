/** Owns that no value stays in an input that became another field: a list of fields is drawn by position. */
import type { Control, FormValues } from "../fields/controls.ts";
import type { OptionsElement } from "../element/attributes.ts";

/** A form with what was typed into it. */
export type Drafted = OptionsElement & { readonly values: FormValues };

const names = new WeakMap<Control, string>();

/** After a drawing. What was typed stands in the draft by now, and in the field that it belongs to. */
export const clearReused = (form: Drafted): void => {
  for (const control of form.shadowRoot!.querySelectorAll<Control>("form [name]")) {
    const { name } = control;
    const was = names.get(control);
    if (was && was !== name && !form.values[name as keyof FormValues]) control.value = "";
    names.set(control, name);
  }
};
