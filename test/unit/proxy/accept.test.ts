/** What a visitor reads when the store fails at either end of a delivery. */
import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { accept } from "../../../proxy/accept.ts";
import type { AcceptDeps } from "../../../proxy/accept.ts";
import { readConfig } from "../../../proxy/config/config.ts";
import { toRelayResult } from "../../../proxy/http/reply.ts";
import type { Lead } from "../../../proxy/lead/lead.ts";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { createKeyring, fromText, open } from "../../../proxy/ledger/seal.ts";
import type { Store } from "../../../proxy/ledger/store.ts";
import { createCounters } from "../../../proxy/ledger/counters.ts";
import type { Circumstances } from "../../../proxy/ledger/submission.ts";
import type { Finished } from "../../../proxy/ledger/types.ts";
import type { Line } from "../../../proxy/log.ts";
import { submissionOf } from "./leads.ts";

const ID = "0b7c1c8e-3f1e-4c55-9d3c-1a2b3c4d5e6f";
const LEAD: Lead = {
  id: ID,
  target: "t",
  name: "Mona Adel",
  phone: "+201012345678",
  email: undefined,
  project: undefined,
  lang: "en",
  consent: "",
  attribution: {},
};
const TARGETS = {
  t: { vendor: "sakneen", baseUrl: "https://crm.example", origins: ["https://www.example.com"] },
};
const config = readConfig({
  TARGETS,
  SAKNEEN_API_KEY: "k",
  LEDGER_KEYS: JSON.stringify({ k1: Buffer.alloc(32, 1).toString("base64") }),
});
const target = config.targets.get("t");
assert.ok(target);

/** Nothing was counted so far. */
const countersOf = (): AcceptDeps["counters"] =>
  createCounters({ elapsed: () => performance.now(), random: () => 0 });

const created = () => Response.json({ newLead: { _id: "1" } }, { status: 201 });
const USUAL = { address: undefined, stamped: true, trapped: false };
const lease = async () => ({ kind: "lease", attempt: 1 }) as const;
const fails = () => Promise.reject(new Error("SQLITE_FULL"));
const depsOf = (
  store: Partial<Store> | undefined,
  vendor: () => Response,
  changes: Partial<AcceptDeps> = {},
): AcceptDeps => ({
  fetch: async () => vendor(),
  now: () => Date.now(),
  log: () => {},
  keyring: () => createKeyring(config.ledgerKeys ?? new Map()),
  storeFor: () => store && { begin: fails, finish: fails, get: fails, ...store },
  sendAlert: undefined,
  newId: () => crypto.randomUUID(),
  waitUntil: () => {},
  counters: countersOf(),
  ...changes,
});
const submit = (
  store: Partial<Store>,
  vendor: () => Response,
  goesOn: (work: Promise<unknown>) => void,
) => accept(target, LEAD, USUAL, depsOf(store, vendor), goesOn);
const run = async (
  store: Partial<Store> | undefined,
  vendor: () => Response,
  circumstances: Partial<Circumstances> = {},
  to = target,
) => {
  const lines: Line[] = [];
  const alerts: Record<string, unknown>[] = [];
  const background: Promise<unknown>[] = [];
  let calls = 0;
  const deps = depsOf(store, vendor, {
    fetch: async () => {
      calls++;
      return vendor();
    },
    log: (_level, line) => lines.push(line),
    sendAlert: async ({ type, data }) => {
      alerts.push({ type, ...data });
      return { taken: true };
    },
    waitUntil: (work) => void background.push(work),
  });
  const result = await accept(to, LEAD, { ...USUAL, ...circumstances }, deps);
  await Promise.all(background);
  return { result, calls, alerts, lines, events: lines.map(({ event }) => event) };
};

describe("while the store cannot be reached", () => {
  test("a lead that the vendor confirms is a success, and the log says that it was not stored", async () => {
    const { result, calls, events } = await run({}, created);
    assert.deepEqual(result, { receipt: ID, status: "created" });
    assert.equal(calls, 1);
    assert.deepEqual(events, ["undurable", "delivery"]);
  });

  for (const [what, vendor] of [
    ["fails", () => new Response(null, { status: 500 })],
    ["answers with a page", () => new Response("<h1>Welcome</h1>")],
    ["refuses the key", () => new Response("{}", { status: 401 })],
  ] as const)
    test(`a lead on which the vendor ${what} is no success`, async () => {
      const { result } = await run({}, vendor);
      assert.equal("code" in result && result.code, "unavailable");
    });
});

