/** Owns a part of the form where a server prints it: what is not there never comes. Must not load anything. */

/** Takes the place of `widget/lazy/lazy-part.ts`. */
export class LazyPart {
  part: unknown;

  want(): void {}
}
