/** Owns the buttons that copy, and what they say of it. Must not know what is copied. */
import { byId } from "./dom.ts";
import { say, speak } from "./i18n.ts";
import type { TextKey } from "./i18n.ts";

/** Milliseconds for which a button says that it has copied. */
const SHOWN_MS = 1500;

export const announce = (text: string): void => {
  byId("announcer", HTMLElement).textContent = text;
};

const copy = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};

/** Shows the result on the button itself for a moment. */
export const copyFrom = (id: string, text: () => string): void => {
  const button = byId(id, HTMLButtonElement);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each such button has its text from the catalogs
  const label = button.dataset["text"] as TextKey;
  button.addEventListener("click", () => {
    void copy(text()).then((copied) => {
      announce(say(copied ? "copy.told" : "copy.refused"));
      speak(button, copied ? "copy.done" : "copy.failed");
      setTimeout(() => speak(button, label), SHOWN_MS);
    });
  });
};
