/** Owns the styles of the first view. Must not hold what a visitor's doing or an answer brings about: see the extras. */
import { DEFAULT_THEME, THEMES } from "../../proxy/shared/themes.ts";

/*
 * `.root` is cut off from the page: only language, direction, fonts, colour scheme and custom properties
 * come in. From there everything is in `em` of the visitor's own text size, whatever the page made of `rem`.
 * The host's width alone is in pixels, since its font size is the page's; a page may set another width.
 *
 * What depends on the width is a step of percentages: a container query costs a form its styles and its layout twice.
 */
export const css = `
:host{display:block;max-width:480px}
:host(:is([hidden],[presentation=dialog]:not([open]))){display:none}
.root{all:initial;display:block;color-scheme:inherit;
font-family:var(--lead-form-font,inherit);line-height:1.5;
${DEFAULT_THEME}}
:host([scheme=light]) .root{color-scheme:light}
:host([scheme=dark]) .root{color-scheme:dark}
:lang(ar){line-height:1.6}
*{box-sizing:border-box}
p,h2,ul{margin:0;padding:0}
a{color:var(--accent)}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.base{position:relative;padding:clamp(1em,5.5%,1.75em);border-radius:calc(var(--radius)*1.6);background:var(--surface);color:var(--text);overflow-wrap:anywhere}
form{display:grid;gap:var(--gap)}
form>*{min-width:0}
h2{font-family:var(--heading,inherit);font-size:1.375em;font-weight:650;line-height:1.25}
[part=label]{display:block;margin-bottom:.375em;font-size:.9375em;font-weight:600}
.muted{color:var(--muted);font-size:.9375em;font-weight:400}
.note{display:flow-root;font-size:.9375em;margin-block:.375em calc(var(--gap)*-.5)}
.note::before{content:"";float:left;padding-bottom:clamp(1lh,(18em - 100%)*99,2lh)}
.note>p{margin:0;font-size:inherit}
.input,.country,.submit{min-width:0;width:100%;min-height:3em;margin:0;padding:0 .875em;border:1px solid var(--border);border-radius:var(--radius);background:var(--field);color:inherit;font:inherit;font-size:max(16px,1em);appearance:none}
[dir=rtl] :is([type=tel],[type=email],[inputmode]){direction:ltr;text-align:right}
.row,.tick{display:flex}
.tick{gap:.75em;align-items:center}
.tick input{flex:none;width:1.7em;height:1.7em;margin:0;font:inherit}
.tick~a{margin-inline-start:2.45em}
[part=consent] a{display:table;padding-block:.1em}
.country{position:relative;display:flex;flex:none;align-items:center;width:auto;min-width:clamp(5.25em,(100% - 18.68em)*99,7.6em);margin-inline-start:-1px}
.submit{min-height:3.125em;border-color:transparent;background:var(--accent);color:var(--on-accent);font-weight:650}
${Object.entries(THEMES)
  .map(([name, rules]) => `:host([theme=${name}]) .root{${rules}}`)
  .join("")}
`;

let shared: CSSStyleSheet | undefined;

/** One sheet for all forms of the page. Adopted, it passes a strict content security policy. */
export const sheet = (): CSSStyleSheet => {
  if (!shared) {
    shared = new CSSStyleSheet();
    shared.replaceSync(css);
  }
  return shared;
};
