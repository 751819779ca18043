/**
 * Owns the step from a form that stood in the page to the one that is drawn. Must not move or replace a
 * control: caret, focus, undo, autofill and an open composition belong to the node.
 *
 * Lit draws into a fragment. What is printed and what is drawn have the same elements, so that each drawn
 * one gives its place in Lit's parts to the one that stands there. The rest, texts and markers, moves over.
 */
import type { Root } from "../element/base-element.ts";

/** By what was drawn, what stands in its place. */
type Kept = Map<unknown, Element>;

/** What a printed form ends with: no form holds one elsewhere. */
export const END = "wbr";

/** Values are the visitor's, and not attributes any more. */
const VALUES = ["value", "checked", "selected"];

const copyAttributes = (drawn: Element, kept: Element): void => {
  for (const name of kept.getAttributeNames())
    if (!drawn.hasAttribute(name) && !VALUES.includes(name)) kept.removeAttribute(name);
  for (const { name, value } of drawn.attributes)
    if (kept.getAttribute(name) !== value) kept.setAttribute(name, value);
};

/** Where the elements differ, what is drawn stands. */
const graft = (drawn: ParentNode & Node, standing: ParentNode & Node, kept: Kept): void => {
  const elements = [...standing.children];
  const same = [...drawn.children].map(({ localName }) => localName).join();
  if (elements.map(({ localName }) => localName).join() !== same) {
    (standing as Element).replaceChildren(...drawn.childNodes);
    return;
  }
  for (const node of Array.from(standing.childNodes))
    if (!elements.includes(node as Element)) node.remove();
  let next = 0;
  for (const node of Array.from(drawn.childNodes))
    if (node instanceof Element) {
      const element = elements[next++]!;
      kept.set(node, element);
      copyAttributes(node, element);
      graft(node, element, kept);
    } else standing.insertBefore(node, elements[next] ?? null);
};

/** Lit's parts by whatever names its build has: they hold each other, and the nodes that they write to. */
const redirect = (part: object, kept: Kept, seen: Set<unknown>): void => {
  for (const [key, value] of Object.entries(part)) {
    const element = kept.get(value);
    if (element) {
      Reflect.set(part, key, element);
      const { name } = part as { name: string };
      if ("handleEvent" in part) element.addEventListener(name, part as EventListenerObject);
    } else if (Object(value) === value && !(value instanceof Node) && !seen.has(value)) {
      seen.add(value);
      redirect(value as object, kept, seen);
    }
  }
};

/**
 * @param draw draws the form, and hands back Lit's outermost part
 * @param own keeps the controls of own fields for itself
 * @returns whether it is done; not while the drawing holds a place for what is still loaded
 */
export const takeOver = (
  form: HTMLElement & { requestUpdate: () => void },
  root: Root,
  draw: (place: DocumentFragment) => object,
  own: { adopt: (form: HTMLElement, kept: Kept) => void } | undefined,
): boolean => {
  // The parser writes into the root while it reads; the last element says that it is done.
  if (document.readyState === "loading" && root.lastElementChild?.localName !== END) {
    document.addEventListener("DOMContentLoaded", () => form.requestUpdate(), { once: true });
    return false;
  }
  // They are for a post without script; their values are the page's, and not typed.
  root.querySelectorAll("[type=hidden]").forEach((each) => each.remove());
  const drawn = document.createDocumentFragment();
  const part = draw(drawn);
  if (drawn.querySelector(".own")) return false;
  root.querySelectorAll(`style,${END}`).forEach((each) => each.remove());
  const kept: Kept = new Map();
  graft(drawn, root, kept);
  redirect(part, kept, new Set());
  root._$litPart$ = part;
  own?.adopt(form, kept);
  return true;
};
