/** Owns the styles of own fields. Must not hold a colour of a theme. */
const css = `
span[part=hint]{display:block}
[role=radiogroup] .tick,p[part=hint]:not(:empty){margin-block-end:.375em}
.tick [type=radio]{border-radius:50%}
.tick [type=radio]:checked::before{content:"\\25CF" / ""}
[dir=rtl] [inputmode]{direction:ltr;text-align:right}
textarea.input{display:block;padding-block:.7em;min-block-size:6.5em;resize:vertical}
.range .input{padding:0;border:0;background:none;box-shadow:none;accent-color:var(--accent);appearance:auto}
`;

export const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
