/**
 * Owns the operator's side of the playground: the way to its page, and the alerts as they come in. Must not change
 * a lead: that is done on the operator's own page.
 */
import type { OperatorSide } from "./backend.ts";
import { byId, make } from "./dom.ts";

const sentence = ({ type, data }: OperatorSide["alerts"][number]): string =>
  [type, ...Object.entries(data).map(([name, value]) => `${name}: ${String(value)}`)].join(" · ");

export class OperatorPanel {
  #shown = "";

  /** @returns the newest alert, where one has come in since the last time */
  show(side: OperatorSide | undefined): string | undefined {
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
}
