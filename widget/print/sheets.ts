/**
 * Owns the style sheets of the element as a printed form may need them: without what only a visitor's doing, a printer
 * or an answer brings about. Must not hold a rule of its own. A build writes down what it holds.
 */
import { css as first } from "../element/styles.ts";
import { TICK } from "../element/tick-styles.ts";
import { css as later } from "../essentials/styles.ts";
import { css as rare } from "../extras/styles.ts";
import { css as own } from "../own-fields/styles.ts";
import { rulesOf } from "./rules.ts";

const LATER =
  /:hover|:checked|:disabled|::backdrop|^@(?:keyframes|media)|^dialog|\[aria-invalid|presentation=dialog|transition|gap:.6em|(?<!;)cursor:pointer$/;

const withoutLater = (css: string): string =>
  rulesOf(css)
    .filter(
      ([selector, body]) => !LATER.test(selector.startsWith("@") ? selector : selector + body),
    )
    .map(
      ([selector, body]) => `${selector}{${selector.startsWith("@") ? withoutLater(body) : body}}`,
    )
    .join("");

export const SHEETS: readonly string[] = [first, later, rare, own.replace(TICK, "")].map(
  withoutLater,
);
