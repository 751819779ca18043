/** Owns the work of the extras after each drawing of a form. Must not draw. */
import type { AttributesElement } from "../element/attributes.ts";
import type { Submission } from "../sending/submission.ts";
import { pushToDataLayer } from "./data-layer.ts";
import { hintAt, warn } from "./dev-warnings.ts";
import { syncDialog } from "./dialog.ts";

type DrawnForm = AttributesElement & { requestUpdate(): void };

/** Forms whose count-down is drawn within the next second. */
const counting = new WeakSet<DrawnForm>();

/** Draws the count-down, each second. */
const count = (form: DrawnForm, { wait }: Submission): void => {
  if (!wait || counting.has(form)) return;
  counting.add(form);
  setTimeout(() => {
    counting.delete(form);
    form.requestUpdate();
  }, 1000);
};

export const attend = (form: DrawnForm, started: boolean, submission: Submission): void => {
  const { state } = submission;
  warn(form);
  if (state.status === "error") hintAt(form, state.failure);
  count(form, submission);
  syncDialog(form);
  pushToDataLayer(form, started);
};