test("an attempt's line in the log holds the fields of its list, and nothing of the visitor", async () => {
  const { lines } = await run(undefined, created);
  assert.deepEqual(
    lines.map((line) => ({ ...line, ms: 0 })),
    [
      {
        event: "delivery",
        target: "t",
        id: ID,
        outcome: "created",
        vendor_status: 201,
        ms: 0,
      },
    ],
  );
});

test("who is known to a vendor is answered as one who is not", () => {
  const known = toRelayResult({ kind: "duplicate", status: 400 }, ID);
  assert.deepEqual(known, toRelayResult({ kind: "created", ref: "1", status: 201 }, ID));
});

describe("while the store cannot be reached, too,", () => {
  test("a changed form is told", async () => {
    const vendor = () => Response.json({ message: [{ budget: "مطلوب" }] }, { status: 400 });
    const { result, alerts } = await run({}, vendor, {}, { ...target, key: "down" });
    assert.equal("code" in result && result.code, "unavailable");
    const news = { type: "vendor.form_changed", lead: ID, reason: "form_changed", key: "budget" };
    assert.deepEqual(alerts, [news]);
  });

  test("a robot gets nothing to the vendor", async () => {
    for (const circumstances of [{ trapped: true }, { trapped: true, stamped: false }]) {
      const { result, calls } = await run({}, created, circumstances);
      assert.deepEqual(["code" in result && result.code, calls], ["unavailable", 0]);
    }
  });

  test("a proof of work is demanded where the target demands one", async () => {
    const strict = { ...target, stamp: "required" } as const;
    const { result, calls } = await run({}, created, { stamped: false }, strict);
    assert.deepEqual(["code" in result && result.code, calls], ["stamp_refused", 0]);
  });

  test("the store hears what became of a lead that it took without saying so", async () => {
    const reports: Parameters<Store["finish"]>[] = [];
    const finish: Store["finish"] = async (...report) => {
      reports.push(report);
      return { kind: "created", id: ID };
    };
    await run({ finish }, created);
    const [[id, attempt, outcome] = [], ...more] = reports;
    assert.deepEqual([id, attempt, outcome?.kind, more], [ID, 1, "created", []]);
    // The vendor's id may be anything: the store gets it sealed.
    assert.ok(outcome?.kind === "created");
    const keyring = await createKeyring(config.ledgerKeys ?? new Map());
    assert.equal(await open(keyring, ID, target.key, fromText(outcome.ref), "ref"), "1");
  });
});

describe("a delivery never throws", () => {
  test("whatever the vendor's adapter meets", async () => {
    const broken = { ...target, deliver: () => Promise.reject(new TypeError("x")) };
    const { result, events } = await run(undefined, created, {}, broken);
    assert.equal("code" in result && result.code, "unavailable");
    assert.deepEqual(events, ["error", "delivery"]);
  });
});

describe("without a store", () => {
  const drift = () => new Response("<h1>Welcome</h1>");
  const unexplained = () => new Response("{}", { status: 400 });

  for (const [reason, vendor] of [
    ["html", drift],
    ["empty", () => new Response(null, { status: 200 })],
    ["not_json", () => new Response("OK")],
  ] as const)
    test(`${reason} confirms nothing, and the operator is told`, async () => {
      const { result, alerts } = await run(undefined, vendor);
      assert.deepEqual(result, { code: "unavailable", retryAfter: 60 });
      assert.deepEqual(alerts, [{ type: "vendor.drift", lead: ID, reason }]);
    });

  test("JSON of another shape is a success, and the operator is told", async () => {
    const { result, alerts } = await run(undefined, () => Response.json({ hello: "world" }));
    assert.deepEqual(result, { receipt: ID, status: "created" });
    assert.deepEqual(alerts, [{ type: "vendor.drift", lead: ID, reason: "no_lead" }]);
  });

  test("a refusal that nothing explains is none, and the operator is told", async () => {
    const { result, alerts } = await run(undefined, unexplained);
    assert.equal("code" in result && result.code, "unavailable");
    assert.deepEqual(
      alerts.map(({ type }) => type),
      ["vendor.drift"],
    );
  });

  test("a changed form is told once, until the vendor takes a lead or asks for another key", async () => {
    const asks = (key: string) => () =>
      Response.json({ message: [{ [key]: "is required" }] }, { status: 400 });
    // Each request of a routed lead has an object of its own.
    const own = () => ({ ...target, key: "told" });
    const told: unknown[] = [];
    for (const vendor of [asks("a"), asks("a"), asks("b"), asks("b"), created, asks("b")]) {
      const { alerts } = await run(undefined, vendor, {}, own());
      told.push(...alerts.map(({ type, reason, key }) => [type, reason, key]));
    }
    const news = (key: string) => ["vendor.form_changed", "form_changed", key];
    assert.deepEqual(told, [news("a"), news("b"), news("b")]);
  });

  test("nobody is told of a lead that the vendor took", async () => {
    assert.deepEqual((await run(undefined, created)).alerts, []);
  });
});

