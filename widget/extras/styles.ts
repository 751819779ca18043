/** Owns the styles of what only some pages ask for: a dialog, a box to tick. Must not hold a colour of a theme. */
import { TICK } from "../element/tick-styles.ts";

export const css = `
${TICK}
:host([presentation=dialog]) {
  display: contents;
}
dialog {
  width: min(30em, 100%);
  padding: 0;
  border: 0;
  border-radius: 1em;
  background: none;
  font-size: medium;
}
dialog::backdrop {
  background: rgb(10 12 18 / 0.55);
}
.corner {
  position: absolute;
  top: 0.75em;
  inset-inline-end: 0.75em;
  width: 2.75em;
}
.close {
  width: 2.75em;
  height: 2.75em;
  border: 0;
  border-radius: 50%;
  background: none;
  color: var(--muted);
  font: inherit;
  cursor: pointer;
}
.close::before {
  content: "\u2715" / "";
}
.close:hover {
  background: color-mix(in srgb, var(--text) 8%, var(--surface));
}
dialog h2 {
  padding-inline-end: 1.5em;
}
`;
