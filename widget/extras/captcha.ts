/**
 * Owns the token of a Turnstile in the slot `captcha`. Must not load its script: that is the page's own choice.
 */
import { CAPTCHA_FIELD } from "../../proxy/shared/contract.ts";

/** Milliseconds between two looks, and looks at most: the check of a visitor takes a second or two. */
const LOOK = 100;
const LOOKS = 50;

const pause = () => new Promise((resolve) => setTimeout(resolve, LOOK));

type WithTurnstile = typeof globalThis & { turnstile?: { reset(box: Element | null): void } };

/** A token is good once; an attempt with other content needs another. */
let spent = "";

/** The token as the wire's field, waited for where the page's Turnstile is at work on it. */
export const readCaptcha = async (form: Element): Promise<Record<string, string>> => {
  const read = () =>
    form.querySelector<HTMLInputElement>(`[slot=captcha] [name=${CAPTCHA_FIELD}]`)?.value;
  if (spent && read() === spent)
    (globalThis as WithTurnstile).turnstile?.reset(form.querySelector(".cf-turnstile"));
  for (let look = 0; look < LOOKS && ["", spent].includes(read()!); look++) await pause();
  return { [CAPTCHA_FIELD]: (spent = read() ?? "") };
};
