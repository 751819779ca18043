/**
 * Owns drawing: one for many changes, with adopted styles, and properties that mirror attributes. Must not
 * know what a lead is.
 *
 * `LitElement` costs 5.2 kB (brotli), nearly half of the script; this, with the script's own way to draw
 * templates, 1.7. The form would use no more of it.
 */
import { render } from "lit/html.js";
import { ATTRIBUTE_DEFAULTS, type AttributesElement, toAttribute } from "./attributes.ts";
import { inTurn } from "./turns.ts";

/**
 * With the properties that are defined below. On a server that renders pages there is no `HTMLElement`,
 * and importing the package must not fail.
 */
const Base = (globalThis.HTMLElement ?? class {}) as unknown as new () => AttributesElement;

/** Lit finds what it has drawn by this property, in each of its builds. */
export type Root = ShadowRoot & { _$litPart$?: object };

export abstract class BaseElement extends Base {
  readonly #root: Root;
  #drawing: Promise<void> | undefined;
  /** How many sheets the root has adopted: to adopt the same again has the browser style it anew. */
  #adopted = 0;

  constructor() {
    super();
    const { shadowRoot } = this;
    this.#root = shadowRoot ?? this.attachShadow({ mode: "open" });
    // Shows the element's children until the first drawing, where no form is printed.
    if (!shadowRoot) this.#root.append(document.createElement("slot"));
  }

  /** The markup of the element as it stands. */
  protected abstract template(): unknown;
  /**
   * Called before the first drawing.
   * @returns what that replaces; undefined to leave the root as it is, until the next request
   */
  protected abstract begin(
    root: Root,
    draw: (place: DocumentFragment) => object,
  ): Iterable<ChildNode> | undefined;
  /** Called after each drawing. */
  protected abstract drawn(): void;
  protected abstract readonly sheets: CSSStyleSheet[];

  /** Settled once every requested drawing is done. */
  get updateComplete(): Promise<void> {
    return this.#drawing ?? Promise.resolve();
  }

  /** The first drawing waits for its turn, since a page may have many forms. */
  requestUpdate(): void {
    this.#drawing ??= (this.#root._$litPart$ ? Promise.resolve() : new Promise<void>(inTurn)).then(
      () => this.flush(),
    );
  }

  /** Draws what a part has brought since the last drawing. */
  refresh(): void {
    if (!this.#root._$litPart$ || this.#adopted < this.sheets.length) this.requestUpdate();
  }

  /** Draws now what has been requested. */
  protected flush(): void {
    if (!this.#drawing) return;
    if (!this.isConnected) {
      this.#drawing = undefined;
      return;
    }
    const root = this.#root;
    const draw = (place: DocumentFragment) => render(this.template(), place);
    let stale: Iterable<ChildNode> | undefined = [];
    try {
      if (!root._$litPart$) stale = this.begin(root, draw);
    } finally {
      // What is asked for in the beginning is in this drawing. One that fails must not be the last.
      this.#drawing = undefined;
    }
    const { sheets } = this;
    // A printed form has its styles, unless the page's policy forbids them.
    if ((stale || !root.styleSheets[0]) && this.#adopted < sheets.length) {
      root.adoptedStyleSheets = sheets;
      this.#adopted = sheets.length;
    }
    if (!stale) return;
    draw(root);
    for (const node of stale) node.remove();
    this.drawn();
  }

  /** Takes over what the page set on the element before its class was defined: its only own properties. */
  protected adopt(): void {
    for (const [name, value] of Object.entries(this)) {
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }
}

// An option is kept in its attribute only: a property that is set reflects, a default does not.
for (const [name, initial] of Object.entries(ATTRIBUTE_DEFAULTS)) {
  const attribute = toAttribute(name);
  Object.defineProperty(BaseElement.prototype, name, {
    get(this: HTMLElement) {
      return initial === false
        ? this.hasAttribute(attribute)
        : (this.getAttribute(attribute) ?? initial);
    },
    set(this: HTMLElement, value: unknown) {
      if (value === false || value === null || value === undefined) this.removeAttribute(attribute);
      else this.setAttribute(attribute, value === true ? "" : (value as string));
    },
  });
}
