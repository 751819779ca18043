/** Owns the styles of own fields. Must not hold a colour of a theme. */
const css = `
span[part=hint]{display:block}
fieldset{all:unset}
fieldset .tick,p[part=hint]:not(:empty){margin-block-end:.375em}
.tick [type=radio]{border-radius:50%}
.tick [type=radio]:checked::before{content:"\\25CF" / ""}
textarea.input{padding-block:.7em;min-block-size:6.5em;resize:vertical}
.range input{inline-size:100%;block-size:3em;accent-color:var(--accent)}
`;

export const sheet = new CSSStyleSheet();
sheet.replaceSync(css);
