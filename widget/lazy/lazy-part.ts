/**
 * Owns the loading of a part: from beside the script, once for the page. Must not throw: the form works
 * without it.
 */
export class LazyPart<Part> {
  /** The part, once it is there. A build that holds it sets it. */
  part: Part | undefined;
  /** Replaceable in tests. */
  fetch: (address: string) => Promise<Part> = (address) => import(/* @vite-ignore */ address);
  readonly #name: string;
  /** Under way, or done; a test forgets it. */
  loading: Promise<unknown> | undefined;

  /** @param name of the file `lead-form-<name>.js` */
  constructor(name: string) {
    this.#name = name;
  }

  /** Settled when the part is there or cannot be had; in that case the next call tries again. */
  load(endpoint: string): Promise<unknown> {
    return (this.loading ??= (
      this.part ? Promise.resolve() : this.fetch(`${endpoint}/lead-form-${this.#name}.js`)
    ).then(
      (part) => (this.part ??= part || undefined),
      () => (this.loading = undefined),
    ));
  }
}
