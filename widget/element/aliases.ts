/**
 * Owns the aliases, for pages that drop unknown elements, as WordPress does for authors. Must not remove
 * what stands in an alias: it is there before the script and without it. `<div data-lead-form data-
 * target="…">` gets the form inside; `<a data-lead-form href="…">` opens it as a dialog.
 */
import { extras } from "../lazy/extras.ts";
import type { LeadForm } from "./lead-form.ts";
import { ALIAS_ATTRIBUTES } from "./attributes.ts";

const ALIAS = "[data-lead-form]";

/** A clone or a restored page brings its form along. */
const mount = (alias: HTMLElement): void => {
  const isLink = alias.matches("a");
  const next = alias.nextElementSibling;
  if (isLink ? next?.matches("[presentation=dialog]") : alias.querySelector("lead-form")) return;
  const form = document.createElement("lead-form");
  for (const name of ALIAS_ATTRIBUTES) {
    const value = alias.getAttribute(`data-${name}`);
    if (value) form.setAttribute(name, value);
  }
  if (isLink) {
    form.presentation = "dialog";
    alias.after(form);
  } else {
    form.append(...alias.childNodes);
    alias.append(form);
  }
};

/** Without the extras there is no dialog, but there is the page that the link leads to. */
const open = (event: MouseEvent): void => {
  const link = (event.target as Element).closest(`a${ALIAS}`);
  // A link that is to open elsewhere does, and another copy of the script may have been first.
  const taken = event.defaultPrevented || event.metaKey || event.ctrlKey || event.shiftKey;
  if (!link || taken || !extras.part) return;
  event.preventDefault();
  (link.nextElementSibling as LeadForm).show();
};

/** Finds those that are there, and those that come. */
export const watchAliases = (): void => {
  const look = () => document.querySelectorAll<HTMLElement>(ALIAS).forEach(mount);
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  addEventListener("click", open);
  look();
};
