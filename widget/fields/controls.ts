/** Owns the way between native controls and plain values. Writes to a control only what it has lost. */
import { FIELD_KINDS } from "./fields.ts";

export type Control = HTMLInputElement | HTMLSelectElement;

/** What a visitor can type or choose. Consent is given by the visitor alone, so it is not among it. */
export type FormValues = Partial<
  Record<"name" | "phone" | "country" | "email" | "project", string>
>;

/** What has a name: the button has none. */
const controlsOf = (form: HTMLFormElement | null): Control[] =>
  ([...(form?.elements ?? [])] as Control[]).filter(({ name }) => name);

/** Every value by its name; an unticked box has none. */
export const readControls = (form: HTMLFormElement | null): Record<string, string> =>
  Object.fromEntries(
    controlsOf(form).map((control) => [
      control.name,
      control.type !== "checkbox"
        ? control.value
        : (control as HTMLInputElement).checked
          ? "1"
          : "",
    ]),
  );

/** What was typed into the fields of a form, ours or a plain one: no choice of country, no consent, no trap. */
export const readTyped = (form: HTMLFormElement | null): FormValues =>
  Object.fromEntries(
    controlsOf(form)
      .filter(({ name }) => Object.hasOwn(FIELD_KINDS, name))
      .map(({ name, value }) => [name, value]),
  );

/** Gives each control its own value back, after the fields were drawn anew or set by the page. */
export const writeControls = (form: HTMLFormElement | null, values: FormValues): void => {
  for (const control of controlsOf(form)) {
    const value = values[control.name as keyof FormValues];
    if (value === undefined || control.value === value) continue;
    control.value = value;
    // The list of countries is built when it is opened; until then there is only the chosen one.
    if (value && !control.value) control.append(new Option(value, value, true, true));
  }
};
