/**
 * Owns the types for React 19: `import type {} from "lead-form/react"`, once in a project. Must not be
 * an error where React is not installed.
 */
import type { LeadForm } from "./element/lead-form.ts";
import type { LeadFormProps } from "./props.ts";

export type { LeadFormProps };

// @ts-ignore: without React there are no types to extend
type HtmlProps = import("react").HTMLAttributes<LeadForm>;
// @ts-ignore: the same
type RefProps = import("react").RefAttributes<LeadForm>;

// @ts-ignore: the same
declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      // oxlint-disable-next-line typescript/no-redundant-type-constituents -- `any` without React only
      "lead-form": Omit<HtmlProps, keyof LeadFormProps> & RefProps & LeadFormProps;
    }
  }
}
