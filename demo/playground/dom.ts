/**
 * Owns short functions to find and fill elements of the playground's own document. Must not touch the
 * frame.
 */

/** @throws when the page and its script do not fit together */
export const byId = <T extends Element>(id: string, type: new () => T): T => {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`#${id} is missing`);
  return element;
};

/** An element with text or children; never markup. */
export const make = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

export const onClick = (id: string, act: () => void): void =>
  byId(id, HTMLElement).addEventListener("click", act);

/** The form's parts come from the origin of the build; these pages may stand anywhere, beside their script. */
export const usePartsOfThisPage = (): void => {
  const script = document.querySelector<HTMLScriptElement>('script[src$="/lead-form.js"]');
  const partsOrigin = script?.src.replace(/\/lead-form\.js$/, "") ?? location.origin;
  void customElements.whenDefined("lead-form").then((form) => Object.assign(form, { partsOrigin }));
};
