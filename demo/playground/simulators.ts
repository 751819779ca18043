/**
 * Owns the playground's calls to the simulated vendors: orders, and what they received. Must not call a
 * real vendor.
 */
import type { Faults } from "../vendors/modes.ts";
import { VENDOR_PORTS } from "../vendors/ports.ts";
import type { ReceivedRequest, StoredLead } from "../vendors/state.ts";

export type VendorName = keyof typeof VENDOR_PORTS;

/** Loopback only: an address in a link must not make the page send anything elsewhere. */
const isLoopback = (address: string): boolean =>
  URL.canParse(address) && /^https?:\/\/(?:localhost|127\.0\.0\.1):\d+$/.test(address);

/** What one look at a vendor shows. */
export interface VendorView {
  requests: readonly ReceivedRequest[];
  leads: readonly StoredLead[];
}

export class Simulator {
  readonly origin: string;

  constructor(name: VendorName, search: string) {
    const given = new URLSearchParams(search).get(name) ?? "";
    this.origin = isLoopback(given) ? given : `http://127.0.0.1:${VENDOR_PORTS[name]}`;
  }

  async setFaults(faults: Faults): Promise<void> {
    await this.#call("PUT", "/_faults", JSON.stringify(faults));
  }

  async look(): Promise<VendorView> {
    const [requests, leads] = await Promise.all([
      this.#call("GET", "/_requests"),
      this.#call("GET", "/_leads"),
    ]);
    return { requests: await requests.json(), leads: await leads.json() };
  }

  async clear(): Promise<void> {
    await this.#call("DELETE", "/_leads");
  }

  /** @throws TypeError when no vendor answers there */
  async #call(method: string, path: string, body?: string): Promise<Response> {
    const answer = await fetch(this.origin + path, { method, ...(body && { body }) });
    if (!answer.ok) throw new TypeError(`${this.origin}${path} answered ${answer.status}`);
    return answer;
  }
}
