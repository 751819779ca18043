/** Owns the rules for the addresses that a page sets on the form. Must not accept `javascript:`. */

/** An http(s) address, or undefined for any other, `javascript:` above all. */
export const readUrl = (address: string): URL | undefined => {
  try {
    // Not against `location.href`: in a frame made of text that is `about:srcdoc`. A command has no document.
    const url = new URL(address, globalThis.document?.baseURI);
    return address && /^https?:$/.test(url.protocol) ? url : undefined;
  } catch {
    return undefined;
  }
};

/** Goes to an address that is https or of this origin. Two frames later, so that the thanks are seen before. */
export const leaveFor = (address: string): void => {
  const url = readUrl(address);
  if (url && (url.protocol !== "http:" || url.origin === location.origin))
    requestAnimationFrame(() => requestAnimationFrame(() => location.assign(url)));
};
