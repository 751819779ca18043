/** Owns the links that open a form as a dialog. Must not count on where a form stands: pages put nodes between. */
import type { LeadForm } from "../element/lead-form.ts";

const LINK = "a[data-lead-form]";

/** Marks a form that was made for a link, for a clone of both and for another copy of the script. */
const MADE = "data-for-link";

/** A link keeps its form while it is away. */
const forms = new WeakMap<Element, LeadForm>();
/** Where each link was when its form was put behind it. */
const places = new Map<Element, ParentNode | null>();
const taken = new WeakSet<Element>();

/** The form that came along with a cloned link. */
const findMade = (link: Element): LeadForm | undefined => {
  for (
    let next = link.nextElementSibling;
    next && !next.matches(LINK);
    next = next.nextElementSibling
  )
    if (next.matches(`lead-form[${MADE}]`) && !taken.has(next)) return next as LeadForm;
  return undefined;
};

/** A link that another element takes along, or that is to open elsewhere, is left to the browser. */
const open = (event: MouseEvent): void => {
  const link = (event.target as Partial<Element>).closest?.(LINK);
  const form = link && forms.get(link);
  const elsewhere = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (!form || event.defaultPrevented || elsewhere) return;
  event.preventDefault();
  if (!form.isConnected) link.after(form);
  form.show();
};

/** Gives each link its one form, and takes the form of a link away that is gone. */
export const mountLinks = (make: (link: Element) => LeadForm): void => {
  // The same listener is added once, however often it is asked for.
  addEventListener("click", open);
  for (const link of places.keys())
    if (!link.isConnected) {
      places.delete(link);
      forms.get(link)?.remove();
    }
  for (const link of document.querySelectorAll(LINK)) {
    if (places.get(link) === link.parentNode) continue;
    const form = forms.get(link) ?? findMade(link) ?? make(link);
    places.set(link, link.parentNode);
    forms.set(link, form);
    taken.add(form);
    form.presentation = "dialog";
    form.setAttribute(MADE, "");
    if (form.parentNode !== link.parentNode) link.after(form);
  }
};
