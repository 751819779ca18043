/** Registers the element under its own name. A second load, or another version on the page, is harmless. */
import { LeadForm } from "./lead-form.ts";

LeadForm.define();

declare global {
  interface HTMLElementTagNameMap {
    "lead-form": LeadForm;
  }
}
