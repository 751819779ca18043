/** The gate before the body: it counts requests of an address, whatever they hold. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import type { Target } from "../../../proxy/config/target.ts";
import { FLOOD, createGate } from "../../../proxy/http/gate.ts";
import type { PlatformGate } from "../../../proxy/http/gate.ts";

const targetsOf = (...limits: readonly number[]) =>
  new Map(
    limits.map((perAddressPerMinute, i) => [
      String(i),
      { limits: { perAddressPerMinute } } as Target,
    ]),
  );

let clock = 0;
const elapsed = () => clock;
const gateOf = (limits: readonly number[], platform?: PlatformGate) => {
  let n = 0;
  const random = () => (n++ * 0.618) % 1;
  return createGate({ targets: targetsOf(...limits), elapsed, random, platform });
};
const ask = async (gate: ReturnType<typeof gateOf>, times: number, address?: string) => {
  let passed = 0;
  for (let n = 0; n < times; n++) if (await gate(address)) passed++;
  return passed;
};

describe("the gate", () => {
  test("reads so many requests of one address in a minute, and each of another one", async () => {
    const gate = gateOf([60]);
    assert.equal(await ask(gate, FLOOD + 500, "a"), FLOOD);
    assert.equal(await ask(gate, 100, "b"), 100);
    clock += 60_000;
    assert.equal(await ask(gate, 100, "a"), 100);
  });

  test("refuses nothing of what high limits allow, all targets and repeats together", async () => {
    const gate = gateOf([1_000, 500]);
    assert.equal(await ask(gate, 10_000, "a"), 6_000);
  });

  test("lets pass whose address is not known", async () => {
    assert.equal(await ask(gateOf([60]), 2 * FLOOD), 2 * FLOOD);
  });
});

describe("the platform's counter", () => {
  /** As Cloudflare counts: each key to the limit of the binding. */
  const platformOf = () => {
    const counts = new Map<string, number>();
    const limit: PlatformGate["limit"] = async ({ key }) => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return { success: (counts.get(key) ?? 0) <= FLOOD };
    };
    return { limit, keys: () => [...counts.keys()] };
  };

  test("is asked by the address, and believed", async () => {
    const platform = platformOf();
    const elsewhere = gateOf([60], platform);
    await ask(elsewhere, 2_000, "a");
    assert.ok((await ask(gateOf([60], platform), 2_000, "a")) < 1_100);
    assert.equal(platform.keys().length, 1);
  });

  test("is not asked for a visitor", async () => {
    const platform = platformOf();
    assert.equal(await ask(gateOf([60], platform), 20, "a"), 20);
    assert.deepEqual(platform.keys(), []);
  });

  test("is spread over keys where the settings allow more than it does", async () => {
    assert.equal(await ask(gateOf([2_500], platformOf()), 10_000, "a"), 10_000);
  });

  test("that fails is replaced by this process's", async () => {
    const limit = () => Promise.reject(new Error("down"));
    assert.equal(await ask(gateOf([60], { limit }), FLOOD + 500, "a"), FLOOD);
  });

  test("has the limit that the settings of the Worker give it", () => {
    const settings = readFileSync("proxy/wrangler.jsonc", "utf8");
    assert.match(settings, new RegExp(`"simple": \\{ "limit": ${FLOOD}, "period": 60 \\}`));
  });
});
