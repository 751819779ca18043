/**
 * Owns the seam between a page and the proxy inside it: requests to the proxy's address stay in the page. Must
 * not touch any other request, or load the proxy before it is needed.
 */
import type { InPageProxy } from "./proxy.ts";

export interface Seam {
  /** Loads the proxy, once. */
  load: () => Promise<InPageProxy>;
}

/**
 * @param publicUrl the origin that the forms of this page name as their proxy
 * @param onChange called after whatever the proxy, its store or a vendor has seen
 */
export const keepInPage = (publicUrl: string, onChange: () => void): Seam => {
  let proxy: Promise<InPageProxy> | undefined;
  const load = (): Promise<InPageProxy> =>
    (proxy ??= import("./proxy.ts").then(({ createInPageProxy }) =>
      createInPageProxy(publicUrl, onChange),
    ));
  const send = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    if (!address.startsWith(`${publicUrl}/`)) return send(input, init);
    return (await load()).fetch(new Request(input, init));
  };
  return { load };
};
