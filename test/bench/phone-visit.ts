/**
 * Owns one visit in the benchmark of numbers: what the form shows and sends, what the proxy makes of it,
 * what a visitor who reads answers. Must not send anything.
 */
import { readPhone } from "../read-phone.ts";
import { decidePhone } from "../../proxy/shared/resolve-phone.ts";
import type * as PhoneRules from "../../widget/essentials/phone/index.ts";
import { takeApart } from "../../widget/essentials/phone/spelling/index.ts";
import { metadata } from "../../widget/essentials/phone/world/index.ts";
import type { TypedNumber } from "./phone-numbers.ts";

/** Each its own copy: the plans that have come stay. */
const load = (copy: string): Promise<typeof PhoneRules> =>
  import(`../../widget/essentials/phone/index.ts?${copy}`) as Promise<typeof PhoneRules>;

const small = await load("small");
const whole = await load("whole");
whole.addRules({ metadata });
for (const rules of [small, whole]) rules.addRules({ takeApart });

export interface Circumstances {
  /** ISO code: the target's own country. */
  home: string;
  /** The form has been told the target's country. */
  isHomeKnown: boolean;
  /** By time zone or languages. */
  guess: string | undefined;
}

export interface Visit {
  /** E.164, or undefined where the lead was refused. */
  stored: string | undefined;
  /** The number that the visitor saw last, before it was stored. */
  seen: string | undefined;
  /** Questions that the visitor had to answer. */
  questions: number;
  /** The form showed another number than the visitor's own at first: to be noticed, as it is displayed. */
  misread: boolean;
}

/** Sent with the country that was chosen, in the form or by an answer to a question. */
const sendChosen = (typed: string, country: string, questions: number, misread: boolean): Visit => {
  const shown = whole.readPhone(typed, country);
  const stored = decidePhone(readPhone, typed, { chosen: country }).reading;
  return {
    stored: stored?.e164,
    seen: shown?.formatted ? shown.e164 : undefined,
    questions: questions + (stored?.likely ? 0 : 1),
    misread,
  };
};

/**
 * The visitor confirms what is theirs, and corrects the country where a question shows another number.
 * Nobody looks at what is shown without a question.
 * @param country the visitor's own
 */
export const visit = (
  { typed, e164 }: TypedNumber,
  country: string,
  { home, isHomeKnown, guess }: Circumstances,
): Visit => {
  const context = { home: isHomeKnown ? home : undefined, guess };
  const rules = small.lacks(typed, context) ? whole : small;
  const { by, reading } = rules.resolve(typed, context);
  const seen = reading?.formatted ? reading.e164 : undefined;
  const misread = seen !== undefined && seen !== e164;
  const refused = { stored: undefined, seen, questions: 0, misread };
  if (isHomeKnown && !reading) return refused;
  let questions = 0;
  if (isHomeKnown && reading && !reading.likely) {
    questions++;
    if (misread) return sendChosen(typed, country, questions, misread);
  }
  // The country by which it was read, not the number's own: under US `011 82…` is a number in Korea, and
  // read by Korea's plan it would be another one.
  const decision = decidePhone(readPhone, typed, { home, guess: by });
  const { suggestion } = decision;
  if (suggestion)
    return suggestion.phone === e164
      ? sendChosen(typed, suggestion.country, questions + 1, misread)
      : sendChosen(typed, country, questions + 1, misread);
  if (!decision.reading) return { ...refused, questions };
  if (!decision.reading.likely && questions === 0) {
    questions++;
    if (decision.reading.e164 !== e164) return sendChosen(typed, country, questions, misread);
  }
  return { stored: decision.reading.e164, seen, questions, misread };
};
