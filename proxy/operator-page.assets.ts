/** Owns what the operator's page loads, by name: only the build reads these imports, not Node. */
// Vite gives such a module its default export; the linter looks into the file instead.
// oxlint-disable import/default
import api from "./operator-page/api.js?raw";
import controls from "./operator-page/controls.css?raw";
import dialogs from "./operator-page/dialogs.js?raw";
import dom from "./operator-page/dom.js?raw";
import css from "./operator-page/page.css?raw";
import page from "./operator-page/page.js?raw";
import targets from "./operator-page/targets.js?raw";

export const operatorAssets: Readonly<Record<string, string>> = {
  "api.js": api,
  "controls.css": controls,
  "dialogs.js": dialogs,
  "dom.js": dom,
  "page.css": css,
  "page.js": page,
  "targets.js": targets,
};
