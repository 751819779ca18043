/**
 * Owns the operator's side of the playground: the way to its page, and the alerts as they come in. Must not change
 * a lead: that is done on the operator's own page.
 */
import type { OperatorSide } from "../run/receiver.ts";
import { RECEIVER_PORT } from "../vendors/ports.ts";
import { byId, make } from "./dom.ts";

/** Where `npm start` says that its receiver is, else where it usually is. Loopback only. */
const receiverAddress = (search: string): string => {
  const port = new URLSearchParams(search).get("receiver") ?? "";
  return `http://127.0.0.1:${/^\d{2,5}$/.test(port) ? port : RECEIVER_PORT}/_operator`;
};

const sentence = ({ type, data }: OperatorSide["alerts"][number]): string =>
  [type, ...Object.entries(data).map(([name, value]) => `${name}: ${String(value)}`)].join(" · ");

export class OperatorPanel {
  readonly #address = receiverAddress(location.search);
  #shown = "";

  /** @returns the newest alert, where one has come in since the last look */
  async look(): Promise<string | undefined> {
    const side = await this.#ask();
    byId("operator-empty", HTMLElement).hidden = side !== undefined && side.alerts.length > 0;
    byId("operator-way", HTMLElement).hidden = side === undefined;
    if (!side) return undefined;
    byId("operator-link", HTMLAnchorElement).href = side.url;
    byId("operator-token", HTMLElement).textContent = side.token;
    const state = JSON.stringify(side.alerts);
    if (state === this.#shown) return undefined;
    const isFirst = this.#shown === "";
    this.#shown = state;
    byId("operator-log", HTMLOListElement).replaceChildren(
      ...side.alerts.map((alert) => {
        const at = new Date(alert.timestamp);
        return make(
          "li",
          { class: "alert" },
          make("time", { datetime: alert.timestamp }, at.toLocaleTimeString("en-GB")),
          " ",
          sentence(alert),
        );
      }),
    );
    const [newest] = side.alerts;
    return isFirst || !newest ? undefined : newest.type;
  }

  /** Undefined where nobody plays the operator's side. */
  async #ask(): Promise<OperatorSide | undefined> {
    try {
      const answer = await fetch(this.#address);
      return answer.ok ? ((await answer.json()) as OperatorSide) : undefined;
    } catch {
      return undefined;
    }
  }
}
