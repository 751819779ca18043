/** The test leads of a store: how long they stay, and in which stores; and what an answer proves. */
import assert from "node:assert/strict";
import { afterEach, beforeEach, describe, test } from "node:test";
import { proofOf } from "../../../proxy/lead/proof.ts";
import { createLedger } from "../../../proxy/ledger/ledger.ts";
import { openSqlite } from "../../../proxy/ledger/node/sqlite-store.ts";
import { createOperations } from "../../../proxy/ledger/operations.ts";
import { createRetentionJob } from "../../../proxy/ledger/retention.ts";
import { createKeyring } from "../../../proxy/ledger/seal.ts";
import type { Line } from "../../../proxy/log.ts";
import { answerTest } from "../../../proxy/operator/test-lead.ts";
import type { TestStore } from "../../../proxy/operator/test-lead.ts";
import type { Checked } from "../../../proxy/vendors/vendor.ts";
import { POLICY, idOf, submissionOf } from "./leads.ts";
import { leadOf, ownTarget } from "./own-target.ts";

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

let clock: number;
let sql: ReturnType<typeof openSqlite>;
beforeEach(() => {
  clock = Date.parse("2026-11-22T00:01:00Z");
  sql = openSqlite(":memory:");
});
afterEach(() => sql.close());

const open = () => {
  const ledger = createLedger({
    sql,
    now: () => clock,
    steady: { elapsed: () => clock, run: "test" },
    random: () => 0.5,
    newId: () => crypto.randomUUID(),
    policy: POLICY,
  });
  return { ledger, operations: createOperations({ ledger, now: () => clock }) };
};
const ids = (operations: ReturnType<typeof open>["operations"]) =>
  operations.tests({ limit: 10 }).map(({ id }) => id);

describe("a test lead that nobody removes", () => {
  test("is gone after a day, and a lead is not", () => {
    const { ledger, operations } = open();
    operations.keepTest(submissionOf(1));
    ledger.begin(submissionOf(2));
    clock += DAY - 1;
    ledger.tidy();
    assert.deepEqual(ids(operations), [idOf(1)]);
    clock += 1;
    ledger.tidy();
    assert.deepEqual([ids(operations), operations.get(idOf(2))?.id], [[], idOf(2)]);
  });

  test("wakes a store that holds nothing else, until it is gone", () => {
    const { ledger, operations } = open();
    assert.equal(ledger.nextAt(clock + HOUR), undefined);
    operations.keepTest(submissionOf(1));
    assert.equal(ledger.nextAt(clock + HOUR), clock + HOUR);
    clock += DAY;
    ledger.tidy();
    assert.equal(ledger.nextAt(clock + HOUR), undefined);
  });

  test("goes where no target owns the store any more", () => {
    const { operations } = open();
    operations.keepTest(submissionOf(1));
    clock += DAY;
    createRetentionJob(sql, () => clock).run();
    assert.deepEqual(ids(operations), []);
  });

  test("goes though its clock ran ahead", () => {
    const { ledger, operations } = open();
    clock += 400 * DAY;
    operations.keepTest(submissionOf(1));
    clock -= 400 * DAY;
    ledger.tidy();
    assert.deepEqual(ids(operations), []);
  });
});

describe("a store of the version before test leads", () => {
  test("gets their table and its number, and keeps its leads", () => {
    const before = open();
    before.ledger.begin(submissionOf(1));
    sql.all("DROP TABLE test_lead");
    sql.all("DROP INDEX lead_phone");
    for (const column of ["shown_at", "apart"]) sql.all(`ALTER TABLE lead DROP COLUMN ${column}`);
    sql.all("UPDATE meta SET value = '10' WHERE key = 'schema'");
    const { operations } = open();
    const [version] = sql.all("SELECT value FROM meta WHERE key = 'schema'");
    assert.ok(Number(version?.["value"]) >= 11);
    assert.ok(operations.keepTest(submissionOf(2)));
    assert.deepEqual(
      [operations.get(idOf(1))?.test, operations.get(idOf(2))?.test],
      [undefined, true],
    );
  });
});

test("an id stands for one lead, or for one test", () => {
  const { ledger, operations } = open();
  ledger.begin(submissionOf(1));
  const kept = [1, 2, 2].map((n) => operations.keepTest(submissionOf(n)));
  assert.deepEqual(kept, [false, true, false]);
});

