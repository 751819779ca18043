/** Owns which addresses a page may hand to the form. */

const parse = (address: string): URL | undefined => {
  try {
    // Not `location.href`: in a frame made of text that is `about:srcdoc`.
    return new URL(address, document.baseURI);
  } catch {
    return undefined;
  }
};

/** An http(s) address to link to, or "" for any other, `javascript:` above all. */
export const linkTo = (address: string): string => {
  const url = address ? parse(address) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url.href : "";
};

/** An address to go to: https, or http on the page's own origin; "" for any other. */
export const visitable = (address: string): string => {
  const href = linkTo(address);
  return href.startsWith("https:") || (href && new URL(href).origin === location.origin)
    ? href
    : "";
};
