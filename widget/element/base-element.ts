/**
 * Owns what a form has in common with any element: options that mirror attributes, one drawing for many
 * changes, adopted styles. Knows nothing of leads.
 *
 * This and `lit/html.js` cost 3.2 kB (brotli); `LitElement` costs 5.2 kB of the script's twelve and would
 * be used for no more than what stands here.
 */
import { render } from "lit/html.js";

/** Defaults by property name: texts, and flags that are off. */
export type Options = Readonly<Record<string, string | boolean>>;

const toAttribute = (name: string) => name.replace(/[A-Z]/g, "-$&").toLowerCase();

/** Where there is no page (a server that renders), the classes can still be imported. */
const Base = globalThis.HTMLElement ?? (class {} as typeof HTMLElement);

export abstract class BaseElement extends Base {
  readonly #root = this.attachShadow({ mode: "open" });
  /** Keeps what the page put inside in sight until something is drawn, and where nothing can be. */
  readonly #undrawn = this.#root.appendChild(document.createElement("slot"));
  #drawing: Promise<void> | undefined;

  /** What the element looks like now. */
  protected abstract template(): unknown;
  /** Called after each drawing. */
  protected abstract drawn(): void;
  protected abstract readonly sheets: CSSStyleSheet[];

  /** Settled once everything asked for has been drawn. */
  get updateComplete(): Promise<void> {
    return this.#drawing ?? Promise.resolve();
  }

  requestUpdate(): void {
    this.#drawing ??= Promise.resolve().then(() => {
      this.#drawing = undefined;
      if (!this.isConnected) return;
      this.#root.adoptedStyleSheets = this.sheets;
      render(this.template(), this.#root);
      this.#undrawn.remove();
      this.drawn();
    });
  }

  /** One element of the shadow tree. */
  protected find<Found extends Element>(selector: string): Found | null {
    return this.#root.querySelector<Found>(selector);
  }

  /** Takes over what was set on the element before its class was known: its only properties of its own. */
  protected adopt(): void {
    for (const [name, value] of Object.entries(this)) {
      Reflect.deleteProperty(this, name);
      Reflect.set(this, name, value);
    }
  }
}

/**
 * Gives a class a property for each option. The attribute is the only place where an option is kept, so
 * a property that is set reflects and a default does not.
 * @returns the names of the attributes
 */
export const mirror = (prototype: object, options: Options): string[] =>
  Object.entries(options).map(([name, initial]) => {
    const attribute = toAttribute(name);
    Object.defineProperty(prototype, name, {
      get(this: HTMLElement) {
        return initial === false
          ? this.hasAttribute(attribute)
          : (this.getAttribute(attribute) ?? initial);
      },
      set(this: HTMLElement, value: unknown) {
        if (value === false || value === null || value === undefined)
          this.removeAttribute(attribute);
        else this.setAttribute(attribute, value === true ? "" : (value as string));
      },
    });
    return attribute;
  });
