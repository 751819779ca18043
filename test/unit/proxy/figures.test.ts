/** What a store counts, hour by hour, and what becomes of it. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import type { Ledger } from "../../../proxy/ledger/ledger.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { createOperations } from "../../../proxy/ledger/operations.ts";
import type { Sql } from "../../../proxy/ledger/sql.ts";
import { toMetrics } from "../../../proxy/operator/metrics.ts";
import { toPoints } from "../../../proxy/operator/points.ts";
import type { Outcome } from "../../../proxy/vendors/vendor.ts";
import { UNLIMITED, idOf, submissionOf } from "./leads.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const OK: Outcome = { kind: "created", ref: "1", status: 201, ms: 300 };
const BROKEN: Outcome = { kind: "doubt", reason: "server_error", status: 500, ms: 4_000 };
const INVALID: Outcome = { kind: "invalid", fields: { phone: "phone_invalid" }, ms: 200 };
const DRIFT: Outcome = { kind: "drift", reason: "html", status: 200, ms: 90_001 };

let clock: number;
let sql: Sql;
let ledger: Ledger;
const open = () => {
  ledger = createLedger({
    sql,
    now: () => clock,
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    policy: UNLIMITED,
  });
};
beforeEach(() => {
  clock = Date.parse("2026-11-22T10:30:00Z");
  sql = openSqlite(":memory:");
  open();
});
const submit = (n: number, outcome: Outcome) => {
  const lease = ledger.begin(submissionOf(n));
  if (lease.kind === "lease") ledger.finish(idOf(n), lease.attempt, outcome);
};
const operations = () => createOperations({ ledger, now: () => clock });
const metrics = () =>
  toMetrics({
    version: "1.2.3",
    targets: [
      {
        key: "t",
        state: "working",
        figures: operations().figures(),
        waiting: 0,
        oldest: undefined,
      },
    ],
  });
const sample = (name: string): number | undefined => {
  const [, value] =
    metrics()
      .split("\n")
      .find((line) => line.startsWith(name))
      ?.split("} ") ?? [];
  return value === undefined ? undefined : Number(value);
};
const hours = () => toPoints(operations().figures().hours, { now: clock, step: 1, count: 24 });

describe("a store counts", () => {
  test("each lead when it arrives and when it ends, and each call with its time", () => {
    submit(1, OK);
    submit(2, INVALID);
    submit(3, BROKEN);
    ledger.begin(submissionOf(4, { suspicion: "honeypot" }));
    const last = hours().at(-1);
    assert.deepEqual([last?.arrived, last?.delivered, last?.calls, last?.failed], [4, 1, 3, 1]);
    assert.equal(sample('lead_form_leads_total{target="t",outcome="rejected"'), 1);
    assert.equal(sample('lead_form_leads_total{target="t",outcome="quarantined"'), 1);
    assert.equal(sample('lead_form_vendor_calls_total{target="t",outcome="doubt"'), 1);
  });

  test("a repeat of a lead, and a report that comes twice, not again", () => {
    submit(1, OK);
    submit(1, OK);
    assert.equal(sample('lead_form_leads_total{target="t",outcome="arrived"'), 1);
    ledger.finish(idOf(1), 1, OK);
    assert.equal(sample('lead_form_leads_total{target="t",outcome="delivered"'), 1);
  });

  test("a lead that expires, and one that is dead", () => {
    submit(1, DRIFT);
    clock += 31 * DAY;
    // What a jump of the clock would destroy waits until two readings agree.
    for (let n = 0; n < 3; n++, clock += HOUR) ledger.tidy();
    assert.equal(sample('lead_form_leads_total{target="t",outcome="expired"'), 1);
    ledger.markDead(idOf(2), "tampered");
    assert.equal(sample('lead_form_leads_total{target="t",outcome="dead"'), 1);
  });

  test("what waits at each hour, with the age of the oldest", () => {
    submit(1, DRIFT);
    for (let n = 0; n < 3; n++, clock += HOUR) ledger.tell();
    const told = hours().slice(-4);
    assert.deepEqual(
      told.map(({ waiting }) => waiting),
      [1, 1, 1, 0],
    );
    assert.ok((ledger.tellAt() ?? Infinity) <= clock);
  });
});

describe("the totals", () => {
  test("only grow, over restarts and when hours are forgotten", () => {
    let before = 0;
    for (let n = 1; n <= 40; n++) {
      submit(n, OK);
      clock += DAY;
      ledger.tidy();
      open();
      const total = sample('lead_form_leads_total{target="t",outcome="arrived"') ?? 0;
      assert.equal(total, before + 1);
      before = total;
    }
    assert.equal(sample('lead_form_vendor_answer_seconds_count{target="t"'), 40);
    assert.ok(
      Math.abs((sample('lead_form_vendor_answer_seconds_sum{target="t"') ?? 0) - 12) < 1e-9,
    );
  });

  test("count what comes while the clock is behind the last hour that was added", () => {
    clock += 3 * HOUR;
    ledger.tidy();
    clock -= 3 * HOUR;
    submit(1, OK);
    const arrived = () =>
      operations()
        .figures()
        .totals.find(({ series }) => series === "lead.arrived")?.n;
    assert.equal(arrived(), 1);
    clock += DAY;
    ledger.tidy();
    assert.equal(arrived(), 1);
  });

  test("leave at most 30 days of hours in the store", () => {
    for (let hour = 0; hour < 24 * 45; hour++, clock += HOUR) {
      submit(hour + 1, OK);
      if (hour % 24 === 0) ledger.tidy();
    }
    ledger.tidy();
    const [row] = sql.all("SELECT count(DISTINCT hour) AS n FROM figure");
    assert.ok(Number(row?.["n"]) <= 24 * 30 + 2, `${row?.["n"]} hours`);
  });
});

describe("the points of a picture", () => {
  test("have the median and the 95th of the answer times, within their bucket", () => {
    for (let n = 1; n <= 19; n++) submit(n, OK);
    submit(20, BROKEN);
    const { median, p95 } = hours().at(-1) ?? {};
    assert.ok(median && p95);
    assert.ok(median > 250 && median <= 500, String(median));
    assert.ok(p95 > 250 && p95 <= 500, String(p95));
    assert.equal(hours()[0]?.median, null);
  });

  test("are 24 hours or 30 days, each with its begin, the last one running", () => {
    submit(1, OK);
    const days = toPoints(operations().figures().hours, { now: clock, step: 24, count: 30 });
    assert.equal(days.length, 30);
    assert.equal(days.at(-1)?.at, "2026-11-22T00:00:00.000Z");
    assert.equal(days.at(-1)?.arrived, 1);
    assert.equal(hours().at(-1)?.at, "2026-11-22T10:00:00.000Z");
    assert.equal(hours().length, 24);
  });
});

describe("the metrics", () => {
  test("are OpenMetrics: typed families without a gap, cumulative buckets, an end", () => {
    submit(1, OK);
    submit(2, DRIFT);
    const text = metrics();
    assert.ok(text.endsWith("\n# EOF\n"));
    const families = [...text.matchAll(/^# TYPE (\w+) (\w+)$/gm)].map(([, name]) => name);
    assert.equal(new Set(families).size, families.length);
    for (const line of text.split("\n").filter((each) => each && !each.startsWith("#")))
      assert.match(line, /^[a-z_]+\{[a-z_]+="[^"]*"(?:,[a-z_]+="[^"]*")*\} \d+(?:\.\d+)?$/);
    const buckets = [...text.matchAll(/_bucket\{target="t",le="([^"]+)"\} (\d+)/g)];
    assert.deepEqual(
      buckets
        .map(([, le, n]) => [le, Number(n)])
        .filter(([le]) => le === "0.25" || le === "0.5" || le === "90.0" || le === "+Inf"),
      [
        ["0.25", 0],
        ["0.5", 1],
        ["90.0", 1],
        ["+Inf", 2],
      ],
    );
    assert.match(text, /lead_form_build_info\{version="1\.2\.3"\} 1/);
  });
});
