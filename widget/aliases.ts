/**
 * Owns the aliases, for pages that drop elements they do not know (WordPress does, for authors):
 * `<div data-lead-form data-target="…">`, which the form appears in, and `<a data-lead-form href="…">`,
 * a link that opens it as a dialog. What stands in them is there before and without the script.
 */
import type { LeadForm } from "./lead-form.ts";
import { ALIAS_ATTRIBUTES } from "./options.ts";

const ALIAS = "[data-lead-form]";

/** The dialog of each link, with what was typed into it. */
const dialogs = new WeakMap<Element, LeadForm>();

const makeForm = (alias: HTMLElement): LeadForm => {
  const form = document.createElement("lead-form");
  for (const name of ALIAS_ATTRIBUTES) {
    const value = alias.getAttribute(`data-${name}`);
    if (value !== null) form.setAttribute(name, value);
  }
  return form;
};

/** A clone or a restored page brings its form along. */
const mount = (alias: HTMLElement): void => {
  if (alias.localName === "a" || alias.querySelector("lead-form")) return;
  const form = makeForm(alias);
  form.append(...alias.childNodes);
  alias.append(form);
};

const open = (event: MouseEvent): void => {
  const link = (event.target as Element).closest<HTMLElement>(`a${ALIAS}`);
  // A link that is to open elsewhere does, and another copy of the script may have been first.
  if (!link || event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  const form = dialogs.get(link) ?? makeForm(link);
  dialogs.set(link, form);
  form.presentation = "dialog";
  link.after(form);
  form.show();
};

/** Finds those that are there, and those that come. */
export const watchAliases = (): void => {
  const look = () => document.querySelectorAll<HTMLElement>(ALIAS).forEach(mount);
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  addEventListener("click", open);
  look();
};
