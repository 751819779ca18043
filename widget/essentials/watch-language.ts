/**
 * Owns noticing that the page changed the language or direction around its forms. Must not choose a
 * language.
 */

export interface Follower {
  attributeChangedCallback(): void;
}

let observer: MutationObserver | undefined;
const watched = new WeakSet<Node>();

/** Watches every tree that a form stands in, up to the document; calls all forms back. */
export const watchLanguage = (form: Node, forms: ReadonlySet<Follower>): void => {
  if (!observer) {
    const tell = () => forms.forEach((each) => each.attributeChangedCallback());
    observer = new MutationObserver(tell);
    // What changed before this part came was seen by nobody.
    tell();
  }
  for (
    let root: Node | undefined = form.getRootNode();
    root && !watched.has(root);
    root = (root as Partial<ShadowRoot>).host?.getRootNode()
  ) {
    watched.add(root);
    observer.observe(root, { subtree: true, attributeFilter: ["lang", "dir"] });
  }
};
