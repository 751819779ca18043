/** Owns which addresses a page may hand to the form. */

/** An http(s) address, or undefined for any other, `javascript:` above all. */
export const readUrl = (address: string): URL | undefined => {
  try {
    // Not against `location.href`: in a frame made of text that is `about:srcdoc`.
    const url = new URL(address, document.baseURI);
    return address && /^https?:$/.test(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
};
