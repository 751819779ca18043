/** Owns the work of the extras after each drawing of a form. Must not draw. */
import type { AttributesElement } from "../element/attributes.ts";
import type { Failure } from "../sending/send.ts";
import { pushToDataLayer } from "./data-layer.ts";
import { hintAt, warn } from "./dev-warnings.ts";
import { syncDialog } from "./dialog.ts";

/** @param failure why the last attempt to send was given up, if it was */
export const attend = (
  form: AttributesElement,
  started: boolean,
  failure: Failure | undefined,
): void => {
  warn(form);
  if (failure) hintAt(form, failure);
  syncDialog(form);
  pushToDataLayer(form, started);
};
