/**
 * Owns the interface to all that answers behind the form: proxy, vendors, operator. Must not say who answers: `npm
 * start` has real ones on loopback, a static site plays them in the page.
 */
import type { Definitions } from "../../proxy/shared/own-fields.ts";
import type { Faults } from "../vendors/modes.ts";
import type { ReceivedRequest, StoredLead } from "../vendors/state.ts";
import type { VENDOR_PORTS } from "../vendors/ports.ts";

export type VendorName = keyof typeof VENDOR_PORTS;

/** What one look at a vendor shows. */
export interface VendorView {
  requests: readonly ReceivedRequest[];
  leads: readonly StoredLead[];
}

/** A simulated vendor. Each call rejects where nobody plays it. */
export interface VendorSide {
  /** Where it listens, for a person; undefined where this very page plays it, and the proxy too. */
  place: string | undefined;
  setFaults: (faults: Faults) => Promise<void>;
  look: () => Promise<VendorView>;
  clear: () => Promise<void>;
}

/** One alert as the playground shows it. */
export interface ReceivedAlert {
  type: string;
  /** ISO 8601. */
  timestamp: string;
  data: Readonly<Record<string, unknown>>;
}

export interface OperatorSide {
  /** The operator's page. */
  url: string;
  /** Made for this run, and worth nothing after it. */
  token: string;
  /** Newest first. */
  alerts: readonly ReceivedAlert[];
}

export interface Backend {
  /** Of the proxy: its public address, where the form in the frame sends too. */
  origin: string;
  /** Whether there are pages of the proxy to look at: the hosted form, the operator's, pages of customers. */
  servesPages: boolean;
  /** The own fields of a target; none where the proxy knows no such target. */
  definitionsOf: (target: string) => Promise<Definitions>;
  vendors: Readonly<Record<VendorName, VendorSide>>;
  /** Undefined where nobody plays the operator's side. */
  operator: () => Promise<OperatorSide | undefined>;
}
