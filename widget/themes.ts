/** Owns the colours. */
import { css } from "lit";

export const themes = css``;
