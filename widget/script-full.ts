/** The script tag's entry with the phone rules inside: for pages that may load one file and no more. */
import { providePhoneRules } from "./phone.ts";
import * as rules from "./phone-rules.ts";
import "./define.ts";

providePhoneRules(rules);
