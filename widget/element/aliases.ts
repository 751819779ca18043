/**
 * Owns the aliases, for pages that drop unknown elements, as WordPress does for authors. Must not move or
 * remove a node of the page: a framework would fail on it.
 *
 * `<div data-lead-form data-target="…">` gets the form inside. `<a data-lead-form href="…">` opens it as a
 * dialog, which comes with the extras; until then it is a link.
 */
import { extras } from "../lazy/extras.ts";
import type { LeadForm } from "./lead-form.ts";
import { ALIAS_ATTRIBUTES } from "./attributes.ts";

/** A form that says what its alias says. */
const formFor = (alias: Element): LeadForm => {
  const form = document.createElement("lead-form");
  for (const { name, value } of alias.attributes) {
    const own = name.replace(/^data-/, "");
    if (value && own !== name && (ALIAS_ATTRIBUTES.includes(own) || own.startsWith("field-")))
      form.setAttribute(own, value);
  }
  return form;
};

/** Shows the form alone: what else is inside has no slot, so that it stays where it is and is not drawn. */
const mount = (alias: Element): void => {
  // A clone or a restored page brings its form along.
  const form = alias.querySelector<LeadForm>(":scope>lead-form") ?? formFor(alias);
  if (!form.parentNode) alias.append(form);
  void form.updateComplete.then(() => {
    if (alias.shadowRoot || !form.target) return;
    const slot = document.createElement("slot");
    form.slot = slot.name = "lead-form";
    alias.attachShadow({ mode: "open" }).append(slot);
  });
};

/** Finds those that are there, and those that come. */
export const watchAliases = (): void => {
  const look = () => {
    document.querySelectorAll("div[data-lead-form]").forEach(mount);
    if (extras.part || document.querySelector("a[data-lead-form]"))
      void extras.load().then(() => extras.part?.mountLinks(formFor));
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
  look();
};
