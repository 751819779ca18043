/** Owns the playground's talk with the simulated vendors: orders, and looks at what they hold. Must not draw a control. */
import type { Settings } from "../settings/protocol.ts";
import type { Backend, VendorName, VendorSide } from "./backend.ts";
import { announce } from "./copy.ts";
import { byId } from "./dom.ts";
import { showMode, toFaults } from "./faults.ts";
import { say, speak } from "./i18n.ts";
import { VendorPanel } from "./panels.ts";

/** While a request is open, and this long after, the vendor is polled. */
const LOOK_EVERY_MS = 400;
const LOOK_AFTER_MS = 2500;

const TITLES: Readonly<Record<VendorName, string>> = {
  sakneen: "Sakneen",
  brainysoft: "Brainysoft",
};

export const vendorOf = (settings: Settings): VendorName =>
  settings["target"] === "brainysoft" ? "brainysoft" : "sakneen";

export class VendorWatch {
  readonly #vendors: Backend["vendors"];
  readonly #panel = new VendorPanel();
  #name: VendorName = "sakneen";
  #told = "";
  #until = 0;
  #looking = false;

  constructor(vendors: Backend["vendors"]) {
    this.#vendors = vendors;
  }

  /** Nobody answers: whoever starts the vendors meanwhile should not have to load the page again. */
  get isLost(): boolean {
    return byId("vendor-status", HTMLElement).dataset["tone"] === "bad";
  }

  async order(settings: Settings): Promise<void> {
    const faults = toFaults(settings);
    showMode(faults);
    this.#name = vendorOf(settings);
    const order = this.#name + JSON.stringify(faults);
    if (order === this.#told) return;
    this.#told = order;
    if (await this.#call((vendor) => vendor.setFaults(faults))) await this.#look();
    else this.#told = "";
  }

  /** Something was sent: what arrives is shown as it does. */
  async follow(): Promise<void> {
    this.#until = performance.now() + LOOK_AFTER_MS;
    if (this.#looking) return;
    this.#looking = true;
    while (performance.now() < this.#until && (await this.#look()))
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    this.#looking = false;
  }

  async clear(): Promise<void> {
    this.#panel.clear();
    await this.#call((vendor) => vendor.clear());
  }

  #look(): Promise<boolean> {
    return this.#call(async (vendor) => {
      const view = await vendor.look();
      if (this.#panel.show(view))
        announce(say("vendor.holds", { count: String(view.leads.length) }));
    });
  }

  /** @returns whether anybody answered, which the page shows */
  async #call(act: (vendor: VendorSide) => Promise<unknown>): Promise<boolean> {
    const vendor = this.#vendors[this.#name];
    const status = byId("vendor-status", HTMLElement);
    const values = { vendor: TITLES[this.#name], place: vendor.place ?? "" };
    try {
      await act(vendor);
      status.dataset["tone"] = "good";
      speak(status, vendor.place === undefined ? "vendor.here" : "vendor.good", values);
      return true;
    } catch {
      status.dataset["tone"] = "bad";
      speak(status, "vendor.bad", values);
      return false;
    }
  }
}
