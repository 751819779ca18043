/** Owns the styles of own fields. Must not hold a colour of a theme. */
import { TICK } from "../element/tick-styles.ts";

export const css = `
${TICK}
fieldset,legend{all:unset}
fieldset .tick,[id^=h-x]:not(:empty){margin-bottom:.375em}
.tick [type=radio]{border-radius:50%}
.tick [type=radio]:checked::before{content:"\\25CF" / ""}
textarea.input{padding-block:.7em;min-height:6.5em;resize:vertical}
.number span[part=hint]{display:block}
.range input{width:75%;height:3em;vertical-align:middle;accent-color:var(--accent)}
`;
