/**
 * Owns the styles that a printed form brings along: those of the element that its first view needs. Must not
 * hold a rule of its own.
 */
import { css as first } from "../element/styles.ts";
import { TICK } from "../element/tick-styles.ts";
import { css as later } from "../essentials/styles.ts";
import { css as rare } from "../extras/styles.ts";
import { css as own } from "../own-fields/styles.ts";

/** A rule with its selector, or a condition with its rules. */
type Rule = readonly [selector: string, body: string];

/** The rules of a sheet from the outside; braces stand in pairs. */
const rulesOf = (css: string): Rule[] =>
  [...css.replace(/\/\*.*?\*\//gs, "").matchAll(/([^{}]+)\{((?:[^{}]|\{[^{}]*\})*)\}/g)].map(
    ([, selector = "", body = ""]): Rule => [selector.trim(), body.trim()],
  );

/** What only a visitor's doing, a printer or an answer brings about. */
const LATER =
  /:hover|:checked|:disabled|::backdrop|^@(?:keyframes|media)|^dialog|\[aria-invalid|presentation=dialog|transition/;

/** Names of classes, parts and elements in a selector, but those that must not match. */
const namesIn = (selector: string): string[] =>
  selector
    .replace(/:(?:not|has|is|host|nth-child)\((?:[^()]|\([^()]*\))*\)/g, "")
    .match(/\.[\w-]+|\[part=[\w-]+|(?<![\w.:[=-])(?:fieldset|legend|textarea|select|ul|a)\b/g) ??
  [];

const holds = (markup: string, name: string): boolean => {
  const text = name.replace(/^\.|^\[part=/, "");
  return name === text
    ? markup.includes(`<${name}`)
    : new RegExp(`(?:class|part)="(?:[^"]* )?${text}[" ]`).test(markup);
};

/** Commas that part selectors, not those inside brackets. */
const OUTER_COMMA = /,(?![^()]*\))/;

const pick = (css: string, markup: string, attributes: Look): string =>
  rulesOf(css)
    .flatMap(([selector, body]) => {
      if (LATER.test(selector + body)) return [];
      if (selector.startsWith("@")) {
        const inside = pick(body, markup, attributes);
        return inside ? [`${selector}{${inside}}`] : [];
      }
      const kept = selector
        .split(OUTER_COMMA)
        .filter((each) => namesIn(each).every((name) => holds(markup, name)))
        .filter((each) => {
          const [, name = "", value] = /:host\(\[(theme|scheme)=(\w+)/.exec(each) ?? [];
          return !name || attributes[name as keyof Look] === value;
        });
      return kept.length > 0
        ? [`${kept.join(",").replace(/\s+/g, " ")}{${body.replace(/\s*\n\s*/g, "")}}`]
        : [];
    })
    .join("");

interface Look {
  theme: string;
  scheme: string;
}

export const printStyles = (markup: string, look: Look): string =>
  [first, later, rare, own.replace(TICK, "")].map((css) => pick(css, markup, look)).join("");
