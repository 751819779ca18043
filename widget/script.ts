/**
 * Owns the entry of the script tag, valid as a classic and as a module script. Must not leak a name,
 * fail when it runs twice, or read its own address.
 */
import { watchAliases } from "./element/aliases.ts";
import { LeadForm } from "./element/lead-form.ts";

LeadForm.define();
watchAliases();
