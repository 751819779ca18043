/** Owns the playground's other side where there is no server: the proxy and the vendors inside the page. Must not call out. */
import { FIELDS_PATH } from "../../proxy/shared/contract.ts";
import type { Backend, VendorSide } from "../playground/backend.ts";
import { masked, maskedRequest } from "../vendors/receive.ts";
import type { InPageProxy } from "./proxy.ts";
import type { VendorName } from "./vendors.ts";

const vendor = (proxy: InPageProxy, name: VendorName): VendorSide => {
  const state = proxy.vendors[name];
  return {
    place: undefined,
    setFaults: (faults) => proxy.setFaults(faults, name),
    look: async () => ({
      requests: state.requests.map(maskedRequest),
      leads: state.leads.map(masked),
    }),
    clear: async () => state.clear(),
  };
};

export const createInPageBackend = (proxy: InPageProxy, publicUrl: string): Backend => ({
  origin: publicUrl,
  servesPages: false,
  definitionsOf: async (target) => {
    const address = publicUrl + FIELDS_PATH + encodeURIComponent(target);
    const answer = await proxy.fetch(new Request(address));
    return answer.ok ? answer.json() : { version: "", fields: [] };
  },
  vendors: { sakneen: vendor(proxy, "sakneen"), brainysoft: vendor(proxy, "brainysoft") },
  operator: async () => undefined,
});
