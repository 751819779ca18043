/**
 * Owns the list of what is in `lead-form-extras.js`: what only some pages ask for. Must not hold what each
 * visit uses: see the essentials.
 */
export { attend } from "./attend.ts";
export { BUILD } from "../lazy/build-info.ts";
export { EXTRA_CATALOGS as texts } from "./catalogs.generated.ts";
export { readCaptcha } from "./captcha.ts";
export { describe } from "./describe.ts";
export { dialogTemplate } from "./dialog.ts";
export { formatWait } from "./format-wait.ts";
export { mountLinks } from "./links.ts";
export { sheet } from "./sheet.ts";
