/**
 * Owns the check of the operator's token, and the refusals of its API as problem details (RFC
 * 9457). Must not reveal by its time how much of a token was right.
 */
import type { FieldErrors } from "../shared/contract.ts";

/** The operator's own codes; those of the public wire are in contract.ts. */
const PROBLEMS = {
  malformed: [400, "The request is malformed"],
  unauthorized: [401, "The operator's token is missing or wrong"],
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
 * Compares digests to the last byte, so that its time reveals neither the length of
 * the token nor the correct part of a guess.
 */
export const isToken = async (
  authorization: string | undefined,
  token: string,
): Promise<boolean> => {
  const [, guess = ""] = /^Bearer +(\S+) *$/i.exec(authorization ?? "") ?? [];
  const [a, b] = await Promise.all([digest(guess), digest(token)]);
  let difference = 0;
  for (const [i, byte] of a.entries()) difference |= byte ^ (b[i] ?? 0);
  return guess !== "" && difference === 0;
};
