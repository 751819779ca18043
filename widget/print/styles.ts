/**
 * Owns the styles that a printed form brings along: those of the element that its first view needs. Must not
 * hold a rule of its own, but where no script will ever come.
 */
import { rulesOf } from "./rules.ts";
import { SHEETS } from "./sheets.ts";

/** Names of classes, parts and elements in a selector, but those that must not match. */
const namesIn = (selector: string): string[] =>
  selector
    .replace(/:(?:not|has|is|host|nth-child)\((?:[^()]|\([^()]*\))*\)/g, "")
    .match(/\.[\w-]+|\[part=[\w-]+|(?<![\w.:[=-])(?:fieldset|legend|textarea|select|ul|a|p)\b/g) ??
  [];

const holds = (markup: string, name: string): boolean => {
  const text = name.replace(/^\.|^\[part=/, "");
  return name === text
    ? markup.includes(`<${name}`)
    : new RegExp(`(?:class|part)="(?:[^"]* )?${text}[" ]`).test(markup);
};

/** Direction, language and ids are written down with the form, and stay as long as this style. */
const suits = (markup: string, selector: string): boolean =>
  [...selector.matchAll(/\[(dir|id)\^?=([\w-]+)|:lang\((\w+)/g)].every(
    ([, name = "lang", value = "", lang = value]) => markup.includes(` ${name}="${lang}`),
  );

/** What the place of the country picker gets with the picker: its arrow, a ring for its focus, round ones beside it. */
const PICKER = /^\.country:|\.row .*:focus-visible/;

/** Commas that part selectors, not those inside brackets. */
const OUTER_COMMA = /,(?![^()]*\))/;

const pick = (css: string, markup: string, attributes: Look): string =>
  rulesOf(css)
    .flatMap(([selector, body]) => {
      if (selector.startsWith("@")) {
        const inside = pick(body, markup, attributes);
        return inside ? [`${selector}{${inside}}`] : [];
      }
      const kept = selector
        .split(OUTER_COMMA)
        .filter((each) => !PICKER.test(each) && suits(markup, each))
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

/** The place of the country picker stays empty then. */
const WITHOUT_SCRIPT =
  "@media(scripting:none){.country{display:none}.row .input{border-radius:var(--radius)!important}}";

/** A colour of a mistake is not needed before there is one. */
const withoutUnused = (css: string): string =>
  css.replace(/--([\w-]+):[^;{}]+;?/g, (declaration, name: string) =>
    new RegExp(`var\\(--${name}[,)]`).test(css) ? declaration : "",
  );

export const printStyles = (markup: string, look: Look): string =>
  withoutUnused(SHEETS.map((css) => pick(css, markup, look)).join("")) +
  (holds(markup, ".country") ? WITHOUT_SCRIPT : "");
