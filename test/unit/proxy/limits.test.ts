/** The limits of a minute: exact, by address and in all, with a share for those who bring no proof of work. */
import assert from "node:assert/strict";
import { beforeEach, describe, test } from "node:test";
import { createMinutes } from "../../../proxy/ledger/limits.ts";
import type { Minutes } from "../../../proxy/ledger/limits.ts";

const SECOND = 1_000;
const LIMITS = { perAddressPerMinute: 8, perTargetPerMinute: 20 };

let clock: number;
let minutes: Minutes;
beforeEach(() => {
  clock = 5_000;
  minutes = createMinutes(() => clock);
});

/** Asks as often as told; returns how many were granted. */
const ask = (
  times: number,
  asker: (n: number) => { address?: string; light?: boolean },
  limits = LIMITS,
): number => {
  let granted = 0;
  for (let n = 0; n < times; n++) {
    const request = { address: undefined, light: false, ...asker(n) };
    if (minutes.check(request, limits) !== undefined) continue;
    minutes.count(request);
    granted++;
  }
  return granted;
};

describe("in any minute", () => {
  test("one address gets its limit and no more, and another one its own", () => {
    assert.equal(
      ask(1_000, () => ({ address: "a" })),
      8,
    );
    assert.equal(
      ask(1_000, () => ({ address: "b" })),
      8,
    );
  });

  test("a target gets its limit and no more, however many addresses ask", () => {
    assert.equal(
      ask(1_000, (n) => ({ address: String(n) })),
      20,
    );
    const asker = { address: "new", light: false };
    assert.deepEqual(minutes.check(asker, LIMITS), { retryAfter: 60, of: "target" });
  });

  test("no more is granted over the turn of the clock's minute", () => {
    let granted = 0;
    for (; clock < 125_000; clock += 100) granted += ask(1, () => ({ address: "a" }));
    assert.equal(granted, 16);
  });

  test("the wait is told to the second, and is enough", () => {
    ask(8, () => ({ address: "a" }));
    clock += 20 * SECOND;
    const asker = { address: "a", light: false };
    assert.deepEqual(minutes.check(asker, LIMITS), { retryAfter: 40, of: "address" });
    clock += 39 * SECOND;
    assert.deepEqual(minutes.check(asker, LIMITS), { retryAfter: 1, of: "address" });
    clock += SECOND;
    assert.equal(minutes.check(asker, LIMITS), undefined);
  });

  test("a refusal counts for nothing", () => {
    ask(8, () => ({ address: "a" }));
    clock += 59 * SECOND;
    assert.equal(
      ask(1_000, () => ({ address: "a" })),
      0,
    );
    clock += SECOND;
    assert.equal(
      ask(1_000, () => ({ address: "a" })),
      8,
    );
  });

  test("whose address is not known is held to the target's limit alone", () => {
    assert.equal(
      ask(1_000, () => ({})),
      20,
    );
  });

  test("limits that have changed hold at once", () => {
    ask(8, () => ({ address: "a" }));
    assert.equal(
      ask(100, () => ({ address: "a" }), { ...LIMITS, perAddressPerMinute: 10 }),
      2,
    );
  });
});

describe("without a proof of work", () => {
  const light = true;

  test("an address gets a quarter of its limit, and visitors behind it the rest", () => {
    assert.equal(
      ask(1_000, () => ({ address: "campus", light })),
      2,
    );
    assert.equal(
      ask(1_000, () => ({ address: "campus" })),
      6,
    );
  });

  test("500 addresses together get a quarter of the target's limit, and visitors the rest", () => {
    assert.equal(
      ask(500, (n) => ({ address: String(n), light })),
      5,
    );
    assert.equal(
      ask(1_000, (n) => ({ address: `v${n}` })),
      15,
    );
  });

  test("nobody gets more than is left of the whole", () => {
    ask(20, (n) => ({ address: String(n) }));
    assert.equal(
      ask(10, (n) => ({ address: `l${n}`, light })),
      0,
    );
  });

  test("a limit of one lets one through", () => {
    assert.equal(
      ask(10, () => ({ address: "a", light }), { perAddressPerMinute: 1, perTargetPerMinute: 1 }),
      1,
    );
  });
});

test("a clock that the host turns does not matter, and a long rest forgets everything", () => {
  ask(20, (n) => ({ address: String(n % 3) }));
  clock += 3_600 * SECOND;
  assert.equal(
    ask(1_000, (n) => ({ address: String(n) })),
    20,
  );
});
