/**
 * Owns the files that hold the settings of targets: one of all, or a folder with one for each. Must not
 * decide whether a target can work.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { isRecord } from "../../shared/is-record.ts";
import type { Fault } from "../../vendors/vendor.ts";
import { FILE_VARIABLE, NO_SOURCE, placesOf } from "../sources.ts";
import type { Place, Source } from "../sources.ts";
import { readSettingsText } from "./json.ts";
import type { SettingsText } from "./json.ts";

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: "names a file that does not exist",
  ENOTDIR: "names a file that does not exist",
  EISDIR: "names a folder",
};

const faultOf = (setting: string, error: unknown): Fault => {
  const { code = "" } = error as NodeJS.ErrnoException;
  const known = Object.hasOwn(PROBLEMS, code) ? PROBLEMS[code] : undefined;
  return { setting, problem: known ?? "names a file that cannot be read" };
};

const readText = (path: string, root: string): SettingsText | { fault: Fault } => {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return { fault: faultOf(root, error) };
  }
  return readSettingsText(bytes, root);
};

/** For the editor alone: it names the rules by which a file is completed. */
const withoutSchema = (value: unknown): unknown => {
  if (!isRecord(value)) return value;
  const { $schema: _, ...settings } = value;
  return settings;
};

const isAbout = ({ setting }: Fault, root: string): boolean =>
  setting === root || setting.startsWith(`${root}.`) || setting.startsWith(`${root}[`);

/** All targets by key, from the file that `TARGETS_FILE` names; nothing where it is not set. */
export const readTargetsFile = (path: string | undefined): Source => {
  const setting = FILE_VARIABLE;
  if (path === undefined) return NO_SOURCE;
  if (path.trim() === "") return { places: [], faults: [{ setting, problem: "is empty" }] };
  const text = readText(path, setting);
  if ("fault" in text) return { places: [], faults: [text.fault] };
  const { lineOf } = text;
  const { places, faults } = placesOf(setting, withoutSchema(text.value), { lineOf });
  if (places.length === 0)
    return {
      places,
      faults: faults.length > 0 ? faults : [{ setting, problem: "names no target" }],
    };
  return {
    faults,
    places: places.map(([key, place]) => [
      key,
      { ...place, faults: text.faults.filter((fault) => isAbout(fault, place.root)) },
    ]),
  };
};

/** Where the files of the Worker's targets stand, beside `wrangler.jsonc`. */
export const TARGETS_FOLDER = "proxy/targets";

const list = (folder: string): string[] => {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
};

const FILE = /^(.+)\.json$/;
/** Of the operator or of a tool, and no target. */
const OTHER = /^\.|~$|\.md$/;

const readTarget = (folder: string, file: string): readonly [key: string, place: Place] => {
  const root = `targets/${file}`;
  const [, key] = FILE.exec(file) ?? [];
  const nothing = { root, value: undefined };
  if (key === undefined)
    return [file, { ...nothing, faults: [{ setting: root, problem: "is not called <key>.json" }] }];
  const text = readText(join(folder, file), root);
  if ("fault" in text) return [key, { ...nothing, faults: [text.fault] }];
  const { value, lineOf, faults } = text;
  return [key, { root, value: withoutSchema(value), lineOf, faults }];
};

/** One target in each file `<key>.json` of the folder; nothing where it does not exist. */
export const readTargetsFolder = (folder: string): Source => ({
  faults: [],
  places: list(folder)
    .filter((file) => !OTHER.test(file))
    .map((file) => readTarget(folder, file)),
});
