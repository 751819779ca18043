/** The counts of a target where no store of it counts, and what stands in for them where they do not answer. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { createCounter, createMemoryRecords } from "../../../proxy/ledger/counter.ts";
import type { CountRequest, Counter } from "../../../proxy/ledger/counter.ts";
import { createCounters } from "../../../proxy/ledger/counters.ts";
import type { CountsApart } from "../../../proxy/ledger/counters.ts";
import { createMinutes } from "../../../proxy/ledger/limits.ts";
import type { Target } from "../../../proxy/config/target.ts";
import { idOf } from "./leads.ts";

const MINUTE = 60_000;
const DAY = 1_440 * MINUTE;
const LIMITS = { perAddressPerMinute: 10, perTargetPerMinute: 100, perPhonePerDay: 3 };

let clock: number;
let counter: Counter;
const elapsed = () => clock;
beforeEach(() => {
  clock = 7_000;
  counter = createCounter({
    elapsed,
    minutes: createMinutes(elapsed),
    records: createMemoryRecords(elapsed),
  });
});

const requestOf = (n: number, values: Partial<CountRequest> = {}): CountRequest => ({
  id: idOf(n),
  content: `c${n}`,
  address: `a${n}`,
  phones: [`p${n}`],
  light: false,
  stamped: true,
  suspicious: false,
  ...values,
});
const relay = (n: number, values?: Partial<CountRequest>) =>
  counter.relay(requestOf(n, values), LIMITS).kind;
const admit = (n: number, values?: Partial<CountRequest>) =>
  counter.admit(requestOf(n, values), LIMITS).kind;

describe("a proof of work without a store", () => {
  test("pays for one lead, for its day", () => {
    assert.equal(relay(1), "granted");
    counter.end(idOf(1), true);
    for (const later of [0, 11 * MINUTE, DAY - 12 * MINUTE]) {
      clock += later;
      for (let n = 0; n < 20; n++) assert.equal(relay(1, { content: `other${n}` }), "id_reused");
      assert.equal(relay(1), "created", "its own repeat");
    }
    assert.equal(relay(2), "granted");
  });

  test("pays for one that failed once more, though for no other", () => {
    relay(1);
    assert.equal(relay(1), "busy", "its first request is under way");
    counter.end(idOf(1), false);
    assert.equal(relay(1, { content: "other" }), "id_reused");
    assert.equal(relay(1), "granted");
    clock += 11_000;
    assert.equal(relay(1), "granted", "nobody has said how it ended");
  });

  test("does not pay for tries beyond the limit: each is a call to the vendor", () => {
    let granted = 0;
    for (let n = 0; n < 50; n++) {
      if (relay(1, { address: "a" }) === "granted") granted++;
      counter.end(idOf(1), false);
    }
    assert.equal(granted, 10);
  });

  test("is known after a restart where the host keeps something", () => {
    const burnt = new Set<string>();
    const records = {
      ...createMemoryRecords(elapsed),
      isBurnt: (id: string) => burnt.has(id),
      burn: (id: string) => void burnt.add(id),
    };
    const open = () => createCounter({ elapsed, minutes: createMinutes(elapsed), records });
    const before = open();
    before.relay(requestOf(1), LIMITS);
    before.end(idOf(1), true);
    const after = open();
    assert.equal(after.relay(requestOf(1), LIMITS).kind, "created");
    assert.equal(after.relay(requestOf(2), LIMITS).kind, "granted");
  });
});

test("a flood of a day does not fill the memory: the oldest goes first", () => {
  const limits = { perAddressPerMinute: 1e9, perTargetPerMinute: 1e9, perPhonePerDay: 3 };
  for (let n = 0; n <= 200_000; n++)
    counter.relay(requestOf(n, { id: `id${n}`, address: undefined }), limits);
  const again = (n: number) =>
    counter.relay(requestOf(n, { id: `id${n}`, content: "other" }), limits).kind;
  assert.deepEqual([again(1), again(200_000), again(0)], ["id_reused", "id_reused", "granted"]);
});

describe("a number", () => {
  test("is counted for a day, under all of its hashes", () => {
    for (const n of [1, 2, 3]) assert.equal(relay(n, { phones: ["p"] }), "granted");
    assert.equal(relay(4, { phones: ["newer key", "p"] }), "phone_limit");
    clock += DAY;
    assert.equal(relay(5, { phones: ["p"] }), "granted");
  });

  test("is not used up by a robot, or by repeats", () => {
    for (let n = 1; n <= 9; n++) relay(n, { phones: ["p"], suspicious: true, light: true });
    for (let n = 0; n < 9; n++) {
      relay(20, { phones: ["p"] });
      counter.end(idOf(20), false);
    }
    assert.equal(relay(30, { phones: ["p"] }), "granted");
  });

  test("that was used too often is counted and refused as any other", () => {
    for (const n of [1, 2, 3]) relay(n, { phones: ["p"] });
    const kinds = Array.from({ length: 12 }, (_, n) =>
      relay(n + 10, { phones: ["p"], address: "a" }),
    );
    assert.deepEqual(kinds, [...Array(10).fill("phone_limit"), ...Array(2).fill("rate_limited")]);
  });
});

describe("a lead for one of several shards", () => {
  test("is counted once, however often it is repeated under its id", () => {
    for (let n = 0; n < 50; n++) assert.equal(admit(1, { address: "a" }), "granted");
    assert.equal(admit(60, { address: "a" }), "granted");
  });

  test("counts for its minute under each other id, each of which is a row, and for its number once", () => {
    const kinds = Array.from({ length: 50 }, (_, n) =>
      admit(n, { content: "same", address: "a", phones: ["p"] }),
    );
    assert.deepEqual(new Set(kinds.slice(0, 10)), new Set(["granted"]));
    assert.deepEqual(new Set(kinds.slice(10)), new Set(["rate_limited"]));
    // The repeat of what was granted goes on being free.
    assert.equal(admit(7, { content: "same", address: "a", phones: ["p"] }), "granted");
    clock += MINUTE;
    assert.equal(admit(61, { address: "a", phones: ["p"] }), "granted");
  });

  test("is counted in each shard that its sender picks", () => {
    const kinds = Array.from({ length: 24 }, (_, n) =>
      admit(n, { content: `same|${n % 4}`, phones: ["p"] }),
    );
    assert.equal(new Set(kinds).size, 2);
    assert.ok(kinds.slice(0, 3).every((kind) => kind === "granted"));
    assert.equal(kinds[3], "phone_limit");
  });

  test("that is suspicious never speaks for a person's", () => {
    admit(1, { suspicious: true, light: true, content: "same" });
    for (const n of [2, 3, 4]) admit(n, { phones: ["p"] });
    assert.equal(admit(5, { content: "same", phones: ["p"] }), "phone_limit");
  });
});

describe("counts that live apart", () => {
  const target = { key: "t", limits: LIMITS } as unknown as Target;
  const countersOf = (counts: Partial<CountsApart>) =>
    createCounters({ elapsed, random: () => 0, apart: () => counts as CountsApart });

  test("decide where they answer", async () => {
    const refuse = { kind: "rate_limited", retryAfter: 9, of: "target" } as const;
    const counters = countersOf({ relay: () => refuse, admit: async () => refuse });
    assert.deepEqual(await counters.relay(target, requestOf(1)), refuse);
    assert.deepEqual(await counters.admit(target, requestOf(1)), refuse);
  });

  test("that fail are replaced by those of this process: no lead refused, none without a limit", async () => {
    const down = () => Promise.reject(new Error("down"));
    const counters = countersOf({ relay: down, admit: down, end: down });
    let granted = 0;
    for (let n = 0; n < 100; n++)
      if ((await counters.relay(target, requestOf(n, { address: "a" }))).kind === "granted")
        granted++;
    assert.equal(granted, 10);
    await counters.end(target, idOf(0), true);
    assert.equal((await counters.relay(target, requestOf(0))).kind, "created");
  });
});

describe("a refusal", () => {
  const counters = () => createCounters({ elapsed, random: () => 0 });
  const target = { key: "t" } as Target;

  test("is remembered for its time, for its own kind of request", () => {
    const { refuse, refusedFor } = counters();
    refuse(target, { address: "a", light: true }, { retryAfter: 30, of: "address" });
    clock += 10_500;
    assert.equal(refusedFor(target, { address: "a", light: true }), 20);
    for (const asker of [
      { address: "b", light: true },
      { address: "a", light: false },
      { address: undefined, light: true },
    ])
      assert.equal(refusedFor(target, asker), undefined);
    assert.equal(refusedFor({ key: "u" }, { address: "a", light: true }), undefined);
    clock += 20_000;
    assert.equal(refusedFor(target, { address: "a", light: true }), undefined);
  });

  test("of a whole target meets every address", () => {
    const { refuse, refusedFor } = counters();
    refuse(target, { address: "a", light: true }, { retryAfter: 30, of: "target" });
    assert.equal(refusedFor(target, { address: "b", light: true }), 30);
    assert.equal(refusedFor(target, { address: "b", light: false }), undefined);
  });
});
