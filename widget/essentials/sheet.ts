/** Owns the style sheet of the essentials, one for all forms of the page. Must not hold a rule of it. */
import { css } from "./styles.ts";

export const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
