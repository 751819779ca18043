/** Owns what the operator's page loads, as text: only the build reads these imports, not Node. */
import css from "./operator-page.css?raw";
import js from "./operator-page.client.js?raw";

export const operatorAssets = { css, js };
