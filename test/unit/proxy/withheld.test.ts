/** The limits, and what is kept from the vendor, where no store answers; and what of it a store gets. */
import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { accept } from "../../../proxy/accept.ts";
import type { AcceptDeps } from "../../../proxy/accept.ts";
import { readConfig } from "../../../proxy/config/config.ts";
import type { Target } from "../../../proxy/config/target.ts";
import type { Result } from "../../../proxy/http/reply.ts";
import type { Lead } from "../../../proxy/lead/lead.ts";
import { createCounters } from "../../../proxy/ledger/counters.ts";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { createOperations } from "../../../proxy/ledger/operations.ts";
import { createKeyring, open } from "../../../proxy/ledger/seal.ts";
import type { Store } from "../../../proxy/ledger/store.ts";
import type { Circumstances } from "../../../proxy/ledger/submission.ts";
import type { Line } from "../../../proxy/log.ts";

const target = {
  vendor: "sakneen",
  baseUrl: "https://crm.example",
  origins: ["https://a.example"],
};
const config = readConfig({
  TARGETS: { stored: target, none: { ...target, storage: "none" } },
  SAKNEEN_API_KEY: "k",
  LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
});
const [stored, none] = ["stored", "none"].map((key) => config.targets.get(key));
assert.ok(stored && none);
const keyring = createKeyring(config.ledgerKeys ?? new Map());

let leads = 0;
const leadOf = (values: Partial<Lead> = {}): Lead => {
  const n = String(leads++).padStart(8, "0");
  return {
    id: `${n}-0000-4000-8000-000000000001`,
    target: "stored",
    name: `Mona ${n}`,
    phone: `+2010${n}`,
    email: undefined,
    project: undefined,
    lang: "en",
    consent: "",
    attribution: { page: "https://a.example/p", utm_source: "s".repeat(500) },
    ...values,
  };
};

const worldOf = (store?: Partial<Store>) => {
  const lines: Line[] = [];
  const clock = { now: 0, called: 0, status: 201, call: 0 };
  const deps: AcceptDeps = {
    fetch: async () => {
      clock.called++;
      clock.now += clock.call;
      return Response.json({ newLead: { _id: "1" } }, { status: clock.status });
    },
    now: () => 0,
    log: (_level, line) => lines.push(line),
    keyring: () => keyring,
    storeFor: ({ storage }) => {
      const fails = () => Promise.reject(new Error("SQLITE_FULL"));
      return storage === "none" ? undefined : { begin: fails, finish: fails, get: fails, ...store };
    },
    sendAlert: undefined,
    newId: () => crypto.randomUUID(),
    waitUntil: () => {},
    counters: createCounters({ elapsed: () => clock.now, random: () => 0 }),
  };
  const post = (to: Target, lead: Lead, circumstances: Partial<Circumstances> = {}) =>
    accept(to, lead, { address: undefined, stamped: true, trapped: false, ...circumstances }, deps);
  return { post, lines, clock };
};
const codeOf = (result: Result) => ("code" in result ? result.code : result.status);
const count = async (times: number, post: (n: number) => Promise<Result>) => {
  const codes: Record<string, number> = {};
  for (let n = 0; n < times; n++) {
    const code = codeOf(await post(n));
    codes[code] = (codes[code] ?? 0) + 1;
  }
  return codes;
};

