/** Owns reading and writing of native controls. Must not write a value that a control holds already. */
import { FIELD_KINDS } from "./fields.ts";

export type Control = HTMLInputElement | HTMLSelectElement;

/** What a visitor can type or choose. Consent is given by the visitor alone, so it is not among it. */
export type FormValues = Partial<
  Record<"name" | "phone" | "country" | "email" | "project", string>
>;

/** Those with a name: the button has none. */
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

const isField = (name: string) => Object.hasOwn(FIELD_KINDS, name);

/** What was typed into the fields of a form, ours or a plain one: no country, no consent, no honeypot. */
export const readTyped = (form: HTMLFormElement | null): FormValues =>
  Object.fromEntries(
    controlsOf(form)
      .filter(({ name }) => isField(name))
      .map(({ name, value }) => [name, value]),
  );

/**
 * Gives each control its value, after a drawing or when the page sets values. A list of fields is drawn by
 * position: an input that was another field until now is emptied.
 */
export const writeControls = (form: HTMLFormElement | null, values: FormValues): void => {
  for (const control of controlsOf(form)) {
    const { name } = control;
    const value = values[name as keyof FormValues] ?? (isField(name) ? "" : undefined);
    if (value === undefined || control.value === value) continue;
    control.value = value;
    // The list of countries is built when it is opened; until then there is only the chosen one.
    if (value && !control.value) control.append(new Option(value, value, true, true));
  }
};
