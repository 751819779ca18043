/**
 * Owns the script with every part inside, for pages that may load one file only. Must not import a
 * namespace. A bundler makes one with `for … in`, which fails on a page that has added to
 * `Object.prototype`.
 */
import { watchAliases } from "./element/aliases.ts";
import {
  accompany,
  addRules,
  callingCodes,
  connection,
  countryPicker,
  guessCountry,
  isEmail,
  lacks,
  offlineActions,
  readContext,
  readPhone,
  resolve,
  seenName,
  sheet,
  solveStamp,
  takeOver,
  texts,
  understood,
} from "./essentials/index.ts";
import {
  attend,
  describe,
  dialogTemplate,
  formatWait,
  mountLinks,
  readCaptcha,
  sheet as extraSheet,
  texts as extraTexts,
} from "./extras/index.ts";
import { takeApart } from "./essentials/phone/spelling/index.ts";
import {
  adopt,
  check,
  describe as describeOwn,
  fieldView,
  readHidden,
  sheet as ownSheet,
} from "./own-fields/index.ts";
import { BUILD } from "./lazy/build-info.ts";
import { essentials, worldPlans } from "./lazy/essentials.ts";
import { extras } from "./lazy/extras.ts";
import { parts } from "./lazy/lazy-part.ts";
import { ownFields } from "./lazy/own-fields.ts";
import { LeadForm } from "./element/lead-form.ts";

/** The rest of the world stays a file of its own, which is loaded as by the small script. */
essentials.part = {
  BUILD,
  accompany,
  addRules,
  callingCodes,
  connection,
  countryPicker,
  guessCountry,
  isEmail,
  lacks,
  offlineActions,
  readContext,
  readPhone,
  resolve,
  seenName,
  sheet,
  solveStamp,
  takeOver,
  texts,
  understood,
};
addRules({ takeApart });
extras.part = {
  BUILD,
  attend,
  describe,
  dialogTemplate,
  formatWait,
  mountLinks,
  readCaptcha,
  sheet: extraSheet,
  texts: extraTexts,
};
ownFields.part = {
  BUILD,
  adopt,
  check,
  describe: describeOwn,
  fieldView,
  readHidden,
  sheet: ownSheet,
};
LeadForm.define();

const LOCAL = /^https?:\/\/(localhost|127\.|\[::1])/;

// A copy that a plugin brings along may know no address: it asks none for the plans of the world, unless
// `partsOrigin` names one.
const { fetch } = worldPlans;
worldPlans.fetch = (address) =>
  LOCAL.test(address) && !LOCAL.test(location.href) ? Promise.reject(new Error()) : fetch(address);

// There an alias, which can name no address, is left as it is: its content is of more use than a form
// that cannot send.
if (!LOCAL.test(parts.origin) || LOCAL.test(location.href)) watchAliases();
