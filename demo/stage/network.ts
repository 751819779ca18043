/**
 * Owns the frame's view of its network: it shows each request and answer, and plays a lost connection.
 * Must not change what is sent.
 *
 * It has to be in place before the form sends.
 */
import type { Exchange } from "../settings/protocol.ts";

/** `offline`: the browser knows that it has no connection. `lost`: it does not know, and no request is answered. */
type Network = "" | "offline" | "lost";

let network: Network = "";

const toNetwork = (text: string | undefined): Network =>
  text === "offline" || text === "lost" ? text : "";

/** Plays what the browser does when the connection is lost, or is back. */
export const playNetwork = (setting: string | undefined): void => {
  const before = network;
  network = toNetwork(setting);
  if ((before === "offline") === (network === "offline")) return;
  Object.defineProperty(navigator, "onLine", {
    configurable: true,
    get: () => network !== "offline",
  });
  window.dispatchEvent(new Event(network === "offline" ? "offline" : "online"));
};

const bodyText = async (request: Request): Promise<string> =>
  request.method === "GET" ? "" : request.clone().text();

/** Passes every request through unchanged, and reports twice: when it leaves, and how it ended. */
export const watchNetwork = (tell: (exchange: Exchange) => void): void => {
  const send = window.fetch.bind(window);
  let count = 0;
  window.fetch = async (input, init) => {
    const request = new Request(input, init);
    const open: Exchange = {
      id: ++count,
      method: request.method,
      url: request.url,
      body: await bodyText(request),
    };
    tell(open);
    const start = performance.now();
    const took = () => Math.round(performance.now() - start);
    try {
      if (network) throw new TypeError(`Failed to fetch (${network})`);
      const response = await send(input, init);
      const answer = await response.clone().text();
      const headers = Object.fromEntries(response.headers);
      tell({ ...open, took: took(), status: response.status, headers, answer });
      return response;
    } catch (error) {
      tell({ ...open, took: took(), failure: String(error) });
      throw error;
    }
  };
};
