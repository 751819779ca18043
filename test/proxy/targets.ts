/**
 * Owns the targets of a suite whose leads are stored. Must not give one target to two tests.
 *
 * Leads of an earlier test still go out during a later one, and would take the single fault that it has
 * set.
 */
import { startVendors } from "../../demo/vendors/server.ts";
import type { VendorHandle, Vendors } from "../../demo/vendors/server.ts";
import { targetsFor } from "./harness.ts";

export interface OwnTarget {
  target: string;
  vendor: VendorHandle;
}

/** So many targets, named `t0`, `t1` and so on; to be started before the Worker that serves them. */
export const startTargets = async (count: number) => {
  const all = new Map<string, Vendors>();
  for (let n = 0; n < count; n++) all.set(`t${n}`, await startVendors());
  const untaken = all.entries();
  return {
    /** The value of `TARGETS`, each with these settings. */
    settings: (settings: object) =>
      Object.fromEntries(
        [...all].map(([key, vendors]) => [key, { ...targetsFor(vendors).sakneen, ...settings }]),
      ),
    take: (): OwnTarget => {
      const { value } = untaken.next();
      if (!value) throw new Error("No target is left: the suite starts too few.");
      const [target, { sakneen: vendor }] = value;
      return { target, vendor };
    },
    close: () => Promise.all([...all.values()].map((vendors) => vendors.close())),
  };
};
export type Targets = Awaited<ReturnType<typeof startTargets>>;
