/**
 * Owns the loading of a part: once for the page, from the origin that was baked in. Must not throw: the
 * form works without it.
 */
import { BUILD, ENDPOINT } from "./build-info.ts";

/** Where the parts come from. Only script may change it: an attribute is as much as any author may write. */
export const parts = { origin: ENDPOINT };

export class LazyPart<Part extends { readonly BUILD: string }> {
  /** The part, once it is there. A build that holds it sets it. */
  part: Part | undefined;
  /** Replaceable in tests. */
  fetch: (address: string) => Promise<Part> = (address) => import(/* @vite-ignore */ address);
  /** It could not be had when it was last tried. */
  failed = false;
  readonly #name: string;
  /** Under way, or done; a test forgets it. */
  loading: Promise<unknown> | undefined;

  /** @param name of the file `lead-form-<name>.js` */
  constructor(name: string) {
    this.#name = name;
  }

  /** Settled when the part is there or cannot be had; in that case the next call tries again. */
  load(): Promise<unknown> {
    return (this.loading ??= this.#find().then((part) => {
      this.part ??= part;
      this.failed = !part;
      if (!part) this.loading = undefined;
    }));
  }

  /** Loads what a drawing lacks. Once that has failed, the next focus tries again: not each drawing. */
  want(redraw: () => void): void {
    if (!this.part && !this.failed) void this.load().then(redraw);
  }

  /**
   * A part of another build would fail at every drawing. A cache may hold one after a deploy, so the
   * second address is one that no cache has seen.
   */
  async #find(): Promise<Part | undefined> {
    if (this.part) return this.part;
    const address = `${parts.origin}/lead-form-${this.#name}.js`;
    try {
      for (const each of [address, `${address}?${BUILD}`]) {
        const part = await this.fetch(each);
        if (part.BUILD === BUILD) return part;
      }
    } catch {
      // Blocked, or not there: the form works without.
    }
    return undefined;
  }
}
