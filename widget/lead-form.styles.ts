/** Owns the look: every part and custom property is named here. The colours of the presets are in themes. */
import { css } from "lit";

export const styles = css`
  :host {
    display: block;
    font-size: medium;
    max-inline-size: 30em;
  }
`;
