/**
 * Owns how a test visits a host page: in a frame of the test's own page, as a visitor would use it. Must
 * not reach into the form but by its public interface and its controls.
 */
import "../widget/order.ts";
import type { LeadForm } from "../../widget/element/lead-form.ts";

export const assert: (value: unknown, message: string) => asserts value = (value, message) => {
  if (!value) throw new Error(message);
};

export const equal = (actual: unknown, expected: unknown, message = "not equal"): void => {
  const [a, b] = [JSON.stringify(actual), JSON.stringify(expected)];
  assert(a === b, `${message}: ${a} instead of ${b}`);
};

/** Resolves once there is something; the runner's own time-out is the limit. */
export const until = async <Found>(
  look: () => Found | false | Promise<Found | false>,
): Promise<NonNullable<Found>> => {
  for (;;) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
};

export interface Host {
  window: Window & typeof globalThis;
  document: Document;
  /** The form that a selector finds, once it works. */
  form: (selector?: string) => Promise<LeadForm>;
  /** Errors that reached the page, those of the script too. */
  errors: string[];
}

const frames: HTMLIFrameElement[] = [];

afterEach(() => {
  for (const frame of frames.splice(0)) frame.remove();
});

const works = (form: LeadForm | null): LeadForm | false =>
  form?.status === "idle" && Boolean(form.shadowRoot?.querySelector("form")) && form;

/** Opens a page of `demo/hosts/`, or of another folder beside it. @param page its name, and a query */
export const visit = async (page: string, folder = "hosts"): Promise<Host> => {
  const [name, query = ""] = page.split("?");
  const frame = document.createElement("iframe");
  frame.width = "800";
  frame.height = "900";
  frame.src = `/${folder}/${name}.html?${query}`;
  frames.push(frame);
  const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  document.body.append(frame);
  const errors: string[] = [];
  await loaded;
  const window = frame.contentWindow as Host["window"];
  window.addEventListener("error", ({ message }) => errors.push(message));
  window.addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason)));
  return {
    window,
    document: window.document,
    errors,
    form: (selector = "lead-form") =>
      until(() => works(window.document.querySelector<LeadForm>(selector))),
  };
};

export const controlOf = (form: LeadForm, name: string): HTMLInputElement => {
  const control = form.shadowRoot?.querySelector<HTMLInputElement>(`[name=${name}]`);
  assert(control, `no field ${name}`);
  return control;
};

export const type = (form: LeadForm, values: Readonly<Record<string, string>>): void => {
  for (const [name, value] of Object.entries(values)) {
    const control = controlOf(form, name);
    control.value = value;
    control.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  }
};

export const press = (form: LeadForm): void =>
  form.shadowRoot?.querySelector<HTMLElement>("[part~=submit]")?.click();

/** A mobile number that no other test has. */
const newPhone = (prefix: string, digits: number): string =>
  prefix + String(Math.floor(Math.random() * 10 ** digits)).padStart(digits, "0");

/** What a vendor holds, and by which target it came. */
export interface Received {
  target: string;
  body: Readonly<Record<string, unknown>>;
}

const leads = async (): Promise<Received[]> => (await fetch("/_leads")).json();

/** Sends a lead by this form and waits until the vendor has it. */
export const deliver = async (form: LeadForm): Promise<Received> => {
  const russian = form.target === "brainysoft";
  const phone = russian ? newPhone("+7916", 7) : newPhone("+2010", 8);
  type(form, { name: "Mona Adel", phone });
  press(form);
  await until(() => form.status === "accepted");
  const held = phone.replace(/^\+7/, "7");
  return until(
    async () => (await leads()).find(({ body }) => Object.values(body).includes(held)) ?? false,
  );
};

/** Whether the visitor sees it. */
export const isSeen = (element: Element | null | undefined): boolean =>
  Boolean(element?.checkVisibility());
