/**
 * Owns the dialog around a form. Must not replace the native one, which keeps the focus inside and puts
 * it back.
 */
import type { html as Html } from "lit/html.js";
import { emit } from "../element/events.ts";
import type { MessageKey } from "../../proxy/shared/messages/en.ts";
import type { AttributesElement } from "../element/attributes.ts";

interface Shown {
  form: AttributesElement & { hide: () => void };
  language: { locale: string; dir: string };
  text: (key: MessageKey) => string;
}

/** Lit is handed in, since a second copy of it would cost 2.8 kB. */
export const dialogTemplate = (
  html: typeof Html,
  { form, language, text }: Shown,
  content: unknown,
) => {
  // The event comes late: the dialog may be open again.
  const closed = ({ target }: Event) => {
    if (!(target as HTMLDialogElement).open) form.hide();
    emit(form, "lead-form-hide", null);
  };
  // The button stands last, so that the first field gets the focus, and in a root of its own for its colours.
  // `cancel` comes at once, `close` in a task of its own: a drawing in between would open it again.
  return html`<dialog
    part="dialog"
    closedby="any"
    lang=${language.locale}
    dir=${language.dir}
    aria-label=${text("heading")}
    @cancel=${() => form.hide()}
    @close=${closed}
  >
    ${content}
    <div class="root corner">
      <button
        type="button"
        class="close"
        part="close"
        aria-label=${text("close")}
        @click=${() => form.hide()}
      ></button>
    </div>
  </dialog>`;
};

/** Opens and closes the dialog as the `open` attribute says. */
export const syncDialog = (form: AttributesElement): void => {
  const dialog = form.shadowRoot!.querySelector("dialog");
  // One that was moved is open still, but no longer modal.
  if (!dialog || dialog.matches(":modal") === form.open) return;
  if (!form.open) return dialog.close();
  dialog.open = false;
  dialog.showModal();
  emit(form, "lead-form-show", null);
};
