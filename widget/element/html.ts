/**
 * Owns the drawing of templates in the script, where the build puts it in the place of `lit/html.js`. Must
 * not draw anything else than Lit does.
 *
 * It is 0.8 kB (brotli) smaller than lit-html without all that no template of ours uses: the browser's own
 * parser finds the places of the values. The npm package draws with Lit, which a page may have already.
 */
import type { html as Html, nothing as Nothing } from "lit/html.js";

/** As `TemplateResult` of lit-html. The strings are the same object at each drawing: they name the template. */
interface Template {
  strings: readonly string[];
  values: readonly unknown[];
}

export const html = ((strings: readonly string[], ...values: unknown[]): Template => ({
  strings,
  values,
})) as unknown as typeof Html;

/** Removes an attribute, or empties a place. */
export const nothing = Symbol() as unknown as typeof Nothing;

const isTemplate = (value: unknown): value is Template =>
  Boolean((value as Partial<Template> | null | undefined)?.strings);

/** What stands for a value in the markup; no text of a template holds it. */
const MARK = "{}";

interface Policy {
  createHTML(markup: string): string;
}

const { trustedTypes } = globalThis as {
  trustedTypes?: { createPolicy(name: string, policy: Policy): Policy };
};

/** A page may allow one name only, and its own Lit may have taken the other. */
const findPolicy = (): Policy | undefined => {
  for (const name of ["lead-form", "lit-html"])
    try {
      return trustedTypes?.createPolicy(name, { createHTML: (markup) => markup });
    } catch {
      // Forbidden, or taken.
    }
  return undefined;
};
const policy = findPolicy();

const walker = document.createTreeWalker(
  document,
  NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_COMMENT,
);

/** The place of a value: a comment, or an attribute with the texts around its values. */
interface Hole {
  /** Number of the node, in the order of the document. */
  at: number;
  name: string;
  texts: readonly string[];
}

interface Prepared {
  content: DocumentFragment;
  holes: readonly Hole[];
}

const prepare = (strings: readonly string[]): Prepared => {
  // Outside of a tag a comment keeps the place.
  const markup = strings.join(MARK).replace(/\{\}(?![^<]*>)/g, "<!---->");
  const template = document.createElement("template");
  template.innerHTML = policy?.createHTML(markup) ?? markup;
  const { content } = template;
  const holes: Hole[] = [];
  walker.currentNode = content;
  for (let at = 0; walker.nextNode(); at++) {
    const node = walker.currentNode as Element | Comment;
    if ("data" in node) holes.push({ at, name: "", texts: ["", ""] });
    else
      for (const name of node.getAttributeNames()) {
        const texts = node.getAttribute(name)!.split(MARK);
        if (texts.length > 1) {
          holes.push({ at, name, texts });
          node.removeAttribute(name);
        }
      }
  }
  return { content, holes };
};

const prepared = new Map<readonly string[], Prepared>();

/** A place in a drawing. Its nodes are its own properties: what takes over a printed form changes them. */
interface Part {
  set(...values: readonly unknown[]): void;
}

class Listener implements Part {
  readonly element: Element;
  readonly name: string;
  handle: (event: Event) => void = () => {};

  constructor(element: Element, name: string) {
    this.element = element;
    this.name = name;
    element.addEventListener(name, this);
  }

  set(handle: (event: Event) => void): void {
    this.handle = handle;
  }

  handleEvent(event: Event): void {
    this.handle(event);
  }
}

class Attribute implements Part {
  readonly element: Element;
  readonly name: string;
  readonly texts: readonly string[];
  last: string | undefined;

  constructor(element: Element, name: string, texts: readonly string[]) {
    this.element = element;
    this.name = name;
    this.texts = texts;
  }

  set(...values: readonly unknown[]): void {
    const { texts } = this;
    let text: string | undefined;
    if (!values.includes(nothing)) {
      text = texts[0]!;
      for (let i = 0; i < values.length; i++)
        text += `${(values[i] as string) ?? ""}${texts[i + 1]}`;
    }
    if (text === this.last) return;
    this.last = text;
    if (text === undefined) this.element.removeAttribute(this.name);
    else this.element.setAttribute(this.name, text);
  }
}

/** An attribute that is there or not. */
class Flag extends Attribute {
  override set(value: unknown): void {
    super.set(value && value !== nothing ? "" : nothing);
  }
}

/** One drawing of a template. */
class Drawing {
  readonly from: Prepared;
  readonly parts: readonly Part[];

  constructor(from: Prepared, content: DocumentFragment) {
    this.from = from;
    walker.currentNode = content;
    let at = -1;
    this.parts = from.holes.map((hole) => {
      for (; at < hole.at; at++) walker.nextNode();
      const node = walker.currentNode as Element;
      const name = hole.name.slice(1);
      switch (hole.name[0]) {
        case undefined:
          return new Place(node, node.nextSibling);
        case "@":
          return new Listener(node, name);
        case "?":
          return new Flag(node, name, hole.texts);
        default:
          return new Attribute(node, hole.name, hole.texts);
      }
    });
  }

  set(values: readonly unknown[]): void {
    let next = 0;
    this.parts.forEach((part, i) => {
      const first = next;
      next += this.from.holes[i]!.texts.length - 1;
      part.set(...values.slice(first, next));
    });
  }
}

/** Whatever stands between two nodes: a text, a node, a template or a list of them. */
class Place implements Part {
  readonly start: Node;
  readonly end: Node | null;
  last: unknown = nothing;

  constructor(start: Node, end: Node | null) {
    this.start = start;
    this.end = end;
  }

  set(value: unknown): void {
    if (isTemplate(value)) this.#draw(value);
    else if (Array.isArray(value)) this.#list(value);
    else if (value !== this.last) {
      this.#clear(value);
      if (value !== nothing)
        this.#insert(value instanceof Node ? value : new Text((value ?? "") as string));
    }
  }

  #insert(node: Node): Node {
    return this.start.parentNode!.insertBefore(node, this.end);
  }

  #clear(last: unknown, from = this.start): void {
    this.last = last;
    while (from.nextSibling !== this.end) from.nextSibling!.remove();
  }

  #draw({ strings, values }: Template): void {
    let from = prepared.get(strings);
    if (!from) prepared.set(strings, (from = prepare(strings)));
    const { last } = this;
    if (last instanceof Drawing && last.from === from) return last.set(values);
    const content = document.importNode(from.content, true);
    const drawing = new Drawing(from, content);
    drawing.set(values);
    this.#clear(drawing);
    this.#insert(content);
  }

  /** Each item has its place between two comments. */
  #list(values: readonly unknown[]): void {
    if (!Array.isArray(this.last)) this.#clear([]);
    const places = this.last as Place[];
    values.forEach((value, i) => {
      places[i] ??= new Place(this.#insert(new Comment()), this.#insert(new Comment()));
      places[i].set(value);
    });
    const [surplus] = places.splice(values.length);
    if (surplus) this.#clear(places, surplus.start.previousSibling!);
  }
}

/** @returns the outermost part: Lit keeps it at the same property of the place */
export const render = (value: unknown, root: Node & { _$litPart$?: Place }): object => {
  const place = (root._$litPart$ ??= new Place(root.appendChild(new Comment()), null));
  place.set(value);
  return place;
};
