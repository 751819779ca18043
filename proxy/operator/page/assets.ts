/**
 * Owns the list of files that the operator's page loads. Must not be imported by Node itself: the
 * build resolves `?raw`.
 */
// Vite gives such a module its default export; the linter reads the file itself instead.
// oxlint-disable import/default
import api from "./client/api.js?raw";
import chartsCss from "./client/charts.css?raw";
import charts from "./client/charts.js?raw";
import controls from "./client/controls.css?raw";
import dialogs from "./client/dialogs.js?raw";
import dom from "./client/dom.js?raw";
import css from "./client/page.css?raw";
import figures from "./client/figures.js?raw";
import own from "./client/own.js?raw";
import page from "./client/page.js?raw";
import targets from "./client/targets.js?raw";
import tests from "./client/tests.js?raw";

export const operatorAssets: Readonly<Record<string, string>> = {
  "api.js": api,
  "charts.css": chartsCss,
  "charts.js": charts,
  "controls.css": controls,
  "dialogs.js": dialogs,
  "dom.js": dom,
  "figures.js": figures,
  "own.js": own,
  "page.css": css,
  "page.js": page,
  "targets.js": targets,
  "tests.js": tests,
};
