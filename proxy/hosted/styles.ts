/**
 * Owns the styles of the pages without script, themes included. Must not differ from the widget where
 * both show the same thing.
 */
import { DEFAULT_THEME, THEMES } from "../shared/themes.ts";

/** @returns the style sheet of a page in this theme and scheme, each of which may be "" */
export const pageStyles = ({ theme, scheme }: { theme: string; scheme: string }): string => {
  const preset = Object.entries(THEMES).find(([name]) => name === theme)?.[1];
  // A preset comes last: one that is dark is dark in either scheme.
  return `${STYLES}${scheme ? `:root{color-scheme:${scheme}}` : ""}${preset ? `:root{${preset}}` : ""}`;
};

const STYLES = `
:root{color-scheme:light dark;${DEFAULT_THEME}}
*{box-sizing:border-box}
body{margin:0;background:var(--surface);color:var(--text);font:max(16px,1rem)/1.5 system-ui,sans-serif}
:lang(ar) body{line-height:1.6}
main{max-width:30em;margin-inline:auto;padding:1.75em}
h1{font-size:1.375em;line-height:1.25;font-weight:650;font-family:var(--heading,inherit);margin:0 0 1em}
lead-form>h1{margin:0}
main:has(>lead-form){padding:1em}
noscript>form{margin-block-start:1.375em}
h2{font-size:1em;margin:0 0 .5em}
p{margin:0}
.field{margin-block-end:1.25em}
label,legend{display:block;font-size:.9375em;font-weight:600;margin-block-end:.375em}
:is(label,legend) span:not(.text){font-weight:400;color:var(--muted)}
fieldset{min-width:0;margin:0;padding:0;border:0}
legend{padding:0}
.hint{color:var(--muted);font-size:.9375em;margin-block-end:.375em}
.hint span{display:block}
input:not([type=checkbox],[type=radio]),select,textarea{width:100%;min-height:3em;padding:0 .875em;font:inherit;color:inherit;
background:var(--field);border:1px solid var(--border);border-radius:var(--radius);text-align:start}
input[type=tel],input[type=email]{direction:ltr}
textarea{display:block;min-height:6.5em;padding-block:.7em;resize:vertical}
[inputmode]{direction:ltr}
[dir=rtl] :is([type=tel],[type=email],[inputmode]){text-align:right}
[aria-invalid]:not([type=checkbox],[type=radio]){border-color:var(--error)!important;box-shadow:inset 0 0 0 1px var(--error)}
.tick{display:flex;gap:.75em;align-items:start;font-size:1em;font-weight:400}
.tick input{flex:none;width:1.5em;height:1.5em;margin:0;accent-color:var(--accent)}
.error{color:var(--error);font-size:.9375em;font-weight:500;margin-block-end:.375em}
.summary,.success{border:2px solid var(--error);border-radius:var(--radius);padding:1em;margin-block-end:1.25em}
.success{border-color:var(--success)}
.success h1{color:var(--success);margin-block-end:.25em}
.summary h1{margin-block-end:.25em}
.summary ul{margin:0;padding-inline-start:1.25em}
.summary a{color:var(--error);display:inline-block;min-height:24px}
button{width:100%;min-height:3.125em;border:1px solid transparent;border-radius:var(--radius);background:var(--accent);
color:var(--on-accent);font:inherit;font-weight:650;cursor:pointer}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.trap{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media print{button{display:none}}
`;
