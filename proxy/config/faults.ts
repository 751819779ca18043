/**
 * Owns the step from a broken rule of the schema to a fault with its path and problem. Must not
 * repeat a value, since it may be a secret.
 */
import * as v from "valibot";
import { isRecord } from "../shared/is-record.ts";
import type { Fault } from "../vendors/vendor.ts";

/** `TARGETS.sakneen.origins[1]` */
export const settingName = (root: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (name, part) => (typeof part === "number" ? `${name}[${part}]` : `${name}.${String(part)}`),
    root,
  );

type AnySchema = v.GenericSchema;

/** What a schema without words of its own says. Only names and types: a value may be a secret. */
const sayType = ({ input, expected }: v.BaseIssue<unknown>): string =>
  input === undefined ? "is missing" : `must be ${expected?.toLowerCase() ?? "another"}`;

/** What settings mean by a schema, or its faults by the names of the settings. */
export const readSettings = <S extends AnySchema>(
  root: string,
  schema: S,
  value: unknown,
): { settings: v.InferOutput<S> } | { faults: Fault[] } => {
  const { success, output, issues } = v.safeParse(schema, value, { message: sayType });
  return success
    ? { settings: output }
    : {
        faults: issues.map(({ path = [], message }) => ({
          setting: settingName(
            root,
            path.map(({ key }) => key as PropertyKey),
          ),
          problem: message,
        })),
      };
};

type Run = AnySchema["~run"];

/** For valibot a list is an object as well. */
const unlessList =
  (run: Run): Run =>
  (dataset, config) =>
    run(Array.isArray(dataset.value) ? { ...dataset, value: "a list" } : dataset, config);

/** An object of these keys and no other: each unknown one is named, where a strict object names the first. */
export const settingsOf = <const E extends v.ObjectEntries>(entries: E) => {
  const schema = v.objectWithRest(entries, v.never("is not a known key"));
  const run: Run = (dataset, config) => schema["~run"](dataset, config);
  return { ...schema, "~run": unlessList(run) } as unknown as v.StrictObjectSchema<E, undefined>;
};

/** Values by name. `v.record` leaves out names such as `constructor`, which a project may have; a map does not. */
export const valuesByName = <N extends v.GenericSchema<string, string>, V extends v.GenericSchema>(
  name: N,
  value: V,
) => {
  const schema = v.record(name, value);
  const map = v.map(name, value);
  const run: Run = (dataset, config) => {
    if (!isRecord(dataset.value)) return schema["~run"](dataset, config);
    const read = map["~run"]({ value: new Map(Object.entries(dataset.value)) }, config);
    const values = read.value instanceof Map ? Object.fromEntries(read.value) : read.value;
    return { ...read, value: values } as ReturnType<Run>;
  };
  return { ...schema, "~run": unlessList(run) } as unknown as typeof schema;
};

export const oneOf = <const O extends readonly string[]>(options: O) =>
  v.picklist(options, `must be one of ${options.join(", ")}`);

const toPath = (keys: readonly PropertyKey[]) =>
  keys.map((key) => ({ type: "unknown", origin: "value", key })) as unknown as [v.UnknownPathItem];

/** Rules of our own, over all of a value: each problem with the path to it. */
export const rules = <T>(
  problemsOf: (value: T) => readonly (readonly [path: readonly PropertyKey[], problem: string])[],
) =>
  v.rawCheck<T>(({ dataset, addIssue }) => {
    for (const [keys, message] of dataset.typed ? problemsOf(dataset.value) : [])
      addIssue({ message, ...(keys.length > 0 && { path: toPath(keys) }) });
  });

/** A rule of our own: it tells the problem, or undefined if there is none. */
export const problemCheck = (problemOf: (value: string) => string | undefined) =>
  rules<string>((value) => {
    const problem = problemOf(value);
    return problem ? [[[], problem]] : [];
  });

export const atLine = (fault: Fault, line: number | undefined): Fault =>
  line === undefined ? fault : { ...fault, problem: `${fault.problem} (line ${line})` };

/** Two targets that share a secret report its fault once. */
export const unique = (faults: readonly Fault[]): Fault[] => [
  ...new Map(faults.map((fault) => [`${fault.setting} ${fault.problem}`, fault])).values(),
];
