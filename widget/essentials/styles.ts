/**
 * Owns the styles after an answer, and for forced colours, motion, print. Must not hold a colour of a theme,
 * or what only some pages ask for: see the rare styles.
 */
export const css = `
:focus-visible,.country:has(:focus-visible){position:relative;z-index:1;outline:3px solid var(--text);outline-offset:2px;box-shadow:0 0 0 2px var(--accent)}
.row .input:not(:only-child){border-radius:var(--radius) 0 0 var(--radius)}
[dir=rtl] .row .input:not(:only-child){border-radius:0 var(--radius) var(--radius) 0}
.country{white-space:nowrap;border-start-start-radius:0;border-end-start-radius:0;padding-inline:clamp(.35em,(100% - 18.68em)*99,.875em)}
[dir] .row .input:focus-visible,.country:has(:focus-visible){border-radius:var(--radius)}
.choice{position:relative}
.country::after,.choice::after{content:"";flex:none;width:.6em;border-top:.3em solid var(--muted);clip-path:polygon(0 0,100% 0,50% 100%)}
/* The arrow is left out where the row is narrow. */
.country::after{width:clamp(0em,(100% - 5em)*99,.6em);margin-inline-start:clamp(0em,(100% - 5em)*99,.6em)}
.choice::after{position:absolute;inset-inline-end:1em;top:1.35em;pointer-events:none}
select,.submit{cursor:pointer}
a,.link{text-underline-offset:.2em}
:disabled{cursor:not-allowed;opacity:.6}
.base{box-shadow:0 0 0 1px color-mix(in srgb,var(--border) 40%,transparent)}
.error{color:var(--error);font-size:.9375em;margin-top:.375em}
[aria-invalid]:not([type=checkbox]){border-color:var(--error);box-shadow:inset 0 0 0 1px var(--error)}
.error,.title{display:flex;gap:.5em;font-weight:500}
.error::before,.title::before{content:"!" / "";flex:none;width:1.25em;height:1.25em;margin-top:.125em;border-radius:50%;background:var(--kind,var(--error));color:var(--surface);font-weight:700;line-height:1.25;text-align:center}
[part=success] .title::before{content:"\u2713" / ""}
.input,.country,.submit{transition:.15s;transition-property:border-color,background-color;scroll-margin-block:6rem}
.submit{display:flex;align-items:center;justify-content:center;gap:.6em}
.country select{position:absolute;inset:0;width:100%;opacity:0;font:inherit;scroll-margin-block:6rem}
.input:hover,.country:hover{border-color:var(--text)}
.submit:hover{background:color-mix(in srgb,var(--accent) 86%,color(from var(--on-accent) srgb calc(1 - r) calc(1 - g) calc(1 - b)))}
[part=spinner]{width:1.15em;height:1.15em;border:.15em solid;border-inline-end-color:transparent;border-radius:50%;animation:turn .8s linear infinite}
@keyframes turn{to{rotate:1turn}}
.link{text-align:start;color:var(--accent);min-height:1.75em;padding:0;border:0;background:none;font:inherit;font-weight:600;text-decoration:underline;cursor:pointer}
.panel{--kind:var(--error);display:grid;gap:.5em;padding:1em 1.125em;border:2px solid var(--kind);border-radius:var(--radius);background:color-mix(in srgb,var(--kind) 6%,var(--surface));scroll-margin-block:6rem}
.title{color:var(--kind);font-size:1.0625em;font-weight:650}
.panel ul{display:grid;gap:.25em;list-style:none}
.panel a{display:inline-block;color:inherit;padding-block:.1em}
.done a{color:var(--muted);text-decoration:line-through}
[part=success]{--kind:var(--success);justify-items:start;border-width:1px}
[part=consent]>span{display:block}
.row .input{padding-inline:clamp(.6em,(100% - 18.68em)*99,.875em)}
/* Two columns where each field has room. */
form{grid-template-columns:repeat(auto-fit,minmax(min(100%,max(14.6em,50% - var(--gap))),1fr));align-items:start}
/* A field that is left over has the row to itself. */
[part=field]:nth-child(odd of [part=field]):not(:has(+ [part=field])){grid-column:1/-1}
/* What stands in a slot is in the grid itself. */
h2,form>:not([part=field]),::slotted(*){grid-column:1/-1}
@media print, (prefers-reduced-motion: reduce) {
  * {
    transition: none !important;
  }
  [part=spinner] {
    animation-duration: 3s;
  }
}
@media (forced-colors: active) {
  .submit,
  .error::before,
  .title::before {
    border: 1px solid ButtonText;
  }
  [aria-invalid] {
    outline: 2px solid Mark;
  }
}
@media print {
  /* Paper is white, and most printers leave grounds out. */
  .root {
    --surface: #fff !important;
    --field: #fff !important;
    --text: #000 !important;
    --muted: #444 !important;
    --accent: #000 !important;
    --error: #000 !important;
    --success: #000 !important;
  }
  .submit,
  .link,
  .close {
    display: none;
  }
}
`;
