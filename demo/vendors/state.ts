/**
 * Owns the memory of a simulated vendor: requests, leads and the faults that were set. Must not know HTTP
 * or a vendor.
 */
import { type Faults, type FormMode, isFormMode, readPrefix } from "./modes.ts";

/** One order, with what the vendor's form asks for whatever else happens. */
export interface Order extends Faults {
  form?: FormMode | undefined;
}

/** One request to the vendor's own paths, as it came. */
export interface ReceivedRequest {
  /** ISO 8601. */
  at: string;
  method: string;
  /** With the query. */
  path: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
  /** What was answered; absent while open, and where nothing was. */
  answer?: Answer;
}

/** An answer before it becomes bytes. */
export interface Answer {
  status: number;
  body: string;
  headers?: Record<string, string>;
}

/** A lead that the vendor holds. */
export interface StoredLead {
  /** The vendor's own. */
  id: string;
  /** ISO 8601. */
  at: string;
  path: string;
  headers: Record<string, string>;
  /** The parsed body, to the letter. */
  body: Record<string, unknown>;
}

export class VendorState {
  leads: StoredLead[] = [];
  requests: ReceivedRequest[] = [];
  #faults: Faults = { mode: "ok" };
  /** Requests that the current order still applies to. */
  #left = Infinity;
  #flaps = 0;

  get faults(): Faults {
    return this.#faults;
  }

  setFaults(faults: Faults): void {
    this.#faults = faults;
    this.#left = faults.mode === "flapping" ? Infinity : (faults.count ?? Infinity);
    this.#flaps = 0;
  }

  /** The order for the next lead; its name goes before what was set for all. */
  takeFaults(name: unknown): Order {
    const prefix = readPrefix(name);
    const faults = prefix ? { ...this.#lasting, ...prefix } : this.#take();
    if (isFormMode(faults.mode)) return { ...faults, form: faults.mode };
    if (faults.mode !== "flapping") return faults;
    const inARow = faults.count ?? 1;
    const fails = this.#flaps++ % (2 * inARow) < inARow;
    return { ...faults, mode: fails ? "unavailable_503" : "ok" };
  }

  /** What describes the vendor rather than one answer of it. */
  get #lasting(): Partial<Order> {
    const { mode, key, dedupe = false, no_emoji = false } = this.#faults;
    const form = this.#left > 0 && isFormMode(mode) ? mode : undefined;
    return { dedupe, no_emoji, form, ...(key && { key }) };
  }

  #take(): Order {
    if (this.#left <= 0) return { ...this.#lasting, mode: "ok" };
    this.#left--;
    return this.#faults;
  }

  /** Forgets leads and requests; the faults stay. */
  clear(): void {
    this.leads = [];
    this.requests = [];
  }
}
