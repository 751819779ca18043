/** Registers the element under its own name. A second load, or another version on the page, is harmless. */
import { LeadForm } from "./element/lead-form.ts";

// A server that renders pages imports this too, and has nothing to register at.
if (globalThis.customElements) LeadForm.define();

declare global {
  interface HTMLElementTagNameMap {
    "lead-form": LeadForm;
  }
}
