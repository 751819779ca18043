/**
 * Owns the places where the settings of targets stand: variables, and the files that the host has
 * read. Must not read a file, or decide whether a target can work.
 */
import { isRecord } from "../shared/is-record.ts";
import type { Fault } from "../vendors/vendor.ts";
import type { Environment } from "./environment.ts";

/** Where the settings of one target stand. */
export interface Place {
  /** What the names of its faults begin with, such as `TARGETS.tower`. */
  root: string;
  value: unknown;
  /** The line of what a fault names; undefined where the settings stand in no file. */
  lineOf?: (setting: string) => number | undefined;
  /** What is wrong with the text, though it can be read: a key that stands there twice. */
  faults?: readonly Fault[];
}

export interface Source {
  /** By the target's key, which may stand in several places. */
  places: readonly (readonly [key: string, place: Place])[];
  /** Of what could not be read as a whole, so that nobody knows which targets it holds. */
  faults: readonly Fault[];
}

export const NO_SOURCE: Source = { places: [], faults: [] };

/** All entries of an object of targets by key, under the name of what holds it. */
export const placesOf = (
  setting: string,
  value: unknown,
  rest: Pick<Place, "lineOf"> = {},
): Source => {
  if (!isRecord(value))
    return { places: [], faults: [{ setting, problem: "must be an object of targets by key" }] };
  const places = Object.entries(value).map(([key, target]): [string, Place] => [
    key,
    { root: `${setting}.${key}`, value: target, ...rest },
  ]);
  return { places, faults: [] };
};

/** A setting may be an object, or the same as a JSON string. */
export const parseSetting = (value: unknown): { value: unknown } | undefined => {
  if (typeof value !== "string") return { value };
  try {
    return { value: JSON.parse(value) as unknown };
  } catch {
    return undefined;
  }
};

const readAll = (value: unknown): Source => {
  if (value === undefined || value === "") return NO_SOURCE;
  const parsed = parseSetting(value);
  return parsed
    ? placesOf("TARGETS", parsed.value)
    : { places: [], faults: [{ setting: "TARGETS", problem: "is not JSON" }] };
};

/** The path of a file, and no target. */
export const FILE_VARIABLE = "TARGETS_FILE";

const PREFIX = "TARGETS_";

/** Many hosts know capitals only, and a key in a page is mostly written small. */
const keyOf = (rest: string): string => (/[a-z]/.test(rest) ? rest : rest.toLowerCase());

/** One variable for each target: `TARGETS_TOWER` is `tower`. */
const readEach = (env: Environment): Source => {
  const places = Object.entries(env)
    .filter(([name]) => name.startsWith(PREFIX) && name !== FILE_VARIABLE)
    .map(([root, text]): [string, Place] => {
      const parsed = text === "" ? undefined : parseSetting(text);
      const problem = text === "" ? "is empty" : "is not JSON";
      return [
        keyOf(root.slice(PREFIX.length)),
        parsed
          ? { root, value: parsed.value }
          : { root, value: undefined, faults: [{ setting: root, problem }] },
      ];
    });
  return { places, faults: [] };
};

export const joinSources = (sources: readonly Source[]): Source => ({
  places: sources.flatMap(({ places }) => places),
  faults: sources.flatMap(({ faults }) => faults),
});

/** Every place of every target, by its key. */
export const readSources = (
  env: Environment,
  files: Source,
): { places: ReadonlyMap<string, readonly Place[]>; faults: readonly Fault[] } => {
  const { places, faults } = joinSources([readAll(env["TARGETS"]), readEach(env), files]);
  const byKey = new Map<string, Place[]>();
  for (const [key, place] of places) byKey.set(key, [...(byKey.get(key) ?? []), place]);
  if (places.length > 0 || faults.length > 0) return { places: byKey, faults };
  const problem = env["TARGETS"] ? "names no target" : "is missing";
  return { places: byKey, faults: [{ setting: "TARGETS", problem }] };
};
