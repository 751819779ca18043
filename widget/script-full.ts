/**
 * Owns the script with every part inside, for pages that may load one file only. Must not import a
 * namespace. A bundler makes one with `for … in`, which fails on a page that has added to
 * `Object.prototype`.
 */
import { watchAliases } from "./element/aliases.ts";
import {
  attend,
  connection,
  describe,
  dialogTemplate,
  countryPicker,
  formatWait,
  guessCountry,
  mountLinks,
  offlineActions,
  readContext,
  readEmail,
  readName,
  sheet,
  solveStamp,
  takeOver,
  texts,
  understood,
} from "./extras/index.ts";
import {
  adopt,
  check,
  describe as describeOwn,
  fieldView,
  readHidden,
  sheet as ownSheet,
} from "./own-fields/index.ts";
import { ownFields } from "./lazy/own-fields.ts";
import { BUILD, ENDPOINT } from "./lazy/build-info.ts";
import { extras } from "./lazy/extras.ts";
import { LeadForm } from "./element/lead-form.ts";
import { phoneRules, worldPlans } from "./lazy/phone.ts";
import { addMetadata, callingCodes, needsWorld, readPhone, resolve } from "./phone/index.ts";

/** The rest of the world stays a file of its own, which is loaded as by the small script. */
phoneRules.part = { BUILD, addMetadata, callingCodes, needsWorld, readPhone, resolve };
ownFields.part = {
  BUILD,
  adopt,
  check,
  describe: describeOwn,
  fieldView,
  readHidden,
  sheet: ownSheet,
};
extras.part = {
  BUILD,
  attend,
  connection,
  describe,
  dialogTemplate,
  countryPicker,
  formatWait,
  guessCountry,
  mountLinks,
  offlineActions,
  readContext,
  readEmail,
  readName,
  sheet,
  solveStamp,
  takeOver,
  texts,
  understood,
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
if (!LOCAL.test(ENDPOINT) || LOCAL.test(location.href)) watchAliases();