for (const [name, to] of [
  ["while the store is down", stored],
  ["without a store", none],
] as const)
  describe(name, () => {
    test("1,000 leads from one address without a proof of work are a quarter of its limit", async () => {
      const { post, clock } = worldOf();
      const robot = { address: "a", stamped: false };
      assert.deepEqual(await count(1_000, () => post(to, leadOf(), robot)), {
        created: 15,
        rate_limited: 985,
      });
      assert.equal(clock.called, 15);
      assert.equal(codeOf(await post(to, leadOf(), { address: "a" })), "created");
    });

    test("1,000 leads from 500 addresses are a quarter of the target's", async () => {
      const { post, clock } = worldOf();
      const robot = (n: number) => ({ address: `a${n % 500}`, stamped: false });
      await count(1_000, (n) => post(to, leadOf(), robot(n)));
      assert.equal(clock.called, 150);
      assert.equal(codeOf(await post(to, leadOf(), { address: "v" })), "created");
    });

    test("one number goes to the vendor five times in a day", async () => {
      const { post, clock } = worldOf();
      mock.timers.enable({ apis: ["setTimeout"] });
      const answers = Array.from({ length: 24 }, () =>
        post(to, leadOf({ phone: "+201012345678" }), {}),
      );
      // Each of them passes several promises before it begins to wait.
      for (let n = 0; n < 500; n++) {
        await new Promise(setImmediate);
        mock.timers.tick(10);
      }
      mock.timers.reset();
      const codes = (await Promise.all(answers)).map(codeOf);
      assert.equal(clock.called, 5);
      // Nothing is kept for a person here: with a store, a later try is better than a lead that nobody has.
      const others = to === none ? "created" : "unavailable";
      assert.equal(codes.filter((code) => code !== others).length, to === none ? 0 : 5);
      assert.equal(codes.filter((code) => code === others).length, to === none ? 24 : 19);
    });
  });

describe("without a store, a filled honeypot", () => {
  /** The answer, and the milliseconds until it came. */
  const wait = async (answer: Promise<Result>) => {
    let result: Result | undefined;
    let ms = 0;
    void answer.then((found) => (result = found));
    for (; !result; ms += 10) {
      for (let n = 0; n < 20; n++) await new Promise(setImmediate);
      if (!result) mock.timers.tick(10);
    }
    return { result, ms: ms - 10 };
  };

  test("reaches nobody, and is answered as leads are at that moment, after their time", async () => {
    const { post, clock, lines } = worldOf();
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      clock.call = 240;
      await post(none, leadOf());
      const lead = leadOf();
      const told = await wait(post(none, lead, { trapped: true }));
      assert.deepEqual(told, { result: { receipt: lead.id, status: "created" }, ms: 240 });
      for (let n = 0; n < 8; n++) {
        clock.status = 500;
        await post(none, leadOf());
      }
      const { result, ms } = await wait(post(none, leadOf(), { trapped: true }));
      assert.deepEqual([codeOf(result), ms, clock.called], ["unavailable", 240, 9]);
      const withheld = lines.filter(({ event }) => event === "withheld");
      assert.deepEqual(withheld[0], {
        event: "withheld",
        target: "none",
        id: lead.id,
        reason: "honeypot",
      });
      assert.equal(withheld.length, 2);
    } finally {
      mock.timers.reset();
    }
  });

  test("is answered in the usual time where no lead has come yet", async () => {
    const { post } = worldOf();
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const { result, ms } = await wait(post(none, leadOf(), { trapped: true }));
      assert.deepEqual([codeOf(result), ms], ["created", 500]);
    } finally {
      mock.timers.reset();
    }
  });
});

describe("a lead that is kept from the vendor", () => {
  const storeOf = () => {
    const sql = openSqlite(":memory:");
    const limits = { ...stored.limits, perPhonePerDay: 1 };
    const ledger = createLedger({
      sql,
      now: () => Date.now(),
      random: () => 0,
      newId: () => crypto.randomUUID(),
      policy: { ...stored, limits },
    });
    const store: Store = {
      begin: async (submission) => ledger.begin(submission),
      finish: async (...report) => ledger.finish(...report),
    };
    const operations = createOperations({ ledger, now: () => Date.now() });
    return { store, operations };
  };

  for (const [why, reason] of [
    ["for a filled honeypot", "honeypot"],
    ["for its number", "phone_limit"],
  ] as const)
    test(`${why} is stored without its campaign`, async () => {
      const { store, operations } = storeOf();
      const { post, clock } = worldOf(store);
      const phone = "+201012345678";
      await post(stored, leadOf({ phone }));
      const lead = leadOf({ phone });
      await post(stored, lead, { trapped: reason === "honeypot" });
      const found = operations.get(lead.id);
      assert.deepEqual([found?.state, found?.reason, clock.called], ["quarantined", reason, 1]);
      assert.ok(found?.sealed && found.kept);
      const ring = await keyring;
      const text = [
        await open(ring, lead.id, "stored", found.sealed),
        await open(ring, lead.id, "stored", found.kept, "kept"),
      ].join();
      assert.match(text, new RegExp(lead.name));
      assert.doesNotMatch(text, /sssss|a\.example/);
    });
});
