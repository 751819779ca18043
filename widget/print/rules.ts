/** Owns the taking apart of a style sheet. Must not know a rule. */

/** A rule with its selector, or a condition with its rules. */
export type Rule = readonly [selector: string, body: string];

/** The rules of a sheet from the outside; braces stand in pairs. */
export const rulesOf = (css: string): Rule[] =>
  [...css.replace(/\/\*.*?\*\//gs, "").matchAll(/([^{}]+)\{((?:[^{}]|\{[^{}]*\})*)\}/g)].map(
    ([, selector = "", body = ""]): Rule => [selector.trim(), body.trim()],
  );
