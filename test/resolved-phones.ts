/**
 * Owns the table of typed numbers and the countries that could read them. Must not use a library, since
 * it holds the proxy and the widget to the same rows.
 */
export interface ResolvedCase {
  typed: string;
  chosen?: string;
  home?: string;
  guess?: string;
  offered?: readonly string[];
  /** The country by which the number is read. */
  by: string;
  /** Undefined: it is no number by any of them. */
  e164: string | undefined;
  /** The proxy asks for this reading, since the form has shown another one, or none. */
  suggested?: true;
  /** No country is known: the widget lets the shape pass, and the proxy decides. */
  proxyOnly?: true;
}

const EG = { typed: "01012345678", e164: "+201012345678" };
const RU = { typed: "9161234567", e164: "+79161234567" };
const SA = { typed: "0512345678", e164: "+966512345678" };

export const RESOLVED_PHONES: readonly ResolvedCase[] = [
  // What was chosen is never overruled.
  { ...EG, chosen: "EG", home: "RU", guess: "KZ", by: "EG" },
  { ...EG, chosen: "RU", home: "EG", guess: "EG", by: "RU", e164: undefined },
  // One country alone.
  { ...EG, home: "EG", by: "EG" },
  { ...EG, guess: "EG", by: "EG" },
  { ...EG, by: "", e164: undefined, proxyOnly: true },
  // The target's own country beats the guess where the number is valid there.
  { ...EG, home: "EG", guess: "EG", by: "EG" },
  { ...EG, home: "EG", guess: "RU", by: "EG", suggested: true },
  { ...RU, home: "RU", guess: "SA", by: "RU", suggested: true },
  { ...SA, home: "SA", guess: "AE", by: "SA", suggested: true },
  // Russia and Kazakhstan read each other's numbers alike: the same number needs no question.
  { ...RU, home: "RU", guess: "KZ", by: "RU" },
  { typed: "8 701 234 56 78", home: "RU", guess: "KZ", by: "RU", e164: "+77012345678" },
  // Valid in the guessed country only: a visitor from elsewhere.
  { ...EG, home: "RU", guess: "EG", by: "EG" },
  { ...SA, home: "EG", guess: "SA", by: "SA" },
  // What the form offers comes last.
  { ...SA, home: "EG", guess: "RU", offered: ["EG", "SA"], by: "SA" },
  { ...SA, offered: ["EG", "SA"], by: "SA" },
  // A number that names its country needs none.
  { typed: "+201012345678", home: "RU", guess: "SA", by: "RU", e164: EG.e164 },
  { typed: "0020 101 234 5678", home: "RU", guess: "KZ", by: "RU", e164: EG.e164 },
  { typed: "+7 916 123-45-67", by: "", e164: RU.e164 },
  // Valid nowhere, possible somewhere: the first that can read it.
  { typed: "0101234567", home: "EG", guess: "QA", by: "EG", e164: "+20101234567", suggested: true },
  { typed: "0101234567", home: "QA", guess: "EG", by: "EG", e164: "+20101234567" },
  { typed: "12", home: "EG", guess: "RU", by: "EG", e164: undefined },
];
