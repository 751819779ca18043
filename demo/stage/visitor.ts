/** Owns the made-up visitor: time zone and languages of the browser. Must not be told apart by the form. */
import type { Settings } from "../settings/protocol.ts";

/** It has to be in place before the form's script looks. */
export const playVisitor = ({ zone, browser }: Settings): void => {
  if (zone) {
    // oxlint-disable-next-line typescript/unbound-method -- called with the formatter that is asked
    const resolve = Intl.DateTimeFormat.prototype.resolvedOptions;
    Intl.DateTimeFormat.prototype.resolvedOptions = function resolvedOptions() {
      return { ...resolve.call(this), timeZone: zone };
    };
    // Where a browser has Temporal the form asks it.
    const temporal: unknown = Reflect.get(globalThis, "Temporal");
    if (temporal) Object.defineProperty(Object(temporal).Now, "timeZoneId", { value: () => zone });
  }
  if (browser) {
    Object.defineProperty(navigator, "languages", { configurable: true, get: () => [browser] });
    Object.defineProperty(navigator, "language", { configurable: true, get: () => browser });
  }
};