test("a key that is missing is told of with an erasure, for a test too", () => {
  const { operations } = open();
  operations.keepTest(submissionOf(1, { keyId: "k0" }));
  assert.deepEqual([operations.countForeign(["k0"]), operations.countForeign(["k1"])], [0, 1]);
});

test("pages of tests follow each other as those of leads do", () => {
  const { operations } = open();
  for (let n = 1; n <= 3; n++) {
    if (n > 1) clock += n;
    operations.keepTest(submissionOf(n));
  }
  const [first, second] = operations.tests({ limit: 2 });
  assert.deepEqual([first?.id, second?.id], [idOf(3), idOf(2)]);
  assert.ok(second);
  assert.deepEqual(
    operations.tests({ limit: 2, after: second }).map(({ id }) => id),
    [idOf(1)],
  );
});

describe("a store that fails", () => {
  const target = ownTarget([]);
  const answerWith = async (store: TestStore) => {
    const lines: Line[] = [];
    let calls = 0;
    const keyring = await createKeyring(new Map([["k1", new Uint8Array(32).fill(1)]]));
    const response = await answerTest(
      target,
      leadOf(),
      { name: "anna", token: "", can: ["replay"], targets: undefined },
      {
        fetch: async () => {
          calls++;
          const message = [{ name: "name field is missing from body" }];
          return Response.json({ statusCode: 400, message }, { status: 400 });
        },
        now: () => 0,
        log: (_level, line) => void lines.push(line),
        keyring: async () => keyring,
        storeFor: () => store,
        sendAlert: undefined,
        newId: () => crypto.randomUUID(),
        waitUntil: () => {},
      },
    );
    return { body: (await response?.json()) as Record<string, unknown>, calls, lines };
  };
  const fail = () => Promise.reject(new Error("The disk is full."));

  test("is told, and the vendor is asked all the same", async () => {
    const { body, calls } = await answerWith({ keepTest: fail, settleTest: fail });
    assert.deepEqual(
      [body["stored"], body["reason"], body["validated"], calls],
      [false, "store_down", true, 1],
    );
  });

  test("at the result leaves the answer as it is", async () => {
    const { body, lines } = await answerWith({ keepTest: async () => true, settleTest: fail });
    assert.deepEqual([body["stored"], body["reason"], body["validated"]], [true, null, true]);
    assert.ok(lines.some(({ event }) => event === "error"));
  });
});

describe("an answer proves", () => {
  const shown = (checked: Checked) => {
    const { reached, key_accepted, validated, reason } = proofOf(checked);
    return [reached, key_accepted, validated, reason];
  };
  const cases: readonly [Checked, unknown[]][] = [
    [{ kind: "validated", status: 400 }, [true, true, true, null]],
    [{ kind: "created", ref: "1", status: 201 }, [true, true, false, "test_created"]],
    [{ kind: "duplicate", status: 409 }, [true, true, false, "duplicate"]],
    [{ kind: "invalid", fields: { email: "email_invalid" } }, [true, true, false, "invalid"]],
    [{ kind: "drift", reason: "empty", status: 200 }, [true, null, false, "empty"]],
    [
      { kind: "unexplained", reason: "bad_request", status: 400 },
      [true, null, false, "bad_request"],
    ],
    [{ kind: "misconfigured", reason: "token_refused" }, [true, false, false, "token_refused"]],
    [{ kind: "misconfigured", reason: "forbidden" }, [true, false, false, "forbidden"]],
    [{ kind: "misconfigured", reason: "redirect" }, [true, null, false, "redirect"]],
    [{ kind: "misconfigured", reason: "form_changed" }, [true, true, false, "form_changed"]],
    [{ kind: "misconfigured", reason: "unreachable" }, [false, null, false, "unreachable"]],
    [{ kind: "later", reason: "origin_down", status: 521 }, [false, null, false, "origin_down"]],
    [{ kind: "later", reason: "token_unavailable" }, [false, null, false, "token_unavailable"]],
    [{ kind: "later", reason: "rate_limited", status: 429 }, [true, null, false, "rate_limited"]],
    [{ kind: "doubt", reason: "timeout" }, [false, null, false, "timeout"]],
    [{ kind: "doubt", reason: "server_error", status: 500 }, [true, null, false, "server_error"]],
  ];
  for (const [checked, expected] of cases)
    test(`by ${JSON.stringify(checked)}: ${JSON.stringify(expected)}`, () =>
      assert.deepEqual(shown(checked), expected));
});
