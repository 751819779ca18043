/**
 * Owns the made-up visitors of QA's list: another number for each set-up, so that no lead is a repeat of an
 * earlier one. Must not use a number that somebody has.
 */
import type { Step } from "./model.ts";

const NAMES: Readonly<Record<string, string>> = {
  en: "Mona Adel",
  ar: "منى عادل",
  ru: "Анна Иванова",
};

/** Seven digits that differ from those of the last minutes. */
const SEVEN_DIGITS = 10_000_000;

export interface Visitor {
  name: string;
  phone: string;
}

/** @param seed a time in milliseconds, or any number that grows */
export const makeVisitor = ({ form }: Step, lang: string, seed: number): Visitor => {
  const tail = String(Math.floor(seed) % SEVEN_DIGITS).padStart(7, "0");
  const name = NAMES[form["lang"] ?? lang] ?? "Mona Adel";
  const phone =
    form["country"] === "RU"
      ? `+7 977 ${tail.slice(0, 3)}-${tail.slice(3, 5)}-${tail.slice(5)}`
      : `+20 100 ${tail.slice(0, 3)} ${tail.slice(3)}`;
  return { name, phone };
};
