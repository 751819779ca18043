/**
 * Owns the way of an operator's test lead: who may send one, its store, the vendor's validation, the answer. Must
 * not create a lead at a vendor, or store one among those of visitors.
 */
import type { AcceptDeps } from "../accept.ts";
import type { Config } from "../config/config.ts";
import type { Operator } from "../config/operators.ts";
import type { Target } from "../config/target.ts";
import { startSpan } from "../lead/deliver.ts";
import type { Lead } from "../lead/lead.ts";
import { proofOf } from "../lead/proof.ts";
import type { OperatorStore } from "../ledger/store.ts";
import { toSubmission } from "../ledger/submission.ts";
import { logError } from "../log.ts";
import type { Log } from "../log.ts";
import { findOperator, mayTest } from "./auth.ts";
import { json } from "./context.ts";
import { CALL_WITH_VISITOR } from "../vendors/call-times.ts";
import type { Checked } from "../vendors/vendor.ts";

export type TestStore = Pick<OperatorStore, "keepTest" | "settleTest">;

interface TestDeps extends Omit<AcceptDeps, "storeFor" | "counters"> {
  storeFor: (target: Target, id: string) => TestStore | undefined;
}

/**
 * Whether a request asks for a test, in its body or its address. Whatever else it says there was meant as a test, too:
 * it must not become a lead.
 */
export const asksForTest = (...values: readonly (string | undefined)[]): boolean =>
  values.some((value = "") => !["", "0", "false"].includes(value.trim().toLowerCase()));

/** The operator of this token, who may send tests to some target; undefined for a visitor. */
export const findTester = async (
  { method, headers }: Request,
  { config: { operators }, log }: { config: Pick<Config, "operators">; log: Log },
): Promise<Operator | undefined> => {
  const authorization = headers.get("authorization");
  if (authorization === null || method !== "POST" || operators.length === 0) return undefined;
  const operator = await findOperator(authorization, operators);
  if (!operator) log("warn", { event: "operator", action: "refused" });
  return operator && mayTest(operator) ? operator : undefined;
};

/** Whether the token sees this target. */
export const mayTry = (operator: Operator | undefined, key: string): operator is Operator =>
  operator !== undefined && (operator.targets?.includes(key) ?? true);

const BY_OPERATOR = { address: undefined, stamped: true, trapped: false } as const;

/** The vendor's answer; as in a delivery, a mistake of ours is one too. */
const check = (target: Target, lead: Lead, deps: TestDeps): Promise<Checked> => {
  const { fetch, now, log } = deps;
  const { left } = startSpan(deps, CALL_WITH_VISITOR);
  return target.check(lead, { fetch, now, left }).catch((error: unknown): Checked => {
    logError(log, error);
    return { kind: "doubt", reason: "network" };
  });
};

/** "silent" where a store is configured and does not answer. */
const keep = async (
  store: TestStore | undefined,
  target: Target,
  lead: Lead,
  { keyring, log }: TestDeps,
): Promise<"kept" | "known" | "none" | "silent"> => {
  if (!store) return "none";
  try {
    const sealed = await toSubmission(lead, BY_OPERATOR, target, await keyring());
    return (await store.keepTest(sealed)) ? "kept" : "known";
  } catch (error) {
    logError(log, error);
    return "silent";
  }
};

/**
 * 1. Store it, apart from all leads. 2. Let the vendor refuse it. 3. Tell what that has shown, without a word of
 * a person.
 * @returns undefined where the id stands for another lead already
 */
export const answerTest = async (
  target: Target,
  lead: Lead,
  { name: by }: Operator,
  deps: TestDeps,
): Promise<Response | undefined> => {
  const { id: receipt, target: key } = lead;
  const store = deps.storeFor(target, receipt);
  const kept = await keep(store, target, lead, deps);
  if (kept === "known") return undefined;
  deps.log("info", {
    event: "operator",
    action: "test",
    ...(by && { by }),
    target: key,
    id: receipt,
  });

  const proof = proofOf(await check(target, lead, deps));
  if (store && kept === "kept") {
    const { reason, fields, vendor_key: vendorKey } = proof;
    // A result that the store has missed stands in the answer all the same.
    await store
      .settleTest(receipt, { reason: reason ?? undefined, fields, vendorKey })
      .catch((error: unknown) => logError(deps.log, error));
  }
  const reason = proof.reason ?? (kept === "silent" ? "store_down" : null);
  return json({ test: true, receipt, target: key, stored: kept === "kept", ...proof, reason });
};
