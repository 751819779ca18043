/**
 * Owns the meaning of settings: the form that they make, and their place in the address. Must not touch the DOM.
 */
import { LANGUAGES } from "../../proxy/shared/contract.ts";
import type { Definitions } from "../../proxy/shared/own-fields.ts";
import type { MarkupAttribute } from "../../proxy/shared/snippet.ts";
import type { Form } from "../snippets/form.ts";
import type { Settings } from "./protocol.ts";
import { ATTRIBUTES, FLAGS, nameOf, PRESET, PROPERTIES, SLOTS } from "./table.ts";

/** A ticked box, as it stands in settings and in the address. */
export const ON = "1";

/** An attribute's value as markup has it: a flag is there and empty. */
export const attributeValue = (name: string, value: string): string =>
  FLAGS.includes(name) ? "" : value;

/** The target that the lead goes to: each has a twin that stores nothing. */
export const targetOf = ({ target = "sakneen", storage }: Settings): string =>
  storage === "none" ? `${target}-relay` : target;

/** Countries of the demo's targets: the snippet names one, so that a national number is read as theirs. */
const HOME = new Map([
  ["sakneen", "EG"],
  ["brainysoft", "RU"],
]);

/** The origin of a written address, or nothing where it is none. */
const originOf = (address = ""): string | undefined =>
  URL.canParse(address) && /^https?:/.test(address) ? new URL(address).origin : undefined;

/** Loopback only: an address in a link must not make the page send anything elsewhere. */
export const isLoopback = (address = ""): boolean =>
  URL.canParse(address) && /^https?:\/\/(?:localhost|127\.0\.0\.1):\d+$/.test(address);

/** Where the form in the frame sends, whatever a link says. */
export const liveAddress = (address: string | undefined): string | undefined =>
  isLoopback(address) ? address : undefined;

const attributesOf = (settings: Settings): MarkupAttribute[] => {
  const country = HOME.get(settings["target"] ?? "sakneen");
  const written: Settings = {
    ...(country && { country }),
    ...settings,
    target: targetOf(settings),
  };
  const named = ATTRIBUTES.filter((name) => name !== "endpoint").flatMap(
    (name): MarkupAttribute[] => {
      const value = written[name];
      if (value === undefined) return [];
      return [[name, FLAGS.includes(name) ? true : value]];
    },
  );
  const presets = Object.entries(settings).filter(([name]) => name.startsWith(PRESET));
  return [...named, ...presets];
};

/**
 * The form that an embedder gets with these settings.
 * @param origin of the proxy, where no other is wished for
 * @param definitions where the form names one of its target's own fields
 */
export const toForm = (settings: Settings, origin: string, definitions?: Definitions): Form => ({
  origin: originOf(settings["endpoint"]) ?? origin,
  lang: LANGUAGES.find((language) => language === settings["lang"]),
  attributes: attributesOf(settings),
  properties: PROPERTIES.flatMap((setting) => {
    const value = settings[setting.name];
    return value ? [[nameOf(setting), value] as const] : [];
  }),
  slots: SLOTS.flatMap((setting) => {
    const value = settings[setting.name];
    return value ? [[nameOf(setting), value] as const] : [];
  }),
  listens: settings["listen"] === ON,
  definitions,
});

/** Names in the address that are not settings: where the simulators are found. */
const ADDRESS_KEYS = ["sakneen", "brainysoft", "receiver"] as const;

/** Settings for the address; what else stands there is kept. */
export const toQuery = (settings: Settings, search: string): string => {
  const kept = new URLSearchParams(search);
  const query = new URLSearchParams();
  for (const key of ADDRESS_KEYS) {
    const value = kept.get(key);
    if (value) query.set(key, value);
  }
  for (const [name, value] of Object.entries(settings)) query.set(name, value);
  const text = query.toString();
  return text && `?${text}`;
};

export const fromQuery = (search: string): Settings =>
  Object.fromEntries(
    [...new URLSearchParams(search)].filter(([name]) => !ADDRESS_KEYS.some((key) => key === name)),
  );
