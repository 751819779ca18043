/** Owns the frame with the customer's page: its address, its height, orders to it and reports from it. Must not show one. */
import type { Order, Report, Settings } from "../settings/protocol.ts";
import { byId } from "./dom.ts";

const LEAST_HEIGHT = 420;
const DIALOG_HEIGHT = 720;

/** What a page knows from its first moment: another visitor is another page. */
const OF_VISITOR = ["zone", "browser"] as const;

const addressFor = (settings: Settings): string => {
  const query = new URLSearchParams();
  for (const name of OF_VISITOR) if (settings[name]) query.set(name, settings[name]);
  return `./stage.html${query.size > 0 ? `?${query}` : ""}`;
};

export class StageFrame {
  readonly element = byId("frame", HTMLIFrameElement);
  #address = "";
  #settings: Settings = {};

  /** @param hear gets each report but that of the height */
  constructor(hear: (report: Report) => void) {
    window.addEventListener("message", ({ origin, source, data }: MessageEvent<Report>) => {
      if (origin !== location.origin || source !== this.element.contentWindow) return;
      if (data.kind === "height") this.#setHeight(data.pixels);
      else hear(data);
    });
  }

  order(message: Order): void {
    this.element.contentWindow?.postMessage(message, location.origin);
  }

  /** Loads the page anew where its visitor is another; it reports when it is ready. */
  show(settings: Settings): void {
    this.#settings = settings;
    const address = addressFor(settings);
    if (address === this.#address) return;
    this.#address = address;
    this.element.src = address;
  }

  reload(): void {
    this.element.contentWindow?.location.reload();
  }

  #setHeight(pixels: number): void {
    const least = this.#settings["presentation"] === "dialog" ? DIALOG_HEIGHT : LEAST_HEIGHT;
    this.element.style.blockSize = `${Math.max(least, pixels)}px`;
  }
}
