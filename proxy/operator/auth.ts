/**
 * Owns the check of an operator's token and its rights, and the refusals of its API as problem details (RFC
 * 9457). Must not reveal by its time how much of a token was right.
 */
import type { Operator, Right } from "../config/operators.ts";
import type { FieldErrors } from "../shared/contract.ts";

/** The operator's own codes; those of the public wire are in contract.ts. */
const PROBLEMS = {
  malformed: [400, "The request is malformed"],
  unauthorized: [401, "The operator's token is missing or wrong"],
  forbidden: [403, "This token may not do that"],
  not_found: [404, "There is nothing here"],
  conflict: [409, "The state does not allow it"],
  too_large: [413, "The request is too large"],
  unsupported_type: [415, "The media type is not supported"],
  invalid: [422, "Some fields need another look"],
  unavailable: [503, "Not everything can be looked into"],
} as const;
export type OperatorProblem = keyof typeof PROBLEMS;

export const refuse = (
  code: OperatorProblem,
  facts: { detail?: string; state?: string; fields?: FieldErrors } = {},
): Response => {
  const [status, title] = PROBLEMS[code];
  return Response.json(
    { type: "about:blank", title, status, code, ...facts },
    {
      status,
      headers: {
        "content-type": "application/problem+json; charset=utf-8",
        ...(code === "unauthorized" && { "www-authenticate": "Bearer" }),
      },
    },
  );
};

const digest = async (text: string): Promise<Uint8Array> =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));

/**
 * Whose token this is. Compares the digests of all of them to the last byte, so that its time reveals
 * neither the length of a token, nor the correct part of a guess, nor its place in the list.
 */
export const findOperator = async (
  authorization: string | undefined,
  operators: readonly Operator[],
): Promise<Operator | undefined> => {
  const [, guess = ""] = /^Bearer +(\S+) *$/i.exec(authorization ?? "") ?? [];
  const [sent, ...known] = await Promise.all(
    [guess, ...operators.map(({ token }) => token)].map(digest),
  );
  const matches = known.map((bytes) => {
    let difference = 0;
    for (const [i, byte] of bytes.entries()) difference |= byte ^ (sent?.[i] ?? 0);
    return difference === 0;
  });
  return guess === "" ? undefined : operators.find((_, i) => matches[i]);
};

/** A test lead calls the vendor, as another try of a lead does. */
const TEST_RIGHT: Right = "replay";
export const mayTest = ({ can }: Operator): boolean => can.includes(TEST_RIGHT);

/**
 * The right that a call needs. An overview without a person in it is open to every token: the page begins
 * with it.
 */
const rightFor = (method: string, path: string): Right | undefined => {
  // One lead that goes by its receipt is a test: who may send it may remove it.
  if (method === "DELETE") return /\/leads\/[^/]+$/.test(path) ? TEST_RIGHT : "erase";
  if (path.endsWith("/backup")) return "export";
  if (method !== "GET" && method !== "HEAD") return "replay";
  if (path.endsWith("/targets")) return undefined;
  return path.endsWith("/export") ? "export" : "read";
};

export const mayCall = ({ can }: Operator, method: string, path: string): boolean => {
  const right = rightFor(method, path);
  return right === undefined || can.includes(right);
};
