/** Owns the look: the custom properties and the rules of every part. Presets and rarer rules are in the extras. */

/*
 * `.root` is cut off from the page: only language, direction, fonts, colour scheme and custom properties
 * come in. From there everything is in `em` of the visitor's own text size, whatever the page made of `rem`.
 * The host's width alone is in pixels, since its font size is the page's; a page may set another width.
 *
 * Text on the accent is white or black, by the accent's luminance (y of CIE XYZ): below .18 white has
 * the better contrast, and either has at least 4.5, whatever accent a page sets.
 */
const css = `
:host{display:block;max-inline-size:480px}
:host(:is([hidden],[presentation=dialog]:not([open]))){display:none}
.root{all:initial;display:block;color-scheme:inherit;container-type:inline-size;
font-family:var(--lead-form-font,inherit);line-height:1.5;
--accent:var(--lead-form-accent,light-dark(#1f56d8,#8fb2ff));
--y:clamp(0,(.18 - y)*9999,1);
--on-accent:var(--lead-form-on-accent,color(from var(--accent) xyz-d65 calc(var(--y)*.95) var(--y) calc(var(--y)*1.089)));
--surface:var(--lead-form-surface,light-dark(#fff,#14171d));
--field:var(--lead-form-field,light-dark(#fff,#1b1f27));
--text:var(--lead-form-text,light-dark(#14171f,#f1f3f7));
--muted:var(--lead-form-muted,light-dark(#545b69,#aab1be));
--border:var(--lead-form-border,light-dark(#858d9b,#6f7888));
--error:var(--lead-form-error,light-dark(#b42318,#ffb0a8));
--radius:var(--lead-form-radius,.625em);
--gap:var(--lead-form-gap,1.25em)}
:host([scheme=light]) .root{color-scheme:light}
:host([scheme=dark]) .root{color-scheme:dark}
:lang(ar){line-height:1.6}
*{box-sizing:border-box}
p,h2,ul{margin:0;padding:0}
a{color:var(--accent)}
.sr{position:absolute;inline-size:1px;block-size:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.base{position:relative;padding:clamp(1.25em,6cqi,1.75em);border-radius:calc(var(--radius)*1.6);background:var(--surface);color:var(--text);overflow-wrap:break-word}
form{display:grid;gap:var(--gap)}
form>*{min-inline-size:0}
h2{font-size:1.375em;font-weight:650;line-height:1.25}
[part=label]{display:block;margin-block-end:.375em;font-size:.9375em;font-weight:600}
.muted{color:var(--muted);font-size:.9375em;font-weight:400}
.error{margin-block-end:.375em;color:var(--error);font-size:.9375em}
.input,.country,.submit{min-inline-size:0;inline-size:100%;min-block-size:3em;margin:0;padding:0 .875em;border:1px solid var(--border);border-radius:var(--radius);background:var(--field);color:inherit;font:inherit;font-size:max(16px,1em);appearance:none}
[dir=rtl] :is([type=tel],[type=email]){direction:ltr;text-align:right}
.row{display:flex}
.country{position:relative;display:flex;flex:none;align-items:center;gap:.6em;inline-size:auto;margin-inline-start:-1px;white-space:nowrap}
.country select{position:absolute;inset:0;inline-size:100%;opacity:0;font:inherit}
[aria-invalid]:not([type=checkbox]){border-color:var(--error);box-shadow:inset 0 0 0 1px var(--error)}
:focus-visible,.country:has(:focus-visible){position:relative;z-index:1;outline:3px solid var(--accent);outline-offset:2px}
.submit{display:flex;align-items:center;justify-content:center;gap:.6em;min-block-size:3.125em;border-color:transparent;background:var(--accent);color:var(--on-accent);font-weight:650}
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
