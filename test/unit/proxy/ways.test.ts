/** The ways from a Worker to its objects: by name, with a stub of the request that leads, and not for ever. */
import assert from "node:assert/strict";
import { describe, mock, test } from "node:test";
import { createWays, takeEach } from "../../../proxy/ledger/cloudflare/ways.ts";
import type { CountStep, StoreStep } from "../../../proxy/ledger/cloudflare/ways.ts";
import { idOf, submissionOf } from "./leads.ts";

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("a way to a store", () => {
  test("is one for all requests, and each call is made by a stub of its own", async () => {
    const ways = createWays();
    const calls: (readonly StoreStep[])[] = [];
    const landed: (() => void)[] = [];
    let stubs = 0;
    const reach = () => {
      stubs++;
      return {
        take: async (steps: string) => {
          calls.push(JSON.parse(steps) as StoreStep[]);
          await new Promise<void>((resolve) => landed.push(resolve));
          return takeEach(steps, (step: StoreStep) =>
            "begin" in step ? step.begin[0].id : step.finish[0],
          );
        },
      };
    };
    const begun = [1, 2, 3, 4].map((n) => ways.toStore("t:0", reach).begin(submissionOf(n)));
    const finished = ways
      .toStore("t:0", reach)
      .finish(idOf(9), 1, { kind: "later", reason: "overloaded" });
    landed[0]?.();
    await turn();
    for (const land of landed) land();
    assert.deepEqual(await Promise.all([...begun, finished]), [1, 2, 3, 4, 9].map(idOf));
    assert.deepEqual(
      calls.map(({ length }) => length),
      [1, 1, 3],
    );
    assert.equal(stubs, 3);
  });

  test("of another name is another one", (t) => {
    // None of these calls ends.
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const ways = createWays();
    const asked: string[] = [];
    const reach = (name: string) => () => ({
      take: () => {
        asked.push(name);
        return new Promise<never>(() => {});
      },
    });
    for (const name of ["a", "b", "a", "a", "b"])
      void ways.toCounts(name, reach(name)).end(idOf(1), false);
    assert.deepEqual(asked, ["a", "b", "a", "b"], "a third call to one place waits");
  });

  test("reports at once: its visitor waits for it", async () => {
    let calls = 0;
    const reach = () => ({
      take: async (steps: string) => {
        calls++;
        return takeEach(steps, () => ({ kind: "accepted" }));
      },
    });
    const store = createWays().toStore("t:0", reach);
    const reported = [
      store.finish(idOf(1), 1, { kind: "created", ref: "r" }),
      store.finish(idOf(2), 1, { kind: "created", ref: "r" }, true),
    ];
    assert.equal(calls, 2);
    await Promise.all(reported);
  });

  test("is given up where its store does not answer, so that the vendor's word can decide", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const silent = () => ({ take: () => new Promise<never>(() => {}) });
      const begun = createWays().toStore("t:0", silent).begin(submissionOf(1));
      mock.timers.tick(8_000);
      await assert.rejects(begun);
    } finally {
      mock.timers.reset();
    }
  });

  test("fails as its store does", async () => {
    const broken = () => ({ take: () => Promise.reject(new Error("reset")) });
    await assert.rejects(createWays().toStore("t:0", broken).begin(submissionOf(1)), /reset/);
  });
});

describe("a way to counts", () => {
  test("is given up where they do not answer: an honest visitor does not wait for them", async () => {
    mock.timers.enable({ apis: ["setTimeout"] });
    try {
      const silent = () => ({ take: () => new Promise<never>(() => {}) });
      const asked = createWays().toCounts("t:limits", silent).relay(request(1), limits);
      mock.timers.tick(2_000);
      await assert.rejects(async () => asked);
    } finally {
      mock.timers.reset();
    }
  });

  const granted = { kind: "granted" } as const;
  const request = (n: number) => ({
    id: idOf(n),
    content: "c",
    phones: ["p"],
    address: undefined,
    light: false,
    stamped: false,
    suspicious: false,
  });
  const limits = { perAddressPerMinute: 1, perTargetPerMinute: 1, perPhonePerDay: 1 };
  let calls: string[][];
  const reach = () => ({
    take: async (steps: string) => {
      calls.push((JSON.parse(steps) as CountStep[]).map((step) => Object.keys(step)[0] ?? ""));
      return takeEach(steps, () => granted);
    },
  });

  test("gathers the ends of relays, and holds up none of the next", async () => {
    calls = [];
    const counts = createWays().toCounts("t:limits", reach);
    const ended = [1, 2].map(async (n) => counts.end(idOf(n), true));
    assert.deepEqual(await counts.relay(request(3), limits), granted);
    assert.deepEqual(calls, [["relay"]]);
    await Promise.all(ended);
    assert.deepEqual(calls, [["relay"], ["end", "end"]]);
  });

  test("knows an end without a word from one that has failed", async () => {
    const take = async (steps: string) =>
      takeEach(steps, (step: CountStep) => {
        if ("end" in step && step.end[0] === idOf(2)) throw new Error("no");
      });
    const counts = createWays().toCounts("t:limits", () => ({ take }));
    assert.equal(await counts.end(idOf(1), false), undefined);
    await assert.rejects(async () => counts.end(idOf(2), false));
  });

  test("tells the end of a lead before its repeat asks", async () => {
    calls = [];
    const counts = createWays().toCounts("t:limits", reach);
    const ended = counts.end(idOf(1), true);
    await counts.relay(request(1), limits);
    await ended;
    assert.deepEqual(calls, [["end", "relay"]]);
  });

  test("tells at once of a relay that failed: it may be tried again", async () => {
    calls = [];
    void createWays().toCounts("t:limits", reach).end(idOf(1), false);
    assert.deepEqual(calls, [["end"]]);
  });
});
