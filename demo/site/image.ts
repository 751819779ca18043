/**
 * Owns the step from a drawing to an image of the page, in the page's colours. Must not need a file beside the page.
 *
 * An image, and no drawing in the page: its rules stay its own, and its words are told by its alternative.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const STYLE = readFileSync(join(import.meta.dirname, "styles/base.css"), "utf8");

/** The site's colours for both schemes, as its style has them. */
const coloursFor = (isDark: boolean): string =>
  [...STYLE.matchAll(/(--[\w-]+): light-dark\(([^,()]+), ([^,()]+)\);/g)]
    .map(([, name, light, dark]) => `${name}:${isDark ? dark : light}`)
    .join(";");

const COLOURS = `:root{${coloursFor(false)};font-family:system-ui,sans-serif}@media (prefers-color-scheme:dark){:root{${coloursFor(true)}}}`;

/** @param svg without a style that reaches further than itself @returns its address */
export const toImage = (svg: string): string => {
  const whole = svg
    .replace(/^<svg (?!xmlns)/, '<svg xmlns="http://www.w3.org/2000/svg" ')
    .replace(/>/, `><style>${COLOURS}</style>`);
  return `data:image/svg+xml,${encodeURIComponent(whole)}`;
};
