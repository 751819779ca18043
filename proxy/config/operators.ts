/**
 * Owns the tokens of the operator's side, with their names, targets and rights. Must not return a token
 * inside a fault.
 */
import * as z from "zod/mini";
import type { Fault } from "../vendors/vendor.ts";
import { secretProblem } from "../vendors/secret.ts";
import { readSecret } from "./environment.ts";
import type { Environment } from "./environment.ts";
import { problemCheck, toFaults } from "./faults.ts";
import { parseSetting } from "./sources.ts";

export const RIGHTS = ["read", "replay", "erase", "export"] as const;
export type Right = (typeof RIGHTS)[number];

export interface Operator {
  /** As it stands in the log; undefined for the one token with all rights. */
  name: string | undefined;
  token: string;
  can: readonly Right[];
  /** Keys of the targets in sight; undefined for all of them. */
  targets: readonly string[] | undefined;
}

/** 32 random bytes are 43 characters; a shorter token than this is probably a typed word. */
const MIN_TOKEN_LENGTH = 32;
const TOO_SHORT = `is shorter than ${MIN_TOKEN_LENGTH} characters`;

/** A bearer token ends at a space (RFC 6750, 2.1). */
const tokenProblem = (token: string): string | undefined => {
  const unfit = secretProblem(token) ?? (/\s/.test(token) ? "must not hold a space" : undefined);
  return unfit ?? (token.length < MIN_TOKEN_LENGTH ? TOO_SHORT : undefined);
};

/** A name stands in the log: it has to be one word there. */
const NAME = /^[\w.@-]{1,64}$/;

/** Made when somebody has a name: a schema takes long to make. */
const makeOperatorSchema = () =>
  z.strictObject({
    token: z.string().check(z.trim(), problemCheck(tokenProblem)),
    targets: z.optional(z.array(z.string()).check(z.minLength(1, "must name at least one target"))),
    can: z._default(z.array(z.enum(RIGHTS)).check(z.minLength(1, "must name at least one right")), [
      "read",
    ]),
  });

interface Operators {
  operators: Operator[];
  faults: Fault[];
  warnings: Fault[];
}

const SETTING = "OPERATOR_TOKENS";

const readNamed = (name: string, value: unknown): Operator | Fault[] => {
  const root = `${SETTING}.${name}`;
  if (!NAME.test(name)) return [{ setting: SETTING, problem: "must name each token by one word" }];
  const parsed = makeOperatorSchema().safeParse(value, { reportInput: true });
  if (!parsed.success) return toFaults(root, parsed.error);
  const { token, targets, can } = parsed.data;
  return { name, token, targets, can };
};

const readAllNamed = (env: Environment): { operators: Operator[]; faults: Fault[] } => {
  const value = env[SETTING];
  const fault = (problem: string) => ({ operators: [], faults: [{ setting: SETTING, problem }] });
  if (value === undefined) return { operators: [], faults: [] };
  if (typeof value === "string" && value.trim() === "") return fault("is empty");
  const parsed = parseSetting(value);
  if (!parsed) return fault("is not JSON");
  const entries = z.record(z.string(), z.unknown()).safeParse(parsed.value);
  if (!entries.success) return fault("must be an object of tokens by name");
  const all = Object.entries(entries.data).map(([name, each]) => readNamed(name, each));
  return {
    operators: all.flatMap((each) => (Array.isArray(each) ? [] : [each])),
    faults: all.flatMap((each) => (Array.isArray(each) ? each : [])),
  };
};

/** Whom the log would name could not be told. */
const sharedTokens = (operators: readonly Operator[]): Fault[] =>
  operators.flatMap(({ name, token }, i) =>
    operators.slice(0, i).some((other) => other.token === token)
      ? [{ setting: `${SETTING}.${name}.token`, problem: "is the token of another name" }]
      : [],
  );

/**
 * @param isTarget whether a target has this key; one that has gone is no reason to close the door
 */
export const readOperators = (env: Environment, isTarget: (key: string) => boolean): Operators => {
  const token = readSecret(env, "OPERATOR_TOKEN");
  const problem = token === undefined ? undefined : tokenProblem(token);
  const named = readAllNamed(env);
  const one = token !== undefined && problem === undefined ? [token] : [];
  const operators: Operator[] = [
    ...one.map((text) => ({ name: undefined, token: text, can: RIGHTS, targets: undefined })),
    ...named.operators,
  ];
  return {
    operators,
    faults: [
      ...(problem ? [{ setting: "OPERATOR_TOKEN", problem }] : []),
      ...named.faults,
      ...sharedTokens(operators),
    ],
    warnings: named.operators.flatMap(({ name, targets = [] }) =>
      targets.flatMap((key, i) =>
        isTarget(key)
          ? []
          : [{ setting: `${SETTING}.${name}.targets[${i}]`, problem: "is not a known target" }],
      ),
    ),
  };
};
