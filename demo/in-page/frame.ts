/**
 * Owns the way from a frame to the proxy of the page around it. Must not make another one, but for a page that stands
 * alone.
 */
import { keepInPage } from "./fetch.ts";
import type { InPageProxy } from "./proxy.ts";

interface Host {
  leadFormProxy?: { proxy: InPageProxy; publicUrl: string };
}

/** Called by the page around the frame, before the frame is loaded. */
export const hostProxy = (proxy: InPageProxy, publicUrl: string): void => {
  const host: Host = { leadFormProxy: { proxy, publicUrl } };
  Object.assign(window, host);
};

/** Called in the frame, before anything else there: what its form sends is answered by the page around it. */
export const useProxyOfHost = (): void => {
  const { leadFormProxy }: Host = Object(window.parent);
  // Opened alone: its form then takes the page's own origin for its proxy's.
  if (!leadFormProxy) return void keepInPage(location.origin, () => {});
  const { proxy, publicUrl } = leadFormProxy;
  const send = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const address = input instanceof Request ? input.url : String(input);
    if (!address.startsWith(`${publicUrl}/`)) return send(input, init);
    return proxy.fetch(new Request(input, init));
  };
};
