/** The script tag's entry with everything inside: for pages that may load one file and no more. */
import { watchAliases } from "./aliases.ts";
import * as allExtras from "./extras.ts";
import { extras } from "./extras-door.ts";
import { LeadForm } from "./lead-form.ts";
import { phoneRules } from "./phone.ts";
import * as allPhoneRules from "./phone-rules.ts";

phoneRules.part = allPhoneRules;
extras.part = allExtras;
LeadForm.define();
watchAliases();
