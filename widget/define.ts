/**
 * Owns the registration of the element under its own name. Must not fail on a second load, beside
 * another version, or on a server.
 */
import { LeadForm } from "./element/lead-form.ts";

// A server that renders pages imports this too, and has nothing to register at.
if (globalThis.customElements) LeadForm.define();

declare global {
  interface HTMLElementTagNameMap {
    "lead-form": LeadForm;
  }
}
