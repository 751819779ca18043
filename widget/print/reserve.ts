/**
 * Owns the style that keeps the place of a form until its script comes, as high as the form will be. Must not
 * measure: the page's own font breaks the lines.
 *
 * The texts of the first view stand in the place, invisible, as wide and as large as the form shows them; what
 * is between them is added in `em`. It holds for the width that the element gives itself, up to 480 pixels.
 */
import type { Language } from "../../proxy/shared/contract.ts";
import { LANGUAGES } from "../../proxy/shared/contract.ts";
import { isCheckedEarly, isInput, orderFields } from "../fields/fields.ts";
import { asksConsent, isRequired } from "../fields/validation-rules.ts";
import { type Given, toForm, toView } from "./view.ts";

/** In `em` of the visitor's own text size, from the styles of the element. */
const GAP = 1.25;
const CONTROL = 3;
const BUTTON = 3.125;
/** Between a label, or a note, and its control: .375em of their smaller text. */
const SMALL = 0.9375;
const UNDER_LABEL = 0.375 * SMALL;
/** What a note takes back of the gap after it. */
const AFTER_NOTE = GAP * 0.5 * SMALL;
/** A box is higher than the one line beside it. */
const TICK = 1.7 * SMALL;
const LINE = 1.5 * SMALL;
const PRIVACY_PADDING = 0.2 * SMALL;

/** A line without a word has a height too, the last one as well. */
const BLANK = "\u00A0";

/** All lines are of one weight, a label's own words of a bolder one: that much wider, about. */
const wider = (label: string): string => "\u2009".repeat(label.length / 10);

interface Content {
  heading: string;
  /** Each begins a line. */
  lines: string[];
  /** Lines beside a box, where one is to be ticked. */
  words: string[];
  /** Between the lines, in `em`. */
  rest: number;
  /** Lines that only a narrow form has. */
  narrowLines: number;
}

const contentOf = (given: Given, lang: Language): Content => {
  const form = toForm(given);
  const { text } = toView(form, { ...given, lang }, {});
  const content: Content = {
    heading: text("heading"),
    lines: [],
    words: [],
    rest: BUTTON,
    narrowLines: 0,
  };
  const names = orderFields(form.fields, form.projects);
  // The heading, and the button.
  let gaps = names.length + 1;
  for (const name of names) {
    // The place of an own field is empty until its part is there.
    if (!isInput(name)) continue;
    const optional = isRequired(form, name) ? "" : ` (${text("optional")})`;
    content.lines.push(text(name) + (optional && wider(text(name)) + optional));
    content.rest += UNDER_LABEL + CONTROL;
    if (!isCheckedEarly(name)) continue;
    content.lines.push(BLANK);
    content.narrowLines += 1;
    content.rest += UNDER_LABEL - AFTER_NOTE;
  }
  if (form.consent !== "none") {
    gaps += 1;
    const after = form.consent === "optional" ? ` (${text("optional")})` : "";
    if (asksConsent(form.consent)) content.words.push(text("consent") + after);
    else content.lines.push(text("notice"));
    if (form.privacyUrl) {
      const beside = content.words.length > 0;
      (beside ? content.words : content.lines).push(text("privacy"));
      content.rest += PRIVACY_PADDING + (beside ? TICK - LINE : 0);
    }
  }
  content.rest += gaps * GAP;
  return content;
};

/** As CSS writes a text: a tag in it must not end the style, and an editor not change a space. */
const quote = (text: string): string =>
  `"${text.replace(/["\\<>\n\u00A0\u2009]/g, (sign) => `\\${sign.charCodeAt(0).toString(16)} `)}"`;

const round = (em: number): string => `${Number(em.toFixed(3))}em`;

/** The inner margin of the form: as its own, of a width that is at most 480 pixels. */
const PADDING = "clamp(1em,min(5.5%,26.4px),1.75em)";

/**
 * The two invisible texts. Beside a box the words have a place of their own, and the heading gets the height of
 * one line; else the heading may have several.
 */
const textRules = (lang: Language, { heading, lines, words }: Content): string[] => {
  const write = (texts: readonly string[]) =>
    `content:${texts.map(quote).join('"\\a"')};white-space:pre-line;font-size:${round(SMALL)}`;
  const leading = lang === "ar" ? 1.6 : 1.25;
  const own = lang === "ar" ? ["line-height:1.6;"] : [];
  return words.length > 0
    ? [
        ...own,
        `padding-top:calc(${PADDING} + ${round(1.375 * leading)});`,
        `&::before{${write(lines)}}`,
        `&::after{${write(words)};padding-inline-start:2.45em;min-block-size:1.7em}`,
      ]
    : [
        ...own,
        `&::before{content:${quote(heading)};font-size:1.375em;font-weight:650;line-height:${leading}}`,
        `&::after{${write(lines)}}`,
      ];
};

/**
 * A style for the head of the page; "" for a form that is not seen at first.
 * @param given attributes of the form, its target among them; without a language it is for all of them
 */
export const printReserve = (given: Given): string => {
  if (!given["target"] || given["presentation"] === "dialog") return "";
  const chosen = LANGUAGES.find((language) => language === given["lang"]);
  const [first, ...others] = chosen ? [chosen] : LANGUAGES;
  const { rest, narrowLines } = contentOf(given, first);
  // A step at the width below which notes have two lines.
  const narrow = narrowLines
    ? ` + clamp(0em,(19em - 100%)*9999,${Number((narrowLines * SMALL).toFixed(3))}lh)`
    : "";
  return [
    `<style>lead-form[target=${quote(given["target"])}]:not([status]){`,
    "display:grid;box-sizing:border-box;max-width:480px;font-size:medium;line-height:1.5;overflow-wrap:anywhere;",
    `padding:${PADDING} ${PADDING} calc(${PADDING} + ${round(rest)}${narrow});`,
    "&>*{grid-area:1/1/3/2}",
    "&::before,&::after{grid-area:1/1;visibility:hidden}",
    "&::after{grid-row:2}",
    ...textRules(first, contentOf(given, first)),
    ...others.map((lang) => `&:lang(${lang}){${textRules(lang, contentOf(given, lang)).join("")}}`),
    "}</style>",
  ].join("\n");
};
