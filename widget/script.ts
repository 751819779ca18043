/**
 * The script tag's entry. Built into one file that is valid as a classic and as a module script, may
 * run twice, leaks no name, and takes nothing from its own address.
 */
import { watchAliases } from "./element/aliases.ts";
import { LeadForm } from "./element/lead-form.ts";

LeadForm.define();
watchAliases();
