/** Owns the list of QA's catalogs, one for each language. Must not hold a text. */
import type { Language } from "../../../proxy/shared/contract.ts";
import { steps as arabicSteps } from "./steps-ar.ts";
import { steps as englishSteps } from "./steps-en.ts";
import type { Steps } from "./steps-en.ts";
import { steps as russianSteps } from "./steps-ru.ts";
import * as ar from "./words-ar.ts";
import * as en from "./words-en.ts";
import type { Buttons, Chapters, Ui } from "./words-en.ts";
import * as ru from "./words-ru.ts";

export interface Texts {
  ui: Ui;
  buttons: Buttons;
  chapters: Chapters;
  steps: Steps;
}

export const TEXTS: Readonly<Record<Language, Texts>> = {
  en: { ui: en.ui, buttons: en.buttons, chapters: en.chapters, steps: englishSteps },
  ar: { ui: ar.ui, buttons: ar.buttons, chapters: ar.chapters, steps: arabicSteps },
  ru: { ui: ru.ui, buttons: ru.buttons, chapters: ru.chapters, steps: russianSteps },
};

/** Fills in `{name}`. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
