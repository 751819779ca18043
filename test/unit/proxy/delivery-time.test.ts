/** The time of a delivery while somebody sets the clock: no call is cut short, and none goes on for longer. */
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { readConfig } from "../../../proxy/config/config.ts";
import type { Target } from "../../../proxy/config/target.ts";
import { deliver } from "../../../proxy/lead/deliver.ts";
import type { DeliveryLine, Line } from "../../../proxy/log.ts";
import { leadOf } from "./own-target.ts";

const HOUR = 3_600_000;
const TOKEN_URL = "https://auth.example/token";

/** Its vendor needs two calls for a lead, so that the clock can be set between them; no token is kept yet. */
const newTarget = (): Target => {
  const { targets } = readConfig({
    TARGETS: {
      t: {
        vendor: "brainysoft",
        baseUrl: "https://vendor.example",
        origins: ["https://www.example.com"],
      },
    },
    BRAINYSOFT_TOKEN_URL: TOKEN_URL,
    BRAINYSOFT_CLIENT_ID: "client",
    BRAINYSOFT_CLIENT_SECRET: "secret",
    LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
  });
  const target = targets.get("t");
  assert.ok(target);
  return target;
};

interface Played {
  /** The clock is set by so much while the token is on its way. */
  jump: number;
  time: number;
  lead: (init: RequestInit) => Promise<Response>;
  /** Where the host can measure time without the clock. */
  steady?: boolean;
}

const play = async ({ jump, time, lead, steady = true }: Played) => {
  const lines: Line[] = [];
  let set = 0;
  const outcome = await deliver(
    newTarget(),
    leadOf(),
    {
      now: () => Date.now() + set,
      ...(steady && { steady: { elapsed: () => performance.now() } }),
      log: (_level, line) => void lines.push(line),
      fetch: async (url, init) => {
        if (url !== TOKEN_URL) return lead(init);
        set += jump;
        return Response.json({ access_token: "token", expires_in: 1 });
      },
    },
    time,
  );
  return { outcome, line: lines.find((line): line is DeliveryLine => line.event === "delivery") };
};

const created = async () => Response.json({ status: "ok", data: 1 });
/** Answers nothing; resolves with the milliseconds after which the call was given up. */
const silence = () => {
  const begun = performance.now();
  const { promise, resolve } = Promise.withResolvers<number>();
  const lead = ({ signal }: RequestInit) =>
    new Promise<Response>((_, reject) => {
      signal?.addEventListener("abort", () => {
        resolve(performance.now() - begun);
        reject(new Error("aborted"));
      });
    });
  return { lead, over: promise };
};

describe("a clock that is set during a delivery", () => {
  for (const [way, jump] of [
    ["forward", 400 * 24 * HOUR],
    ["back", -3 * HOUR],
  ] as const)
    test(`${way} leaves the call its time, and its figure`, async () => {
      const { outcome, line } = await play({ jump, time: 30_000, lead: created });
      assert.equal(outcome.kind, "created");
      assert.ok(line && line.ms >= 0 && line.ms < 30_000, `${line?.ms} ms`);
    });

  test("back makes no call longer", async () => {
    const { lead, over } = silence();
    const { outcome } = await play({ jump: -3 * HOUR, time: 2_500, lead });
    assert.deepEqual([outcome.kind, "reason" in outcome && outcome.reason], ["doubt", "timeout"]);
    assert.ok((await over) < 2_500 + 1_000);
  });

  test("back gives a call no more than its whole time anew where nothing but the clock measures", async () => {
    const { lead, over } = silence();
    const { outcome } = await play({ jump: -3 * HOUR, time: 2_500, lead, steady: false });
    assert.equal(outcome.kind, "doubt");
    assert.ok((await over) < 2 * 2_500 + 1_000);
  });
});
