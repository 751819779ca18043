/** Owns reading and writing of native controls. Must not write a value that a control holds already. */
import { OWN_PREFIX } from "../../proxy/shared/contract.ts";
import { isInput } from "./fields.ts";

export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** What a visitor can type or choose. Consent is given by the visitor alone, so it is not among it. */
export interface FormValues extends Partial<
  Record<"name" | "phone" | "country" | "email" | "project", string>
> {
  /** A field of the target's own. */
  [own: string]: string | undefined;
}

/** Those with a name: the button has none. */
const controlsOf = (form: HTMLFormElement | null): Control[] =>
  ([...(form?.elements ?? [])] as Control[]).filter(({ name }) => name);

/** Of radios, those that are ticked; of a box "1" or "". */
const entriesOf = (form: HTMLFormElement | null): [name: string, value: string][] =>
  controlsOf(form).flatMap((control) => {
    const { name, type, value } = control;
    const { checked } = control as HTMLInputElement;
    if (type === "checkbox") return [[name, checked ? "1" : ""]];
    return type === "radio" && !checked ? [] : [[name, value]];
  });

/** Every value by its name; an unticked box has none. */
export const readControls = (form: HTMLFormElement | null): Record<string, string> =>
  Object.fromEntries(entriesOf(form));

const isField = (name: string) => isInput(name) || name.startsWith(OWN_PREFIX);

/** What was typed into the fields of a form, ours or a plain one: no country, no consent, no honeypot. */
export const readTyped = (form: HTMLFormElement | null): FormValues =>
  Object.fromEntries(entriesOf(form).filter(([name]) => isField(name)));

/**
 * Gives each control its value, after a drawing or when the page sets values. A list of fields is drawn by
 * position: an input that was another field until now is emptied.
 */
export const writeControls = (form: HTMLFormElement | null, values: FormValues): void => {
  for (const control of controlsOf(form)) {
    const { name, type } = control;
    const value = values[name] ?? (isField(name) ? "" : undefined);
    if (value === undefined || type === "hidden") continue;
    const tick = control as HTMLInputElement;
    if (type === "radio") tick.checked = value === control.value;
    else if (type === "checkbox") tick.checked = !/^(0|false)?$/.test(value);
    else if (control.value !== value) {
      control.value = value;
      // The list of countries is built when it is opened; until then there is only the chosen one.
      if (value && !control.value && !name.startsWith(OWN_PREFIX))
        control.append(new Option(value, value, true, true));
    }
  }
};
