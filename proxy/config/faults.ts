/**
 * Owns the step from a broken rule of the schema to a fault with its path and problem. Must not
 * repeat a value, since it may be a secret.
 */
import * as z from "zod/mini";
import type { Fault } from "../vendors/vendor.ts";

/** `TARGETS.sakneen.origins[1]` */
export const settingName = (root: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (name, part) => (typeof part === "number" ? `${name}[${part}]` : `${name}.${String(part)}`),
    root,
  );

/** The messages of zod itself hold only names and expected types. */
export const toFaults = (root: string, { issues }: z.core.$ZodError): Fault[] =>
  issues.flatMap((issue) => {
    const setting = settingName(root, issue.path);
    if (issue.code === "unrecognized_keys")
      return issue.keys.map((key) => ({
        setting: `${setting}.${key}`,
        problem: "is not a known key",
      }));
    if (issue.code === "invalid_type")
      return [
        {
          setting,
          problem: issue.input === undefined ? "is missing" : `must be ${issue.expected}`,
        },
      ];
    if (issue.code === "invalid_value")
      return [{ setting, problem: `must be one of ${issue.values.join(", ")}` }];
    return [{ setting, problem: issue.message }];
  });

/** A rule of our own: it tells the problem, or undefined if there is none. */
export const problemCheck = <T>(problemOf: (value: T) => string | undefined): z.core.$ZodCheck<T> =>
  z.check((payload) => {
    const message = problemOf(payload.value);
    if (message) payload.issues.push({ code: "custom", input: payload.value, message });
  });

export const atLine = (fault: Fault, line: number | undefined): Fault =>
  line === undefined ? fault : { ...fault, problem: `${fault.problem} (line ${line})` };

/** Two targets that share a secret report its fault once. */
export const unique = (faults: readonly Fault[]): Fault[] => [
  ...new Map(faults.map((fault) => [`${fault.setting} ${fault.problem}`, fault])).values(),
];
