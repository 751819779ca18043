/** Owns the choice of a vendor's fault, and the order that it amounts to. Must not send it. */
import type { Settings } from "../settings/protocol.ts";
import { FAULT_MODES, isFaultMode, isFormMode } from "../vendors/modes.ts";
import type { Faults } from "../vendors/modes.ts";
import { byId, make } from "./dom.ts";
import { say, sayMode, speak } from "./i18n.ts";
import type { TextKey } from "./i18n.ts";

/** The pills by what becomes of the lead. The mode `answer` needs a body and is left to `curl`. */
const MODE_GROUPS = {
  takes: ["ok", "slow", "drip", "huge", "truncated", "flapping"],
  refuses: [
    "duplicate",
    "invalid_phone",
    "missing_fields",
    "no_form",
    "demanded_key",
    "refused_key",
    "localised",
    "bad_key",
    "forbidden_403",
    "rate_limited_429",
  ],
  fails: [
    "error_500",
    "unavailable_503",
    "timeout",
    "reset",
    "html_200",
    "empty_200",
    "redirect_302",
  ],
} as const satisfies Record<string, (keyof typeof FAULT_MODES)[]>;

const pills = (kind: keyof typeof MODE_GROUPS): HTMLElement =>
  make(
    "div",
    { class: "pills" },
    speak(make("span", { class: "pills-title" }), `fault.${kind}`),
    ...MODE_GROUPS[kind].map((mode) => {
      const radio = make("input", { type: "radio", name: "mode", value: mode });
      radio.defaultChecked = mode === "ok";
      return make("label", { dir: "ltr" }, radio, mode);
    }),
  );

const words = (key: TextKey): HTMLElement => speak(make("span", { class: "label" }), key);

const tick = (name: "once" | "stored" | "dedupe" | "no_emoji"): HTMLElement =>
  make(
    "label",
    { class: "tick" },
    make("input", { type: "checkbox", name }),
    words(`fault.${name}`),
  );

/** Everything by which a tester lets a vendor misbehave. */
export const buildFaults = (): HTMLElement =>
  make(
    "fieldset",
    { id: "faults" },
    speak(make("legend", {}), "fault.legend"),
    make("p", { class: "hint", id: "mode-hint" }),
    pills("takes"),
    pills("refuses"),
    pills("fails"),
    tick("once"),
    tick("stored"),
    tick("dedupe"),
    tick("no_emoji"),
    make(
      "label",
      { class: "line" },
      words("fault.key"),
      make("input", { name: "key", placeholder: "budget", dir: "ltr" }),
    ),
    make(
      "label",
      { class: "line" },
      words("fault.ms"),
      make("input", { type: "number", name: "ms", min: "0", max: "60000", step: "100" }),
    ),
  );

/** The order to the vendor that the settings amount to. */
export const toFaults = (settings: Settings): Faults => {
  const { mode: wanted, ms, key = "" } = settings;
  const mode = isFaultMode(wanted) ? wanted : "ok";
  return {
    mode,
    // As the simulator takes it; it refuses the whole order otherwise.
    ...(isFormMode(mode) && /^[A-Za-z]\w{0,63}$/.test(key) && { key }),
    ...(ms && Number.isFinite(Number(ms)) && { ms: Number(ms) }),
    ...(settings["once"] && mode !== "flapping" && { count: 1 }),
    ...(settings["stored"] && { stored: true }),
    ...(settings["dedupe"] && { dedupe: true }),
    ...(settings["no_emoji"] && { no_emoji: true }),
  };
};

export const showMode = ({ mode }: Faults): void => {
  byId("mode-hint", HTMLElement).textContent = say("fault.hint", { does: sayMode(mode), mode });
};
