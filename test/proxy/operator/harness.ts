/**
 * Owns the operator's side of a proxy under test: a Worker with a token and many targets. Must not give
 * one target to two tests.
 */
import assert from "node:assert/strict";
import { after, before, beforeEach } from "node:test";
import type { VendorHandle } from "../../../demo/vendors/server.ts";
import { LEADS, SECRETS, postLead, startProxy, targetsFor, until } from "../harness.ts";
import type { Proxy } from "../harness.ts";
import { startTargets } from "../targets.ts";
import type { Targets } from "../targets.ts";

export const OPERATOR_TOKEN = "operator-token-of-the-tests-0123456789";
/** Of people with fewer rights: `lena` sees two targets, and none of the others' tests takes these. */
export const TOKENS = {
  lena: { token: "l".repeat(40), targets: ["t46", "t47"], can: ["read", "replay"] },
  omar: { token: "o".repeat(40), can: ["export"] },
  sami: { token: "s".repeat(40), targets: ["t46"], can: ["erase"] },
} as const;
const LEDGER_KEYS = JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") });

export let proxy: Proxy;
let targets: Targets;
/** Those of the running test. */
export let target: string;
export let vendor: VendorHandle;
before(async () => {
  targets = await startTargets(50);
  proxy = await startProxy({
    targets: (vendors) => {
      const { sakneen, brainysoft } = targetsFor(vendors);
      return {
        ...targets.settings({ storage: "ledger", shards: 2, stamp: "off" }),
        relayed: sakneen,
        faulty: { ...brainysoft, vendor: "nobody" },
      };
    },
    secrets: () => ({
      ...SECRETS,
      LEDGER_KEYS,
      OPERATOR_TOKEN,
      OPERATOR_TOKENS: JSON.stringify(TOKENS),
    }),
  });
});
after(async () => {
  await proxy.close();
  await targets.close();
});
beforeEach(() => {
  ({ target, vendor } = targets.take());
});

type Values = Readonly<Record<string, string>>;
export interface Answer {
  status: number;
  headers: Headers;
  body: Record<string, unknown>;
}

interface Options {
  headers?: Values;
  body?: string;
}
export const call = (method: string, path: string, init: Options = {}): Promise<Response> =>
  proxy.fetch(`/operator${path}`, {
    method,
    ...init,
    headers: { authorization: `Bearer ${OPERATOR_TOKEN}`, ...init.headers },
  });
export const ask = async (method: string, path: string, body?: unknown): Promise<Answer> => {
  const response = await call(method, path, {
    ...(body !== undefined && {
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
  const { status, headers } = response;
  return { status, headers, body: (await response.json()) as Record<string, unknown> };
};
export const list = async (query = "") =>
  (await ask("GET", `/leads?target=${target}${query}`)).body as {
    leads: Record<string, unknown>[];
    cursor: string | null;
  };

export const post = async (values: Values = {}): Promise<string> => {
  const lead = { ...LEADS.sakneen, target, id: crypto.randomUUID(), ...values };
  const response = await postLead(proxy, lead);
  assert.ok(response.ok, await response.clone().text());
  return ((await response.json()) as { receipt: string }).receipt;
};
/** A lead that waits for a person: the vendor answered with something that is no lead. */
export const hold = async (values: Values = {}): Promise<string> => {
  vendor.setFaults({ mode: "html_200", count: 1 });
  return post(values);
};
/** Resolves when the target's newest lead is in that state. */
export const settled = async (state: string): Promise<void> => {
  while ((await list()).leads[0]?.["state"] !== state);
};
export const arrivals = () => vendor.leads().map(({ body }) => body);
export const arrived = (count = 1) => until(() => arrivals().length >= count);
export const lines = () =>
  [...proxy.logs().matchAll(/\{"event":"operator".*?\}/g)].map(
    ([line]) => JSON.parse(line) as Record<string, unknown>,
  );
export const logged = (action: string, id: string) =>
  until(() => lines().some((line) => line["action"] === action && line["id"] === id));

export const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