describe("when the store fails after the lead was stored", () => {
  test("the vendor's word counts, or else the lead is accepted: its alarm goes on", async () => {
    assert.deepEqual((await run({ begin: lease }, created)).result, {
      receipt: ID,
      status: "created",
    });
    const down = () => new Response(null, { status: 503 });
    assert.deepEqual((await run({ begin: lease }, down)).result, {
      receipt: ID,
      status: "accepted",
    });
  });

  test("a mistake of the visitor's is told: the store may have settled it, and would send nothing", async () => {
    const invalid = () =>
      Response.json({ message: "Invalid phone number format" }, { status: 400 });
    const { result } = await run({ begin: lease }, invalid);
    assert.deepEqual(result, { code: "invalid", fields: { phone: "phone_invalid" } });
  });
});

describe("a lead that the vendor has", () => {
  test("is answered before the store has taken the report, and its request goes on until then", async () => {
    const report = Promise.withResolvers<Finished>();
    const finish = () => report.promise;
    const work: Promise<unknown>[] = [];
    const result = await submit({ begin: lease, finish }, created, (behind) => work.push(behind));
    assert.deepEqual(result, { receipt: ID, status: "created" });
    assert.equal(await Promise.race([...work, Promise.resolve("under way")]), "under way");
    report.resolve({ kind: "created", id: ID });
    await Promise.all(work);
    assert.equal(work.length, 1);
  });

  test("is a success though the report is lost: the store sends it once more", async () => {
    const work: Promise<unknown>[] = [];
    const finish = () => Promise.reject(new Error("gone"));
    const result = await submit({ begin: lease, finish }, created, (behind) => work.push(behind));
    assert.deepEqual(result, { receipt: ID, status: "created" });
    await Promise.all(work);
  });

  test("is waited for where the vendor has not got it: the store decides what its visitor reads", async () => {
    const finish = async () => ({ kind: "accepted", id: ID }) as const;
    const busy = () => new Response(null, { status: 503 });
    const result = await submit({ begin: lease, finish }, busy, () =>
      assert.fail("nothing goes on"),
    );
    assert.deepEqual(result, { receipt: ID, status: "accepted" });
  });
});

describe("a vendor that is slower than its visitor", () => {
  const submissionEnds = async (vendor: () => Response, to = target) => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const asked = Promise.withResolvers<void>();
      const answer = Promise.withResolvers<Response>();
      const reports: unknown[] = [];
      const background: Promise<unknown>[] = [];
      let signal: AbortSignal | null | undefined;
      const store: Partial<Store> = {
        begin: lease,
        finish: async (_id, attempt, { kind }, promised) => {
          reports.push([attempt, kind, promised]);
          return { kind: "created", id: ID };
        },
      };
      const deps = depsOf(store, vendor, {
        fetch: async (_url, init) => {
          signal = init.signal;
          asked.resolve();
          return answer.promise;
        },
        now: () => 0,
        waitUntil: (work) => void background.push(work),
      });
      const accepted = accept(to, LEAD, USUAL, deps);
      await asked.promise;
      mock.timers.tick(6_000);
      const result = await accepted;
      const before = { reports: [...reports], aborted: signal?.aborted };
      mock.timers.tick(23_000);
      answer.resolve(vendor());
      await Promise.all(background);
      return { result, before, reports, aborted: signal?.aborted };
    } finally {
      mock.timers.reset();
    }
  };

  test("thanks after six seconds, goes on for 30, and its answer is taken with the promise", async () => {
    const ended = await submissionEnds(created);
    assert.deepEqual(ended, {
      result: { receipt: ID, status: "accepted" },
      before: { reports: [], aborted: false },
      reports: [[1, "created", true]],
      aborted: false,
    });
  });
});

test("a full disk stores nothing, calls nobody, and mends itself when there is room", () => {
  const sql = openSqlite(":memory:");
  const ledger = createLedger({
    sql,
    now: () => Date.now(),
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    policy: target,
  });
  const submission = submissionOf(1, { box: "x".repeat(100_000) });
  const [pages] = sql.all("PRAGMA page_count");
  sql.all(`PRAGMA max_page_count = ${Number(pages?.["page_count"]) + 2}`);
  assert.throws(() => ledger.begin(submission), /full/);
  assert.equal(sql.all("SELECT count(*) AS n FROM lead")[0]?.["n"], 0);
  sql.all("PRAGMA max_page_count = 100000");
  assert.equal(ledger.begin(submission).kind, "lease");
});
