/**
 * Owns the native controls of own fields, each made once for its form. Must not write a value.
 *
 * A node of its own keeps focus and caret, and one function for three elements costs half of their templates.
 */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

const made = new WeakMap<Element, Map<string, HTMLElement>>();

/**
 * An attribute that is empty or false goes.
 * @param options of a select; with other ones it is another select
 */
export const drawControl = (
  form: HTMLElement,
  tag: string,
  attributes: Attributes,
  options: readonly (readonly [value: string, text: string])[] = [],
): HTMLElement => {
  const nodes = made.get(form) ?? new Map<string, HTMLElement>();
  made.set(form, nodes);
  const key = `${attributes["id"]} ${options.join()}`;
  const node = nodes.get(key) ?? document.createElement(tag);
  if (!nodes.has(key)) node.append(...options.map(([value, text]) => new Option(text, value)));
  nodes.set(key, node);
  for (const [name, value] of Object.entries(attributes))
    if (value || value === 0) node.setAttribute(name, String(value));
    else node.removeAttribute(name);
  return node;
};

/** @param kept by a control that was made, the one of the page that stands for it from now on */
export const adopt = (form: HTMLElement, kept: ReadonlyMap<unknown, Element>): void => {
  const nodes = made.get(form);
  nodes?.forEach((node, key) =>
    nodes.set(key, (kept.get(node) as HTMLElement | undefined) ?? node),
  );
};
